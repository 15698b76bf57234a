"""Framing: bytes of a connection become frames, whatever the cuts; the compiled form says what the plain one says."""

import random

import numpy as np
import pytest

from tonggui.base.native import native
from tonggui.protocols.jt808.frame import FRAMING, HEAD_2013, HEAD_2019
from tonggui.wire.framing import FRAME_COLUMNS, Reason, Rejected
from tonggui.wire.intake import CHUNKS_A_TURN, AnswerForm, Kind, PlainIntake, intake

HEARTBEAT = bytes.fromhex("0002000001380013800000ff")
POSITION_2019 = bytes.fromhex("0200400401" + "00000000013900000001" + "0007") + b"\x7d\x7e\x01\x02"
PART = bytes.fromhex("08012003013800138000000100050002") + b"abc"
FORMS = (
    AnswerForm(bytes.fromhex("80010005") + bytes(8 + 5), (4, 6), 10, 12, 14, 16),
    AnswerForm(bytes.fromhex("80014005") + bytes(13 + 5), (4, 11), 15, 17, 19, 21),
)


def test_frame_and_unframe_are_each_others_reverse():
    for clean in (HEARTBEAT, POSITION_2019, PART):
        raw = FRAMING.frame(clean)
        assert raw[0] == raw[-1] == 0x7E and 0x7E not in raw[1:-1]
        assert FRAMING.unframe(raw) == clean


def test_escaping_follows_the_worked_example_of_the_standard():
    """JT/T 808-2019, 4.4.2: 30 7e 08 7d 55 goes out as 7e 30 7d 02 08 7d 01 55 7e."""
    assert FRAMING.unescape(bytes.fromhex("307d02087d0155")) == (bytes.fromhex("307e087d55"), False)
    assert FRAMING.frame(bytes.fromhex("307e087d")) == bytes.fromhex("7e307d02087d013b7e")


def test_heads_of_both_editions_name_the_same_terminal_alike():
    old, new = FRAMING.head(HEARTBEAT), FRAMING.head(POSITION_2019)
    assert (old.layout, old.message_id, old.identity, old.serial) == (HEAD_2013, 0x0002, "13800138000", 0xFF)
    assert (new.layout, new.identity, new.serial) == (HEAD_2019, "13900000001", 7)
    assert POSITION_2019[new.body_start : new.body_end] == b"\x7d\x7e\x01\x02"
    part = FRAMING.head(PART)
    assert (part.part_total, part.part_index) == (5, 2) and PART[part.body_start :] == b"abc"


def test_a_terminal_that_sets_the_bit_of_2019_by_mistake_is_understood():
    wrong = bytearray(HEARTBEAT + b"xyz")
    wrong[2:4] = (0x4003).to_bytes(2, "big")
    assert FRAMING.head(bytes(wrong)).layout is HEAD_2013


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (FRAMING.frame(HEARTBEAT)[:-2] + b"\x00\x7e", Reason.CHECKSUM),
        (FRAMING.frame(HEARTBEAT + b"!"), Reason.LENGTH),
        (FRAMING.frame(HEARTBEAT[:8]), Reason.SHORT_HEAD),
        (b"\x7e\x01\x7d\x05\x7e", Reason.ESCAPE),
        (b"\x7e" + bytes(5000) + b"\x7e", Reason.OVERSIZE),
        (b"GET / HTTP/1.1\r\n", Reason.FOREIGN_PROTOCOL),
        (b"\x7e\x7e", Reason.SHORT_HEAD),
    ],
)
def test_a_bad_frame_has_its_reason(raw, reason):
    rejected = FRAMING.unframe(raw)
    assert isinstance(rejected, Rejected) and rejected.reason == reason and rejected.reason.label


def test_a_lone_escape_byte_is_kept_where_the_checksum_then_fits():
    clean = next(
        clean for clean in (HEARTBEAT[:-1] + bytes((last,)) for last in range(256)) if FRAMING.check(clean) == 0x7D
    )
    assert FRAMING.unframe(b"\x7e" + clean + b"\x7d\x7e") == clean


A, B = FRAMING.frame(HEARTBEAT), FRAMING.frame(POSITION_2019)


@pytest.mark.parametrize(
    ("stream", "pieces", "rest"),
    [
        (A + B, [A, B], b"\x7e"),
        (A + b"\x7e\x7e" + B, [A, B], b"\x7e"),
        (A + B[1:], [A, B], b"\x7e"),
        (b"junk" + A, [b"junk", A], b"\x7e"),
        (A[:-3], [], A[:-3]),
        (A + B[:5], [A], B[:5]),
        (b"junk only", [b"junk only"], b""),
        (b"", [], b""),
    ],
)
def test_a_stream_falls_into_pieces(stream, pieces, rest):
    found, left = FRAMING.split_reference(stream)
    assert [piece.raw for piece in found] == pieces and left == rest


def test_bytes_without_a_closing_flag_are_given_up():
    endless = b"\x7e" + b"x" * FRAMING.max_frame
    pieces, rest = FRAMING.split_reference(endless)
    assert [piece.reason for piece in pieces] == [Reason.OVERSIZE] and rest == b""


