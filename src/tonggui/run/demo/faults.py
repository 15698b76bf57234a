"""Ways in which real terminals misbehave, to be switched on in a simulation.

Each takes a terminal and the fix it should have reported, and sends something else in its place. What the platform must
do is the same for all: say what was wrong, count it, keep the bytes, and leave everybody connected. A terminal that
nobody registered is a fault of the ledger, not of a frame: `STRANGER` is such an identity.
"""

import asyncio
import datetime

from tonggui.base.clock import to_micros
from tonggui.protocols.jt808 import JT808
from tonggui.protocols.jt808.conformance import NOBODYS_MESSAGE, unframed
from tonggui.protocols.jt808.terminal import Fix, Identity, Terminal

HTTP_REQUEST = b"GET /status HTTP/1.1\r\nHost: example\r\n\r\n"
# The beginning of a TLS 1.2 ClientHello, up to its random.
TLS_HELLO = bytes.fromhex("1603010051010000 4d0303") + bytes(range(32))
IN_2091 = to_micros(datetime.datetime(2091, 1, 1, tzinfo=datetime.UTC))
STRANGER = Identity(phone="099999999999", plate="示A99999")


def wrong_checksum(terminal: Terminal, fix: Fix) -> None:
    terminal.report(fix, damage=_with_wrong_check)


def length_that_lies(terminal: Terminal, fix: Fix) -> None:
    terminal.report(fix, damage=_with_wrong_length)


def unknown_message(terminal: Terminal, fix: Fix) -> None:
    terminal.report(fix, damage=_under_another_number)


def clock_in_2091(terminal: Terminal, fix: Fix) -> None:
    terminal.report(fix._replace(time=IN_2091 + fix.time % 86_400_000_000))


def nowhere(terminal: Terminal, fix: Fix) -> None:
    terminal.report(fix._replace(latitude=0.0, longitude=0.0))


def speed_in_metres_a_second(terminal: Terminal, fix: Fix) -> None:
    terminal.report(fix._replace(speed_kmh=fix.speed_kmh / 3.6))


def another_protocol(terminal: Terminal, fix: Fix) -> None:
    _call_beside(terminal, HTTP_REQUEST)


def secure_hello(terminal: Terminal, fix: Fix) -> None:
    _call_beside(terminal, TLS_HELLO)


_calls: set[asyncio.Task[None]] = set()


def _call_beside(terminal: Terminal, data: bytes) -> None:
    """Another program calls at the terminals' port, says this and hangs up."""
    if terminal.transport is not None:
        terminal.tally.events["damaged"] += 1
        call = asyncio.create_task(_say(terminal.transport.get_extra_info("peername")[:2], data))
        _calls.add(call)
        call.add_done_callback(_calls.discard)


async def _say(address: tuple[str, int], data: bytes) -> None:
    _, writer = await asyncio.open_connection(*address)
    writer.write(data)
    writer.close()
    await writer.wait_closed()


def _with_wrong_check(frame: bytes) -> bytes:
    """The frame with one bit of its message's number turned over; that byte is 0 or 2, so no escape is touched."""
    return frame[:1] + bytes((frame[1] ^ 0x10,)) + frame[2:]


def _with_wrong_length(frame: bytes) -> bytes:
    """The frame with a longer body declared than it has, and a check byte that is right."""
    clean = bytearray(unframed(frame))
    clean[3] ^= 1
    return JT808.framing.frame(bytes(clean))


def _under_another_number(frame: bytes) -> bytes:
    clean = unframed(frame)
    return JT808.framing.frame(NOBODYS_MESSAGE.to_bytes(2, "big") + clean[2:])


FAULTS = [
    wrong_checksum,
    length_that_lies,
    unknown_message,
    clock_in_2091,
    nowhere,
    speed_in_metres_a_second,
    another_protocol,
    secure_hello,
]
