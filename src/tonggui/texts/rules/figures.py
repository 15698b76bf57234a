"""How figures are written: units, decimals, ranges, one kind of numeral, one value for one thing.

Basis: GB/T 15835-2011 出版物上数字用法; units by what is counted (人次, 车次, 艘次).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from tonggui.base.numerals import number_of
from tonggui.texts.findings import Finding, at, lint_rule, matches, sentence
from tonggui.texts.reading import Line, Text

NUMERALS = "GB/T 15835-2011"
_SLASH = re.compile(r"(?<=[\d余多xX])\s*(?:(人|车|台|艘|辆|班|家|户)[/／](次|班)|(?<=\d)(?:次)[/／](人|车))")
_BOATS = re.compile(
    r"(?:检查|查验|登检|巡查|抽查)[^，。；、\d]{0,8}(?:船舶|渔船|客船|渡船|货船|运砂船|船只)[^，。；、\d]{0,4}([\d]+[余多]?)次"
)
_VEHICLES = re.compile(
    r"(?:检查|查验|抽查)[^，。；、\d]{0,8}(?:货车|客车|车辆|两客一危车辆)[^，。；、\d]{0,4}(\d+[余多]?)次(?!数)"
)


_OF_ANOTHER = (
    re.compile(
        r"(?:执法人员|工作人员|执法力量|民警|党员|队员|志愿者|安全员)(?P<count>\d+[余多]?)(?P<unit>车次|台次|辆次|艘次)"
    ),
    re.compile(r"(?:执法车辆|车辆|货车|客车|执法车|公务车)(?P<count>\d+[余多]?)(?P<unit>人次|艘次|艘)"),
    re.compile(
        r"(?:船舶|船只|渡船|渔船|执法艇|海巡艇|客船|货船)(?P<count>\d+[余多]?)(?P<unit>人次|车次|台次|辆次|辆|台)"
    ),
)
_SUITS = ("人次", "车次", "艘次")


_PEOPLE = re.compile(
    r"(?:出动|投入|派出|培训|警示教育|轮训)[^，。；、\d]{0,6}(?:人员|驾驶员|执法力量|队员|民警|党员|干部)(?P<count>\d+[余多]?)次(?!数)"
)


@lint_rule(
    "计量单位",
    "人次、车次、艘次连写，并与所计的对象相配",
    basis="统计用语：按次累计的复合单位",
    bad=(
        "出动执法人员80人/次、车辆18车/次。",
        "检查船舶120次。",
        "检查货车300次。",
        "出动执法人员320车次。",
        "检查渡船36台次。",
        "培训从业人员1200次。",
    ),
    good=(
        "客车25人座。",
        "出动执法人员80人次、车辆18车次。",
        "检查船舶120艘次。",
        "开展船舶检查120次。",
        "速度60公里/小时。",
    ),
)
def units(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _SLASH):
        words = re.sub("[/／]", "", found[0].strip())
        yield at(line, found.start(), found[0], "计量单位", "复合单位不用斜线", f"改为“{words}”")
    for pattern, suits in zip(_OF_ANOTHER, _SUITS, strict=True):
        for line, found in matches(text, pattern):
            wrong = f"单位“{found['unit']}”与所计的对象不配"
            yield at(line, found.start(), found[0], "计量单位", wrong, f"改为“{found['count']}{suits}”")
    for pattern, unit in ((_BOATS, "艘次"), (_VEHICLES, "辆次"), (_PEOPLE, "人次")):
        for line, found in matches(text, pattern):
            yield at(line, found.start(), found[0], "计量单位", f"应以“{unit}”计", f"改为“{found[1]}{unit}”")


_RATE = re.compile(
    r"(?P<label>[\u4e00-\u9fff]{0,6}(?:率|占年度计划|占全年计划|占年度目标|占年度任务))(?:为|达到?|的|是|约|约为)?(?P<value>\d+(?:\.(?P<decimals>\d+))?)[%％]"
)


_AIMED = re.compile("力争|确保|不低于|不少于|不超过|目标|要求|计划达到|达到.{1,8}以上|超过|近\\d|约\\d|左右")


@lint_rule(
    "小数位数",
    "同一比率在全文保留相同的小数位数",
    basis=NUMERALS,
    bad=(
        "甲项目完成率46.53%。\n乙项目完成率38.2%。\n丙项目完成率50%。",
        "甲路完成46.5%、乙路完成38.25%、丙路完成52.1%。",
    ),
    good=(
        "甲项目完成率46.5%。\n乙项目完成率38.2%。\n丙项目完成率100%。",
        "完成率46.5%，合格率98.25%。",
        "整改率95.6%。\n整改率90.2%。\n力争整改率95%以上。",
    ),
)
def decimals(text: Text) -> Iterator[Finding]:
    """A hundred percent has no decimals; a rate that is named once is compared with nothing, but within a list."""
    yield from _listed(text)
    seen: dict[str, list[tuple[Line, re.Match[str]]]] = defaultdict(list)
    for line, found in matches(text, _RATE):
        behind = line.text[found.end() : found.end() + 2]
        aimed = _AIMED.search(sentence(line, found.start())) or behind in ("以上", "左右", "以下", "以内")
        if Decimal(found["value"]) not in (0, 100) and not aimed:
            seen[_rate(found["label"])].append((line, found))
    for label, places in seen.items():
        widths = [len(found["decimals"] or "") for _, found in places]
        usual = _usual(widths)
        if len(set(widths)) > 1:
            line, found = next(place for place, width in zip(places, widths, strict=True) if width != usual)
            shown = "、".join(f"{one['value']}%" for _, one in places[:5])
            wrong = f"“{label}”的小数位数不一致（{shown}）"
            yield at(line, found.start("value"), f"{found['value']}%", "小数位数", wrong, f"统一保留 {usual} 位小数")


def _usual(widths: list[int]) -> int:
    """The number of decimals that most have; of as many, the larger: nothing is taken away from a figure."""
    return max(set(widths), key=lambda width: (widths.count(width), width))


_LIST = re.compile(r"[\u4e00-\u9fff]{2,10}(\d+\.\d+)[%％](?:、[\u4e00-\u9fff]{2,10}\d+\.\d+[%％]){2,}")


def _listed(text: Text) -> Iterator[Finding]:
    """Shares in a list of at least three, all with decimals, of which one has another number of them."""
    for line, found in matches(text, _LIST):
        shares = list(re.finditer(r"\d+\.(\d+)", found[0]))
        widths = [len(share[1]) for share in shares]
        usual = _usual(widths)
        if len(set(widths)) > 1:
            odd = next(share for share, width in zip(shares, widths, strict=True) if width != usual)
            place = found.start() + odd.start()
            yield at(line, place, f"{odd[0]}%", "小数位数", "并列各项的小数位数不一致", f"统一保留 {usual} 位小数")


def _rate(label: str) -> str:
    """What a rate is called, without what stands before it."""
    found = re.search(
        r"(完成率|整改率|合格率|覆盖率|上线率|到位率|卸载率|销号率|办结率|满意率|接种率|占[\u4e00-\u9fff]+|[\u4e00-\u9fff]{2}率)$",
        label,
    )
    return found[1] if found else label


_MONEY = re.compile(r"(?P<whole>\d+)(?:\.(?P<decimals>\d+))?[余多]?(?P<unit>万元|亿元)")
MOST_DECIMALS = {"万元": 2, "亿元": 4}


@lint_rule(
    "金额精度",
    "万元一般保留不多于两位小数，亿元不多于四位",
    basis="公文数字用法",
    bad=("投入资金404余万元，其中安保工程35.379万元。",),
    good=("投入资金404.25万元。", "完成投资1.25亿元。", "总投资12.3456亿元。"),
)
def money(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _MONEY):
        if len(found["decimals"] or "") > MOST_DECIMALS[found["unit"]]:
            wrong = f"{found['unit']}保留了 {len(found['decimals'])} 位小数"
            yield at(line, found.start(), found[0], "金额精度", wrong, f"保留不多于 {MOST_DECIMALS[found['unit']]} 位")


_PLAN_DONE = re.compile(
    r"(?:年度|全年)?(?:计划|目标|任务)[^，。；\d]{0,8}\d+(?:\.\d+)?(?P<first>万元|亿元)[^。；]{0,10}?(?:已|实际|累计)?完成[^，。；\d]{0,8}\d+(?:\.\d+)?(?P<second>万元|亿元)"
)


@lint_rule(
    "金额单位",
    "同一处相比的金额用同一单位",
    basis="公文数字用法",
    bad=("年度计划投资1.2亿元，已完成8000万元。",),
    good=("年度计划投资1.2亿元，已完成0.8亿元。", "总投资12亿元，其中征地费800万元。"),
)
def money_unit(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _PLAN_DONE):
        if found["first"] != found["second"]:
            yield at(line, found.start(), found[0], "金额单位", "计划和完成的单位不同", f"统一用{found['first']}")


_COMMA = re.compile(r"(?<![\d,.，])\d{1,3}(?:[,，]\d{3})+(?![\d,，])(?=[\u4e00-\u9fff%％])")
_RANGE = re.compile(r"(?<![\d.%％-])(\d+(?:\.\d+)?)\s*([-—–~～－至]|——)\s*(\d+(?:\.\d+)?)[%％]")


@lint_rule(
    "数字写法",
    "正文数字不用分节逗号，百分数的范围两端都写百分号，不用全角数字",
    basis=NUMERALS,
    bad=("完成投资1,200万元。", "增长5~10%。", "检查１２家企业。"),
    good=("完成投资1200万元。", "增长5%~10%。", "检查12家，发现5处。", "安排3，200米以外另设。"),
)
def writing(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _COMMA):
        if "，" not in found[0]:
            right = found[0].replace(",", "")
            yield at(line, found.start(), found[0], "数字写法", "正文数字不用分节逗号", f"改为“{right}”")
    for line, found in matches(text, _RANGE):
        right = f"{found[1]}%{found[2]}{found[3]}%"
        yield at(line, found.start(), found[0], "数字写法", "范围的前一个数缺百分号", f"改为“{right}”")
    for line, found in matches(text, re.compile("[０-９]+")):
        yield at(line, found.start(), found[0], "数字写法", "数字应为半角", "改为半角数字")


_UNIT = "家|台|辆|处|人|名|户|座|公里|条|份|艘|宗|起|块|次|个|场|期|件|套"
_HAN = "一二三四五六七八九十百千零两"
_HAN_COUNT = re.compile(
    rf"(?P<before>[\u4e00-\u9fff“]?)(?<![第每{_HAN}])(?P<count>[{_HAN}]{{1,6}})(?P<more>[余多]?)(?P<unit>{_UNIT})(?![一二三四五六七八九]是|月|以上|性|别|体|人大|样|方面|环节|层面)"
)
_COUNTING = set("共计查处理出了销改建成动达有入新增设置办装送吊许可的练栏训牌志")
_SET_PHRASE = re.compile("五十六个民族|百千万|千家万户|千人|万人|百人|十里|百公里|千公里")
_PERCENT = re.compile(r"百分之(\d+(?:\.\d+)?)")


@lint_rule(
    "汉字计数",
    "统计数用阿拉伯数字，全文一致",
    basis=NUMERALS,
    bad=(
        "新增货运企业12家，吊销许可的有十六家。",
        "检查车辆300台，查处三十余台。",
        "修订预案4个，开展演练三次，储备物资1200件。",
        "机械化水平为百分之62。",
    ),
    good=(
        "新增货运企业12家，吊销2家。",
        "两家企业，三个专题，12家单位。",
        "十个一次活动，检查12处。",
        "深入千家万户，走访12家。",
        "召开三次专题会议，部署12项工作。",
        "十二届三次全会，检查5次。",
    ),
)
def han_counts(text: Text) -> Iterator[Finding]:
    """Above ten where the unit also stands behind arabic figures; below, only between two counts in arabic figures."""
    for line, found in matches(text, _HAN_COUNT):
        count = number_of(found["count"])
        if count is None or found["count"] == "两" or _SET_PHRASE.match(line.text, found.start("count")):
            continue
        large = count > 10 and (found["before"] in _COUNTING or not found["before"])
        usual = large and re.search(rf"\d[余多]?{found['unit']}", text.whole)
        if usual or _among_arabic(line, found):
            written = f"{found['count']}{found['more']}{found['unit']}"
            right = f"{count}{found['more']}{found['unit']}"
            place = found.start("count")
            yield at(line, place, written, "汉字计数", "统计数应与上下文一致用阿拉伯数字", f"改为“{right}”")
    for line, found in matches(text, _PERCENT):
        right = f"{found[1]}%"
        yield at(line, found.start(), found[0], "汉字计数", "“百分之”后应用汉字，或写作百分号", f"改为“{right}”")


def _among_arabic(line: Line, found: re.Match[str]) -> bool:
    """Whether a count ends its item in a list whose other items end with counts in arabic figures."""
    before = re.search(rf"\d(?:{_UNIT}|人次|份|条)[，、][^，。；、\d]{{1,10}}$", line.text[: found.start("count")])
    behind = re.match(rf"[，、][^，。；、\d]{{1,10}}\d+(?:{_UNIT})", line.text[found.end() :])
    ends = line.text[found.end() : found.end() + 1] in "，、"
    return bool(ends and behind and (before or _counts(line, found) > 1))


def _counts(line: Line, found: re.Match[str]) -> int:
    """How many counts in arabic figures the sentence has."""
    return len(re.findall(rf"\d(?:{_UNIT})", sentence(line, found.start())))


_ROUGH = re.compile(r"\d+[余多](万元|亿元)")


@lint_rule(
    "精确程度",
    "同一句里的金额不一个用概数、一个精确到元",
    basis="公文数字用法",
    bad=("投入资金404余万元，另争取35.379万元。",),
    good=("投入资金404余万元，另争取35万元。", "投入资金404.25万元，另争取35.38万元。"),
)
def precision(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _ROUGH):
        exact = re.search(rf"\d+\.\d{{3,}}{found[1]}", sentence(line, found.start()))
        if exact:
            yield at(line, found.start(), found[0], "精确程度", f"同一句里另一数精确到{exact[0]}", "统一精确程度")
