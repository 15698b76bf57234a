"""Pictures and videos of passes, each kept under the SHA-256 of its content.

They lie in the site under media/<first two digits>/<hash>. A file is written aside, made durable (file, then folder)
and only then given its name: what has a name is whole, whatever ends the process. What is there is never written
again, so content that comes twice is one file, and a file cannot be changed without its name giving that away.

What a file is, is read from its first bytes, never from what the sender says.
"""

import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tonggui.base.errors import Problem
from tonggui.base.site import Site

MOST_PICTURE_BYTES = 16 << 20
MOST_VIDEO_BYTES = 128 << 20
HEAD_BYTES = 12
LEFT_OVER_SECONDS = 86_400
_HASH = re.compile(r"[0-9a-f]{64}")


class WrongKind(Problem):
    """Content that is none of the kinds kept here."""


class TooLarge(Problem):
    """Content beyond the limit of its kind."""


class OtherHash(Problem):
    """Content whose hash is not the one it was announced under."""


def content_type(head: bytes) -> str | None:
    """The media type that the first HEAD_BYTES of a content say, None where it is none of ours."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return "video/mp4" if head[4:8] == b"ftyp" else None


def most_bytes(kind: str) -> int:
    """How large a content of a media type may be."""
    return MOST_VIDEO_BYTES if kind.startswith("video/") else MOST_PICTURE_BYTES


@dataclass(frozen=True, slots=True)
class Media:
    """The media of a site."""

    site: Site

    def put(self, content: bytes) -> str:
        """Keep a content durably and give its hash. Raises WrongKind, TooLarge, or OSError where the disk fails."""
        with self.part() as part:
            part.write(content)
            return part.keep()[0]

    def part(self) -> "Part":
        """A content that comes piece by piece."""
        return Part(self)

    def path(self, sha256: str) -> Path | None:
        """Where the content of a hash lies; None where it is not here."""
        if not _HASH.fullmatch(sha256):
            return None
        path = self._place(sha256)
        return path if path.is_file() else None

    def drop(self, sha256: str) -> int:
        """Take a content away; how many bytes that frees."""
        path = self.path(sha256)
        if path is None:
            return 0
        size = path.stat().st_size
        path.unlink()
        return size

    def every(self) -> Iterator[Path]:
        """Every content that is kept."""
        return (path for path in self._root.glob("[0-9a-f][0-9a-f]/*") if _HASH.fullmatch(path.name))

    def sweep(self) -> None:
        """Take away what was being written when a process ended, once it is a day old."""
        for path in self.parts.iterdir():
            if time.time() - path.stat().st_mtime > LEFT_OVER_SECONDS:
                path.unlink(missing_ok=True)

    @property
    def parts(self) -> Path:
        return self.site.folder("media", "part")

    @property
    def _root(self) -> Path:
        return self.site.folder("media")

    def _place(self, sha256: str) -> Path:
        return self.site.data / "media" / sha256[:2] / sha256


class Part:
    """A content while it comes; left without `keep`, nothing of it stays."""

    def __init__(self, media: Media) -> None:
        self._media = media
        number, name = tempfile.mkstemp(dir=media.parts)
        self._file, self._path = open(number, "wb"), Path(name)  # noqa: SIM115
        self._hash, self._head, self._most = hashlib.sha256(), b"", 0
        self.size = 0

    def write(self, piece: bytes) -> None:
        """Take the next piece. Raises WrongKind or TooLarge as soon as that is known."""
        if len(self._head) < HEAD_BYTES:
            self._head += piece[: HEAD_BYTES - len(self._head)]
            if len(self._head) == HEAD_BYTES:
                self._most = most_bytes(self._kind())
        self.size += len(piece)
        if self._most and self.size > self._most:
            raise TooLarge(f"文件超过 {self._most >> 20} MB", do="请压缩后再传")
        self._hash.update(piece)
        self._file.write(piece)

    def keep(self, announced: str = "") -> tuple[str, bool]:
        """Make the content durable under its hash; the hash, and whether it is new here.

        Raises OtherHash where the content was `announced` under another one, WrongKind where it is too short to be any.
        """
        self._kind()
        found = self._hash.hexdigest()
        if announced and found != announced:
            raise OtherHash(f"内容的 SHA-256 为 {found}，与地址中的 {announced} 不一致", do="请核对文件后重传")
        if self._media.path(found):
            return found, False
        self._file.flush()
        os.fdatasync(self._file.fileno())
        place = self._media._place(found)
        if not place.parent.is_dir():
            place.parent.mkdir(exist_ok=True)
            _sync_folder(place.parent.parent)
        os.rename(self._path, place)
        _sync_folder(place.parent)
        return found, True

    def _kind(self) -> str:
        kind = content_type(self._head)
        if kind is None:
            raise WrongKind("不是 JPEG、PNG、WebP 图片或 MP4 视频", do="请转换格式后再传")
        return kind

    def __enter__(self) -> "Part":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()
        self._path.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
