"""The pipeline: what happens to every batch, in this order.

Steps are deterministic: the same frames, clock and fleet give the same rows. That is what makes a replay after a crash
harmless.
"""

from collections.abc import Callable

import numpy as np

from tonggui.stream.batch import Batch
from tonggui.stream.memory import Memory
from tonggui.stream.quality import UNUSABLE, Quality, further_than_its_speed, mark
from tonggui.stream.repeats import report_key
from tonggui.stream.rows import shifted
from tonggui.stream.scene import make_scene
from tonggui.stream.store.tables import POSITIONS
from tonggui.wire.framing import Reason


def decode(memory: Memory, batch: Batch) -> None:
    """Frames become rows by the protocol of their log; frames that are none become bad ones with their reason."""
    found = []
    for stretch in batch.stretches:
        frames, read = stretch.frames, stretch.source.read(stretch.frames)
        bad = np.flatnonzero(read.reason != Reason.OK)
        if len(bad):
            batch.bad.append(
                {
                    "log": np.full(len(bad), memory.log_number(stretch.log), np.int16),
                    "frame_position": frames.position[bad],
                    "received_at": frames.received_at[bad],
                    "link": frames.link[bad],
                    "reason": read.reason[bad],
                    "phone": read.phone[bad].astype(str).astype(object),
                    "message_id": read.message_id[bad],
                    "size": (frames.end - frames.start)[bad].astype(np.uint32),
                }
            )
        rows = read.rows
        place = rows.pop("frame")
        rows["log"] = np.full(len(place), memory.log_number(stretch.log), np.int16)
        rows["frame_position"] = frames.position[place]
        if stretch.source.table is POSITIONS:
            found.append(rows)
        elif len(place):
            batch.others.append((stretch.source.table, rows))
    if found:
        batch.positions = {name: np.concatenate([rows[name] for rows in found]) for name in found[0]}


def match_terminals(memory: Memory, batch: Batch) -> None:
    """Each row gets the number of its terminal, and through it the vehicle the fleet names."""
    if batch.positions:
        rows = batch.positions
        rows["terminal"] = memory.take_in(rows.pop("identity"))


def mark_quality(memory: Memory, batch: Batch) -> None:
    """What is wrong with a position is marked and kept. A time that is no date is stored as 1970."""
    if batch.positions:
        rows = batch.positions
        rows["time"] = np.maximum(rows["time"], 0)
        rows["quality"] = mark(rows)


def drop_repeats(memory: Memory, batch: Batch) -> None:
    """Reports sent again are dropped; what is left is put in order by terminal and time."""
    if not batch.positions:
        return
    rows = batch.positions
    key = report_key(rows["time"], rows["serial"], rows["item"])
    kept = memory.repeats.fresh(rows["terminal"], key)
    batch.repeats = len(kept) - int(kept.sum())
    if batch.repeats:
        rows = batch.positions = {name: column[kept] for name, column in rows.items()}
    batch.order = np.lexsort((rows["time"], rows["terminal"]))


def compare_speed(memory: Memory, batch: Batch) -> None:
    """A fix whose speed does not go with the way from the last usable one of its terminal is marked."""
    if not batch.positions:
        return
    rows, shown = batch.positions, memory.latest.columns
    order = batch.order[(rows["quality"][batch.order] & int(UNUSABLE)) == 0]
    terminal = rows["terminal"][order]
    first = np.append(True, terminal[1:] != terminal[:-1])[: len(order)]
    after = {name: rows[name][order] for name in ("time", "latitude_e6", "longitude_e6", "speed_kmh")}
    # A terminal that has shown no position yet stands there with time 0: too long ago to be compared.
    before = {name: shifted(column, first, shown[name][terminal]) for name, column in after.items()}
    comparable = ~first | ((shown["quality"][terminal] & int(UNUSABLE)) == 0)
    disagrees = comparable & further_than_its_speed(before, after)
    rows["quality"][order[disagrees]] |= np.uint8(Quality.SPEED_DISAGREES)


def remember_latest(memory: Memory, batch: Batch) -> None:
    """Latest positions move on."""
    if batch.positions:
        batch.moved = memory.latest.update(batch.positions, batch.order)


def detect(memory: Memory, batch: Batch) -> None:
    """Detectors look at what is usable and at the clock; with an empty batch, at the clock alone."""
    scene = make_scene(memory, batch)
    for watch in memory.watches:
        before = watch.opened
        batch.alarms += watch.take(scene)
        memory.counts["alarms"] += watch.opened - before
    for alarm in batch.alarms:
        alarm["version"] = memory.next_version(batch.plan.clock)


def store(memory: Memory, batch: Batch) -> None:
    """Rows go to the store, under the batch's token; waits for a store that is away."""
    if not batch.stored:
        memory.sink.store(batch)


def publish(memory: Memory, batch: Batch) -> None:
    """Counts, the live feed, and what `/latest` answers."""
    memory.counts["frames"] += batch.frames
    memory.counts["positions"] += len(batch.order)
    memory.counts["repeats"] += batch.repeats
    for bad in batch.bad:
        for reason, count in zip(*np.unique(bad["reason"], return_counts=True), strict=True):
            memory.counts[f"bad.{Reason(int(reason)).name}"] += int(count)
    if batch.positions:
        marks = np.bincount(batch.positions["quality"])
        for quality in np.flatnonzero(marks).tolist():
            memory.counts[f"quality.{quality}"] += int(marks[quality])
    memory.sink.publish(batch)


Step = Callable[[Memory, Batch], None]

PIPELINE: list[Step] = [
    decode,
    match_terminals,
    mark_quality,
    drop_repeats,
    compare_speed,
    remember_latest,
    detect,
    store,
    publish,
]
