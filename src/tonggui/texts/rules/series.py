"""Series within paragraphs, 一是 二是, 一要 二要, 第一 第二, （1）（2） and ①②: from one on, no gap, more than one."""

import re
from collections.abc import Iterator
from itertools import pairwise

from tonggui.base.numerals import number_of
from tonggui.texts.findings import Finding, at, lint_rule
from tonggui.texts.marks import Item, head_of, items
from tonggui.texts.reading import Text
from tonggui.texts.rules.numbering import han


@lint_rule(
    "分项序号",
    "“一是、二是”从一开始、不跳号、不只有一项",
    basis="公文语言规范：分项列举",
    bad=(
        "一是加强领导。三是落实责任。",
        "一是加强领导，层层落实责任。",
        "一是抓学习。\n二是抓整改。\n四是抓巩固。",
        "（一）安全\n二是开展检查。",
        "一要抓学习，三要抓落实。",
    ),
    good=(
        "一是加强领导；二是落实责任；三是严格考核。",
        "一是抓学习。\n二是抓整改。\n（二）执法\n一是抓宣传。\n二是抓查处。",
        "这一是非问题已经明确。统一是前提。",
        "一是抓项目，要求：一是快，二是好。\n二是抓安全。",
        "要抓好三项工作，一是抓学习。\n二是抓整改。",
        "一要抓学习，二要抓落实，统一要求。",
    ),
)
def series(text: Text) -> Iterator[Finding]:
    """A series goes on over paragraphs that begin with its words; within one of them another may stand."""
    for word in ("是", "要"):
        yield from _of_word(text, word)


def _of_word(text: Text, word: str) -> Iterator[Finding]:
    open_: list[Item] = []
    for line in text.lines:
        if head_of(line):
            yield from _alone(open_)
            open_ = []
        for n, run in enumerate(_runs([item for item in items(line) if item.word == word])):
            begins = run[0].number == 1
            if n == 0 and not begins and open_ and (_paragraph(open_[0]) or len(open_) == 1):
                yield from _steps([open_[-1], *run])
                open_ += run
            elif n == 0 and (_paragraph(run[0]) or len(run) == 1):
                yield from _alone(open_)
                open_ = list(run)
                yield from _steps(run) if begins else _beginning(run)
            else:
                yield from _steps(run) if begins else _beginning(run)
                yield from _alone(run)
    yield from _alone(open_)


def _paragraph(item: Item) -> bool:
    return item.place <= 6


def _runs(found: list[Item]) -> list[list[Item]]:
    """The items of one line by series: one that says 一是 begins another, and what it leaves goes on behind it."""
    runs: list[list[Item]] = []
    for item in found:
        back = next((run for run in reversed(runs) if run[-1].number == item.number - 1), None)
        if item.number == 1 or not runs:
            runs.append([item])
        else:
            (back or runs[-1]).append(item)
    return runs


def _steps(run: list[Item]) -> Iterator[Finding]:
    for before, item in pairwise(run):
        if item.number != before.number + 1:
            wrong = f"前一项是“{han(before.number)}{item.word}”"
            yield _item(item, wrong, f"核对是否缺项，应为“{han(before.number + 1)}{item.word}”")


def _beginning(run: list[Item]) -> Iterator[Finding]:
    yield _item(run[0], f"前面没有“一{run[0].word}”", "核对是否缺项")
    yield from _steps(run)


def _alone(run: list[Item]) -> Iterator[Finding]:
    if len(run) == 1 and run[0].number == 1:
        yield _item(run[0], f"只有“一{run[0].word}”，没有“二{run[0].word}”", f"补齐各项，或删去“一{run[0].word}”")


def _item(item: Item, wrong: str, do: str) -> Finding:
    return at(item.line, item.place, f"{han(item.number)}{item.word}", "分项序号", wrong, do)


_SIGNED = (
    re.compile(r"(?:^|(?<=[。；：，、\s]))第([一二三四五六七八九十])(?=[，、：])(?!、第?[一二三四五六七八九十])"),
    re.compile(r"(?:^|(?<=[。；：，、\s\u4e00-\u9fff]))[（(](\d{1,2})[）)](?=[\u4e00-\u9fff])"),
    re.compile(r"([①-⑳])"),
)


@lint_rule(
    "段内序号",
    "“第一、第二”“（1）（2）”“①②”在段内不跳号、不重号",
    basis="公文语言规范：分项列举",
    bad=("第一，统一思想。第三，压实责任。", "包括：（1）路基；（2）路面；（4）桥涵。", "包括①路基②路面④桥涵。"),
    good=(
        "第一，统一思想。第二，压实责任。",
        "包括：（1）路基；（2）路面；（3）桥涵。",
        "按式（2）计算。",
        "第三，我们注意到。",
    ),
)
def signed(text: Text) -> Iterator[Finding]:
    """Only of a run that begins with one."""
    for line in text.lines:
        offset = len(mark.written) if (mark := head_of(line)) else 0
        for pattern in _SIGNED:
            found = list(pattern.finditer(line.text, offset))
            numbers = [_number(one[1]) for one in found]
            if len(found) < 2 or numbers[0] != 1:
                continue
            for before, number, one in zip(numbers, numbers[1:], found[1:], strict=False):
                if number not in (before + 1, 1):
                    yield at(line, one.start(), one[0], "段内序号", f"前一项的序号是 {before}", "核对是否缺项")


def _number(written: str) -> int:
    return ord(written) - ord("①") + 1 if "①" <= written <= "⑳" else int(number_of(written) or 0)
