"""The gates of a project's chain: what a step rests on, what its end needs, and what the project then says.

Basis: 政府投资条例 第二十条 (no works without the approvals), 公路法 第二十五条 (works approval before the start),
安全生产法 第三十一条 (safety goes with the project from its approval to its acceptance).
"""

from typing import TYPE_CHECKING

from django.apps import apps

from tonggui.ledgers.works.standing import tell_project
from tonggui.ledgers.works.steps import Step, place_of, stage_after

if TYPE_CHECKING:
    from tonggui.ledgers.works.milestone import Milestone

#: The part of 安全同时 without which a step is not done: laid down at approval, checked at the start, told at the end.
SAFETY_PART = {Step.APPROVED: "approved", Step.START: "checked", Step.HANDOVER: "accepted"}


def why_not_begin(milestone: "Milestone") -> str:
    """It stands once in its project, and what it rests on is done, or it runs beside that by a named ground."""
    if milestone.others().filter(node=milestone.node).exists():
        return f"这个项目另有一行“{Step(milestone.node).label}”，请把多的一行办理“无需办理”。"
    open_ones = [other for other in milestone.before() if other.state != "step_done"]
    if milestone.handling == "in_order" and open_ones:
        return f"{_names(open_ones)}还没有办结。依规并联或容缺的，请选择办理方式并写明依据。"
    return ""


def why_not_finish(milestone: "Milestone") -> str:
    """A step in turn ends after those before it; the start has its passed check; its safety part is confirmed."""
    if refusal := why_not_begin(milestone):
        return refusal
    later = [other for other in milestone.before() if other.done_on and other.done_on > milestone.done_on]
    if milestone.handling == "in_order" and later:
        return f"“实际办结日期”早于{_names(later)}的办结日期，请核对。"
    still_open = [other for other in milestone.before() if other.state != "step_done"]
    if milestone.node == Step.START and still_open:
        return f"{_names(still_open)}还没有办结，不得开工。"
    if milestone.node == Step.START and not _passed_check(milestone):
        return "没有复核通过的开工检查，不得开工。"
    return _safety_missing(milestone)


def tell_of_step(milestone: "Milestone", actor) -> None:
    """The project's page shows its furthest step, and the stage that follows from it."""
    project = milestone.project
    if project.latest_step and place_of(project.latest_step) > place_of(milestone.node):
        return
    known = {"latest_step": milestone.node, "stage": stage_after(milestone.node)}
    if milestone.node == Step.START:
        known["started_on"] = milestone.done_on
    tell_project(project.pk, actor, f"{Step(milestone.node).label}办结", **known)


def _passed_check(milestone: "Milestone") -> bool:
    checks = apps.get_model("works", "StartCheck")._base_manager
    return checks.filter(
        project=milestone.project_id, state="start_agreed", start_checked_on__lte=milestone.done_on
    ).exists()


def _safety_missing(milestone: "Milestone") -> str:
    part = SAFETY_PART.get(milestone.node)
    if part is None:
        return ""
    steps = apps.get_model("works", "SafetyStep")
    if steps._base_manager.filter(milestone=milestone.pk, safety_part=part, state="confirmed").exists():
        return ""
    return f"安全同时表里没有这个节点审核通过的“{steps.kinds['safety_part'].show(part)}”。"


def _names(milestones: list["Milestone"]) -> str:
    return "、".join(f"“{Step(one.node).label}”" for one in milestones)
