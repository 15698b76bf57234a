"""值班应急: grades of accidents, the clocks of their reports, plans, drills, and the hours of a shift.

Basis: 生产安全事故报告和调查处理条例 (Order 493) article 3 for the grades, articles 9, 11 and 13 for the reports;
生产安全事故应急条例 articles 6, 8 and 14; 水上交通事故统计办法, which counts the missing with the dead.
"""

from datetime import date
from typing import Any

import numpy as np

from tonggui.law.deadlines import Deadline, Unit
from tonggui.law.declare import Example, Given, Gives, Parameter, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import (
    ACCIDENT_REPORTS,
    BUREAU,
    CHECKED,
    EMERGENCY_RESPONSE,
    SAFETY_EMERGENCIES,
    WATER_ACCIDENTS,
)
from tonggui.statutes.working_days import CALENDAR

START = date(2007, 6, 1)
LOCAL = date(2010, 1, 1)
GRADE = ACCIDENT_REPORTS.article(3)
GRADES = ("general", "larger", "serious", "especially_serious")
DEATHS = Parameter(
    "事故等级死亡人数下限",
    unit="人",
    source=GRADE,
    checked=CHECKED,
    values={START: dict(zip(GRADES, (0, 3, 10, 30), strict=True))},
)
INJURED = Parameter(
    "事故等级重伤人数下限",
    unit="人",
    source=GRADE,
    checked=CHECKED,
    values={START: dict(zip(GRADES, (0, 10, 50, 100), strict=True))},
)
LOSS_WAN = Parameter(
    "事故等级直接经济损失下限",
    unit="万元",
    source=GRADE,
    checked=CHECKED,
    values={START: dict(zip(GRADES, (0, 1_000, 5_000, 10_000), strict=True))},
    note="“以上”含本数，“以下”不含本数。",
)
FIRST_REPORT_HOURS = Parameter(
    "事故逐级上报时限", unit="小时", source=ACCIDENT_REPORTS.article(11), checked=CHECKED, values={START: 2}
)
ENTERPRISE_REPORT_HOURS = Parameter(
    "事故单位报告时限", unit="小时", source=ACCIDENT_REPORTS.article(9), checked=CHECKED, values={START: 1}
)
FOLLOW_UP_HOURS = Parameter(
    "突发事件续报间隔",
    unit="小时",
    source=BUREAU.part("突发事件信息报送"),
    checked=CHECKED,
    values={LOCAL: 24},
    local=True,
    note="条例只要求出现新情况及时补报，间隔由本局确定。",
)


def _days(title: str, length: int, **more: Any) -> Deadline:
    return Deadline(title, length, Unit.DAY, ACCIDENT_REPORTS.article(13), checked=CHECKED, calendar=CALENDAR, **more)


CASUALTY_CHANGES = _days("事故伤亡人数补报期限", 30)
CASUALTY_CHANGES_ROAD = _days("道路交通和火灾事故伤亡人数补报期限", 7, note="水上交通事故统计也取七日。")
PLAN_REVIEW = Deadline(
    "应急预案评估修订周期",
    {LOCAL: 3},
    Unit.YEAR,
    SAFETY_EMERGENCIES.article(6),
    checked=CHECKED,
    calendar=CALENDAR,
    local=True,
    note="条例只列应当修订的情形，三年一评估由本局按预案管理办法确定，待核对。",
)
DRILL_INTERVAL = Deadline(
    "应急预案演练间隔", {LOCAL: 2}, Unit.YEAR, SAFETY_EMERGENCIES.article(8), checked=CHECKED, calendar=CALENDAR
)
SHIFT_HOURS = Parameter(
    "值班班次时长",
    unit="小时",
    source=BUREAU.part("值班制度"),
    checked=CHECKED,
    values={LOCAL: {"day": 12, "night": 12, "full": 24}},
    local=True,
)
WARNING_PASSED = Parameter(
    "预警信息转发时限",
    unit="分钟",
    source=EMERGENCY_RESPONSE.article(63),
    checked=CHECKED,
    values={LOCAL: 30},
    local=True,
    note="法律要求及时发布传达，未定分钟数，由本局确定。",
)
SUPPLY_LEAD = Parameter(
    "应急物资到期提醒",
    unit="日",
    source=SAFETY_EMERGENCIES.article(13),
    checked=CHECKED,
    values={LOCAL: 90},
    local=True,
    note="条例要求及时更新和补充，提前日数由本局确定。",
)
MISSING_COUNT = Parameter(
    "失踪人数计入死亡人数",
    source=WATER_ACCIDENTS.part("事故等级"),
    checked=CHECKED,
    values={START: {"water": 1, "other": 0}},
    note="水上交通事故按死亡、失踪合计定级；其他事故失踪超过期限的按死亡补报。",
)
DAY = date(2026, 11, 21)


@rule(
    "生产安全事故等级",
    GRADE,
    since=START,
    parameters=(DEATHS, INJURED, LOSS_WAN, MISSING_COUNT),
    takes=(
        Given("deaths", "死亡", unit="人"),
        Given("injured", "重伤", unit="人", unknown=0),
        Given("loss_wan", "直接经济损失", dtype="float64", unit="万元", unknown=0),
        Given("missing", "失踪", unit="人", unknown=0),
        Given("domain", "领域", dtype="U16", unknown="other"),
    ),
    gives=(Gives("grade", "事故等级"),),
    reading="The highest grade of the three measures; a minor water accident (小事故) is kept as a general one.",
    examples=[
        Example("two dead", DAY, dict(deaths=2), dict(grade="general")),
        Example("three dead: the number itself counts", DAY, dict(deaths=3), dict(grade="larger")),
        Example("injured raise it", DAY, dict(deaths=1, injured=50), dict(grade="serious")),
        Example("loss raises it", DAY, dict(deaths=0, loss_wan=10_000), dict(grade="especially_serious")),
        Example("the missing of a boat", DAY, dict(deaths=1, missing=2, domain="water"), dict(grade="larger")),
        Example("the missing on a road", DAY, dict(deaths=1, missing=2), dict(grade="general")),
    ],
)
def accident_grade(on: Any, deaths: Any, injured: Any, loss_wan: Any, missing: Any, domain: Any) -> Columns:
    """The grade of each accident: the highest that deaths, injuries or loss reach."""
    counted = MISSING_COUNT.at(on, np.where(domain == "water", "water", "other"))
    lost = deaths + missing * counted
    reached = np.zeros(len(on), dtype=np.int64)
    for rank, grade in enumerate(GRADES):
        named = np.full(len(on), grade)
        for amount, least in ((lost, DEATHS), (injured, INJURED), (loss_wan, LOSS_WAN)):
            reached = np.where(amount >= least.at(on, named), np.maximum(reached, rank), reached)
    return {"grade": np.array(GRADES)[reached]}


def changes_until(domain: str, occurred_on: date) -> date:
    """The last day on which changed numbers of casualties are reported: 7 days on roads and water, else 30."""
    short = domain in ("road", "water", "fire")
    return (CASUALTY_CHANGES_ROAD if short else CASUALTY_CHANGES).due(occurred_on)
