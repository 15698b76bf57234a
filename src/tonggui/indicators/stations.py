"""客运站场指标 STN: stations inspected, visits and people, and the checks of coaches before they leave.

Basis: 安全生产法 (2021) 第六十八条; 道路旅客运输及客运站管理规定 on 车辆安全例检. A station is told by the object of
the visit: one visited five times is one station and five visits.
"""

from django.db.models import Q

from tonggui.ledgers.passenger.safety_check import SafetyCheck
from tonggui.ledgers.safety.domains import Domain
from tonggui.ledgers.safety.inspection import Inspection
from tonggui.measure.declare import Share, Total

RETURNS = "客运站场安全检查"
CHECKS = "客运车辆安全例检"
AT_STATIONS = Q(domain=Domain.STATION)

stations = Total(
    "STN-01",
    "检查客运站场",
    "个",
    of=Inspection.Measures.stations,
    distinct=("subject",),
    names="subject",
    basis=RETURNS,
)
visits = Total("STN-02", "客运站场检查", "次", of=Inspection.Measures.stations, by=("kind", "campaign"), basis=RETURNS)
staff = Total(
    "STN-03",
    "客运站场检查出动人员",
    "人次",
    of=Inspection.Measures.staff,
    where=AT_STATIONS,
    by=("kind", "campaign"),
    basis=RETURNS,
)
checks = Total("STN-04", "客车安全例检", "车次", of=SafetyCheck.Measures.checks, by=("station",), basis=CHECKS)
failed = Total("STN-04F", "客车例检不合格", "车次", of=SafetyCheck.Measures.failed, by=("station",), basis=CHECKS)
failed_share = Share(
    "STN-04P",
    "客车例检不合格率",
    whole=SafetyCheck.Measures.checks,
    part=~Q(failed_items=""),
    part_title="有不合格项目的",
    by=("station",),
    basis=CHECKS,
)
