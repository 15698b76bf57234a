"""Ways in which real terminals misbehave, to be switched on in a simulation.

Each takes a terminal and the fix it should have reported, and sends something else in its place. What the platform must
do is the same for all: say what was wrong, count it, keep the bytes, and leave everybody connected.
"""

import datetime

from tonggui.base.clock import to_micros
from tonggui.protocols.jt808.terminal import Fix, Terminal

IN_2091 = to_micros(datetime.datetime(2091, 1, 1, tzinfo=datetime.UTC))


def wrong_checksum(terminal: Terminal, fix: Fix) -> None:
    terminal.report(fix, damage=lambda frame: frame[:-2] + bytes([_plain(frame[-2] ^ 0x55)]) + frame[-1:])


def length_that_lies(terminal: Terminal, fix: Fix) -> None:
    # The low byte of the body's length stands at offset 4 of a frame whose head needed no escape; the check is kept
    # right.
    terminal.report(
        fix, damage=lambda frame: frame[:4] + bytes([frame[4] ^ 1]) + frame[5:-2] + bytes([frame[-2] ^ 1]) + frame[-1:]
    )


def clock_in_2091(terminal: Terminal, fix: Fix) -> None:
    terminal.report(fix._replace(time=IN_2091 + fix.time % 86_400_000_000))


def nowhere(terminal: Terminal, fix: Fix) -> None:
    terminal.report(fix._replace(latitude=0.0, longitude=0.0))


def speed_in_metres_a_second(terminal: Terminal, fix: Fix) -> None:
    terminal.report(fix._replace(speed_kmh=fix.speed_kmh / 3.6))


def another_protocol(terminal: Terminal, fix: Fix) -> None:
    terminal.report(fix, damage=lambda frame: b"GET /status HTTP/1.1\r\nHost: example\r\n\r\n")


def _plain(byte: int) -> int:
    """A byte that needs no escape."""
    return byte ^ 0x10 if byte in (0x7D, 0x7E) else byte


FAULTS = [wrong_checksum, length_that_lies, clock_in_2091, nowhere, speed_in_metres_a_second, another_protocol]
