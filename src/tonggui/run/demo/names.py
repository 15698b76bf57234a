"""Invented names of the demo county. None is meant to be anyone's: each carries 示例 or the plate letter 示.

Plates begin with 示, which no province has, so a plate of the demo can never be a real vehicle's.
"""

from collections.abc import Iterator
from itertools import count

import numpy as np

COUNTY = "示例县"
BUREAU = "示例县交通运输局"

# The organisation: name, kind, parent. Stations and township offices stand below the brigade and the bureau.
UNITS: list[tuple[str, str, str | None]] = [
    (BUREAU, "bureau", None),
    ("办公室", "section", BUREAU),
    ("安全应急股", "section", BUREAU),
    ("运输管理股", "section", BUREAU),
    ("建设养护股", "section", BUREAU),
    ("交通运输综合行政执法大队", "brigade", BUREAU),
    ("城东治超站", "station", "交通运输综合行政执法大队"),
    ("城西治超站", "station", "交通运输综合行政执法大队"),
    ("江北执法中队", "station", "交通运输综合行政执法大队"),
    ("道路运输事务中心", "centre", BUREAU),
    ("公路事务中心", "centre", BUREAU),
    ("水路事务中心", "centre", BUREAU),
    ("城关镇交管站", "station", BUREAU),
    ("江口镇交管站", "station", BUREAU),
    ("北桥镇交管站", "station", BUREAU),
]

# Business guidance besides the line of command: who guides whom.
GUIDANCE = {
    "城东治超站": "公路事务中心",
    "城西治超站": "公路事务中心",
    "江北执法中队": "道路运输事务中心",
    "城关镇交管站": "道路运输事务中心",
    "江口镇交管站": "水路事务中心",
    "北桥镇交管站": "公路事务中心",
}

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "安邦诚达恩方国浩吉佳康磊明宁平庆荣森涛伟文晓新旭远泽志忠"
FIRM_HEADS = [
    "顺达",
    "安通",
    "远航",
    "恒运",
    "江城",
    "众和",
    "鸿程",
    "百川",
    "捷顺",
    "新路",
    "金桥",
    "东岭",
    "诚远",
    "通源",
    "汇丰",
    "宏图",
]
FIRM_TAILS = {
    "passenger": "客运有限公司（示例）",
    "tourist": "旅游客运有限公司（示例）",
    "hazmat": "危货运输有限公司（示例）",
    "freight": "物流有限公司（示例）",
    "bus": "公交有限公司（示例）",
    "yard": "砂石加工厂（示例）",
}
TOWNS = ["城关镇", "江口镇", "北桥镇", "石湖乡", "青田镇", "龙山乡"]


def person(random: np.random.Generator) -> str:
    """A name of two or three characters."""
    given = "".join(random.choice(list(GIVEN), size=int(random.integers(1, 3))))
    return str(random.choice(list(SURNAMES))) + given


def firms(kind: str) -> Iterator[str]:
    """Firm names of a kind, each once; the heads come round again with a number."""
    for turn in count():
        for head in FIRM_HEADS:
            yield f"示例{head}{'' if turn == 0 else turn + 1}{FIRM_TAILS[kind]}"


def plate(number: int, *, new_energy: bool = False) -> str:
    """The plate of the demo's vehicle with this number: 示A00001, or 示AD00001 for new energy."""
    return f"示AD{number:05}" if new_energy else f"示A{number:05}"