def noisy_frames(count, seed):
    """Good frames of all heads, and frames spoilt in one of several ways."""
    chance = random.Random(seed)
    for _ in range(count):
        head = chance.choice((HEARTBEAT[:2], b"\x02\x00", b"\x01\x02"))
        body = bytes(chance.choice((0x7D, 0x7E, 0x00, 0x31)) for _ in range(chance.randrange(40)))
        parts = chance.random() < 0.2
        attributes = (len(body) | (0x2000 if parts else 0)).to_bytes(2, "big")
        if chance.random() < 0.5:
            clean = head + attributes + bytes.fromhex("0138001380000011")
        else:
            attributes = bytes((attributes[0] | 0x40, attributes[1]))
            clean = head + attributes + b"\x01" + bytes.fromhex("000000000139000000012222")
        raw = bytearray(FRAMING.frame(clean + (b"\0\4\0\1" if parts else b"") + body))
        if chance.random() < 0.3:
            raw[chance.randrange(1, len(raw) - 1)] = chance.choice((0x7D, 0x31, 0x00))
        if chance.random() < 0.1:
            del raw[chance.randrange(1, len(raw) - 1)]
        yield bytes(raw)


@pytest.mark.skipif(native is None, reason="the compiled module is not built")
def test_a_batch_reads_as_its_frames_do_one_by_one():
    frames = [*noisy_frames(3000, 1), b"", b"\x7e", b"\x7e\x7e", b"no flag"]
    end = np.cumsum([len(raw) for raw in frames])
    raw, start = np.frombuffer(b"".join(frames), np.uint8), end - [len(raw) for raw in frames]
    fast, plain = FRAMING.batch(raw, start, end), FRAMING.batch_reference(raw, start, end)
    assert set(np.unique(plain.reason)) >= {Reason.OK, Reason.CHECKSUM, Reason.ESCAPE}
    for name in FRAME_COLUMNS:
        np.testing.assert_array_equal(getattr(fast, name), getattr(plain, name), err_msg=name)
        assert getattr(fast, name).dtype == getattr(plain, name).dtype
    for name, column in plain.head.items():
        np.testing.assert_array_equal(fast.head[name], column, err_msg=name)
        assert fast.head[name].dtype == column.dtype
    good = np.flatnonzero(plain.reason == Reason.OK)
    assert [FRAMING.unframe(frames[row]) for row in good[:100]] == [fast.frame(row) for row in good[:100]]


@pytest.mark.skipif(native is None, reason="the compiled module is not built")
def test_a_batch_whose_bounds_lie_outside_is_refused():
    one = np.array([0], np.int64)
    with pytest.raises(ValueError, match="inside raw"):
        FRAMING.batch(np.zeros(4, np.uint8), one, one + 5)


def forms_of_intake():
    kinds = {0x0102: Kind.SPECIAL, 0x0001: Kind.SILENT}
    plain = PlainIntake(FRAMING, kinds, FORMS, 3000)
    return [plain] if native is None else [plain, intake(FRAMING, kinds, FORMS, 3000)]


def split(form, inbox):
    """One turn: chunks as (slot, bytes) in, rows that need attention out."""
    for slot, data in inbox:
        form.receiver(slot, lambda at_once: None)(data)
    assert form.waiting() == len(inbox)
    return form.split()


@pytest.mark.parametrize("form", forms_of_intake(), ids=lambda form: type(form).__module__)
def test_a_turn_is_asked_for_once_and_urgently_when_too_much_waits(form):
    form.open(1, 1, -1)
    asked = []
    receive = form.receiver(1, asked.append)
    for _ in range(CHUNKS_A_TURN):
        receive(b"\x7e")
    assert asked == [False, True] and form.waiting() == CHUNKS_A_TURN
    assert form.split() == [] and form.waiting() == 0
    receive(b"\x7e")
    assert asked == [False, True, False] and form.heard_at(1) > 0


@pytest.mark.skipif(native is None, reason="the compiled module is not built")
@pytest.mark.parametrize("seed", range(5))
def test_both_intakes_say_the_same_of_any_stream_however_it_is_cut(seed):
    chance = random.Random(seed)
    plain, fast = forms_of_intake()
    for slot in range(3):
        for form in (plain, fast):
            form.open(slot, 100 + slot, -1)
            form.bind(slot, bytes.fromhex("013800138000") if slot else None)
    streams = [
        b"junk" * chance.randrange(3) + b"".join(noisy_frames(200, seed * 10 + slot)) + b"\x7e" + bytes(2500) + b"noise"
        for slot in range(3)
    ]
    while any(streams):
        inbox = []
        for slot in chance.choices(range(3), k=4):
            size = chance.choice((1, 3, 30, 400))
            inbox.append((slot, streams[slot][:size]))
            streams[slot] = streams[slot][size:]
        attention = split(plain, inbox)
        assert split(fast, inbox) == attention
        for row in attention:
            assert fast.row(row) == plain.row(row)
            for form in (plain, fast):
                form.mark(row, Reason.OK if row % 2 else Reason.NOT_AUTHENTICATED, row % 2)
        assert fast.columns() == plain.columns()
        assert fast.answer() == plain.answer()
        assert fast.dropped() == plain.dropped()
    assert [fast.close(slot) for slot in range(3)] == [plain.close(slot) for slot in range(3)]


@pytest.mark.parametrize("form", forms_of_intake(), ids=lambda form: type(form).__module__)
def test_answers_carry_serial_message_and_result(form):
    form.open(4, 1, -1)
    attention = split(form, [(4, A + B + A)])
    assert attention == [0, 1, 2]
    form.mark(2, Reason.UNKNOWN_TERMINAL, 1)
    ((slot, data),) = form.answer()
    answers = [FRAMING.unframe(piece.raw) for piece in FRAMING.split_reference(data)[0]]
    assert slot == 4 and [answer[-5:].hex() for answer in answers] == ["00ff000200", "0007020000", "00ff000201"]
    assert [FRAMING.head(answer).serial for answer in answers] == [0, 1, 2]
    assert {FRAMING.head(answer).identity for answer in answers} == {"13800138000", "13900000001"}
    form.bind(4, HEARTBEAT[4:10])
    assert split(form, [(4, A)]) == [] and form.next_serial(4) == 3
