"""What the platform's own watch sees of a weighing point: its last report, its month, what is doubted of it.

Whoever starts a process hands in a function that knows (`provide`); where nobody does, nothing is known, never zero.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices

from tonggui.base.clock import today
from tonggui.statutes.overloading.statistics import SITE_DAYS, SITE_TRUCKS


class Online(TextChoices):
    ON = "on", "在线"
    SILENT = "silent", "中断"
    NEVER = "never", "无数据"
    OFF = "off", "停用"

    @classmethod
    def order(cls) -> str:
        """The words in the order of a board."""
        return " ".join(one.label for one in cls)


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing seen of passes at a point that nobody has accused: a plate that may be cloned, in words."""

    at: str
    plate: str
    words: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of a point now. Shares are of the last seven days."""

    last_at: datetime | None = None
    usual: float | None = None
    days_online: int | None = None
    month_trucks: int | None = None
    doubted: int | None = None
    weighed: int | None = None
    compared: bool = False
    drift: str = ""
    clues: tuple[Clue, ...] = ()

    @property
    def doubted_share(self) -> float | None:
        """Percent of the weighings of seven days that are doubted themselves, not their vehicles."""
        return round(100 * (self.doubted or 0) / self.weighed, 1) if self.weighed else None

    @property
    def month_words(self) -> str:
        """Whether this month counts for the point by now, in words."""
        days, trucks = SITE_DAYS.on(today()), SITE_TRUCKS.on(today())
        if self.days_online is None or self.month_trucks is None:
            return ""
        if self.days_online >= days and self.month_trucks > trucks:
            return f"本月已达有效站点标准（不少于 {days} 天、超过 {trucks} 辆次）"
        return f"本月尚未达有效站点标准（应不少于 {days} 天、超过 {trucks} 辆次）"


_knows: list[Callable[[str], Seen | None]] = []


def provide(function: Callable[[str], Seen | None]) -> None:
    """Hand in what knows the points, by their code."""
    _knows[:] = [function]


def seen_of(code: str) -> Seen:
    """What is known of a point."""
    return (_knows[0](code) if _knows else None) or Seen()
