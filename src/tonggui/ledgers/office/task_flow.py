"""The life of a task: reported on, confirmed by a second person, settled in part, or carried into the next period."""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.register.actor import acting
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.office.task import Task

DOERS = (
    "clerk", "safety_officer", "enforcement_officer", "overload_officer", "transport_officer", "water_officer",
    "road_officer", "project_officer", "party_officer",
)  # fmt: skip


def go_on_as_new(task: "Task", actor) -> None:
    """The task of the next period: the same promise and owner, a new day, and the link to this one."""
    following = type(task)(
        earlier=task,
        task_source=task.task_source,
        meeting=task.meeting,
        source_title=task.source_title,
        source_period=task.source_period,
        source_section=task.source_section,
        content=task.content,
        standard=task.standard,
        owner=task.owner,
        person=task.person,
        leader=task.leader,
        unit=task.unit,
        is_example=task.is_example,
        assigned_on=clock.today(),
        due_on=task.carried_to,
    )
    with acting(actor, f"由 {task.number} 结转", action="create"):
        following.save()


class TaskFlow(Workflow):
    assigned = State("待启动", start=True, confirmed=True, due="due_on")
    under_way = State("推进中", confirmed=True, due="due_on")
    to_confirm = State("待确认完成", confirmed=True, due="due_on")
    achieved = State("按要求完成", final=True, confirmed=True)
    part_done = State("部分完成", final=True, confirmed=True)
    carried = State("结转下期", final=True, confirmed=True, tone="waiting")
    void = State("作废", final=True, tone="void")

    report = Move(
        (assigned | under_way) >> under_way,
        "报送进展",
        by=DOERS,
        takes=("progress", "done_rate"),
        needs=("progress",),
        sets={"progress_on": clock.today},
    )
    ask_confirm = Move(
        (assigned | under_way) >> to_confirm,
        "提请确认",
        by=DOERS,
        takes=("done_note", "evidence_files"),
        needs=("done_note",),
    )
    confirm_achieved = Move(
        to_confirm >> achieved,
        "确认完成",
        by=("writer", "director"),
        sets={"achieved_on": clock.today, "done_rate": 100},
        not_same_as="ask_confirm",
    )
    send_back = Move(to_confirm >> under_way, "退回", by=("writer", "director"), comment=True)
    settle_part = Move(
        (under_way | to_confirm) >> part_done,
        "认定部分完成",
        by=("writer", "director"),
        takes=("done_note", "done_rate"),
        needs=("done_note", "done_rate"),
    )
    carry_over = Move(
        (assigned | under_way) >> carried,
        "结转至下期",
        by=("writer", "director"),
        takes=("carried_to",),
        needs=("carried_to",),
        check=lambda task: "" if task.carried_to > task.due_on else "“结转期限”应晚于原完成期限。",
        comment=True,
        then=go_on_as_new,
        recall=False,
    )
    cancel = Move((assigned | under_way) >> void, "作废", by="director", comment=True)
