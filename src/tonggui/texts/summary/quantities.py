"""Quantities of a line: a number with its unit, its magnitude, and the words that say it is not exact.

"查处超限车辆120余台，罚款12.5万元" has 120 台 (余) and 12.5 万元. The value stays as printed with its unit; Chinese
numerals are read out, thousands separators left out.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from tonggui.base.numerals import LARGE, number_of
from tonggui.texts.summary import phrases, units
from tonggui.texts.summary.apart import spans_apart

_HAN = "零〇一二两三四五六七八九十百千万亿"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_BEFORE = (
    "不少于|不低于|不高于|不超过|至少|大约|将近|接近|突破|超过|高于|低于|不足|不到|最多|最高|"
    "(?<![节契违预特])约|(?<![附临靠最亲邻])近|(?<![治赶反])超|逾|(?<!不)仅"
)
_BEHIND = "以上|以内|以下|左右|上下|不等|之多|有余"
_MORE = "余|多|来"
_QUANTITY = re.compile(
    rf"(?:(?P<before>{_BEFORE})(?:达到?|为)?)?"
    rf"(?:(?P<percent>百分之|千分之)(?P<share>[{_HAN}点\d.]+)"
    rf"|(?P<number>{_DIGITS}|[{_HAN}]+(?:点[〇零一二三四五六七八九]+)?)(?P<more>{_MORE})?(?P<magnitude>[十百千]?[万亿]|[百千](?!米|克|瓦|伏|吨级))?(?P<again>{_MORE})?"
    rf"(?P<unit>{units.PATTERN}|(?<=[万亿])(?=[，。；、）以左余多\s]|$)))(?P<after>(?:{_MORE})(?=[，。；、）]|$))?(?P<behind>{_BEHIND})?"
)
_RANGE = re.compile(rf"(?P<low>{_DIGITS})(?P<unit>{units.PATTERN})?[-—–~至到]+(?={_DIGITS})")
_FIRST = re.compile(r"分别[^，。；\d]{0,8}(\d+(?:\.\d+)?)[和、与]$")
_APPROXIMATE = {"仅": None, "最多": "最多", "最高": "最高"}
# Units a Chinese reader must not split off a longer word: 5条例, 3项目, 2次性, 3人大, 4个性.
_WORD_BEHIND = {
    "条": "例款约",
    "项": "目",
    "次": "性序日",
    "人": "大民才员力工行",
    "分": "局别公之管钟队类",
    "方": "面案式向针法便",
    "部": "门分署委",
    "点": "",
    "名": "称单录",
    "位": "于居列置",
    "期": "间",
    "处": "置理于",
    "所": "有以",
    "家": "庭长属",
    "台": "账",
    "道": "路口",
    "段": "落",
    "面": "临向对",
    "对": "标照应",
    "组": "织建",
    "起": "步草来",
    "门": "口户",
    "套": "牌用",
    "成": "立果效为",
    "版": "本",
    "批": "准复",
    "线": "路",
    "类": "型",
    "班": "子组",
    "节": "约能日点假",
    "级": "",
    "元": "旦",
    "天": "然气桥",
    "包": "括含保",
    "队": "伍",
    "步": "骤",
    "例": "如行会",
    "单": "位",
    "页": "岩",
    "次序": "",
    "倍": "增",
    "列": "入为",
    "间": "隔",
    "件": "件",
    "路": "",
    "升": "级",
    "m": "",
    "根": "据",
    "副": "局",
    "户": "外籍",
    "支": "持部撑",
    "具": "体备有",
    "场": "所站地镇",
    "本": "地级年区县",
    "则": "",
    "封": "闭",
    "孔": "径",
    "顶": "",
    "种": "植",
    "堂": "",
    "眼": "",
    "卷": "",
    "架": "设",
    "座": "谈",
    "公里": "",
    "车道": "",
}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `start` to `end` in the plain line, `number_at` where its digits begin."""

    start: int
    end: int
    number_at: int
    value: Decimal
    unit: str
    qualifier: str | None = None
    han: bool = False
    top: Decimal | None = None

    @property
    def kind(self) -> str:
        return units.kind_of(self.unit)

    @property
    def of_money(self) -> bool:
        return self.kind == "钱"


