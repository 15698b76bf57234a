"""Playing a detector's stories: one vehicle, its fixes cut into batches at will, and when the alarm is raised."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import numpy as np

from tonggui.base.clock import CHINA, SECOND, to_micros
from tonggui.stream.alarms import AlarmRow
from tonggui.stream.declare import Detector, Story
from tonggui.stream.rows import Rows
from tonggui.stream.watch import Scene, Watch

# What a fix has where its story does not say otherwise.
USUAL = {"carries_passengers": False, "limit_kmh": np.nan, "speed_kmh": 0.0, "latitude": 31.0, "longitude": 121.0}
AREAS = ["a", "b", "c"]


def play(detector: Detector, story: Story, cuts: Sequence[int] = ()) -> list[AlarmRow]:
    """The alarms of a story in their last state; `cuts` are the fixes at which a new batch begins.

    The clock is looked at with every tick where the detector goes by it, else once a batch.
    """
    watch = Watch(detector)
    bounds = range(story.length + 1) if detector.hold.every_fix else [0, *sorted(set(cuts) - {0}), story.length]
    alarms: dict[str, AlarmRow] = {}
    for start, stop in pairwise(bounds):
        for row in watch.take(_scene(story, start, stop)):
            alarms[row["alarm_id"]] = row
    return list(alarms.values())


def fix_number(story: Story, alarm: AlarmRow) -> int:
    """The number of the fix (tick) at which an alarm was raised."""
    return round((alarm["raised_at"] - _start(story)) / (story.every * SECOND))


def _scene(story: Story, start: int, stop: int) -> Scene:
    number = np.arange(start, stop)
    time = _start(story) + (number * story.every * SECOND).astype("i8")
    heard = np.array(story.columns.get("heard", [True] * story.length)[start:stop], bool)
    columns: dict[str, np.ndarray] = {
        "terminal": np.zeros(len(number), "i4"),
        "time": time,
        "received_at": time,
        "log": np.zeros(len(number), "i2"),
        "frame_position": number.astype("u8"),
        **{name: np.full(len(number), value) for name, value in USUAL.items()},
        **{name: np.array(value[start:stop]) for name, value in story.columns.items() if name != "inside"},
    }
    columns = {name: column[heard] for name, column in columns.items()}
    for place in ("latitude", "longitude"):
        columns[f"{place}_e6"] = np.rint(columns[place] * 1e6).astype("i4")
    inside = [
        (at, AREAS.index(area)) for at, ids in enumerate(story.columns.get("inside", [])[start:stop]) for area in ids
    ]
    derived = {
        "inside": lambda row: tuple(np.array(inside, "i8").reshape(-1, 2).T),
        "area_kind": lambda row: np.array(["watched"] * len(AREAS)),
    }
    rows = Rows(columns, derived)
    in_fleet = np.array(story.columns.get("in_fleet", [True])[:1], bool)
    nowhere = np.zeros(1, "i4")
    terminals = Rows(
        {
            "time": np.zeros(1, "i8"),
            "phone": np.array(["13900000001"]),
            "vehicle": np.array(["示A00001"]),
            "in_fleet": in_fleet,
            "latitude_e6": nowhere,
            "longitude_e6": nowhere,
        }
    )
    return Scene(rows, rows, terminals, AREAS, ["jt808-0"], int(time[-1]))


def _start(story: Story) -> int:
    return to_micros(datetime.fromisoformat(story.start).replace(tzinfo=CHINA))
