"""不停车检测点过车数据: previewCode and its companions, every value as text, masses in kilograms.

Basis: table B.1 of a published data standard for non-stop detection points; the names with `truck…` and `img…` are
those a front end of the same family adds.
"""

from tonggui.protocols.weighing.vendor import Example, Vendor, each, same

_RECORD = {
    "previewCode": "SL000120260501083000001",
    "previewDate": "2026-05-01 08:30:00",
    "previewStationCode": "SL0001",
    "licenseCodeFront": "示A00001",
    "licenseCodeBack": "无牌",
    "licensePlateColor": "黄色",
    "vehicleType": "货车",
    "axisNum": "6",
    "speed": "62.5",
    "laneNo": "1",
    "totalWeight": "52400",
    "overLimitWeight": "3400",
    "overLimitRate": "6.94",
    **{f"axle{n}Weight": str(load) for n, load in enumerate((6400, 9200, 9200, 9200, 9200, 9200), 1)},
    "isEscape": 0,
}

VENDOR = Vendor(
    "preview",
    "不停车检测点数据标准",
    known_by=("previewCode", "previewStationCode"),
    fields={
        "record_no": same("previewCode"),
        "site": same("previewStationCode"),
        "time": same("previewDate"),
        "lane": same("laneNo"),
        "direction": same("direction"),
        "plate": same("licenseCodeFront", "truckNoFront"),
        "plate_rear": same("licenseCodeBack", "truckNoBack"),
        "plate_color": same("licensePlateColor", "truckNoColor"),
        "axles": same("axisNum"),
        "axle_kg": each(*(f"axle{place}Weight" for place in range(1, 7))),
        "gross_kg": same("totalWeight"),
        "speed_kmh": same("speed"),
        "claimed_excess_kg": same("overLimitWeight", "overLimited"),
        "evading": same("isEscape"),
    },
    media={"imgFileList": None, "imgFile3": None, "videoFile": "video"},
    left_out={
        "vehicleType": "words of each vendor's own",
        "measureType": "said by the point's ledger record",
        "snapshotTime": "the time of the weighing counts",
        "createTime": "the time of receipt is ours",
        "weightLimited": "the limit is the law's",
        "overLimitRate": "the rate is the law's",
        "overRate": "the rate is the law's",
    },
    examples=(
        Example(
            _RECORD,
            {
                "record_no": "SL000120260501083000001",
                "gross_kg": 52_400,
                "claimed_excess_kg": 3_400,
                "axle_kg": [6400, 9200, 9200, 9200, 9200, 9200],
                "plate_rear": "",
                "evading": False,
            },
        ),
        Example(
            {
                **{name: value for name, value in _RECORD.items() if not name.startswith(("license", "axle"))},
                "axisNum": "7",
                "axle1Weight": "6400",
                "axle2Weight": "9200",
                "truckNoFront": "示A00001",
                "truckNoBack": "示A0002挂",
                "truckNoColor": "黄色",
                "imgFileList": ["http://192.0.2.7/a.jpg", "http://192.0.2.7/b.jpg"],
                "videoFile": "http://192.0.2.7/a.mp4",
            },
            {
                "plate_rear": "示A0002挂",
                "axle_kg": None,
                "media": [
                    {"href": "http://192.0.2.7/a.jpg"},
                    {"href": "http://192.0.2.7/b.jpg"},
                    {"kind": "video", "href": "http://192.0.2.7/a.mp4"},
                ],
            },
        ),
    ),
)
