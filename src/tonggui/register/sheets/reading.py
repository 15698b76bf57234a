"""Reading a sheet that somebody sent (.xlsx, .xls, .csv), without trusting it.

The file is looked at before it is parsed: what it is, how large it unpacks, how far its cells reach. Values then come
from calamine, which never computes anything. Cells that hold formulas are found and refused, since a number that a
formula showed somewhere else is not a fact we were given.
"""

import csv
import hashlib
import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

import python_calamine

from tonggui.register.errors import Refused

FILE_LIMIT = 20 * 1024 * 1024
UNPACKED_LIMIT = 256 * 1024 * 1024
ROW_LIMIT = 50_000
COLUMN_LIMIT = 200
TEXT_LIMIT = 32_767
"""Characters that a cell of a spreadsheet can hold."""

_OLD_BOOK = bytes.fromhex("d0cf11e0a1b11ae1")
"""First bytes of an .xls file, as of every compound document of its time."""
_ADVICE = "请只保留需要导入的行，另存为“Excel 工作簿（.xlsx）”后再试。"
# One cell: its column and row, "/" where it is empty, and the beginning of a formula where it has one.
_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*?(/)?>(\s*<(?:\w+:)?f[\s>/])?")
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class Table:
    """What stood in a sheet: rows of raw values with the number each has there, and the (row, column) of formulas.

    `sheet` is the one read, `sheets` all visible ones. `merged`: top row, left column, bottom row, right column of
    each merged cell; rows count from 1 as the sender sees them, columns from 0.
    """

    name: str
    digest: str
    rows: list[tuple[int, list[Any]]]
    formulas: frozenset[tuple[int, int]]
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()


def read_table(file: BinaryIO, name: str, sheet: str = "") -> Table:
    """One sheet of a file, by default its first visible; Refused, in words for the sender, when it cannot be taken."""
    kind = _kind(file, name)
    formulas: frozenset[tuple[int, int]] = frozenset()
    if kind == "csv":
        rows, sheet, sheets, merged = _delimited(file), "", (), ()
    else:
        if kind == "xlsx":
            with _opened(file, name) as archive:
                parts = _visible_sheets(archive)
                sheet = sheet if sheet in parts else next(iter(parts))
                sheets, formulas = tuple(parts), _inspected(archive, parts[sheet])
        rows, merged, sheet, sheets = _calculated(file, sheet, () if kind == "xls" else sheets)
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Table(Path(name).name, digest, rows, formulas, sheet, sheets, merged)


def look_over(file: BinaryIO, name: str) -> None:
    """Refuse at once what the file's size and its table of contents already give away; `read_table` looks closer."""
    if _kind(file, name) == "xlsx":
        with _opened(file, name) as archive:
            _visible_sheets(archive)


def _kind(file: BinaryIO, name: str) -> str:
    """xlsx, xls or csv, by the first bytes and the name; Refused when the file is too large."""
    if (size := file.seek(0, 2)) > FILE_LIMIT:
        raise Refused(f"文件太大：{size // 1024 // 1024} MB，最多 {FILE_LIMIT // 1024 // 1024} MB。{_ADVICE}")
    file.seek(0)
    if file.read(8) == _OLD_BOOK:
        return "xls"
    return "csv" if Path(name).suffix.lower() in (".csv", ".txt", ".tsv") else "xlsx"


def _delimited(file: BinaryIO) -> list[tuple[int, list[Any]]]:
    """Rows of a text file: UTF-8 or GB 18030, divided by the sign that divides its first lines most evenly."""
    file.seek(0)
    data = file.read()
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise Refused(f"这个文件的文字编码无法识别。{_ADVICE}") from None
    if "\0" in text:
        raise Refused(f"这不是文字表格。{_ADVICE}")
    lines = text.splitlines()[:20]
    sign = max(("\t", ",", ";", "|"), key=lambda one: sum(line.count(one) for line in lines))
    found = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=sign), 1):
            if number > ROW_LIMIT + 20 or len(row) > COLUMN_LIMIT:
                raise Refused(f"表格太大：一次最多 {ROW_LIMIT} 行 {COLUMN_LIMIT} 列。{_ADVICE}")
            cells = [_plain(cell) for cell in row]
            if any(cell is not None for cell in cells):
                found.append((number, cells))
    except csv.Error as problem:
        raise Refused(f"这个文件读到第 {len(found) + 1} 行时出错：{problem}。{_ADVICE}") from None
    return found


