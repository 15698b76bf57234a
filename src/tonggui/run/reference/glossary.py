"""The tables of docs/glossary.md: every word a user sees in a ledger, a message, a detector or an indicator, with its
one English identifier; and which words break the rule of one word, one identifier.

A vocabulary is one sort of word (fields of ledgers, states, moves, fields of messages …). Within it a word stands for
one identifier and an identifier for one word, whatever ledger it is in; `SHARED` names what may differ and why.
"""

import importlib
import pkgutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tonggui.run.reference.tables import table

BEGIN = "<!-- Written by `make docs` from here on. -->"

_NARROWER = "the same thing, named more closely where its ledger is about it"
_ROLE = "the same record, named by the part it has here"
_OWN_WORD = "the same step, in the word of its own procedure"

SHARED = {
    "number": "案号 is what the law calls the number of a case",
    "name": _NARROWER,
    "kind": _NARROWER,
    "code": _NARROWER,
    "parent": "what lies above it, in the words of its own tree",
    "vehicle": _ROLE,
    "enterprise": _ROLE,
    "photos": _NARROWER,
    "content": _NARROWER,
    "due_on": _NARROWER,
    "speed_kmh": "an alarm keeps the highest speed of its whole length",
    "limit_kmh": "a vehicle's is the one its enterprise has set",
    "gross_kg": "the mass allowed of a vehicle, the mass weighed of a vehicle with its goods",
    "certificate": "of a driver, of a scale",
    "licence": "of a driver, of a business",
    "media": "pictures and videos of a pass, what a tank may hold",
    "permit": "the number of a licence for carriage, the permit of an abnormal load",
    "phone": "JT/T 808 calls the number of a terminal its phone",
    "staff": "people sent on a visit, people a unit may have",
    "time": _NARROWER,
    "ended": _OWN_WORD,
    "end": _OWN_WORD,
    "resume": _OWN_WORD,
    "closed": _OWN_WORD,
    "closed_on": _OWN_WORD,
    "found": _OWN_WORD,
    "accept": _OWN_WORD,
    "reject": _OWN_WORD,
    "send_back": _OWN_WORD,
    "action": _NARROWER,
    "approve": _OWN_WORD,
    "basis": _NARROWER,
    "begins_on": _NARROWER,
    "boat": _ROLE,
    "cancel": _OWN_WORD,
    "capacity": _NARROWER,
    "cause": _NARROWER,
    "checked_on": _NARROWER,
    "close": _OWN_WORD,
    "detail": _NARROWER,
    "document_no": _NARROWER,
    "done": _OWN_WORD,
    "draft": _OWN_WORD,
    "due_at": _NARROWER,
    "edition": _NARROWER,
    "ended_at": _NARROWER,
    "ends_on": _NARROWER,
    "ferry": _ROLE,
    "filed_on": _NARROWER,
    "files": _NARROWER,
    "finish": _OWN_WORD,
    "grade": _NARROWER,
    "handled_on": _NARROWER,
    "held_on": _NARROWER,
    "hours": _NARROWER,
    "incident": _ROLE,
    "issued_on": _NARROWER,
    "launches": _NARROWER,
    "leader": _ROLE,
    "licence_until": _NARROWER,
    "lift": _OWN_WORD,
    "lifted": _OWN_WORD,
    "lifted_at": _NARROWER,
    "master": _ROLE,
    "means": _NARROWER,
    "minutes_late": _NARROWER,
    "month": _NARROWER,
    "open": _OWN_WORD,
    "order": _OWN_WORD,
    "order_no": _NARROWER,
    "over": _OWN_WORD,
    "paid_on": _NARROWER,
    "partners": _NARROWER,
    "passed_at": _NARROWER,
    "people": _NARROWER,
    "person": _ROLE,
    "plan": _ROLE,
    "planned": _OWN_WORD,
    "point": _ROLE,
    "post": _NARROWER,
    "problems": _NARROWER,
    "purpose": _NARROWER,
    "reason": _NARROWER,
    "received": _OWN_WORD,
    "refuse": _OWN_WORD,
    "refused": _OWN_WORD,
    "reopen": _OWN_WORD,
    "report": _OWN_WORD,
    "resources": _NARROWER,
    "running": _OWN_WORD,
    "sign": _OWN_WORD,
    "signed_on": _NARROWER,
    "signer": _ROLE,
    "specification": _NARROWER,
    "standard": _NARROWER,
    "start": _OWN_WORD,
    "subject": _NARROWER,
    "summary": _NARROWER,
    "told": _NARROWER,
    "total": _NARROWER,
    "town": _ROLE,
    "valid_until": _NARROWER,
    "vehicles": _NARROWER,
    "verdict": _NARROWER,
    "void": _OWN_WORD,
    "waterway": _ROLE,
    "driver": _ROLE,
    "meeting": _ROLE,
    "problem": _ROLE,
    "station": _ROLE,
    "bought_on": _NARROWER,
    "checking": _OWN_WORD,
    "escort": _ROLE,
    "failed_items": _NARROWER,
    "goods_classes": _NARROWER,
    "keep_until": _NARROWER,
    "mileage_km": _NARROWER,
    "on_road": _OWN_WORD,
    "platform": _NARROWER,
    "price": _NARROWER,
    "scrap": _OWN_WORD,
    "scrapped": _OWN_WORD,
    "shop": _ROLE,
    "taught_classes": _NARROWER,
    "days_down": _NARROWER,
    "down": _OWN_WORD,
    "repair": _OWN_WORD,
    "lifted_on": _OWN_WORD,
    "dropped": _OWN_WORD,
    "drop": _OWN_WORD,
    "hazard": _ROLE,
    "file": _NARROWER,
    "notice_no": _NARROWER,
    "score": _NARROWER,
    "level": _NARROWER,
}
"""Identifiers that stand for several words, and why."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word with its identifier: the sort of word, and where it is used."""

    vocabulary: str
    label: str
    identifier: str
    where: str


