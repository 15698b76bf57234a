"""Figures in tables: cells of a Word table, or lines of a text file parted by tabs, bars or blanks.

A number without its unit takes it from its row (单位 column, 隐患（处）), else from the head of its column, else from
the line above the table (单位：万元). What it counts is the head of its row, with that of its column where there are
several.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tonggui.texts.reading import Line, Text
from tonggui.texts.summary import units
from tonggui.texts.summary.plain import Plain
from tonggui.texts.summary.quantities import quantities

_NUMBER = re.compile("(约|近|超)?(-?\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|-?\\d+(?:\\.\\d+)?)(余|多)?")
_UNIT = re.compile("[（(](?:单位[:：])?([^（）()]{1,6})[）)]$|[/／]([^/／]{1,4})$")
_CAPTION = re.compile("单位[：:]\\s*([^\\s，。；）)]{1,8})")
_APART = re.compile("\t+|[|｜│┃]+|[ \u3000]{2,}")
_RULE = re.compile("\t|[|｜│┃]")
_TOTAL = re.compile("[合小总]计")
_BLANK = re.compile("[ \u3000]+")
_COMMA = re.compile("[,，、]")
_ORDER = re.compile("序号|编号|^№|^No")
_UNIT_HEAD = re.compile("^(?:计量)?单位$")
_NOTE_HEAD = re.compile("备注|说明|责任|日期|时间|电话|桩号|文号")
_MONTH = re.compile("\\d{1,2}月份?|第?[一二三四]季度|[上下]半年")
_ENDING = re.compile("([人台辆艘航班架车家处]次)$|([户人起件次处家辆条座])数$")
_REMARK = re.compile("备注|说明")
_PROSE = re.compile("[,，;；]")
_CHANGE_HEAD = re.compile("同比|环比|增减|±|增幅|增长|完成率|占比|比例|比重")
_LAST_YEAR = re.compile("去年|上年|同期")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, the line they are, and where in that line they begin."""

    text: str
    line: int
    start: int = 0


Grid = list[list[Cell]]


@dataclass(frozen=True, slots=True)
class Read:
    """A figure of a table."""

    item: str
    value: Decimal
    unit: str
    qualifier: str | None
    cell: Cell
    column: str = ""


def grids_of(text: Text) -> list[Grid]:
    """The tables of a text file: neighbouring lines of two cells or more, of which some are numbers."""
    grids: list[Grid] = []
    rows: Grid = []
    last = -9
    lines = list(text.lines)
    for n, line in enumerate(lines):
        cells = _cells(line, lines[n + 1] if n + 1 < len(lines) else None)
        if len(cells) > 1 and not re.search("[。；]", line.text):
            cells = _filled(rows, cells)
            if rows and (line.number - last > 2 or len(cells) != len(rows[-1]) or _new_head(rows, cells)):
                grids.append(rows)
                rows = []
            rows.append(cells)
            last = line.number
        elif rows:
            grids.append(rows)
            rows = []
    grids.append(rows)
    return [grid for grid in grids if _is_table(grid)]


def _filled(rows: Grid, cells: list[Cell]) -> list[Cell]:
    """A row that leaves out up to two cells of its table: at its end, of a total (合计) those behind its name."""
    lacks = len(rows[0]) - len(cells) if rows and not _with_values(rows[0]) else 0
    if not 0 < lacks < 3 or not _with_values(cells):
        return cells
    blanks = [Cell("", cells[0].line)] * lacks
    total = _TOTAL.match(cells[0].text) and not _NOTE_HEAD.search(rows[0][-1].text)
    return [cells[0], *blanks, *cells[1:]] if total else [*cells, *blanks]


def _cells(line: Line, following: Line | None = None) -> list[Cell]:
    """The cells of a line; blanks and commas part cells only where numbers stand between them."""
    for apart in (_APART, _BLANK, _COMMA):
        if apart is _BLANK and _PROSE.search(line.text):
            continue
        cells = _parted(line, apart)
        if apart is _APART and len(cells) > 1:
            return cells
        beside = _parted(following, apart) if following else []
        if apart is _BLANK and len(cells) == 2 and _number(cells[1].text) and not quantities(Plain.of(line.text).text):
            return cells
        if len(cells) > 2 and (_with_numbers(cells) or (_with_numbers(beside) and len(beside) == len(cells))):
            return cells
    return []


