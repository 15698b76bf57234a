"""One figure in two places: what is counted alike in two sentences has one value.

Basis: the rule of the bureau's documents that a figure has one source. Two sentences count alike only when they name
the thing in the same words; sentences of another period, place or part are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tonggui.texts.findings import Finding, at, lint_rule
from tonggui.texts.reading import Line, Text
from tonggui.texts.rules.sums import UNITS

ONE_FIGURE = (
    "纯电动公交", "新能源公交", "改型货车", "货运源头单位", "不停车检测点", "驻村工作队员", "危化品运输企业",
    "公路总里程",
    "公路里程", "养护里程", "出租汽车总数", "在册渡口", "乡镇渡口",
)  # fmt: skip
"""Things of which a bureau has one number in a period, whatever the verb before it."""
_FIGURE = re.compile(
    rf"(?P<words>[\u4e00-\u9fff]{{4,18}}?)(?P<value>\d+(?:\.\d+)?)(?P<more>[余多]?)(?P<unit>{UNITS})(?![/／])"
)
_ELSEWHERE = re.compile(
    "去年|上年|同期|同比|计划|累计|其中|下半年|年底|明年|次年|力争|确保|目标|任务|月份|\\d月|季度|分别|各|平均|每|比|较|另|再|余下|剩余"
    "|[东西南北]线|标段|专项|联合|夜间|节前|期间|春运|第[一二三四五六七八九十]|乡|镇|中队|大队|所属|上级|全市|全省|甲|乙"
)
_PLANNED = re.compile("计划|力争|确保|目标|任务|下半年|明年|次年|[12]\\d{3}年[，,]")
"""What rules the whole sentence, also behind a semicolon."""
_VERBS = re.compile(
    "^(?:今年以来|上半年|本年度|全年|全县|全区|全局|我局|我县|我区|截至目前|目前|现|已|共|总|先后|一共|合计|新)+"
)
_PLAIN = re.compile(
    "(?:企业|隐患|问题|人员|车辆|项目|会议|资料|船舶|单位|活动|行动|培训|检查|整改|处罚|投资|资金|演练|路段|病害)$"
)
LONG_ENOUGH = 6


@dataclass(frozen=True, slots=True)
class _Place:
    line: Line
    place: int
    words: str
    value: str


@lint_rule(
    "前后数字",
    "同一事项的数字在全文一致",
    basis="公文核稿",
    bad=(
        "今年增加纯电动公交车20辆。\n投入纯电动公交24辆。",
        "上半年新增纯电动作业车18辆。\n一、养护\n新增纯电动作业车16辆。",
        "上半年查处非法营运车辆126台。\n一、执法\n上半年查处非法营运车辆162台。",
    ),
    good=(
        "今年增加纯电动公交车20辆。\n投入纯电动公交20辆。",
        "去年新增纯电动公交18辆，今年新增纯电动公交20辆。",
        "检查客运企业12家。\n检查客运企业8家次。",
        "东桥镇摸底农村公路需求12公里。\n西湾镇摸底农村公路需求20公里。",
        "排查安全隐患45处。\n排查安全隐患12处。",
        "新改建农村公路268公里。\n明年，计划完成投资3亿元；新改建农村公路240公里以上。",
    ),
)
def one_value(text: Text) -> Iterator[Finding]:
    found: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for line in text.lines:
        for key, place in _figures(line) if line.cell is None else ():
            found[key].append(place)
    for places in found.values():
        if len({one.line.number for one in places}) != len(places):
            continue
        for first, other in pairwise(places):
            if first.value != other.value:
                wrong = f"第 {first.line.number} 行写的是 {first.value}，此处是 {other.value}"
                yield at(other.line, other.place, other.words, "前后数字", wrong, "核对后统一")


def _figures(line: Line) -> Iterator[tuple[tuple[str, str], _Place]]:
    """The figures of a line that have one value in a text, by what they count and in which unit."""
    for found in _FIGURE.finditer(line.text):
        start = max(line.text.rfind(sign, 0, found.start("value")) for sign in "。；，、：（") + 1
        clause = line.text[start : found.start("value")]
        sentence_start = max(line.text.rfind(sign, 0, found.start("value")) for sign in "。；") + 1
        if _ELSEWHERE.search(line.text[sentence_start : found.end()]):
            continue
        if _PLANNED.search(line.text, line.text.rfind("。", 0, start) + 1, start):
            continue
        words = _VERBS.sub("", clause)
        named = next((thing for thing in ONE_FIGURE if thing in words), None)
        specific = len(words) >= LONG_ENOUGH and not _PLAIN.search(words) and not re.search(r"\d", words)
        vehicles = len(words) >= LONG_ENOUGH + 2 and not re.search(r"\d", words)
        if named or specific or vehicles:
            place = _Place(line, start, f"{clause}{found['value']}{found['more']}{found['unit']}", found["value"])
            yield (named or words, found["unit"]), place