def terms() -> list[Term]:
    """Every word that is declared."""
    return [*_ledgers(), *_messages(), *_detectors(), *_indicators()]


def faults(found: Iterable[Term], shared: Iterable[str] = SHARED) -> list[str]:
    """Words with several identifiers, and identifiers with several words that nobody has justified."""
    identifiers: dict[tuple[str, str], set[str]] = defaultdict(set)
    labels: dict[tuple[str, str], set[str]] = defaultdict(set)
    for term in found:
        identifiers[term.vocabulary, term.label].add(term.identifier)
        labels[term.vocabulary, term.identifier].add(term.label)
    twice = [
        f"{vocabulary}: “{label}” is called {' and '.join(sorted(names))}"
        for (vocabulary, label), names in identifiers.items()
        if len(names) > 1
    ]
    return twice + [
        f"{vocabulary}: {name} stands for {'、'.join(sorted(words))}"
        for (vocabulary, name), words in labels.items()
        if len(words) > 1 and name not in set(shared)
    ]


def completed(page: str) -> str:
    """The glossary with its hand-kept head and the tables of now."""
    head = page.partition(BEGIN)[0].rstrip()
    return "\n".join([head, "", BEGIN, "", *_tables(), ""])


def _tables() -> Iterator[str]:
    by_vocabulary: dict[str, dict[tuple[str, str], set[str]]] = defaultdict(lambda: defaultdict(set))
    for term in terms():
        by_vocabulary[term.vocabulary][term.label, term.identifier].add(term.where)
    for vocabulary, words in by_vocabulary.items():
        rows = ((label, f"`{name}`", "、".join(sorted(places))) for (label, name), places in sorted(words.items()))
        yield from [f"## {vocabulary}", "", *table(["term", "identifier", "where"], rows), ""]
    yield from ["## One identifier, several words", ""]
    yield from table(["identifier", "why"], ((f"`{name}`", why) for name, why in SHARED.items()))


def _ledgers() -> Iterator[Term]:
    from tonggui.register.registry import all_ledgers

    for bound in all_ledgers():
        yield Term("Ledgers", bound.title, bound.key, bound.menu)
        for name, field in (*bound.kinds.items(), *bound.computed.items()):
            yield Term("Fields of ledgers", field.label, name, bound.title)
        for state in bound.flow.states:
            yield Term("States", state.label, state.name, bound.title)
        for move in bound.flow.moves:
            yield Term("Moves", move.label, move.name, bound.title)


def _messages() -> Iterator[Term]:
    from tonggui.protocols.jt808 import JT808

    for message in JT808.messages.values():
        where = f"0x{message.id:04X}"
        yield Term("Messages of JT/T 808", message.title, where, where)
        for field in message.fields:
            yield Term("Fields of messages", field.title, field.name, where)


def _detectors() -> Iterator[Term]:
    import tonggui.detectors
    from tonggui.stream.declare import Detector

    for module in pkgutil.iter_modules(tonggui.detectors.__path__, "tonggui.detectors."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Detector):
                yield Term("Detectors", value.title, value.code, value.basis)


def _indicators() -> Iterator[Term]:
    from tonggui.measure.indicators import all_indicators

    for indicator in all_indicators():
        yield Term("Indicators", indicator.title, indicator.code, indicator.basis)
