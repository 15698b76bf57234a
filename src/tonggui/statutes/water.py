"""水上交通: when a ferry stays ashore, who may steer it, how often it drills, and how waste leaves a ship.

Basis: 内河交通安全管理条例 article 39 and 内河渡口渡船安全管理规定 articles 15, 16, 18 and 31: ferries stop in flood,
gale, fog and snow, but no national text gives the wind or the visibility in numbers. The bureau does; each crossing may
be stricter.
"""

from datetime import date
from typing import Any

from tonggui.law.deadlines import Deadline, Unit
from tonggui.law.declare import Example, Given, Gives, Parameter, Reading, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import (
    BUREAU,
    CHECKED,
    FERRIES,
    NAVIGATION_STANDARD,
    SHANDONG_WATERS,
    YANGTZE_LAW,
)
from tonggui.statutes.working_days import CALENDAR

START = date(2014, 8, 1)
LOCAL = date(2010, 1, 1)
DRILLS = FERRIES.article(15)

STOP_WIND = Parameter(
    "渡口停航风力",
    unit="级",
    source=FERRIES.article(31, 1),
    checked=CHECKED,
    values={START: 6},
    local=True,
    note="规定只说风力超过渡船抗风等级，未定级数；渡口和渡船另有更严要求的从其要求。",
)
STOP_VISIBILITY = Parameter(
    "渡口停航能见度",
    unit="m",
    source=FERRIES.article(31, 1),
    checked=CHECKED,
    values={START: 500},
    local=True,
    note="规定只说能见度不良，未定距离；各地有30米、500米、1000米等做法，取500米。",
)
NIGHT = Parameter(
    "渡口夜间时段",
    unit="时",
    source=FERRIES.article(18),
    checked=CHECKED,
    values={START: {"from": 19, "to": 6}},
    local=True,
    note="规定未定钟点，可随季节按日出日落调整。",
)
FERRYMAN_CAPACITY = Parameter(
    "渡工可驾渡船载客定额",
    unit="人",
    source=SHANDONG_WATERS.article(41),
    checked=CHECKED,
    values={LOCAL: 12},
    local=True,
    note="载客定额不超过此数的渡船可只配渡工，超过的须配持证船员；全国条文待核对。",
)
QUOTA_CERTIFICATE_LENGTH = Parameter(
    "须持乘客定额证书的船长", unit="m", source=FERRIES.article(16), checked=CHECKED, values={START: 20}
)
SIGN_OFF_DAILY = Parameter(
    "须签单发航的日均渡运量",
    unit="人次",
    source=BUREAU.part("签单发航"),
    checked=CHECKED,
    values={LOCAL: 100},
    local=True,
    note="各地取日均100人次或300人次以上；学生渡口一律签单。",
)
SIGN_OFF_PEAK = Parameter(
    "须签单发航的高峰日渡运量",
    unit="人次",
    source=BUREAU.part("签单发航"),
    checked=CHECKED,
    values={LOCAL: 300},
    local=True,
)
MONTHLY_DRILL_DAILY = Parameter(
    "每月演练渡口日渡运量",
    unit="人次",
    source=DRILLS,
    checked=CHECKED,
    values={START: 300},
    note="超过此数的每月演练。",
)
MONTHLY_DRILL_CAPACITY = Parameter(
    "每月演练渡船载客定额", unit="人", source=DRILLS, checked=CHECKED, values={START: 12}, note="超过此数的每月演练。"
)
DRILL_READING = Reading(
    "monthly_drill",
    "每月演练的渡口",
    DRILLS,
    {"both": "日渡运量超过300人次且渡船定额超过12人的", "either": "两项中有一项超过的"},
    default="both",
)
HEALTH_CHECK = Deadline(
    "渡工船员健康检查周期",
    24,
    Unit.MONTH,
    BUREAU.part("渡工管理"),
    checked=CHECKED,
    calendar=CALENDAR,
    local=True,
    note="按船员健康证明两年有效取，渡工周期由本局确定，待核对。",
)
CERTIFICATE_LEAD = Parameter(
    "船舶船员证书到期提醒",
    unit="日",
    source=BUREAU.part("证书提醒"),
    checked=CHECKED,
    values={LOCAL: 60},
    local=True,
)
WASTE_TRANSFER = Deadline(
    "船舶污染物转运期限",
    3,
    Unit.DAY,
    YANGTZE_LAW.article(72),
    checked=CHECKED,
    calendar=CALENDAR,
    local=True,
    note="法律只要求接收、转运、处置设施衔接，未定时限；72小时由本局确定。",
)
WASTE_DIFFERENCE = Parameter(
    "船舶污染物申报接收差异限度",
    unit="%",
    source=BUREAU.part("船舶污染物联单"),
    checked=CHECKED,
    values={LOCAL: 20},
    local=True,
    note="超过此数的须说明原因后才能转运。",
)
CAMERA_REPAIR = Parameter(
    "渡口视频故障修复期限",
    unit="日",
    source=BUREAU.part("渡口视频监控"),
    checked=CHECKED,
    values={LOCAL: 7},
    local=True,
)
CLASS_TONNAGE = Parameter(
    "航道等级代表船型吨级",
    unit="t",
    source=NAVIGATION_STANDARD.part("航道等级"),
    checked=CHECKED,
    values={LOCAL: {"I": 3000, "II": 2000, "III": 1000, "IV": 500, "V": 300, "VI": 100, "VII": 50, "outside": 0}},
)
CLASS_DEPTH = Parameter(
    "航道等级最小水深",
    unit="m",
    source=NAVIGATION_STANDARD.part("航道尺度"),
    checked=CHECKED,
    values={LOCAL: {"I": 3.5, "II": 2.6, "III": 2.0, "IV": 1.6, "V": 1.3, "VI": 1.0, "VII": 0.7, "outside": 0}},
    local=True,
    note="天然和渠化河流的下限，取自2004年版摘录，2014年版待核对；以航道部门公布的维护尺度为准。",
)
DAY = date(2026, 11, 21)


