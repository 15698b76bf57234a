"""Weighing as a protocol: how an item becomes a frame, and how logged frames become judged rows.

The law is handed in, so that this package knows the record and not the statute.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.base.clock import CHINA, Micros, to_micros
from tonggui.protocols.weighing import media
from tonggui.protocols.weighing.axles import axle_columns, loads_column, one_sided
from tonggui.protocols.weighing.doubts import doubts_of, told
from tonggui.protocols.weighing.envelope import unwrap, wrap
from tonggui.protocols.weighing.record import Reading, read
from tonggui.protocols.weighing.table import PASSES
from tonggui.protocols.weighing.vehicle import TRAITS
from tonggui.protocols.weighing.vendors import vendor_of
from tonggui.stream.block import LoggedFrames
from tonggui.stream.sources import Read
from tonggui.wire.framing import Reason

Columns = dict[str, npt.NDArray[Any]]

JUDGED = (
    "limit_kg",
    "tolerance_kg",
    "adjusted_kg",
    "excess_kg",
    "rate",
    "fine_yuan",
    "warning",
    "listed",
    "law_edition",
)
NUMBERS = ("gross_kg", "speed_kmh", "speed_in_kmh", "speed_out_kmh", "acceleration_ms2", "claimed_excess_kg")
CERTIFICATE = ("calibrated_to", "calibrated_from", "speed_kmh", "speed_from", "speed_to")
FLAGS = ("straddling", "tailgating", "evading")
TEXTS = ("record_no", "site", "lane", "device", "direction", "plate", "plate_rear", "plate_color")


@dataclass(frozen=True)
class Weighing:
    """The weighing protocol under a law.

    `judge(on, gross_kg, **vehicle)` gives JUDGED as columns; `evidence(on, **CERTIFICATE)` gives whether a certificate
    held for the weighing; `thresholds(on, axles)` the figures from which doubts begin; `since` is the first day of the
    limits.
    """

    judge: Callable[..., Mapping[str, npt.NDArray[Any]]]
    evidence: Callable[..., npt.NDArray[np.bool_]]
    thresholds: Callable[..., Mapping[str, npt.NDArray[Any]]]
    since: date
    name: str = "weighing"

    def read(self, item: Any, received_at: Micros) -> Reading:
        """One item checked: values, or faults in words."""
        return read(item, received_at, self.since)

    def lighten(self, item: Any, keep: Callable[[bytes], str]) -> tuple[Any, list[str]]:
        """An item with the hash in place of each picture it carries, and what could not be kept, in words."""
        return media.lighten(item, media_keys(item), keep)

    def attach(self, item: Any, find: Callable[[str], str | None]) -> Any:
        """An item with hashes in place of the file names it gives for its pictures, where `find` has one."""
        return media.attach(item, media_keys(item), find)

    def frame(self, note: Mapping[str, Any], item: str) -> bytes:
        """The bytes of one item for the frame log."""
        return wrap(note, item)

    def unframe(self, raw: bytes) -> tuple[str, Any]:
        """The item of a frame as its text and its value; ("", None) where the bytes are none of ours."""
        _, text, item = unwrap(raw)
        return text, item

    def read_frames(self, frames: LoggedFrames) -> Read:
        """The reading of a `stream.sources.Source`: rows of the `passes` table and what became of every frame.

        A frame that does not read gives no row and BAD_BODY.
        """
        reason = frames.reason.copy()
        passes, rows, notes = [], [], []
        for place in np.flatnonzero(reason == Reason.OK).tolist():
            note, _, item = unwrap(frames.raw[frames.start[place] : frames.end[place]].tobytes())
            reading = self.read(item, int(frames.received_at[place]))
            if reading.faults:
                reason[place] = Reason.BAD_BODY
                continue
            passes.append(reading.values)
            rows.append(place)
            notes.append(note)
        frame = np.array(rows, dtype=np.int64)
        columns = self.judged(passes, notes) | {"received_at": frames.received_at[frame]}
        table = {name: columns[name] for name in PASSES.stored if name in columns}
        nobody = np.full(len(reason), "")
        return Read(table | {"frame": frame}, reason, nobody, np.zeros(len(reason), np.uint16))

    def decode(self, frames: LoggedFrames, log: str = "weighing-0") -> Columns:
        """The rows of the `passes` table of all good frames of a log."""
        rows = self.read_frames(frames).rows
        frame = rows.pop("frame")
        return rows | {"log": np.full(len(frame), log), "frame_position": frames.position[frame]}

    def judged(self, passes: list[dict[str, Any]], notes: list[dict[str, Any]]) -> Columns:
        """Checked passes with what the law makes of them and what there is to doubt, as columns."""
        columns = as_columns(passes, notes)
        judged = self.under_law(columns)
        columns |= {name: judged[name] for name in JUDGED}
        columns["usable"] = self.evidence(columns["on"], **{name: columns[name] for name in CERTIFICATE})
        thresholds = self.thresholds(columns["on"], columns["axles"])
        sides = one_sided(passes, thresholds["one_sided_from_kg"])
        found = doubts_of({**columns, **axle_columns(passes), **sides, **thresholds})
        columns["doubt"] = np.array([told(doubts) for doubts in found], dtype=np.str_)
        columns["doubt_codes"] = np.fromiter(([code for code, _ in doubts] for doubts in found), object, len(found))
        columns["axle_kg"] = loads_column(passes)
        return columns

    def under_law(self, columns: Columns, readings: Mapping[str, str] | None = None) -> Columns:
        """All that the law makes of passes as columns, also what its steps are told from.

        `readings` are those of the edition that judged the passes before; without them, those in force on each day.
        """
        taken = {
            name: columns[name] for name in ("axles", "accuracy", "site_kind", *(trait.column for trait in TRAITS))
        }
        return dict(self.judge(columns["on"], columns["gross_kg"], readings=readings, **taken))


def as_columns(passes: list[dict[str, Any]], notes: list[dict[str, Any]]) -> Columns:
    """Checked values by field as arrays of one length, with the day in China (`on`) and the certificate's last day.

    The certificate registered at receipt, in the note, goes before what the device says of itself; only the note says
    from which day and for which speeds it holds.
    """
    columns: Columns = {
        name: np.array([one.get(name, "") for one in passes], dtype=np.str_) for name in TEXTS if name != "device"
    }
    columns["device"] = np.array(
        [note.get("device") or one.get("device", "") for one, note in zip(passes, notes, strict=True)], dtype=np.str_
    )
    for name in NUMBERS:
        columns[name] = np.array([one.get(name, np.nan) for one in passes], dtype=np.float64)
    for name in FLAGS:
        columns[name] = np.array([one.get(name, False) for one in passes], dtype=bool)
    for trait in TRAITS:
        columns[trait.column] = np.array([one.get(trait.key, trait.absent) for one in passes])
    registered = np.array([note.get("posted_kg", np.nan) for note in notes], dtype=np.float64)
    columns["posted_kg"] = np.fmin(columns["posted_kg"].astype(np.float64), registered)
    columns["accuracy"] = np.array([note.get("accuracy", np.nan) for note in notes], dtype=np.float64)
    columns["site_kind"] = np.array([note.get("site_kind", "") for note in notes], dtype=np.str_)
    columns["axles"] = np.array([one["axles"] for one in passes], dtype=np.int64)
    columns["time"] = np.array([to_micros(one["time"]) for one in passes], dtype=np.int64)
    columns["on"] = np.array([one["time"].astimezone(CHINA).date() for one in passes], dtype="datetime64[D]")
    columns["calibrated_to"] = np.array(
        [certificate(one, note) for one, note in zip(passes, notes, strict=True)], dtype="datetime64[D]"
    )
    columns["calibrated_from"] = np.array([note.get("calibrated_from") for note in notes], dtype="datetime64[D]")
    for name in ("speed_from", "speed_to"):
        columns[name] = np.array([note.get(name, np.nan) for note in notes], dtype=np.float64)
    sums = np.array([sum(one.get("axle_kg", ())) or np.nan for one in passes])
    columns["axle_sum_off"] = sums / columns["gross_kg"] - 1 if passes else sums
    columns["axle_groups"] = np.array([groups(one) for one in passes], dtype=np.str_)
    columns["media"] = np.array([media.written(one.get("media", [])) for one in passes], dtype=np.str_)
    return columns


def media_keys(item: Any) -> Collection[str]:
    """Keys of an item under which its media stand."""
    vendor = vendor_of(item) if isinstance(item, Mapping) else None
    return vendor.media if vendor else ("media", "photos")


def certificate(one: Mapping[str, Any], note: Mapping[str, Any]) -> Any:
    """The last day of the scale's certificate, None where nobody says."""
    return note.get("calibrated_to") or one.get("calibrated_to")


def groups(one: Mapping[str, Any]) -> str:
    """The axle-group code of a pass, else the sizes of its groups, else nothing."""
    if "type" in one:
        return str(one["type"])
    return "+".join(str(one.get("axle_groups") or ""))
