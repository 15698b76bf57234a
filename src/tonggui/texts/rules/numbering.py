"""Numbering: levels in their order, numbers without a gap, the sign that belongs to each level, no list of one.

Basis: GB/T 9704-2012, 7.3.3: the four levels 一、 （一） 1. （1）; in short texts （一） may be left out.
"""

from collections.abc import Iterator
from itertools import pairwise

from tonggui.texts.findings import Finding, at, lint_rule
from tonggui.texts.marks import HAN, Item, Mark, heads, items
from tonggui.texts.reading import Text

BASIS = "GB/T 9704-2012 7.3.3"
SIGNS = {1: "、", 2: "", 3: ".", 4: ""}
SHAPES = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}
MOST_OF_A_HEADING = 30


def shaped(level: int, number: int) -> str:
    """The number of a level as it is written."""
    return SHAPES[level].replace("一", han(number)) if level < 3 else SHAPES[level].replace("1", str(number))


def han(number: int) -> str:
    """1 to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else HAN[tens - 1] + "十") + (HAN[ones - 1] if ones else "")


@lint_rule(
    "序号连续",
    "同一层次的序号从一开始、不跳号、不重号",
    basis=BASIS,
    bad=(
        "一、成效\n（一）项目\n（二）养护\n（二）执法",
        "一、成效\n二、问题\n四、打算",
        "一、成效\n（二）项目",
        "（一）客运\n1.调整线路\n2.更新车辆\n4.优化站点",
    ),
    good=(
        "一、成效\n（一）项目\n1.道路\n2.桥梁\n（二）养护\n1.路面\n二、问题\n（一）资金",
        "一、总体要求\n1.目标\n2.原则\n二、措施\n1.排查",
        "附件1\n一、范围\n二、要求\n附件2\n一、范围",
    ),
)
def consecutive(text: Text) -> Iterator[Finding]:
    """A level begins anew under each mark of a higher one; a list that begins again at one is another list."""
    last: dict[int, int] = {}
    for mark in heads(text):
        before = last.get(mark.level, 0)
        if mark.number not in (before + 1, 1):
            what = (
                f"与前面的“{shaped(mark.level, mark.number)}”重号"
                if mark.number == before
                else f"序号不连续，前一个是“{shaped(mark.level, before)}”"
                if before
                else "序号没有从一开始"
            )
            yield at(mark.line, 0, mark.written, "序号连续", what, f"核对序号，应为“{shaped(mark.level, before + 1)}”")
        last = {level: number for level, number in last.items() if level < mark.level} | {mark.level: mark.number}


@lint_rule(
    "层次顺序",
    "层次序号依次为“一、”“（一）”“1.”“（1）”",
    basis=BASIS,
    bad=("一、成效\n（一）项目\n1.道路\n（一）国道", "一、成效\n（一）项目\n（1）道路\n（2）桥梁"),
    good=("一、成效\n（一）项目\n1.道路\n（1）国道\n（二）养护", "一、成效\n1.道路\n2.桥梁\n二、问题"),
)
def levels(text: Text) -> Iterator[Finding]:
    """No level under a lower one, none passed over but （一）."""
    path: list[Mark] = []
    for mark in heads(text):
        under = path[-1] if path else None
        if mark.level == 2 and mark.number == 1 and under and under.level > 2 and any(m.level == 2 for m in path):
            wrong = f"“（一）”一级不应放在“{under.written}”之下"
            yield at(mark.line, 0, mark.written, "层次顺序", wrong, "改用下一级序号“（1）”")
            continue
        path = [above for above in path if above.level < mark.level]
        if mark.level == 4 and mark.number == 1 and path and path[-1].level < 3:
            wrong = f"“{path[-1].written}”之下越过了“1.”这一级"
            yield at(mark.line, 0, mark.written, "层次顺序", wrong, "改为“1.”")
        path.append(mark)


@lint_rule(
    "序号标点",
    "“一”后用顿号，“1”后用小圆点，括号序号后不加标点",
    basis=BASIS,
    bad=("1、完善制度\n2、加强检查", "一.成效", "（一）、项目建设", "（1）、道路", "一：成效"),
    good=("一、成效\n（一）项目\n1.道路\n（1）国道", "2.5公里便道已经完成", "1．完善制度"),
)
def signs(text: Text) -> Iterator[Finding]:
    for mark in heads(text):
        wanted = SIGNS[mark.level]
        if mark.sign.replace("．", ".") != wanted:
            right = shaped(mark.level, mark.number)
            yield at(mark.line, 0, mark.written, "序号标点", f"应写作“{right}”", f"改为“{right}”")


@lint_rule(
    "标题句号",
    "单独成行的标题末尾不加标点",
    basis=BASIS,
    bad=("一、凝心聚力，项目建设跑出加速度。\n正文。",),
    good=("一、项目建设\n正文。", "（一）加快推进改线工程建设，年底前完工。", "1.完善制度。\n2.加强检查。"),
)
def heading_end(text: Text) -> Iterator[Finding]:
    """Only of the first level, and only what is no paragraph of its own."""
    for mark in heads(text):
        words = mark.line.text
        if mark.level == 1 and len(words) <= MOST_OF_A_HEADING and words[-1] in "。；，" and words.count("。") <= 1:
            yield at(mark.line, len(words) - 1, words[-6:], "标题句号", "标题末尾不加标点", "删去末尾标点")


@lint_rule(
    "分项序号",
    "“一是、二是”从一开始、不跳号、不只有一项",
    basis="公文语言规范：分项列举",
    bad=(
        "一是加强领导。三是落实责任。",
        "一是加强领导，层层落实责任。",
        "一是抓学习。\n二是抓整改。\n四是抓巩固。",
        "（一）安全\n二是开展检查。",
    ),
    good=(
        "一是加强领导；二是落实责任；三是严格考核。",
        "一是抓学习。\n二是抓整改。\n（二）执法\n一是抓宣传。\n二是抓查处。",
        "这一是非问题已经明确。统一是前提。",
        "一是抓项目，要求：一是快，二是好。\n二是抓安全。",
    ),
)
def series(text: Text) -> Iterator[Finding]:
    """A series goes on over paragraphs that begin with its words; within one of them another may stand."""
    open_: list[Item] = []
    for line in text.lines:
        found = items(line)
        if any(mark.line is line for mark in heads(Text((line,)))):
            yield from _alone(open_)
            open_ = []
        runs = _runs(found)
        for run in runs:
            begins = run[0].number == 1
            if run is runs[0] and not begins and open_ and _paragraph(open_[0]):
                yield from _steps([open_[-1], *run])
                open_ += run
                continue
            if run is runs[0] and _paragraph(run[0]):
                yield from _alone(open_)
                open_ = list(run)
                yield from _steps(run) if begins else _beginning(run)
                continue
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
            wrong = f"前一项是“{han(before.number)}是”"
            yield _item(item, wrong, f"核对是否缺项，应为“{han(before.number + 1)}是”")


def _beginning(run: list[Item]) -> Iterator[Finding]:
    yield _item(run[0], "前面没有“一是”", "核对是否缺项")
    yield from _steps(run)


def _alone(run: list[Item]) -> Iterator[Finding]:
    if len(run) == 1 and run[0].number == 1:
        yield _item(run[0], "只有“一是”，没有“二是”", "补齐各项，或删去“一是”")


def _item(item: Item, wrong: str, do: str) -> Finding:
    return at(item.line, item.place, f"{han(item.number)}是", "分项序号", wrong, do)
