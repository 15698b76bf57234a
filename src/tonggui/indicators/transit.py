"""公交指标 BUS: lines added, adjusted, renamed, made denser and longer in hours, electric buses, charging points.

Basis: 城市公共交通条例 第十条, 第二十二条 and 第二十七条. A change of a line counts on the day it was carried out; a
line that was adjusted twice counts once. A bus counts on the day it entered service.
"""

from django.db.models import Q

from tonggui.ledgers.transit.bus import Bus
from tonggui.ledgers.transit.charger import Charger
from tonggui.ledgers.transit.line_change import LineChange
from tonggui.measure.declare import AT_END, Total

CHANGES = "线路调整台账"
CHARGERS = "充电桩台账"


def _changes(code: str, title: str, of) -> Total:
    """Changes carried out in the period, with the names of the lines as they are since."""
    return Total(code, title, "条", of=of, by=("enterprise", "line_kind"), names="changed_name", basis=CHANGES)


cross_city = _changes("BUS-01", "新增跨市公交线路", LineChange.Measures.cross_city)
urban_rural = _changes("BUS-02", "新增城乡公交线路", LineChange.Measures.rural)
micro = _changes("BUS-03", "新增微循环公交线路", LineChange.Measures.micro)
adjusted = _changes("BUS-04", "优化公交线路", LineChange.Measures.optimised)
renamed = _changes("BUS-05", "更名公交线路", LineChange.Measures.renamed)
electric_added = Total(
    "BUS-06",
    "新增纯电动公交车",
    "辆",
    of=Bus.Measures.electric_added,
    by=("enterprise", "line"),
    basis="公交车辆台账",
)
denser = _changes("BUS-07", "加密班次的公交线路", LineChange.Measures.denser)
longer = _changes("BUS-08", "延长运营时间的公交线路", LineChange.Measures.longer)
charging_points = Total(
    "BUS-09",
    "已投运充电桩",
    "个",
    of=Charger.Measures.points,
    during=AT_END,
    by=("site_kind", "enterprise"),
    basis=CHARGERS,
)
charging_points_built = Total(
    "BUS-09N", "期内建成充电桩", "个", of=Charger.Measures.built, by=("site_kind", "enterprise"), basis=CHARGERS
)
working = Total(
    "BUS-09W",
    "其中可用充电桩",
    "个",
    of=Charger.Measures.points,
    during=AT_END,
    where=Q(state="charging"),
    by=("site_kind", "enterprise"),
    basis=CHARGERS,
)
