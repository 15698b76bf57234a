"""问责台账: who was held to account for what, by which measure, and until when it bears on promotion.

Basis: 中国共产党问责条例 (2019) for the measures against organisations and leaders; 纪律处分条例 for how long a
sanction lasts. It names the event that led to it, so that nobody is punished twice for one; only leaders and the
party office read it.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.law.deadlines import add_months
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Record,
    Section,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    derive,
)
from tonggui.statutes.party import SANCTION_LEAD, SANCTION_MONTHS


class Sanction(TextChoices):
    CRITICISM = "criticism", "通报批评"
    ADMONITION = "admonition", "诫勉"
    TRANSFER = "transfer", "组织调整"
    WARNING = "warning", "警告"
    SERIOUS_WARNING = "serious_warning", "严重警告"
    REMOVAL = "removal", "撤销职务"


class Accountability(Record):
    """One unit, or one person of it, held to account for one matter."""

    number = Number("WZR{year}{seq:03}", year_of="proposed_on")
    proposed_on = Day("问责启动日期")
    blamed_unit = Link("parties.Unit", "被问责单位")
    blamed_person = Link("parties.Person", "被问责人员", optional=True)
    incident = Link("duty.Incident", "相关事件", optional=True)
    hazard = Link("safety.Hazard", "未整改隐患", optional=True)
    assessment = Link("party.Assessment", "考核评分", optional=True)
    blame_matter = LongText("问责事由")
    sanction = Choice(Sanction, "问责方式")
    censure_clause = Text("问责条款", max_length=120)
    statement = LongText("本人说明", optional=True, hint="听取陈述和申辩的情况")
    censure_no = Text("问责决定文号", optional=True, max_length=60)
    blamed_on = Day("问责决定日期", optional=True)
    bears_until = Day("影响期至", optional=True)
    censure_files = Files("问责决定扫描件")

    @derive("sanction", "blamed_on", always=True)
    def derive_bears_until(self):
        """The months of the measure from the day of the decision; None before it, and for what has no term."""
        months = SANCTION_MONTHS.at(self.blamed_on or clock.today(), self.sanction)
        return add_months(self.blamed_on, int(months)) if self.blamed_on and months else None

    class Flow(Workflow):
        raised_blame = State("拟问责", start=True)
        imposed = State("已问责", final=True, confirmed=True)
        dropped_blame = State("不予问责", final=True, tone="void")

        impose = Move(
            raised_blame >> imposed,
            "作出问责决定",
            by="director",
            needs=("statement", "censure_no", "blamed_on"),
            takes=("statement", "censure_no", "blamed_on", "censure_files"),
            check=lambda case: case.punished_before(),
            recall=False,
        )
        let_off = Move(raised_blame >> dropped_blame, "不予问责", by="director", comment=True)

    def punished_before(self) -> str:
        """A sentence when the same unit or person already bears a decision for the same event."""
        if self.incident_id is None:
            return ""
        same = Accountability._base_manager.filter(
            incident=self.incident_id, blamed_unit=self.blamed_unit_id, blamed_person=self.blamed_person_id
        )
        other = same.filter(state="imposed").exclude(pk=self.pk).first()
        return f"同一事件已由 {other.censure_no} 作出问责。" if other else ""

    class Page(Ledger):
        title = "问责"
        columns = "number proposed_on blamed_unit blamed_person blame_matter sanction blamed_on bears_until state"
        filters = "proposed_on blamed_unit sanction state bears_until"
        search = "number blame_matter censure_no"
        form = [
            Section("对象", "proposed_on blamed_unit blamed_person incident hazard assessment"),
            Section("事由", "blame_matter sanction censure_clause statement"),
            Section("决定", "censure_no blamed_on censure_files"),
        ]
        read = {"director": anyone, "party_officer": anyone, "admin": anyone}
        write = {"party_officer": anyone}
        exports = (
            "number proposed_on blamed_unit blamed_person incident blame_matter sanction censure_clause censure_no "
            "blamed_on bears_until state"
        )
        sort = "-proposed_on"
        watches = (
            Watch("bears_until", "问责影响期届满", lead=SANCTION_LEAD, where=Q(state="imposed"), tell="party_officer"),
        )
        pictures = (Bars("问责方式", by="sanction", stack="state"),)
        example = dict(
            proposed_on="2026-04-02",
            blamed_unit=None,
            blamed_person=None,
            blame_matter="对督办隐患整改不力，两次逾期（示例）",
            sanction=Sanction.ADMONITION,
            censure_clause="中国共产党问责条例第七条",
        )

    class Measures:
        imposed = Count("问责", on="blamed_on", where=Q(state="imposed"), unit="起")
        people = Count("问责人员", on="blamed_on", where=Q(state="imposed", blamed_person__isnull=False), unit="人次")

    def faults(self):
        """What only a person can bear names the person; the decision follows the start."""
        if self.sanction != Sanction.CRITICISM and self.blamed_person is None:
            yield "blamed_person", f"{Sanction(self.sanction).label}只能对人员作出，请填写被问责人员。"
        if self.blamed_on and self.blamed_on < self.proposed_on:
            yield "blamed_on", "“问责决定日期”早于问责启动日期。"

    def __str__(self):
        return f"{self.number} {self.blamed_unit.name}"