def quantities(text: str) -> list[Quantity]:
    """Every quantity of a plain line, in order."""
    apart = [(start, end) for start, end, _ in spans_apart(text)]
    set_phrases = phrases.spans_set(text)
    found = []
    place = 0
    while match := _QUANTITY.search(text, place):
        place = match.end()
        number_at = match.start("share") if match["percent"] else match.start("number")
        if any(start <= number_at < end for start, end in apart):
            place = max(number_at + 1, next(end for start, end in apart if start <= number_at < end))
            continue
        quantity = _quantity(text, match, set_phrases)
        if quantity is None:
            # A figure may begin inside what was none: 一是12处 is tried again behind its first sign.
            place = number_at + len(match["number"] or match["share"])
            continue
        if first := _FIRST.search(text[: quantity.number_at]):
            # 分别下降0.08和0.15个百分点: the unit is that of both.
            start, end = first.span(1)
            found.append(Quantity(start, end, start, Decimal(first[1]), quantity.unit))
        found.append(_with_range(text, quantity, found))
    return found


def _quantity(text: str, match: re.Match[str], set_phrases: list[tuple[int, int]]) -> Quantity | None:
    before, behind = match["before"], match["behind"]
    if match["percent"]:
        value, number_at = number_of(match["share"]), match.start("share")
        unit, han, more = ("%" if match["percent"] == "百分之" else "‰"), True, None
    else:
        number_at, han = match.start("number"), not match["number"][0].isdigit()
        if han and not _counts(text, match, set_phrases):
            return None
        value, unit = _value(match["number"], match["magnitude"] or "", match["unit"], han)
        more = match["more"] or match["again"] or match["after"]
        if not _stands_alone(text, match) or _is_limit(text, match):
            return None
        if not han and "." in match["number"] and unit in units.WHOLE and number_at == 0:
            # "1.12家…" begins item 1 of a list.
            head, _, rest = match["number"].partition(".")
            value, number_at = Decimal(rest), number_at + len(head) + 1
    if value is None:
        return None
    qualifier = _APPROXIMATE.get(before, before) if before else None
    qualifier = qualifier or more or behind
    return Quantity(match.start(), match.end(), number_at, value, units.unit_as_said(unit), qualifier, han)


def _value(number: str, magnitude: str, unit: str, han: bool) -> tuple[Decimal | None, str]:
    """The value and unit as printed: 万 and 亿 stay with the unit of digits, and of Chinese numerals that are money."""
    if han:
        if unit == "元" or not unit:
            said = number + magnitude
            size = said[-1] if said[-1] in "万亿" else ""
            value = number_of(said)
            return value and value / LARGE.get(size, 1), size + "元"
        value = number_of(number + magnitude)
        return value, unit
    value = Decimal(number.replace(",", ""))
    while magnitude and magnitude[0] in "十百千":
        value *= {"十": 10, "百": 100, "千": 1000}[magnitude[0]]
        magnitude = magnitude[1:]
    return value, magnitude + (unit or "元")


def _counts(text: str, match: re.Match[str], set_phrases: list[tuple[int, int]]) -> bool:
    """Whether Chinese numerals count things here."""
    number, unit, start = match["number"], match["unit"], match.start("number")
    if unit not in units.COUNTED and not (unit == "" and number[-1] in "万亿" and len(number) > 1):
        return False
    if set(number) <= set("百千万亿") and not match["before"]:
        return False
    if any(begin < match.end("unit") and start < end for begin, end in set_phrases):
        return False
    previous = text[start - 1] if start else ""
    if number == "一" and previous and previous in phrases.PRONOUN and not match["before"]:
        return False
    if phrases.ABSTRACT.match(text, match.end("unit")):
        return False
    if unit == "期" and len(number) == 1 and not _COURSE.search(text[:start]):
        return False
    if number == "一" and re.search("最[^，。；]{1,4}的$", text[:start]):
        return False
    if _ANAPHORA.match(text, match.end("unit")) and not match["before"]:
        return False
    if (number == "一" or unit == "天") and _SAYING.search(text[max(0, start - 16) : match.end("unit") + 14]):
        return False
    # 一次, 一项, 一个 count only behind a word that says something was done.
    return (
        number != "一"
        or unit not in ["个", "项", "条", "次", "件", "段", "期", "组", "支", "张", "场"]
        or _is_done(text, start)
    )


