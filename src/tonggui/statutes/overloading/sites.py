"""源头与设备: what makes a source yard a key one, how often it is looked at, and how fast a device is repaired.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第二十八条, 第三十一条: the local government publishes its key
source yards and renews the list, the road authority patrols them. No text sets a number; each is the bureau's own.
"""

from datetime import date, datetime, timedelta

from tonggui.law.deadlines import Unit
from tonggui.law.declare import Parameter
from tonggui.statutes.enforcement import clock
from tonggui.statutes.sources import BUREAU, CHECKED, OVERLIMIT_ORDER

_LIST = OVERLIMIT_ORDER.article(31)
_START = date(2010, 1, 1)

KEY_YARD_TONNES = Parameter(
    "重点货运源头年装载量",
    unit="吨",
    source=BUREAU.part("货运源头单位管理"),
    checked=CHECKED,
    values={_START: 100_000},
    local=True,
    note="国家未定标准，请按本县公布名单的口径设定。",
)
LIST_RENEWAL = clock(
    "源头单位名单更新周期", {_START: 1}, Unit.YEAR, _LIST, local=True, note="规定为定期更新，未定周期，本局取一年。"
)
DISPLAY = clock(
    "源头单位名单公示期", {_START: 7}, Unit.DAY, BUREAU.part("货运源头单位管理"), local=True, note="部分县公示一周。"
)
RESTORE = clock(
    "非法改装恢复期限", {_START: 15}, Unit.DAY, BUREAU.part("改型车治理"), local=True, note="法律未定日数，由本局确定。"
)
REPAIR = clock(
    "检测设备修复期限",
    {_START: 7},
    Unit.DAY,
    BUREAU.part("检测设备运维"),
    local=True,
    note="国家未定，由运维合同确定。",
)
REPAIR_ORDER_HOURS = Parameter(
    "检测设备派修时限",
    unit="小时",
    source=BUREAU.part("检测设备运维"),
    checked=CHECKED,
    values={_START: 24},
    local=True,
)
SILENT_TRUCKS = Parameter(
    "检测点中断判断：应过未过车数",
    unit="台次",
    source=BUREAU.part("检测设备运维"),
    checked=CHECKED,
    values={_START: 20},
    local=True,
    note="按该点前四周同一钟点的平均过车数累计，应过这么多而一台未报即为中断；夜间车少，允许的静默自然较长。",
)
SILENT_MINUTES = Parameter(
    "检测点中断最短时间",
    unit="分钟",
    source=BUREAU.part("检测设备运维"),
    checked=CHECKED,
    values={_START: 30},
    local=True,
    note="网络短暂闪断不登记。",
)
SILENT_HOURS = Parameter(
    "过车稀少检测点中断时间",
    unit="小时",
    source=BUREAU.part("检测设备运维"),
    checked=CHECKED,
    values={_START: 24},
    local=True,
    note="一昼夜平均过车不足判断车数的检测点，按此时间判断。",
)


def repair_order_within(broken_at: datetime) -> datetime:
    """Until when a repair must be ordered for a device that is down."""
    return broken_at + timedelta(hours=REPAIR_ORDER_HOURS.on(broken_at.date()))
