"""A frame for the eye: its bytes as they came, each tied to its place in the explained table.

Tables of standards count bytes after unescaping and without flags; what arrived has both. A byte of the flags has no
place; the two bytes of an escape share one.
"""

from dataclasses import dataclass

from tonggui.protocols.jt808 import JT808
from tonggui.wire.explain import Explanation, Line, explain
from tonggui.wire.framing import Framing

BYTES_A_LINE = 16


@dataclass(frozen=True, slots=True)
class Byte:
    """One byte as received; `at` is its offset in the unescaped frame, None for a flag."""

    hex: str
    at: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A frame ready to be shown: what it is, what is wrong with it, its lines, its bytes sixteen a line."""

    title: str
    problems: tuple[str, ...]
    lines: tuple[Line, ...]
    rows: list[tuple[int, list[Byte]]]


def show_frame(raw: bytes) -> Shown:
    """Explain a frame of JT/T 808. Never raises for what `raw` holds."""
    explanation: Explanation = explain(JT808, raw)
    edition = f"（{explanation.edition} 版）" if explanation.edition else ""
    placed = byte_places(raw, JT808.framing)
    return Shown(explanation.title + edition, explanation.problems, explanation.lines, _rows(placed))


def show_bytes(title: str, problem: str, raw: bytes) -> Shown:
    """Bytes that nobody can explain, as they are."""
    placed = [Byte(f"{value:02X}", at) for at, value in enumerate(raw)]
    return Shown(title, (problem,), (), _rows(placed))


def byte_places(raw: bytes, framing: Framing) -> list[Byte]:
    """Every byte with its offset in the unescaped frame; a lone escape stands for itself, as it is read."""
    placed: list[Byte] = []
    offset = 0
    after_escape = False
    for index, value in enumerate(raw):
        if value == framing.flag:
            placed.append(Byte(f"{value:02X}", None))
            continue
        following = raw[index + 1] if index + 1 < len(raw) else None
        placed.append(Byte(f"{value:02X}", offset))
        opens_escape = value == framing.escape and not after_escape and following in framing.escapes
        offset += 0 if opens_escape else 1
        after_escape = opens_escape
    return placed


def _rows(placed: list[Byte]) -> list[tuple[int, list[Byte]]]:
    return [(at, placed[at : at + BYTES_A_LINE]) for at in range(0, len(placed), BYTES_A_LINE)]
