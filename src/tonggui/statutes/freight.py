"""货运管理: the yearly check of a goods vehicle and the firms that a hazard-zero action counts.

Basis: 道路货物运输及站场管理规定 (2026) 第五十条; 道路运输条例 (2023) 第二十四条: goods vehicles up to 4.5 t need no
permit, so nothing here applies to them; 道路运输车辆动态监督管理办法 (2022) 第三十四条: no check is passed without a
working satellite device.
"""

from datetime import date

from tonggui.law.deadlines import Unit
from tonggui.law.declare import Parameter
from tonggui.statutes.enforcement import clock
from tonggui.statutes.sources import BUREAU, CHECKED, FREIGHT_ORDER, ROAD_TRANSPORT

VEHICLE_CHECK = clock(
    "货车审验周期", {date(2010, 1, 1): 1}, Unit.YEAR, FREIGHT_ORDER.article(50), note="2026年修订前的规定同为每年一次。"
)
PERMIT_FREE_KG = Parameter(
    "免道路运输证的货车总质量",
    unit="千克",
    source=ROAD_TRANSPORT.article(24),
    checked=CHECKED,
    values={date(2019, 3, 2): 4_500},
    note="2019年3月修正起施行，首次施行日待核对。",
)
HAZARD_ZERO_FLEET = Parameter(
    "隐患清零行动企业车辆数",
    unit="辆",
    source=BUREAU.part("隐患清零行动"),
    checked=CHECKED,
    values={date(2010, 1, 1): 5},
    local=True,
    note="工作总结的口径为五台以上，含五台。",
)
