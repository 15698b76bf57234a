"""The life of a document: drafted for a period, refreshed while it is written, sealed, computed again and compared.

Sealing freezes text, figures with their records, rule versions and time under one digest. A sealed document can be
computed again as of its day, from the ledgers' history, and as of now; what differs is listed, old → new.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from tonggui.base import clock
from tonggui.measure.additions import with_added
from tonggui.measure.comparing import BEFORE, LAST_YEAR, bases
from tonggui.measure.cowriting import versions
from tonggui.measure.cowriting.blocks import paragraphs, whole
from tonggui.measure.cowriting.versions import held
from tonggui.measure.errors import DocumentError
from tonggui.measure.figures import Figure, digest
from tonggui.measure.figureset import FigureSet
from tonggui.measure.models import Document, DocumentFigure
from tonggui.measure.periods import Period
from tonggui.measure.providers import together
from tonggui.measure.recordsets import NONE, numbers_of
from tonggui.measure.refreshing import Kept, refreshed
from tonggui.measure.reports import Report
from tonggui.measure.sources import AsOf
from tonggui.measure.text import parse
from tonggui.measure.wording.own import in_force
from tonggui.measure.wording.tree import Wording
from tonggui.register.actor import Actor
from tonggui.register.kinds.text import as_text
from tonggui.register.registry import ledger

WRITERS = ("writer", "clerk", "director")
SEALERS = ("writer", "director")


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that would print differently: what the document holds, what was computed, and which records moved."""

    key: str
    old: Figure | None
    new: Figure | None

    @property
    def title(self) -> str:
        figure = self.old or self.new
        return f"{figure.scope.label} {figure.title}" if figure.scope.code else figure.title  # type: ignore[union-attr]

    @property
    def redefined(self) -> bool:
        """Whether the indicator itself is now defined otherwise."""
        return bool(self.old and self.new and self.old.stamp.definition != self.new.stamp.definition)

    @property
    def came(self) -> list[str]:
        """Numbers of records that count now and did not."""
        return _moved(self.new, self.old)

    @property
    def went(self) -> list[str]:
        """Numbers of records that counted and no longer do."""
        return _moved(self.old, self.new)


def _moved(here: Figure | None, there: Figure | None) -> list[str]:
    """Numbers of the records behind one figure that are not behind another."""
    if here and there and here.by_number != there.by_number:
        return sorted(set(here.record_numbers()) - set(there.record_numbers()))
    other = there.behind if there else {}
    found: list[str] = []
    for place, records in here.behind.items() if here else ():
        found += numbers_of(ledger(place.partition(":")[2]), records.without(other.get(place, NONE)))
    return sorted(set(found))


def draft(report: Report, period: Period, actor: Actor, issuer: str, dated: date | None = None) -> Document:
    """A new draft: every figure computed, the text written from the wording in force."""
    wording = in_force(report)
    figures = compute(report, period, wording=wording)
    text = report.draft(figures, wording)
    with transaction.atomic():
        document = Document.objects.create(
            report_code=report.code,
            period_code=period.code,
            issuer=issuer,
            dated=dated or clock.today(),
            text=text,
            drafted=text,
            made_by=actor.name,
        )
        _keep(document, figures)
    return document


def compute(report: Report, period: Period, as_of: AsOf = None, wording: Wording | None = None) -> FigureSet:
    """The figures of a report and its wording with 同比, and with 环比 where either asks for it."""
    wording = wording or in_force(report)
    with together():
        figures = report.compute(period, as_of, wording=wording)
        figures = _against(report, figures, period.last_year, LAST_YEAR)
        if report.steps:
            return _against(report, figures, period.previous, BEFORE)
        back = wording.looked_back
        return _against(report, figures, period.previous, BEFORE, back) if back else figures


def _against(
    report: Report, figures: FigureSet, period: Period, word: str, only: Collection[str] | None = None
) -> FigureSet:
    """The figures with their change against an earlier period, or `only` those of some codes.

    What passes and positions tell is counted for 环比.
    """
    asked = [figure for figure in figures if only is None or figure.code in only]
    found = bases(asked, period, sealed_figures(period, report), figures.as_of, telemetry=word == BEFORE)
    return figures.compared(found, word)


def sealed_figures(period: Period, report: Report | None = None, keys: Collection[str] = ()) -> dict[str, Figure]:
    """The figures last sealed for a period by key, those of the same report before those of others."""
    found = DocumentFigure.objects.filter(document__period_code=period.code, document__state=Document.SEALED)
    found = found.filter(key__in=keys) if keys else found
    rows = list(found.select_related("document").order_by("document__sealed_at", "document_id"))
    rows.sort(key=lambda row: bool(report) and row.document.report_code == report.code)
    return {row.key: row.figure for row in rows}


def refresh(document: Document) -> list[Difference]:
    """Compute a draft's figures again, and write anew every paragraph that no hand has touched.

    The changed figures are returned; what was kept against another sentence of the wording is in `kept_sentences`.
    """
    _must_be_draft(document)
    wording = in_force(document.report)
    figures = with_added(document, compute(document.report, document.period, wording=wording), recount=True)
    changed = differences(document.figures(), figures)
    with transaction.atomic():
        document.text = held(document).text
        _follow(document, document.report.draft(figures, wording))
        document.figured_at = clock.now()
        document.save(update_fields=["figured_at", "text", "drafted", "reworded"])
        _keep(document, figures)
    return changed


