"""How well summaries are read: precision and recall over labelled texts.

A label is an object of FILE.jsonl beside FILE.txt: item, value, unit, qualifier, period, indicator, line. A figure read
matches a label of the same line when the quantity is the same (1.2万份 and 12000份, ㎡ and m2 alike) and the items
speak of one thing: without filler (的 了 已 共 各类) one contains the other, or the head of one (its last two signs,
where a Chinese phrase has its object) stands in the other, or three fifths of the signs of the shorter do. Each label
is matched once.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from tonggui.base.numerals import LARGE
from tonggui.texts.reading import read
from tonggui.texts.summary.reader import Entry, read_summary
from tonggui.texts.summary.units import base_of

_FILLER = str.maketrans("", "", "的了已共各类、“”‘’，（）()\"' ")
_UNITS = {"万": "万元", "亿": "亿元", "千米": "公里", "km": "公里", "m2": "平方米", "m": "米", "m3": "立方米"}


@dataclass(slots=True)
class Score:
    """Counts of one text or many."""

    read: int = 0
    labelled: int = 0
    matched: int = 0
    coded: int = 0
    codes_labelled: int = 0
    codes_right: int = 0
    periods_right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.matched / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        return self.matched / self.labelled if self.labelled else 1.0

    @property
    def code_precision(self) -> float:
        return self.codes_right / self.coded if self.coded else 1.0

    @property
    def code_recall(self) -> float:
        return self.codes_right / self.codes_labelled if self.codes_labelled else 1.0

    def __str__(self) -> str:
        return (
            f"figures {self.labelled:4}  precision {self.precision:.3f}  recall {self.recall:.3f}  "
            f"periods {self.periods_right / max(self.matched, 1):.3f}  "
            f"indicators precision {self.code_precision:.3f} recall {self.code_recall:.3f}"
        )

    def __iadd__(self, other: "Score") -> "Score":
        for name in ("read", "labelled", "matched", "coded", "codes_labelled", "codes_right", "periods_right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.missed += other.missed
        self.wrong += other.wrong
        return self


def evaluate(path: Path, code_of: Callable[[Entry], str | None] = lambda entry: None) -> Score:
    """The score of one labelled text."""
    labels = [json.loads(line) for line in path.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines() if line]
    entries = read_summary(read(path))
    score = Score(read=len(entries), labelled=len(labels))
    score.codes_labelled = sum(bool(label["indicator"]) for label in labels)
    open_labels = list(labels)
    for entry in entries:
        code = code_of(entry)
        score.coded += code is not None
        label = _match(entry, open_labels)
        if label is None:
            score.wrong.append(f"{entry.line}：{entry.item} {entry.value}{entry.unit}")
            continue
        open_labels.remove(label)
        score.matched += 1
        score.periods_right += entry.period == label["period"]
        score.codes_right += code is not None and code == label["indicator"]
    score.missed = [f"{one['line']}：{one['item']} {one['value']}{one['unit']}" for one in open_labels]
    return score


def evaluate_all(paths: Iterable[Path], code_of: Callable[[Entry], str | None] = lambda entry: None) -> Score:
    total = Score()
    for path in paths:
        total += evaluate(path, code_of)
    return total


def _match(entry: Entry, labels: list[dict[str, Any]]) -> dict[str, Any] | None:
    same = [
        label
        for label in labels
        if label["line"] == entry.line and _amount(label["value"], label["unit"]) == _amount(entry.value, entry.unit)
    ]
    return next((label for label in same if speak_of_one(entry.item, label["item"])), None)


def _amount(value: Decimal | float, unit: str) -> tuple[Decimal, str]:
    """The quantity, so that 1.2万份 and 12000份 are one."""
    plain = _unit(unit)
    size = LARGE.get(plain[0], 1) if len(plain) > 1 else 1
    return Decimal(str(value)) * size, base_of(plain)


def _unit(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).replace("/次", "次").lower()
    return _UNITS.get(plain, plain)


def speak_of_one(read: str, label: str) -> bool:
    """Whether two wordings are of the same thing."""
    one, other = (unicodedata.normalize("NFKC", text).translate(_FILLER) for text in (read, label))
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    if short in long:
        return len(short) >= 2
    if short[-2:] in long or long[-2:] in short:
        return True
    common = sum((Counter(short) & Counter(long)).values())
    return common >= 2 and common * 5 >= len(short) * 3
