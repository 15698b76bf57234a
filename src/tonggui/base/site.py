"""A site: the one folder that holds everything a running Tonggui keeps, and where each thing lies in it.

Every process is given the folder (`--data DIR`) and nothing else; addresses of running processes, secrets, the frame
log, the store, the ledgers and the attachments are found from it.
"""

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Site:
    """Paths below one data folder. Asking for a folder makes it."""

    data: Path

    @classmethod
    def at(cls, data: str | os.PathLike[str]) -> "Site":
        return cls(Path(data).resolve())

    def folder(self, *parts: str) -> Path:
        path = self.data.joinpath(*parts)
        path.mkdir(parents=True, exist_ok=True)
        return path

    @property
    def ledgers_database(self) -> Path:
        return self.folder() / "ledgers.sqlite3"

    @property
    def frame_logs(self) -> Path:
        """One folder below it for each log: `jt808-0`, `weighing-0` and so on."""
        return self.folder("log")

    @property
    def store(self) -> Path:
        return self.folder("store")

    @property
    def stream_state(self) -> Path:
        return self.folder("stream")

    @property
    def fleet(self) -> Path:
        """Snapshots that the ledgers write for the telemetry plane: terminals, vehicles, areas."""
        return self.folder("fleet")

    @property
    def attachments(self) -> Path:
        return self.folder("attachments")

    @property
    def bureau_values(self) -> Path:
        """What the bureau has set in place of values that the law leaves to it (`law/overrides.py`)."""
        return self.data / "law" / "bureau.json"

    @property
    def documents(self) -> Path:
        return self.folder("documents")

    @property
    def authority(self) -> Path:
        """The certificate of the site's own authority, which phones are asked to trust; absent where others sign."""
        return self.folder("secrets", "tls") / "authority.pem"

    def secret(self, name: str) -> bytes:
        """32 random bytes kept under a name, made on first use, readable by the owner alone."""
        path = self.folder("secrets") / name
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return bytes.fromhex(path.read_text().strip())
        with os.fdopen(handle, "w") as file:
            value = secrets.token_bytes(32)
            file.write(value.hex())
        return value

    def announce(self, process: str, **address: Any) -> None:
        """A process says where it can be reached (host, port, pid); written whole or not at all."""
        write_whole(self.folder("run") / f"{process}.json", json.dumps({"pid": os.getpid(), **address}).encode())

    def address(self, process: str) -> dict[str, Any] | None:
        """What a process last announced, or None where it never ran."""
        try:
            return json.loads((self.folder("run") / f"{process}.json").read_bytes())
        except FileNotFoundError:
            return None


def write_whole(path: Path, content: bytes) -> None:
    """Replace a file so that a reader, or a crash, meets the old content or the new, never a part."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
