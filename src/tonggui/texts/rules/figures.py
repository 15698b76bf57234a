"""How figures are written: units, decimals, ranges, one kind of numeral, one value for one thing.

Basis: GB/T 15835-2011 出版物上数字用法; units by what is counted (人次, 车次, 艘次).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from tonggui.base.numerals import number_of
from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.reading import Line, Text

NUMERALS = "GB/T 15835-2011"
_SLASH = re.compile(r"(?<=[\d余多xX])\s*(?:(人|车|台|艘|辆|班|家|户)[/／](次|班)|(?<=\d)(?:次)[/／](人|车))")
_BOATS = re.compile(
    r"(?:检查|查验|登检|巡查|抽查)[^，。；、\d]{0,8}(?:船舶|渔船|客船|渡船|货船|运砂船|船只)[^，。；、\d]{0,4}([\d]+[余多]?)次"
)
_VEHICLES = re.compile(
    r"(?:检查|查验|抽查)[^，。；、\d]{0,8}(?:货车|客车|车辆|两客一危车辆)[^，。；、\d]{0,4}(\d+[余多]?)次(?!数)"
)


@lint_rule(
    "计量单位",
    "人次、车次、艘次连写，并与所计的对象相配",
    basis="统计用语：按次累计的复合单位",
    bad=("出动执法人员80人/次、车辆18车/次。", "检查船舶120次。", "检查货车300次。"),
    good=("出动执法人员80人次、车辆18车次。", "检查船舶120艘次。", "开展船舶检查120次。", "速度60公里/小时。"),
)
def units(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _SLASH):
        words = re.sub("[/／]", "", found[0].strip())
        yield at(line, found.start(), found[0], "计量单位", "复合单位不用斜线", f"改为“{words}”")
    for pattern, unit in ((_BOATS, "艘次"), (_VEHICLES, "辆次")):
        for line, found in matches(text, pattern):
            yield at(line, found.start(), found[0], "计量单位", f"应以“{unit}”计", f"改为“{found[1]}{unit}”")


_RATE = re.compile(
    r"(?P<label>[\u4e00-\u9fff]{0,6}(?:率|占年度计划|占全年计划|占年度目标|占年度任务))(?:为|达到?|的|是|约|约为)?(?P<value>\d+(?:\.(?P<decimals>\d+))?)[%％]"
)


@lint_rule(
    "小数位数",
    "同一比率在全文保留相同的小数位数",
    basis=NUMERALS,
    bad=("甲项目完成率46.53%。\n乙项目完成率38.2%。\n丙项目完成率50%。",),
    good=(
        "甲项目完成率46.5%。\n乙项目完成率38.2%。\n丙项目完成率100%。",
        "完成率46.5%，合格率98.25%。",
    ),
)
def decimals(text: Text) -> Iterator[Finding]:
    """A hundred percent has no decimals; a rate that is named once is compared with nothing."""
    seen: dict[str, list[tuple[Line, re.Match[str]]]] = defaultdict(list)
    for line, found in matches(text, _RATE):
        if Decimal(found["value"]) not in (0, 100):
            seen[_rate(found["label"])].append((line, found))
    for label, places in seen.items():
        widths = [len(found["decimals"] or "") for _, found in places]
        usual = max(sorted(set(widths)), key=widths.count)
        if len(set(widths)) > 1:
            line, found = next(place for place, width in zip(places, widths, strict=True) if width != usual)
            shown = "、".join(f"{one['value']}%" for _, one in places[:5])
            wrong = f"“{label}”的小数位数不一致（{shown}）"
            yield at(line, found.start("value"), f"{found['value']}%", "小数位数", wrong, f"统一保留 {usual} 位小数")


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


_HAN_COUNT = re.compile(
    r"(?<![第\u4e00-\u9fff“])(?=[一二三四五六七八九十百千]*[十百千])[一二三四五六七八九十百千零]{2,}(?:余|多)?(?P<unit>家|台|辆|处|人|户|座|公里|条|份|艘|宗|起)"
    r"|(?<=[共计查处理出了销改建成动达有入新增设置办装送吊])(?=[一二三四五六七八九十百千]*[十百千])[一二三四五六七八九十百千零]{2,}(?:余|多)?(?P<unit2>家|台|辆|处|人|户|座|公里|条|份|艘|宗|起)"
)
_SET_PHRASE = re.compile("五十六个民族|百千万|千家万户|千人|万人|百人|十里|百公里|千公里")


@lint_rule(
    "汉字计数",
    "统计数用阿拉伯数字，全文一致",
    basis=NUMERALS,
    bad=("新增货运企业12家，吊销许可的有十六家。", "检查车辆300台，查处三十余台。"),
    good=(
        "新增货运企业12家，吊销2家。",
        "两家企业，三个专题，12家单位。",
        "十个一次活动，检查12处。",
        "深入千家万户，走访12家。",
    ),
)
def han_counts(text: Text) -> Iterator[Finding]:
    """Only above ten, and only where the same unit also stands behind arabic figures."""
    whole = "\n".join(line.text for line in text.lines)
    for line, found in matches(text, _HAN_COUNT):
        unit = found["unit"] or found["unit2"]
        if re.search(rf"\d[余多]?{unit}", whole) and not _SET_PHRASE.match(line.text, found.start()):
            count = number_of(re.sub("[余多]?[^一二三四五六七八九十百千零]+$", "", found[0]))
            right = f"{count}{'余' if '余' in found[0] else '多' if '多' in found[0] else ''}{unit}" if count else ""
            yield at(line, found.start(), found[0], "汉字计数", "统计数应与全文一致用阿拉伯数字", f"改为“{right}”")


ONE_FIGURE = ("纯电动公交", "新能源公交", "改型货车", "货运源头单位", "不停车检测点", "驻村工作队员", "危化品运输企业")
_STOCK = {
    thing: re.compile(
        rf"{thing}(?:车辆?)?[^，。；、\d]{{0,4}}(\d+)(?:辆|台|家|个|名|人)|(\d+)(?:辆|台|家|个|名|人)[^，。；、\d]{{0,3}}{thing}"
    )
    for thing in ONE_FIGURE
}


@lint_rule(
    "前后数字",
    "同一事项的数字在全文一致",
    basis="公文核稿",
    bad=("今年增加纯电动公交车20辆。\n投入纯电动公交24辆。",),
    good=("今年增加纯电动公交车20辆。\n投入纯电动公交20辆。", "去年新增纯电动公交18辆，今年新增纯电动公交20辆。"),
)
def one_value(text: Text) -> Iterator[Finding]:
    """Things of which a period has one figure; sentences about another period are left out."""
    for pattern in _STOCK.values():
        first: str | None = None
        for line, found in matches(text, pattern):
            sentence = line.text[line.text.rfind("。", 0, found.start()) + 1 : found.end()]
            if re.search("去年|上年|同期|计划|累计|其中|下半年|年底前|明年", sentence):
                continue
            value = found[1] or found[2]
            if first is not None and value != first:
                wrong = f"前文写的是 {first}，此处是 {value}"
                yield at(line, found.start(), found[0], "前后数字", wrong, "核对后统一")
            first = first or value
