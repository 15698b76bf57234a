"""The bureau's own values: what a bureau has decided in place of a value the law leaves to it, from a day on.

They stand in one file of the site, written when a second person has confirmed them, and are read by every process: at
its start and again when the file has changed. Only parameters marked `local` and readings can be decided; a value holds
from its day, so what was judged before keeps its law. Without a file everything stands as the statutes declare it.

The file is JSON: {"values": [{"title": …, "from": "2026-06-01", "value": …, "by": "CS20260001"}]}, where
`title` names a parameter (or a deadline) by its title or a reading by its code.
"""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

LOOKS_EVERY_SECONDS = 1.0


#: The key under which a decimal stands in the file, as text.
EXACT = "decimal"


@dataclass(frozen=True, slots=True)
class Override:
    """One decision: what it is about, from when, the value, and the number under which it is recorded."""

    title: str
    since: date
    value: Any
    by: str

    def __str__(self) -> str:
        return f"本局参数 {self.by}（{self.since} 起）"


class _File:
    """The decisions as last read; `version` rises whenever they change."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self.stamp: tuple[int, int] | None = None
        self.looked_at = 0.0
        self.version = 0
        self.of: dict[str, tuple[Override, ...]] = {}

    def look(self) -> None:
        """Read again where the file is another than last time, at most once in LOOKS_EVERY_SECONDS."""
        now = time.monotonic()
        if self.path is None or now - self.looked_at < LOOKS_EVERY_SECONDS:
            return
        self.looked_at = now
        try:
            status = self.path.stat()
            stamp = (status.st_mtime_ns, status.st_ino)
        except FileNotFoundError:
            stamp = None
        if stamp != self.stamp:
            self.stamp = stamp
            self.take(read(self.path) if stamp else [])

    def take(self, found: list[Override]) -> None:
        by_title: dict[str, list[Override]] = {}
        for one in sorted(found, key=lambda one: one.since):
            by_title.setdefault(one.title, []).append(one)
        self.of = {title: tuple(ones) for title, ones in by_title.items()}
        self.version += 1


_file = _File()


def read_from(path: Path | None) -> None:
    """Take the bureau's values from a file from now on; None forgets them."""
    _file.path, _file.stamp, _file.looked_at = path, None, 0.0
    _file.take([])
    refresh()


def refresh() -> None:
    """Look at the file now, without waiting for the next round."""
    _file.looked_at = 0.0
    _file.look()


def version() -> int:
    """A number that changes with the decisions: what was computed under another one is to be computed again."""
    _file.look()
    return _file.version


def of(title: str) -> tuple[Override, ...]:
    """The decisions about a parameter's title or a reading's code, earliest first."""
    _file.look()
    return _file.of.get(title, ())


def at(title: str, day: date) -> Override | None:
    """The decision in force on a day, or None where the statute's own value holds."""
    return next((one for one in reversed(of(title)) if one.since <= day), None)


def read(path: Path) -> list[Override]:
    """The decisions of a file; lists become tuples again, as statutes write them."""
    rows = json.loads(path.read_text(encoding="utf-8"))["values"]
    return [Override(row["title"], date.fromisoformat(row["from"]), plain(row["value"]), row["by"]) for row in rows]


def written(found: list[Override]) -> bytes:
    """The content of a file; `read` is its inverse."""
    rows = [{"title": one.title, "from": one.since.isoformat(), "value": one.value, "by": one.by} for one in found]
    return json.dumps({"values": rows}, ensure_ascii=False, indent=1, default=_exact).encode()


def _exact(value: Any) -> dict[str, str]:
    """Money keeps its digits; a JSON number would round it."""
    if isinstance(value, Decimal):
        return {EXACT: str(value)}
    raise TypeError(f"no value of a parameter: {value!r}")


def plain(value: Any) -> Any:
    """A value out of JSON in the shapes of the statutes: sequences are tuples."""
    if isinstance(value, list):
        return tuple(plain(one) for one in value)
    if isinstance(value, Mapping) and set(value) == {EXACT}:
        return Decimal(value[EXACT])
    return {key: plain(one) for key, one in value.items()} if isinstance(value, Mapping) else value