@contextmanager
def _opened(file: BinaryIO, name: str) -> Iterator[zipfile.ZipFile]:
    """The archive that an .xlsx file is; what is wrong with it becomes Refused."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, NotImplementedError, RuntimeError, OSError):
        raise Refused(f"“{Path(name).name}”不是能读的 .xlsx 文件，或者加了密码。{_ADVICE}") from None


def _visible_sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of each visible sheet by its name, in order."""
    if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_LIMIT or len(archive.infolist()) > 2000:
        raise Refused(f"这个表格展开后太大，无法导入。{_ADVICE}")
    links = {
        link.get("Id"): link.get("Target", "")
        for link in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    sheets = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    found = {
        sheet.get("name", ""): posixpath.normpath(posixpath.join("/xl", links[sheet.get(_LINK)])).lstrip("/")
        for sheet in sheets
        if sheet.get("state", "visible") == "visible"
    }
    if not found:
        raise Refused(f"这个表格里没有可见的工作表。{_ADVICE}")
    return found


def _inspected(archive: zipfile.ZipFile, part: str) -> frozenset[tuple[int, int]]:
    """Cells with formulas of the sheet, once every part is known to unpack to what it claims.

    The sheet is read as bytes, piece by piece; a single cell placed a million rows down would otherwise make the parser
    build everything before it.
    """
    formulas = set()
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            rest = b""
            while piece := stream.read(1 << 20):
                if entry.filename != part:
                    continue
                if not rest and not piece.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
                    raise Refused(f"这个表格的编码无法识别。{_ADVICE}")
                text = rest + piece
                end = max(text.rfind(b"</"), text.rfind(b"/>")) + 2 if len(piece) == 1 << 20 else len(text)
                formulas |= _formulas(text[:end])
                rest = text[end:] or b" "
    return frozenset(formulas)


def _formulas(text: bytes) -> set[tuple[int, int]]:
    found = set()
    for cell in _CELL.finditer(text):
        row, column = int(cell[2]), column_index(cell[1].decode())
        if cell[3] is None and (row > ROW_LIMIT + 20 or column >= COLUMN_LIMIT):
            raise Refused(
                f"表格太大：第 {row} 行第 {column + 1} 列还有内容，一次最多 {ROW_LIMIT} 行 {COLUMN_LIMIT} 列。{_ADVICE}"
            )
        if cell[4]:
            found.add((row, column))
    return found


def column_index(letters: str) -> int:
    """0 for A, 26 for AA."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def _calculated(
    file: BinaryIO, wanted: str, sheets: tuple[str, ...]
) -> tuple[list[tuple[int, list[Any]]], tuple[tuple[int, int, int, int], ...], str, tuple[str, ...]]:
    """Rows and merged cells of a sheet as calamine reads them, its name, and the names of all visible sheets."""
    file.seek(0)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(file)
        if not sheets:
            visible = python_calamine.SheetVisibleEnum.Visible
            sheets = tuple(one.name for one in book.sheets_metadata if one.visible == visible)
            wanted = wanted if wanted in sheets else sheets[0]
        sheet = book.get_sheet_by_name(wanted)
        if sheet.total_height > ROW_LIMIT + 20 or sheet.total_width > COLUMN_LIMIT:
            raise Refused(f"表格太大：一次最多 {ROW_LIMIT} 行 {COLUMN_LIMIT} 列。{_ADVICE}")
        # Leading empty rows and columns are kept, so that places in messages are those the sender sees.
        rows = sheet.to_python(skip_empty_area=False)
        spans = sheet.merged_cell_ranges or ()
    except (python_calamine.CalamineError, IndexError) as problem:
        raise Refused(f"这个表格打不开，可能已损坏或加了密码。{_ADVICE}") from problem
    merged = tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in spans)
    found = []
    for number, row in enumerate(rows, 1):
        cells = [_plain(value) for value in row]
        if any(value is not None for value in cells):
            found.append((number, cells))
    return found, merged, wanted, sheets


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        value = value.strip()[: TEXT_LIMIT + 1]
    return None if value == "" else value
