"""A wording tried on a period before it is taken: the draft it would write beside the one of today, paragraph by
paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from tonggui.base.clock import today
from tonggui.measure import documents
from tonggui.measure.figureset import FigureSet
from tonggui.measure.models import Document, NilReturn
from tonggui.measure.periods import Period
from tonggui.measure.reports import Report, report
from tonggui.measure.text import Block, Mark, numbered, parse
from tonggui.measure.wording.tree import Wording
from tonggui.register.models import HistoryEntry

ENDS = ("。", "！", "？", "：", "…", "”", "）", "》")
# So many of the last words of a paragraph are shown to find it by.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Side:
    """One block of a draft as it is printed; `changed` where the other draft has none like it."""

    level: int
    html: SafeString
    changed: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """Both drafts, row by row; `note` says whose figures they print, `unended` which paragraphs of the new one do not
    end like a sentence, because the part with the full stop fell away."""

    rows: list[tuple[Side | None, Side | None]]
    changed: int
    note: str
    unended: list[str]


def tried(report: Report, period: Period, now: Wording, wording: Wording) -> Trial:
    """The drafts of the wording in force and of the one that is tried, over the same figures."""
    figures, note = _figures(report, period, wording)
    draft = report.draft(figures, wording)
    rows = _beside(_printed(report.draft(figures, now), figures), _printed(draft, figures))
    changed = sum(1 for left, right in rows if (left and left.changed) or (right and right.changed))
    return Trial(rows, changed, note, _unended(draft, figures))


def _unended(draft: str, figures: FigureSet) -> list[str]:
    """The last words of every paragraph that ends without a sign."""
    texts = (
        "".join(figures.words(piece) if isinstance(piece, Mark) else piece for piece in block.pieces)
        for block in parse(draft)
        if not block.level and not block.rows
    )
    return [text[-SHOWN:] for text in texts if not text.endswith(ENDS)]


def _figures(report: Report, period: Period, wording: Wording) -> tuple[FigureSet, str]:
    """Figures of the newest document of the period, with those added that it has not. They are computed now where there
    is none, or where the wording goes through rows or looks back otherwise than the document did."""
    default = report.default_wording
    otherwise = wording.row_codes != default.row_codes or not wording.looked_back <= default.looked_back
    document = Document.objects.filter(report_code=report.code, period_code=period.code).order_by("-made_at").first()
    if document is None or otherwise:
        return _computed(_Asked.of(report, period, wording), *_state()), "数字按现在的台账算出。"
    kept = document.figures()
    more = [each.figure(period) for each in report.beyond(wording) if each.code not in kept.figures]
    moment = f"{document.figured_at.astimezone():%Y-%m-%d %H:%M}"
    figures = FigureSet(period, {**kept.figures, **{figure.key: figure for figure in more}})
    return figures, f"数字取自《{document}》（{moment}取数）。"


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which figures a trial needs: two wordings that name the same figures are answered with the same."""

    code: str
    period: str
    codes: tuple[str, ...]
    row_codes: tuple[tuple[str, tuple[str, ...]], ...]
    looked_back: frozenset[str]
    wording: Wording = field(compare=False)

    @classmethod
    def of(cls, report: Report, period: Period, wording: Wording) -> "_Asked":
        codes = tuple(sorted(each.code for each in report.beyond(wording)))
        rows = tuple(sorted((name, tuple(sorted(codes))) for name, codes in wording.row_codes.items()))
        return cls(report.code, period.code, codes, rows, wording.looked_back, wording)


@lru_cache(maxsize=8)
def _computed(asked: _Asked, *_state: Any) -> FigureSet:
    """The figures for one state of the ledgers: a writer tries again and again, and counts once."""
    return documents.compute(report(asked.code), Period.parse(asked.period), wording=asked.wording)


def _state() -> tuple[Any, ...]:
    """What tells one state of the ledgers from another: the last change, the last nil return, the day."""
    upto = HistoryEntry.objects.order_by("-pk").values_list("pk", "at").first()
    nil = NilReturn.objects.order_by("-pk").values_list("pk", "confirmed_at").first()
    return upto, nil, today()


def _printed(text: str, figures: FigureSet) -> list[tuple[int, SafeString]]:
    return [(block.level, _html(mark, block, figures)) for mark, block in numbered(parse(text))]


def _html(mark: str, block: Block, figures: FigureSet) -> SafeString:
    if block.rows:
        rows = "".join(
            "<tr>" + "".join(f"<td>{_pieces(cell, figures)}</td>" for cell in row) + "</tr>" for row in block.rows
        )
        return mark_safe(f'<div class="table-wrap"><table class="table">{rows}</table></div>')
    return mark_safe(escape(mark) + _pieces(block.pieces, figures))


def _pieces(pieces: Sequence, figures: FigureSet) -> str:
    return "".join(
        format_html('<span class="figure">{}</span>', figures.words(piece))
        if isinstance(piece, Mark)
        else escape(piece)
        for piece in pieces
    )


def _beside(
    before: Sequence[tuple[int, SafeString]], after: Sequence[tuple[int, SafeString]]
) -> list[tuple[Side | None, Side | None]]:
    rows: list[tuple[Side | None, Side | None]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        changed = tag != "equal"
        left = [Side(*each, changed) for each in before[i1:i2]]
        right = [Side(*each, changed) for each in after[j1:j2]]
        for n in range(max(len(left), len(right))):
            rows.append((left[n] if n < len(left) else None, right[n] if n < len(right) else None))
    return rows
