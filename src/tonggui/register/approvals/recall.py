"""Back to the state before: 撤回 by the one who submitted, while nobody has acted; 退回 by a signer who disagrees.

Neither makes a move, so neither can jump past a rule of one: the record stands as it stood, with a line of history.
"""

from typing import Any

from django.db import transaction

from tonggui.register.actor import Actor, acting
from tonggui.register.approvals import bell
from tonggui.register.approvals.kept import Ask
from tonggui.register.approvals.waiting import waits_for
from tonggui.register.editing import locked
from tonggui.register.errors import Refused
from tonggui.register.history import lines_of
from tonggui.register.models import HistoryEntry


def line_into(record: Any) -> HistoryEntry | None:
    """The line of the move that brought the record into its present state, or None where it began in it."""
    for line in lines_of(record):
        if "state" in line.changes:
            return line if line.action == "move" and line.changes["state"][1] == record.state else None
    return None


def recall_refusal(record: Any, actor: Actor, line: HistoryEntry | None) -> str:
    """Why the actor may not take back the last deed on the record (`line`, its newest), or the empty string."""
    move = record.ledger.flow.move(line.move) if line and line.action == "move" else None
    if move is None or "state" not in line.changes:
        return "最近一次办理之后，这一行已有变动，不能撤回。"
    if line.account_id is None or line.account_id != actor.account_id:
        return "只有提交人可以撤回自己的提交。"
    before = record.ledger.flow.state(line.changes["state"][0])
    if record.state_now.final or not move.recall or move.then or move.numbers:
        return f"“{move.label}”办理后即生效，不能撤回。"
    if record.state_now.confirmed and not before.confirmed:
        return f"“{move.label}”后这一行已计入统计，不能撤回。"
    if not record.ledger.read.allows(actor, record):
        return "您无权查看这一行。"
    acted = Ask.objects.filter(ledger=record.ledger.key, record=record.pk, at__gte=line.at).exclude(kind=Ask.COPY)
    if acted.exclude(asker=actor.account_id, answer="").exists():
        return "已有人接手或签署意见，不能撤回。请与对方联系退回。"
    return ""


def recall(record: Any, actor: Actor, words: str = "") -> Any:
    """撤回: take back one's own submission while nobody has acted on it; Refused says why not."""
    with transaction.atomic():
        record = locked(record)
        line = lines_of(record).first()
        if refusal := recall_refusal(record, actor, line):
            raise Refused(refusal)
        waited = [one for one in waits_for(record) if one.pk != actor.account_id]
        record = put_back(record, line, actor, words, "recall")
    bell.tell_of(record, waited, f"{actor.name}已撤回", words)
    return record


def put_back(record: Any, line: HistoryEntry, actor: Actor, words: str, action: str) -> Any:
    """The record in the state before `line`. A recall also takes back what the move filled in; a return leaves it,
    for the one who goes on with it."""
    kinds = record.kinds
    names = line.changes if action == "recall" else ["state"]
    for name in names:
        if name in kinds and name not in ("number", "changed_at"):
            kinds[name].restore(record, line.changes[name][0])
    with acting(actor, words, action=action):
        record.save()
    return record
