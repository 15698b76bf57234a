"""The scene: a batch and the fleet as detectors see them."""

from collections.abc import Callable
from typing import Any

import numpy as np

from tonggui.stream.batch import Batch
from tonggui.stream.fleet import PASSENGER
from tonggui.stream.memory import Memory
from tonggui.stream.quality import UNUSABLE
from tonggui.stream.rows import Rows
from tonggui.stream.watch import Scene


def make_scene(memory: Memory, batch: Batch) -> Scene:
    """The batch as detectors see it. A fix not later than the last one judged comes too late to be judged."""
    rows, order = batch.positions, batch.order
    heard = {name: column[order] for name, column in rows.items()} if rows else _NO_ROWS
    terminal, time = heard["terminal"], heard["time"]
    usable = (heard["quality"] & int(UNUSABLE)) == 0
    usable &= time > memory.last_judged[terminal]
    kept = {name: column[usable] for name, column in heard.items()}
    # Two fixes of the same second: the first is judged.
    again = np.zeros(len(kept["time"]), bool)
    again[1:] = (kept["time"][1:] == kept["time"][:-1]) & (kept["terminal"][1:] == kept["terminal"][:-1])
    kept = {name: column[~again] for name, column in kept.items()}
    memory.last_judged[kept["terminal"]] = kept["time"]
    terminals = memory.terminals
    known = len(terminals)
    return Scene(
        Rows(kept, _derived(memory)),
        Rows(heard),
        Rows(
            {
                "time": memory.latest.columns["time"][:known],
                "phone": np.array(terminals.phones, object),
                "vehicle": terminals.vehicle,
                "in_fleet": terminals.in_fleet,
                "latitude_e6": memory.latest.columns["latitude_e6"],
                "longitude_e6": memory.latest.columns["longitude_e6"],
            }
        ),
        memory.areas,
        memory.logs,
        batch.plan.clock,
    )


def _derived(memory: Memory) -> dict[str, Callable[[Rows], Any]]:
    """Columns of rows that come from the fleet, worked out when a detector asks."""
    terminals, areas = memory.terminals, memory.fleet.areas
    numbers = memory.area_numbers()
    kinds = np.full(len(memory.areas), "", object)
    kinds[numbers] = areas.kind
    limits = np.full(len(memory.areas), np.nan)
    limits[numbers] = areas.limit_kmh

    def inside(row: Rows) -> tuple[np.ndarray, np.ndarray]:
        at, place = areas.inside(row.latitude, row.longitude, terminals.group[row.terminal])
        return at, numbers[place]

    def limit_kmh(row: Rows) -> np.ndarray:
        limit = terminals.limit_kmh[row.terminal]
        at, area = row.inside
        np.fmin.at(limit, at, limits[area])
        return limit

    return {
        "latitude": lambda row: row.latitude_e6 / 1e6,
        "longitude": lambda row: row.longitude_e6 / 1e6,
        "carries_passengers": lambda row: terminals.group[row.terminal] == PASSENGER,
        "limit_kmh": limit_kmh,
        "inside": inside,
        "area_kind": lambda row: kinds,
    }


_NO_ROWS = {
    "terminal": np.zeros(0, "i4"),
    "time": np.zeros(0, "i8"),
    "received_at": np.zeros(0, "i8"),
    "latitude_e6": np.zeros(0, "i4"),
    "longitude_e6": np.zeros(0, "i4"),
    "speed_kmh": np.zeros(0, "f4"),
    "quality": np.zeros(0, "u1"),
    "log": np.zeros(0, "i2"),
    "frame_position": np.zeros(0, "u8"),
}
