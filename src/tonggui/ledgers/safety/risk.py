"""安全风险清单: what can go wrong where, graded in four colours, who holds it, and when it is looked at again.

Basis: 安全生产法 第四条, 第四十一条 (risk controlled by grade); 公路水路行业安全生产风险管理 for the record. Hazards
name the risk whose control failed, so that hazards can be ranked by the risk that their money removes.
"""

from django.db.models import Q

from tonggui.law.deadlines import add_months
from tonggui.ledgers.safety.domains import Domain
from tonggui.ledgers.safety.risk_kinds import Cause, Holder, Method, RiskGrade
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Choices,
    Confirming,
    Count,
    Day,
    FollowUp,
    Ledger,
    Link,
    LongText,
    Matrix,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    derive,
    own,
    within_unit,
)
from tonggui.statutes import risk as law
from tonggui.statutes.responsibility import REVIEW_LEAD


class Risk(Record):
    """One risk of one place or activity. The grade follows from the values; the higher grades want a named leader."""

    number = Number("FX{year}{seq:04}")
    domain = Choice(Domain, "领域")
    enterprise = Link("parties.Enterprise", "企业", optional=True)
    point = Text("风险点", max_length=80, hint="部位、场所或作业活动")
    place = Place("位置", optional=True)
    event = Text("可能事件", max_length=80)
    causes = Choices(Cause, "致险因素")
    method = Choice(Method, "评估方法", default=Method.LEC)
    likelihood = Amount("可能性", places=1, least=0, most=10, total=False)
    exposure = Amount("暴露频繁程度", places=1, least=0, most=10, total=False, optional=True, hint="仅 LEC 法填写")
    consequence = Amount("后果", places=1, least=0, most=100, total=False)
    score = Amount("风险值", places=1, total=False, optional=True)
    risk_grade = Choice(RiskGrade, "风险等级", optional=True)
    engineering = LongText("工程技术措施", optional=True)
    management = LongText("管理措施")
    training = LongText("培训教育措施", optional=True)
    emergency = LongText("应急处置措施", optional=True)
    holder = Choice(Holder, "管控层级", default=Holder.UNIT)
    leader = Link("parties.Person", "管控责任人", optional=True)
    assessed_on = Day("评估日期")
    review_on = Day("复评日期", optional=True)

    @derive("method", "likelihood", "exposure", "consequence", "assessed_on", always=True)
    def derive_score(self):
        return self.graded["score"]

    @derive("method", "likelihood", "exposure", "consequence", "assessed_on", always=True)
    def derive_risk_grade(self):
        return self.graded["grade"]

    @derive("risk_grade", "assessed_on")
    def derive_review_on(self):
        """The higher the grade, the sooner it is looked at again."""
        return add_months(self.assessed_on, law.review_months(self.risk_grade, self.assessed_on))

    @property
    def graded(self):
        """Score and grade by the bounds of the day on which it was assessed."""
        exposure = None if self.exposure is None else float(self.exposure)
        values = {"likelihood": float(self.likelihood), "exposure": exposure, "consequence": float(self.consequence)}
        return law.risk_grade(self.assessed_on, method=str(self.method), **values)

    class Flow(Confirming, enters=("safety_officer", "enterprise"), checks=("safety_officer", "director")):
        pass

    class Page(Ledger):
        title = "安全风险清单"
        columns = "number domain point event score risk_grade holder leader review_on state"
        filters = "review_on unit state domain risk_grade holder enterprise"
        search = "number point event enterprise__name"
        names = "point"
        form = [
            Section("风险点", "domain enterprise point place event causes"),
            Section("评估", "method likelihood exposure consequence assessed_on review_on"),
            Section("管控措施", "engineering management training emergency"),
            Section("责任", "unit holder leader"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"safety_officer": within_unit, "enterprise": own("enterprise")}
        imports = Sheet(
            "安全风险导入模板",
            columns=(
                "domain enterprise point event causes method likelihood exposure consequence engineering management "
                "training emergency holder leader assessed_on"
            ),
        )
        exports = (
            "number domain enterprise point event causes method likelihood exposure consequence score risk_grade "
            "engineering management training emergency holder leader assessed_on review_on state"
        )
        unit_from = "enterprise"
        map = "place"
        watches = (Watch("review_on", "风险复评到期", lead=REVIEW_LEAD, where=Q(state="confirmed")),)
        pictures = (
            Matrix("风险矩阵", down="likelihood", across="consequence", tone="risk_grade"),
            Bars("四色清单", by="risk_grade", stack="domain"),
        )
        follow_ups = (
            FollowUp("safety.hazard", "登记隐患", {"risk": "self", "enterprise": "enterprise", "domain": "domain"}),
        )
        example = dict(
            domain=Domain.ROAD,
            point="示例县道X001 K12+300 临水路段客车通行",
            event="车辆驶出路外坠水",
            causes=[Cause.SURROUNDINGS, Cause.PEOPLE],
            likelihood="3",
            exposure="6",
            consequence="15",
            management="限速、设置警示标志，企业行前提示",
            assessed_on="2026-01-15",
        )

    class Measures:
        graded_risks = Count("在册风险", unit="项")
        major_risks = Count("重大风险", where=Q(risk_grade=RiskGrade.MAJOR), unit="项")

    def faults(self):
        """LEC wants the exposure; a major or larger risk is held above the team, by somebody with a name."""
        if self.method == Method.LEC and self.exposure is None:
            yield "exposure", "LEC 法须填写“暴露频繁程度”。"
        if self.risk_grade in (RiskGrade.MAJOR, RiskGrade.LARGER) and self.holder == Holder.TEAM:
            yield "holder", f"{self.get_risk_grade_display()}风险不能只由班组管控。"
        if self.risk_grade == RiskGrade.MAJOR and self.leader_id is None:
            yield "leader", "重大风险须写明管控责任人。"

    def __str__(self):
        return f"{self.point}：{self.event}"
