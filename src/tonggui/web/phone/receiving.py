"""Taking an entry from a phone exactly once.

    {"id": "…uuid…", "account": 7, "kind": "create", "ledger": "safety.inspection", "values": {…},
     "made_at": "2026-11-22T10:03:00+08:00", "sent_at": "…"}
    {"id": …, "kind": "move", "ledger": …, "number": "YH202600001", "version": 3, "move": "fix", "comment": "…", …}

Files stand in `values` by their SHA-256, links by number or as {"entry": id} of an entry handed in before, and so may
the `number` of a move. The id, the record and its history are one transaction: a crash leaves all or nothing, and
whoever asks again gets the answer that was given.
"""

import hashlib
import json
import re
import uuid
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from tonggui.base import clock
from tonggui.register.actor import Actor, acting
from tonggui.register.errors import Conflict, Invalid, InvalidValues, Missing, Refused
from tonggui.register.holding import check_held
from tonggui.register.kinds import Moment
from tonggui.register.kinds.files import Files
from tonggui.register.models import Attachment
from tonggui.register.moves import may
from tonggui.register.registry import BoundLedger
from tonggui.register.registry import ledger as find_ledger
from tonggui.register.views.editing import fillable
from tonggui.web.phone import kit
from tonggui.web.phone.models import Received

#: An entry made longer before its sending was made without signal, and its history says so.
AT_ONCE = timedelta(minutes=5)


class Answered(Exception):
    """What the phone is told: an HTTP status and a body with `kind` and `detail`; nothing was written."""

    def __init__(self, status: int, kind: str, detail: str, **more: Any):
        super().__init__(detail)
        self.status, self.body = status, {"kind": kind, "detail": detail, **more}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it was sent, its parts read."""

    id: uuid.UUID
    ledger: BoundLedger
    kind: str
    values: dict[str, Any]
    number: Any = ""
    version: int | None = None
    move: str = ""
    comment: str = ""
    made_at: datetime | None = None
    sent_at: datetime | None = None
    digest: str = field(default="")


def receive(actor: Actor, sent: Any) -> dict[str, Any]:
    """Write the entry, or find that it was written before; the answer in both cases. Answered says why not."""
    if not isinstance(sent, dict):
        raise Answered(400, "malformed", "内容不是一条上报。")
    if sent.get("account") != actor.account_id:
        raise Answered(403, "account", "这条是另一个帐号填写的，须由其本人登录后上传。")
    entry = read(sent)
    if before := taken(actor, entry):
        return before
    try:
        with transaction.atomic():
            # Whoever sends the same id meanwhile waits here, and then finds it taken.
            row = _begin(actor, entry)
            record = _write(entry, actor)
            row.record, row.record_number, row.record_title = record.pk, record.number, str(record)[:200]
            row.answer = {
                "ledger": entry.ledger.key,
                "number": record.number,
                "title": str(record),
                "word": record.state_now.label,
                "url": record.url,
                "received_at": row.received_at.isoformat(),
            }
            row.save()
    except IntegrityError:
        if before := taken(actor, entry):
            return before
        raise
    return row.answer


def read(sent: dict[str, Any]) -> Entry:
    """The parts of an entry; Answered with 400 where it cannot be one."""
    try:
        bound = find_ledger(str(sent.get("ledger")))
    except Missing as problem:
        raise Answered(422, "refused", str(problem)) from None
    try:
        identity = uuid.UUID(str(sent.get("id")))
    except ValueError:
        raise Answered(400, "malformed", "没有编号的上报不能接收。") from None
    kind, values = sent.get("kind"), sent.get("values") or {}
    if kind not in ("create", "move") or not isinstance(values, dict) or not bound.page.handheld:
        raise Answered(400, "malformed", "这种上报平台不认识，请刷新手机页面后重试。")
    told = {name: value for name, value in sent.items() if name != "sent_at"}
    version = sent.get("version")
    return Entry(
        id=identity,
        ledger=bound,
        kind=kind,
        values=values,
        number=sent.get("number") or "",
        version=version if isinstance(version, int) else None,
        move=str(sent.get("move") or ""),
        comment=str(sent.get("comment") or "")[:2000],
        made_at=_moment(sent.get("made_at")),
        sent_at=_moment(sent.get("sent_at")),
        digest=hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest(),
    )


def _moment(raw: Any) -> datetime | None:
    """A time by the phone's clock; None where it says none that can be read, for it decides nothing."""
    try:
        return Moment().read(raw, None) if isinstance(raw, str) else None  # type: ignore[arg-type]
    except Invalid:
        return None


def taken(actor: Actor, entry: Entry) -> dict[str, Any] | None:
    """The answer that the entry got when it was written, or None where it was not."""
    row = Received.objects.filter(pk=entry.id).first()
    if row is None:
        return None
    if row.account_id != actor.account_id:
        raise Answered(403, "account", "这个编号已由另一个帐号使用。")
    if row.digest != entry.digest:
        words = f"这一条先前已经收到（{row.record_number}），后来改动的内容没有写入。需要更正的，请在该记录上办理。"
        raise Answered(409, "taken", words, answer=row.answer)
    return row.answer


