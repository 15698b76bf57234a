"""How a report goes out: signed by the director, in the order of versions; its numbers go on to the incident.

Basis: 生产安全事故报告和调查处理条例 第十一条 to 第十三条: nothing before the first, and what falls says why.
"""

from typing import TYPE_CHECKING

from django.db.models import TextChoices

from tonggui.base import clock
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.duty.report import IncidentReport


class ReportKind(TextChoices):
    FIRST = "first", "首报"
    FOLLOW_UP = "follow_up", "续报"
    FINAL = "final", "终报"


COUNTS = ("deaths", "missing", "injured", "loss")


def why_not_send(report: "IncidentReport") -> str:
    """The order of versions, and numbers that fall without a word."""
    sent = type(report)._base_manager.filter(incident=report.incident_id, state="sent")
    first = sent.filter(kind=ReportKind.FIRST).exists()
    if report.kind == ReportKind.FIRST and first:
        return "这一事件已有首报，请改为续报或终报。"
    if report.kind != ReportKind.FIRST and not first:
        return "这一事件还没有首报，不能报送续报或终报。"
    if sent.filter(kind=ReportKind.FINAL).exists():
        return "这一事件已终报。确需补报的，先在事件中办理“重新续报”。"
    fallen = [name for name in COUNTS if (getattr(report, name) or 0) < (getattr(report.incident, name) or 0)]
    if fallen and not report.fall_reason:
        return f"“{'”“'.join(report.kinds[name].label for name in fallen)}”少于上一报，须填写核减理由。"
    return ""


def carry_over(report: "IncidentReport", actor) -> None:
    """The incident takes the numbers of its last report and goes on in its own flow."""
    incident = report.incident
    for name in COUNTS:
        setattr(incident, name, getattr(report, name) or 0)
    if report.kind == ReportKind.FIRST:
        incident.first_at = incident.first_at or report.sent_at
    incident.save()
    if report.kind == ReportKind.FIRST and incident.state == "received":
        incident.ledger.perform(incident, "report", actor, f"{report.number} 已报送")


class IncidentReportFlow(Workflow):
    draft = State("草稿", start=True)
    sent = State("已报送", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    send = Move(
        draft >> sent,
        "签发报送",
        by="director",
        sets={"sent_at": clock.now},
        numbers={"report_no": "{bureau}快报〔{year}〕{seq}号"},
        check=why_not_send,
        then=carry_over,
    )
    cancel = Move(draft >> void, "作废", by=("duty_officer", "director"), comment=True)
