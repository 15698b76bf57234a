"""Values for any message, drawn from its declaration."""

from datetime import datetime

from hypothesis import strategies as st

from tonggui.base.clock import SECOND, to_micros
from tonggui.wire.groups import Item, Repeat, Tlv
from tonggui.wire.kinds import BcdTime, Bits, Field, Number
from tonggui.wire.layout import Layout
from tonggui.wire.texts import Bcd, Raw, Text

LETTERS = st.sampled_from("ABCxyz019-_.粤鲁豫测试鉴权终端")


def editions(protocol, message) -> set[str]:
    """Every edition in which the protocol may read the message."""
    return {label for head in protocol.framing.heads for label in message.editions.get(head.name, (head.name,))}


@st.composite
def body_values(draw, message, edition: str):
    """Values of a whole body; counts and signs' flags are left to the encoder."""
    return draw(values_of(message.layout(edition)))


@st.composite
def values_of(draw, layout: Layout):
    counts = {line.count for line in layout.fields if isinstance(line, Repeat)}
    values = {}
    for line in layout.fields:
        if line.name not in counts and not isinstance(line, Bits):
            values[line.name] = draw(value_of(line, layout.edition))
    for line in layout.fields:
        if isinstance(line, Number) and line.negative_if:
            name, flag = line.negative_if
            negative = values[line.name] < 0
            values[name] = values[name] | int(flag) if negative else values[name] & ~int(flag)
    return values


def value_of(line: Field, edition: str):
    """A strategy for one field."""
    if isinstance(line, Tlv):
        return st.lists(item_of(line, edition), max_size=5)
    if isinstance(line, Repeat):
        return st.lists(values_of(line.member_in(edition)), max_size=4)
    if isinstance(line, Number):
        return number_of(line)
    if isinstance(line, BcdTime):
        start = to_micros(datetime(2000, 1, 1, tzinfo=line.zone))
        end = to_micros(datetime(2099, 12, 31, 23, 59, 59, tzinfo=line.zone))
        return st.integers(0, (end - start) // SECOND).map(lambda seconds: start + seconds * SECOND)
    if isinstance(line, Bcd):
        size = line.width(edition)
        return st.text("0123456789", min_size=2 * size, max_size=2 * size)
    if isinstance(line, Raw):
        size = line.width(edition)
        return st.binary(max_size=20) if size is None else st.binary(min_size=size, max_size=size)
    if isinstance(line, Text):
        size = line.width(edition)
        room = 40 if size is None else size // 2
        return st.text(LETTERS, min_size=1 if line.optional else 0, max_size=room)
    raise AssertionError(f"no values known for {type(line).__name__}; teach them here")


def number_of(line: Number):
    bits = 8 * line.bytes_
    if line.negative_if:
        top = 2 ** (bits - 1) - 1
        steps = st.integers(-top, top)
    elif line.sign == "twos":
        steps = st.integers(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    elif line.sign == "top":
        steps = st.integers(1 - 2 ** (bits - 1), 2 ** (bits - 1) - 1)
    else:
        steps = st.integers(0, 2**bits - 1)
    return steps.map(lambda step: step / line.per) if line.per != 1 else steps


@st.composite
def item_of(draw, tail: Tlv, edition: str):
    """A known item with values, or any key with any bytes."""
    key = draw(st.sampled_from(sorted(tail.of)) | st.integers(0, 2 ** (8 * tail.key.bytes_) - 1))
    known = tail.of.get(key)
    if known is None or draw(st.booleans()):
        raw = draw(st.binary(max_size=40))
        return Item(key, raw, known.read(raw, edition) if known else None)
    values = {line.name: draw(value_of(line, edition)) for line in known.fields if not isinstance(line, Bits)}
    values |= {line.name: line.read(None, values, edition) for line in known.fields if isinstance(line, Bits)}
    return Item(key, b"", values)
