"""Which column of somebody's sheet fills which field: found, proposed, corrected by a person, and remembered.

A bureau's own sheets have merged heads over two or three rows, other words for the same thing, units in the head or in
a line above it, totals and notes below. A `Mapping` says how such a sheet is read; `proposal` makes the first one.
"""

import difflib
import hashlib
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tonggui.base import units
from tonggui.register.kinds import Kind, Month
from tonggui.register.sheets.layout import HEAD_ROWS, VERSION, importable, normal, required
from tonggui.register.sheets.reading import Table
from tonggui.register.sheets.tidy import tidied

#: Head rows that one sheet may have: 起讫点 over 起点 and 终点 makes two.
DEEPEST = 3
LONGEST_HEAD = 40
SAMPLES = 3
LIKE = 0.6
"""Likeness from which a head is proposed for a field; a person looks at it before it is used."""
_UNIT_LINE = re.compile(r"单位\s*[:：]\s*([^\s，,；;）)]+)")
_BRACKET = re.compile(r"[（(\[【]([^）)\]】]*)[）)\]】]")
_TOTAL = re.compile(r"(合|小|总|累)计[:：]?|本页小计|总数")
_NOTE = re.compile(r"(注|备注|说明|填表人|填报人|制表人|审核人|负责人|填报单位|联系电话|填表日期)\s*[:：].*")
# Words that bureaus use for the same thing in the heads of their sheets.
_SAME = (
    "公司 公司名称 企业 企业名称 单位名称 业户 业户名称 所属企业 所属公司 受检企业",
    "号牌号码 车牌号 车牌号码 车牌 车号 牌照",
    "号牌颜色 车牌颜色 牌照颜色",
    "统一社会信用代码 信用代码 社会信用代码",
    "联系电话 电话 手机 手机号 手机号码 联系方式",
    "姓名 人员姓名 驾驶员 驾驶员姓名",
    "隐患内容 问题描述 存在问题 存在隐患 隐患描述",
    "等级 隐患等级 隐患级别 级别",
    "领域 行业 行业领域 所属行业",
    "发现日期 发现时间 排查时间 排查日期",
    "检查日期 检查时间",
    "整改期限 整改时限 完成时限 整改限期",
    "整改责任人 责任人",
    "整改完成日期 完成时间 完成日期",
    "位置 经纬度 坐标",
    "所在乡镇 乡镇 镇街 所在镇",
    "所属单位 填报单位 责任单位 主管单位",
)
_GROUP = {word: number for number, words in enumerate(_SAME) for word in words.split()}


@dataclass
class Column:
    """One column of the sheet: its head, some cells, and the field it fills ("" none, with the unit it is given in)."""

    at: int
    head: str
    samples: list[str]
    field: str = ""
    unit: str = ""
    likeness: float = 0.0