def _with_numbers(cells: list[Cell]) -> bool:
    return len(cells) > 2 and any(_number(cell.text) for cell in cells[1:])


def _parted(line: Line, apart: re.Pattern[str]) -> list[Cell]:
    found, place = [], 0
    ruled = _RULE.search(line.text) if apart is _APART else None
    if ruled:
        apart = re.compile(re.escape(ruled[0]))
    for gap in [*apart.finditer(line.text), None]:
        end = gap.start() if gap else len(line.text)
        written = line.text[place:end].strip()
        if written or (ruled and ((place and gap) or ruled[0] == "\t")):
            found.append(Cell(written, line.number, line.text.index(written, place)))
        place = gap.end() if gap else end
    return found if not all(re.fullmatch("[-:—=+]+", cell.text) for cell in found) else []


def _new_head(rows: Grid, cells: list[Cell]) -> bool:
    """Whether a row without numbers follows rows with them: another table begins."""
    return _with_values(rows[-1]) and not _with_values(cells)


def _with_values(cells: list[Cell]) -> bool:
    return any(_is_value(cell.text) for cell in cells[1:])


def _is_value(text: str) -> bool:
    return bool(_number(text) or quantities(Plain.of(text).text))


def _is_table(grid: Grid) -> bool:
    numbers = sum(_with_values(row) for row in grid)
    return (
        numbers > 0
        and (len(grid) > 1 or any(_number(cell.text) for cell in grid[0][1:]))
        and all(len(cell.text) < 60 for row in grid for cell in row)
    )


def docx_grids(path: Path) -> list[Grid]:
    """The tables of a Word file, each cell with the number its paragraph has in `texts.reading`."""
    from docx import Document

    grids: list[Grid] = []
    _walk(Document(str(path)), 0, grids)
    return grids


def _walk(block: Any, number: int, grids: list[Grid]) -> int:
    """Number the paragraphs of a document or cell as they are read, keeping the tables met."""
    for part in block.iter_inner_content():
        if not hasattr(part, "rows"):
            number += 1
            continue
        grid: Grid = []
        seen: dict[Any, Cell] = {}
        for row in part.rows:
            cells = []
            for cell in row.cells:
                key = cell._tc
                if key not in seen:
                    seen[key] = Cell(cell.text.strip(), number + 1)
                    number = _walk(cell, number, grids)
                cells.append(seen[key])
            grid.append(cells)
        if any(_number(cell.text) for row in grid for cell in row[1:]):
            grids.append(grid)
    return number


def read_grid(grid: Grid, caption: str = "") -> Iterator[Read]:
    """The figures of a table."""
    head = _heads(grid)
    above = _CAPTION.search(caption)
    several = sum(bool(not _ORDER.search(name) and _holds_numbers(grid, n)) for n, name in enumerate(head)) > 1
    label = ""
    for row in grid[1 if any(head) else 0 :]:
        unit_cell = next((cell.text for n, cell in enumerate(row) if n < len(head) and _UNIT_HEAD.match(head[n])), "")
        if not unit_cell:
            unit_cell = next((cell.text for cell in row[1:] if _is_unit(cell.text)), "")
        words = [cell for n, cell in enumerate(row) if _is_label(cell, head[n] if n < len(head) else "")]
        names = list(dict.fromkeys(cell.text for cell in words))
        label = "".join(names[:2]) or label
        beside = _beside(row, words) if not any(head) else {}
        for n, cell in enumerate(row):
            column = head[n] if n < len(head) else ""
            noted = _NOTE_HEAD.search(column) and (_number(cell.text) or not _REMARK.search(column))
            if (n == 0 and label) or _ORDER.search(column) or noted or cell in words:
                continue
            own, unit = beside.get(n, ("", ""))
            shown = column if (several or not label) and not _REMARK.search(column) else ""
            yield from _figure(cell, own or label, shown, column, unit or unit_cell, _of_caption(above, column))


