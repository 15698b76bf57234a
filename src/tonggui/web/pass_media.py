"""The pictures and videos of a pass for the eye: those that are here, and in words why another is not."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from tonggui.base.clock import CHINA, from_micros
from tonggui.protocols.weighing.media import KINDS
from tonggui.stream.media import HEAD_BYTES, Media, content_type
from tonggui.stream.references import References

ADDRESS = "/passes/media/{sha256}/"


@dataclass(frozen=True, slots=True)
class Seen:
    """One picture or video: what it shows, where it is shown, or `away` in words; `source` is where it came from."""

    title: str
    url: str = ""
    is_video: bool = False
    taken_at: str = ""
    sha256: str = ""
    source: str = ""
    away: str = ""


def seen(record: str, listed: list[dict[str, Any]]) -> tuple[Seen, ...]:
    """The media of a pass, known by point and number, in the order in which they were sent."""
    known = References(settings.SITE).resolved(record, listed)
    return tuple(_one(Media(settings.SITE), entry) for entry in known)


def _one(media: Media, entry: dict[str, Any]) -> Seen:
    kind, sha256, href = entry.get("kind"), entry.get("sha256", ""), entry.get("href", "")
    said = {"taken_at": entry.get("taken_at", ""), "sha256": sha256, "source": href}
    path = media.path(sha256) if sha256 else None
    if path is None:
        return Seen(KINDS.get(kind or "", "照片"), away=_why(entry), **said)
    with path.open("rb") as file:
        is_video = (content_type(file.read(HEAD_BYTES)) or "").startswith("video/")
    title = KINDS[kind] if kind else "视频" if is_video else "照片"
    return Seen(title, url=ADDRESS.format(sha256=sha256), is_video=is_video, **said)


def _why(entry: dict[str, Any]) -> str:
    if sha256 := entry.get("sha256"):
        at = References(settings.SITE).cleared_at(sha256)
        if at is None:
            return "检测点尚未上传"
        return f"已于 {from_micros(at).astimezone(CHINA):%Y-%m-%d} 按保存期清理"
    if "://" not in entry.get("href", ""):
        return "检测点只报了文件名，没有上传"
    return entry.get("fault") or "等待取回"
