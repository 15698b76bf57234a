"""Everything that must be looked at before a document is taken away: stale figures, faults, two forms, wording.

Whether the ledgers have changed since the figures were taken is the dear question: every figure is computed again. It
is asked once for each state of the ledgers, not by the page itself, and its answer is kept while nothing changes.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from tonggui.base import clock
from tonggui.measure import documents
from tonggui.measure.cowriting.blocks import paragraphs
from tonggui.measure.cowriting.models import Variant
from tonggui.measure.cowriting.saving import place_of, waiting
from tonggui.measure.crossfoot import Fault
from tonggui.measure.documents import Difference
from tonggui.measure.figureset import FigureSet
from tonggui.measure.models import Document, NilReturn
from tonggui.measure.refreshing import Kept
from tonggui.measure.text import parse
from tonggui.register.models import HistoryEntry
from tonggui.web.documents.proofreading import Finding, findings

_QUOTED = re.compile(r"“(.+?)”")
_REPLACE = re.compile(r"改为“([^”]+)”")
STALE_WORDS = "台账已变，请更新数据"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is wrong: a block of the text and words in it, or a figure."""

    block: int | None = None
    words: str = ""
    key: str = ""
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing to look at: the rule, what is wrong, and the places it leads to."""

    rule: str
    words: str
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """A finding about the wording; `instead` is what may be written in its place at a press."""

    finding: Finding
    instead: str = ""


@dataclass
class Checks:
    """What was found; `tones` says of each figure that is marked why."""

    stale: list[Difference] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    variants: list[tuple[Variant, int | None]] = field(default_factory=list)
    advice: list[Advice] = field(default_factory=list)
    set_aside: list[Any] = field(default_factory=list)
    tones: dict[str, str] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return len(self.stale) + len(self.wrong) + len(self.variants) + len(self.kept) + len(self.advice)

    @property
    def must(self) -> int:
        """Without what is only advised."""
        return self.count - len(self.advice) - len(self.kept)


def checks(document: Document, figures: FigureSet, numbers: dict[str, int]) -> Checks:
    """Everything to look at in a document as it stands."""
    found = Checks(stale=stale(document))
    for fault in document.report.faults(document.text, figures):
        found.wrong.append(Wrong(fault.rule, fault.words, _places(fault, document, numbers)))
        for key in fault.keys:
            found.tones.setdefault(key, fault.words)
    for each in found.stale:
        found.tones.setdefault(each.key, STALE_WORDS)
    blocks = paragraphs(document.text)
    found.variants = [(variant, place_of(variant, blocks)) for variant in waiting(document)]
    found.kept = [] if document.is_sealed else documents.kept_sentences(document)
    found.set_aside = list(document.set_aside.order_by("-at"))
    answered = {(each.rule, each.words) for each in found.set_aside}
    for finding in findings(document, figures):
        if (finding.rule, finding.words[:200]) not in answered:
            instead = _REPLACE.search(finding.suggestion)
            found.advice.append(Advice(finding, instead[1] if instead and not finding.key else ""))
    return found


def stale(document: Document) -> list[Difference]:
    """Figures that the ledgers now say otherwise; a sealed document is compared on its own page."""
    if document.is_sealed:
        return []
    upto = HistoryEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    nil = NilReturn.objects.order_by("-pk").values_list("pk", "confirmed_at").first()
    return _stale(document.pk, document.figured_at, upto, nil, document.rows.count(), clock.today())


@lru_cache(maxsize=32)
def _stale(pk: int, figured_at: datetime, *_state: Any) -> list[Difference]:
    """The comparison for one state of the ledgers, told by the last change in their history."""
    return documents.compare(Document.objects.get(pk=pk))


def _places(fault: Fault, document: Document, numbers: dict[str, int]) -> tuple[Place, ...]:
    """The figures of a fault, or the block in which its words stand."""
    if fault.keys:
        return tuple(Place(key=key, n=numbers.get(key)) for key in fault.keys)
    quoted = _QUOTED.search(fault.words)
    if quoted:
        for n, block in enumerate(parse(document.text)):
            if any(isinstance(piece, str) and quoted[1] in piece for piece in block.all_pieces):
                return (Place(block=n, words=quoted[1]),)
    return ()
