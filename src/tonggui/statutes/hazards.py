"""隐患整改: how long a business has to put a hazard right.

Basis: 安全生产法 article 65: a hazard is put right on the spot or within a set time. The law sets no number of days;
the bureau does, by grade, and the officer may set another day for one hazard.
"""

from datetime import date, timedelta
from typing import Any

from tonggui.law.declare import Example, Given, Gives, Parameter, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import CHECKED, SAFETY_LAW

START = date(2014, 12, 1)
GENERAL, MAJOR = "general", "major"

RECTIFICATION_DAYS = Parameter(
    "隐患整改期限",
    unit="日",
    source=SAFETY_LAW.article(65, 1, 2),
    checked=CHECKED,
    values={START: {GENERAL: 15, MAJOR: 30}},
    local=True,
    note="法律未定日数（2014年修正为第六十二条），由本局按隐患等级确定；执法人员可就个案另定。",
)


@rule(
    "隐患整改期限",
    SAFETY_LAW.article(65, 1, 2),
    since=START,
    parameters=(RECTIFICATION_DAYS,),
    takes=(Given("grade", "隐患等级", dtype="U16"),),
    gives=(Gives("due_on", "整改期限"),),
    reading="Calendar days from the day after the finding; a safety clock does not move for a holiday.",
    examples=[
        Example("general", date(2026, 10, 1), dict(grade=GENERAL), dict(due_on=date(2026, 10, 16))),
        Example("major", date(2026, 10, 1), dict(grade=MAJOR), dict(due_on=date(2026, 10, 31))),
    ],
)
def rectification(on: Any, grade: Any) -> Columns:
    """The last day for putting each hazard right, from its grade and the day it was found."""
    return {"due_on": on + RECTIFICATION_DAYS.at(on, grade).astype("timedelta64[D]")}


def rectification_deadline(grade: str, found_on: date) -> date:
    """The deadline of one hazard; the same as the rule, for one record."""
    return found_on + timedelta(days=RECTIFICATION_DAYS.at(found_on, str(grade)))
