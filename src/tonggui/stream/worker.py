"""The worker: follows the frame logs and takes one batch after another through the pipeline.

A batch is what has come in a second, or as much as the limits allow where there is a backlog, so batches grow by
themselves when there is much to do. Each is planned durably first (`stream.checkpoint`); a crash at any point is
followed by the same batch again.
"""

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
import pyarrow as pa

from tonggui.base.clock import now, to_micros
from tonggui.base.site import Site
from tonggui.stream.batch import Batch
from tonggui.stream.checkpoint import Checkpoint, Plan
from tonggui.stream.declare import Detector
from tonggui.stream.feed import Feed
from tonggui.stream.fleet import Fleet
from tonggui.stream.memory import Memory
from tonggui.stream.pipeline import PIPELINE
from tonggui.stream.sources import Source, newest
from tonggui.stream.store.client import connect
from tonggui.stream.store.tables import ALARMS, BAD_FRAMES, POSITIONS, Table
from tonggui.stream.store.writer import Stopped, Writer, as_arrow
from tonggui.stream.tails import Stretch, Tails

log = logging.getLogger(__name__)

TICK = 1.0
# A report is 60 to 100 bytes: a full batch is 100,000 to 200,000 rows.
BATCH_BYTES = 12 << 20
SNAPSHOT_SECONDS = 30.0
# With no frames the clock alone is a batch, so that silence is noticed; that needs no second's precision.
QUIET_SECONDS = 10.0


class Worker:
    """One stream process. `run` works until `stop`; `feed` is what others see of it."""

    def __init__(
        self, site: Site, sources: Sequence[Source], detectors: Iterable[Detector], tick: float = TICK
    ) -> None:
        self._site, self._sources, self._tick = site, list(sources), tick
        self._stop = threading.Event()
        self._fleet = Fleet(site)
        self.feed = Feed()
        self._memory = Memory(self._fleet, detectors, self, self._sources)
        self._checkpoint = Checkpoint(site.stream_state)
        self._writer = Writer(partial(connect, site), self._stop.is_set, self._report)
        self._number = 0
        self._worked_at = self._snapshot_at = 0.0

    def stop(self) -> None:
        """Ask `run` to end after the batch it is at."""
        self._stop.set()

    def run(self) -> None:
        """Recover, then follow the logs until stopped."""
        try:
            self._recover()
            while not self._stop.is_set():
                started = time.monotonic()
                full = self._step()
                if not full:
                    self._stop.wait(max(0.0, self._tick - (time.monotonic() - started)))
            self._write_snapshot()
        except Stopped:
            log.info("stopped while the store was away; the batch is planned and comes first next time")
        finally:
            self._tails.close()
            self._checkpoint.close()

    def _recover(self) -> None:
        """Load the snapshot and work through the plans behind it, over the same frames and by the same clock."""
        snapshot, plans = self._checkpoint.load()
        self._memory.load(snapshot)
        self._number = snapshot.number
        self._tails = Tails(self._site, self._sources, snapshot.ends)
        for plan, stored in plans:
            log.info("replaying batch %d", plan.number)
            self._work(Batch(plan, self._tails.read_again(plan.stretches), replayed=True, stored=stored))
        self._write_snapshot()
        self.feed.renew(self._memory)

    def _step(self) -> bool:
        """One batch; True where there is more to do at once."""
        before = self._fleet.areas
        if self._fleet.reload():
            self._memory.fleet_changed(before)
        self._tails.discover()
        stretches = self._tails.read(BATCH_BYTES)
        full = any(stretch.frames.raw.nbytes >= BATCH_BYTES // 2 for stretch in stretches)
        if stretches or time.monotonic() - self._worked_at > QUIET_SECONDS:
            plan = Plan(
                self._number + 1,
                {stretch.log: (stretch.start, stretch.end) for stretch in stretches},
                self._clock(stretches, caught_up=not full),
            )
            self._checkpoint.write_plan(plan)
            self._work(Batch(plan, stretches))
        if time.monotonic() - self._snapshot_at > SNAPSHOT_SECONDS:
            self._write_snapshot()
        self._report()
        return full

    def _report(self) -> None:
        self.feed.report(self._memory, self._tails, self._writer)

    def _work(self, batch: Batch) -> None:
        for step in PIPELINE:
            step(self._memory, batch)
        self._number = batch.plan.number
        self._worked_at = time.monotonic()

    def _clock(self, stretches: list[Stretch], *, caught_up: bool) -> int:
        """The instant up to which everything received is known: now, or in a backlog the newest frame read."""
        received = max((newest(stretch.frames) for stretch in stretches), default=0)
        return max(received, to_micros(now())) if caught_up else received

    def _write_snapshot(self) -> None:
        self._checkpoint.write_snapshot(self._memory.snapshot(self._number, self._tails.ends))
        self._snapshot_at = time.monotonic()

    def store(self, batch: Batch) -> None:
        """Every row of the batch into its table, each table under its own token."""
        memory, plan = self._memory, batch.plan
        logs = {"log": pa.array(memory.logs, pa.string())}
        if len(batch.order):
            rows = {name: column[batch.order] for name, column in batch.positions.items()}
            rows["phone"] = rows["vehicle"] = rows.pop("terminal")
            names = {**logs, "phone": memory.terminals.phone_texts, "vehicle": memory.terminals.plate_texts}
            self._insert(POSITIONS, rows, names, plan)
        for table in {table.name: table for table, _ in batch.others}.values():
            # Logs of one kind may feed one table: they go in together, under the one token of the batch.
            parts = [rows for other, rows in batch.others if other is table]
            self._insert(table, {name: np.concatenate([rows[name] for rows in parts]) for name in parts[0]}, logs, plan)
        if batch.bad:
            bad = {name: np.concatenate([part[name] for part in batch.bad]) for name in batch.bad[0]}
            self._insert(BAD_FRAMES, bad, logs, plan)
        if batch.alarms:
            self._insert(ALARMS, {name: [row[name] for row in batch.alarms] for name in batch.alarms[0]}, {}, plan)
        self._checkpoint.write_stored(plan.number)

    def _insert(self, table: Table, rows: dict, names: dict, plan: Plan) -> None:
        self._writer.insert(table, as_arrow(table, rows, names), plan.token(table.name))

    def publish(self, batch: Batch) -> None:
        """Tell those who listen; nobody is told of a batch made again."""
        if not batch.replayed:
            self.feed.publish(self._memory, batch)
