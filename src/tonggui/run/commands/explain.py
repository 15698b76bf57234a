"""A frame field by field: offset, bytes, name, value, unit, clause; broken frames with what is wrong.

Offsets count bytes of the unescaped frame from the first byte of its head.
"""

import argparse
import sys
import unicodedata

from tonggui.protocols.jt808 import JT808
from tonggui.wire.explain import Explanation, Line, explain

BYTES_SHOWN = 16


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("hex", nargs="+", metavar="HEX", help="the frame in hexadecimal, flags included")


def run(options: argparse.Namespace) -> int:
    try:
        frame = bytes.fromhex("".join(options.hex).removeprefix("0x"))
    except ValueError:
        print("这不是十六进制数据。请写成 7E0002…7E 这样的形式。", file=sys.stderr)
        return 2
    explanation = explain(JT808, frame)
    print(as_text(explanation))
    return 1 if any(line.fault for line in explanation.lines) else 0


def as_text(explanation: Explanation) -> str:
    """The explanation as a table for a terminal."""
    edition = f"（{explanation.edition}）" if explanation.edition else ""
    text = [f"{explanation.title}{edition}"]
    text += [f"！{problem}" for problem in explanation.problems]
    text.append("")
    rows: list[tuple[str, ...]] = [("偏移", "字节", "名称", "字段", "依据", "值")]
    rows += [row_of(line) for line in explanation.lines]
    widths = [max(width_of(row[column]) for row in rows) for column in range(len(rows[0]))]
    text += ["  ".join(padded(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    notes = [f"{line.title}：{line.reading}" for line in explanation.lines if line.reading]
    if notes:
        text += ["", "读法", *dict.fromkeys(notes)]
    return "\n".join(text)


def row_of(line: Line) -> tuple[str, ...]:
    shown = line.hex if len(line.hex) <= 2 * BYTES_SHOWN else f"{line.hex[: 2 * BYTES_SHOWN]}…"
    value = f"{line.value} {line.unit}" if line.unit and line.value else line.value
    return str(line.offset), shown, "  " * line.level + line.title, line.name, line.basis, value


def width_of(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def padded(text: str, width: int) -> str:
    return text + " " * (width - width_of(text))
