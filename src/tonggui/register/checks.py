"""Checks of a declaration when it is loaded: every name must stand for something; else the file's own words say so."""

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from tonggui.register import follow as follows
from tonggui.register import handheld, papers, roles
from tonggui.register.clocks import PERIODS
from tonggui.register.kinds import Day, Kind, Link, Moment, Month
from tonggui.register.ledger import Section
from tonggui.register.measures import Sum, q_names
from tonggui.register.record import Record

_TAKEN = frozenset(dir(Record)) - {field.name for field in Record._meta.local_fields}


def faults(bound: Any) -> Iterator[str]:
    """All faults of one ledger, each a line that begins with its file."""
    parts = (_page, _permissions, _flow, _fields, _measures, _times, _shows)
    for fault in (fault for part in parts for fault in part(bound)):
        yield f"{bound.file}: {fault}"


def unknown(where: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    known = list(known)
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            yield f'{where} names "{name}".' + (f' Did you mean "{near[0]}"?' if near else "")


def _page(bound: Any) -> Iterator[str]:
    page, kinds = bound.page, bound.kinds
    where = f"{bound.model.__name__}.Page"
    if not page.title:
        yield f"{where} has no title."
    if "number" not in kinds:
        yield f'{bound.model.__name__} has no number: number = Number("…{{year}}{{seq:05}}").'
    shown = [*kinds, *bound.computed]
    yield from unknown(f"{where}.columns", page.columns.split(), shown)
    yield from unknown(f"{where}.exports", page.exports.split(), shown)
    yield from unknown(f"{where}.names", page.names.split(), kinds)
    yield from unknown(f"{where}.sort", [page.sort.lstrip("-")], kinds)
    yield from unknown(f"{where}.map", page.map.split(), kinds)
    yield from unknown(f"{where}.unit_from", page.unit_from.split(), kinds)
    yield from unknown(f"{where}.example", page.example, kinds)
    filterable = [name for name, kind in kinds.items() if kind.filter]
    yield from unknown(f"{where}.filters", page.filters.split(), filterable)
    for path in page.search.split():
        yield from _path(f"{where}.search", path, bound.model)
    for section in page.form:
        if isinstance(section, Section):
            yield from unknown(f'{where}.form "{section.title}"', section.names, kinds)
    yield from unknown(f"{where}.later", page.later.split(), kinds)
    for kind in (kinds[name] for name in page.later.split() if name in kinds):
        if not (kind.optional or kind.has_default()):
            yield f'{where}.later: "{kind.name}" must not be empty and has no default.'
    if page.imports:
        yield from unknown(f"{where}.imports", page.imports.names, kinds)


def _path(where: str, path: str, model: Any) -> Iterator[str]:
    """A lookup such as enterprise__name: each part but the last is a link."""
    first, *rest = path.split("__")
    kinds = model.kinds
    yield from unknown(where, [first], kinds)
    if rest and isinstance(kinds.get(first), Link):
        yield from _path(where, "__".join(rest), kinds[first].related_model)


def _permissions(bound: Any) -> Iterator[str]:
    known = [*roles.ROLES, *roles.GROUPS]
    for side in ("read", "write"):
        where = f"{bound.model.__name__}.Page.{side}"
        declared = getattr(bound.page, side)
        if not declared:
            yield f"{where} is empty: nobody could {side} the ledger."
        yield from unknown(where, declared, known)
        for rule in declared.values():
            yield from unknown(where, rule.names(), bound.kinds)


def _flow(bound: Any) -> Iterator[str]:
    where, kinds = f"{bound.model.__name__}.Flow", bound.kinds
    yield from bound.flow.faults()
    for state in bound.flow.states:
        dated = [name for name, kind in kinds.items() if isinstance(kind, Day)]
        yield from unknown(f"{where}.{state.name}: due", [state.due] if state.due else [], dated)
    for move in bound.flow.moves:
        names = [*(() if callable(move.needs) else move.needs), *move.sets, *move.takes]
        yield from unknown(f"{where}.{move.name}", names, kinds)
        named = [part for part in (*move.by, *move.joint) if isinstance(part, str)]
        yield from unknown(f"{where}.{move.name}: by", named, [*roles.ROLES, *roles.GROUPS])
        yield from unknown(f"{where}.{move.name}: numbers", move.numbers, kinds)


def _fields(bound: Any) -> Iterator[str]:
    for derivation in bound.derivations:
        where = f"{bound.model.__name__}.derive_{derivation.target}"
        yield from unknown(where, [derivation.target, *derivation.inputs], bound.kinds)
    for name, kind in bound.kinds.items():
        if name in _TAKEN:
            yield f'{bound.model.__name__}.{name}: every record has its own "{name}" already; choose another name.'
        if isinstance(kind, Kind) and not kind.label:
            yield f"{bound.model.__name__}.{name} has no label."


def _measures(bound: Any) -> Iterator[str]:
    kinds = bound.kinds
    for name, measure in bound.measures.items():
        where = f"{bound.model.__name__}.Measures.{name}"
        yield from unknown(where, sorted(measure.names()), kinds)
        if measure.on in kinds and not isinstance(kinds[measure.on], Day | Moment | Month):
            yield f'{where}: "{measure.on}" is no Day, Month or Moment.'
        if isinstance(measure, Sum) and measure.of in kinds and not kinds[measure.of].numeric:
            yield f'{where}: "{measure.of}" is no number.'


def _times(bound: Any) -> Iterator[str]:
    """Watches, duties and purges name days, links, roles and measures' fields that exist."""
    page, kinds = bound.page, bound.kinds
    where = f"{bound.model.__name__}.Page"
    days = [name for name, kind in kinds.items() if isinstance(kind, Day | Moment | Month)]
    known = [*roles.ROLES, *roles.GROUPS]
    for watch in page.watches:
        yield from unknown(f"{where}.watches", [watch.day], days)
        yield from unknown(f"{where}.watches", q_names(watch.where), kinds)
        yield from unknown(f"{where}.watches: tell", watch.roles, known)
    for duty in page.duties:
        links = [name for name, kind in kinds.items() if isinstance(kind, Link)]
        yield from unknown(f"{where}.duties", [duty.period], PERIODS)
        yield from unknown(f"{where}.duties", [duty.on], days)
        yield from unknown(f"{where}.duties", q_names(duty.where), kinds)
        yield from unknown(f"{where}.duties: per", [duty.per] if duty.per else [], links)
        yield from unknown(f"{where}.duties: tell", duty.roles, known)
    for purge in page.purges:
        yield from unknown(f"{where}.purges", purge.names, kinds)
        yield from unknown(f"{where}.purges", [purge.after], days)
        needed = [name for name in purge.names if name in kinds and not kinds[name].optional]
        yield from (f'{where}.purges: "{name}" is required; what is purged must be optional.' for name in needed)


def _shows(bound: Any) -> Iterator[str]:
    """Papers, pictures, follow-ups and the phone form name fields and states that exist."""
    page, kinds = bound.page, bound.kinds
    where = f"{bound.model.__name__}.Page"
    states = [state.name for state in bound.flow.states]
    for paper in page.papers:
        yield from unknown(f'{where}.papers "{paper.title}"', [n for n in (paper.number, paper.to) if n], kinds)
        yield from unknown(f'{where}.papers "{paper.title}": states', paper.state_names, states)
        days = [name for name, kind in kinds.items() if isinstance(kind, Day)]
        yield from unknown(f'{where}.papers "{paper.title}": dated', [paper.dated] if paper.dated else [], days)
        yield from papers.faults(f'{where}.papers "{paper.title}"', paper, bound)
    for picture in page.pictures:
        yield from unknown(f'{where}.pictures "{picture.title}"', picture.fields(), [*kinds, *bound.computed])
    for follow in page.follow_ups:
        for source in follow.carries.values():
            if source != follows.SELF:
                yield from _path(f'{where}.follow_ups "{follow.label}"', source, bound.model)
        yield from unknown(f'{where}.follow_ups "{follow.label}": states', follow.state_names, states)
        yield from follows.faults(f'{where}.follow_ups "{follow.label}"', follow)
    yield from unknown(f"{where}.labels", page.labels.split(), [*kinds, *bound.computed])
    if page.handheld:
        yield from handheld.faults(f"{where}.handheld", page.handheld, bound)