@dataclass
class Mapping:
    """How a sheet is read. Rows are numbered as the sender sees them; `fixed` fills fields that have no column."""

    sheet: str
    first: int
    last: int
    columns: list[Column]
    fixed: dict[str, str] = field(default_factory=dict)
    version_at: int | None = None
    sheets: list[str] = field(default_factory=list)

    @property
    def fields(self) -> dict[int, str]:
        return {column.at: column.field for column in self.columns if column.field}

    @property
    def signature(self) -> str:
        """What makes two sheets the same form: their heads, in order."""
        heads = "\n".join(f"{column.at} {normal(column.head)}" for column in self.columns)
        return hashlib.sha256(heads.encode()).hexdigest()

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "columns": [vars(column) for column in self.columns]}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Mapping":
        return cls(**{**data, "columns": [Column(**column) for column in data["columns"]]})

    def with_choices_of(self, other: "Mapping") -> "Mapping":
        """This sheet read as another of the same form was."""
        chosen = {column.at: column for column in other.columns}
        columns = [
            Column(c.at, c.head, c.samples, chosen[c.at].field, chosen[c.at].unit, c.likeness) for c in self.columns
        ]
        return Mapping(self.sheet, self.first, self.last, columns, dict(other.fixed), self.version_at, self.sheets)

    def faults(self, bound: Any) -> list[str]:
        """Why the sheet cannot be read so: a field filled twice, a field that a new row must have left out."""
        filled = list(self.fields.values())
        twice = sorted({name for name in filled if filled.count(name) > 1})
        found = [f"“{bound.kinds[name].label}”选了两列，请只留一列。" for name in twice]
        present = {*filled, *(name for name, value in self.fixed.items() if value)}
        keys = {key for key in bound.sheet.keys if key != "number"}
        if len(present) > 1 and ("number" in present or (keys and keys <= present)):
            return found
        return found + [
            f"没有一列对应“{bound.kinds[name].label}”：新增的行必须有它。请选一列，或在下面给所有行填同一个值。"
            for name in required(bound)
            if name not in present
        ]

    def rows(self, bound: Any, table: Table) -> tuple[list[dict[str, Any]], int]:
        """Rows below the heads as the check takes them, and how many were left out as totals or notes."""
        cells = filled_down(table, self.last)
        taken, left_out = [], 0
        for number, row in cells:
            if number <= self.last:
                continue
            if is_total(row) or is_note(row):
                left_out += 1
                continue
            values: dict[str, Any] = dict.fromkeys(self.fixed)
            for column in self.columns:
                if column.field:
                    raw = row[column.at] if column.at < len(row) else None
                    values[column.field] = tidied(bound.kinds[column.field], raw, self._factor(bound, column))
            formulas = [name for at, name in self.fields.items() if (number, at) in table.formulas]
            if not formulas and all(values[name] is None for name in self.fields.values()):
                continue
            values |= {name: value for name, value in self.fixed.items() if value}
            found: dict[str, Any] = {"row": number, "values": values, "formulas": formulas}
            if self.version_at is not None and self.version_at < len(row):
                version = row[self.version_at]
                found["version"] = int(version) if isinstance(version, int | float) else None
            taken.append(found)
        return taken, left_out

    @staticmethod
    def _factor(bound: Any, column: Column) -> Decimal | None:
        return units.factor(column.unit, bound.kinds[column.field].unit) if column.unit else None


def proposal(bound: Any, table: Table, head: tuple[int, int] | None = None) -> Mapping:
    """The best guess at a sheet: its head rows (or those given), and for each column the field it resembles most."""
    first, last = head or _head_rows(bound, table)
    heads = head_texts(table, first, last)
    above = " ".join(str(cell) for number, row in table.rows if number < first for cell in row if cell is not None)
    line_unit = next((text for text in _UNIT_LINE.findall(above) if units.is_unit(text)), "")
    columns = [Column(at, text, _samples(table, last, at)) for at, text in heads.items() if text != VERSION]
    version_at = next((at for at, text in heads.items() if text == VERSION), None)
    for column, name, likeness in _best_pairs(bound, columns):
        column.field, column.likeness = name, likeness
        column.unit = _unit_of(bound.kinds[name], column.head, line_unit)
    return Mapping(table.sheet, first, last, columns, {}, version_at, list(table.sheets))


def head_texts(table: Table, first: int, last: int) -> dict[int, str]:
    """Text of each column's head: the rows of the head from above, a merged cell standing over all that it covers."""
    rows = {number: list(row) for number, row in table.rows if first <= number <= last}
    for top, left, bottom, right in table.merged:
        if first <= top <= last and top in rows and left < len(rows[top]):
            for number in range(top, min(bottom, last) + 1):
                row = rows.setdefault(number, [])
                row.extend([None] * (right + 1 - len(row)))
                for at in range(left, right + 1):
                    row[at] = rows[top][left]
    texts: dict[int, list[str]] = {}
    for number in sorted(rows):
        for at, cell in enumerate(rows[number]):
            text = re.sub(r"\s+", "", str(cell)) if cell is not None else ""
            if text and text not in texts.setdefault(at, []):
                texts[at].append(text)
    return {at: "·".join(parts) for at, parts in sorted(texts.items()) if parts}