# 培训班二期 were two; 示例港二期 is the second part of a work.
_COURSE = re.compile("(?:班|会|刊|报|栏|课|坛|活动|培训|举办|举行|印发|编发|发布|推送|开展|共|计)$")
# 下降三成, 路基完成九成; not 一成不变.
_TENTHS = re.compile("(?:降|升|增长|增加|减少|提高|完成|达到?|近|超过?|约|占|逾|有|[量额资]的)了?$")
# 三处合计占80%, 一天当作两天用, 整改一处、验收一处: the ones just named.
_SAYING = re.compile("([\u4e00-\u9fff]{1,4})一([\u4e00-\u9fff])、[\u4e00-\u9fff]{1,4}一\\2|一天当")
_ANAPHORA = re.compile("(?:合计|总计|共计|均|都|分别|加起来)")
_DONE = re.compile(
    "(?:建成?|召开|开展|创建|查处|完成|发现|排查|成立|举办|组织|新增|增设|设置|设立|发生|印发|"
    "制定|获得?|荣获|处置|办理|"
    "受理|立案|查获|举行|打造|培育|投入|购置|更换|修复|开通|优化|调整|接到|收到|共有|现有|通报|约谈|撰写|刊发|进行|"
    "参观|演练|培训|检查|巡查|会议|活动|承担|实施|有|共|各|刊登|发放|取缔|关停|注销|吊销|党课|达|"
    "召集|下发|录用|选派|派驻)了?$"
)


def _is_done(text: str, start: int) -> bool:
    return bool(_DONE.search(text[:start]))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the unit is a word of its own and the number no part of a longer sign."""
    unit, end, start = match["unit"], match.end("unit"), match.start("number")
    behind, before = text[end : end + 1], text[start - 1 : start]
    if units.is_roman(unit) and behind.isascii() and behind.isalnum():
        return False
    if match["number"][0] not in _HAN and (
        before in ("+", ".", "·", "#")
        or (before == "/" and not re.search("[\u4e00-\u9fff]/$", text[:start]))
        or (before.isascii() and before.isalnum())
    ):
        return False
    if behind and behind in _WORD_BEHIND.get(unit, ""):
        return False
    if unit == "对" and (behind.isdigit() or behind in _HAN):
        return False
    if unit in ("个", "项", "大") and phrases.ABSTRACT.match(text, end):
        return False
    if unit == "成" and match["number"][0] in _HAN:
        return bool(_TENTHS.search(text[:start]))
    return not (unit in ("分", "点", "种", "类") and match["number"][0] in _HAN)


def _is_limit(text: str, match: re.Match[str]) -> bool:
    """Whether a time is a limit (3天内) or how often something is done (每月1次); hours on duty are a figure."""
    start, unit = match.start(), match["unit"]
    if unit in ("小时", "天", "分钟") and (
        match["number"] in ("24", "二十四")
        or phrases.LIMIT.match(text, match.end("unit"))
        or re.search("每|为期|隔|提前|第$", text[max(0, start - 3) : start])
    ):
        return True
    return bool(phrases.EVERY.search(text[:start]))


def _with_range(text: str, quantity: Quantity, found: list[Quantity]) -> Quantity:
    """With the lower number of a range before it (5~10处, 30%—40%) the quantity is the lower one with its top."""
    for low in _RANGE.finditer(text):
        if low.end() != quantity.number_at or low["unit"] not in (None, quantity.unit):
            continue
        if found and found[-1].end > low.start():
            found.pop()
        value = Decimal(low["low"].replace(",", ""))
        return Quantity(
            low.start(), quantity.end, low.start(), value, quantity.unit, quantity.qualifier, top=quantity.value
        )
    return quantity
