"""公路养护指标 MNT: problems found and struck off, repairs, money, dangerous bridges and dangerous sites.

Basis: 公路安全保护条例 第四十四条 and 第四十八条; 国办发〔2014〕55号 for dangerous sites. What was done counts on the
day it was struck off or accepted. One site may carry several measures: sites by measure may add up to more than the
sites.
"""

from django.db.models import Q

from tonggui.indicators.roads import BY_ROAD, PROBLEMS, closed_by_the_end
from tonggui.ledgers.roads.bridge import Bridge
from tonggui.ledgers.roads.problem import Problem
from tonggui.ledgers.roads.site import Site
from tonggui.ledgers.roads.site_flow import Remedy
from tonggui.measure.declare import Share, Total

SITES = "危险路段整治台账"
OVERLAPPING = "危险路段整治台账；一处可有多项措施，按措施分列之和可大于处数"

found = Total(
    "MNT-01",
    "排查养护问题",
    "项",
    of=Problem.Measures.found,
    by=("kind", "origin", "works", *BY_ROAD),
    basis=PROBLEMS,
)
struck_off = Total(
    "MNT-02",
    "其中已销号的养护问题",
    "项",
    of=Problem.Measures.found,
    where=closed_by_the_end,
    by=("kind", "origin", "works", *BY_ROAD),
    basis=PROBLEMS,
)
strike_off_rate = Share(
    "MNT-02P",
    "养护问题销号率",
    whole=Problem.Measures.found,
    part=closed_by_the_end,
    part_title="期末前已销号的",
    by=("kind", "origin", "works", *BY_ROAD),
    basis=PROBLEMS,
)
repaired_roads = Total(
    "MNT-03",
    "大中修公路",
    "条",
    of=Problem.Measures.repaired_roads,
    by=("works", "road"),
    names="road",
    basis=PROBLEMS,
)


def _funds(code: str, title: str, of, by: tuple[str, ...], basis: str = PROBLEMS) -> Total:
    """Money entered with the works that are done; where none is entered it is not known."""
    return Total(code, title, "万元", of=of, by=(*by, *BY_ROAD), filled=True, basis=basis)


funds = _funds("MNT-05", "养护问题整治投入资金", Problem.Measures.funds, ("works",))
repair_funds = _funds("MNT-05R", "大中修投入资金", Problem.Measures.repair_funds, ("works",))
bridge_funds = _funds("MNT-05B", "危桥改造投入资金", Problem.Measures.bridge_funds, ())
site_funds = _funds("MNT-05S", "危险路段整治投入资金", Site.Measures.funds, ("kind",), SITES)

bridges_rebuilt = Total(
    "MNT-06", "改造完工危桥", "座", of=Bridge.Measures.rebuilt, by=BY_ROAD, names="name", basis="桥梁台账"
)


def _sites(code: str, title: str, of, where=None, basis: str = OVERLAPPING) -> Total:
    """Places accepted in the period."""
    return Total(code, title, "处", of=of, where=where, by=("kind", *BY_ROAD), names="name", basis=basis)


def _at_gates(remedy: Remedy) -> Q:
    return Q(remedies__contains=f",{remedy},")


sites = _sites("MNT-07", "整治危险路段", Site.Measures.treated, basis=SITES)
sites_curves = _sites("MNT-07C", "急弯改造点位", Site.Measures.curves)
sites_walls = _sites("MNT-07W", "修建挡墙点位", Site.Measures.walls)
sites_guards = _sites("MNT-07G", "安装护栏点位", Site.Measures.guards)
sites_humps = _sites("MNT-07H", "设置减速带点位", Site.Measures.humps)
sites_lights = _sites("MNT-07L", "安装信号灯点位", Site.Measures.lights)

treated_length = Total(
    "MNT-08",
    "整治危险路段里程",
    "公里",
    of=Site.Measures.length,
    by=("kind", *BY_ROAD),
    places=3,
    filled=True,
    basis=SITES,
)

gates = _sites("MNT-09", "整治村口路口", Site.Measures.village_gates, basis=SITES)
gate_lights = _sites("MNT-09L", "村口安装信号灯", Site.Measures.village_gates, _at_gates(Remedy.LIGHT))
gate_humps = _sites("MNT-09H", "村口设置减速带", Site.Measures.village_gates, _at_gates(Remedy.HUMP))
gate_rails = _sites("MNT-09G", "村口安装护栏", Site.Measures.village_gates, _at_gates(Remedy.GUARD))
