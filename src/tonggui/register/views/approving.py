"""Approvals on a record's page: for whom it waits, what was asked of whom, and the forms to hand over, assign, ask,
copy, urge and recall; and the same decision on many records at once."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tonggui.base import clock
from tonggui.register import roles
from tonggui.register.accounts import Account
from tonggui.register.actor import Actor
from tonggui.register.approvals import asking, joint, urging, waiting
from tonggui.register.approvals import recall as recalling
from tonggui.register.approvals.kept import Ask, Urging
from tonggui.register.errors import Refused
from tonggui.register.history import lines_of
from tonggui.register.registry import BoundLedger
from tonggui.register.views import record as record_page
from tonggui.register.views.access import open_ledger, open_record
from tonggui.register.workflow import Move

#: Moves that the line of the next step names.
MOVES_TOLD = 3
#: Records that one decision may move at once.
BATCH = 100

#: What each form asks for, beside the person: its heading, what it says, and its button.
FORMS = {
    Ask.HANDED: ("转办", "这一步转给另一位有权办理的人，事项从您的待办移到对方的待办。"),
    Ask.ASSIGNED: ("交办", "把这一步交给一位有权办理的人，并写明完成期限；事项排在对方待办的最前面。"),
    Ask.OPINION: ("加签", "办理前先征求别人的意见。"),
    Ask.COPY: ("抄送", "只让对方知晓，不要求办理。"),
}


@dataclass
class Standing:
    """Where a record stands in its approval, for one reader."""

    record: Any
    actor: Actor

    @cached_property
    def asks(self) -> list[Ask]:
        return waiting.asks_of(self.record)

    @cached_property
    def urgings(self) -> list[Urging]:
        return urging.urgings(self.record)

    @property
    def is_open(self) -> bool:
        return not self.record.state_now.final

    @property
    def waits(self) -> bool:
        return waiting.is_waiting(self.record.state_now)

    @cached_property
    def held(self) -> Ask | None:
        return waiting.given(self.asks, self.record)

    @property
    def next_moves(self) -> str:
        """In words, what may be done next, the first few of it; before the rest what leads to another state."""
        moves = waiting.onward(self.record.ledger.flow, self.record.state)
        moves.sort(key=lambda move: move.target.name == self.record.state)
        labels = list(dict.fromkeys(move.label for move in moves))
        return "、".join(labels[:MOVES_TOLD]) + ("等" if len(labels) > MOVES_TOLD else "") or "办理"

    @property
    def waits_for(self) -> str:
        """In words, for whom the record waits."""
        if self.held:
            return self.held.account_name
        moves = waiting.onward(self.record.ledger.flow, self.record.state)
        parts = [part for move in moves for part in move.hands]
        return "、".join(dict.fromkeys(roles.title(part) for part in parts))

    @property
    def opinions(self) -> list[Ask]:
        """Opinions asked for in the present step, given or not."""
        asked = (ask for ask in self.asks if ask.kind == Ask.OPINION and ask.step == self.record.state)
        return [ask for ask in asked if ask.answer in ("", "agreed", "disagreed")]

    @property
    def to_answer(self) -> list[Ask]:
        """Opinions asked of the reader."""
        return [ask for ask in self.opinions if ask.is_open and ask.account_id == self.actor.account_id]

    @cached_property
    def joints(self) -> list[tuple[Move, list[joint.Signature], bool]]:
        """Each joint move from here with its signatures, and whether the reader may sign it."""
        found = []
        for move in waiting.onward(self.record.ledger.flow, self.record.state):
            if move.joint:
                signed = joint.signatures(move, self.record, self.asks)
                found.append((move, signed, bool(joint.open_role(signed, self.actor)) and self.is_open))
        return found

    @property
    def urged(self) -> int:
        """How often the present step was urged."""
        return sum(1 for one in self.urgings if one.step == self.record.state)

    @property
    def says_anything(self) -> bool:
        return bool(self.waits or self.held or self.opinions or self.joints)

    @property
    def actions(self) -> list[tuple[str, str]]:
        """Address and word of what the reader may do beside the moves."""
        url, found = self.record.url, []
        if self.is_open:
            mine = waiting.may_go_on(self.record, self.actor, self.held)
            others = self.held is not None and self.held.account_id != self.actor.account_id
            found += [(f"{url}ask/handed/", "转办")] if mine and not others else []
            found += [(f"{url}ask/assigned/", "交办")] if asking.may_assign(self.record, self.actor, self.held) else []
            found += [(f"{url}ask/opinion/", "加签")] if mine else []
        found.append((f"{url}ask/copy/", "抄送"))
        if self.waits and urging.may_urge(self.record, self.actor):
            found.append((f"{url}urge/", "催办"))
        return found

    @cached_property
    def may_recall(self) -> bool:
        if not self.is_open:
            return False
        return not recalling.recall_refusal(self.record, self.actor, lines_of(self.record).first())

    def seen(self) -> None:
        """The reader of a copy has it before their eyes."""
        me = self.actor.account_id
        if any(ask.kind == Ask.COPY and ask.is_open and ask.account_id == me for ask in self.asks):
            asking.see(self.record, self.actor)


@dataclass(slots=True)
class Asking:
    """A form beside the record, as `parts/asking.html` draws it."""

    url: str
    title: str
    says: str
    kind: str = ""
    people: list[tuple[str, list[Account]]] | None = None
    several: bool = False
    moves: list[tuple[str, str]] | None = None
    words: str = ""
    words_required: bool = False
    chosen: tuple[int, ...] = ()
    due: str = ""
    mode: str = "wait"
    move: str = ""
    refusal: str = ""

    template = "register/parts/asking.html"


def ask(request: HttpRequest, key: str, number: str, kind: str) -> HttpResponse:
    """转办, 交办, 加签 or 抄送: GET shows the form with the people who may be named, POST sends it."""
    if kind not in FORMS:
        raise Http404(f"没有“{kind}”这种办理。")
    ledger, actor, record = open_record(request, key, number)
    given = request.POST
    chosen = tuple(int(pk) for pk in given.getlist("to") if pk.isdecimal() and len(pk) < 18)
    flow_moves = waiting.onward(ledger.flow, record.state)
    form = Asking(
        url=f"{record.url}ask/{kind}/",
        title=FORMS[kind][0],
        says=FORMS[kind][1],
        kind=kind,
        several=kind in (Ask.OPINION, Ask.COPY),
        moves=[(move.name, move.label) for move in ledger.moves_for(record, actor)] if kind == Ask.OPINION else None,
        words=given.get("words", "").strip()[:2000],
        words_required=kind == Ask.HANDED,
        chosen=chosen,
        due=given.get("due", ""),
        mode=given.get("mode", "wait"),
        move=given.get("move", ""),
    )
    people = waiting.takers(record, flow_moves) if kind in Ask.GIVES else waiting.readers(record)
    people = [one for one in people if one.pk != actor.account_id]
    if request.method == "POST":
        named = [one for one in people if one.pk in chosen]
        try:
            told = _send(record, actor, kind, named, form)
        except Refused as refusal:
            form.refusal = str(refusal)
        else:
            messages.success(request, told)
            return _gone(request, record.url)
    form.people = _by_unit(people)
    return _shown(request, ledger, actor, record, form)


def _send(record: Any, actor: Actor, kind: str, named: list[Account], form: Asking) -> str:
    """Do what the form asks for; what was done, in words."""
    if not named:
        raise Refused(f"请选择{form.title}给谁。")
    who = "、".join(map(str, named))
    if kind == Ask.HANDED:
        asking.hand_over(record, actor, named[0], form.words)
        return f"已转办给{who}。"
    if kind == Ask.ASSIGNED:
        due = _day(form.due)
        asking.assign(record, actor, named[0], form.words, due)
        return f"已交办给{who}" + (f"，{due} 前办结。" if due else "。")
    if kind == Ask.COPY or form.mode == "copy":
        asking.send_copy(record, actor, named, form.words)
        return f"已抄送{who}。"
    waits = form.mode == "wait"
    asking.ask_opinions(record, actor, named, form.words, form.move, waits=waits)
    return f"已请{who}签署意见" + ("，意见齐前不能办理这一步。" if waits else "，不影响办理。")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Refused("完成期限不是日期。") from None


def _by_unit(people: list[Account]) -> list[tuple[str, list[Account]]]:
    found: dict[str, list[Account]] = {}
    for one in people:
        found.setdefault(str(one.unit or one.enterprise or "其他"), []).append(one)
    return list(found.items())


@require_POST
def answer(request: HttpRequest, key: str, number: str, ask: int) -> HttpResponse:
    """Sign the opinion that was asked for, or take one's own question back."""
    _, actor, record = open_record(request, key, number)
    found = next((one for one in waiting.asks_of(record) if one.pk == ask), None)
    if found is None:
        raise Http404("没有这条请求。")
    what, words = request.POST.get("answer", ""), request.POST.get("words", "").strip()[:2000]
    try:
        if what == "withdraw":
            asking.withdraw(found, actor)
            messages.success(request, f"{found.title}已撤销。")
        else:
            asking.answer(found, actor, what == "agree", words)
            messages.success(request, "意见已签署。")
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(record.url)