def _follow(document: Document, anew: str) -> None:
    """Let the text follow its wording where it is as it was drafted; one drafted before that was kept stays."""
    if document.drafted:
        versions.current(document)
        found = refreshed(paragraphs(document.drafted), paragraphs(document.text), paragraphs(anew))
        if found.blocks != paragraphs(document.text):
            document.text = whole(found.blocks)
        told = {each.kept or each.now: each for each in [*kept_sentences(document), *found.kept]}
        document.reworded = [[each.kept, each.now] for each in told.values() if each.now not in found.blocks]
    document.drafted = anew


def kept_sentences(document: Document) -> list[Kept]:
    """Paragraphs written by hand for which the wording has another sentence by now, as far as they still stand."""
    standing = set(paragraphs(document.text))
    return [Kept(*each) for each in document.reworded if not each[0] or each[0] in standing]


def rewrite(document: Document) -> None:
    """Write a draft's text anew from the wording; what was written by hand is lost but for its versions."""
    refresh(document)
    versions.current(document)
    document.text, document.reworded = document.drafted, []
    document.save(update_fields=["text", "reworded"])


def edit(document: Document, text: str) -> None:
    """Replace a draft's text. A mark that stands for nothing is refused with its words."""
    _must_be_draft(document)
    text = as_text(text)
    must_have_figures(document, text)
    document.text = text
    document.save(update_fields=["text"])


def must_have_figures(document: Document, text: str) -> None:
    """Refuse a text with a mark that stands for nothing."""
    figures = document.figures()
    unknown = [str(mark) for block in parse(text) for mark in block.marks if not figures.has(mark)]
    if unknown:
        raise DocumentError(f"没有指标{'、'.join(unknown)}，请从原文复制指标标记。")


def seal(document: Document, actor: Actor) -> None:
    """Freeze a draft as it stands. A draft whose figures are stale is refused: it must be refreshed and read again."""
    _must_be_draft(document)
    stale = compare(document)
    if stale:
        raise DocumentError(f"有{len(stale)}个指标与台账现状不一致，请先更新数据并核对后再封存。")
    freeze(document, actor)


def freeze(document: Document, actor: Actor) -> None:
    """Seal a draft whose figures have just been taken."""
    _must_be_draft(document)
    document.state, document.sealed_by, document.sealed_at = Document.SEALED, actor.name, clock.now()
    document.seal = seal_of(document)
    document.save()


def seal_of(document: Document) -> str:
    """The digest over everything that is printed: text, figures with stamps, period, issuer, date, and the head as far
    as it was filled in; its number and signatory are given when it is signed."""
    kept = [[row.n, row.key, row.kept] for row in document.rows.all()]
    sealed = [document.text, document.period_code, document.issuer, str(document.dated), kept]
    head = [document.skin, document.heading, document.subtitle, document.addressee, document.copies]
    return digest([*sealed, head] if any(head) else sealed)


def is_intact(document: Document) -> bool:
    """Whether a sealed document still is what was sealed."""
    return document.seal == seal_of(document)


def compare(document: Document, as_of: AsOf = None) -> list[Difference]:
    """Figures that would differ if the document were computed again, now or as the ledgers stood at a time.

    What its report has come to ask only since it was sealed is no difference.
    """
    kept = document.figures()
    found = differences(kept, with_added(document, document.report.compute(document.period, as_of, kept), as_of))
    if not document.is_sealed:
        return found
    held = {figure.code for figure in kept}
    return [each for each in found if each.new is None or each.new.code in held]


def differences(old: FigureSet, new: FigureSet) -> list[Difference]:
    """Figures that do not print the same number of the same records, in the order of the document."""
    keys = [*old.figures, *(key for key in new.figures if key not in old.figures)]
    found = [Difference(key, old.figures.get(key), new.figures.get(key)) for key in keys]
    return [each for each in found if not (each.old and each.new and each.old.same_as(each.new))]


def printed(document: Document) -> list[Figure]:
    """The figures that the text prints, in the order in which they first appear, then what stands behind them."""
    figures = document.figures()
    seen: dict[str, Figure] = {}
    for block in parse(document.text):
        for mark in block.marks:
            if mark.key in figures.figures:
                seen.setdefault(mark.key, figures.figures[mark.key])
    return list(seen.values())


def _keep(document: Document, figures: FigureSet) -> None:
    added = set(document.rows.filter(added=True).values_list("key", flat=True))
    document.rows.all().delete()
    rows = [
        DocumentFigure(document=document, n=n, key=figure.key, kept=figure.as_json(), added=figure.key in added)
        for n, figure in enumerate(figures, 1)
    ]
    DocumentFigure.objects.bulk_create(rows, batch_size=200)


def _must_be_draft(document: Document) -> None:
    if document.is_sealed:
        raise DocumentError("文书已封存，不能再修改。")
