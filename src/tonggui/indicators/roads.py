"""农村公路指标 RRD: hamlets and their missing roads, township roads to be upgraded, road chiefs, demonstrations.

Basis: 农村公路条例; 公路安全保护条例 第四十七条 (patrols). What hamlets have and lack is read from the newest survey of
each, up to the end of the period; a road built by then is no longer missing. A township road counts in the year of its
plan; it has started when its project is under construction or further.
"""

from django.db.models import Q

from tonggui.indicators.projects import PLAN, PLAN_YEAR
from tonggui.ledgers.roads.demonstration import Demonstration
from tonggui.ledgers.roads.hamlet import MISSING, Hamlet
from tonggui.ledgers.roads.patrol import Patrol
from tonggui.ledgers.roads.problem import Problem
from tonggui.ledgers.works.project import Project
from tonggui.ledgers.works.steps import Stage
from tonggui.measure.declare import AT_END, SELF, UNTIL_END, Share, Total

SURVEY = "通组路摸底台账"
PATROLS = "道路巡查台账"
PROBLEMS = "路段问题台账"
BY_ROAD = ("town", "road")
STARTED = Q(stage__in=(Stage.BUILDING, Stage.HANDED_OVER, Stage.COMPLETED))


def missing_at(period):
    """Large enough, without a hard road when it was last looked at, and none built since by the end."""
    return MISSING & (Q(built_on=None) | Q(built_on__gt=period.end))


def closed_by_the_end(period):
    return Q(state="closed", closed_on__lte=period.end)


def _hamlets(code: str, title: str, unit: str, of, where, **more) -> Total:
    """What the newest survey of each hamlet says at the end of the period."""
    chosen = dict(during=UNTIL_END, latest=("hamlet", "canvassed_on"), by=("town",), names="hamlet", basis=SURVEY)
    return Total(code, title, unit, of=of, where=where, **{**chosen, **more})


def _township(code: str, title: str, unit: str, of, **more) -> Total:
    """What the year's plan says of township roads to be upgraded."""
    chosen = dict(during=AT_END, year=PLAN_YEAR, by={"project": SELF, "town": "town", "level": "level"}, basis=PLAN)
    return Total(code, title, unit, of=of, **{**chosen, **more})


def _demonstrations(code: str, title: str, unit: str, of) -> Total:
    """Named in the period and not revoked."""
    return Total(code, title, unit, of=of, by=("demonstration_level", "town"), names="name", basis="示范创建台账")


towns_surveyed = Total(
    "RRD-01", "通组路摸底乡镇", "个", of=Hamlet.Measures.towns, by=("town",), names="town", basis=SURVEY
)
large_hamlets = _hamlets("RRD-02", "达到规模的自然村组", "个", Hamlet.Measures.surveyed, Q(large=True))
hamlets_without_road = _hamlets("RRD-03", "未通硬化路的自然村组", "个", Hamlet.Measures.surveyed, missing_at)
missing_length = _hamlets("RRD-03L", "通组路缺口里程", "公里", Hamlet.Measures.gap_found, missing_at, places=3)

township_roads = _township("RRD-04", "乡道提升计划", "条", Project.Measures.township, names="name")
township_length = _township("RRD-05", "乡道提升里程", "公里", Project.Measures.township_km, places=3, filled=True)
township_investment = _township("RRD-06", "乡道提升总投资", "亿元", Project.Measures.township_total)
township_started = _township("RRD-07", "已开工乡道提升", "条", Project.Measures.township, where=STARTED, names="name")
township_not_started = _township(
    "RRD-07R", "未开工乡道提升", "条", Project.Measures.township, where=~STARTED, names="name"
)

chief_patrols = Total("RRD-08", "路长巡路", "次", of=Patrol.Measures.by_chiefs, by=("kind", *BY_ROAD), basis=PATROLS)
patrol_problems = Total(
    "RRD-09", "巡查登记问题", "处", of=Problem.Measures.by_patrol, by=("kind", *BY_ROAD), basis=PROBLEMS
)
patrol_problems_closed = Total(
    "RRD-09N",
    "其中已销号的巡查问题",
    "处",
    of=Problem.Measures.by_patrol,
    where=closed_by_the_end,
    by=("kind", *BY_ROAD),
    basis=PROBLEMS,
)
patrol_close_rate = Share(
    "RRD-09P",
    "巡查问题销号率",
    whole=Problem.Measures.by_patrol,
    part=closed_by_the_end,
    part_title="期末前已销号的",
    by=("kind", *BY_ROAD),
    basis=PROBLEMS,
)

demonstrations = Total(
    "RRD-10",
    "创成示范乡镇、示范村和示范路",
    "个",
    of=Demonstration.Measures.named,
    by=("kind", "demonstration_level", "town"),
    names="name",
    basis="示范创建台账",
)
demonstration_towns = _demonstrations("RRD-10T", "创成示范乡镇", "个", Demonstration.Measures.towns)
demonstration_villages = _demonstrations("RRD-10V", "创成示范村", "个", Demonstration.Measures.villages)
demonstration_roads = _demonstrations("RRD-10R", "创成示范路", "条", Demonstration.Measures.roads)
