"""超限案件办理: what is one act, how goods that were unloaded are kept, and with which cases a fine is compared.

Basis: 行政处罚法 (2021) 第二十九条 (one act, one fine), 第三十三条 (first and minor acts), 第三十四条 (discretion);
浙江省公路条例 (2020) 第五十三条 for the days in which unloaded goods are collected. The numbers are the bureau's own.
"""

from datetime import date

from tonggui.law.deadlines import Unit
from tonggui.law.declare import Parameter
from tonggui.statutes.enforcement import clock
from tonggui.statutes.sources import BUREAU, CHECKED, PENALTY_LAW

_START = date(2010, 1, 1)
_GOODS = BUREAU.part("卸载货物保管")

ONE_ACT_HOURS = Parameter(
    "同一超限行为认定时段",
    unit="小时",
    source=PENALTY_LAW.article(29),
    checked=CHECKED,
    values={PENALTY_LAW.since or _START: 12},
    local=True,
    note="法律未定时段；同一车辆在此时段内的另一次记录，按同一行程、同一行为处理。",
)
EARLIER_CASES_MONTHS = Parameter(
    "初次违法回查月数",
    unit="个月",
    source=PENALTY_LAW.article(33),
    checked=CHECKED,
    values={PENALTY_LAW.since or _START: 24},
    local=True,
    note="法律未定回查期间，取追究时效的两年。",
)
LIKE_CASES_MONTHS = Parameter(
    "同类案件比较月数",
    unit="个月",
    source=PENALTY_LAW.article(34),
    checked=CHECKED,
    values={PENALTY_LAW.since or _START: 12},
    local=True,
)
LIKE_EXCESS = Parameter(
    "同类案件超限质量差",
    unit="kg",
    source=PENALTY_LAW.article(34),
    checked=CHECKED,
    values={PENALTY_LAW.since or _START: 1_000},
    local=True,
    note="超限质量相差不超过此数的案件视为同类。",
)
DEVIATION = Parameter(
    "处罚偏离预警幅度",
    unit="%",
    source=PENALTY_LAW.article(34),
    checked=CHECKED,
    values={PENALTY_LAW.since or _START: 20},
    local=True,
    note="与同类案件决定罚款中位数相差超过此数时提示。",
)
COLLECT = clock(
    "卸载货物领取期限", {_START: 10}, Unit.DAY, _GOODS, local=True, note="取浙江省公路条例第五十三条的日数。"
)
COLLECT_NOTICE_LEAD = Parameter(
    "卸载货物领取提醒提前量",
    unit="日",
    source=_GOODS,
    checked=CHECKED,
    values={_START: 3},
    local=True,
    note="卸载后第七日提醒。",
)
COLLECT_AGAIN = clock(
    "卸载货物再次通知后处置期限", {_START: 10}, Unit.DAY, _GOODS, local=True, note="浙江省公路条例未定日数。"
)
ARGUMENT_ANSWER = clock(
    "申辩意见复核期限",
    {_START: 5},
    Unit.WORKING_DAY,
    BUREAU.part("陈述申辩"),
    local=True,
    note="处罚法第四十五条只要求复核，未定日数，由本局确定。",
)
