"""城乡客运指标 PAX: coach lines turned into bus lines, villages served, subsidy, signs, badges and clothes.

Basis: 城市公共交通条例 第十六条 and 第五十四条; the yearly check of 建制村通客车. A village is served as its newest
check says on the last day; the rate is of all villages of the county. Subsidy is that of the months of the period:
what they are due, and what of it has been paid. Stop signs count when they were put up, clothes and badges when they
were made.
"""

from django.db.models import Q

from tonggui.ledgers.parties.town import Town
from tonggui.ledgers.transit.bus import Bus
from tonggui.ledgers.transit.line_change import LineChange
from tonggui.ledgers.transit.route_finance import RouteFinance
from tonggui.ledgers.transit.sign import Serves, Sign, SignKind
from tonggui.ledgers.transit.village_service import VillageService
from tonggui.ledgers.works.project import Project
from tonggui.measure.declare import AT_END, Ratio, Total

CHANGES = "线路调整台账"
VILLAGES = "建制村通客车台账"
FINANCE = "农村客运盈亏台账"
SIGNS = "四统一标识台账"

converted = Total(
    "PAX-03",
    "班线改公交",
    "条",
    of=LineChange.Measures.converted,
    by=("enterprise",),
    names="changed_name",
    basis=CHANGES,
)
bought_back = Total(
    "PAX-04", "回购农村客车", "辆", of=Bus.Measures.bought_back, by=("enterprise", "conversion"), basis="公交车辆台账"
)
stations_started = Total(
    "PAX-06",
    "新开工乡镇运输服务站",
    "个",
    of=Project.Measures.service_points,
    by=("town",),
    names="name",
    basis="建设项目台账",
)

villages = Total(
    "PAX-07V", "建制村", "个", of=Town.Measures.villages, during=AT_END, by={"town": "parent"}, basis="行政区划台账"
)
villages_served = Total(
    "PAX-07",
    "通客车建制村",
    "个",
    of=VillageService.Measures.on_record,
    during=AT_END,
    latest=("served_village", "checked_on"),
    where=Q(connected=True),
    among=("served_village", villages),
    by=("town", "form_of_service"),
    names="served_village",
    basis=VILLAGES,
)
village_rate = Ratio("PAX-07P", "建制村通客车率", over=villages_served, under=villages, basis=VILLAGES)

subsidy_due = Total(
    "PAX-08",
    "农村客运应补资金",
    "万元",
    of=RouteFinance.Measures.subsidy_due,
    by=("enterprise", "line", "coach_line"),
    basis=FINANCE,
)
subsidy_paid = Total(
    "PAX-08A",
    "农村客运已补资金",
    "万元",
    of=RouteFinance.Measures.subsidy_paid,
    by=("enterprise", "line", "coach_line"),
    beside=subsidy_due,
    basis=FINANCE,
)
subsidy_rate = Ratio("PAX-08P", "农村客运补贴到位率", over=subsidy_paid, under=subsidy_due, basis=FINANCE)

suspended = Total(
    "PAX-09",
    "停运客运线路",
    "条",
    of=LineChange.Measures.suspended,
    by=("enterprise", "line_kind"),
    names="changed_name",
    basis=CHANGES,
)

boards = Total("PAX-10", "安装站牌", "个", of=Sign.Measures.boards_up, by=("serves", "enterprise"), basis=SIGNS)


def _covered(code: str, title: str, line: str, where: Q) -> Total:
    """Lines with at least one sign put up in the period."""
    return Total(
        code,
        title,
        "条",
        of=Sign.Measures.put_up,
        where=Q(kind=SignKind.BOARD) & ~Q(**{line: None}) & where,
        distinct=(line,),
        by=("enterprise",),
        names=line,
        basis=SIGNS,
    )


bus_lines_covered = _covered("PAX-11", "站牌覆盖公交线路", "line", Q())
rural_lines_covered = _covered("PAX-11R", "站牌覆盖城乡公交线路", "line", Q(serves=Serves.RURAL))
coach_lines_covered = _covered("PAX-11C", "站牌覆盖客运班线", "coach_line", Q())

clothes = Total("PAX-12", "制发工作服", "套", of=Sign.Measures.clothes, by=("serves", "enterprise"), basis=SIGNS)
badges = Total("PAX-13", "制发工牌", "个", of=Sign.Measures.badges, by=("serves", "enterprise"), basis=SIGNS)
