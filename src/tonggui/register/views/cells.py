"""How a value looks on a page: in a cell of a list, and in full on the record's page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe

from tonggui.base import clock
from tonggui.register.kinds import Day, Link, LongText, Moment, Month, Number, Plate, Status
from tonggui.register.kinds.evidence import Evidence
from tonggui.register.kinds.files import Files

NOTHING = mark_safe('<span class="faint">—</span>')

#: Badge of a state's tone; `waiting` is on its way and takes the plain badge.
BADGES = {"todo": "badge--todo", "done": "badge--done", "void": "badge--void"}

#: Characters beyond which a list cuts words off, and up to which it never breaks them.
LONG, SHORT = 60, 8


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, its safe HTML, the classes of its `<td>`, and its heading where it stands on a card."""

    text: str
    html: str
    classes: str = ""
    title: str = ""


def badge(word: str, tone: str = "") -> SafeString:
    return format_html('<span class="badge {}">{}</span>', tone, word)


def state_badges(record: Any, on: date | None = None) -> SafeString:
    """The word of the state, and beside it how many days the record was past its day on a day (today, if not said)."""
    state = record.state_now
    shown = badge(state.label, BADGES.get(state.tone, ""))
    days = ((on or clock.today()) - record.due_day).days if record.due_day else 0
    return format_html("{} {}", shown, badge(f"逾期 {days} 天", "badge--late")) if days > 0 else shown


def is_numeric(column: Any) -> bool:
    return bool(getattr(column, "numeric", False))


def cell(column: Any, record: Any, on: date | None = None) -> Cell:
    """One value of a record for a list, read on a day; `column` is a kind or a computed column."""
    value, title = column.value_of(record), f"{column.label} {column.unit}".rstrip()
    if isinstance(column, Status):
        return Cell(record.state_now.label, state_badges(record, on), "state", title)
    text = column.show(value)
    if not text:
        return Cell("—", NOTHING, "none num" if is_numeric(column) else "none", title)
    return Cell(text, _short(column, value, text), _classes(column, value), title)


def _short(column: Any, value: Any, text: str) -> str:
    if isinstance(column, Link):
        return format_html('<a class="plain" href="{}">{}</a>', value.url, text)
    if len(text) > LONG:
        return format_html('<span title="{}">{}…</span>', text, text[:LONG])
    return format_html("{}", text)


def _classes(column: Any, value: Any) -> str:
    if is_numeric(column):
        return "num negative" if _is_negative(value) else "num"
    if isinstance(column, Day | Moment | Month):
        return "date"
    if isinstance(column, Number | Plate):
        return "code"
    if isinstance(column, LongText):
        return "long"
    return "name" if isinstance(column, Link) else "nowrap" if len(column.show(value)) <= SHORT else ""


def _is_negative(value: Any) -> bool:
    try:
        return value < 0
    except TypeError:
        return False


def full(column: Any, record: Any, files: dict[int, Any]) -> SafeString | str:
    """One value on the record's page. `files` holds the attachments already read, by id."""
    value = column.value_of(record)
    if isinstance(column, Status):
        return state_badges(record)
    if isinstance(column, Evidence):
        return _joined((address, words) for words, address in column.frames(value))
    if isinstance(column, Files):
        return _files(record, [files[pk] for pk in value or [] if pk in files])
    text = column.show(value)
    if not text:
        return NOTHING
    if isinstance(column, LongText):
        return mark_safe(linebreaks(text, autoescape=True))
    return format_html("{}", _short(column, value, text) if isinstance(column, Link) else text)


def _joined(links: Iterable[tuple[str, str]]) -> SafeString | str:
    return format_html_join(" ", '<a href="{}">{}</a>', links) or NOTHING


def _files(record: Any, found: list[Any]) -> SafeString | str:
    """Pictures as small pictures, other files by name."""
    if not found:
        return NOTHING
    shown = format_html_join(" ", "{}", ((_file(f"{record.url}attachments/{one.pk}/", one),) for one in found))
    return format_html('<span class="files">{}</span>', shown)


def _file(address: str, one: Any) -> SafeString:
    if one.is_picture:
        picture = (
            '<a href="{0}?inline=1"><img class="thumb" src="{0}?inline=1" alt="{1}" title="{1}" loading="lazy"></a>'
        )
        return format_html(picture, address, one.name)
    return format_html('<a href="{}" download>{}</a>', address, one.name)
