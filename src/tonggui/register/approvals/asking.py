"""Asking a person: 转办 and 交办 give them the step, 加签 asks for an opinion before a move, 抄送 lets them know.

Who is named must be able to read the record, and to take the step where they are given it: an ask opens no door that
the ledger's own rules keep shut.
"""

from datetime import date
from typing import Any

from django.db import transaction

from tonggui.base import clock
from tonggui.register.accounts import Account
from tonggui.register.actor import Actor
from tonggui.register.approvals import bell
from tonggui.register.approvals.kept import Ask
from tonggui.register.approvals.waiting import asks_of, given, may_go_on, onward, readers, takers
from tonggui.register.editing import locked
from tonggui.register.errors import Missing, Refused

#: Roles that may assign a step of any record they read.
LEADERS = ("director",)


def may_assign(record: Any, actor: Actor, held: Ask | None = None) -> bool:
    return actor.has(*LEADERS) or may_go_on(record, actor, held)


def hand_over(record: Any, actor: Actor, to: Account, words: str) -> Ask:
    """转办: the one for whom the step waits names another who takes it; it can be handed on."""
    return _give(record, actor, to, words, Ask.HANDED)


def assign(record: Any, actor: Actor, to: Account, words: str = "", due: date | None = None) -> Ask:
    """交办: a leader, or one who may take the step, gives it to a person, with the day by which it should be done."""
    if due is not None and due < clock.today():
        raise Refused("完成期限不能早于今天。")
    return _give(record, actor, to, words, Ask.ASSIGNED, due)


def _give(record: Any, actor: Actor, to: Account, words: str, kind: str, due: date | None = None) -> Ask:
    verb = Ask.KINDS[kind]
    with transaction.atomic():
        record = _open(record, verb)
        held = given(asks_of(record), record)
        allowed = may_assign if kind == Ask.ASSIGNED else may_go_on
        if not allowed(record, actor, held):
            raise Refused(f"不能{verb}：这一步不在您手上。")
        if kind == Ask.HANDED and held is not None and held.account_id != actor.account_id:
            raise Refused(f"不能{verb}：这一步已由{held.account_name}办理。")
        if kind == Ask.HANDED and not words.strip():
            raise Refused(f"不能{verb}：请写明意见。")
        if to.pk == actor.account_id:
            raise Refused(f"不能{verb}给自己。")
        if to not in takers(record, onward(record.ledger.flow, record.state)):
            raise Refused(f"不能{verb}给{to}：{to}无权查看这一行，或没有办理这一步的角色。")
        if held is not None:
            due = due or held.due
            _close(held, "passed")
        ask = _ask(record, actor, to, kind, words, due=due)
    bell.tell_of(record, [to], f"{actor.name}{verb}给您", words)
    return ask


def ask_opinions(
    record: Any, actor: Actor, people: list[Account], words: str, move: str, *, waits: bool = True
) -> list[Ask]:
    """加签: ask people for their opinion before a move; with `waits` the move is not made until all have answered."""
    with transaction.atomic():
        record = _open(record, "加签")
        asks = asks_of(record)
        if not may_go_on(record, actor, given(asks, record)):
            raise Refused("不能加签：这一步不在您手上。")
        chosen = record.ledger.flow.move(move)
        if chosen is None or not chosen.starts_in(record.state):
            raise Refused("请选择为哪一步征求意见。")
        asked = {ask.account_id for ask in asks if ask.is_open and ask.kind == Ask.OPINION and ask.move == move}
        people = _checked(record, actor, [one for one in people if one.pk not in asked], "加签")
        found = [_ask(record, actor, one, Ask.OPINION, words, move=move, waits=waits) for one in people]
    bell.tell_of(record, people, f"{actor.name}就“{chosen.label}”征求您的意见", words)
    return found


def send_copy(record: Any, actor: Actor, people: list[Account], words: str = "") -> list[Ask]:
    """抄送: let people know of a record; nothing is asked of them."""
    with transaction.atomic():
        record = locked(record)
        if not record.ledger.read.allows(actor, record):
            raise Missing(f"没有编号为“{record.number}”的行，或者您无权查看。")
        people = _checked(record, actor, people, "抄送")
        found = [_ask(record, actor, one, Ask.COPY, words) for one in people]
    bell.tell_of(record, people, f"{actor.name}抄送给您", words)
    return found