def _begin(actor: Actor, entry: Entry) -> Received:
    return Received.objects.create(
        id=entry.id,
        account_id=actor.account_id,
        ledger=entry.ledger.key,
        digest=entry.digest,
        made_at=entry.made_at,
        sent_at=entry.sent_at,
    )


def _write(entry: Entry, actor: Actor) -> Any:
    """The record that the entry makes or moves; every refusal as the phone is told it."""
    noted = replace(actor, why=_note(entry))
    try:
        with acting(noted, request=entry.id.hex):
            return _created(entry, noted) if entry.kind == "create" else _moved(entry, noted)
    except InvalidValues as problem:
        raise Answered(422, "invalid", "".join(problem.errors.values()), errors=problem.errors) from None
    except Missing as problem:
        raise Answered(422, "gone", str(problem)) from None
    except Conflict as problem:
        raise Answered(409, "conflict", str(problem), now=_now(entry, actor)) from None
    except Refused as problem:
        raise Answered(422, "refused", str(problem), now=_now(entry, actor)) from None


def _note(entry: Entry) -> str:
    """What the time line says of how the record came: only where it was made without signal."""
    if entry.made_at is None or entry.made_at > clock.now() - AT_ONCE:
        return ""
    return f"手机离线填写，手机时间 {entry.made_at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}"


def _created(entry: Entry, actor: Actor) -> Any:
    bound = entry.ledger
    able = {kind.name for kind in fillable(bound)}
    if surplus := [name for name in entry.values if name not in able]:
        raise InvalidValues(dict.fromkeys(surplus, "这一项不能在手机上填写，请刷新手机页面。"))
    values = resolved(entry, actor)
    check_held(bound, None, actor, values)
    record = bound.create(actor, values)
    then = bound.flow.move(bound.page.handheld.then) if bound.page.handheld.then else None  # type: ignore[union-attr]
    if then and then.starts_in(record.state) and may(then, record, actor):
        return bound.perform(record, then.name, actor)
    return record


def _moved(entry: Entry, actor: Actor) -> Any:
    bound = entry.ledger
    if entry.move not in bound.page.handheld.move_names:  # type: ignore[union-attr]
        raise Refused(f"{bound.title}没有能在手机上办理的“{entry.move}”这一步，请刷新手机页面。")
    record = bound.get(_number(entry, actor), actor)
    if entry.version is not None and record.version != entry.version:
        raise Conflict("您填写之后，这条记录被别人改动过。请对照现在的内容，再决定办理还是放弃。")
    values = resolved(entry, actor)
    check_held(bound, record, actor, values)
    return bound.perform(record, entry.move, actor, entry.comment, values)


def resolved(entry: Entry, actor: Actor) -> dict[str, Any]:
    """The values with ids of attachments in place of digests, and numbers in place of entries handed in before."""
    values = dict(entry.values)
    for name, raw in values.items():
        if isinstance(entry.ledger.kinds.get(name), Files) and raw:
            values[name] = _attachments(entry, actor, raw)
        elif isinstance(raw, dict) and "entry" in raw:
            values[name] = _handed_in(raw["entry"], actor)
    return values


def _attachments(entry: Entry, actor: Actor, raw: Any) -> list[int]:
    digests = [str(one) for one in raw] if isinstance(raw, list) else []
    if not all(re.fullmatch("[0-9a-f]{64}", one) for one in digests):
        raise Answered(400, "malformed", "附件的指纹不对，请重新选择照片。")
    held = held_files(actor, entry.ledger.key, digests)
    if missing := [one for one in digests if one not in held]:
        raise Answered(409, "files", "照片还没有传完，正在补传。", missing=missing)
    return [held[one] for one in digests]


def held_files(actor: Actor, key: str, digests: list[str]) -> dict[str, int]:
    """Ids of the files that this person gave to a ledger, by digest."""
    rows = Attachment.objects.filter(account_id=actor.account_id, ledger=key, digest__in=digests)
    return dict(rows.order_by("-pk").values_list("digest", "pk"))


def _number(entry: Entry, actor: Actor) -> str:
    return _handed_in(entry.number["entry"], actor) if isinstance(entry.number, dict) else str(entry.number)


def _handed_in(identity: Any, actor: Actor) -> str:
    """The number that an entry of the same person got; Answered where it has not come yet."""
    try:
        row = Received.objects.filter(pk=uuid.UUID(str(identity)), account_id=actor.account_id).first()
    except ValueError:
        row = None
    if row is None:
        raise Answered(409, "waits", "它所依据的那一条还没有上传成功，成功后会接着上传。")
    return row.record_number


def _now(entry: Entry, actor: Actor) -> dict[str, Any] | None:
    """The record as it stands now, for the phone to show beside what was entered."""
    if entry.kind != "move":
        return None
    try:
        return kit.shown(entry.ledger.get(_number(entry, actor), actor), actor)
    except Refused:
        return None
