"""隐患整改: how long a business has to put a hazard right.

Basis: 安全生产法 article 65: a hazard is put right on the spot or within a set time. The law sets no number of days;
the bureau does, by grade, and the officer may set another day for one hazard.
"""

from datetime import date
from typing import Any

import numpy as np

from tonggui.law.declare import Example, Given, Gives, Parameter, Reading, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import CHECKED, SAFETY_LAW
from tonggui.statutes.working_days import CALENDAR

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


COUNTING = Reading(
    "rectification_days",
    "整改期限的计日",
    SAFETY_LAW.article(65, 1, 2),
    {"calendar": "按自然日，自发现次日起，末日逢节假日不顺延", "working": "按工作日，自发现次日起"},
    default="calendar",
)


@rule(
    "隐患整改期限",
    SAFETY_LAW.article(65, 1, 2),
    since=START,
    parameters=(RECTIFICATION_DAYS,),
    readings=(COUNTING,),
    takes=(Given("grade", "隐患等级", dtype="U16"),),
    gives=(Gives("due_on", "整改期限"),),
    examples=[
        Example("general", date(2026, 10, 1), dict(grade=GENERAL), dict(due_on=date(2026, 10, 16))),
        Example("major", date(2026, 10, 1), dict(grade=MAJOR), dict(due_on=date(2026, 10, 31))),
        Example(
            "general, counted in working days",
            date(2026, 11, 5),
            dict(grade=GENERAL),
            dict(due_on=date(2026, 11, 26)),
            readings={"rectification_days": "working"},
        ),
    ],
)
def rectification(on: Any, grade: Any, readings: Any) -> Columns:
    """The last day for putting each hazard right, from its grade and the day it was found."""
    days = RECTIFICATION_DAYS.at(on, grade).astype(np.int64)
    if COUNTING.chosen(readings) == "calendar":
        return {"due_on": on + days}
    return {
        "due_on": np.array([CALENDAR.after(day, count) for day, count in zip(on.tolist(), days, strict=True)], "M8[D]")
    }


def rectification_deadline(grade: str, found_on: date) -> date:
    """The deadline of one hazard, by the default reading: the rule for one record."""
    return rectification(found_on, grade=str(grade))["due_on"]