@rule(
    "渡口每月演练",
    DRILLS,
    since=START,
    parameters=(MONTHLY_DRILL_DAILY, MONTHLY_DRILL_CAPACITY),
    readings=(DRILL_READING,),
    takes=(Given("daily", "日渡运量", unit="人次"), Given("capacity", "渡船载客定额", unit="人")),
    gives=(Gives("monthly", "每月演练"),),
    examples=[
        Example("busy, large ferries", DAY, dict(daily=301, capacity=13), dict(monthly=True)),
        Example("busy, small ferries", DAY, dict(daily=301, capacity=12), dict(monthly=False)),
        Example("at the limit is not above it", DAY, dict(daily=300, capacity=40), dict(monthly=False)),
        Example(
            "one of the two is enough",
            DAY,
            dict(daily=20, capacity=40),
            dict(monthly=True),
            readings={"monthly_drill": "either"},
        ),
    ],
)
def ferry_drill(on: Any, daily: Any, capacity: Any, readings: Any) -> Columns:
    """Whether a crossing drills each month; the others drill each quarter."""
    busy, large = daily > MONTHLY_DRILL_DAILY.on(on), capacity > MONTHLY_DRILL_CAPACITY.on(on)
    return {"monthly": busy & large if DRILL_READING.chosen(readings) == "both" else busy | large}


def drills_monthly(daily: int, capacity: int, on: date) -> bool:
    """Whether one crossing drills each month, by the default reading: the rule for one record."""
    return bool(ferry_drill(on, daily=daily, capacity=capacity)["monthly"])


def must_sign_off(daily: int, peak: int, school_run: bool, on: date) -> bool:
    """Whether each trip of a crossing needs its sign-off: a school run, or many passengers."""
    return school_run or daily >= SIGN_OFF_DAILY.on(on) or peak >= SIGN_OFF_PEAK.on(on)


def is_night(hour: int, on: date) -> bool:
    """Whether an hour of the day lies in the crossing's night."""
    night = NIGHT.on(on)
    return hour >= night["from"] or hour < night["to"]
