"""Pictures that passes name by an address: which have been fetched, which wait, which were given up and why.

The frame log keeps the pass as it came, with the address; here stands, for a pass and an address, the hash of what was
found there when it was fetched. The first content found holds: a file that is changed later at its address changes
nothing here. Media cleared after their time are written down here too.
"""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tonggui.base.clock import SECOND, Micros
from tonggui.base.site import Site

PAUSES_SECONDS = (60, 300, 1_800, 7_200, 21_600, 43_200, 86_400)
"""Between one try and the next; after the last of them an address is given up."""
REFUSED_PAUSE_SECONDS = 3_600
"""An address that is not allowed is looked at again after so long: the bureau may allow it."""

TABLES = """
CREATE TABLE IF NOT EXISTS reference (
    record TEXT, href TEXT, state TEXT NOT NULL, sha256 TEXT NOT NULL DEFAULT '', tries INTEGER NOT NULL DEFAULT 0,
    fault TEXT NOT NULL DEFAULT '', next_at INTEGER NOT NULL, PRIMARY KEY (record, href)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS reference_due ON reference (state, next_at);
CREATE INDEX IF NOT EXISTS reference_content ON reference (sha256) WHERE sha256 != '';
CREATE TABLE IF NOT EXISTS cleared (sha256 TEXT PRIMARY KEY, record TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS read_to (log TEXT PRIMARY KEY, position INTEGER NOT NULL) WITHOUT ROWID;
"""


class State(StrEnum):
    """How far a reference has come."""

    WAITING = "waiting"
    FETCHED = "fetched"
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Reference:
    """One address named by one pass."""

    record: str
    href: str
    state: State = State.WAITING
    sha256: str = ""
    tries: int = 0
    fault: str = ""


class References:
    """The references of a site; every call is its own short connection, so that pages and errands share them."""

    def __init__(self, site: Site) -> None:
        self._path = site.folder("media") / "references.sqlite3"

    def read_to(self, log: str) -> int:
        """Up to which position of a frame log the passes' references are noted."""
        with closing(self._open()) as base:
            row = base.execute("SELECT position FROM read_to WHERE log = ?", (log,)).fetchone()
            return row[0] if row else 0

    def note(self, found: Iterable[tuple[str, str]], log: str, read_to: int, now: Micros) -> int:
        """References (record, address) found in a log up to a position; how many are new."""
        with closing(self._open()) as base, base:
            before = base.total_changes
            base.executemany(
                "INSERT OR IGNORE INTO reference (record, href, state, next_at) VALUES (?, ?, 'waiting', ?)",
                ((record, href, now) for record, href in found),
            )
            new = base.total_changes - before
            base.execute("INSERT OR REPLACE INTO read_to VALUES (?, ?)", (log, read_to))
            return new

    def due(self, now: Micros, most: int) -> list[Reference]:
        """Those to be tried now, longest due first."""
        return self._where("state = 'waiting' AND next_at <= ? ORDER BY next_at LIMIT ?", (now, most))

    def of(self, record: str) -> dict[str, Reference]:
        """Those of a pass by address."""
        return {one.href: one for one in self._where("record = ?", (record,))}

    def hashes_of(self, records: Iterable[str]) -> dict[tuple[str, str], str]:
        """The hashes of what was fetched for passes, by pass and address."""
        with closing(self._open()) as base:
            asked = (
                "SELECT record, href, sha256 FROM reference"
                " WHERE record IN (SELECT value FROM json_each(?)) AND state = 'fetched'"
            )
            return {(record, href): sha256 for record, href, sha256 in base.execute(asked, (json.dumps([*records]),))}

    def fetched(self, one: Reference, sha256: str) -> None:
        self._set(one, "state = 'fetched', sha256 = ?, fault = '', tries = tries + 1", (sha256,))

    def failed(self, one: Reference, fault: str, now: Micros) -> None:
        """A try that brought nothing: the next comes later, or none any more."""
        if one.tries >= len(PAUSES_SECONDS):
            self._set(one, "state = 'given_up', fault = ?, tries = tries + 1", (fault,))
        else:
            later = now + PAUSES_SECONDS[one.tries] * SECOND
            self._set(one, "fault = ?, tries = tries + 1, next_at = ?", (fault, later))

    def again(self) -> int:
        """Let those that were given up be tried from the beginning, at once; how many there are."""
        with closing(self._open()) as base, base:
            return base.execute(
                "UPDATE reference SET state = 'waiting', tries = 0, next_at = 0 WHERE state = 'given_up'"
            ).rowcount

    def refused(self, one: Reference, fault: str, now: Micros) -> None:
        """An address that may not be asked now; that is no try."""
        self._set(one, "fault = ?, next_at = ?", (fault, now + REFUSED_PAUSE_SECONDS * SECOND))

    def only_of(self, record: str) -> set[str]:
        """Hashes of what was fetched for a pass and for no other."""
        with closing(self._open()) as base:
            asked = (
                "SELECT sha256 FROM reference AS mine WHERE record = ? AND state = 'fetched' AND NOT EXISTS"
                " (SELECT 1 FROM reference AS other WHERE other.sha256 = mine.sha256 AND other.record != mine.record)"
            )
            return {row[0] for row in base.execute(asked, (record,))}

    def cleared(self, sha256: str, record: str, at: Micros) -> None:
        """Write down that a content is cleared, before it is."""
        with closing(self._open()) as base, base:
            base.execute("INSERT OR REPLACE INTO cleared VALUES (?, ?, ?)", (sha256, record, at))

    def cleared_at(self, sha256: str) -> Micros | None:
        """When a content was cleared after its time; None where it was not."""
        with closing(self._open()) as base:
            row = base.execute("SELECT at FROM cleared WHERE sha256 = ?", (sha256,)).fetchone()
            return row[0] if row else None

    def counts(self) -> dict[State, int]:
        with closing(self._open()) as base:
            found = dict(base.execute("SELECT state, count(*) FROM reference GROUP BY state"))
            return {state: found.get(state, 0) for state in State}

    def faults(self, most: int = 20) -> list[tuple[str, int]]:
        """Why references wait or were given up, most frequent first."""
        with closing(self._open()) as base:
            asked = "SELECT fault, count(*) FROM reference WHERE fault != '' GROUP BY fault ORDER BY 2 DESC LIMIT ?"
            return list(base.execute(asked, (most,)))

    def resolved(self, record: str, listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The media of a pass with the hash beside each address that has been fetched, its fault where it has not."""
        if all("href" not in one for one in listed):
            return listed
        known = self.of(record)
        return [one | _said(known.get(one.get("href", ""))) for one in listed]

    def _where(self, condition: str, values: tuple[Any, ...]) -> list[Reference]:
        with closing(self._open()) as base:
            asked = f"SELECT record, href, state, sha256, tries, fault FROM reference WHERE {condition}"
            return [Reference(r, h, State(state), *rest) for r, h, state, *rest in base.execute(asked, values)]

    def _set(self, one: Reference, change: str, values: tuple[Any, ...]) -> None:
        with closing(self._open()) as base, base:
            base.execute(
                f"UPDATE reference SET {change} WHERE record = ? AND href = ?", (*values, one.record, one.href)
            )

    def _open(self) -> sqlite3.Connection:
        base = sqlite3.connect(self._path, timeout=30)
        base.execute("PRAGMA journal_mode = WAL")
        base.executescript(TABLES)
        return base


def _said(one: Reference | None) -> dict[str, Any]:
    if one is None or not (one.sha256 or one.fault):
        return {}
    return {"sha256": one.sha256} if one.sha256 else {"fault": one.fault}
