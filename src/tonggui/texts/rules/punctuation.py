"""Punctuation: half-width signs, doubled signs, lists without a comma, the sign behind 第一 and 首先.

Basis: GB/T 15834-2011 标点符号用法.
"""

import re
from collections.abc import Iterator

from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.reading import Text

PUNCTUATION = "GB/T 15834-2011"
CJK = "\u4e00-\u9fff"
_HALF = re.compile(
    rf"(?<=[{CJK}”’》〉）〕％%])[,;:!?](?=[{CJK}“‘《（〔\s]|$)|(?<=[{CJK}”》）])[,;:!?](?=\d)|(?<=\d)[,;!?](?=[{CJK}“《]|$)"
    rf"|(?<=[A-Za-z])[,;](?=[{CJK}“《])|(?<=[{CJK}])[,;:](?=[A-Za-z])"
)
_STOP = re.compile(rf"(?<=[{CJK}”》）%％])\.(?=[{CJK}“]|$)")
FULL = str.maketrans(",;:!?.", "，；：！？。")


@lint_rule(
    "半角标点",
    "中文里用全角标点",
    basis=PUNCTUATION,
    bad=(
        "加强领导,落实责任。",
        "主要做法:一是宣传，二是检查。",
        "完成年度任务.",
        "检查企业30家,其中客运12家。",
        "处罚5起;",
    ),
    good=(
        "加强领导，落实责任。",
        "时间为10:30，比例为1:500。",
        "网址为www.example.cn。",
        "执行GB 1589-2016标准。",
        "邮箱abc@example.cn，编号K12+345，高程3.5米。",
        "Safety first, people first.",
    ),
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
            yield at(line, where[0], sign, "半角标点", f"“{sign}”应为全角“{right}”{often}", f"改为“{right}”")


_ELLIPSIS = re.compile(rf"(?<=[{CJK}])(?:\.{{3,}}|。{{3,}}|…(?!…)(?<!……))|等等?……")
_DASH = re.compile(rf"(?<=[{CJK}”])--+(?=[{CJK}“])")


@lint_rule(
    "省略号和破折号",
    "省略号为六点、破折号占两字，“等”后不再用省略号",
    basis=PUNCTUATION,
    bad=("客运、货运、维修...", "安全生产--永恒的主题", "客运、货运等……"),
    good=("客运、货运、维修……", "安全生产——永恒的主题", "京港线K12--K15段"),
)
def long_signs(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _ELLIPSIS):
        if "等" in found[0]:
            yield at(line, found.start(), found[0], "省略号和破折号", "“等”和省略号重复", "只留一个")
        else:
            yield at(line, found.start(), found[0], "省略号和破折号", "省略号应为“……”", "改为“……”")
    for line, found in matches(text, _DASH):
        yield at(line, found.start(), found[0], "省略号和破折号", "破折号应为“——”", "改为“——”")


_DOUBLED = re.compile(
    r"([，；、：！？])\1+|。。(?!。)(?<!。。。)|[，、；：]。|。[，、；：]|，[、；：]|、[，；：]|；[，、：]|：[，、；]|、等(?![级候待额同效外离高距于])"
)


@lint_rule(
    "重复标点",
    "标点不连用",
    basis=PUNCTUATION,
    bad=("加强领导，，落实责任。", "完成任务。。", "检查车辆，。", "客运、货运、等企业。"),
    good=("加强领导，落实责任。", "完成任务……", "“完成。”随后", "二级、等外公路。"),
)
def doubled(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _DOUBLED):
        if found[0] == "、等":
            yield at(line, found.start(), found[0], "重复标点", "“等”前不用顿号", "删去顿号")
        else:
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


_ORDER = re.compile(
    rf"(?:^|(?<=[。；：，]))(?:第[一二三四五六七八九十](?=[、：][{CJK}])(?!、[第一二三四五六七八九十])|(?:首先|其次|再次|最后)(?=[、：]))"
)
_ITEM_SIGN = re.compile(rf"(?:^|(?<=[。；：，]))[一二三四五六七八九十]是(?=[、：][{CJK}])")


@lint_rule(
    "次序语标点",
    "“第一”“首先”后用逗号，“一是”后不加标点或用逗号",
    basis="GB/T 15834-2011 附录B.1",
    bad=("第一、加强领导。第二、落实责任。", "一是、加强领导。二是、落实责任。", "首先、统一思想。"),
    good=(
        "第一，加强领导。第二，落实责任。",
        "第一、二季度完成投资。",
        "第一、第二标段开工。",
        "一是加强领导。二是落实责任。",
    ),
)
def order_words(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _ORDER):
        sign = line.text[found.end()]
        yield at(line, found.start(), found[0] + sign, "次序语标点", f"“{found[0]}”后应用逗号", f"改为“{found[0]}，”")
    for line, found in matches(text, _ITEM_SIGN):
        sign = line.text[found.end()]
        yield at(line, found.start(), found[0] + sign, "次序语标点", f"“{found[0]}”后不加标点", "删去标点")
