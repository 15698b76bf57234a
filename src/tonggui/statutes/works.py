"""项目建设: when a month's return is late, when a project lags, how long its leader must be on site.

Basis: 政府投资条例 article 27: start, progress and completion are reported as they happen; it sets no number of
days, so the bureau does. The three lights of 项目调度 compare what is done of the year's plan with how much of the
year has passed; both the thresholds and what "has passed" means are the bureau's.
"""

from calendar import isleap, monthrange
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from tonggui.law.declare import Parameter, Reading
from tonggui.statutes.sources import BUREAU, CHECKED, GOVERNMENT_INVESTMENT, LEADER_ON_SITE

START = date(2000, 1, 1)
DISPATCH = BUREAU.part("项目调度")

MONTHLY_RETURN = GOVERNMENT_INVESTMENT.article(27)
YEAR_PLAN = GOVERNMENT_INVESTMENT.article(17)
NO_ADVANCE = GOVERNMENT_INVESTMENT.article(22)

REPORT_GRACE = Parameter(
    "项目月报报送宽限",
    unit="日",
    source=DISPATCH,
    checked=CHECKED,
    values={START: 3},
    local=True,
    note="月报应在次月第几日前报出；条例只要求及时报送，部分省按上月25日至本月25日计月，请按上级口径设定。",
)
YELLOW_GAP = Parameter(
    "项目黄灯滞后",
    unit="个百分点",
    source=DISPATCH,
    checked=CHECKED,
    values={START: 10},
    local=True,
    note="年度完成率低于时间进度达到此数，亮黄灯。",
)
RED_GAP = Parameter(
    "项目红灯滞后",
    unit="个百分点",
    source=DISPATCH,
    checked=CHECKED,
    values={START: 20},
    local=True,
    note="年度完成率低于时间进度达到此数，亮红灯。",
)
SEASONAL_SHARE = Parameter(
    "项目投资季节曲线",
    unit="%",
    source=DISPATCH,
    checked=CHECKED,
    values={START: dict(enumerate((3, 8, 17, 26, 36, 47, 57, 67, 77, 86, 94, 100), 1))},
    local=True,
    note="各月末应完成年度计划的比例，冬季慢、秋季快；缺省值是经验数，请按本县历年情况设定。",
)
TIME_SHARE = Reading(
    "project_time_share",
    "项目时间进度",
    DISPATCH,
    {"days": "已过天数占全年天数", "curve": "按投资季节曲线"},
    default="days",
)
LEADER_SHARE = Parameter(
    "项目负责人带班比例",
    unit="%",
    source=LEADER_ON_SITE.part("带班时间"),
    checked=CHECKED,
    values={START: 80},
    local=True,
    note="每月现场带班时间不少于本月施工时间的80%，条文待核对；本局可另定更高比例。",
)
BLOCKED_LONG = Parameter(
    "项目受制约提醒",
    unit="日",
    source=DISPATCH,
    checked=CHECKED,
    values={START: 30},
    local=True,
    note="制约因素持续超过此数仍未解除的，列入调度。",
)
COORDINATION_DAYS = Parameter(
    "属地协调办理期限",
    unit="日",
    source=DISPATCH,
    checked=CHECKED,
    values={START: 15},
    local=True,
    note="事项提出后，未另行约定期限的，按此数计算。",
)


def time_share(day: date) -> Decimal:
    """How much of a year's plan should be done by the end of a day, in per cent with two decimals."""
    if TIME_SHARE.on(day) == "curve":
        curve = SEASONAL_SHARE.on(day)
        before = curve.get(day.month - 1, 0)
        share = before + (Decimal(curve[day.month]) - before) * day.day / month_end(day).day
    else:
        share = Decimal(day.timetuple().tm_yday) * 100 / (366 if isleap(day.year) else 365)
    return share.quantize(Decimal("0.01"), ROUND_HALF_UP)


def light_of(done: Decimal, day: date) -> str:
    """绿灯, 黄灯 or 红灯 for a share of the year's plan in per cent, done by the end of a day."""
    behind = time_share(day) - done
    if behind >= RED_GAP.on(day):
        return "红灯"
    return "黄灯" if behind >= YELLOW_GAP.on(day) else "绿灯"


def leader_days(work_days: int, day: date) -> int:
    """Days of a month on which the leader must be on site, of those on which there was work; a part counts as whole."""
    return -(-work_days * LEADER_SHARE.on(day) // 100)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
