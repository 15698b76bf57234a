"""任务指标 TSK: what the last plan promised for the period and what became of it, and what falls due in the next one.

Basis: 督查督办制度. The fate of a task is that of the moment when figures are taken: a task is confirmed as done by a
second person, often only days after the period. Done, in part, carried over and still open add up to all that was due.
"""

from django.db.models import Q

from tonggui.ledgers.office.task import Task
from tonggui.measure.declare import FOLLOWING, SELF, Share, Told, Total

BASIS = "督查督办制度；按取数时的状态"
OPEN = Q(state__in=("assigned", "under_way", "to_confirm"))
SOURCES = ("task_source", "owner")
DUE = {"task": SELF, "task_source": "task_source", "owner": "owner"}
NEXT = {"next_task": SELF, "task_source": "task_source", "owner": "owner"}


def _due(code: str, title: str, of, where=None) -> Total:
    return Total(code, title, "项", of=of, where=where, by=DUE, basis=BASIS)


planned = Total("TSK-01", "下期到期任务", "项", of=Task.Measures.due, during=FOLLOWING, by=NEXT, basis=BASIS)
due = _due("TSK-02N", "上期安排本期到期任务", Task.Measures.due)
done = _due("TSK-02D", "已完成任务", Task.Measures.done)
in_part = _due("TSK-02A", "部分完成任务", Task.Measures.part)
carried = _due("TSK-02C", "结转下期任务", Task.Measures.carried)
unfinished = _due("TSK-02O", "尚未办结任务", Task.Measures.due, OPEN)
done_share = Share(
    "TSK-02",
    "上期任务完成率",
    whole=Task.Measures.due,
    part=Q(state="achieved"),
    part_title="按要求完成的",
    by=SOURCES,
    basis=BASIS,
)


def _told(code: str, title: str, field: str) -> Told:
    return Told(code, title, of=Task.Measures.due, field=field, by=DUE, basis=BASIS)


def _next(code: str, title: str, field: str) -> Told:
    return Told(code, title, of=Task.Measures.due, field=field, during=FOLLOWING, by=NEXT, basis=BASIS)


content = _told("TSK-03", "上期任务内容", "content")
fate = _told("TSK-03F", "上期任务落实情况", "state")
result = _told("TSK-03R", "上期任务完成说明", "done_note")
progress = _told("TSK-03J", "上期任务最新进展", "progress")
carried_to = _told("TSK-03C", "上期任务结转期限", "carried_to")
owner = _told("TSK-03W", "上期任务责任单位", "owner")

next_content = _next("TSK-04", "下期任务内容", "content")
next_standard = _next("TSK-04B", "下期任务完成标准", "standard")
next_owner = _next("TSK-04W", "下期任务责任单位", "owner")
next_person = _next("TSK-04R", "下期任务责任人员", "person")
next_due = _next("TSK-04T", "下期任务完成期限", "due_on")
