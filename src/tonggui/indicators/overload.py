"""治超指标 OVR: guard, operations, vehicles dealt with, cases, unloading, fines, yards and altered trucks.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令); 行政处罚法 (2021) 第六十七条 for payment. A fine counts on the day
of its decision and is paid when it is paid in full; a decision that only warns has no payment, so 处罚到位率 is of the
decisions with a fine. A vehicle counts once for each day on which it was caught, on whatever day its cases were filed.
Fines are never ranked by team or person. Figures of weighing passes stand in `overload_passes.py`.
"""

from decimal import Decimal

from django.db.models import F, Q

from tonggui.ledgers.duty.shift import Shift
from tonggui.ledgers.enforcement.case import Case as EnforcementCase
from tonggui.ledgers.enforcement.operation import Operation
from tonggui.ledgers.enforcement.seizure import Seizure
from tonggui.ledgers.overload.case import Case
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.fourfold import Fourfold
from tonggui.ledgers.overload.modified_truck import ModifiedTruck
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.ledgers.overload.yard import Yard
from tonggui.measure.declare import AT_END, Quantile, Ratio, Share, Total

RETURNS = "治超工作月报"


def paid_by_the_end(period):
    """Paid in full: a case closed by the court may have been paid in part."""
    return Q(paid_on__lte=period.end) & (Q(fine_paid=None) | Q(fine_paid__gte=F("fine")))


def unloaded_by_the_end(period):
    return Q(unloaded_on__lte=period.end)


points = Total(
    "OVR-01",
    "在用治超检测点",
    "个",
    of=WeighingPoint.Measures.in_use,
    during=AT_END,
    where=Q(state="in_use"),
    basis=RETURNS,
)
guard_hours = Total("OVR-02", "检测点累计值守时间", "小时", of=Shift.Measures.point_hours, by=("point",), basis=RETURNS)
guided = Total("OVR-03", "引导检测车辆", "台", of=Operation.Measures.guided, by=("point",), basis=RETURNS)
detained = Total("OVR-04", "治超暂扣车辆", "台", of=Seizure.Measures.overload_vehicles, basis=RETURNS)

vehicles = Total(
    "OVR-05",
    "查处超限超载车辆",
    "台",
    of=Case.Measures.filed,
    where=~Q(state="dropped"),
    distinct=("plate", "happened_on"),
    by=("found_by", "enterprise"),
    basis=RETURNS,
)

joint_operations = Total("OVR-06", "联合治超行动", "次", of=Operation.Measures.joint_overload, basis=RETURNS)

cases = Total("OVR-07", "超限案件立案", "宗", of=Case.Measures.filed, by=("found_by", "enterprise"), basis=RETURNS)
tonnes = Total("OVR-08", "卸载货物", "吨", places=2, of=Case.Measures.tonnes, basis=RETURNS)
fines = Total("OVR-09", "超限案件罚款", "万元", of=Case.Measures.fines, basis=RETURNS)
fines_paid = Total(
    "OVR-09P",
    "超限案件已缴罚款",
    "万元",
    of=Case.Measures.fines,
    where=paid_by_the_end,
    beside=fines,
    basis=RETURNS,
)
penalty_rate = Share(
    "OVR-10",
    "处罚到位率",
    whole=Case.Measures.fined,
    part=paid_by_the_end,
    part_title="期末前已缴款的",
    basis=RETURNS,
)
unloading_rate = Share(
    "OVR-11",
    "卸载率",
    whole=Case.Measures.must_unload,
    part=unloaded_by_the_end,
    part_title="期末前已卸载的",
    basis=RETURNS,
)
remaining_trucks = Total(
    "OVR-12", "剩余改型车", "台", of=ModifiedTruck.Measures.remaining, during=AT_END, basis="改型车治理台账"
)
yard_visits = Total("OVR-13", "源头巡查", "次", of=Operation.Measures.yard_visits, by=("yard",), basis=RETURNS)
yards_penalised = Total("OVR-14", "处罚源头单位", "家", of=EnforcementCase.Measures.yards, by=("yard",), basis=RETURNS)
yards_published = Total(
    "OVR-15", "公示源头单位", "家", of=Yard.Measures.published, during=AT_END, basis="超限运输车辆行驶公路管理规定"
)
most_repeats = Quantile(
    "OVR-17",
    "一年内违法次数最多",
    "次",
    of=Fourfold.Measures.repeat_no,
    q=Decimal(1),
    named="最多的一次",
    where=Q(repeat_no__gte=1),
    by=("checked_party",),
    basis="公路安全保护条例第六十六条；年度按本局认定的算法",
)
repeated = Total(
    "OVR-17N",
    "屡次违法超限",
    "项",
    of=Fourfold.Measures.repeated,
    by=("checked_party",),
    basis="公路安全保护条例第六十六条",
)
reviewed = Total(
    "OVR-18N",
    "已审核过车",
    "条",
    of=DoubtedPass.Measures.found,
    where=Q(state__in=("accepted", "rejected")),
    by=("point",),
    basis="行政处罚法第四十一条",
)
rejected = Total(
    "OVR-18R",
    "审核不采用",
    "条",
    of=DoubtedPass.Measures.rejected,
    by=("point", "reject_reason"),
    basis="行政处罚法第四十一条",
)
rejection_rate = Ratio(
    "OVR-18", "审核不采用率", over=rejected, under=reviewed, basis="行政处罚法第四十一条；按过车日期计，待审核的不计"
)
