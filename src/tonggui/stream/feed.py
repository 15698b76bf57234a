"""The feed: what the stream shows of itself, made once a tick by the worker and shared by all who ask.

`latest` is an Arrow stream with the latest position of every terminal; `events` go to listeners as they happen;
`health` says how far behind the stream is, what it refused and why.
"""

import asyncio
import json
import resource
import time
from collections import Counter, deque
from typing import Any

import pyarrow as pa

from tonggui.base.clock import SECOND, now, to_micros
from tonggui.stream.batch import Batch
from tonggui.stream.memory import Memory
from tonggui.stream.quality import Quality
from tonggui.stream.store.writer import Writer
from tonggui.stream.tails import Tails
from tonggui.wire.framing import Reason

# A listener that falls so many events behind loses them, and is told how many.
LISTENER_EVENTS = 16
RATE_SECONDS = 10


class Listener:
    """One who follows the events, with a bounded queue of its own."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._queue: asyncio.Queue[bytes] = asyncio.Queue(LISTENER_EVENTS)
        self._lost = 0

    async def next(self, patience: float) -> bytes | None:
        """The next event; None where nothing came for so many seconds."""
        try:
            return await asyncio.wait_for(self._queue.get(), patience)
        except TimeoutError:
            return None

    def tell(self, event: bytes) -> None:
        """Called from the worker's thread."""
        self._loop.call_soon_threadsafe(self._put, event)

    def _put(self, event: bytes) -> None:
        if self._queue.full():
            while not self._queue.empty():
                self._queue.get_nowait()
                self._lost += 1
            self._queue.put_nowait(json.dumps({"lost": self._lost}).encode())
        self._queue.put_nowait(event)


class Feed:
    """Written by the worker's thread, read by the server's; each attribute is replaced whole."""

    def __init__(self) -> None:
        self.latest = _as_stream(pa.table({}))
        self.health: dict[str, Any] = {"state": "starting"}
        self.tick = 0
        self._listeners: list[Listener] = []
        self._marks: deque[tuple[float, Counter[str]]] = deque(maxlen=RATE_SECONDS + 1)
        self._clock = 0

    def listen(self, loop: asyncio.AbstractEventLoop) -> Listener:
        listener = Listener(loop)
        self._listeners = [*self._listeners, listener]
        return listener

    def leave(self, listener: Listener) -> None:
        self._listeners = [other for other in self._listeners if other is not listener]

    def renew(self, memory: Memory) -> None:
        """Make the table of latest positions anew."""
        self.tick += 1
        self.latest = _as_stream(memory.latest.table(memory.terminals, memory.logs))

    def publish(self, memory: Memory, batch: Batch) -> None:
        """Show what a batch has changed."""
        self._clock = batch.plan.clock
        if len(batch.moved):
            self.renew(memory)
        listeners = self._listeners
        if listeners and (len(batch.moved) or batch.alarms):
            event = json.dumps(
                {
                    "tick": self.tick,
                    "at": to_micros(now()) // 1000,
                    "positions": memory.latest.changes(memory.terminals, batch.moved),
                    "alarms": [{**alarm, "peak": _number(alarm["peak"])} for alarm in batch.alarms],
                },
                ensure_ascii=False,
            ).encode()
            for listener in listeners:
                listener.tell(event)

    def report(self, memory: Memory, tails: Tails, writer: Writer) -> None:
        """How the stream is doing, as of now."""
        counts = memory.counts
        moment = time.monotonic()
        self._marks.append((moment, counts.copy()))
        then, before = self._marks[0]
        seconds = max(moment - then, 1e-9)
        backlog = tails.backlog_bytes()
        away = None if writer.away_since is None else round(moment - writer.away_since, 1)
        self.health = {
            "state": "store away" if away is not None else "damaged log" if tails.damaged else "ok",
            "at": to_micros(now()) // 1000,
            "backlog_bytes": sum(backlog.values()),
            "backlog": backlog,
            "behind_seconds": round(max(0, to_micros(now()) - self._clock) / SECOND, 1) if self._clock else None,
            "counts": {name: counts[name] for name in ("frames", "positions", "repeats", "alarms")},
            "rates": {n: round((counts[n] - before[n]) / seconds, 1) for n in ("frames", "positions", "alarms")},
            "bad": {
                name.removeprefix("bad."): {"count": count, "label": Reason[name.removeprefix("bad.")].label}
                for name, count in counts.items()
                if name.startswith("bad.")
            },
            "unqualified": {
                quality.label: count
                for name, count in counts.items()
                if name.startswith("quality.") and (quality := Quality(int(name.removeprefix("quality."))))
            },
            "terminals": len(memory.terminals),
            "strangers": int((~memory.terminals.in_fleet).sum()),
            "listeners": len(self._listeners),
            "store": {"away_seconds": away, "trouble": writer.trouble},
            "damaged": tails.damaged,
            "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }


def latest_as_json(stream: bytes) -> bytes:
    """The Arrow stream of latest positions as one JSON object of columns; times in milliseconds."""
    table = pa.ipc.open_stream(stream).read_all()
    columns = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if pa.types.is_timestamp(column.type):
            column = column.cast(pa.timestamp("ms", "UTC"), safe=False).cast(pa.int64())
        columns[name] = column.to_pylist()
    columns.pop("mileage_km", None)  # NaN has no place in JSON
    return json.dumps(columns, ensure_ascii=False).encode()


def _as_stream(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return sink.getvalue().to_pybytes()


def _number(value: float) -> float | None:
    return value if value == value else None
