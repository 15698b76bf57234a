"""突发事件信息快报台账: first report, follow-ups and final report of one incident, as numbered versions.

Basis: 生产安全事故报告和调查处理条例 第十一条, 第十二条 (what a report says) and 第十三条 (changed numbers): the
first within two hours, nothing final before a first, and numbers that fall must say why. Sending a report carries its
numbers to the incident.
"""

from datetime import timedelta

from django.db.models import F, Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.duty.report_flow import IncidentReportFlow, ReportKind
from tonggui.register.declare import (
    Choice,
    Choices,
    Count,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Money,
    Number,
    Paper,
    Record,
    Section,
    Sheet,
    Text,
    anyone,
    column,
    derive,
)
from tonggui.statutes.duty import FOLLOW_UP_HOURS


class Authority(TextChoices):
    GOVERNMENT = "government", "县委县政府"
    CITY = "city", "市交通运输局"
    EMERGENCY = "emergency", "应急管理局"
    POLICE = "police", "公安机关"
    MARITIME = "maritime", "海事机构"
    UNION = "union", "工会和人社部门"


TEXT = """{incident.name}（{kind}，第{sequence}报）

{incident.occurred_at}，{incident.spot}发生突发事件。{content}

- 死亡（人） | 失踪（人） | 重伤（人） | 直接经济损失（万元）
- {deaths} | {missing} | {injured} | {loss}

【初步原因：{cause}】

已采取措施：{measures_taken}

【下一步工作：{next_steps}】"""


class IncidentReport(Record):
    """One version. It begins with the numbers of the incident as they stand."""

    number = Number("KB{year}{seq:04}")
    report_no = Text("快报编号", optional=True, max_length=40)
    incident = Link("duty.Incident", "突发事件")
    kind = Choice(ReportKind, "报次", default=ReportKind.FIRST)
    sequence = Integer("第几报", optional=True, least=1, total=False)
    due_at = Moment("应报时间", optional=True)
    sent_at = Moment("报送时间", optional=True)
    authorities = Choices(Authority, "报送对象")
    means = Text("报送方式", optional=True, max_length=40, hint="电话、传真、系统；电话报告的一并填写接报人")
    content = LongText("报告内容")
    deaths = Integer("死亡", unit="人", optional=True, least=0, total=False)
    missing = Integer("失踪", unit="人", optional=True, least=0, total=False)
    injured = Integer("重伤", unit="人", optional=True, least=0, total=False)
    loss = Money("直接经济损失", unit="万元", optional=True, least=0, total=False)
    fall_reason = Text("核减理由", optional=True, hint="伤亡人数少于上一报时必填")
    cause = Text("初步原因", optional=True)
    measures_taken = LongText("应对措施")
    next_steps = LongText("下一步工作", optional=True)

    @derive("incident")
    def derive_sequence(self):
        """One more than the versions written before it."""
        earlier = IncidentReport._base_manager.filter(incident=self.incident_id).exclude(state="void")
        return earlier.exclude(pk=self.pk).count() + 1

    @derive("incident", "kind")
    def derive_due_at(self):
        """The legal hours for the first, the bureau's interval for the next, the day of Order 493 for the last."""
        incident = self.incident
        if self.kind == ReportKind.FIRST:
            return incident.report_by
        if self.kind == ReportKind.FINAL:
            midnight = incident.occurred_at.astimezone(clock.CHINA).replace(hour=23, minute=59)
            return midnight + (incident.changes_by - incident.occurred_on)
        hours = FOLLOW_UP_HOURS.on(clock.today())
        return (incident.first_at or incident.known_at) + timedelta(hours=hours * max(1, (self.sequence or 2) - 1))

    @derive("incident")
    def derive_deaths(self):
        return self.incident.deaths

    @derive("incident")
    def derive_missing(self):
        return self.incident.missing

    @derive("incident")
    def derive_injured(self):
        return self.incident.injured

    @derive("incident")
    def derive_loss(self):
        return self.incident.loss

    @column("快报迟报", unit="分钟")
    def minutes_late(self):
        return max(0, int(((self.sent_at or clock.now()) - self.due_at).total_seconds() // 60)) if self.due_at else None

    class Flow(IncidentReportFlow):
        pass

    class Page(Ledger):
        title = "突发事件快报"
        columns = "number incident kind sequence due_at sent_at minutes_late deaths missing injured state"
        filters = "sent_at kind incident state due_at"
        search = "number report_no content"
        form = [
            Section("快报", "incident kind sequence due_at sent_at authorities means"),
            Section("内容", "content deaths missing injured loss fall_reason cause"),
            Section("措施", "measures_taken next_steps"),
        ]
        read = {"county": anyone}
        write = {"duty_officer": anyone, "safety_officer": anyone}
        imports = Sheet(
            "突发事件快报导入模板",
            columns="incident kind authorities content deaths missing injured loss cause measures_taken sent_at",
        )
        exports = (
            "number report_no incident kind sequence due_at sent_at minutes_late authorities content deaths missing "
            "injured loss fall_reason cause measures_taken next_steps state"
        )
        sort = "-number"
        unit_from = "incident"
        papers = (Paper("突发事件信息快报", TEXT, number="report_no", states="sent", signs="签发人 值班人员"),)
        example = dict(
            incident=None,
            kind=ReportKind.FIRST,
            authorities="县委县政府、市交通运输局",
            content="一辆货车与一辆面包车相撞，两人受伤送医，半幅通行",
            measures_taken="路政、养护人员到场疏导抢通",
            injured=2,
            loss="6.5",
        )

    class Measures:
        sent = Count("突发事件快报", on="sent_at", unit="期")
        first = Count("首报", on="sent_at", where=Q(kind="first"), unit="期")
        in_time = Count("按时报送快报", on="sent_at", where=Q(sent_at__lte=F("due_at")), unit="期")

    def __str__(self):
        return f"{self.incident.name} 第{self.sequence}报"
