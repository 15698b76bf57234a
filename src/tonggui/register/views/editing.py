"""The form of a new or changed record. What is typed is never lost: faults come back beside their fields, a change by
somebody else is told with who, when and what, and a half-filled form can be kept as a draft."""

import re
import uuid
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from tonggui.base import clock
from tonggui.register.actor import Actor, acting
from tonggui.register.drafts import Draft
from tonggui.register.errors import Conflict, InvalidValues, Missing, Refused
from tonggui.register.follow import FROM
from tonggui.register.kinds import Flag, Kind
from tonggui.register.models import HistoryEntry
from tonggui.register.registry import BoundLedger
from tonggui.register.registry import ledger as find_ledger
from tonggui.register.views import story
from tonggui.register.views.access import need, open_ledger, open_record
from tonggui.register.views.address import whole
from tonggui.register.views.controls import control, entry_of, first_entry, typed


def fillable(ledger: BoundLedger) -> list[Kind]:
    """Fields of the form that a person may fill: not the state, the number, nor what is always derived."""
    derived = {one.target for one in ledger.derivations if one.always}
    names = [name for name in ledger.form_names if name not in derived and name != "number"]
    return [ledger.kinds[name] for name in names if ledger.kinds[name].control not in ("state", "noted", "code")]


def first_asked(ledger: BoundLedger) -> list[Kind]:
    """Fields of the form for a new record: without what later moves ask for, number or fill, and what is derived.

    A field that must not be empty is always asked, except a flag that begins with "no" until a move asks for it or
    sets it, and what the ledger puts off itself; a change of the record later shows every field.
    """
    later = {one.target for one in ledger.derivations}
    put_off = set(ledger.page.later.split())
    answered = set()
    for move in ledger.flow.moves:
        later |= {*move.takes, *move.sets, *move.numbers}
        answered |= {*move.takes, *(name for name, value in move.sets.items() if value is True)}
    flags = {name for name in answered if isinstance(ledger.kinds[name], Flag)}
    hidden = flags | put_off
    return [kind for kind in fillable(ledger) if kind.name not in hidden and not (kind.optional and kind.name in later)]


def asked(ledger: BoundLedger, proposed: Iterable[str]) -> list[Kind]:
    """Fields of a new form to which some values are proposed: each of these is asked, whenever it is else."""
    names = {kind.name for kind in first_asked(ledger)} | set(proposed)
    return [kind for kind in fillable(ledger) if kind.name in names]


def new(request: HttpRequest, key: str) -> HttpResponse:
    ledger, actor = open_ledger(request, key)
    need(ledger.can_create(actor), f"您没有在{ledger.title}新增的权限。")
    return Form(request, ledger, actor).answer()


def edit(request: HttpRequest, key: str, number: str) -> HttpResponse:
    ledger, actor, record = open_record(request, key, number)
    refusal = ledger.change_refusal(record, actor)
    need(not refusal, refusal)
    return Form(request, ledger, actor, record).answer()


@require_POST
def drop_draft(request: HttpRequest, key: str, draft: int) -> HttpResponse:
    ledger, _ = open_ledger(request, key)
    found = get_object_or_404(Draft, pk=draft, account=request.user, ledger=ledger.key)
    number = found.number
    found.delete()
    messages.success(request, "草稿已删除。")
    return redirect(f"{ledger.url}{number}/edit/" if number else f"{ledger.url}new/")


class SentTwice(Exception):
    """The same form has come a second time while its first coming was being written."""


