"""Sentences of old summaries, one at a time, each with the figures a careful clerk reads in it.

`captures/summary-sentences.txt`: `=` begins the title the sentences stand under, each sentence is followed by its
figures: `- item value unit [qualifier or ·] [period]`. The period is that of the title where none is written. The
sentences were written for these tests; places, firms and numbers are invented.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from tonggui.texts.reading import Text
from tonggui.texts.summary import Entry, read_summary
from tonggui.texts.summary.evaluate import speak_of_one
from tonggui.texts.summary.when import span_of_text

FILE = Path(__file__).parents[1] / "captures" / "summary-sentences.txt"


@dataclass
class Case:
    title: str
    sentence: str
    figures: list[list[str]] = field(default_factory=list)

    @property
    def period(self) -> str:
        span = span_of_text(Text.of(f"{self.title}\n"))
        assert span is not None
        return span.code

    def misses(self) -> list[str]:
        """What is not read, what is read as something else, and what is no figure."""
        entries = read_summary(Text.of(f"{self.title}\n{self.sentence}"))
        missed = []
        for figure in self.figures:
            entry = next((one for one in entries if self.same(one, figure)), None)
            if entry is None:
                missed.append(f"missed {' '.join(figure)}")
            else:
                entries.remove(entry)
        return missed + [f"wrong {one.item} {one.value} {one.unit} {one.qualifier} {one.period}" for one in entries]

    def same(self, entry: Entry, figure: list[str]) -> bool:
        item, value, unit, qualifier, period, *_ = [*figure, "", ""]
        return (
            entry.value == Decimal(value)
            and entry.unit == unit
            and (entry.qualifier or "·") == (qualifier or "·")
            and entry.period == (period or self.period)
            and speak_of_one(entry.item, item)
        )


def cases() -> list[Case]:
    title, found = "", []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            title = line[2:]
        elif line.startswith("- "):
            found[-1].figures.append(line[2:].split(" "))
        else:
            found.append(Case(title, line))
    return found


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.sentence[:16])
def test_a_sentence_is_read_as_a_clerk_reads_it(case):
    assert case.misses() == []
