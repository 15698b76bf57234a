"""A text as its lines: the lines of a .txt, or the paragraphs of a .docx, those in cells of its tables too."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tonggui.base.errors import Problem
from tonggui.texts.wordfile import Cell, paragraphs

ENCODINGS = ("utf-8-sig", "gb18030")
BYTE_ORDERS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
MOST_CHARACTERS = 2_000_000
_KINDS = "总结|报告|汇报|情况|通报|计划|要点|月报|季报|简报|方案|小结"
_TITLE = re.compile(rf"(20\d\d)\s*年?(?!\d).{{0,24}}(?:{_KINDS})")
_DATED = re.compile(r"(?<!\d)(20\d\d)年")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its number in the file, from 1, its text without the blanks around it, how many stood before it.

    A line in a table of a Word file says which cell it fills.
    """

    number: int
    text: str
    indent: int = 0
    cell: Cell | None = None


@dataclass(frozen=True)
class Text:
    """A text; blank lines are left out but counted."""

    lines: tuple[Line, ...]
    name: str = field(default="", compare=False)

    @classmethod
    def of(cls, written: str, name: str = "") -> "Text":
        """A text from its characters, a paragraph a line, whatever ends a line where it was written."""
        return cls.of_lines(((line, None) for line in re.split(r"\r\n|\r|\n", written)), name)

    @classmethod
    def of_lines(cls, written: Iterable[tuple[str, Cell | None]], name: str = "") -> "Text":
        """A text from its lines and the cells they stand in."""
        lines = []
        for number, (line, cell) in enumerate(written, 1):
            if words := line.strip(BLANKS):
                lines.append(Line(number, words, len(line) - len(line.lstrip(BLANKS)), cell))
        return cls(tuple(lines), name)

    @cached_property
    def whole(self) -> str:
        """All lines as one string, for what is asked of the text at large."""
        return "\n".join(line.text for line in self.lines)

    @cached_property
    def titled_year(self) -> int | None:
        """The year its title says."""
        found = next(
            (hit for line in self.lines[:4] if len(line.text) <= 60 and (hit := _TITLE.search(line.text))), None
        )
        return int(found[1]) if found else None

    @cached_property
    def year(self) -> int | None:
        """The year the text is about: of its title, else the one most of its dates have; None where there is none."""
        if self.titled_year:
            return self.titled_year
        named = _DATED.findall(self.whole)
        if not named:
            return None
        most = max(named, key=named.count)
        return int(most) if named.count(most) * 2 > len(named) else None


BLANKS = " \t\u3000\u00a0\ufeff\u200b\x0b\x0c"


def read(path: Path) -> Text:
    """The text of a file. Raises Problem for one that is neither .docx nor text, or too long."""
    if path.is_dir():
        raise Problem(f"{path.name} 是文件夹，不是文件", do="请写出 .docx 或 .txt 文件的名称")
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Problem(f"找不到文件 {path}", do="请核对文件的位置和名称") from None
    except OSError as error:
        raise Problem(f"{path} 打不开：{error.strerror}", do="请核对文件的权限") from None
    return read_content(content, path.name)


def read_content(content: bytes, name: str) -> Text:
    """The text of a file's bytes, by its name. Raises Problem like `read`."""
    if name.lower().endswith(".doc"):
        raise Problem(f"{name} 是旧版 Word 文件", do="请在 Word 或 WPS 中另存为 .docx 再检查")
    word = name.lower().endswith(".docx")
    text = Text.of_lines(paragraphs(content, name), name) if word else Text.of(plain(content, name), name)
    if len(text.whole) > MOST_CHARACTERS:
        raise Problem(f"{name} 超过 {MOST_CHARACTERS // 10_000} 万字", do="请分成几份再检查")
    return text


def plain(content: bytes, name: str) -> str:
    """The characters of a text file, in UTF-8 or, as older files are, in GB 18030; UTF-16 with its mark."""
    for encoding in (BYTE_ORDERS.get(content[:2]), *ENCODINGS):
        try:
            written = content.decode(encoding) if encoding else None
        except UnicodeDecodeError:
            continue
        if written is not None and "\x00" not in written:
            return written
    raise Problem(f"{name} 不是文本文件", do="请提供 .docx 或 .txt（UTF-8 或 GB 18030 编码）")
