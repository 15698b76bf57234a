"""称重控制器常见格式: what the controller beside the road sends of itself: codes for words, a time without signs.

Colours are the codes of JT/T 697.7 (1 蓝, 2 黄 …), axle loads one text in kilograms, pictures by view, as addresses or
as base64 in the item itself.
"""

from tonggui.protocols.weighing.vendor import Example, Vendor, listed, moment, same, words

_DIRECTIONS = {"1": "上行", "2": "下行"}
_ITEM = {
    "recordId": "W1-20260501083000-0001",
    "stationId": "SL0001",
    "deviceId": "SL0001-W1",
    "passTime": "20260501083000",
    "laneId": 2,
    "travelDirection": "1",
    "plateNo": "示A00001",
    "rearPlateNo": "示A0002挂",
    "plateColorCode": 2,
    "axleCount": 6,
    "axleType": "157",
    "axleWeights": "6400,9200,9200,9200,9200,9200",
    "grossWeight": 52400,
    "vehicleSpeed": 62.5,
    "overLane": 0,
}

VENDOR = Vendor(
    "controller",
    "称重控制器常见格式",
    known_by=("recordId", "stationId"),
    fields={
        "record_no": same("recordId"),
        "site": same("stationId"),
        "device": same("deviceId"),
        "time": moment("%Y%m%d%H%M%S", "passTime"),
        "lane": same("laneId"),
        "direction": words(_DIRECTIONS, "travelDirection"),
        "plate": same("plateNo"),
        "plate_rear": same("rearPlateNo"),
        "plate_color": same("plateColorCode"),
        "axles": same("axleCount"),
        "type": same("axleType"),
        "axle_kg": listed("axleWeights"),
        "gross_kg": same("grossWeight"),
        "speed_kmh": same("vehicleSpeed"),
        "straddling": same("overLane"),
    },
    media={"imgFront": "front", "imgSide": "side", "imgRear": "rear", "imgPlate": "plate", "videoUrl": "video"},
    examples=(
        Example(
            _ITEM | {"imgFront": "http://192.0.2.8/1.jpg", "imgPlate": "", "videoUrl": "http://192.0.2.8/1.mp4"},
            {
                "plate_color": "黄色",
                "direction": "上行",
                "lane": "2",
                "type": 157,
                "axle_kg": [6400, 9200, 9200, 9200, 9200, 9200],
                "plate_rear": "示A0002挂",
                "straddling": False,
                "media": [
                    {"kind": "front", "href": "http://192.0.2.8/1.jpg"},
                    {"kind": "video", "href": "http://192.0.2.8/1.mp4"},
                ],
            },
        ),
        Example(_ITEM | {"plateNo": "未识别", "plateColorCode": 0}, {"plate": "", "plate_color": "未上牌"}),
    ),
)
