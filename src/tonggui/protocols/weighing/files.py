"""Weighing passes from files: JSON lines, a JSON array, or CSV with our names, the titles or the vendors' names."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tonggui.base.errors import Problem
from tonggui.protocols.weighing.fields import FIELDS, from_text
from tonggui.protocols.weighing.vendors import vendor_of

MOST_BYTES = 512 << 20
KNOWN = {key: field.name for field in FIELDS for key in (field.name, field.title)} | {
    "photos": "media",
    "照片": "media",
}
"""Headings of our own form: names, titles, and the older name of the media."""


def read_file(path: Path) -> Iterator[tuple[int, str]]:
    """Each item of a file as its line (or place in an array) and its JSON text.

    Raises Problem for a file that is none of the three forms, too large, or without the columns a pass must have.
    """
    if path.stat().st_size > MOST_BYTES:
        raise Problem(f"{path.name} 超过 {MOST_BYTES >> 20} MB", do="请按日期分成几个文件再导入")
    content = decoded(path.read_bytes(), path.name)
    if path.suffix.lower() == ".csv":
        yield from csv_items(content, path.name)
    elif content.lstrip().startswith("["):
        for place, (item, _) in enumerate(array_items(content), 1):
            yield place, item
    else:
        for line_number, line in enumerate(content.splitlines(), 1):
            if line.strip():
                yield line_number, line.strip()


def decoded(content: bytes, name: str) -> str:
    """Text in UTF-8, with or without a mark, or in GB 18030, as Chinese spreadsheets write CSV."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Problem(f"{name} 不是文本文件", do="请另存为 UTF-8 编码的 CSV 或 JSON")


def csv_items(content: str, name: str) -> Iterator[tuple[int, str]]:
    """Rows of a CSV as JSON text under the names of the heading; cells become what they mean.

    Raises Problem where the columns of a pass are missing, or at the row that cannot be read.
    """
    rows = csv.DictReader(io.StringIO(content))
    try:
        yield from _items(rows, name)
    except csv.Error:
        raise Problem(
            f"{name} 第 {rows.line_num} 行读不下去", do="请检查引号是否成对；影像内容不要写在表格里，只写文件名或地址"
        ) from None


def _items(rows: "csv.DictReader[str]", name: str) -> Iterator[tuple[int, str]]:
    heading = [cell.strip() for cell in rows.fieldnames or []]
    vendor = vendor_of(dict.fromkeys(heading))
    if not vendor:
        missing = [field.title for field in FIELDS if field.required and not {field.name, field.title} & set(heading)]
        if missing:
            raise Problem(f"{name} 缺少列：{'、'.join(missing)}", do="第一行应为列名")
    rows.fieldnames = heading
    for row in rows:
        if vendor:
            item = {key: value for key, value in row.items() if key in vendor.names}
        else:
            item = {KNOWN[key]: from_text(KNOWN[key], value) for key, value in row.items() if key in KNOWN}
        yield rows.line_num, json.dumps(item, ensure_ascii=False)


def array_items(content: str) -> Iterator[tuple[str, Any]]:
    """Each element of a JSON array as its own text, exactly as written, and its value; an object is its own element.

    Raises Problem where the text is neither.
    """
    decoder = json.JSONDecoder()
    at = _past_blanks(content, 0)
    try:
        if not content.startswith("[", at):
            value, end = decoder.raw_decode(content, at)
            if not isinstance(value, dict) or _past_blanks(content, end) != len(content):
                raise ValueError("neither an array nor an object")
            yield content[at:end], value
            return
        at = _past_blanks(content, at + 1)
        while not content.startswith("]", at):
            value, end = decoder.raw_decode(content, at)
            yield content[at:end], value
            at = _past_blanks(content, end)
            if content.startswith(",", at):
                at = _past_blanks(content, at + 1)
            elif not content.startswith("]", at):
                raise ValueError("no comma between elements")
        if _past_blanks(content, at + 1) != len(content):
            raise ValueError("text after the array")
    except (ValueError, RecursionError) as error:
        raise Problem("不是 JSON 数组或对象", do="请发送 JSON 数组，每个元素为一条过车记录") from error


def _past_blanks(content: str, at: int) -> int:
    while at < len(content) and content[at] in " \t\r\n":
        at += 1
    return at