def _beside(row: list[Cell], words: list[Cell]) -> dict[int, tuple[str, str]]:
    """Of a row that repeats words, number and unit (发现隐患 118 处 已整改 117 处) each number's own words and unit."""
    found: dict[int, tuple[str, str]] = {}
    for n, cell in enumerate(row):
        if n and row[n - 1] in words and cell not in words and any(one in words for one in row[n:]) | bool(found):
            follows = row[n + 1].text if n + 1 < len(row) else ""
            found[n] = (row[n - 1].text, follows if _is_unit(follows) else "")
    return found if len(found) > 1 else {}


def _of_caption(above: re.Match[str] | None, column: str) -> str:
    """The unit a caption gives a column; of several (单位：公里、万元) the one that measures what the column names."""
    given = re.split("[、/]", above[1]) if above else []
    if len(given) == 1:
        return given[0]
    kind = "长" if re.search("里程|长度|总长|全长", column) else "钱"
    return next((unit for unit in given if units.kind_of(unit) == kind), "")


def _figure(cell: Cell, label: str, shown: str, column: str, unit_cell: str, above: str) -> Iterator[Read]:
    name, own = _without_unit(re.sub("^(?:\\d+[.、]|[（(]\\d+[）)])\\s*|^[^：]{1,4}：", "", label))
    if _MONTH.fullmatch(name):
        name, column = "", name + column
    title, of_column = _without_unit(shown)
    plain = Plain.of(cell.text).text.removeprefix("+")
    number = _number(plain)
    item = (
        name + title
        if not re.fullmatch(
            "数量|数值|数据|完成情况|完成数|本期|合计数|指标值|数|人数|金额|(?:20\\d\\d|本|上|去|"
            "今)年.{0,6}|本月|累计|.*同期|[上下]半年|全年",
            title,
        )
        else name
    )
    if number:
        unit = unit_cell or own or of_column or _without_unit(column)[1] or above or _named_unit(title or name)
        if _CHANGE_HEAD.search(column):
            unit = of_column or _without_unit(column)[1] or "%"
        elif column.endswith("率") and not of_column:
            unit = "%"
        if unit and item:
            value = Decimal(number[2].replace(",", ""))
            yield Read(item, value, units.unit_as_said(unit), number[1] or number[3], cell, column)
        return
    before = 0
    for quantity in quantities(plain):
        words = re.sub("[，、：:；]", "", plain[before : quantity.start])
        before = quantity.end
        value = -quantity.value if words == "-" else quantity.value
        words = words.strip("-")
        yield Read(name + words if words else item, value, quantity.unit, quantity.qualifier, cell, column)


def _named_unit(title: str) -> str:
    """The unit a title ends in: 签单航次, 事故起数."""
    found = _ENDING.search(title)
    return (found[1] or found[2]) if found else ""


def _heads(grid: Grid) -> list[str]:
    """The words over the columns; empty where the first row has numbers already."""
    first = grid[0]
    if _with_values(first):
        return []
    return [cell.text for cell in first]


def _holds_numbers(grid: Grid, n: int) -> bool:
    return n > 0 and any(n < len(row) and _is_value(row[n].text) for row in grid[1:])


def _is_label(cell: Cell, head: str) -> bool:
    if _ORDER.search(head) or _UNIT_HEAD.match(head) or _NOTE_HEAD.search(head) or _is_unit(cell.text):
        return False
    plain = Plain.of(cell.text).text
    return bool(re.search("[\u4e00-\u9fff]", plain)) and not quantities(plain) and not _number(plain)


def _number(text: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(Plain.of(text).text)


def _is_unit(text: str) -> bool:
    return text in units.WORDS or units.base_of(text) in units.WORDS


def _without_unit(label: str) -> tuple[str, str]:
    """隐患（处） is 隐患 in 处."""
    found = _UNIT.search(label)
    unit = next((part for part in found.groups() if part), "") if found else ""
    if found and _is_unit(unit):
        return label[: found.start()], unit
    return label, ""


def of_last_year(column: str) -> bool:
    """Whether a column holds what was a year before."""
    return bool(_LAST_YEAR.search(column)) and not _CHANGE_HEAD.search(column)
