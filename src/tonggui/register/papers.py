"""Papers: official forms that a record fills (整改通知书, 责令停止违法行为通知书).

A ledger says the words; `fill` puts what a record says into them; the .docx is written by the layer that knows how an
official document looks.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from tonggui.base import clock
from tonggui.base.capitals import capital_yuan
from tonggui.register.kinds import Flag, Kind, Link, Money

#: What stands where the record says nothing: room for the pen.
BLANK = "＿＿＿＿＿＿"
#: Names that every paper knows beside the record's own: the day of printing, and the organ that issues it.
KNOWN = ("today", "issuer")
#: How an amount may be written beside its digits: `{fine:大写}`.
CAPITALS = "大写"

_FIELD = re.compile(r"\{([a-z_0-9.]+)(?::(\w+))?\}")
_OPTIONAL = re.compile(r"【(.*?)】", re.DOTALL)


@dataclass(frozen=True)
class Paper:
    """One form of a ledger: `Paper("责令限期整改通知书", number="notice_no", to="enterprise", text=NOTICE)`.

    `text`: its paragraphs, an empty line between two, with `{field}` for what the record says, `{enterprise.phone}` for
    what a linked record says, `{fine:大写}` for an amount in capitals, `{today}` and `{issuer}`. What stands in `【】`,
    a whole paragraph or a part of one, is left out when one of its fields is empty; elsewhere an empty field leaves
    room for the pen. A line `- a | b` is one row of a table. `number`: the field that holds the paper's number. `to`:
    the field named as addressee. `states`: states in which it may be printed, separated by spaces; empty: in every
    one. `dated`: the Day that the paper bears; without one it bears the day on which it was first printed. `copies`:
    who keeps one (存根 送达), each a copy of its own that says so at its foot. `signs`: who signs below it, separated
    by spaces ("检查人员 被检查单位"). `when`: a function of the record that says whether it fills this form at
    all, where its state alone does not tell (a decision on the spot, an order that has its number).
    """

    title: str
    text: str
    number: str = ""
    to: str = ""
    states: str = ""
    copies: str = ""
    signs: str = ""
    dated: str = ""
    when: Callable[[Any], bool] | None = None

    @property
    def state_names(self) -> list[str]:
        return self.states.split()

    @cached_property
    def names(self) -> list[str]:
        """Every name in the text, in order, as it stands between its braces."""
        return list(dict.fromkeys(found[1] for found in _FIELD.finditer(self.text)))

    def strange(self) -> list[str]:
        """Braces that hold no name, and ways of writing that do not exist."""
        rest = re.findall(r"\{[^{}]{0,20}\}?|\}", _FIELD.sub("", self.text))
        return rest + [found[0] for found in _FIELD.finditer(self.text) if found[2] not in (None, CAPITALS)]

    def stands_in(self, state: str) -> bool:
        return not self.states or state in self.state_names

    def fits(self, record: Any) -> bool:
        """Whether it may be printed from the record as it is now."""
        return self.stands_in(record.state) and (self.when is None or bool(self.when(record)))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of equal length; the first is the head."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Filled:
    """A paper with a record's words in it, ready to be shown or written. `number` is "" where the form has none."""

    title: str
    number: str
    to: str
    parts: tuple[str | Table, ...]
    issuer: str
    dated: date
    signs: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        """The paper as the time line names it: 责令限期整改通知书 示交安改〔2026〕1号."""
        return f"{self.title} {self.number}".rstrip()


def open_papers(record: Any) -> list[tuple[int, Paper]]:
    """The papers that the record's state allows, each with its place in the declaration, counted from 1."""
    return [(n, paper) for n, paper in enumerate(record.ledger.page.papers, 1) if paper.fits(record)]


def joins(paper: Paper, bound: Any) -> list[str]:
    """Links that the paper reads, for `select_related`, so that many records cost one query."""
    paths = [name.split(".") for name in (*paper.names, paper.to) if name]
    behind = {"__".join(path[:n]) for path in paths for n in range(1, len(path))}
    return sorted({*behind, *(path[0] for path in paths if isinstance(bound.kinds.get(path[0]), Link)), "unit"})


