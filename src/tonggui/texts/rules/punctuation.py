"""Punctuation: widths, pairs, brackets of document numbers, doubled marks, lists without a comma.

Basis: GB/T 15834-2011 标点符号用法; GB/T 9704-2012 7.2.5 for the year of a document number.
"""

import re
from collections.abc import Iterator

from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.reading import Text

PUNCTUATION = "GB/T 15834-2011"
CJK = "\u4e00-\u9fff"
_HALF = re.compile(rf"(?<=[{CJK}”》）％%])[,;:!?](?=[{CJK}“《（\s]|$)|(?<=[{CJK}])[,;:!?](?=\d)|(?<=\d)[,;](?=[{CJK}])")
_STOP = re.compile(rf"(?<=[{CJK}”》）])\.(?=[{CJK}]|$)")
FULL = str.maketrans(",;:!?.", "，；：！？。")


@lint_rule(
    "半角标点",
    "中文里用全角标点",
    basis=PUNCTUATION,
    bad=("加强领导,落实责任。", "主要做法:一是宣传，二是检查。", "完成年度任务."),
    good=("加强领导，落实责任。", "时间为10:30，比例为1:500。", "网址为www.example.cn。", "执行GB 1589-2016标准。"),
)
def half_width(text: Text) -> Iterator[Finding]:
    """Once a paragraph and sign, with how often, since who writes one so writes them all so."""
    for line in text.lines:
        places: dict[str, list[int]] = {}
        for found in (one for pattern in (_HALF, _STOP) for one in pattern.finditer(line.text)):
            places.setdefault(found[0], []).append(found.start())
        for sign, where in places.items():
            right = sign.translate(FULL)
            often = f"，本段共 {len(where)} 处" if len(where) > 1 else ""
            words = line.text[max(0, where[0] - 3) : where[0] + 4]
            yield at(line, where[0], words, "半角标点", f"“{sign}”应为全角“{right}”{often}", f"改为“{right}”")


_BRACKET = re.compile(rf"(?<=[{CJK}）)])[【\[［(（{{](20\d\d|19\d\d)[】\]］)）}}](?=\s*(?:第?\s*\d+\s*号|\d+\s*号))")


@lint_rule(
    "发文字号括号",
    "发文字号的年份用六角括号",
    basis="GB/T 9704-2012 7.2.5",
    bad=("学习通报（县纪办【2026】3号）。", "县交发[2026]12号文件。", "县交发(2026)12号文件。"),
    good=("县交发〔2026〕12号文件。", "【2026年工作要点】", "2026年（第3号）公告。"),
)
def year_bracket(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _BRACKET):
        yield at(line, found.start(), found[0], "发文字号括号", "年份应用六角括号", f"改为“〔{found[1]}〕”")


_PAIRS = {"“": "”", "‘": "’", "（": "）", "《": "》", "〔": "〕", "【": "】"}
_CLOSE = {close: open_ for open_, close in _PAIRS.items()}


@lint_rule(
    "成对标点",
    "引号、括号、书名号成对",
    basis=PUNCTUATION,
    bad=("开展“安全生产月活动。", "印发《方案。", "（含桥梁3座。", "平安交通”建设。"),
    good=("开展“安全生产月”活动。", "印发《关于开展“打非治违”的通知》（见附件）。", "1）完善制度。"),
)
def pairs(text: Text) -> Iterator[Finding]:
    """Within a paragraph; a bracket that closes a number at its head (1）) is no pair."""
    for line in text.lines:
        open_: list[tuple[str, int]] = []
        for place, sign in enumerate(line.text):
            if sign in _PAIRS:
                if sign == "“" and any(other == "“" for other, _ in open_):
                    yield at(line, place, _around(line.text, place), "成对标点", "前一个“没有对应的”", "补上或改正引号")
                    open_ = [one for one in open_ if one[0] != "“"]
                open_.append((sign, place))
            elif sign in _CLOSE:
                if open_ and open_[-1][0] == _CLOSE[sign]:
                    open_.pop()
                elif any(other == _CLOSE[sign] for other, _ in open_):
                    inner, where = open_.pop()
                    yield at(line, where, _around(line.text, where), "成对标点", f"“{inner}”没有结束", "补上另一半")
                    open_ = open_[: next(i for i, one in enumerate(open_) if one[0] == _CLOSE[sign])]
                elif not (sign == "）" and re.fullmatch(r"[\da-zA-Z一二三四五六七八九十①-⑳]{1,3}", line.text[:place])):
                    wrong = f"“{sign}”没有开头的“{_CLOSE[sign]}”"
                    yield at(line, place, _around(line.text, place), "成对标点", wrong, "补上另一半")
        for sign, place in open_:
            wrong = f"“{sign}”没有结束的“{_PAIRS[sign]}”"
            yield at(line, place, _around(line.text, place), "成对标点", wrong, "补上另一半")


def _around(text: str, place: int) -> str:
    return text[max(0, place - 2) : place + 6]


_DOUBLED = re.compile(r"([，。；、：])\1+|[，、；：]。|。[，、；]|，[、；]|、，")


@lint_rule(
    "重复标点",
    "标点不连用",
    basis=PUNCTUATION,
    bad=("加强领导，，落实责任。", "完成任务。。", "检查车辆，。"),
    good=("加强领导，落实责任。", "完成任务……", "“完成。”随后"),
)
def doubled(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _DOUBLED):
        yield at(line, found.start(), found[0], "重复标点", "标点连用", "删去多余的标点")


_RUN_ON = re.compile(
    rf"\d+(?:\.\d+)?[%％](?!以|左|的|和|与|及|至|到|或|是|为|、|，|。|；|）|下|上|提|增|降|升|减|达|且|时|后|内|外)"
    rf"[{CJK}]{{2,10}}\d+(?:\.\d+)?[%％]"
)


@lint_rule(
    "并列缺标点",
    "并列的各项之间用逗号或顿号隔开",
    basis=PUNCTUATION,
    bad=("土方开挖完成85%混凝土浇筑完成60%。",),
    good=("土方开挖完成85%，混凝土浇筑完成60%。", "增速由8%提高到12%。", "85%的任务已完成60%。"),
)
def run_on(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _RUN_ON):
        yield at(line, found.start(), found[0], "并列缺标点", "两项之间缺少标点", "在两项之间加逗号")
