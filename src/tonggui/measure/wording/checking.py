"""What a wording names that its report cannot print: figures, aspects, lists, and rows where there is none."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tonggui.measure.figureset import aspects_of
from tonggui.measure.indicators import Indicator, indicator
from tonggui.measure.wording.tree import PERIOD, Wording, WordingFault

if TYPE_CHECKING:
    from tonggui.measure.reports import Report


def faults_of(wording: Wording, report: "Report") -> list[WordingFault]:
    """Everything that is wrong with a wording, line by line; nothing is printed from one with faults."""
    found = [*wording.faults, *_unknown_lists(wording, report), *_unknown_figures(wording, report)]
    return sorted(dict.fromkeys(found), key=lambda fault: fault.line)


def _unknown_lists(wording: Wording, report: "Report") -> Iterator[WordingFault]:
    known = [split.name for split in report.splits]
    named = [*wording.lists(), *((line, test.name) for line, _, test in wording.tests() if test.is_list)]
    for line, name in named:
        if name not in known:
            has = f"有{'、'.join(known)}" if known else "没有清单"
            yield WordingFault(line.number, name, f"没有清单“{name}”，{report.name}{has}")


def _unknown_figures(wording: Wording, report: "Report") -> Iterator[WordingFault]:
    for line, rows, mark in wording.marks():
        words = f"[[{'.' if mark.of_row else ''}{mark.code}]]"
        if mark.code != PERIOD:
            yield from _code(line.number, words, mark.code, mark.of_row, rows, report)
        if mark.aspect not in aspects_of(mark.code):
            known = "、".join(aspect for aspect in aspects_of(mark.code) if aspect != "value")
            yield WordingFault(line.number, f"|{mark.aspect}", f"{words}没有这种写法，可以用的有{known}")
    for line, rows, test in wording.tests():
        if not test.is_list:
            yield from _code(line.number, str(test), test.name, test.of_row, rows, report)


def _code(line: int, words: str, code: str, of_row: bool, rows: str, report: "Report") -> Iterator[WordingFault]:
    try:
        found = indicator(code)
    except KeyError:
        yield WordingFault(line, words, f"没有指标{code}，请从指标清单插入")
        return
    if of_row and not rows:
        yield WordingFault(line, words, "带点的指标是清单里一行的，只能用在“每”或“各”里面")
    elif of_row and not _divides(found, rows, report):
        yield WordingFault(line, words, f"{found.title}不能按清单“{rows}”分列")


def _divides(found: Indicator, rows: str, report: "Report") -> bool:
    """Whether an indicator has a figure for each row of a list; of a list that is unknown nothing more is said."""
    splits: Sequence = [split for split in report.splits if split.name == rows]
    return not splits or found in splits[0].of or splits[0].by in found.by
