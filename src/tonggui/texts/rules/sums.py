"""Sums: parts against their whole.

Basis: the cross-foot rules of the bureau's documents. A figure written to some decimals stands for every value that
rounds to it; only what cannot come out by any rounding is a fault.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tonggui.texts.findings import Finding, at, lint_rule, matches, sentence
from tonggui.texts.reading import Text

BASIS = "数据勾稽关系"
UNITS = (
    "人次|台次|车次|艘次|辆次|班次|家次|户次|公里|平方米|立方米|万元|亿元|"
    "处|个|座|条|家|户|辆|台|艘|起|件|宗|项|份|名|所|吨|亩|人|次|套|块|期|场|米|元"
)
NUM = r"\d+(?:\.\d+)?"
_WHOLE = re.compile(
    rf"(?P<whole>{NUM})(?P<more>[余多]?)(?P<unit>{UNITS})(?P<link>(?:[，,]|[:：]|[（(])(?:(?:其中|分别(?:为|是)?|包括|即|含|有)[:：，]?)?)"
    rf"(?=(?P<parts>[^。；;）)]*))"
)
_PART = re.compile(
    rf"(?:其中)?(?:[^\d，,、]{{1,16}}?(?P<value>{NUM})(?P<unit>{UNITS})[^\d，,、]{{0,4}}|(?P<value2>{NUM})(?P<unit2>{UNITS})[^\d，,、]{{2,12}})"
)
_OVERLAP = re.compile("重叠|交叉|同时|兼|合并计|重复计|其余|另有|另外|不含|除外|其他若干|部分(?:路段|企业|项目)")
_TOTAL_BEHIND = re.compile(
    rf"(?P<parts>(?:[^\d，,、。；;：:]{{1,16}}{NUM}(?P<unit>{UNITS})[，,、]){{2,}})(?:合计|共计|总计|总共|共)(?P<whole>{NUM})(?P=unit)"
)
_SCALE = {"亿元": ("元", 10**8), "万元": ("元", 10**4), "元": ("元", 1), "公里": ("米", 1000), "米": ("米", 1)}
NEARLY = Decimal("0.1")
"""Parts behind 其中 may be fewer than the whole; when they leave out so little of it, they were meant to be all."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number as written, in the unit written with it."""

    written: str
    unit: str

    @property
    def value(self) -> Decimal:
        return Decimal(self.written) * self._scale[1]

    @property
    def slack(self) -> Decimal:
        """Half a unit of the last place; whole counts are exact."""
        return slack(self.written) * self._scale[1] if self.unit in _SCALE else Decimal(0)

    @property
    def base(self) -> str:
        return self._scale[0]

    @property
    def _scale(self) -> tuple[str, int]:
        return _SCALE.get(self.unit, (self.unit, 1))

    def shown(self, value: Decimal) -> str:
        """A value in this amount's unit."""
        return f"{(value / self._scale[1]).normalize():f}{self.unit}"


def _amounts(parts: str, whole: _Amount) -> list[_Amount] | None:
    """The amounts of a plain list of parts in one unit; None where something else stands in it."""
    items = [item.strip() for item in re.split("[，,、和]", parts) if item.strip()]
    found = [_PART.fullmatch(item) for item in items]
    if len(items) < 2 or None in found:
        return None
    amounts = [_Amount(one["value"] or one["value2"], one["unit"] or one["unit2"]) for one in found if one]
    return amounts if all(one.base == whole.base for one in amounts) else None


@lint_rule(
    "合计",
    "分项之和与总数相符",
    basis=BASIS,
    bad=(
        "整治危险路段7处，其中急弯3处、挡墙2处、护栏3处。",
        "人行天桥3座，分别为完工1座、吊装1座。",
        "水路隐患5处、道路隐患8处、在建工程隐患2处，共计16处。",
        "出动执法人员120人次（包括日常巡查80人次、联合执法50人次）。",
        "改造危桥5座，其中石拱桥2座、梁桥2座。",
        "查处违法行为86起：超限36起、非法营运30起、其他10起。",
        "争取资金1.2亿元，其中中央5000万元、省级4000万元、县级4500万元。",
        "检查船舶320艘次，发现隐患14处（水路5处、道路6处、养护4处）。",
    ),
    good=(
        "整治危险路段8处，其中急弯3处、挡墙2处、护栏3处。",
        "整治危险路段9处，其中急弯3处、挡墙2处。",
        "水路隐患5处、道路隐患8处、在建工程隐患2处，共计15处。",
        "培训300人，合格280人，优秀100人。",
        "检查企业30家，发现隐患45处，整改40处。",
        "路段7处，其中急弯3处、挡墙2处、护栏3处，部分路段措施重叠。",
        "争取资金1.2亿元，其中中央5000万元、省级4000万元、县级3000万元。",
        "检查企业12家，其中客运3家、货运4家等。",
        "总投资1.2亿元，其中路基0.6亿元、路面0.5亿元、其他0.2亿元。",
    ),
)
def parts(text: Text) -> Iterator[Finding]:
    """With 其中 the parts may be fewer than the whole, never more; with 分别为 and the like they are all of it."""
    for line, found in matches(text, _WHOLE):
        link = found["link"].strip("，,：:（(")
        plain = not link and found["link"][0] in "，,"
        whole = _Amount(found["whole"], found["unit"])
        listed = None if plain or found["more"] else _amounts(re.split("等", found["parts"])[0], whole)
        if not listed or _OVERLAP.search(sentence(line, found.start())):
            continue
        total = sum((one.value for one in listed), Decimal(0))
        room = whole.slack + sum((one.slack for one in listed), Decimal(0))
        some = "等" in found["parts"] or link[:1] == "含"
        open_ended = some or link[:2] in ("其中", "有")
        lacking = whole.value - total
        nearly = not some and 0 < lacking <= max(whole.value * NEARLY, 1 if whole.unit not in _SCALE else 0)
        if -lacking > room or (lacking > room and (not open_ended or nearly)):
            words = f"{found['whole']}{found['unit']}"
            yield at(line, found.start(), words, "合计", f"分项之和是 {whole.shown(total)}", "核对总数和分项")
    for line, found in matches(text, _TOTAL_BEHIND):
        whole = _Amount(found["whole"], found["unit"])
        listed = _amounts(found["parts"], whole)
        total = sum((one.value for one in listed or ()), Decimal(0))
        room = whole.slack + sum((one.slack for one in listed or ()), Decimal(0))
        if listed and abs(total - whole.value) > room:
            words = f"{found['whole']}{found['unit']}"
            yield at(
                line, found.start("whole"), words, "合计", f"前面各项之和是 {whole.shown(total)}", "核对总数和分项"
            )


def slack(written: str) -> Decimal:
    """Half a unit of the last place written."""
    decimals = len(written.partition(".")[2])
    return Decimal(1).scaleb(-decimals) / 2
