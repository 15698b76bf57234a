"""Names of what a figure counted: 甲、乙、丙等5条, with 等 only where there are more, and never against the count."""

from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import Min, QuerySet

from tonggui.measure.numbers import DASH
from tonggui.register.declare import Choice, Link

if TYPE_CHECKING:
    from tonggui.measure.figures import Figure

# So many names a figure keeps, and so many a sentence lists before 等.
KEPT, LISTED = 50, 3


def names_of(ledger: Any, rows: QuerySet, path: str) -> tuple[str, ...]:
    """The first `KEPT` different names in a field of the rows (or of the record it links to), by number.

    Rows may be those of the past; a linked record is called as it is called now.
    """
    field, _, rest = path.partition("__")
    kind = ledger.kinds[field]
    found = rows.order_by().values_list(field).annotate(_first=Min("number")).order_by("_first")
    values = [value for value, _ in islice(found, KEPT + 1) if value not in (None, "")]
    if isinstance(kind, Link):
        records = kind.related_model._base_manager.in_bulk(values)
        linked = (records[pk] for pk in values if pk in records)
        values = [record.kinds[rest].show(getattr(record, rest)) if rest else record.short_name for record in linked]
    elif isinstance(kind, Choice):
        words = dict(kind.options())
        values = [words.get(value, value) for value in values]
    return tuple(dict.fromkeys(str(value) for value in values if str(value).strip()))[:KEPT]


def listed(figure: "Figure") -> str:
    """Up to three names with the figure: 甲、乙2条; 甲、乙、丙等5条; the figure alone where it has no names."""
    if figure.value is None:
        return figure.text
    if not _agree(figure):
        return figure.text
    shown = figure.names[:LISTED]
    return f"{'、'.join(shown)}{'等' if _more(figure, len(shown)) else ''}{figure.text}"


def all_listed(figure: "Figure") -> str:
    """Every name that the figure keeps; 等 and the figure behind them where there are more."""
    if figure.value is None or not _agree(figure):
        return DASH if figure.value is None else figure.text
    more = _more(figure, len(figure.names))
    return "、".join(figure.names) + (f"等{figure.text}" if more else "")


def _agree(figure: "Figure") -> bool:
    """Whether there are names, and not more of them than the figure counts."""
    return bool(figure.names) and (not figure.counts_names or len(figure.names) <= (figure.value or 0))


def _more(figure: "Figure", shown: int) -> bool:
    """Whether more was counted than is shown; of a sum only the names themselves can tell."""
    if figure.counts_names:
        return figure.value is not None and shown < figure.value
    return shown < len(figure.names) or len(figure.names) == KEPT