class Form:
    """One form on its way: shown, sent back with faults, kept as a draft, or saved."""

    def __init__(self, request: HttpRequest, ledger: BoundLedger, actor: Actor, record: Any = None):
        self.request, self.ledger, self.actor, self.record = request, ledger, actor, record
        # What the address proposes, from a follow-up, a phone page or a code: it can be changed like anything typed.
        given = ledger.form_names if record is None else []
        self.proposed = {name: request.GET[name] for name in given if request.GET.get(name)}
        self.kinds = asked(ledger, self.proposed) if record is None else fillable(ledger)
        self.values: dict[str, Any] = {}
        self.errors: dict[str, str] = {}
        self.why, self.why_error = "", ""
        self.refusal = ""
        sent = self.request.POST.get("once", "")
        self.once = sent if re.fullmatch("[0-9a-f]{32}", sent) else uuid.uuid4().hex
        self.conflict: dict[str, Any] | None = None
        self.version = record.version if record else 0
        self.drafts = Draft.objects.filter(
            account=request.user, ledger=ledger.key, number=record.number if record else ""
        )

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self.shown(None if self.proposed else self.drafts.first())
        self.why = self.request.POST.get("why", "").strip()
        self.version = whole(self.request.POST.get("version"), self.version)
        try:
            self.values = typed(self.request, self.kinds, self.actor, self.ledger, self.record)
        except Refused as problem:
            self.refusal = str(problem)
            self.values = {kind.name: self.request.POST.get(kind.name, "") for kind in self.kinds}
            return self.shown()
        return self.kept() if self.request.POST.get("act") == "draft" else self.saved()

    @property
    def amending(self) -> bool:
        """Whether the record counts already, so that a change needs its reason."""
        return self.record is not None and self.record.state in self.ledger.flow.confirmed

    def kept(self) -> HttpResponse:
        """Keep what was typed as a draft, whole or not."""
        self.drafts.update_or_create(
            account=self.request.user,
            ledger=self.ledger.key,
            number=self.record.number if self.record else "",
            defaults={"values": self.values, "version": self.version, "saved_at": clock.now()},
        )
        messages.success(self.request, "草稿已暂存，只有您能看到；回到这个表单可以继续填写。")
        return redirect(self.record.url if self.record else self.ledger.url)

    def saved(self) -> HttpResponse:
        if self.amending and not self.why:
            self.why_error = "这条记录已计入正式数据，请写明更正的原因。"
            return self.shown()
        try:
            record = self.written()
        except InvalidValues as problem:
            self.errors = problem.errors
        except Conflict as problem:
            self.told(str(problem))
        except Refused as problem:
            self.refusal = str(problem)
        else:
            if not self.proposed:
                self.drafts.delete()
            messages.success(self.request, f"已保存：{record.number}。")
            return redirect(record.url)
        return self.shown()

    def written(self) -> Any:
        if self.record is None:
            return self.created()
        # A control shows less than is stored (a moment without its seconds), so what was left as it is stays as it is.
        changed = {
            k.name: self.values[k.name] for k in self.kinds if not _same(self.values[k.name], entry_of(k, self.record))
        }
        return self.ledger.change(self.record, self.actor, changed, self.why, self.version)

    def created(self) -> Any:
        """One record for one form, however often and however quickly it is sent."""
        if found := self.sent_before():
            return found
        try:
            with transaction.atomic(), acting(self.actor, self.why, request=self.once):
                record = self.ledger.create(self.actor, self.values, self.why)
                # Asked again behind the number, for which two writers wait in turn.
                if self.sent_before() != record:
                    raise SentTwice
        except SentTwice:
            return self.sent_before()
        return record

    def sent_before(self) -> Any:
        """The record that this form has made, or None."""
        lines = HistoryEntry.objects.filter(request=self.once, ledger=self.ledger.key, action="create")
        line = lines.filter(account=self.request.user).order_by("id").first()
        return line and self.ledger.model._base_manager.get(pk=line.record)

    def told(self, words: str) -> None:
        """Say who changed the record since it was opened, and what; saving again is then made on the new version."""
        self.conflict = {"words": words, "changes": []}
        events = [event for event in story.events(self.record) if event.version > self.version]
        if events:
            at = events[0].at.astimezone(clock.CHINA)
            self.conflict["words"] = (
                f"{events[0].who} 在 {at:%Y-%m-%d %H:%M} 修改了这条记录，您填写的内容还没有保存。"
                "请对照下面的改动核对，再次保存即以您填写的为准。"
            )
            self.conflict["changes"] = [change for event in events for change in event.changes]
        self.version = self.record.version

    def shown(self, draft: Draft | None = None) -> HttpResponse:
        """The form as a page; 422 when it came back with faults."""
        if draft:
            self.values, self.version = draft.values, draft.version or self.version
        faulty = bool(self.errors or self.refusal or self.conflict or self.why_error)
        labels = {name: kind.label for name, kind in self.ledger.kinds.items()}
        action = "更正" if self.amending else "修改" if self.record else "新增"
        context = {
            "ledger": self.ledger,
            "record": self.record,
            "url": self.record.url if self.record else "",
            "action": action,
            "title": f"{action}{self.ledger.title}" + (f" {self.record.number}" if self.record else ""),
            "sections": [section for section in map(self.section, self.ledger.form) if section["controls"]],
            "errors": [(labels.get(name, name), words, name) for name, words in self.errors.items()],
            "refusal": self.refusal,
            "conflict": self.conflict,
            "draft": draft,
            "carried": self.carried(),
            "amending": self.amending,
            "version": self.version,
            "once": self.once,
            "why": self.why,
            "why_error": self.why_error,
            "draws": any(kind.control == "area" for kind in self.kinds),
        }
        return render(self.request, "register/form.html", context, status=422 if faulty else 200)

    def section(self, section: Any) -> dict[str, Any]:
        kinds = [kind for kind in self.kinds if kind.name in section.names]
        controls = [control(kind, self.raw(kind), error=self.errors.get(kind.name, "")) for kind in kinds]
        return {"title": section.title, "controls": controls}

    def raw(self, kind: Kind) -> Any:
        """What the control holds: what was typed, what is stored, what the address proposes, or the default."""
        if kind.name in self.values:
            return self.values[kind.name]
        if self.record is not None:
            return entry_of(kind, self.record)
        if kind.name not in self.proposed:
            return first_entry(kind)
        return self.request.GET.getlist(kind.name) if kind.control == "choices" else self.proposed[kind.name]

    def carried(self) -> dict[str, Any] | None:
        """From which record the form was opened, and what came along, in words; None where nothing did."""
        words = "、".join(self.ledger.kinds[name].label for name in self.proposed)
        if not words:
            return None
        key, _, number = self.request.GET.get(FROM, "").partition("/")
        try:
            source = find_ledger(key).get(number, self.actor) if number else None
        except Missing:
            source = None
        return {"words": words, "source": source}


def _same(typed_value: Any, entry: Any) -> bool:
    """Whether a control came back as it was shown; browsers send line ends as two characters."""
    if isinstance(typed_value, list):
        return ",".join(map(str, typed_value)) == (entry or "")
    return str(typed_value).replace("\r\n", "\n").strip() == str(entry).strip()
