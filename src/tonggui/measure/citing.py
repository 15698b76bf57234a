"""Which documents' figures counted a record: the way back from a record to what was printed of it."""

from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from tonggui.measure.models import Document, DocumentFigure
from tonggui.measure.recordsets import RecordSet
from tonggui.register.spine import Citation

#: The newest documents that are looked through; older ones lead to their records from their own pages.
DOCUMENTS = 60


def cited_in(record: Any) -> list[Citation]:
    """The documents, newest first, with each figure that holds the record under the record's ledger."""
    newest = Document.objects.order_by("-pk").values_list("pk", flat=True)[:DOCUMENTS]
    place = f':{record.ledger.key}"'
    rows = DocumentFigure.objects.filter(document__in=list(newest)).annotate(words=Cast("kept", TextField()))
    found: dict[int, Citation] = {}
    for row in rows.filter(words__contains=place).select_related("document").order_by("-document_id", "n"):
        if _counts(row.kept, record):
            document = row.document
            citation = found.setdefault(
                document.pk, Citation(str(document), document.state_title, f"{document.url}figures/{row.n}/")
            )
            figure = row.figure
            citation.figures.append(f"{figure.title} {figure.text}")
    return list(found.values())


def _counts(kept: dict[str, Any], record: Any) -> bool:
    """Whether the figure counted this record; records stand by role and ledger (`分子:safety.hazard`), by their numbers
    in the older form."""
    by_number = "numbers" in kept
    held = kept["numbers" if by_number else "behind"]
    behind = [found for place, found in held.items() if place.rpartition(":")[2] == record.ledger.key]
    if by_number:
        return any(record.number in numbers for numbers in behind)
    return any(record.pk in RecordSet(*packed) for packed in behind)
