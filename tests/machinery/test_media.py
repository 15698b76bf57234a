"""Media of passes: kept under their hash, whole or not at all, of the kinds and sizes that are taken."""

import hashlib
import os

import pytest

from tonggui.base.site import Site
from tonggui.stream import media as module
from tonggui.stream.media import Media, OtherHash, TooLarge, WrongKind, content_type

JPEG = b"\xff\xd8\xff\xe0" + b"\x00\x10JFIF\x00" + bytes(200)
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(200)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)
WEBP = b"RIFF\x10\x00\x00\x00WEBP" + bytes(200)


@pytest.fixture
def site(tmp_path):
    return Site.at(tmp_path / "site")


@pytest.fixture
def media(site):
    return Media(site)


def left(media):
    return list(media.parts.iterdir())


@pytest.mark.parametrize(
    ("content", "kind"), [(JPEG, "image/jpeg"), (PNG, "image/png"), (WEBP, "image/webp"), (MP4, "video/mp4")]
)
def test_a_content_lies_under_its_hash(media, site, content, kind):
    name = media.put(content)
    assert name == hashlib.sha256(content).hexdigest()
    assert media.path(name) == site.data / "media" / name[:2] / name
    assert media.path(name).read_bytes() == content and content_type(content) == kind
    assert left(media) == [] and list(media.every()) == [media.path(name)]


def test_a_content_that_is_there_is_not_written_again(media):
    first = media.path(media.put(JPEG)).stat()
    with media.part() as part:
        part.write(JPEG[:5])
        part.write(JPEG[5:])
        assert part.keep() == (hashlib.sha256(JPEG).hexdigest(), False)
    second = media.path(media.put(JPEG)).stat()
    assert (first.st_ino, first.st_mtime_ns) == (second.st_ino, second.st_mtime_ns) and left(media) == []


def test_another_hash_than_announced_keeps_nothing(media):
    with pytest.raises(OtherHash, match="不一致"), media.part() as part:
        part.write(JPEG)
        part.keep("0" * 64)
    assert left(media) == [] and not list(media.every())


@pytest.mark.parametrize("content", [b"", b"\xff", b"GIF89a" + bytes(100), b"<html>" + bytes(100)])
def test_what_is_no_picture_or_video_is_refused(media, content):
    with pytest.raises(WrongKind, match="JPEG"):
        media.put(content)
    assert left(media) == []


def test_a_picture_may_be_less_large_than_a_video(media, monkeypatch):
    monkeypatch.setattr(module, "MOST_PICTURE_BYTES", 100)
    with pytest.raises(TooLarge, match="超过"):
        media.put(JPEG)
    assert media.path(media.put(MP4)) and left(media) == []


def test_a_name_that_is_no_hash_leads_nowhere(media):
    assert all(media.path(name) is None for name in ("", "..", "../../secrets/store", "A" * 64, "a" * 64, "part"))


def test_nothing_has_a_name_before_it_is_durable(media, monkeypatch):
    def broken(file):
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "fdatasync", broken)
    with pytest.raises(OSError, match="no space"):
        media.put(JPEG)
    assert left(media) == [] and not list(media.every())


def test_what_a_crash_left_is_swept_after_a_day(media):
    old, fresh = media.parts / "old", media.parts / "fresh"
    old.write_bytes(b"x")
    fresh.write_bytes(b"x")
    os.utime(old, (1, 1))
    media.sweep()
    assert left(media) == [fresh]


def test_a_dropped_content_is_gone(media):
    name = media.put(JPEG)
    assert media.drop(name) == len(JPEG) and media.path(name) is None and media.drop(name) == 0
