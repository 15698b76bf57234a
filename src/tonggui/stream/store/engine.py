"""The engine: chdb sessions on one folder, each used by one statement at a time.

Sessions share the data and run side by side (the engine lets go of the GIL); a statement takes a free one, gives it the
settings of its request, and puts it back.
"""

import queue
import re
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chdb.session import Session

from tonggui.stream.store.statements import result_format, returns_rows, split_insert

_CODE = re.compile(r"Code: (\d+)\. DB::")
# A result is held whole in memory; a larger one is refused with words instead of taking the process down.
MAX_RESULT_BYTES = 1 << 30


class StatementFailed(Exception):
    """The engine refused a statement. `code` is ClickHouse's error number, the text its message."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        found = _CODE.search(message)
        self.code = int(found.group(1)) if found else 1002  # 1002: UNKNOWN_EXCEPTION


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a statement gave. `format` is None for a statement without a result set."""

    body: bytes
    format: str | None
    read_rows: int
    written_rows: int
    written_bytes: int


class Engine:
    """A pool of chdb sessions over one folder, which no other process may have open."""

    def __init__(self, folder: Path, sessions: int = 4) -> None:
        self._free: queue.LifoQueue[_Seat] = queue.LifoQueue()
        self._seats = [_Seat(folder) for _ in range(sessions)]
        for seat in self._seats:
            self._free.put(seat)

    def run(
        self,
        statement: bytes,
        *,
        settings: dict[str, str] | None = None,
        parameters: dict[str, str] | None = None,
        database: str = "default",
        default_format: str = "TabSeparated",
    ) -> Outcome:
        """Run one statement with its settings; waits for a free session. Raises StatementFailed."""
        with self._seat() as seat:
            try:
                seat.prepare(settings or {}, database)
                insert = split_insert(statement)
                if insert is not None:
                    return seat.insert(insert.head, insert.format, insert.data)
                return seat.query(statement, parameters or {}, default_format)
            except StatementFailed:
                raise
            except Exception as error:  # chdb raises several kinds; all of them carry ClickHouse's text
                raise StatementFailed(str(error)) from error

    def close(self) -> None:
        """Close every session, waiting for those at work; parts and logs are then whole on disk."""
        for _ in self._seats:
            self._free.get().close()

    @contextmanager
    def _seat(self):
        seat = self._free.get()
        try:
            yield seat
        finally:
            self._free.put(seat)


class _Seat:
    """One session with the settings and the database it now has."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open()

    def _open(self) -> None:
        self._session = Session(f"{self._folder}?log-level=none")
        self._settings: dict[str, str] = {}
        self._database = "default"
        self._session.query(f"SET max_result_bytes = {MAX_RESULT_BYTES}")

    def prepare(self, settings: dict[str, str], database: str) -> None:
        """Give the session exactly these settings; one that refuses them is replaced, so none leaks to the next."""
        if settings == self._settings and database == self._database:
            return
        changes = [f"{_name(name)} = DEFAULT" for name in self._settings if name not in settings]
        changes += [f"{_name(k)} = {_literal(v)}" for k, v in settings.items() if self._settings.get(k) != v]
        try:
            if changes:
                self._session.query("SET " + ", ".join(changes))
            if database != self._database:
                self._session.query(f"USE {_name(database)}")
        except Exception:
            self._session.close()
            self._open()
            raise
        self._settings, self._database = dict(settings), database

    def insert(self, head: str, form: str, data: bytes) -> Outcome:
        with self._session.send_insert(head, form) as stream:
            if data:
                stream.append(data)
            written = stream.finish()
        return Outcome(b"", None, 0, written.rows_written, written.bytes_written)

    def query(self, statement: bytes, parameters: dict[str, Any], default_format: str) -> Outcome:
        text = statement.decode()
        result = self._session.query(text, default_format, params=parameters or None)
        form = result_format(statement, default_format) if returns_rows(statement) else None
        return Outcome(result.bytes(), form, result.rows_read(), result.rows_written(), result.bytes_written())

    def close(self) -> None:
        self._session.close()


def _name(name: str) -> str:
    if not re.fullmatch(r"\w+", name):
        raise StatementFailed(f"Code: 62. DB::Exception: not a name: {name!r}. (SYNTAX_ERROR)")
    return name


def _literal(value: str) -> str:
    """Every setting can be given as text; a token made of digits alone must stay one."""
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
