"""Tables: a column of counts adds up to the figure in its row of totals.

Read are the tables of a Word file and lines of a text whose cells stand between tabs or bars. Columns of shares, of
averages and of serial numbers have no sum, and a table with subtotals is left alone.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from tonggui.texts.findings import Finding, at, lint_rule
from tonggui.texts.reading import Line, Text
from tonggui.texts.rules.sums import BASIS, slack

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TOTAL = re.compile(r"合\s*计|总\s*计")
_NO_SUM = re.compile("率|%|％|比|均|序号|编号|年份|日期|时间|备注|里程碑|桩号|电话")
_DIVIDED = re.compile("其中|小计|占比|率")
_RULE_LINE = re.compile(r"[\s|:-]+")


@dataclass(frozen=True, slots=True)
class _Cell:
    """What stands in a cell, and where."""

    line: Line
    place: int
    words: str


_Row = dict[int, _Cell]


@lint_rule(
    "表格合计",
    "表格的合计行与各行之和相符",
    basis=BASIS,
    bad=(
        "单位\t检查（家）\n东桥站\t12\n西湾站\t8\n合计\t21",
        "| 单位 | 处 |\n| --- | --- |\n| 甲 | 3 |\n| 乙 | 4 |\n| 合计 | 8 |",
    ),
    good=(
        "单位\t检查（家）\t整改率\n东桥站\t12\t90%\n西湾站\t8\t95%\n合计\t20\t92%",
        "单位\t投资\n东桥站\t12\n其中养护\t4\n合计\t12",
        "单位\t处\n东桥站\t—\n西湾站\t8\n合计\t20",
    ),
)
def table_totals(text: Text) -> Iterator[Finding]:
    for rows in _tables(text):
        firsts = [row[min(row)].words for row in rows]
        last = next((n for n, words in enumerate(firsts) if _TOTAL.fullmatch(words)), 0)
        if last < 3 or any(_DIVIDED.search(words) for words in firsts[1:last]):
            continue
        for column, cell in rows[last].items():
            head = rows[0].get(column)
            above = [row[column].words if column in row else "" for row in rows[1:last]]
            summed = head and not _NO_SUM.search(head.words) and all(_NUMBER.fullmatch(words) for words in above)
            if summed and _NUMBER.fullmatch(cell.words):
                total = sum((Decimal(words) for words in above), Decimal(0))
                room = sum((slack(words) for words in (*above, cell.words) if "." in words), Decimal(0))
                if abs(total - Decimal(cell.words)) > room:
                    yield at(cell.line, cell.place, cell.words, "表格合计", f"各行之和是 {total}", "核对合计和各行")


def _tables(text: Text) -> Iterator[list[_Row]]:
    """The tables of a text as rows of cells by column."""
    of_word: dict[int, dict[int, _Row]] = defaultdict(lambda: defaultdict(dict))
    run: list[_Row] = []
    before = 0
    for line in text.lines:
        if line.cell:
            of_word[line.cell.table][line.cell.row].setdefault(line.cell.column, _Cell(line, 0, line.text))
        elif row := _row(line):
            if line.number != before + 1:
                yield run
                run = []
            before = line.number
            run += [] if _RULE_LINE.fullmatch(line.text) else [row]
    yield run
    for rows in of_word.values():
        yield [rows[n] for n in sorted(rows)]


def _row(line: Line) -> _Row:
    """The cells of a line, none where it is no row of a table."""
    if "\t" not in line.text and not line.text.startswith("|"):
        return {}
    ends = [-1, *(place for place, sign in enumerate(line.text) if sign in "\t|"), len(line.text)]
    cells: _Row = {}
    for column, (start, end) in enumerate(pairwise(ends)):
        words = line.text[start + 1 : end]
        if words.strip():
            cells[column] = _Cell(line, start + 1 + len(words) - len(words.lstrip()), words.strip())
    return cells
