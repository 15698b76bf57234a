"""A text as its lines: paragraphs of a .docx in their order, cells of its tables too, or the lines of a .txt."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from tonggui.base.errors import Problem

ENCODINGS = ("utf-8-sig", "gb18030")
MOST_CHARACTERS = 2_000_000


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its number in the file, from 1, and its text without the blanks around it."""

    number: int
    text: str


@dataclass(frozen=True)
class Text:
    """A text; blank lines are left out but counted."""

    lines: tuple[Line, ...]
    name: str = field(default="", compare=False)

    @classmethod
    def of(cls, written: str, name: str = "") -> "Text":
        """A text from its characters, a paragraph a line."""
        numbered = ((number, line.strip()) for number, line in enumerate(written.splitlines(), 1))
        return cls(tuple(Line(number, line) for number, line in numbered if line), name)

    @cached_property
    def year(self) -> int | None:
        """The year the text is about: of its title, else the one most of its dates have; None where there is none."""
        for line in self.lines[:3]:
            if found := re.search(r"(20\d\d)\s*年?.{0,12}(?:总结|报告|情况|通报|计划|要点|月报|简报)", line.text):
                return int(found[1])
        named = re.findall(r"(?<!\d)(20\d\d)年", "\n".join(line.text for line in self.lines))
        if not named:
            return None
        most = max(named, key=named.count)
        return int(most) if named.count(most) * 2 > len(named) else None


def read(path: Path) -> Text:
    """The text of a file. Raises Problem for one that is neither .docx nor text, or too long."""
    written = docx(path) if path.suffix.lower() == ".docx" else plain(path)
    if len(written) > MOST_CHARACTERS:
        raise Problem(f"{path.name} 超过 {MOST_CHARACTERS // 10_000} 万字", do="请分成几份再检查")
    return Text.of(written, path.name)


def plain(path: Path) -> str:
    """The characters of a text file, in UTF-8 or, as older files are, in GB 18030."""
    content = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Problem(f"{path.name} 不是文本文件", do="请提供 .docx 或 .txt（UTF-8 或 GB 18030 编码）")


def docx(path: Path) -> str:
    """The paragraphs of a Word file, a line each, in the order of the page."""
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(str(path))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise Problem(f"{path.name} 不是可以读取的 Word 文件：{error}", do="请另存为 .docx 再检查") from None
    return "\n".join(paragraph.replace("\n", " ") for paragraph in _paragraphs(document))


def _paragraphs(block: Any) -> Iterator[str]:
    """Every paragraph of a document or cell; a cell that spans columns is read once."""
    for part in block.iter_inner_content():
        if hasattr(part, "rows"):
            seen = set()
            for row in part.rows:
                for cell in row.cells:
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from _paragraphs(cell)
        else:
            yield part.text
