"""Figures that bind each other: what is put right against what was found, shares against what they are shares of,
counts against the names they stand for.

Basis: the cross-foot rules of the bureau's documents. Only what cannot come out by any rounding is a fault.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from tonggui.texts.findings import Finding, at, lint_rule, matches, sentence
from tonggui.texts.reading import Text
from tonggui.texts.rules.sums import BASIS, NUM, slack

_SCOPE = re.compile(
    r"(?:共计|共有|应接种|合计)(?P<whole>\d+)人[^。；]{0,12}?已?接种(?:疫苗)?的?(?P<a>\d+)人[^。；]{0,8}?禁忌[^。；\d]{0,4}(?P<b>\d+)人"
    r"[^。；]{0,8}?(?:延后|暂缓|延迟)[^。；\d]{0,6}(?P<c>\d+)人"
)


@lint_rule(
    "接种平衡",
    "接种、禁忌、延后之和等于应接种人数",
    basis=BASIS,
    bad=("本系统共计1286人，已接种1100人，禁忌98人，延后80人。",),
    good=("本系统共计1286人，已接种1100人，禁忌98人，延后88人。",),
)
def vaccination(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _SCOPE):
        total = sum(int(found[name]) for name in "abc")
        if total != int(found["whole"]):
            wrong = f"接种、禁忌、延后之和是 {total} 人"
            yield at(line, found.start("whole"), f"{found['whole']}人", "接种平衡", wrong, "核对各项人数")


_BRACKETS = r"(?:[（(][^（）()。]*[）)])?"
_FOUND = r"(?:发现|排查出?|查出|查找|梳理)(?:并)?[^，。；\d]{0,12}(?:隐患|问题|病害)"
_ORDERED = (
    (
        _FOUND + r"(?P<more>\d+)[处个项条]" + _BRACKETS + r"[^。；\d]{0,12}(?:已|完成)?(?:整改|修复|处置)"
        r"[^，。；\d]{0,6}(?P<less>\d+)[处个项条]",
        "整改数大于发现数",
    ),
    (
        _FOUND + r"(?P<more>\d+)处" + _BRACKETS + r"[^。；\d]{0,12}下[发达][^，。；\d]{0,6}通知书(?P<less>\d+)份",
        "通知书份数大于隐患数",
    ),
    (
        r"查扣[^，。；\d]{0,14}(?P<more>\d+)(?:台次|台|辆)[^。；\d]{0,6}"
        r"已(?:处罚|处理|结案)[^，。；\d]{0,6}(?P<less>\d+)(?:台次|台|辆)",
        "处罚数大于查扣数",
    ),
    (r"立案(?P<more>\d+)[件宗起][^。；\d]{0,8}已?结案(?P<less>\d+)[件宗起]", "结案数大于立案数"),
)
_ORDERED_COMPILED = tuple((re.compile(pattern), wrong) for pattern, wrong in _ORDERED)


@lint_rule(
    "数量关系",
    "整改不多于发现，处罚不多于查扣，结案不多于立案",
    basis=BASIS,
    bad=(
        "发现隐患45处，已整改48处。",
        "发现隐患45处（水路20处、道路25处），已整改48处。",
        "查扣非法营运车辆30台次，已处罚32台次。",
        "立案12宗，结案15宗。",
    ),
    good=(
        "发现隐患45处，已整改45处。",
        "发现隐患45处，下发整改通知书12份，整改到位40处。",
        "立案12宗，结案15宗（含上年结转）。",
    ),
)
def ordered(text: Text) -> Iterator[Finding]:
    for pattern, wrong in _ORDERED_COMPILED:
        for line, found in matches(text, pattern):
            if int(found["less"]) > int(found["more"]) and not re.search(
                "结转|上年|往年|历年", sentence(line, found.start())
            ):
                words = line.text[found.start("less") : found.end()]
                yield at(line, found.start("less"), words, "数量关系", wrong, "核对两个数")


_SHARES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:年度|全年)?(?:计划|目标|任务)[^，。；\d]{{0,10}}(?P<whole>{NUM})(?P<unit>亿元|万元|公里|条|个|座|处)[^。；]{{0,16}}?完成[^，。；\d]{{0,10}}(?P<part>{NUM})(?P=unit)"
        rf"[^。；\d]{{0,10}}?(?:完成率|占[^。；\d]{{0,10}}?)(?:为|达到?|的)?(?P<share>{NUM})[%％]",
        rf"{_FOUND}(?P<whole>\d+)(?P<unit>处|个|项|条){_BRACKETS}[^。；]{{0,10}}?整改[^，。；\d]{{0,6}}(?P<part>\d+)(?P=unit)[^。；\d]{{0,4}}整改(?:完成)?率(?:为|达到?)?(?P<share>{NUM})[%％]",
        rf"(?:计划|应|目标|任务)[^，。；\d]{{0,10}}(?P<whole>{NUM})(?P<unit>台|辆|人|户|家|艘|份|套|公里|座|处)[^。；\d]{{0,8}}(?:已|实际|完成)[^，。；\d]{{0,8}}(?P<part>{NUM})(?P=unit)"
        rf"[，（(]?[^，。；\d]{{0,6}}率(?:为|达到?)?(?P<share>{NUM})[%％]",
        rf"完成[^，。；\d]{{0,8}}(?P<part>{NUM})(?P<unit>亿元|万元|公里)[，,](?:占|为|达到?)[^，。；\d]{{0,10}}(?:计划|目标|任务)[^，。；\d]{{0,6}}"
        rf"(?P<whole>{NUM})(?P=unit)的(?P<share>{NUM})[%％]",
        rf"立案(?P<whole>\d+)(?P<unit>件|宗|起)[^。；]{{0,6}}?结案(?P<part>\d+)(?P=unit)[^。；\d]{{0,4}}结案率(?:为|达到?)?(?P<share>{NUM})[%％]",
    )
)


@lint_rule(
    "比率",
    "比率与所列的两个数相符",
    basis=BASIS,
    bad=(
        "年度计划投资2.6亿元，已完成1.2亿元，完成率56.2%。",
        "发现隐患50处，已整改45处，整改率95%。",
        "发现隐患50处（水路20处、道路30处），已整改45处，整改率95%。",
        "发现隐患50处，已整改49处，整改率100%。",
        "完成投资1.86亿元，占年度计划4.00亿元的56.5%。",
    ),
    good=(
        "年度计划投资2.6亿元，已完成1.2亿元，完成率46.2%。",
        "发现隐患50处，已整改45处，整改率90%。",
        "年度计划投资2.6亿元，已完成1.2亿元，占年度计划的45%。",
    ),
)
def shares(text: Text) -> Iterator[Finding]:
    for pattern in _SHARES:
        for line, found in matches(text, pattern):
            if not _possible(
                found["part"], found["whole"], found["share"], counted=found["unit"] not in ("亿元", "万元", "公里")
            ):
                exact = Decimal(found["part"]) / Decimal(found["whole"]) * 100
                wrong = f"按 {found['part']} ÷ {found['whole']} 计算约为 {exact:.2f}%"
                yield at(line, found.start("share"), f"{found['share']}%", "比率", wrong, "核对比率")


def _possible(part: str, whole: str, share: str, *, counted: bool) -> bool:
    """Whether some values that round to part and whole have a share that rounds to `share`; counts are exact."""
    if not Decimal(whole):
        return True
    part_slack, whole_slack = (Decimal(0), Decimal(0)) if counted else (slack(part), slack(whole))
    room = slack(share)
    if counted and Decimal(share) == 100 and part != whole:
        return False
    least = (Decimal(part) - part_slack) / (Decimal(whole) + whole_slack) * 100
    most = (Decimal(part) + part_slack) / max(Decimal(whole) - whole_slack, Decimal("1e-9")) * 100
    return least - room <= Decimal(share) <= most + room


_NAMED = re.compile(
    r"(?P<count>\d{1,2})(?:条|个|座|处|家|所)[^，。；：（(\d]{0,14}[（(：](?P<names>[^（）()。；：]{5,200}?)[）)。；]"
)


@lint_rule(
    "列名与数量",
    "不带“等”的列名与数量相等，带“等”的不超过数量",
    basis=BASIS,
    bad=(
        "新增城乡公交3条（城东线、城西线）。",
        "设置检查点2个：东桥路口、西湾路口、南门路口。",
        "公示源头企业2家（甲公司、乙公司、丙公司等）。",
    ),
    good=(
        "新增城乡公交3条（城东线、城西线、南环线）。",
        "新增城乡公交5条（城东线、城西线等）。",
        "召开3个专题会议（安全、质量和进度）。",
        "检查企业5家（其中客运2家、货运3家）。",
    ),
)
def named(text: Text) -> Iterator[Finding]:
    """Only lists whose names end alike, as names of one kind do."""
    for line, found in matches(text, _NAMED):
        written = found["names"]
        names = [
            name.strip()
            for name in re.split("、|和", re.sub("等(?:[\u4e00-\u9fff\\d]{0,4})?$", "", written))
            if name.strip()
        ]
        if (
            len(names) < 2
            or re.search(r"\d", written)
            or len({name[-1] for name in names}) > 1
            or any(len(n) < 3 for n in names)
        ):
            continue
        count, some = int(found["count"]), bool(re.search("等[\u4e00-\u9fff\\d]{0,4}$", written))
        if len(names) > count or (len(names) < count and not some):
            words = line.text[found.start() : found.start("names")]
            yield at(line, found.start(), words, "列名与数量", f"列出了 {len(names)} 个名称", "核对数量，或补上“等”")


_GREW = re.compile(
    rf"[由从](?:[^，。；\d]{{0,8}}?)(?P<old>{NUM})(?P<unit>[\u4e00-\u9fff]{{1,2}}?)(?:增加|增长|减少|下降|提高|压减|降)(?:到|至|为)(?P<new>{NUM})(?P=unit)"
    rf"[，,（(](?:共|净|累计)?(?:增加|减少|下降|提高|压减)了?(?P<by>{NUM})(?P=unit)"
)


@lint_rule(
    "增减数",
    "“由甲增加到乙，增加丙”的三个数相符",
    basis=BASIS,
    bad=("公交车由20辆增加到25辆，增加6辆。",),
    good=("公交车由20辆增加到25辆，增加5辆。", "由20辆增加到25辆，其中新增8辆。"),
)
def grew(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _GREW):
        exact = abs(Decimal(found["new"]) - Decimal(found["old"]))
        if exact != Decimal(found["by"]):
            words = f"{found['by']}{found['unit']}"
            wrong = f"{found['old']} 与 {found['new']} 相差 {exact}"
            yield at(line, found.start("by"), words, "增减数", wrong, "核对三个数")