def filled_down(table: Table, below: int) -> list[tuple[int, list[Any]]]:
    """The rows with what is merged over several of them filled in each (乡镇 written once for its villages)."""
    tall = [(top, left, bottom) for top, left, bottom, _ in table.merged if bottom > top > below]
    if not tall:
        return table.rows
    rows = {number: list(row) for number, row in table.rows}
    for top, left, bottom in tall:
        value = rows[top][left] if top in rows and left < len(rows[top]) else None
        for number in range(top + 1, bottom + 1):
            if number in rows and left < len(rows[number]):
                rows[number][left] = value
    return sorted(rows.items())


def is_total(row: list[Any]) -> bool:
    """合计, 小计: a row that sums others is not a record."""
    words = [re.sub(r"\s", "", cell) for cell in row[:4] if isinstance(cell, str)]
    return any(_TOTAL.fullmatch(word) for word in words)


def is_note(row: list[Any]) -> bool:
    """注：…, 填表人：…: what stands below a table."""
    words = [cell for cell in row if cell is not None]
    return bool(words) and isinstance(words[0], str) and bool(_NOTE.fullmatch(words[0])) and len(words) <= 4


def _head_rows(bound: Any, table: Table) -> tuple[int, int]:
    """First and last row of the head: the span whose columns resemble most fields; of equals the shorter one."""
    numbers = [number for number, _ in table.rows[:HEAD_ROWS]]
    spans = [(first, last) for at, first in enumerate(numbers) for last in numbers[at : at + DEEPEST]]

    def resemblance(span: tuple[int, int]) -> float:
        heads = {at: text for at, text in head_texts(table, *span).items() if len(text) <= LONGEST_HEAD}
        columns = [Column(at, text, []) for at, text in heads.items()]
        return sum(score for _, _, score in _best_pairs(bound, columns)) - (span[1] - span[0]) * LIKE / 2

    return max(spans, key=resemblance)


def _best_pairs(bound: Any, columns: list[Column]) -> list[tuple[Column, str, float]]:
    """Columns with the field that each resembles most, the surest first, no field and no column twice."""
    labels = importable(bound)
    scored = [
        (likeness, column, name)
        for column in columns
        for label, name in labels.items()
        if (likeness := _likeness(column.head, label)) >= LIKE
    ]
    pairs, used_columns, used_fields = [], set(), set()
    for likeness, column, name in sorted(scored, key=lambda one: (-one[0], one[1].at)):
        if column.at not in used_columns and name not in used_fields:
            used_columns.add(column.at)
            used_fields.add(name)
            pairs.append((column, name, likeness))
    return pairs


def _likeness(head: str, label: str) -> float:
    """How much a head resembles a label, from 0 to 1; the last part of a merged head counts as well as the whole."""
    return max(_likeness_of(part, label) for part in (head.replace("·", ""), head.rpartition("·")[2]))


def _likeness_of(head: str, label: str) -> float:
    plain = re.sub(r"[*＊:：]", "", _BRACKET.sub("", head))
    if not plain:
        return 0.0
    if plain == label:
        return 1.0
    if plain in _GROUP and _GROUP[plain] == _GROUP.get(label):
        return 0.95
    if len(plain) > 1 and (plain in label or label in plain):
        return 0.7 + 0.2 * min(len(plain), len(label)) / max(len(plain), len(label))
    return difflib.SequenceMatcher(None, plain, label).ratio() * 0.9


def _unit_of(kind: Kind, head: str, line_unit: str) -> str:
    """The unit a head gives, in its brackets or behind a stroke; else that of the line above, where it fits."""
    if not kind.unit or isinstance(kind, Month):
        return ""
    written = [*_BRACKET.findall(head), *re.split(r"[/／·]", head)[1:]]
    for text in [*written, line_unit]:
        if text and text != kind.unit and units.factor(text, kind.unit) is not None:
            return text
    return ""


def _samples(table: Table, last: int, at: int) -> list[str]:
    """The first cells of a column, for a person to recognise it by."""
    cells = [row[at] for number, row in table.rows if number > last and at < len(row) and row[at] is not None]
    return [str(int(one) if isinstance(one, float) and one.is_integer() else one)[:30] for one in cells[:SAMPLES]]
