"""What a summary tells beside its figures: dates, projects, firms, campaigns, places, and the stage of works.

Official texts name these by fixed endings (…工程, …公司, …专项行动, …镇) and fixed words (已开工, 招标阶段, 竣工验收).
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from tonggui.texts.reading import Text

_HAN = "[\u4e00-\u9fffA-Za-z0-9]"
_BEFORE = "(?:^|(?<=[，。；：、（(“\\s.．）)]))"
PATTERNS = {
    "date": re.compile("(?:(?:19|20)\\d{2}年)?\\d{1,2}月(?:\\d{1,2}日|底|初|中旬|上旬|下旬)(?:前|起)?"),
    "road": re.compile("(?<![A-Za-z0-9])[GSXYC]\\d{3,4}(?:线)?(?:K\\d+\\+\\d+)?(?:[-—~至]K\\d+\\+\\d+)?"),
    "project": re.compile(
        f"{_BEFORE}({_HAN}{{2,20}}?(?:改线|改造|新建|改建|扩建|大修|延线|提质|升级|快速化|标准化)?(?:工程|项目|大桥|枢纽|隧道|码头|客运站|停车场))(?=[，。、：（\\d\u4e00-\u9fff]|$)"
    ),
    "firm": re.compile(f"({_HAN}{{2,16}}?(?:有限责任公司|有限公司|公司|驾校|合作社))"),
    "campaign": re.compile(
        f"[“]([^”]{{2,14}})[”](?=专项|行动|活动|整治)|({_HAN}{{2,14}}?(?:专项整治(?:三年)?行动|专项行动|大排查大整治|百日攻坚|安全生产月|三年行动))"
    ),
    "place": re.compile("([\u4e00-\u9fff]{2,4}(?:镇|乡|街道|村|渡口|检测点|检查点))(?![\u4e00-\u9fff]*委)"),
    "stage": re.compile(
        "(?:正在|已|目前|处于|进入|完成)?(?:(?:工可|初步设计|施工图设计|施工图|用地|环评)?(?:批复|"
        "审批|评审)|图审|财评|招投标|招标|开标|征地拆迁|开工建设|开工|"
        "主体封顶|主体完工|完工|交工验收|竣工验收|竣工|通车|停工|复工|吊装|报建|立项)(?:阶段|完成)?"
    ),
}
TITLES = {
    "date": "日期",
    "road": "路线",
    "project": "项目",
    "firm": "企业",
    "campaign": "专项行动",
    "place": "地点",
    "stage": "阶段",
}


@dataclass(frozen=True, slots=True)
class Sight:
    """A date, name, place or stage: its kind, its words, its line."""

    kind: str
    words: str
    line: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        return f"第 {self.line} 行 {TITLES[self.kind]}：{self.words}"


def sights(text: Text) -> list[Sight]:
    """Everything named in a text, each once a line."""
    return list(dict.fromkeys(_all(text)))


def _all(text: Text) -> Iterator[Sight]:
    for line in text.lines:
        for kind, pattern in PATTERNS.items():
            for found in pattern.finditer(line.text):
                words = next((group for group in found.groups() if group), found[0])
                yield Sight(kind, words, line.number)
