"""The checkpoint: what lets the stream go on after a crash as if nothing had happened.

A *plan* (which stretch of which log makes the next batch, and the clock it is judged by) is written and synced before
the batch is touched; a *snapshot* holds everything the stream remembers, as of a plan. After a crash the snapshot is
loaded and the plans behind it are worked through again, each over exactly the same frames, so the same rows come out
and carry the same deduplication token: what the store already has it does not take twice. The log of frames is the
truth; a lost checkpoint folder costs a replay of the log, not a row.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from tonggui.base.clock import Micros
from tonggui.base.site import write_whole

Arrays = dict[str, np.ndarray]


@dataclass(frozen=True, slots=True)
class Plan:
    """One batch: its number, from and to (not included) positions of each log, the clock it is judged by."""

    number: int
    stretches: dict[str, tuple[int, int]]
    clock: Micros

    def token(self, table: str) -> str:
        """The deduplication token of this batch's rows for a table: the same whenever the batch is made again."""
        stretches = ",".join(f"{log}:{a}-{b}" for log, (a, b) in sorted(self.stretches.items()))
        return f"{table}#{self.number}#{self.clock}#{stretches}"


@dataclass
class Snapshot:
    """Everything remembered after plan `number`: named groups of arrays and plain values."""

    number: int = 0
    ends: dict[str, int] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    groups: dict[str, Arrays] = field(default_factory=dict)


class Checkpoint:
    """The files of one stream process: `snapshot.npz` and `plans.jsonl`."""

    def __init__(self, folder: Path) -> None:
        self._snapshot_file = folder / "snapshot.npz"
        self._plans_file = folder / "plans.jsonl"
        self._plans: BinaryIO | None = None

    def load(self) -> tuple[Snapshot, list[tuple[Plan, bool]]]:
        """The last snapshot, and the plans behind it in order, each with whether its rows are known to be stored."""
        snapshot = self._load_snapshot()
        plans: dict[int, Plan] = {}
        stored: set[int] = set()
        for line in self._lines():
            if "stored" in line:
                stored.add(line["stored"])
            elif line["number"] > snapshot.number:
                stretches = {log: (a, b) for log, (a, b) in line["stretches"].items()}
                plans[line["number"]] = Plan(line["number"], stretches, line["clock"])
        return snapshot, [(plans[number], number in stored) for number in sorted(plans)]

    def write_plan(self, plan: Plan) -> None:
        """Make a plan durable; only then may its batch be worked on."""
        self._append(asdict(plan), sync=True)

    def write_stored(self, number: int) -> None:
        """Note that a batch is stored. Not synced: losing the note costs an insert that the store recognises."""
        self._append({"stored": number}, sync=False)

    def write_snapshot(self, snapshot: Snapshot) -> None:
        """Replace the snapshot; plans up to it are no longer needed."""
        meta = {"number": snapshot.number, "ends": snapshot.ends, "values": snapshot.values}
        arrays: dict[str, Any] = {"/": np.frombuffer(json.dumps(meta).encode(), np.uint8)}
        for group, held in snapshot.groups.items():
            arrays |= {f"{group}/{name}": array for name, array in held.items()}
        content = BytesIO()
        np.savez(content, **arrays)
        write_whole(self._snapshot_file, content.getvalue())
        self.close()
        # A crash right here leaves old plans behind, which `load` passes over by their numbers.
        write_whole(self._plans_file, b"")

    def close(self) -> None:
        if self._plans is not None:
            self._plans.close()
            self._plans = None

    def _load_snapshot(self) -> Snapshot:
        if not self._snapshot_file.exists():
            return Snapshot()
        with np.load(self._snapshot_file, allow_pickle=False) as held:
            meta = json.loads(held["/"].tobytes())
            groups: dict[str, Arrays] = {}
            for key in held.files:
                if key != "/":
                    group, _, name = key.partition("/")
                    groups.setdefault(group, {})[name] = held[key]
        return Snapshot(meta["number"], meta["ends"], meta["values"], groups)

    def _lines(self) -> list[Mapping[str, Any]]:
        """The plans file; a line torn by a crash is the last and was never acted on."""
        found = []
        try:
            for line in self._plans_file.read_bytes().splitlines():
                try:
                    found.append(json.loads(line))
                except ValueError:
                    break
        except FileNotFoundError:
            pass
        return found

    def _append(self, line: Mapping[str, Any], *, sync: bool) -> None:
        if self._plans is None:
            # Cut a torn tail first, or the next line would be glued to it.
            whole = b"".join(json.dumps(line).encode() + b"\n" for line in self._lines())
            write_whole(self._plans_file, whole)
            self._plans = self._plans_file.open("ab")
        self._plans.write(json.dumps(line).encode() + b"\n")
        self._plans.flush()
        if sync:
            os.fdatasync(self._plans.fileno())
