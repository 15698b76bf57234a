"""Reading a statement just far enough to run it: is it an insert with data behind it, and what does it return?

ClickHouse's HTTP interface puts the data of an insert behind the statement in one body. The engine wants the two apart
(the data are often binary), so the words of the statement are followed up to `FORMAT name`; strings, quoted names,
comments and brackets are stepped over. Everything else is left to the engine's own parser.
"""

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"""(?P<blank>\s+|--[^\n]*|/\*.*?\*/)
    |(?P<quoted>'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`)
    |(?P<word>\w+)
    |(?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)
_TRAILING_FORMAT = re.compile(rb"\bFORMAT\s+(\w+)\s*;?\s*\Z", re.IGNORECASE)
_READS = {b"SELECT", b"WITH", b"SHOW", b"DESCRIBE", b"DESC", b"EXISTS", b"EXPLAIN", b"CHECK"}
# Behind one of these the rest of an insert belongs to the statement itself.
_INLINE = {b"VALUES", b"SELECT", b"WITH", b"INFILE"}


@dataclass(frozen=True, slots=True)
class Insert:
    """An insert whose rows follow in a format: `head` is the statement without FORMAT, `data` the bytes behind it."""

    head: str
    format: str
    data: bytes


def split_insert(statement: bytes) -> Insert | None:
    """The parts of `INSERT … FORMAT name <data>`; None for every other statement, inline VALUES included."""
    tokens = _significant(statement)
    first = next(tokens, None)
    if first is None or first.group().upper() != b"INSERT":
        return None
    depth = 0
    for token in tokens:
        text = token.group()
        if text in (b"(", b")"):
            depth += 1 if text == b"(" else -1
        elif depth == 0 and token.lastgroup == "word":
            word = text.upper()
            if word in _INLINE:
                return None
            if word == b"FORMAT":
                name = next(tokens, None)
                if name is None:
                    return None
                return Insert(statement[: token.start()].decode(), name.group().decode(), _data(statement, name.end()))
    return None


def first_word(statement: bytes) -> bytes:
    """The first keyword of a statement in capitals; empty where there is none."""
    token = next((t for t in _significant(statement) if t.group() != b"("), None)
    return token.group().upper() if token else b""


def returns_rows(statement: bytes) -> bool:
    """True where the statement has a result set, even an empty one."""
    return first_word(statement) in _READS


def result_format(statement: bytes, default: str) -> str:
    """The format the result comes in: the statement's own, else the given one."""
    found = _TRAILING_FORMAT.search(statement)
    return found.group(1).decode() if found else default


def _significant(statement: bytes):
    return (token for token in _TOKEN.finditer(statement) if token.lastgroup != "blank")


def _data(statement: bytes, end: int) -> bytes:
    """What follows the name of the format: blanks up to the first line break are not data (as in ClickHouse)."""
    while end < len(statement) and statement[end : end + 1] in (b" ", b"\t", b"\r", b";"):
        end += 1
    if statement[end : end + 1] == b"\n":
        end += 1
    return statement[end:]
