"""What a paragraph of any .docx really looks like, wherever Word or WPS have written it down.

Basis: ECMA-376 Part 1, 17.7.2 (style hierarchy): the run itself, its character style, the paragraph and its style with
all it is based on, the document's defaults; a face may be named by the theme.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml.ns import qn

from tonggui.base.errors import Problem

MOST_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one look: their face for Chinese, size in points (0: unknown) and colour ("": automatic)."""

    text: str
    face: str
    size: float
    colour: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph outside tables: its stretches, its side, the first indent in characters, its fixed line in points."""

    stretches: tuple[Stretch, ...]
    side: str
    first: float
    pitch: float

    @property
    def text(self) -> str:
        return "".join(each.text for each in self.stretches).strip()


class Opened:
    """A .docx that is looked at. Raises Problem for what is none."""

    def __init__(self, content: bytes, name: str) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as file:
                if sum(part.file_size for part in file.infolist()) > MOST_BYTES:
                    raise Problem(f"{name} 太大", do="请分成几份再检查")
            self.document = docx.Document(io.BytesIO(content))
        except Problem:
            raise
        except Exception as error:
            do = "请在 Word 或 WPS 中另存为 .docx 再检查"
            raise Problem(f"{name} 不是可以读取的 Word 文件：{type(error).__name__}", do=do) from None
        self.styles = {each.get(qn("w:styleId")): each for each in self.document.styles.element.iter(qn("w:style"))}
        self.usual = next((i for i, e in self.styles.items() if e.get(qn("w:default")) == "1" and _is_paragraph(e)), "")
        self.defaults = self.document.styles.element.find(qn("w:docDefaults"))
        themes = [part for part in self.document.part.package.iter_parts() if "/theme/" in str(part.partname)]
        found = re.findall(r'<a:(?:majorFont|minorFont)>.*?<a:ea typeface="([^"]*)"', _text(themes), re.S)
        self.theme = [*found, "", ""][:2]

    def lines(self) -> list[Line]:
        """The paragraphs of the body that carry words."""
        found = [self.line(each) for each in self.document.element.body.iterchildren(qn("w:p"))]
        return [line for line in found if line.text]

    def line(self, paragraph: Any) -> Line:
        properties = [each for each in self._of_paragraph(paragraph) if each is not None]
        stretches = tuple(self._stretches(paragraph))
        size = next((each.size for each in stretches if each.size), 16.0)
        side = _first(properties, "w:jc", "w:val") or "both"
        chars, twips = _first(properties, "w:ind", "w:firstLineChars"), _first(properties, "w:ind", "w:firstLine")
        first = float(chars) / 100 if chars and chars != "0" else float(twips or 0) / 20 / size
        exact = next((each.find(qn("w:spacing")) for each in properties if _pitch(each)), None)
        return Line(stretches, side, first, float(exact.get(qn("w:line"))) / 20 if exact is not None else 0.0)

    def _stretches(self, paragraph: Any) -> Iterator[Stretch]:
        base = [each.find(qn("w:rPr")) for each in self._styles_of(paragraph)]
        end = self.defaults.find(f".//{qn('w:rPr')}") if self.defaults is not None else None
        for run in paragraph.iter(qn("w:r")):
            words = "".join(each.text or "" for each in run.iterchildren(qn("w:t")))
            if not words:
                continue
            own = run.find(qn("w:rPr"))
            named = own.find(qn("w:rStyle")) if own is not None else None
            style = self.styles.get(named.get(qn("w:val"))) if named is not None else None
            chain = [own, *(each.find(qn("w:rPr")) for each in self._with_bases(style)), *base, end]
            looks = [each for each in chain if each is not None]
            size = _first(looks, "w:sz", "w:val")
            colour = _first(looks, "w:color", "w:val")
            yield Stretch(
                words, self._face(looks), float(size) / 2 if size else 0.0, "" if colour == "auto" else colour
            )

    def _face(self, looks: list[Any]) -> str:
        for look in looks:
            fonts = look.find(qn("w:rFonts"))
            if fonts is None:
                continue
            theme = fonts.get(qn("w:eastAsiaTheme"))
            if theme:
                return self.theme[0 if theme.startswith("major") else 1]
            if name := fonts.get(qn("w:eastAsia")):
                return name
        return ""

    def _of_paragraph(self, paragraph: Any) -> list[Any]:
        end = self.defaults.find(f".//{qn('w:pPr')}") if self.defaults is not None else None
        return [paragraph.find(qn("w:pPr")), *(each.find(qn("w:pPr")) for each in self._styles_of(paragraph)), end]

    def _styles_of(self, paragraph: Any) -> Iterator[Any]:
        named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return self._with_bases(self.styles.get(self.usual if named is None else named.get(qn("w:val"))))

    def _with_bases(self, style: Any) -> Iterator[Any]:
        seen = set()
        while style is not None and id(style) not in seen:
            seen.add(id(style))
            yield style
            based = style.find(qn("w:basedOn"))
            style = self.styles.get(based.get(qn("w:val"))) if based is not None else None


def _is_paragraph(style: Any) -> bool:
    return style.get(qn("w:type")) == "paragraph"


def _text(parts: list[Any]) -> str:
    return "".join(part.blob.decode("utf-8", "replace") for part in parts)


def _first(properties: list[Any], name: str, attribute: str) -> str:
    """The attribute of the nearest of the properties that says it."""
    for each in properties:
        element = each.find(qn(name))
        if element is not None and element.get(qn(attribute)) is not None:
            return element.get(qn(attribute))
    return ""


def _pitch(properties: Any) -> bool:
    spacing = properties.find(qn("w:spacing"))
    return spacing is not None and spacing.get(qn("w:lineRule")) == "exact" and bool(spacing.get(qn("w:line")))
