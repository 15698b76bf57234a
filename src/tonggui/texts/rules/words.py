"""Words: 截至 and 截止, typing faults by shape or order, doubled words, words of degree that contradict each other."""

import re
from collections.abc import Iterator

from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.reading import Line, Text

DICTIONARY = "现代汉语词典"

_CUTOFF = re.compile(
    r"(?<!报名)(?<!申报)(?<!投标)(?<!报送)(?<!受理)(?<!时间)(?<!日期)截止(?:到|至)?"
    r"(?=目前|现在|今日|今年|当前|本月|本季|本年|月底|上月|去年|年底|\d{1,4}\s*年|\d{1,2}\s*月|[一二三四五六七八九十]+月)"
)


@lint_rule(
    "截至",
    "带有时点的用“截至”，“截止”不带宾语",
    basis=DICTIONARY,
    bad=("截止6月30日，完成投资2亿元。", "截止目前，已查处12台。", "截止到2026年6月底，通车3公里。"),
    good=("截至6月30日，完成投资2亿元。", "报名工作已经截止。", "截止日期为6月30日。", "报名截止6月30日。"),
)
def cutoff(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _CUTOFF):
        yield at(line, found.start(), found[0], "截至", "后面是时点，应用“截至”", "改为“截至”")


_DEGREES = (
    (re.compile(r"约\s*[\d.]+\s*[余多]?\s*[万亿]?[\u4e00-\u9fff㎡%]{0,3}左右"), "“约”和“左右”重复"),
    (re.compile(r"(?<![\u4e00-\u9fff])近\s*[\d.]+\s*[余多]|(?<=[\u4e00-\u9fff])近[\d.]+[余多]"), "“近”和“余”矛盾"),
    (re.compile(r"(?:至少|超过|不低于|不少于)\s*[\d.]+\s*[%％]?[\u4e00-\u9fff]{0,3}以上"), "“至少、超过”和“以上”重复"),
    (re.compile(r"(?:不超过|最多)\s*[\d.]+\s*[%％]?[\u4e00-\u9fff]{0,3}以下"), "“不超过、最多”和“以下”重复"),
    (re.compile(r"约\s*[\d.]+\s*[余多](?=[万亿]?[\u4e00-\u9fff])"), "“约”和“余”重复"),
)


@lint_rule(
    "概数",
    "表示概数的词不重复、不矛盾",
    basis="公文数字用法",
    bad=("约30人左右参加。", "投入近400余万元。", "至少5处以上。", "约200余人。"),
    good=("约30人参加。", "投入近400万元。", "投入400余万元。", "附近30余户村民。", "5处以上。"),
)
def degrees(text: Text) -> Iterator[Finding]:
    for pattern, wrong in _DEGREES:
        for line, found in matches(text, pattern):
            if not line.text[max(0, found.start() - 1) : found.end()].startswith(
                ("附近", "靠近", "临近", "邻近", "最近")
            ):
                yield at(line, found.start(), found[0], "概数", wrong, "只留一个")


_DECREASE = re.compile(r"(?:减少|下降|降低|缩短|压减)了?(?:[一二两三四五六七八九十]+|\d+(?:\.\d+)?)倍")


@lint_rule(
    "倍数",
    "减少不用倍数",
    basis="GB/T 15835-2011 与公文数字用法",
    bad=("事故起数减少了一倍。",),
    good=("事故起数减少一半。", "投资增长一倍。"),
)
def decrease(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _DECREASE):
        yield at(line, found.start(), found[0], "倍数", "减少、下降不能用倍数", "改用百分比或几分之几")