def fill(paper: Paper, record: Any, dated: date | None = None) -> Filled:
    """The paper with what the record says, bearing its own day, else `dated`, else today."""
    day = (getattr(record, paper.dated) if paper.dated else None) or dated or clock.today()
    known = {"today": said_day(clock.today()), "issuer": issuer_of(record)}

    def word(found: re.Match) -> str:
        return known.get(found[1]) or said(record, found[1], found[2] or "")

    def kept(found: re.Match) -> str:
        inside = found[1]
        return inside if all(word(name) for name in _FIELD.finditer(inside)) else ""

    text = _OPTIONAL.sub(kept, paper.text)
    parts = tuple(_parts(text, lambda found: word(found) or BLANK, lambda found: word(found)))
    return Filled(
        title=paper.title,
        number=(said(record, paper.number) or BLANK) if paper.number else "",
        to=(said(record, paper.to) or BLANK) if paper.to else "",
        parts=parts,
        issuer=known["issuer"],
        dated=day,
        signs=tuple(paper.signs.split()),
        copies=tuple(paper.copies.split()),
    )


def _parts(text: str, in_words: Any, in_cell: Any) -> Iterator[str | Table]:
    """Paragraphs and tables in order. Line breaks inside a paragraph are dropped: Chinese has no blanks."""
    for block in re.split(r"\n\s*\n", text):
        words, rows = "", []
        for line in (line.strip() for line in block.splitlines()):
            if line.startswith("- "):
                rows.append(tuple(_FIELD.sub(in_cell, cell).strip() for cell in line[2:].split("|")))
            else:
                words += _FIELD.sub(in_words, line)
        if words:
            yield words
        if rows:
            width = max(map(len, rows))
            yield Table(tuple(row + ("",) * (width - len(row)) for row in rows))


def said(record: Any, path: str, how: str = "") -> str:
    """What a record, or one it links to, says under a name such as `enterprise.phone`; "" where it says nothing."""
    *links, name = path.split(".")
    for link in links:
        record = getattr(record, link)
        if record is None:
            return ""
    column = record.ledger.column(name)
    value = column.value_of(record)
    if isinstance(column, Kind) and column.is_empty(value):
        return ""
    return said_value(column, value, how)


def said_value(column: Any, value: Any, how: str = "") -> str:
    """A value as an official paper writes it: 2026年6月1日, 是, 1500元 without a thousands separator."""
    if value is None:
        return ""
    if how == CAPITALS:
        return capital_yuan(value)
    if isinstance(value, datetime):
        at = value.astimezone(clock.CHINA)
        return f"{said_day(at.date())}{at.hour}时{at.minute}分"
    if isinstance(value, date):
        return said_day(value)
    if isinstance(column, Money):
        return f"{value:f}".removesuffix(".00")
    if isinstance(column, Flag):
        return "是" if value else "否"
    return "".join(line.strip() for line in str(column.show(value)).splitlines())


def said_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def issuer_of(record: Any) -> str:
    """The organ in whose name a paper of the record goes out: the unit with a mark of its own, or the root above it."""
    unit = record if record.ledger.key == "parties.unit" else record.unit
    while unit is not None and not unit.mark and unit.parent is not None:
        unit = unit.parent
    return unit.name if unit is not None else BLANK


def faults(where: str, paper: Paper, bound: Any) -> Iterator[str]:
    """Names of the text that stand for nothing, also across links, in the words of the declaration."""
    for strange in paper.strange():
        yield f'{where} has "{strange}": write {{field}}, {{link.field}} or {{amount:{CAPITALS}}}.'
    for name in paper.names:
        if name not in KNOWN:
            yield from _path_faults(where, name, name, bound)


def _path_faults(where: str, whole: str, path: str, bound: Any) -> Iterator[str]:
    from tonggui.register.checks import unknown

    name, _, rest = path.partition(".")
    known = [*bound.kinds, *bound.computed]
    yield from unknown(f"{where}: {{{whole}}}" if whole != path or rest else where, [name], known)
    kind = bound.kinds.get(name)
    if not rest or name not in known:
        return
    if not isinstance(kind, Link):
        yield f'{where}: {{{whole}}} goes on behind "{name}", which is no link.'
    elif not isinstance(kind.related_model, str):
        yield from _path_faults(where, whole, rest, kind.related_model.ledger)
