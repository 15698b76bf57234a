"""Tails: following all frame logs of a site, new ones included, from where the stream stands."""

from dataclasses import dataclass
from fnmatch import fnmatch

import numpy as np

from tonggui.base.site import Site
from tonggui.stream.block import LoggedFrames, place_of
from tonggui.stream.log import FrameLogReader, LogDamaged, segments
from tonggui.stream.sources import Source


@dataclass(slots=True)
class Stretch:
    """Frames of one log from a position up to another (not included)."""

    log: str
    source: Source
    frames: LoggedFrames
    start: int
    end: int


class Tails:
    """Readers of every log that a source claims; `ends` is where each will be read next."""

    def __init__(self, site: Site, sources: list[Source], ends: dict[str, int]) -> None:
        self._site, self._sources = site, sources
        self._readers: dict[str, tuple[Source, FrameLogReader]] = {}
        self.ends = dict(ends)
        self.damaged: dict[str, str] = {}

    def discover(self) -> None:
        """Take up logs that have appeared."""
        for folder in sorted(self._site.frame_logs.iterdir()):
            if folder.is_dir() and folder.name not in self._readers:
                source = next((s for s in self._sources if fnmatch(folder.name, s.logs)), None)
                if source is not None:
                    self._readers[folder.name] = (source, FrameLogReader(folder))

    def read(self, limit_bytes: int) -> list[Stretch]:
        """What has come since, about `limit_bytes` a log at most."""
        found = []
        for log, (source, reader) in self._readers.items():
            start = self.ends.get(log, 0)
            try:
                frames, end = reader.read(start, limit_bytes)
            except LogDamaged as damage:
                # One damaged log must not stop the others; it stays where it is until somebody has looked at it.
                self.damaged[log] = str(damage)
                continue
            if end != start:
                found.append(Stretch(log, source, frames, start, end))
                self.ends[log] = end
        return found

    def read_again(self, stretches: dict[str, tuple[int, int]]) -> list[Stretch]:
        """Exactly the frames of a plan."""
        self.discover()
        found = []
        for log, (start, end) in stretches.items():
            source, reader = self._readers[log]
            parts, at = [], start
            while at < end:
                frames, following = reader.read(at, 8 << 20)
                if following == at:
                    break
                parts.append(_before(frames, end))
                at = following
            found.append(Stretch(log, source, _joined(parts), start, end))
            self.ends[log] = end
        return found

    def backlog_bytes(self) -> dict[str, int]:
        """Bytes of each log that wait to be read."""
        waiting = {}
        for log, (_, reader) in self._readers.items():
            known = segments(reader.folder)
            end = known[-1][0] + known[-1][1].stat().st_size if known else 0
            waiting[log] = max(0, end - place_of(self.ends.get(log, 0))[0])
        return waiting

    def close(self) -> None:
        for _, reader in self._readers.values():
            reader.close()


def _before(frames: LoggedFrames, end: int) -> LoggedFrames:
    kept = int(np.searchsorted(frames.position, end))
    if kept == len(frames):
        return frames
    cut = {name: getattr(frames, name)[:kept] for name in ("position", "received_at", "link", "reason", "start", "end")}
    return LoggedFrames(raw=frames.raw, **cut)


def _joined(parts: list[LoggedFrames]) -> LoggedFrames:
    if len(parts) == 1:
        return parts[0]
    offsets = np.concatenate(([0], np.cumsum([len(part.raw) for part in parts])))

    def joined(name: str, kind: type) -> np.ndarray:
        return np.concatenate([getattr(part, name) for part in parts]) if parts else np.zeros(0, kind)

    return LoggedFrames(
        position=joined("position", np.uint64),
        received_at=joined("received_at", np.int64),
        link=joined("link", np.uint32),
        reason=joined("reason", np.uint8),
        raw=joined("raw", np.uint8),
        start=np.concatenate([part.start + at for part, at in zip(parts, offsets, strict=False)] or [np.zeros(0, int)]),
        end=np.concatenate([part.end + at for part, at in zip(parts, offsets, strict=False)] or [np.zeros(0, int)]),
    )
