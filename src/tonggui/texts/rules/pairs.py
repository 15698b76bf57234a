"""Signs that come in pairs: quotation marks, brackets, marks of titles, and the brackets of a document's number.

Basis: GB/T 15834-2011 标点符号用法; GB/T 9704-2012 7.2.5 for the year of a document number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.marks import head_of
from tonggui.texts.reading import Line, Text

PUNCTUATION = "GB/T 15834-2011"
CJK = "\u4e00-\u9fff"
_LEFT, _RIGHT = "【\\[［(（{〔﹝", "】\\]］)）}〕﹞"
_YEAR = re.compile(
    rf"(?<=[{CJK}）)])(?P<left>[{_LEFT}])(?P<year>20\d\d|19\d\d|\d\d)(?P<right>[{_RIGHT}])\s*(?P<nth>第?)(?P<number>[\dxX×]+)\s*号"
)
_GOOD = {"〔": "〕", "﹝": "﹞"}


@lint_rule(
    "发文字号括号",
    "发文字号的年份标全称、用六角括号，序号不加“第”、不编虚位",
    basis="GB/T 9704-2012 7.2.5",
    bad=(
        "学习通报（县纪办【2026】3号）。",
        "县交发[2026]12号文件。",
        "县交发(2026)12号文件。",
        "县交发〔2026〕第12号",
        "县交发〔26〕12号",
        "县交发〔2026〕012号",
    ),
    good=(
        "县交发〔2026〕12号文件。",
        "【2026年工作要点】",
        "2026年（第3号）公告。",
        "（2026）示0102民初12号",
        "交通运输部令2021年第12号",
    ),
)
def year_bracket(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _YEAR):
        number = found["number"].lstrip("0")
        year = found["year"] if len(found["year"]) == 4 else f"20{found['year']}"
        right = f"〔{year}〕{number}号"
        if _GOOD.get(found["left"]) != found["right"]:
            wrong = "年份应用六角括号"
        elif len(found["year"]) == 2:
            wrong = "年份应标全称"
        elif found["nth"]:
            wrong = "发文顺序号不加“第”字"
        elif found["number"].startswith("0"):
            wrong = "发文顺序号不编虚位"
        else:
            continue
        yield at(line, found.start(), found[0], "发文字号括号", wrong, f"改为“{right}”")


_HALF = re.compile(
    rf"\((?=[^()（）]{{0,60}}[{CJK}])[^()（）]{{1,60}}\)|(?<=[{CJK}])\([^()（）]{{1,60}}\)|\([^()（）\s]{{0,60}}[{CJK}][^()（）]{{0,60}}）|（[^()（）]{{1,60}}\)"
)
_STRAIGHT = re.compile(
    rf"(?<=[{CJK}，。：；、《（])\"(?=[{CJK}\d])|(?<=[{CJK}\d])\"(?=[{CJK}，。；、：》）]|$)|^\"(?=[{CJK}])"
)
_ANGLE = re.compile(rf"(?<=[{CJK}])<{{1,2}}(?=[{CJK}])[^<>]{{2,60}}>{{1,2}}")


@lint_rule(
    "半角括号引号",
    "中文里的括号、引号、书名号用全角",
    basis=PUNCTUATION,
    bad=("整治桥梁(含涵洞)3座。", '开展"打非治违"专项行动。', "印发<实施方案>。", "(一)项目建设", "公里(含连接线）"),
    good=(
        "整治桥梁（含涵洞）3座。",
        "开展“打非治违”专项行动。",
        "按GB/T 9704(2012)执行。",
        "f(x)=1",
        "速度<80公里/小时",
    ),
)
def half_pairs(text: Text) -> Iterator[Finding]:
    """Once a paragraph and sign, like the half-width signs that stand alone."""
    for pattern, wrong, right in (
        (_HALF, "括号应为全角", "（）"),
        (_STRAIGHT, "引号应为全角", "“”"),
        (_ANGLE, "书名号应为《》", "《》"),
    ):
        for line in text.lines:
            found = list(pattern.finditer(line.text))
            if found and not _is_number(found[0][0]):
                often = f"，本段共 {len(found)} 处" if len(found) > 1 else ""
                yield at(line, found[0].start(), found[0][0], "半角括号引号", f"{wrong}{often}", f"改为“{right}”")


def _is_number(words: str) -> bool:
    """Whether brackets hold the year of a document number, which has a rule of its own, or only figures."""
    return re.fullmatch(r"[(（][\dA-Za-z.\-+/ ]+[)）]", words) is not None and not re.fullmatch(r"\(\d{1,2}\)", words)


_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〈": "〉", "〔": "〕", "【": "】"}
_CLOSE = {close: open_ for open_, close in _PAIRS.items()}


@dataclass(frozen=True, slots=True)
class _Loose:
    """A sign without its other half."""

    line: Line
    place: int
    sign: str

    @property
    def opens(self) -> bool:
        return self.sign in _PAIRS


@lint_rule(
    "成对标点",
    "引号、括号、书名号成对",
    basis=PUNCTUATION,
    bad=(
        "开展“安全生产月活动。",
        "印发《方案。",
        "（含桥梁3座。",
        "平安交通”建设。",
        "开展“安全生产月“活动。",
        "开展”打非治违“行动。",
        "开展“学习“四好农村路”经验”活动。",
    ),
    good=(
        "开展“安全生产月”活动。",
        "印发《关于开展“打非治违”的通知》（见附件）。",
        "1）完善制度。",
        "开展“学习‘四好农村路’经验”活动。",
        "开展“打非治违、联合执\n法”专项行动。",
    ),
)
def pairs(text: Text) -> Iterator[Finding]:
    """Within a paragraph, or over two lines where a line was broken in its midst."""
    loose = [list(_loose(line)) for line in text.lines]
    for above, below in pairwise(loose):
        if (
            above
            and below
            and above[-1].opens
            and _PAIRS[above[-1].sign] == below[0].sign
            and not head_of(below[0].line)
        ):
            above.pop()
            below.pop(0)
    for one in (one for of_line in loose for one in of_line):
        other = _PAIRS.get(one.sign) or _CLOSE[one.sign]
        wrong = f"“{one.sign}”没有结束的“{other}”" if one.opens else f"“{one.sign}”没有开头的“{other}”"
        yield at(one.line, one.place, one.line.text[one.place : one.place + 6], "成对标点", wrong, "补上或改正另一半")


def _loose(line: Line) -> Iterator[_Loose]:
    """The signs of a line that stand alone; quotation marks within their like stand alone too."""
    open_: list[_Loose] = []
    for place, sign in enumerate(line.text):
        one = _Loose(line, place, sign)
        if sign in _PAIRS:
            if sign in "“‘" and any(other.sign == sign for other in open_):
                yield from (other for other in open_ if other.sign == sign)
                open_ = [other for other in open_ if other.sign != sign]
            open_.append(one)
        elif sign in _CLOSE and not (sign == "’" and _in_latin(line.text, place)):
            back = next((n for n in reversed(range(len(open_))) if open_[n].sign == _CLOSE[sign]), None)
            if back is not None:
                yield from open_[back + 1 :]
                del open_[back:]
            elif not (sign == "）" and re.fullmatch(r"[\da-zA-Z一二三四五六七八九十①-⑳]{1,3}", line.text[:place])):
                yield one
    yield from open_


def _in_latin(text: str, place: int) -> bool:
    """An apostrophe."""
    return text[place - 1 : place].isascii()
