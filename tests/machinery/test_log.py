"""The frame log: what was made durable is read back byte for byte, after crashes, and while it grows."""

import errno
import os
import struct

import numpy as np
import pytest

from tonggui.stream.block import FRAMES_A_BLOCK, HEAD, PER_FRAME, place_of, position_of
from tonggui.stream.log import FrameLogReader, FrameLogWriter, LogDamaged, LogInUse, segments
from tonggui.wire.framing import Reason


def read_all(folder, limit_bytes=1 << 20):
    """Every frame of a log as (position, raw), the way a follower reads it."""
    found, position = [], 0
    with FrameLogReader(folder) as reader:
        while True:
            frames, following = reader.read(position, limit_bytes)
            if not len(frames):
                assert following == position
                return found
            raw = frames.raw.tobytes()
            rows = zip(frames.position, frames.start, frames.end, strict=True)
            found += [(int(p), raw[a:b]) for p, a, b in rows]
            position = following


def turn(raws, link=7):
    """Columns of one turn of the gateway, as `append_frames` takes them."""
    return (
        struct.pack(f"<{len(raws)}I", *[link] * len(raws)),
        struct.pack(f"<{len(raws)}I", *map(len, raws)),
        bytes(len(raws)),
        b"".join(raws),
    )


def test_frames_come_back_in_order_with_all_that_was_said_of_them(tmp_path):
    with FrameLogWriter(tmp_path) as writer:
        first = writer.append(b"~one~", link=3, reason=Reason.CHECKSUM, received_at=1_700_000_000_000_000)
        writer.append_frames(1_700_000_000_000_001, *turn([b"~two~", b"~three~"]))
        writer.sync()
    frames, _ = FrameLogReader(tmp_path).read(0)
    assert [frames.raw[a:b].tobytes() for a, b in zip(frames.start, frames.end, strict=True)] == [
        b"~one~",
        b"~two~",
        b"~three~",
    ]
    assert frames.link.tolist() == [3, 7, 7]
    assert frames.reason.tolist() == [Reason.CHECKSUM, Reason.OK, Reason.OK]
    assert frames.received_at.tolist() == [1_700_000_000_000_000] + [1_700_000_000_000_001] * 2
    assert frames.position[0] == first and (np.diff(frames.position.astype(np.int64)) > 0).all()


def test_a_position_finds_its_frame(tmp_path):
    with FrameLogWriter(tmp_path, segment_bytes=2000) as writer:
        for number in range(60):
            writer.append_frames(number, *turn([b"~%d-%d~" % (number, part) for part in range(number % 4 + 1)]))
    reader = FrameLogReader(tmp_path)
    frames = read_all(tmp_path, limit_bytes=300)
    assert len(segments(tmp_path)) > 2
    assert [reader.frame_at(position).raw for position, _ in frames] == [raw for _, raw in frames]
    with pytest.raises(KeyError):
        reader.frame_at(frames[-1][0] + 1)


def test_reading_goes_on_inside_a_block(tmp_path):
    with FrameLogWriter(tmp_path) as writer:
        writer.append_frames(0, *turn([b"a", b"bb", b"ccc"]))
    frames, _ = FrameLogReader(tmp_path).read(1)
    assert [frames.raw[a:b].tobytes() for a, b in zip(frames.start, frames.end, strict=True)] == [b"bb", b"ccc"]


def test_a_turn_larger_than_a_block_becomes_several(tmp_path):
    raws = [b"~%d~" % number for number in range(2 * FRAMES_A_BLOCK + 5)]
    with FrameLogWriter(tmp_path) as writer:
        writer.append_frames(0, *turn(raws))
    assert [raw for _, raw in read_all(tmp_path)] == raws


def test_positions_rise_across_blocks_and_fit_a_json_number():
    assert place_of(position_of(16 * 12345, 17)) == (16 * 12345, 17)
    assert position_of(0, FRAMES_A_BLOCK - 1) < position_of(HEAD.size, 0)
    assert position_of(35 * 10**12, 0) < 2**53


def test_a_reader_follows_a_growing_log(tmp_path):
    writer, reader = FrameLogWriter(tmp_path, segment_bytes=500), FrameLogReader(tmp_path)
    position, seen = 0, []
    for number in range(40):
        writer.append(b"~%d~" % number)
        frames, position = reader.read(position)
        seen.append(frames.raw.tobytes())
    writer.close()
    assert seen == [b"~%d~" % number for number in range(40)]


@pytest.mark.parametrize("cut", [20, 45, 75])
def test_a_torn_tail_is_set_aside_and_no_position_is_given_twice(tmp_path, cut):
    with FrameLogWriter(tmp_path) as writer:
        for number in range(3):
            last = writer.append(b"~a frame of some length %d~" % number)
    path = segments(tmp_path)[-1][1]
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size - cut)
    torn = path.read_bytes()
    with FrameLogWriter(tmp_path) as writer:
        again = writer.append(b"~after~")
    kept = [raw for _, raw in read_all(tmp_path)]
    assert kept == [b"~a frame of some length 0~", b"~a frame of some length 1~", b"~after~"]
    assert again > last
    (aside,) = tmp_path.glob("*.torn-*")
    assert path.read_bytes() + aside.read_bytes() == torn


def test_lost_padding_is_no_torn_block(tmp_path):
    with FrameLogWriter(tmp_path) as writer:
        writer.append(b"~whole~")
    path = segments(tmp_path)[-1][1]
    with path.open("r+b") as file:
        file.truncate(HEAD.size + PER_FRAME + len(b"~whole~"))
    FrameLogWriter(tmp_path).close()
    assert [raw for _, raw in read_all(tmp_path)] == [b"~whole~"]


def test_a_spoilt_block_in_the_middle_is_reported_not_skipped(tmp_path):
    with FrameLogWriter(tmp_path, segment_bytes=200) as writer:
        for number in range(9):
            writer.append(b"~%d~" % number)
    path = segments(tmp_path)[0][1]
    spoilt = bytearray(path.read_bytes())
    spoilt[HEAD.size + 9] ^= 1
    path.write_bytes(spoilt)
    with pytest.raises(LogDamaged, match=path.name):
        FrameLogReader(tmp_path).read(0)


def test_only_one_process_writes(tmp_path):
    with FrameLogWriter(tmp_path), pytest.raises(LogInUse):
        FrameLogWriter(tmp_path)
    FrameLogWriter(tmp_path).close()


def test_a_full_disk_leaves_the_log_whole_and_a_later_append_works(tmp_path, monkeypatch):
    writer = FrameLogWriter(tmp_path)
    writer.append(b"~kept~")
    writer.sync()
    write = os.writev

    def half_then_full(file, parts):
        write(file, [b"".join(parts)[:20]])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="No space left"):
        patch.setattr(os, "writev", half_then_full)
        writer.append(b"~refused~")
    writer.append(b"~later~")
    writer.close()
    assert [raw for _, raw in read_all(tmp_path)] == [b"~kept~", b"~later~"]


def test_an_unsynced_frame_is_taken_back_when_the_disk_fails(tmp_path, monkeypatch):
    writer = FrameLogWriter(tmp_path)
    writer.append(b"~kept~")
    writer.sync()
    lost = writer.append(b"~not durable~")

    def fails(_):
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="Input/output"):
        patch.setattr(os, "fdatasync", fails)
        writer.sync()
    assert writer.append(b"~later~") > lost
    writer.close()
    assert [raw for _, raw in read_all(tmp_path)] == [b"~kept~", b"~later~"]
