"""公路养护与路政: bridge classes, patrols, closures, control zones and thresholds, as ledgers of roads read them.

Basis: 公路法, 公路安全保护条例, 农村公路条例; JTG/T H21-2011 for the class of a bridge. National rules set no interval
of patrols and no size of a hamlet; what the bureau decides there is a local parameter whose note says what others use.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from tonggui.law.acts import Act, Article
from tonggui.law.deadlines import Deadline, Unit, add_months
from tonggui.law.declare import Example, Given, Gives, Parameter, Reading, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import BUREAU, CHECKED, HIGHWAY_PROTECTION, RURAL_ROADS
from tonggui.statutes.working_days import CALENDAR

START = date(2011, 9, 1)
BRIDGE_STANDARD = Act("公路桥梁技术状况评定标准", "JTG/T H21-2011", since=START, doubt="由教材和考题推得，原文待核对。")
TECHNICAL_STANDARD = Act("公路工程技术标准", "JTG B01-2014", since=date(2015, 1, 1), doubt="数值凭记忆，待核对。")
DAY = date(2026, 6, 1)


def local(title: str, amount: Any, unit: str, part: str, note: str) -> Parameter:
    """A value that the bureau decides, because no national text does."""
    values = amount if isinstance(amount, Mapping) and isinstance(next(iter(amount)), date) else {START: amount}
    return Parameter(title, unit=unit, source=BUREAU.part(part), checked=CHECKED, values=values, local=True, note=note)


def lawful(title: str, amount: Any, unit: str, source: Article, note: str = "") -> Parameter:
    """A value of the law itself, since the law is in force."""
    values = {source.act.since or START: amount}
    return Parameter(title, unit=unit, source=source, checked=CHECKED, values=values, note=note)


# Bridges
BRIDGE_WEIGHTS = lawful(
    "桥梁总体评分权重", {"deck": 0.20, "upper": 0.40, "lower": 0.40}, "", BRIDGE_STANDARD.part("4.1.6")
)
BRIDGE_BANDS = lawful(
    "桥梁技术状况分界", {"1": 95, "2": 80, "3": 60, "4": 40}, "分", BRIDGE_STANDARD.part("4.1.6"),
    "各类的最低分；有讲义作90、78、60、40，按错误处理。",
)  # fmt: skip
BRIDGE_RECHECK = local(
    "桥梁定期检查周期", {"1": 36, "2": 36, "3": 12, "4": 6, "5": 3}, "个月", "桥梁检查",
    "规范为不超过三年一次（JTG 5120-2021，待核对）；三至五类桥的加密周期由本局定。",
)  # fmt: skip
BRIDGE_ROUTINE = local("桥梁经常检查周期", "quarter", "", "桥梁检查", "规范按养护检查等级一至三个月一次，待核对。")
BRIDGE_LENGTHS = lawful(
    "桥梁规模：全长", {"extra": 1000, "large": 100, "medium": 30}, "米", TECHNICAL_STANDARD.part("桥涵分类"), "待核对。"
)
BRIDGE_SPANS = lawful(
    "桥梁规模：单孔跨径",
    {"extra": 150, "large": 40, "medium": 20},
    "米",
    TECHNICAL_STANDARD.part("桥涵分类"),
    "待核对。",
)
DANGEROUS = ("4", "5")
"""Classes of a dangerous bridge (危桥)."""


@rule(
    "桥梁技术状况等级",
    BRIDGE_STANDARD.part("4.1.6、4.1.7"),
    since=START,
    parameters=(BRIDGE_WEIGHTS, BRIDGE_BANDS),
    takes=(
        Given("deck", "桥面系评分", dtype="float64", unit="分"),
        Given("upper", "上部结构评分", dtype="float64", unit="分"),
        Given("lower", "下部结构评分", dtype="float64", unit="分"),
        Given("single", "有单项控制指标", unknown=0),
    ),
    gives=(Gives("score", "总体评分", "分"), Gives("rating", "技术状况等级", "类")),
    reading="4.1.7: upper and lower parts of class 3, deck of class 4 and a score from 40 to 60 make class 3.",
    examples=[
        Example("sound", DAY, dict(deck=96, upper=97, lower=98), dict(score=97.2, rating=1)),
        Example("poor", DAY, dict(deck=55, upper=55, lower=55), dict(score=55.0, rating=4)),
        Example("poor for its deck alone", DAY, dict(deck=41, upper=62, lower=63), dict(score=58.2, rating=3)),
        Example("dangerous", DAY, dict(deck=36, upper=36, lower=36), dict(score=36.0, rating=5)),
        Example("one defect decides", DAY, dict(deck=85, upper=82, lower=88, single=1), dict(score=85.0, rating=5)),
    ],
)
def bridge_rating(on: Any, deck: Any, upper: Any, lower: Any, single: Any) -> Columns:
    """Score and class of each bridge from the scores of its deck, upper and lower parts."""

    def weight(part: str) -> Any:
        return BRIDGE_WEIGHTS.at(on, np.full(len(on), part))

    def class_of(score: Any) -> Any:
        reached = [score >= BRIDGE_BANDS.at(on, np.full(len(on), band)) for band in "1234"]
        return 5 - np.sum(reached, axis=0)

    score = np.round(weight("deck") * deck + weight("upper") * upper + weight("lower") * lower, 1)
    rating = class_of(score)
    deck_alone = (class_of(upper) == 3) & (class_of(lower) == 3) & (class_of(deck) == 4) & (rating == 4)
    rating = np.where(deck_alone, 3, rating)
    return {"score": score, "rating": np.where(single == 1, 5, rating)}


def rate_bridge(day: date, deck: Any, upper: Any, lower: Any, single: bool) -> tuple[Decimal, str]:
    """Score (one decimal) and class "1" to "5" of one bridge."""
    judged = bridge_rating(day, deck=float(deck), upper=float(upper), lower=float(lower), single=int(single))
    return Decimal(f"{judged['score']:.1f}"), str(judged["rating"])


def next_bridge_check(rating: str, checked_on: date) -> date:
    """The day by which a bridge of this class is inspected again."""
    return add_months(checked_on, BRIDGE_RECHECK.at(checked_on, rating))


def bridge_size(length_m: Decimal, span_m: Decimal | None, on: date) -> str:
    """extra, large, medium or small, by total length or longest span, whichever is more."""
    lengths, spans = BRIDGE_LENGTHS.on(on), BRIDGE_SPANS.on(on)
    if length_m > lengths["extra"] or (span_m or 0) > spans["extra"]:
        return "extra"
    if length_m >= lengths["large"] or (span_m or 0) >= spans["large"]:
        return "large"
    return "medium" if length_m > lengths["medium"] or (span_m or 0) >= spans["medium"] else "small"


# Patrols, problems and repairs
CHIEF_PATROL = local(
    "路长巡路周期", {"general": "year", "county": "quarter", "township": "month", "village": "week"}, "", "路长制",
    "全国没有统一次数；取深圳深汕2022年公布的每年、每季、每月、每周。",
)  # fmt: skip
UPKEEP_PATROL = local("养护巡查周期", {"X": "week", "Y": "month", "C": "month"}, "", "养护巡查", "全国没有统一次数。")
UPKEEP_PATROL_COUNT = local(
    "养护巡查每期次数", {"X": 1, "Y": 2, "C": 1}, "次", "养护巡查", "县道每周、乡道半月、村道每月一次；汛期加倍。"
)
FIX_DAYS = local(
    "路段问题整改期限", {"urgent": 1, "minor": 7, "routine": 15, "medium": 60, "major": 180, "bridge": 180}, "日",
    "拉单销号", "坑槽、坍塌应及时修复（公路安全保护条例第四十七条），日数由本局定。",
)  # fmt: skip
REPAIR_BANDS = local(
    "大中修费用界限", {"major": 100_000, "medium": 20_000}, "元", "养护工程分类",
    "取某县乡镇的做法：每处十万元以上为大修，二万元以上为中修。",
)  # fmt: skip
LIABILITY_MONTHS = local(
    "大中修缺陷责任期", 6, "个月", "养护工程", "山东省农村公路条例第二十七条：一般六个月，最长十二个月。"
)
DISPATCH_PERIOD = local("养护调度周期", "month", "", "定期调度", "各地按月或按周调度。")


def repair_class(cost_yuan: Decimal, on: date) -> str:
    """major, medium or minor by the money one place takes."""
    bands = REPAIR_BANDS.on(on)
    return "major" if cost_yuan >= bands["major"] else "medium" if cost_yuan >= bands["medium"] else "minor"


BOARD_CHECK = local("路长公示牌核对周期", "year", "", "路长制", "每年至少核对一次牌面，人员变动的随时更新。")
DEMONSTRATION_PARTS = local(
    "示范创建各项满分", {"building": 25, "management": 20, "upkeep": 25, "operation": 20, "feature": 10}, "分",
    "示范创建", "没有查到正式评分表，合计一百分，按上级当年办法调整。",
)  # fmt: skip
DEMONSTRATION_PASS = local("示范创建推荐分数线", 80, "分", "示范创建", "由本局定。")
DEMONSTRATION_TERM = local("示范命名复核年限", 3, "年", "示范创建", "由本局定，按上级当年办法调整。")

# Closures
CLOSURE_ARTICLE = HIGHWAY_PROTECTION.article(51)
CLOSURE_NOTICE = Deadline("封闭公路公告提前期", 5, Unit.DAY, CLOSURE_ARTICLE, checked=CHECKED, calendar=CALENDAR)
LOCAL_CLOSURE_NOTICE = Deadline(
    "全封闭公告提前期", 5, Unit.DAY, BUREAU.part("公路封闭"), checked=CHECKED, calendar=CALENDAR, local=True,
    note="条例为五日；有的地方全封闭须提前十五日。",
)  # fmt: skip
HALF_WIDTH = lawful("占用半幅须公告的界限", {"km": 2, "days": 30}, "", CLOSURE_ARTICLE, "长度和期限都达到时须公告。")


def latest_notice(start: date, whole_road: bool) -> date:
    """The last day on which a closure that begins on `start` may be announced: the stricter of law and bureau."""
    days = [CLOSURE_NOTICE.latest(start)] + ([LOCAL_CLOSURE_NOTICE.latest(start)] if whole_road else [])
    return min(days)


# Road land and works on it
CONTROL_ZONE = lawful(
    "公路建筑控制区", {"G": 20, "S": 15, "X": 10, "Y": 5}, "米", HIGHWAY_PROTECTION.article(11),
    "自公路用地外缘起；高速公路三十米。",
)  # fmt: skip
VILLAGE_ZONE = local(
    "村道建筑控制区", {RURAL_ROADS.since or START: 3}, "米", "村道建筑控制区", "多地为三米，也有五米。"
)
PERMIT_DECISION = Deadline(
    "涉路施工许可决定期限", 20, Unit.WORKING_DAY, HIGHWAY_PROTECTION.article(28, 2), checked=CHECKED, calendar=CALENDAR,
    note="行政许可法第八十二条：实施许可的期限以工作日计。",
)  # fmt: skip
CLEARANCE = Deadline(
    "路域问题清理期限", 15, Unit.DAY, BUREAU.part("路域环境"), checked=CHECKED, calendar=CALENDAR, local=True,
    note="公路法、条例为责令限期，日数由本局定。",
)  # fmt: skip


def control_zone(grade: str, on: date) -> int | None:
    """Width in metres of the zone beside a road in which nothing may be built; None for roads that have none."""
    if grade == "C":
        return VILLAGE_ZONE.on(on) if VILLAGE_ZONE.in_force(on) else None
    return CONTROL_ZONE.on(on).get(grade)


# Dangerous sites and hamlets
GUARD_HEIGHT = local(
    "临水临崖防护高差", {"cliff": 3.0, "water": 1.5}, "米", "安防工程", "取攀枝花西区、四川的界限，农村公路三米。"
)
CURVE_RADIUS = local(
    "急弯半径", {"40": 60, "30": 30, "20": 15}, "米", "安防工程", "按设计速度取JTG B01的最小半径，待核对。"
)
STEEP_GRADE = local(
    "陡坡坡度", {"40": 7.0, "30": 8.0, "20": 9.0}, "%", "安防工程", "按设计速度取JTG B01的最大纵坡，待核对。"
)
HAMLET_HOUSEHOLDS = local("通组路户数门槛", 20, "户", "通组路", "广西摸底为二十户，贵州等地为三十户；满足其一即可。")
HAMLET_PEOPLE = local("通组路人口门槛", 100, "人", "通组路", "没有查到出处，由本局按上级文件填写。")
COUNTING = Reading(
    "hamlet_rule", "自然村组的规模门槛", BUREAU.part("通组路"),
    {"or": "户数或人口达到其一", "and": "户数和人口都达到"}, default="or",
)  # fmt: skip


def is_large_hamlet(households: int | None, people: int | None, on: date, readings: Any = None) -> bool:
    """Whether a hamlet is large enough to have a road built to it."""
    reached = [(households or 0) >= HAMLET_HOUSEHOLDS.on(on), (people or 0) >= HAMLET_PEOPLE.on(on)]
    return any(reached) if COUNTING.chosen(readings) == "or" else all(reached)


def problem_due(works: str, found_on: date) -> date:
    """The day by which a problem is put right, by the class of works it takes."""
    return found_on + timedelta(days=FIX_DAYS.at(found_on, works))


def liability_end(fixed_on: date) -> date:
    """The day until which whoever repaired a road answers for defects."""
    return add_months(fixed_on, LIABILITY_MONTHS.on(fixed_on))


def needs_guard(kind: str, drop_m: Any, on: date) -> bool:
    """Whether a place beside water or a cliff is so high that it needs a barrier."""
    heights = GUARD_HEIGHT.on(on)
    return drop_m is not None and kind in heights and float(drop_m) >= heights[kind]


def is_sharp(design_speed: str, radius_m: Any, slope_percent: Any, on: date) -> bool:
    """Whether a bend is tighter or a slope steeper than the design speed allows."""
    tight = radius_m is not None and float(radius_m) < CURVE_RADIUS.at(on, design_speed)
    return tight or (slope_percent is not None and float(slope_percent) > STEEP_GRADE.at(on, design_speed))


def must_announce(kind: str, closed_km: Any, days: int, on: date) -> bool:
    """Whether works must be announced before: a closed road always, half its width from the length and the days."""
    bound = HALF_WIDTH.on(on)
    long_half = kind == "half" and float(closed_km or 0) >= bound["km"] and days > bound["days"]
    return kind == "whole" or long_half


def demonstration_review(named_on: date) -> date:
    """The day by which a named town, village or road is looked at again."""
    return add_months(named_on, 12 * DEMONSTRATION_TERM.on(named_on))
