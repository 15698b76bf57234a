"""驾培指标 DRV: schools with an electronic fence, hours outside of it, schools that moved.

Basis: 机动车驾驶员培训管理规定; JT/T 1302 (out-of-area teaching is refused). A school has a fence when one of its
grounds or routes is in force on the last day.
"""

from tonggui.ledgers.training.fence import TrainingFence
from tonggui.ledgers.training.school import DrivingSchool
from tonggui.ledgers.training.session import TrainingSession
from tonggui.measure.declare import AT_END, SELF, Ratio, Total

schools = Total(
    "DRV-01S",
    "在册驾校",
    "所",
    of=DrivingSchool.Measures.schools,
    during=AT_END,
    by={"school": SELF},
    basis="驾校台账",
)
fenced_schools = Total(
    "DRV-01",
    "设有电子围栏的驾校",
    "所",
    of=TrainingFence.Measures.fenced_schools,
    during=AT_END,
    among=("school", schools),
    by=("school",),
    names="school__name",
    basis="驾培电子围栏台账",
)
fence_rate = Ratio("DRV-01P", "驾校电子围栏覆盖率", over=fenced_schools, under=schools, basis="驾培电子围栏台账")
hours_outside = Total(
    "DRV-02",
    "围栏外学时",
    "小时",
    of=TrainingSession.Measures.hours_out,
    by=("school", "coach"),
    places=2,
    basis="学时记录台账",
)
moved = Total("DRV-04", "搬迁驾校", "所", of=DrivingSchool.Measures.moved, names="name", basis="驾校台账")