def answer(ask: Ask, actor: Actor, agrees: bool, words: str) -> Ask:
    """Give the opinion that was asked for; a disagreement says why. It is about the record as it stands now."""
    from tonggui.register.registry import ledger

    if ask.account_id != actor.account_id or ask.kind != Ask.OPINION:
        raise Refused("这条意见不是向您征求的。")
    if not agrees and not words.strip():
        raise Refused("不同意的，请写明理由。")
    with transaction.atomic():
        record = locked(ledger(ask.ledger).get(ask.record_number, actor))
        ask = Ask.objects.select_for_update().get(pk=ask.pk)
        if not ask.is_open:
            raise Refused(f"这条意见{ask.answer_title}，不能再答复。")
        ask.version = record.version
        _close(ask, "agreed" if agrees else "disagreed", words)
    if ask.asker is not None:
        bell.tell_of(record, [ask.asker], f"{actor.name}{ask.answer_title}", words)
    return ask


def withdraw(ask: Ask, actor: Actor) -> Ask:
    """Take back what one has asked, while it is not answered."""
    with transaction.atomic():
        ask = Ask.objects.select_for_update().get(pk=ask.pk)
        if ask.asker_id is None or ask.asker_id != actor.account_id:
            raise Refused("只有发起人可以撤销。")
        if not ask.is_open:
            raise Refused(f"{ask.title}{ask.answer_title}，不能再撤销。")
        _close(ask, "withdrawn")
    return ask


def see(record: Any, actor: Actor) -> None:
    """The reader of a copy has opened the record."""
    copies = Ask.objects.filter(ledger=record.ledger.key, record=record.pk, account=actor.account_id, kind=Ask.COPY)
    copies.filter(answer="").update(answer="seen", answered_at=clock.now())


def step_left(records: list[Any], account_id: int | None) -> None:
    """The records have left their step: who was given it has done it, or it was done otherwise; nothing waits on."""
    rows = Ask.objects.filter(ledger=records[0].ledger.key, record__in=[one.pk for one in records], answer="")
    rows = rows.exclude(kind=Ask.COPY)
    # Most steps are taken without anything being asked; then nothing is written.
    open_asks = list(rows.values_list("pk", "kind", "account_id"))
    done = [pk for pk, kind, account in open_asks if kind in Ask.GIVES and account == account_id]
    for answer_, ids in (("done", done), ("lapsed", [pk for pk, _, _ in open_asks if pk not in done])):
        if ids:
            Ask.objects.filter(pk__in=ids).update(answer=answer_, answered_at=clock.now())


def _open(record: Any, verb: str) -> Any:
    record = locked(record)
    if record.state_now.final:
        raise Refused(f"不能{verb}：{record.number} 已{record.state_now.label}。")
    return record


def _checked(record: Any, actor: Actor, people: list[Account], verb: str) -> list[Account]:
    people = [one for one in people if one.pk != actor.account_id]
    if not people:
        raise Refused(f"请选择{verb}给谁（不能是自己，也不必重复）。")
    allowed = {one.pk for one in readers(record)}
    if outside := [str(one) for one in people if one.pk not in allowed]:
        raise Refused(f"不能{verb}给{'、'.join(outside)}：无权查看这一行。")
    return people


def _ask(record: Any, actor: Actor, to: Account, kind: str, words: str, **more: Any) -> Ask:
    return Ask.objects.create(
        kind=kind,
        ledger=record.ledger.key,
        record=record.pk,
        record_number=record.number,
        step=record.state,
        version=record.version,
        asker_id=actor.account_id,
        asker_name=actor.name,
        account=to,
        account_name=str(to),
        words=words.strip(),
        **more,
    )


def _close(ask: Ask, how: str, words: str = "") -> None:
    ask.answer, ask.answer_words, ask.answered_at = how, words.strip(), clock.now()
    ask.save(update_fields=["answer", "answer_words", "answered_at", "version"])
