"""治超指标 OVR: check points, vehicles dealt with, cases, unloading and fines.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令); 行政处罚法 (2021) 第六十七条 for payment. A fine counts on the day
of its decision; a decision that only warns has no payment, so 处罚到位率 is of the decisions with a fine. Fines are
never ranked by team or person.
"""

from django.db.models import Q

from tonggui.ledgers.overload.case import Case
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.measure.declare import AT_END, Share, Total, Waiting

RETURNS = "治超工作月报"


def paid_by_the_end(period):
    return Q(paid_on__lte=period.end)


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
guard_hours = Waiting("OVR-02", "值守时间", "小时", waits_for="值班台账", basis=RETURNS)
guided = Waiting("OVR-03", "引导检测车辆", "台", waits_for="执法行动台账", basis=RETURNS)
detained = Waiting("OVR-04", "暂扣车辆", "台", waits_for="执法案件台账", basis=RETURNS)

vehicles = Total(
    "OVR-05",
    "查处超限超载车辆",
    "台",
    of=Case.Measures.filed,
    where=~Q(state="dropped"),
    distinct=("plate", "filed_on"),
    by=("found_by", "enterprise"),
    basis=RETURNS,
)

joint_operations = Waiting("OVR-06", "联合治超行动", "次", waits_for="执法行动台账", basis=RETURNS)

cases = Total("OVR-07", "立案", "宗", of=Case.Measures.filed, by=("found_by", "enterprise"), basis=RETURNS)
tonnes = Total("OVR-08", "卸载货物", "吨", places=2, of=Case.Measures.tonnes, basis=RETURNS)
fines = Total("OVR-09", "决定罚款", "万元", of=Case.Measures.fines, basis=RETURNS)
fines_paid = Total(
    "OVR-09P",
    "其中已缴罚款",
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
