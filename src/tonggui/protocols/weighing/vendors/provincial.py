"""省级治超联网平台过车数据: record_code, out_station and their companions, masses in tonnes.

Basis: the columns of a provincial overload-control database as seen in its public statistics scripts. The same rows are
read when a province hands its passes down to the county they were weighed in.
"""

from tonggui.protocols.weighing.vendor import Example, Vendor, same, tonnes

VENDOR = Vendor(
    "provincial",
    "省级治超联网平台",
    known_by=("record_code", "out_station"),
    fields={
        "record_no": same("record_code"),
        "site": same("out_station"),
        "time": same("out_station_time"),
        "direction": same("direction"),
        "lane": same("lane"),
        "plate": same("car_no"),
        "plate_color": same("car_no_color"),
        "axles": same("axis"),
        "gross_kg": tonnes("total_weight"),
        "claimed_excess_kg": tonnes("overrun"),
        "speed_kmh": same("speed"),
    },
    media={"photo_head": "front", "photo_side": "side", "photo_tail": "rear", "photo_plate": "plate", "video": "video"},
    left_out={
        "limit_weight": "the limit is the law's",
        "overrun_rate": "the rate (percent) is the law's",
        "site_name": "said by the point's ledger record",
        "area_province": "said by the point's ledger record",
        "area_city": "said by the point's ledger record",
        "area_county": "said by the point's ledger record",
        "is_truck": "every vehicle weighed is judged",
        "is_collect": "whether it is punishable is decided here",
        "is_unusual": "doubts are found anew",
        "allow": "permits are matched in the ledger",
        "status": "a state of the province's own procedure",
        "law_judgment": "a state of the province's own procedure",
        "valid_time": "a state of the province's own procedure",
        "make_copy": "a state of the province's own procedure",
        "insert_time": "the time of receipt is ours",
    },
    examples=(
        Example(
            {
                "record_code": "SL000120260501083000002",
                "out_station": "SL0001",
                "out_station_time": "2026-05-01 08:30:00",
                "site_name": "示例检测点",
                "direction": "上行",
                "car_no": "示A00001",
                "car_no_color": "黄",
                "axis": 6,
                "total_weight": 59.3,
                "limit_weight": 49,
                "overrun": 10.3,
                "overrun_rate": 21.02,
                "is_truck": 1,
                "is_collect": 1,
                "photo_head": "http://192.0.2.9/1.jpg",
                "photo_tail": "http://192.0.2.9/2.jpg",
            },
            {
                "record_no": "SL000120260501083000002",
                "gross_kg": 59_300,
                "claimed_excess_kg": 10_300,
                "axles": 6,
                "plate_color": "黄色",
                "direction": "上行",
                "media": [
                    {"kind": "front", "href": "http://192.0.2.9/1.jpg"},
                    {"kind": "rear", "href": "http://192.0.2.9/2.jpg"},
                ],
            },
        ),
        Example(
            {
                "record_code": "SL000120260501083000003",
                "out_station": "SL0001",
                "out_station_time": "2026-05-01 08:30:00",
                "car_no": "无牌",
                "axis": "2",
                "total_weight": "17.26",
                "overrun": "0",
            },
            {"plate": "", "axles": 2, "gross_kg": 17_260, "claimed_excess_kg": 0},
        ),
    ),
)
