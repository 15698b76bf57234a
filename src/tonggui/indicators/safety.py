"""安全生产指标 SAF: accidents, meetings and study, visits with people and vehicles sent, campaigns run.

Basis: 生产安全事故报告和调查处理条例 第三条 (grades); 安全生产法 (2021) 第四十一条, 第六十八条 (written records),
第六十九条 (joint inspections). That no accident happened is said only on nil returns of every month. 人次 and 车次 add
up over visits: a person on three visits counts three times, a joint visit counts once.
"""

from django.db.models import Q

from tonggui.ledgers.duty.incident import Incident
from tonggui.ledgers.office.meeting import Meeting
from tonggui.ledgers.safety.campaign import Campaign
from tonggui.ledgers.safety.inspection import Inspection
from tonggui.measure.declare import SELF, UNTIL_END, Occurrence, Told, Total

RETURNS = "安全监管月报"
ACCIDENTS = "生产安全事故统计；零报告"
MEETINGS = "安全例会和安全形势分析制度"
SPLITS = ("domain", "kind", "campaign", "unit")
BY_ACCIDENT = ("domain", "incident_grade")
OF_CAMPAIGN = {"campaign": SELF, "kind": "kind"}


def running(period):
    """Begun by the end of the period and not over before it began."""
    return Q(ends_on__gte=period.start)


def _accidents(code: str, title: str, unit: str, of, **more) -> Occurrence:
    return Occurrence(code, title, unit, of=of, by=BY_ACCIDENT, basis=ACCIDENTS, **more)


accidents = _accidents("SAF-01", "生产安全事故", "起", Incident.Measures.accidents)
liable = _accidents("SAF-01R", "责任事故", "起", Incident.Measures.liable, whole=accidents, open=Q(liable__isnull=True))
major = _accidents("SAF-02", "较大以上事故", "起", Incident.Measures.major)
deaths = _accidents("SAF-03", "事故死亡", "人", Incident.Measures.deaths)
injured = _accidents("SAF-03N", "事故重伤", "人", Incident.Measures.injured)
loss = _accidents("SAF-03L", "事故直接经济损失", "万元", Incident.Measures.loss)

meetings = Total("SAF-04", "安全例会", "次", of=Meeting.Measures.safety, by=("meeting_level",), basis=MEETINGS)
analyses = Total("SAF-04A", "安全形势分析会", "次", of=Meeting.Measures.analyses, by=("meeting_level",), basis=MEETINGS)
studies = Total(
    "SAF-05", "安全生产专题学习", "次", of=Meeting.Measures.studies, by=("kind", "meeting_level"), basis=MEETINGS
)

vehicles = Total("SAF-06", "出动检查车辆", "车次", of=Inspection.Measures.vehicles, by=SPLITS, basis=RETURNS)
staff = Total("SAF-07", "出动检查人员", "人次", of=Inspection.Measures.staff, by=SPLITS, basis=RETURNS)
visits = Total("SAF-09", "开展安全检查", "次", of=Inspection.Measures.visits, by=SPLITS, basis=RETURNS)

campaigns = Total(
    "SAF-08",
    "开展专项行动",
    "项",
    of=Campaign.Measures.run,
    during=UNTIL_END,
    where=running,
    by=OF_CAMPAIGN,
    names="name",
    basis="专项行动方案",
)


def _of_campaign(code: str, title: str, field: str) -> Told:
    return Told(
        code,
        title,
        of=Campaign.Measures.run,
        field=field,
        during=UNTIL_END,
        where=running,
        by=OF_CAMPAIGN,
        basis="专项行动方案",
    )


campaign_goals = _of_campaign("SAF-08G", "专项行动目标任务", "goals")
campaign_begins = _of_campaign("SAF-08B", "专项行动开始日期", "starts_on")
campaign_ends = _of_campaign("SAF-08E", "专项行动结束日期", "ends_on")
campaign_summary = _of_campaign("SAF-08S", "专项行动做法和成效", "summary")
