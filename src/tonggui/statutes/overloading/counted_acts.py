"""一超四罚: which transports count, on which day, how much longer a check may take, and how heavy a 百吨王 is.

Basis: 公路安全保护条例 article 66 counts "illegal over-limit transports"; neither it nor 超限运输车辆行驶公路管理规定
article 46 says whether a mere warning is one, nor whether the transport's own day or the day of the served decision
decides in which year it falls. Both are a `Reading`. The year itself and its numbers stand in `counting.py`. No text
defines a 百吨王 or its tracing (倒查); the numbers are the bureau's own.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from tonggui.law.deadlines import Unit
from tonggui.law.declare import Example, Given, Gives, Parameter, Reading, Step, rule
from tonggui.law.rules import Columns
from tonggui.statutes.enforcement import clock
from tonggui.statutes.overloading.counting import CYCLE, START, TRIGGERS
from tonggui.statutes.sources import BUREAU, CHECKED, OVERLIMIT_ORDER

DAY = date(2026, 5, 1)
_OWN = date(2010, 1, 1)

COUNTED_DAY = Reading(
    "counted_day",
    "一超四罚的计次日",
    TRIGGERS,
    {"act": "违法超限运输之日", "served": "处罚决定生效（送达）之日"},
    default="act",
)
COUNTED_ACTS = Reading(
    "counted_acts",
    "一超四罚计次的处罚决定",
    CYCLE,
    {"fined": "只计处以罚款的决定", "all": "警告的决定也计"},
    default="fined",
)


def _numbered(title: str, value: Any, unit: str, chapter: str, note: str) -> Parameter:
    return Parameter(
        title, unit=unit, source=BUREAU.part(chapter), checked=CHECKED, values={_OWN: value}, local=True, note=note
    )


ENTERPRISE_WARNED_SHARE = _numbered(
    "企业违法超限车辆占比预警", Decimal("0.07"), "", "一超四罚预警", "规定未设预警，由本局确定；须小于停业整顿的占比。"
)
YARD_WARNED_AT = _numbered(
    "源头单位装载超限车辆预警次数", 2, "次", "一超四罚预警", "源头单位没有全国统一的次数标准，由本局确定。"
)
CHECK = clock(
    "一超四罚核查期限",
    {OVERLIMIT_ORDER.since or START: 7},
    Unit.WORKING_DAY,
    BUREAU.part("一超四罚"),
    local=True,
    note="规定只定抄告期限，核查期限由本局确定，自处罚决定生效起算。",
)
ANSWER = clock(
    "一超四罚答复期限",
    {OVERLIMIT_ORDER.since or START: 30},
    Unit.DAY,
    BUREAU.part("一超四罚"),
    local=True,
    note="处理机关答复的日数规定未写明，由本局确定，自抄告起算。",
)
HUNDRED_TONNES = _numbered(
    "百吨王车货总质量", 100_000, "kg", "百吨王倒查", "没有法律定义，各地以100吨以上为通行口径；统计同此数。"
)
TRACE_RESULT = clock(
    "百吨王倒查期限",
    {OVERLIMIT_ORDER.since or START: 15},
    Unit.WORKING_DAY,
    BUREAU.part("百吨王倒查"),
    local=True,
    note="发现当日立项，十五个工作日内查清；没有全国规定，由本局确定。",
)


@rule(
    "违法超限运输计次",
    TRIGGERS,
    since=START,
    readings=(COUNTED_DAY, COUNTED_ACTS),
    takes=(
        Given("acted_on", "违法行为日期", dtype="datetime64[D]"),
        Given("served_on", "送达日期", dtype="datetime64[D]", unknown=np.datetime64("NaT")),
        Given("fined", "处以罚款", dtype="bool"),
    ),
    gives=(Gives("counted", "计次"), Gives("counted_on", "计次日期")),
    steps=(
        Step("处罚决定已生效，按 {counted_on} 计入一次违法超限运输", TRIGGERS, lambda row: row["counted"]),
        Step("不计入违法超限运输次数", CYCLE, lambda row: ~row["counted"]),
    ),
    examples=[
        Example(
            "a fine that was served",
            DAY,
            dict(acted_on=date(2026, 3, 2), served_on=date(2026, 4, 20), fined=True),
            dict(counted=True, counted_on=date(2026, 3, 2)),
        ),
        Example("not yet served", DAY, dict(acted_on=date(2026, 3, 2), fined=True), dict(counted=False)),
        Example(
            "the day of the decision",
            DAY,
            dict(acted_on=date(2026, 3, 2), served_on=date(2026, 4, 20), fined=True),
            dict(counted=True, counted_on=date(2026, 4, 20)),
            readings={"counted_day": "served"},
        ),
        Example(
            "a warning",
            DAY,
            dict(acted_on=date(2026, 3, 2), served_on=date(2026, 4, 20), fined=False),
            dict(counted=False),
        ),
        Example(
            "a warning where warnings count",
            DAY,
            dict(acted_on=date(2026, 3, 2), served_on=date(2026, 4, 20), fined=False),
            dict(counted=True),
            readings={"counted_acts": "all"},
        ),
    ],
)
def counted_act(on: Any, acted_on: Any, served_on: Any, fined: Any, readings: Any) -> Columns:
    """Whether each decision counts on a day, and the day on which its transport is counted."""
    effective = ~np.isnat(served_on) & (served_on <= on)
    counted = effective & (fined | (COUNTED_ACTS.chosen(readings) == "all"))
    days = served_on if COUNTED_DAY.chosen(readings) == "served" else acted_on
    return {"counted": counted, "counted_on": np.where(counted, days, acted_on)}