def disagree(request: HttpRequest, key: str, number: str, name: str) -> HttpResponse:
    """Refuse a joint move: the record goes back to the step before, with words."""
    ledger, actor, record = open_record(request, key, number)
    move = ledger.flow.move(name)
    if move is None or not move.joint:
        raise Http404(f"{ledger.title}没有需要会签的“{name}”。")
    says = f"“{move.label}”的会签作废，退回上一步。"
    form = Asking(f"{record.url}disagree/{name}/", "不同意", says, words_required=True)
    return _one_word(request, ledger, actor, record, form, lambda words: joint.disagree(record, name, actor, words))


def recall(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Take back one's own submission."""
    ledger, actor, record = open_record(request, key, number)
    form = Asking(f"{record.url}recall/", "撤回", "回到提交之前；撤回会记入经过，等待办理的人会收到消息。")
    return _one_word(request, ledger, actor, record, form, lambda words: recalling.recall(record, actor, words))


def urge(request: HttpRequest, key: str, number: str) -> HttpResponse:
    """Remind those on whom the record waits."""
    ledger, actor, record = open_record(request, key, number)
    form = Asking(f"{record.url}urge/", "催办", f"提醒正在办理“{record.state_now.label}”的人；每天可以催一次。")
    return _one_word(request, ledger, actor, record, form, lambda words: urging.urge(record, actor, words))


def _one_word(
    request: HttpRequest, ledger: BoundLedger, actor: Actor, record: Any, form: Asking, do: Any
) -> HttpResponse:
    """A form that asks for words alone."""
    form.words = request.POST.get("words", "").strip()[:2000]
    if request.method == "POST":
        try:
            done = do(form.words)
        except Refused as refusal:
            form.refusal = str(refusal)
        else:
            told = f"，已提醒 {done} 人" if isinstance(done, int) else ""
            messages.success(request, f"{record.number} 已{form.title}{told}。")
            return _gone(request, record.url)
    return _shown(request, ledger, actor, record, form)


def _shown(request: HttpRequest, ledger: BoundLedger, actor: Actor, record: Any, form: Asking) -> HttpResponse:
    """The form: alone for HTMX, on the record's page otherwise."""
    status = 422 if form.refusal else 200
    if request.headers.get("HX-Request") == "true":
        context = {"doing": form, "ledger": ledger, "url": record.url, "today": clock.today()}
        return render(request, Asking.template, context, status=status)
    return record_page.page(request, ledger, actor, record, doing=form, status=status)


def _gone(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = url
        return answer
    return redirect(url)


@require_POST
def urge_many(request: HttpRequest, key: str) -> HttpResponse:
    """Urge every ticked record of a list."""
    ledger, actor = open_ledger(request, key)
    told = people = 0
    refused = []
    for record in _ticked(ledger, actor, request.POST.getlist("number")):
        try:
            people += urging.urge(record, actor)
            told += 1
        except Refused as refusal:
            refused.append(str(refusal))
    if told:
        messages.success(request, f"已催办 {told} 条，提醒 {people} 人次。")
    for words in refused[:5] or ([] if told else ["没有勾选记录，没有催办。"]):
        messages.error(request, words)
    if len(refused) > 5:
        messages.error(request, f"另有 {len(refused) - 5} 条没有催办。")
    back = request.POST.get("back", "")
    return _gone(request, back if back.startswith(("/ledgers/", "/todo/")) else ledger.url)


def move_many(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """One decision on many records: GET lists them for confirmation, POST makes the move on each by itself."""
    ledger, actor = open_ledger(request, key)
    move = ledger.flow.move(name)
    if move is None or not move.is_plain:
        raise Http404(f"{ledger.title}没有可以成批办理的“{name}”。")
    given = request.POST if request.method == "POST" else request.GET
    records = _ticked(ledger, actor, given.getlist("number"))
    able = [one for one in records if move in ledger.moves_for(one, actor)]
    if request.method == "POST":
        comment, done, refused = given.get("comment", "").strip()[:2000], 0, []
        for record in able:
            try:
                ledger.perform(record, name, actor, comment)
                done += 1
            except Refused as refusal:
                refused.append(f"{record.number}：{refusal}")
        if done:
            messages.success(request, f"已{move.label} {done} 条。")
        for words in refused[:10]:
            messages.error(request, words)
        if not done and not refused:
            messages.error(request, "没有可以办理的记录。")
        return redirect(f"/todo/?ledger={ledger.key}")
    context = {"ledger": ledger, "move": move, "records": able, "left_out": len(records) - len(able)}
    return render(request, "register/move_many.html", context)


def _ticked(ledger: BoundLedger, actor: Actor, numbers: list[str]) -> list[Any]:
    rows = ledger.query(actor).select_related(*dict.fromkeys(["unit", *ledger.links]))
    return list(rows.filter(number__in=numbers[:BATCH]).order_by("number"))
