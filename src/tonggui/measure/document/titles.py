"""A long title in lines: centred, as a trapezoid or diamond, with no word split (GB/T 9704-2012, 7.3.1).

Words that titles of a transport bureau are made of are known here; between two signs that are in no known word a line
is ended only where there is no better place.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from tonggui.measure.document.paragraphs import width

# Characters of 二号 that fit the type area: 156 mm against 22 pt.
CHARACTERS = 20
MOST_LINES = 5

_WORDS = (
    "交通运输局", "交通运输", "交通局", "人民政府", "办公室", "委员会", "综合行政执法", "行政执法", "执法", "支队",
    "大队", "中队", "关于", "印发", "报送", "转发", "贯彻", "落实", "上半年", "下半年", "全年", "半年", "季度",
    "第一", "第二", "第三", "第四", "年度", "月份", "工作总结", "工作要点", "工作计划", "工作情况", "工作报告",
    "工作", "总结", "计划", "安排", "打算", "情况", "报告", "安全生产", "安全", "生产", "隐患", "排查", "整治",
    "治理", "专项", "行动", "方案", "应急", "防汛", "意识形态", "责任制", "责任", "党风廉政", "党建", "农村公路",
    "公路", "水路", "道路运输", "道路", "运输", "超限超载", "超限", "超载", "治超", "客运", "货运", "公交", "出租",
    "汽车", "维修", "驾培", "驾驶员", "培训", "重点项目", "项目", "建设", "投资", "调度", "月报表", "月报", "日报",
    "周报", "报表", "统计表", "统计", "通报", "通知", "意见", "决定", "请示", "公告", "建议", "提案", "办理",
    "考核", "检查", "督查", "整改", "推进", "完成", "开展", "加强", "做好", "进展", "问题", "措施", "目标", "任务",
    "信息", "数据",
)  # fmt: skip
_WORD = re.compile(
    "|".join(
        (
            r"《[^》]{1,12}》",
            r"[0-9０-９〇一二三四五六七八九十]+(?:年|月|日|号|期|个|个月)",
            r"[A-Za-z0-9.%]+",
            *sorted(_WORDS, key=len, reverse=True),
        )
    )
)
_NEVER_FIRST = frozenset("的和与及、，。；：！？》）〕”’·—")
_NEVER_LAST = frozenset("《（〔“‘·—")
_GOOD, _WORD_END, _UNKNOWN = 0.0, 2.0, 12.0


def title_lines(lines: Sequence[str]) -> list[str]:
    """The title's lines, each no longer than the type area."""
    fitted: list[str] = []
    for line in lines:
        fitted += _divided(line)
    return fitted


def _divided(line: str) -> list[str]:
    """The best of all divisions into as few lines as hold it."""
    if width(line) <= CHARACTERS:
        return [line]
    costs = _costs(line)
    for number in range(2, MOST_LINES + 1):
        found = [(cost, parts) for parts, cost in _divisions(line, costs, number)]
        if found:
            return list(min(found)[1])
    return [line[n : n + CHARACTERS] for n in range(0, len(line), CHARACTERS)]


def _divisions(line: str, costs: dict[int, float], number: int) -> Iterator[tuple[tuple[str, ...], float]]:
    for breaks in combinations(costs, number - 1):
        ends = (0, *breaks, len(line))
        parts = tuple(line[a:b] for a, b in pairwise(ends))
        if max(map(width, parts)) <= CHARACTERS:
            yield parts, sum(costs[place] for place in breaks) + _shape(list(map(width, parts)))


def _shape(widths: list[float]) -> float:
    """How far lines are from a trapezoid or diamond: uneven ones, equal ones, and a waist between two long ones."""
    unevenness = (max(widths) - min(widths)) / 2
    equal = 1.0 if max(widths) == min(widths) else 0.0
    waist = sum(10.0 for a, b, c in zip(widths, widths[1:], widths[2:], strict=False) if b < a and b < c)
    return unevenness + equal + waist


def _costs(line: str) -> dict[int, float]:
    """Where a line may end, and how unwelcome that is."""
    inside: set[int] = set()
    edges: set[int] = set()
    for word in _WORD.finditer(line):
        inside.update(range(word.start() + 1, word.end()))
        edges.update((word.start(), word.end()))
    found = {}
    for place in range(1, len(line)):
        if place in inside or line[place] in _NEVER_FIRST or line[place - 1] in _NEVER_LAST:
            continue
        good = line.startswith("关于", place) or line[place - 1] in "的、" or line[:place].endswith(("局", "政府"))
        after_about = line[:place].endswith("关于")
        found[place] = _GOOD if good else _UNKNOWN if after_about or place not in edges else _WORD_END
    return found
