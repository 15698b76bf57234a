"""How far a reader of the store has come, kept in the site. Losing it costs a second reading, never a double record."""

import json
from dataclasses import dataclass
from pathlib import Path

from tonggui.base.site import Site, write_whole


@dataclass(slots=True)
class Cursor:
    """The highest version that has been brought in, under a name."""

    path: Path
    version: int = 0

    @classmethod
    def of(cls, site: Site, name: str) -> "Cursor":
        path = site.folder("bridge") / f"{name}.json"
        try:
            return cls(path, int(json.loads(path.read_bytes())["version"]))
        except FileNotFoundError:
            return cls(path)

    def move_to(self, version: int) -> None:
        self.version = version
        write_whole(self.path, json.dumps({"version": version}).encode())
