"""源头单位: when a yard counts as online, how far back an overloaded pass is traced, which differences ask for a word.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第二十八条, 第三十一条: a source yard weighs what leaves, the
authority supervises key yards by technical monitoring. No national text has a number: the monthly standard of being
online is one province's, the six months of the loading ledger are Jiangxi's, the rest is the bureau's own.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from tonggui.law.deadlines import Unit
from tonggui.law.declare import Parameter
from tonggui.statutes.enforcement import clock
from tonggui.statutes.sources import BUREAU, CHECKED

START = date(2000, 1, 1)
ONE_PROVINCE = "取一省统计口径，三项达到其一即为上线。"


def _own(title: str, value: Any, unit: str, note: str = "") -> Parameter:
    source = BUREAU.part("货运源头单位管理")
    return Parameter(title, unit=unit, source=source, checked=CHECKED, values={START: value}, local=True, note=note)


ONLINE_DAYS = _own("源头单位上线天数", 20, "天", ONE_PROVINCE + "当月有称重数据的天数超过此数。")
ONLINE_TONNES = _own("源头单位上线称重量", 20_000, "吨", ONE_PROVINCE + "当月称重总质量超过此数。")
ONLINE_TRUCKS = _own("源头单位上线称重车次", 410, "辆次", ONE_PROVINCE + "当月称重车次超过此数。")
ONLINE_LOOKED_AT = _own("源头单位上线检查日", 10, "日", "每月到此日还没有称重数据的提醒。")
SILENT_DAYS = _own("源头单位联网中断天数", 3, "天", "连续无称重数据超过此数即标为联网中断。")

TRACE_HOURS = _own("超限过车倒查时段", 6, "小时", "过车前在此时段内出厂的，列为装载源头线索。")
TRACED_AGAIN_DAYS = _own("超限过车再次倒查天数", 7, "天", "出口称重或装载台账迟到的，在此天数内每日再查一次。")
FENCE_METRES = _own("源头厂区范围", 300, "米", "未画厂区范围的，按位置周围此距离判断车辆是否进厂。")
HUNDRED_TONNE_HOURS = _own("百吨王倒查过车时段", 24, "小时", "倒查此时段内该车经过的检测点。")

DECLARED_DIFFERENCE = _own("源头申报与装载差异", Decimal("0.10"), "", "申报产量与装载货物相差超过此比例的，须说明。")
ROAD_DIFFERENCE = _own(
    "源头出口与路面称重差异", Decimal("0.05"), "", "同一趟次出口称重与路面称重相差超过此比例的，须说明。"
)
UNLEDGERED_SHARE = _own("源头未登记装载比例", Decimal("0.10"), "", "出口称重车次多于装载台账，且超出此比例的，须说明。")
LOADING_KEPT = clock(
    "源头装载台账保存期限",
    {START: 6},
    Unit.MONTH,
    BUREAU.part("货运源头单位管理"),
    local=True,
    note="取江西省的六个月；国家未定。",
)
MONTH_EXPLAINED = clock(
    "源头月报差异说明期限", {START: 10}, Unit.DAY, BUREAU.part("货运源头单位管理"), local=True, note="由本局确定。"
)
SCALE_LEAD = Parameter(
    "源头衡器检定到期提醒提前量",
    unit="日",
    source=BUREAU.part("货运源头单位管理"),
    checked=CHECKED,
    values={START: (60, 30)},
    local=True,
    note="检定周期一年待核对，按证书所载日期提醒。",
)


def is_online(on: date, days: int, tonnes: float, trucks: int) -> bool:
    """Whether a month's data make a yard online: any of the three numbers is exceeded."""
    enough = ((days, ONLINE_DAYS), (tonnes, ONLINE_TONNES), (trucks, ONLINE_TRUCKS))
    return any(value > float(least.on(on)) for value, least in enough)


def share_apart(one: Any, other: Any) -> Decimal | None:
    """By which part of the larger two quantities differ; None where one of them is not known or nothing."""
    larger = max(one or 0, other or 0)
    return abs(Decimal(one) - Decimal(other)) / Decimal(larger) if one and other else None
