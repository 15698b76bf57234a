"""突发事件台账: accidents and other incidents with their grade and their legal clocks.

Basis: 生产安全事故报告和调查处理条例 第三条 (grades; 以上 includes the number), 第九条 and 第十一条 (one hour by the
business, two by each authority), 第十三条 (changed numbers within 30 days, 7 days for roads and fire);
水上交通事故统计办法 counts the missing of a boat with the dead. The reports are versions of their own (`report.py`);
they carry their numbers here. No accident in a period is a claim that needs the period's nil return.
"""

from datetime import timedelta

from django.db.models import F, Q

from tonggui.base import clock
from tonggui.ledgers.duty.incident_flow import IncidentFlow
from tonggui.ledgers.duty.incident_kinds import Domain, Grade, IncidentKind
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Flag,
    FollowUp,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Money,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    column,
    derive,
    own,
)
from tonggui.statutes.duty import FIRST_REPORT_HOURS, accident_grade, changes_until


class Incident(Record):
    """One incident. Its grade follows from the numbers, which only reports change."""

    number = Number("SG{year}{seq:04}", year_of="occurred_on")
    name = Text("事件名称", max_length=80)
    kind = Choice(IncidentKind, "事件类别")
    domain = Choice(Domain, "领域")
    occurred_at = Moment("发生时间")
    occurred_on = Day("发生日期", optional=True)
    known_at = Moment("接报时间")
    spot = Text("发生地点", max_length=80)
    place = Place("位置", optional=True)
    enterprise = Link("parties.Enterprise", "事发企业", optional=True)
    vehicle = Link("fleet.Vehicle", "涉事车辆", optional=True)
    boat = Link("water.Boat", "涉事船舶", optional=True)
    detail = LongText("事件经过")
    deaths = Integer("死亡", unit="人", least=0, default=0)
    missing = Integer("失踪", unit="人", least=0, default=0)
    injured = Integer("重伤", unit="人", least=0, default=0)
    loss = Money("直接经济损失", unit="万元", least=0, default=0)
    incident_grade = Choice(Grade, "事件等级", optional=True)
    liable = Flag("责任事故", optional=True, hint="调查认定前留空")
    report_by = Moment("首报时限", optional=True)
    first_at = Moment("首报时间", optional=True)
    changes_by = Day("伤亡补报期限", optional=True, index=True)
    final_on = Day("终报日期", optional=True)
    response = Link("duty.Response", "应急响应", optional=True)

    @derive("occurred_at", always=True)
    def derive_occurred_on(self):
        return self.occurred_at.astimezone(clock.CHINA).date()

    @derive("occurred_at", "domain", "deaths", "missing", "injured", always=True)
    def derive_incident_grade(self):
        """By Order 493, of the day it happened."""
        graded = accident_grade(
            self.occurred_on,
            deaths=self.deaths,
            missing=self.missing,
            injured=self.injured,
            loss_wan=float(self.loss or 0) / 10_000,
            domain=str(self.domain),
        )
        return graded["grade"]

    @derive("known_at")
    def derive_report_by(self):
        """The bureau's own hours run from the moment it knew."""
        return self.known_at + timedelta(hours=FIRST_REPORT_HOURS.on(self.known_at.astimezone(clock.CHINA).date()))

    @derive("occurred_at", "domain")
    def derive_changes_by(self):
        return changes_until(str(self.domain), self.occurred_on)

    @column("首报迟报", unit="分钟")
    def minutes_late(self):
        """Minutes past the hour by which it had to be reported, so far or when it was."""
        return max(0, int(((self.first_at or clock.now()) - self.report_by).total_seconds() // 60))

    class Flow(IncidentFlow):
        pass

    class Page(Ledger):
        title = "突发事件"
        columns = "number occurred_at name kind domain incident_grade deaths injured minutes_late changes_by state"
        filters = "occurred_on kind domain incident_grade state enterprise changes_by"
        search = "number name spot detail"
        names = "name"
        form = [
            Section("事件", "name kind domain occurred_at known_at spot place detail"),
            Section("涉事", "enterprise vehicle boat"),
            Section("伤亡损失", "deaths missing injured loss liable"),
            Section("报送", "report_by first_at changes_by final_on response"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"duty_officer": anyone, "safety_officer": anyone}
        imports = Sheet(
            "突发事件导入模板",
            columns=(
                "name kind domain occurred_at known_at spot enterprise detail deaths missing injured loss liable "
                "first_at"
            ),
        )
        exports = (
            "number name kind domain occurred_at known_at spot enterprise detail deaths missing injured loss "
            "incident_grade liable report_by first_at changes_by final_on state"
        )
        sort = "-occurred_at"
        map = "place"
        follow_ups = (
            FollowUp("duty.incidentreport", "起草信息快报", {"incident": "self"}, states="received reported"),
            FollowUp("duty.response", "启动应急响应", {"incident": "self", "reason": "detail"}),
            FollowUp("safety.hazard", "登记隐患", {"enterprise": "enterprise", "content": "detail"}),
        )
        handheld = Handheld(
            "突发事件", "name kind domain occurred_at known_at spot place detail deaths missing injured"
        )
        example = dict(
            name="县道X001示例路段客货车碰撞",
            kind=IncidentKind.ACCIDENT,
            domain=Domain.ROAD,
            occurred_at="2026-02-18 14:20",
            known_at="2026-02-18 14:45",
            spot="县道X001 K12+300",
            detail="一辆货车与一辆面包车相撞，两人受伤送医",
            injured=2,
            loss="6.5",
        )

    class Measures:
        accidents = Count("生产安全事故", on="occurred_on", where=Q(kind="accident"), unit="起")
        incidents = Count("突发事件", on="occurred_on", unit="起")
        major = Count(
            "较大以上事故",
            on="occurred_on",
            where=Q(kind="accident", incident_grade__in=["larger", "serious", "especially_serious"]),
            unit="起",
        )
        liable = Count("责任事故", on="occurred_on", where=Q(kind="accident", liable=True), unit="起")
        deaths = Sum("deaths", "事故死亡", on="occurred_on", where=Q(kind="accident"))
        injured = Sum("injured", "事故重伤", on="occurred_on", where=Q(kind="accident"))
        loss = Sum("loss", "事故直接经济损失", on="occurred_on", where=Q(kind="accident"))
        late = Count("首报迟报", on="occurred_on", where=Q(first_at__gt=F("report_by")), unit="起")

    def faults(self):
        """An incident is known after it happened and reported after it was known."""
        if self.known_at < self.occurred_at:
            yield "known_at", "“接报时间”早于“发生时间”。"
        if self.first_at and self.first_at < self.occurred_at:
            yield "first_at", "“首报时间”早于“发生时间”。"
        if self.final_on and self.final_on < self.occurred_on:
            yield "final_on", "“终报日期”早于发生日期。"

    def __str__(self):
        return f"{self.number} {self.name}"
