"""综合执法指标 ENF: outings with who and what was sent, what they checked, the cases that followed and their length.

Basis: 行政处罚法 (2021) 第四十二条, 第六十条; 交通运输行政执法程序规定. 人次 and 台次 add up over outings. A joint
outing is one outing: the bureau counts it once with all who came, a unit the people and vehicles that it sent itself.
Fines are those of decisions made in the period; what is paid in full by its end stands apart, and no figure ranks
people or teams (第七十四条). A case that ended without a penalty (不予处罚) was filed, but nobody was caught by it.
"""

from django.db.models import F, Q

from tonggui.ledgers.enforcement.case import Case
from tonggui.ledgers.enforcement.operation import Operation
from tonggui.ledgers.enforcement.participation import Participation
from tonggui.ledgers.enforcement.referral import Referral
from tonggui.measure.declare import Joint, Ratio, Share, TimeTaken, Total

OUTINGS = "综合执法行动登记"
CASES = "行政执法案件统计"
BY_OUTING = ("kind", "campaign")
# Outings on which goods vehicles are checked, and kinds of cases against them.
OF_TRUCKS = Q(kind__in=("overload", "source", "freight", "hazmat", "roadside"))
AGAINST_TRUCKS = Q(kind__in=("freight", "hazmat")) & ~Q(plate="")
IN_CAMPAIGN = Q(campaign__isnull=False)
IN_BREACH = ~Q(state="dropped")


def decided_by_the_end(period):
    return IN_BREACH & Q(decided_on__lte=period.end)


def paid_by_the_end(period):
    """Paid in full: a case closed by the court may have been paid in part."""
    return Q(paid_on__lte=period.end) & (Q(fine_paid=None) | Q(fine_paid__gte=F("fine")))


def _sent(code: str, title: str, unit: str, of, own, joined, where=None) -> Joint:
    return Joint(
        code,
        title,
        unit,
        of=of,
        own=own,
        joined=joined,
        link="operation",
        joined_unit="joined_unit",
        where=where,
        by=BY_OUTING,
        basis=OUTINGS,
    )


def _vehicles(code: str, title: str, where=None) -> Joint:
    measures = Operation.Measures
    return _sent(code, title, "台次", measures.vehicles, measures.own_vehicles, Participation.Measures.vehicles, where)


def _staff(code: str, title: str, where=None) -> Joint:
    measures = Operation.Measures
    return _sent(code, title, "人次", measures.staff, measures.own_staff, Participation.Measures.staff, where)


def _outings(code: str, title: str, unit: str, of, where=None) -> Total:
    return Total(code, title, unit, of=of, where=where, by=BY_OUTING, basis=OUTINGS)


vehicles = _vehicles("ENF-01", "出动执法车辆")
staff = _staff("ENF-02", "出动执法人员")
operations = _outings("ENF-03", "开展执法行动", "次", Operation.Measures.operations)
joint = _outings("ENF-03J", "开展联合执法行动", "次", Operation.Measures.joint)
campaign_operations = _outings("ENF-03C", "开展专项执法行动", "次", Operation.Measures.operations, IN_CAMPAIGN)
campaign_vehicles = _vehicles("ENF-04", "专项执法出动车辆", IN_CAMPAIGN)
campaign_staff = _staff("ENF-04C", "专项执法出动人员", IN_CAMPAIGN)
trucks_checked = _outings("ENF-05", "检查货车", "辆", Operation.Measures.checked, OF_TRUCKS)
trucks_corrected = _outings("ENF-06", "规范货车", "辆", Operation.Measures.corrected, OF_TRUCKS)
trucks_penalised = Total(
    "ENF-07",
    "处罚货车（超限案件另计）",
    "辆",
    of=Case.Measures.fined,
    where=AGAINST_TRUCKS,
    distinct=("plate",),
    by=("kind",),
    basis=CASES,
)
illegal = Total(
    "ENF-08", "查处非法营运车辆", "台次", of=Case.Measures.illegal, where=IN_BREACH, by=("kind",), basis=CASES
)
illegal_decided = Total(
    "ENF-09",
    "非法营运已处罚车辆",
    "台次",
    of=Case.Measures.illegal,
    where=decided_by_the_end,
    by=("kind",),
    basis=CASES,
)
illegal_decided_share = Share(
    "ENF-09P",
    "非法营运处罚率",
    whole=Case.Measures.illegal,
    where=IN_BREACH,
    part=decided_by_the_end,
    part_title="期末前已作出处罚决定的",
    by=("kind",),
    basis=CASES,
)
taxis = Total("ENF-10", "查处违规出租汽车", "台次", of=Case.Measures.taxis, where=IN_BREACH, basis=CASES)
fines = Total("ENF-11", "执法案件罚款", "万元", of=Case.Measures.fines, by=("kind",), basis=CASES)
fines_paid = Total(
    "ENF-11N",
    "执法案件已缴罚款",
    "万元",
    of=Case.Measures.fines,
    where=paid_by_the_end,
    by=("kind",),
    beside=fines,
    basis=CASES,
)
fines_paid_share = Ratio("ENF-11P", "执法案件罚款缴纳率", over=fines_paid, under=fines, basis=CASES)
to_police = Total(
    "ENF-12", "移送公安机关", "件", of=Referral.Measures.handed, by=("offence",), basis="行刑衔接工作规定"
)
days_to_close = TimeTaken(
    "ENF-13",
    "结案天数中位数",
    "天",
    of=Case.Measures.closed,
    begins="filed_on",
    named="中位数",
    by=("kind",),
    basis="行政处罚法第六十条",
)
filed = Total("ENF-14", "执法案件立案", "件", of=Case.Measures.filed, by=("kind",), basis=CASES)
