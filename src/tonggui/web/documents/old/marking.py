"""The text of an old summary with its figures marked in place, each a link to its line of the list."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from tonggui.measure.baselines import Baseline, OldText


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line with its number and its marked text."""

    number: int
    html: SafeString


def marked(text: OldText, rows: list[Baseline], chosen: int = 0) -> list[MarkedLine]:
    """Every line that is not blank; figures by the tone of their state."""
    by_line: dict[int, list[Baseline]] = {}
    for row in rows:
        by_line.setdefault(row.line, []).append(row)
    lines = enumerate(text.text.split("\n"), 1)
    return [MarkedLine(number, _line(line, by_line.get(number, []), chosen)) for number, line in lines if line]


def _line(line: str, rows: list[Baseline], chosen: int) -> SafeString:
    parts, place = [], 0
    for row in sorted(rows, key=lambda row: row.place):
        if row.place < place or row.place_end > len(line):
            continue
        parts.append(format_html("{}", line[place : row.place]))
        tone = "doubt" if row.faults and row.state == Baseline.PROPOSED else row.state
        parts.append(
            format_html(
                '<a class="old-figure old-{}" id="t{}" href="?at={}#b{}" title="{}"{}>{}</a>',
                tone,
                row.pk,
                row.pk,
                row.pk,
                f"{row.item}（{row.state_title}）",
                mark_safe(' aria-current="true"') if row.pk == chosen else "",
                line[row.place : row.place_end],
            )
        )
        place = row.place_end
    parts.append(format_html("{}", line[place:]))
    return mark_safe("".join(parts))
