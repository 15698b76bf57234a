"""Numbering of paragraphs: levels in their order, numbers without a gap, the sign that belongs to each level.

Basis: GB/T 9704-2012, 7.3.3: the four levels 一、 （一） 1. （1）; in short texts （一） may be left out.
"""

import re
from collections.abc import Iterator

from tonggui.texts.findings import Finding, at, lint_rule
from tonggui.texts.marks import HAN, Mark, heads
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


_ATTACHED = re.compile(r"附件[：:]\s*1[.．、]")
"""The first of a list of annexes, whose next lines begin with 2. and 3."""


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
        "附件：1.统计表\n2.明细表\n3.名单",
    ),
)
def consecutive(text: Text) -> Iterator[Finding]:
    """A level begins anew under each mark of a higher one; a list that begins again at one is another list.

    Behind a wrong number both go on: the count of what stands there, and the number that was written.
    """
    last: dict[int, tuple[int, ...]] = {}
    listed = {line.number for line in text.lines if _ATTACHED.match(line.text)}
    for mark in heads(text):
        if mark.level == 3 and mark.line.number - 1 in listed:
            listed.add(mark.line.number)
            continue
        before = last.get(mark.level, (0,))
        goes_on: tuple[int, ...] = (mark.number,)
        if mark.number - 1 not in before and mark.number != 1:
            wanted = before[0] + 1
            what = (
                f"与前面的“{shaped(mark.level, mark.number)}”重号"
                if mark.number in before
                else f"序号不连续，前一个是“{shaped(mark.level, before[0])}”"
                if before[0]
                else "序号没有从一开始"
            )
            yield at(mark.line, 0, mark.written, "序号连续", what, f"核对序号，应为“{shaped(mark.level, wanted)}”")
            goes_on = (wanted, mark.number)
        last = {level: numbers for level, numbers in last.items() if level < mark.level} | {mark.level: goes_on}


@lint_rule(
    "层次顺序",
    "层次序号依次为“一、”“（一）”“1.”“（1）”",
    basis=BASIS,
    bad=(
        "一、成效\n（一）项目\n1.道路\n（一）国道",
        "一、成效\n（一）项目\n（1）道路\n（2）桥梁",
        "一、成效\n1.道路\n（一）国道\n（二）省道",
        "（一）成效\n一、项目\n二、养护",
    ),
    good=("一、成效\n（一）项目\n1.道路\n（1）国道\n（二）养护", "一、成效\n1.道路\n2.桥梁\n二、问题"),
)
def levels(text: Text) -> Iterator[Finding]:
    """No level under a lower one, none passed over but （一）."""
    path: list[Mark] = []
    seen: set[int] = set()
    for mark in heads(text):
        under = path[-1] if path else None
        first = mark.number == 1
        if mark.level == 2 and first and under and under.level > 2 and len(path) > 1:
            wrong = f"“（一）”一级不应放在“{under.written}”之下"
            yield at(mark.line, 0, mark.written, "层次顺序", wrong, "改用下一级序号“（1）”")
            continue
        if mark.level == 1 and first and under and 1 not in seen:
            wrong = f"“一、”一级不应放在“{under.written}”之下"
            yield at(mark.line, 0, mark.written, "层次顺序", wrong, "改用下一级序号")
        seen.add(mark.level)
        path = [above for above in path if above.level < mark.level]
        if mark.level == 4 and under and path and path[-1].level < 3 and under.level != 4:
            wrong = f"“{path[-1].written}”之下越过了“1.”这一级"
            yield at(mark.line, 0, mark.written, "层次顺序", wrong, "改为“1.”")
        path.append(mark)


@lint_rule(
    "序号标点",
    "“一”后用顿号，“1”后用小圆点，括号序号后不加标点",
    basis=BASIS,
    bad=("1、完善制度\n2、加强检查", "一.成效", "（一）、项目建设", "（1）、道路", "一：成效"),
    good=(
        "一、成效\n（一）项目\n1.道路\n（1）国道",
        "2.5公里便道已经完成",
        "1．完善制度",
        "三、四级公路养护120公里。",
    ),
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
    bad=(
        "一、凝心聚力，项目建设跑出加速度。\n正文。",
        "一、成效\n（一）项目建设。\n今年以来，完成投资。\n（二）公路养护\n今年以来，完成养护。",
    ),
    good=(
        "一、项目建设\n正文。",
        "（一）加快推进改线工程建设，年底前完工。\n（二）完善制度。",
        "1.完善制度。\n2.加强检查。",
        "一、能否按期完工？\n正文。",
    ),
)
def heading_end(text: Text) -> Iterator[Finding]:
    """Of the first level; of the second where its neighbours stand alone without a mark."""
    marks = list(heads(text))
    bare = sum(mark.level == 2 and mark.line.text[-1] not in "。；，" and _short(mark) for mark in marks)
    ended = [mark for mark in marks if mark.line.text[-1] in "。；，：" and _short(mark)]
    seconds = [mark for mark in ended if mark.level == 2]
    for mark in ended:
        words = mark.line.text
        if (mark.level == 1 and words.count("。") <= 1) or (mark.level == 2 and bare >= len(seconds)):
            yield at(mark.line, len(words) - 1, words[-1], "标题句号", "标题末尾不加标点", "删去末尾标点")


def _short(mark: Mark) -> bool:
    """Whether a line is as long as a heading and no longer."""
    return len(mark.line.text) <= (MOST_OF_A_HEADING if mark.level == 1 else MOST_OF_A_HEADING // 2 + 5)


@lint_rule(
    "单独序号",
    "同一层次不只有一项",
    basis=BASIS,
    bad=("一、成效\n（一）项目建设\n正文。\n二、问题\n正文。",),
    good=("一、成效\n（一）项目建设\n（二）公路养护\n二、问题", "（一）项目建设\n正文。", "一、成效\n1.项目"),
)
def alone(text: Text) -> Iterator[Finding]:
    """A （一） without a （二） before the next 一、; a text that has the mark only once may be an extract."""
    open_: Mark | None = None
    seconds = 0
    for mark in heads(text):
        if mark.level == 2:
            seconds += 1
            open_ = mark if mark.number == 1 and seconds == 1 else None
        elif mark.level == 1:
            if open_:
                yield _only(open_)
            open_, seconds = None, 0
    if open_ and any(mark.level == 1 for mark in heads(text)):
        yield _only(open_)


def _only(mark: Mark) -> Finding:
    return at(mark.line, 0, mark.written, "单独序号", "只有“（一）”，没有“（二）”", "补齐各项，或删去“（一）”")
