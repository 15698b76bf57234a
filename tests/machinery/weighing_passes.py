"""A weighing pass in our own form and in the vendors', for the tests of weighing and of the intake."""

from tonggui.base.clock import to_micros
from tonggui.protocols.weighing.fields import instant

RECEIVED = to_micros(instant("2026-05-01 08:31:00"))
PASS = {
    "record_no": "SL000120260501083000001",
    "site": "SL0001",
    "time": "2026-05-01 08:30:00",
    "plate": "示A00001",
    "plate_color": "黄色",
    "axles": 6,
    "type": "157",
    "gross_kg": 52400,
    "speed_kmh": 62.5,
    "calibrated_to": "2026-12-31",
}
VENDOR_PASS = {
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
