"""隐患整改: how long a business has to put a hazard right.

Basis: 安全生产法 article 65: inspectors order a hazard removed at once; article 102: a business that has not is told to
remove it at once or within a time limit. The law sets no number of days; the bureau does, by grade, and the officer may
set another day for one hazard.
"""

from datetime import date
from typing import Any

import numpy as np

from tonggui.law.declare import Example, Given, Gives, Parameter, Reading, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import BUREAU, CHECKED, SAFETY_LAW
from tonggui.statutes.working_days import CALENDAR

START = date(2014, 12, 1)
GENERAL, MAJOR = "general", "major"

TIME_LIMIT = SAFETY_LAW.article(102)

RECTIFICATION_DAYS = Parameter(
    "隐患整改期限",
    unit="日",
    source=TIME_LIMIT,
    checked=CHECKED,
    values={START: {GENERAL: 15, MAJOR: 30}},
    local=True,
    note="检查发现的隐患应责令立即排除（第六十五条第一款第三项），未能立即消除的责令限期消除；法律未定日数"
    "（2014年修正为第九十九条），由本局按隐患等级确定，执法人员可就个案另定。",
)


REPEAT_MONTHS = Parameter(
    "重复隐患认定期间",
    unit="个月",
    source=BUREAU.part("重复隐患"),
    checked=CHECKED,
    values={START: 12},
    local=True,
    note="同一企业在此期间内再次出现同一判定条目或者同一违反条款的隐患，为重复隐患；法律未定。",
)

COUNTING = Reading(
    "rectification_days",
    "整改期限的计日",
    TIME_LIMIT,
    {"calendar": "按自然日，自发现次日起，末日逢节假日不顺延", "working": "按工作日，自发现次日起"},
    default="calendar",
)


@rule(
    "隐患整改期限",
    TIME_LIMIT,
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
