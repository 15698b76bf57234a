"""A doubt of a pass as the bridge carries it: a lasting code, what to look at, and words with figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tonggui.protocols.weighing.doubts import BY_CODE, Look


@dataclass(frozen=True, slots=True)
class Told:
    """One doubt of one pass."""

    code: str
    look: Look
    words: str

    @property
    def noted(self) -> dict[str, str]:
        """As it stands on the record."""
        return {"code": self.code, "look": self.look.label, "words": self.words}


def told_of(row: Mapping[str, Any]) -> list[Told]:
    """The doubts that a pass brings from the store. Rows of before there were codes bring their words alone."""
    words = [one for one in str(row["doubt"]).split("；") if one]
    codes = list(row["doubt_codes"]) or [""] * len(words)
    return [
        Told(code, BY_CODE[code].look if code in BY_CODE else Look.NOTE, said)
        for code, said in zip(codes, words, strict=True)
    ]


def key_of(row: Mapping[str, Any]) -> tuple[str, str]:
    """What a pass is known by: its point and the number its device gave it."""
    return str(row["site"]), str(row["record_no"])


def aware(at: datetime) -> datetime:
    """The store's times are UTC, told so or not."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)
