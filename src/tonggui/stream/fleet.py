"""The fleet as the stream knows it: terminals by number, their vehicles, and the areas that concern them.

The ledgers write two small files (`fleet/terminals.json`, `fleet/areas.geojson`); they are read again when they change.
A terminal gets a number when it is first heard, and keeps it; everything else about it may change with the fleet.
"""

import json
import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from tonggui.base.site import Site
from tonggui.stream.fence import Fence

log = logging.getLogger(__name__)

PASSENGER, HAZMAT, FREIGHT, OTHER = range(4)
# Whom an area applies to, and the classes of vehicle each group takes in (两客一危一重货).
GROUPS = {"passenger": PASSENGER, "hazmat": HAZMAT, "freight": FREIGHT}
GROUP_OF_CLASS = {"coach": PASSENGER, "charter": PASSENGER, "hazmat": HAZMAT, "heavy": FREIGHT, "tractor": FREIGHT}


@dataclass(frozen=True, slots=True)
class Vehicle:
    """What the fleet says of a terminal's vehicle."""

    plate: str
    group: int
    limit_kmh: float


STRANGER = Vehicle("", OTHER, float("nan"))


class Fleet:
    """The two snapshots, read again when they change. A file that cannot be read leaves the fleet as it was."""

    def __init__(self, site: Site) -> None:
        self._terminals_file = site.fleet / "terminals.json"
        self._areas_file = site.fleet / "areas.geojson"
        self._seen: dict[Path, tuple[int, int] | None] = {}
        self.vehicles: dict[str, Vehicle] = {}
        self.areas = Areas([])
        self.reload()

    def reload(self) -> bool:
        """True where something changed."""
        changed = False
        if (terminals := self._changed(self._terminals_file)) is not None:
            self.vehicles = {t["phone"].lstrip("0") or "0": _vehicle(t) for t in terminals.get("terminals", [])}
            changed = True
        if (areas := self._changed(self._areas_file)) is not None:
            self.areas = Areas(areas.get("features", []))
            changed = True
        return changed

    def _changed(self, path: Path) -> dict[str, Any] | None:
        try:
            stat = path.stat()
            now = (stat.st_mtime_ns, stat.st_ino)
            if self._seen.get(path) == now:
                return None
            self._seen[path] = now
            return json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            log.error("%s 无法读取（%s），沿用原内容", path, error)
            return None


def _vehicle(terminal: dict[str, Any]) -> Vehicle:
    limit = terminal.get("limit_kmh")
    return Vehicle(
        terminal.get("plate") or "",
        GROUP_OF_CLASS.get(terminal.get("vehicle_class") or "", OTHER),
        float(limit) if limit else float("nan"),
    )


class Areas:
    """Watched areas: which of them a point lies in, and whom they concern. Numbers of areas are places in this list."""

    def __init__(self, features: list[dict[str, Any]]) -> None:
        self.polygons = [shapely.geometry.shape(feature["geometry"]) for feature in features]
        about = [feature["properties"] for feature in features]
        self.ids = [str(area["id"]) for area in about]
        self.kind = np.array([area.get("kind") or "" for area in about], dtype=object)
        self.limit_kmh = np.array([float(area.get("limit_kmh") or "nan") for area in about])
        self.concerns = np.ones((len(features), len(GROUPS) + 1), bool)
        for number, area in enumerate(about):
            group = GROUPS.get(area.get("applies_to") or "")
            if group is not None:
                self.concerns[number] = np.arange(len(GROUPS) + 1) == group
        self._fence = Fence(self.polygons)

    def __len__(self) -> int:
        return len(self.ids)

    def new_or_changed(self, before: "Areas") -> np.ndarray:
        """True for each area that was not there before, or lay elsewhere, or concerned others."""
        was = dict(zip(before.ids, before._shapes(), strict=True))
        return np.array([was.get(area) != shape for area, shape in zip(self.ids, self._shapes(), strict=True)], bool)

    def _shapes(self) -> list[tuple[Any, bytes]]:
        return [(polygon, row.tobytes()) for polygon, row in zip(self.polygons, self.concerns, strict=True)]

    def inside(self, latitude: np.ndarray, longitude: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """(row, area number) for every area a point (degrees) lies in, border included, that concerns its group."""
        if not len(self) or not len(latitude):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        row, area = self._fence.inside(latitude, longitude)
        kept = self.concerns[area, group[row]]
        return row[kept], area[kept]
