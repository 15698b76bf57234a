"""Words: 截至 and 截止, typing faults by shape or order, doubled words, words of degree that contradict each other."""

import re
from collections.abc import Iterator
from decimal import Decimal

from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.reading import Text

DICTIONARY = "现代汉语词典"

_EVENTS = (
    "报名|申报|投标|报送|受理|时间|日期|征集|征求意见|填报|缴费|投票|登记|公示|活动|申请|提交|认购|售票|竞拍|投诉期"
)
_POINT = (
    r"目前|现在|今日|今天|昨日|今年|当前|当日|本月|本季|本周|本年|月底|上月|上年|去年|年底|年末|季末|发稿|此时|上半年|上周"
    r"|第?[一二三四]季度|\d{2,4}\s*年|\d{1,2}\s*月|\d{4}[./-]|[一二三四五六七八九十]+月|[xX×]{1,4}年|[xX×]{1,2}月"
)
_CUTOFF = re.compile(rf"截止(?:到|至|于)?(?={_POINT})")
_AN_EVENT = re.compile(rf"(?:{_EVENTS})(?:[已的]|工作|时限)?$")
_ENDED = re.compile(r"截至(?=[。；，、]|日期|时间|期限|日为|前[，。])")


@lint_rule(
    "截至",
    "带有时点的用“截至”，“截止”不带宾语",
    basis=DICTIONARY,
    bad=(
        "截止6月30日，完成投资2亿元。",
        "截止目前，已查处12台。",
        "截止到2026年6月底，通车3公里。",
        "截止上半年，完成养护30公里。",
        "报名工作已经截至。",
        "截至日期为6月30日。",
    ),
    good=(
        "截至6月30日，完成投资2亿元。",
        "报名工作已经截止。",
        "截止日期为6月30日。",
        "报名截止6月30日。",
        "申报工作截止到6月30日。",
        "截止时间为7月10日17时。",
    ),
)
def cutoff(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _CUTOFF):
        if not _AN_EVENT.search(line.text, 0, found.start()):
            yield at(line, found.start(), found[0], "截至", "后面是时点，应用“截至”", "改为“截至”")
    for line, found in matches(text, _ENDED):
        yield at(line, found.start(), found[0], "截至", "后面没有时点，应用“截止”", "改为“截止”")


_DEGREES = (
    (re.compile(r"约\s*[\d.]+\s*[余多]?\s*[万亿]?[\u4e00-\u9fff㎡%]{0,3}左右"), "“约”和“左右”重复"),
    (re.compile(r"(?<![\u4e00-\u9fff])近\s*[\d.]+\s*[余多]|(?<=[\u4e00-\u9fff])近[\d.]+[余多]"), "“近”和“余”矛盾"),
    (re.compile(r"(?:至少|超过|不低于|不少于)\s*[\d.]+\s*[%％]?[\u4e00-\u9fff]{0,3}以上"), "“至少、超过”和“以上”重复"),
    (re.compile(r"(?:超过|至少|不少于|将近)\s*\d+\s*[余多](?=[万亿]?[\u4e00-\u9fff])"), "“超过、至少”和“余”重复"),
    (re.compile(r"(?:不超过|最多)\s*[\d.]+\s*[%％]?[\u4e00-\u9fff]{0,3}以下"), "“不超过、最多”和“以下”重复"),
    (re.compile(r"(?<![大制条预签公合违])约近\s*\d[\d.]*|近约\s*\d[\d.]*"), "“约”和“近”重复"),
    (re.compile(r"(?<![\d.])\d+\s*[余多][万亿]?[\u4e00-\u9fff]{1,2}左右"), "“余”和“左右”重复"),
    (re.compile(r"约\s*[\d.]+\s*[余多](?=[万亿]?[\u4e00-\u9fff])"), "“约”和“余”重复"),
)


