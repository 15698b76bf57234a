"""一超四罚: within which year illegal transports are counted, and from how many on somebody loses the right to go on.

Basis: 公路安全保护条例 article 66: a vehicle or driver with more than 3 illegal over-limit transports within 1 year,
an enterprise of whose goods vehicles more than 10 % were over the limit within 1 year. 超限运输车辆行驶公路管理规定
article 46 paragraph 2 lets the period run from the first issue of the permit, certificate or licence, across calendar
years; whether that is an anniversary year or any twelve months is a `Reading`. Which transports count, and on which
day, stands in `counted_acts.py`.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.law.deadlines import add_months
from tonggui.law.declare import Example, Given, Gives, Parameter, Reading, Step, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import BUREAU, CHECKED, HIGHWAY_PROTECTION, OVERLIMIT_ORDER

START = OVERLIMIT_ORDER.since or date.min
TRIGGERS = HIGHWAY_PROTECTION.article(66)
CYCLE = OVERLIMIT_ORDER.article(46, 2)
MONTHS = 12
Window = tuple[date, date]

ACTS_IN_YEAR = Parameter(
    "一年内违法超限运输次数",
    unit="次",
    source=TRIGGERS,
    checked=CHECKED,
    values={HIGHWAY_PROTECTION.since or START: 3},
    note="车辆、驾驶人同此数；超过三次即第四次起。",
)
WARNED_AT = Parameter(
    "违法超限运输预警次数",
    unit="次",
    source=BUREAU.part("一超四罚预警"),
    checked=CHECKED,
    values={HIGHWAY_PROTECTION.since or START: 2},
    local=True,
    note="规定未设预警，由本局确定；须少于吊销、停驾的次数。",
)
ENTERPRISE_SHARE = Parameter(
    "企业违法超限车辆占比",
    source=TRIGGERS,
    checked=CHECKED,
    values={HIGHWAY_PROTECTION.since or START: Decimal("0.10")},
    note="一年内违法超限的货运车辆占本单位货运车辆总数的比例，超过即责令停业整顿。车辆总数取哪一日，规定未写明。",
)
ENTERPRISE_REVOKED_SHARE = Parameter(
    "吊销企业许可的违法超限车辆占比",
    source=BUREAU.part("一超四罚"),
    checked=CHECKED,
    values={HIGHWAY_PROTECTION.since or START: Decimal(1)},
    local=True,
    note="国家规定为情节严重，未定比例，缺省不按比例吊销；河南省条例（2018年）第二十九条为 0.30。",
)

COUNTING_YEAR = Reading(
    "counting_year",
    "一超四罚的计算年度",
    CYCLE,
    {"rolling": "截至当日的连续十二个月", "anniversary": "自证照初次发放之日起逐年计算，可跨自然年度"},
    default="rolling",
)


def _months_on(days: npt.NDArray[Any], months: Any) -> npt.NDArray[Any]:
    """The same day number so many months on, or the month's last day where it has none."""
    month = days.astype("datetime64[M]")
    first = (month + months).astype("datetime64[D]")
    last = (month + months + 1).astype("datetime64[D]") - 1
    return np.minimum(first + (days - month.astype("datetime64[D]")), last)


@rule(
    "一超四罚计算年度",
    CYCLE,
    since=START,
    readings=(COUNTING_YEAR,),
    takes=(Given("issued_on", "证照初次发放日期", dtype="datetime64[D]", unknown=np.datetime64("NaT")),),
    gives=(Gives("counted_from", "计算年度起日"), Gives("counted_to", "计算年度止日")),
    steps=(Step("{counted_from} 至 {counted_to} 之间的违法超限运输合并计算", CYCLE),),
    examples=[
        Example(
            "twelve months to the day",
            date(2026, 5, 1),
            dict(issued_on=date(2020, 8, 15)),
            dict(counted_from=date(2025, 5, 2), counted_to=date(2026, 5, 1)),
        ),
        Example(
            "the year of the licence",
            date(2026, 5, 1),
            dict(issued_on=date(2020, 8, 15)),
            dict(counted_from=date(2025, 8, 15), counted_to=date(2026, 8, 14)),
            readings={"counting_year": "anniversary"},
        ),
        Example(
            "its first day",
            date(2026, 8, 15),
            dict(issued_on=date(2020, 8, 15)),
            dict(counted_from=date(2026, 8, 15), counted_to=date(2027, 8, 14)),
            readings={"counting_year": "anniversary"},
        ),
        Example(
            "issued on a leap day",
            date(2026, 2, 28),
            dict(issued_on=date(2024, 2, 29)),
            dict(counted_from=date(2026, 2, 28), counted_to=date(2027, 2, 27)),
            readings={"counting_year": "anniversary"},
        ),
        Example(
            "first issue unknown",
            date(2026, 5, 1),
            {},
            dict(counted_from=date(2025, 5, 2)),
            readings={"counting_year": "anniversary"},
        ),
    ],
)
def counting_year(on: Any, issued_on: Any, readings: Any) -> Columns:
    """First and last day of the year to which each day belongs; twelve months to the day where no issue is known."""
    first, last = _months_on(on, -MONTHS) + 1, on.copy()
    if COUNTING_YEAR.chosen(readings) == "anniversary":
        known = ~np.isnat(issued_on) & (issued_on <= on)
        issued = np.where(known, issued_on, on)
        years = (on.astype("datetime64[Y]") - issued.astype("datetime64[Y]")).astype(np.int64)
        years -= _months_on(issued, years * MONTHS) > on
        first = np.where(known, _months_on(issued, years * MONTHS), first)
        last = np.where(known, _months_on(issued, (years + 1) * MONTHS) - 1, last)
    return {"counted_from": first, "counted_to": last}


def counting_window(on: date, issued_on: date | None, reading: str | None = None) -> Window:
    """First and last day of the year counted on a day, by the reading in force on it or by the one given."""
    found = counting_year(on, readings={COUNTING_YEAR.code: reading or COUNTING_YEAR.on(on)}, issued_on=issued_on)
    return found["counted_from"], found["counted_to"]


def exceeded(on: date, acts: int) -> bool:
    """Whether so many counted acts are more than the regulation bears: the fourth is."""
    return acts > int(ACTS_IN_YEAR.on(on))


def warned(on: date, acts: int) -> bool:
    """Whether so many counted acts call for a warning, not yet for the measure itself."""
    return acts >= int(WARNED_AT.on(on)) and not exceeded(on, acts)


def share_exceeded(on: date, vehicles_over: int, vehicles: int) -> bool:
    """Whether more than the permitted share of an enterprise's goods vehicles was over the limit in the year."""
    return vehicles > 0 and Decimal(vehicles_over) / vehicles > ENTERPRISE_SHARE.on(on)


def look_back(on: date) -> date:
    """The earliest day that any reading of the counting year can reach from a day."""
    return add_months(on, -MONTHS)
