"""Rounds: the days, weeks, months, quarters, halves and years in which a duty comes round."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, slots=True, order=True)
class Round:
    """One period of a kind (see `clocks.PERIODS`), from its first to its last day; weeks begin on Monday."""

    start: date
    end: date
    kind: str

    @classmethod
    def of(cls, kind: str, day: date) -> "Round":
        """The round in which a day lies."""
        if kind == "day":
            return cls(day, day, kind)
        if kind == "week":
            monday = day - timedelta(days=day.weekday())
            return cls(monday, monday + timedelta(days=6), kind)
        months = MONTHS[kind]
        first = day.year * 12 + (day.month - 1) // months * months
        return cls(_month(first), _month(first + months) - timedelta(days=1), kind)

    @property
    def previous(self) -> "Round":
        return Round.of(self.kind, self.start - timedelta(days=1))

    @property
    def following(self) -> "Round":
        return Round.of(self.kind, self.end + timedelta(days=1))

    @property
    def label(self) -> str:
        """In full: 2026年10月, 2026年第三季度, 11月2日至8日."""
        year = f"{self.start.year}年"
        match self.kind:
            case "day":
                return f"{year}{self.start.month}月{self.start.day}日"
            case "week":
                last = (
                    f"{self.end.day}日" if self.end.month == self.start.month else f"{self.end.month}月{self.end.day}日"
                )
                return f"{year}{self.start.month}月{self.start.day}日至{last}"
            case "month":
                return f"{year}{self.start.month}月"
            case "quarter":
                return f"{year}第{'一二三四'[self.start.month // 3]}季度"
            case "half":
                return f"{year}{'上下'[self.start.month // 7]}半年"
        return year

    @property
    def short(self) -> str:
        """For the head of a narrow column: 10月, 三季度, 11-02."""
        match self.kind:
            case "day" | "week":
                return f"{self.start:%m-%d}"
            case "month":
                return f"{self.start.month}月"
            case "quarter":
                return f"{self.start:%y}年{'一二三四'[self.start.month // 3]}季"
            case "half":
                return f"{self.start:%y}年{'上下'[self.start.month // 7]}"
        return f"{self.start.year}"

    @property
    def code(self) -> str:
        """As a filter of a list reads it: two days."""
        return f"{self.start}..{self.end}"


def rounds(kind: str, first: date, last: date) -> list[Round]:
    """Every round that touches the days from first to last, in order."""
    return list(_walk(kind, first, last))


def latest(kind: str, day: date, count: int) -> list[Round]:
    """The last `count` rounds up to the one of the day, in order."""
    found = [Round.of(kind, day)]
    while len(found) < count:
        found.append(found[-1].previous)
    return found[::-1]


def _walk(kind: str, first: date, last: date) -> Iterator[Round]:
    one = Round.of(kind, first)
    while one.start <= last:
        yield one
        one = one.following


def _month(index: int) -> date:
    """The first day of a month counted from the year 0."""
    return date(index // 12, index % 12 + 1, 1)
