"""A figure heard as an indicator: the first cue that fits says it.

Cues are content, one a line of a table (`cues`), the particular before the general:

    OVR-05  车   <查处>…<超限车>   不=率|占   在=治超   近=路面   语=现场   后=其中   项=单个

code, units, words of the item (see `vocabulary`), then what narrows it:

    不   must not stand in the item
    语   must stand in the clause the number is in, as written, with # for the number
    近   must stand in the headings, or in the line up to the clause of the number
    远   must not stand there
    在   the field the text speaks of, from `fields`: the words nearest before the number decide
    项   全部 the projects together, 单个 one of them, 其余 the rest of them, as `fields` tells
    后   must follow the number

A long line goes on, indented, before | or a word of its own. The code - says a figure is of no indicator, whatever
follows. Words are tried on the item first (left-out verbs and objects put back); only where no cue hears it, on the
clause as written.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from tonggui.indicators.heard import fields, vocabulary
from tonggui.texts.summary import Entry
from tonggui.texts.summary.units import base_of

_REST = re.compile("其余|其他|剩余|剩下")


@dataclass(frozen=True, slots=True)
class Heard:
    """What of an entry cues look at."""

    item: str
    unit: str
    clause: str
    around: str
    after: str
    field: str
    projects: str

    @classmethod
    def of(cls, entry: Entry) -> "Heard":
        before = entry.before or entry.sentence
        head = re.split("[，。；：:、（]", entry.gap)[-1] if entry.before else entry.item
        tail = re.split("[，。；：、（）\\d]", entry.after)[0]
        around = f"{entry.heading}；{before}#{tail}"
        item = re.sub("[“”]", "", entry.item)
        return cls(
            item=item,
            unit=base_of(entry.unit),
            clause=re.sub("[“”]", "", f"{head}#{tail}"),
            around=re.sub("[“”]", "", around),
            after=entry.after[:40],
            field=fields.field_of(entry, item),
            projects=fields.projects_of(entry, item),
        )


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of a table of cues."""

    code: str
    units: frozenset[str]
    words: re.Pattern[str]
    narrowed: dict[str, re.Pattern[str]] = field(default_factory=dict)
    fields: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()

    def hears(self, heard: Heard, view: str) -> bool:
        """Whether a figure is this one by the words of a view of it, its item or its clause."""
        if heard.unit not in self.units or not self.words.search(view):
            return False
        if self.fields and heard.field not in self.fields:
            return False
        if self.projects and heard.projects not in self.projects:
            return False
        seen = {"不": view, "远": heard.around, "语": heard.clause, "近": heard.around, "后": heard.after}
        return all(bool(narrow.search(seen[name])) is (name not in "不远") for name, narrow in self.narrowed.items())


def cues(table: str) -> tuple[Cue, ...]:
    """The cues of a table, in its order; a line that begins with blanks goes on with the one before."""
    table = re.sub("\n +(?=[^ |])", " ", re.sub("\n +(?=\\|)", "", table))
    return tuple(_cue(line) for line in table.strip().splitlines() if line.strip() and not line.startswith("#"))


def _cue(line: str) -> Cue:
    code, units, words, *options = line.split()
    said = dict(option.split("=", 1) for option in options)
    if unknown := set(said) - set("不远语近在项后"):
        raise ValueError(f"{line}：没有 {'、'.join(sorted(unknown))} 这一项")
    return Cue(
        code,
        vocabulary.units(units),
        vocabulary.pattern(words),
        {name: vocabulary.pattern(value) for name, value in said.items() if name not in "在项"},
        frozenset(fields.known(said.get("在", ""))),
        frozenset(filter(None, said.get("项", "").split("、"))),
    )


def code_by(cues: Iterable[Cue], entry: Entry) -> str | None:
    """The code of the first cue that hears the figure; None where none does."""
    heard = Heard.of(entry)
    if code := next((cue.code for cue in cues if cue.hears(heard, heard.item)), None):
        return None if code == NONE else code
    if _REST.search(heard.clause):
        return None
    code = next((cue.code for cue in cues if cue.hears(heard, heard.clause)), None)
    return None if code == NONE else code


# The code of a line that says a figure is of no indicator, whatever follows.
NONE = "-"
