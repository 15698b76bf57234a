"""疫情防控指标 EPI: people in scope and their vaccination, tests in time, check points and their traffic, the border.

Basis: the name lists of the national plans (名单管理). Every person in scope is in one state, so the parts add up to
the whole: vaccinated, contraindicated, deferred, refusing, waiting. People and points are those on the books on the
last day; tests count by the day on which they were due.
"""

from django.db.models import F, Q

from tonggui.ledgers.health.borderpoint import BorderPoint
from tonggui.ledgers.health.checkpoint import Checkpoint
from tonggui.ledgers.health.passage import Passage
from tonggui.ledgers.health.screening import Screening
from tonggui.ledgers.health.worker import Exposure, Worker
from tonggui.measure.declare import AT_END, Share, Total

LIST = "疫情防控人员名单管理"
POINTS = "疫情防控检查点设置"
BORDER = "跨境货运疫情防控"


def _people(code: str, title: str, of, where=None) -> Total:
    return Total(code, title, "人", of=of, where=where, during=AT_END, by=("post_risk",), basis=LIST)


in_scope = _people("EPI-01", "应接种人员", Worker.Measures.in_scope)
vaccinated = _people("EPI-02", "已接种人员", Worker.Measures.vaccinated)
contraindicated = _people("EPI-03", "接种禁忌人员", Worker.Measures.contraindicated)
put_off = _people("EPI-04", "延后接种人员", Worker.Measures.put_off)
refusing = _people("EPI-04R", "未同意接种人员", Worker.Measures.refusing)
waiting = _people("EPI-04W", "待接种人员", Worker.Measures.in_scope, Q(state="to_vaccinate"))
two_doses_share = Share(
    "EPI-05",
    "接触跨境货车人员两剂接种率",
    whole=Worker.Measures.in_scope,
    where=Q(post_risk=Exposure.BORDER),
    part=Q(doses__gte=2),
    part_title="接种两剂以上的",
    during=AT_END,
    basis=BORDER,
)
tests_due = Total("EPI-06N", "应检人次", "人次", of=Screening.Measures.due, by=("test_method",), basis=LIST)
tests_in_time = Share(
    "EPI-06",
    "按时检测率",
    whole=Screening.Measures.due,
    part=Q(sampled_on__lte=F("test_by")),
    part_title="按时采样的",
    by=("test_method",),
    basis=LIST,
)
points = Total(
    "EPI-07",
    "疫情防控检查点",
    "个",
    of=Checkpoint.Measures.points,
    during=AT_END,
    by=("kind",),
    names="name",
    basis=POINTS,
)
vehicles = Total("EPI-08", "检查点检查车辆", "辆次", of=Passage.Measures.vehicles, by=("checkpoint",), basis=POINTS)
people = Total("EPI-08N", "检查点检查人员", "人次", of=Passage.Measures.people, by=("checkpoint",), basis=POINTS)
border_points = Total(
    "EPI-09",
    "在用跨境作业点",
    "家",
    of=BorderPoint.Measures.in_use,
    during=AT_END,
    by=("kind",),
    names="name",
    basis=BORDER,
)
border_people = Total(
    "EPI-10",
    "接触跨境货车人员",
    "人",
    of=Worker.Measures.at_border,
    during=AT_END,
    by=("border_point",),
    basis=BORDER,
)
stations = Total(
    "EPI-11",
    "纳入防控的客运站场",
    "个",
    of=Checkpoint.Measures.stations,
    during=AT_END,
    names="name",
    basis=POINTS,
)