@lint_rule(
    "概数",
    "表示概数的词不重复、不矛盾",
    basis="公文数字用法",
    bad=(
        "约30人左右参加。",
        "缺口约近300万元。",
        "发放300余份左右。",
        "超过300余人。",
        "投入近400余万元。",
        "至少5处以上。",
        "约200余人。",
    ),
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


_POINTS = re.compile(
    r"(?:由|从)[^，。；\d]{0,8}(?P<old>\d+(?:\.\d+)?)[%％][^，。；\d]{0,8}(?:提高|提升|上升|增长|增加|下降|降低|降|升)(?:到|至|为)(?P<new>\d+(?:\.\d+)?)[%％]"
    r"[，,（(](?:同比|环比|共|累计)?(?:提高|提升|上升|增长|增加|下降|降低)了?(?P<by>\d+(?:\.\d+)?)(?P<unit>[%％]|个?百分点)"
)
_RATE_BY = re.compile(
    r"[率度比重](?:达到?|为|提高到|提升至|上升到|由[^，。；]{0,12}提高到)?约?\d+(?:\.\d+)?[%％][，,（(](?:同比|环比|[较比][^，。；\d]{1,10})?(?:提高|提升|上升|下降|降低|增加|减少)了?(?P<by>\d+(?:\.\d+)?)[%％]"
)
_TO_POINTS = re.compile(r"(?:提高|提升|上升|下降|降低|增加|减少|增长)(?:到|至)\d+(?:\.\d+)?个百分点")


@lint_rule(
    "百分点",
    "两个百分率之差用百分点",
    basis="公文数字用法",
    bad=(
        "合格率由92.1%提高到94.6%，提高2.5%。",
        "覆盖率75%，提高15%。",
        "合格率由92.1%提高到94.6%，提高3.5个百分点。",
        "合格率提高到2.5个百分点。",
    ),
    good=(
        "合格率由92.1%提高到94.6%，提高2.5个百分点。",
        "完成投资1.2亿元，同比增长15%。",
        "完成率75%，同比提高3个百分点。",
    ),
)
def points(text: Text) -> Iterator[Finding]:
    marked: set[tuple[int, int]] = set()
    for line, found in matches(text, _POINTS):
        exact = abs(Decimal(found["new"]) - Decimal(found["old"]))
        marked.add((line.number, found.start("by")))
        words = f"{found['by']}{found['unit']}"
        if found["unit"] in "%％":
            right = f"改为“{found['by']}个百分点”"
            yield at(line, found.start("by"), words, "百分点", "两个百分率之差应写“百分点”", right)
        elif exact != Decimal(found["by"]):
            wrong = f"{found['old']}% 与 {found['new']}% 相差 {exact} 个百分点"
            yield at(line, found.start("by"), words, "百分点", wrong, "核对数字")
    for line, found in matches(text, _RATE_BY):
        if (line.number, found.start("by")) not in marked:
            do = f"改为“{found['by']}个百分点”"
            yield at(line, found.start("by"), f"{found['by']}%", "百分点", "两个百分率之差应写“百分点”", do)
    for line, found in matches(text, _TO_POINTS):
        yield at(line, found.start(), found[0], "百分点", "百分点是差，不能“提高到”", "改为“提高……个百分点”")


_LIMITS = re.compile(
    r"(?P<limit>\d+(?:\.\d+)?)(?P<unit>[分人吨台辆家公里米岁年%％个]{1,2})(?:（含）)?以上[^。；]{0,40}?(?<![\d.])(?P=limit)(?P=unit)以下"
)


@lint_rule(
    "以上以下",
    "“以上”“以下”都包括本数，相接的两档不能都用",
    basis="民法典第一千二百五十九条；公文数字用法",
    bad=("80分以上为合格，80分以下为不合格。",),
    good=("80分以上为合格，不满80分为不合格。", "3人以上10人以下。", "60分以上80分以下。"),
)
def limits(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _LIMITS):
        both = f"{found['limit']}{found['unit']}"
        wrong = f"“以上”“以下”都含{both}，两档重叠"
        yield at(line, found.start(), found[0], "以上以下", wrong, f"后一档改为“不满{both}”")
