"""Creating and changing records from what a form, the API or a sheet gave: parse, check the rules, write."""

from typing import Any

from django.db import transaction

from tonggui.register.actor import Actor, acting
from tonggui.register.errors import Conflict, Invalid, InvalidValues, Refused
from tonggui.register.kinds import Reading


def parse_values(bound: Any, values: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """Values by field name, parsed; InvalidValues with a sentence for every field that does not fit."""
    parsed, errors = {}, {}
    for name, raw in values.items():
        kind = bound.kinds.get(name)
        if kind is None:
            errors[name] = f"{bound.title}没有“{name}”这一项。"
            continue
        try:
            parsed[name] = kind.parse(raw, reading)
        except Invalid as problem:
            errors[name] = f"“{kind.label}”{problem}"
    if errors:
        raise InvalidValues(errors)
    return parsed


def create(bound: Any, actor: Actor, values: dict[str, Any], why: str = "") -> Any:
    """Write a new record; see `BoundLedger.create`."""
    if not bound.can_create(actor):
        raise Refused(f"您没有在{bound.title}新增的权限。")
    derived = {derivation.target for derivation in bound.derivations}
    given = {name: values.get(name) for name in bound.form_names if name in values or name not in derived}
    given |= {name: raw for name, raw in values.items() if name not in given}
    filled = {name: raw for name, raw in given.items() if not (name in derived and raw in (None, ""))}
    filled = {name: raw for name, raw in filled.items() if name in values or bound.kinds[name].preset is None}
    record = bound.model(**parse_values(bound, filled, Reading(actor)))
    record.unit = record.unit or bound.unit_for(record, actor)
    if not bound.write.allows(actor, record):
        raise Refused(f"您不能在{bound.title}里为这个单位或企业新增。")
    check_record(record)
    with acting(actor, why, action="create"):
        record.save()
    return record


def change(bound: Any, record: Any, actor: Actor, values: dict[str, Any], why: str = "", version: int | None = None):
    """Change a record; see `BoundLedger.change`."""
    with transaction.atomic():
        record = locked(record)
        if version is not None and record.version != version:
            raise Conflict("这一行刚被别人修改过。请刷新页面，看过新内容后再改。")
        if refusal := change_refusal(record, actor):
            raise Refused(refusal)
        amending = record.state in bound.flow.confirmed
        if amending and not (why or actor.why).strip():
            raise Refused("这一行已审核通过，修改须写明更正理由。")
        if values.get("number") not in (None, "", record.number):
            raise InvalidValues({"number": f"“{bound.kinds['number'].label}”一经编定不能修改。"})
        for name, value in parse_values(bound, values, Reading(actor)).items():
            if name not in ("number", "state"):
                bound.kinds[name].set_on(record, value)
        if not bound.write.allows(actor, record):
            raise Refused("改后的单位或企业不在您的权限范围内。")
        check_record(record)
        with acting(actor, why, action="amend" if amending else "change"):
            record.save()
    return record


def change_refusal(record: Any, actor: Actor) -> str:
    """Why the record may not be edited now by this actor, or the empty string."""
    bound = record.ledger
    state = record.state_now
    if not bound.write.allows(actor, record):
        return f"您没有修改这一行的权限（{bound.title} {record.number}）。"
    amend = next((m for m in bound.flow.moves if m.name == "amend" and m.starts_in(record.state)), None)
    if amend:
        said = f"已{state.label}" if state.confirmed else f"是“{state.label}”"
        return f"这一行{said}，不能直接修改。请先办理“{amend.label}”。"
    if state.final and not state.confirmed:
        return f"这一行已{state.label}，不能再修改。"
    return ""


def check_record(record: Any) -> None:
    """The declaration's own rules across fields: InvalidValues when its `faults()` yields any (field, sentence)."""
    rules = getattr(record, "faults", None)
    if errors := dict(rules()) if rules else {}:
        raise InvalidValues(errors)


def locked(record: Any) -> Any:
    """The record as stored now, its row held until the transaction ends (databases that can)."""
    stored = type(record)._base_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if stored is None:
        raise Conflict("这一行已经不在了，请刷新页面。")
    return stored
