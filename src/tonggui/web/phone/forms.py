"""The phone form of a ledger as the phone gets it: fields, moves and follow-ups in plain values, nothing of a record.

A field says how it is asked for (`control`), whether it must be filled, and what stands in it at first: `"now"` for a
required day or moment, which the phone fills by its own clock.
"""

from typing import Any

from tonggui.register.actor import Actor
from tonggui.register.kinds import Day, Flag, Kind, Link, Moment, Month, Place
from tonggui.register.registry import BoundLedger, all_ledgers, ledger
from tonggui.register.roles import members
from tonggui.register.views.controls import first_entry
from tonggui.register.views.editing import fillable
from tonggui.register.workflow import Move


def handheld_ledgers(actor: Actor) -> list[BoundLedger]:
    """Ledgers with a phone form in which the actor may enter something or take one of its moves."""
    return [one for one in all_ledgers() if one.page.handheld and (may_enter(one, actor) or open_moves(one, actor))]


def may_enter(bound: BoundLedger, actor: Actor) -> bool:
    return bool(bound.page.handheld and bound.page.handheld.names) and bound.can_create(actor)


def open_moves(bound: BoundLedger, actor: Actor) -> list[Move]:
    """Moves of the phone form that the actor's roles may take."""
    if not bound.page.handheld or not bound.can_read(actor):
        return []
    named = [move for move in bound.flow.moves if move.name in bound.page.handheld.move_names]
    return [move for move in named if actor.has(*(role for part in move.by for role in members(part)))]


def form(bound: BoundLedger, actor: Actor) -> dict[str, Any]:
    """The whole phone form of a ledger for one person."""
    handheld = bound.page.handheld
    assert handheld is not None
    enters = may_enter(bound, actor)
    then = bound.flow.move(handheld.then) if handheld.then else None
    return {
        "key": bound.key,
        "ledger": bound.title,
        "menu": bound.menu,
        "title": handheld.title,
        "big": handheld.big,
        "enters": enters,
        "then": then.label if then else "",
        "nearest": handheld.nearest,
        "fields": [field(bound, bound.kinds[name]) for name in _asked(bound)] if enters else [],
        "moves": {move.name: _move(bound, move) for move in open_moves(bound, actor)},
        "follows": [
            {"ledger": follow.ledger, "label": follow.label, "carries": follow.carries}
            for follow in bound.page.follow_ups
            if ledger(follow.ledger).page.handheld and may_enter(ledger(follow.ledger), actor)
        ],
    }


def _asked(bound: BoundLedger) -> list[str]:
    able = {kind.name for kind in fillable(bound)}
    return [name for name in bound.page.handheld.names if name in able]  # type: ignore[union-attr]


def field(bound: BoundLedger, kind: Kind) -> dict[str, Any]:
    """One field in plain values."""
    derived = {one.target for one in bound.derivations}
    signs = bound.page.handheld.sign_names if bound.page.handheld else []
    described: dict[str, Any] = {
        "name": kind.name,
        "label": kind.label,
        "control": "sign" if kind.name in signs else kind.control,
        "required": not (kind.optional or isinstance(kind, Flag) or kind.name in derived),
        "unit": kind.unit,
        "hint": kind.hint,
        "first": _first(bound, kind),
    }
    if kind.options():
        described["options"] = kind.options()
    if isinstance(kind, Link):
        described["to"] = kind.related_model.ledger.key
    return described


def _first(bound: BoundLedger, kind: Kind) -> Any:
    deadlines = {state.due for state in bound.flow.states}
    if isinstance(kind, Day | Moment | Month) and not kind.optional and kind.name not in deadlines:
        return "now"
    return "" if isinstance(kind, Place | Link) else first_entry(kind)


def _move(bound: BoundLedger, move: Move) -> dict[str, Any]:
    names = dict.fromkeys((*(() if callable(move.needs) else move.needs), *move.takes))
    return {
        "label": move.label,
        "to": move.target.label,
        "comment": move.comment,
        "fields": [field(bound, bound.kinds[name]) for name in names],
        "from": [state.name for state in move.edge.sources],
        "leads": move.target.name,
    }
