"""Unit words that stand behind the numbers of official texts, and which of them Chinese numerals may count.

A number without one of these is a year, a rank, a model or a name, not a figure.
"""

import re

MONEY = "元 角 美元"
LENGTH = "公里 千米 延米 延长米 车道公里 米 厘米 毫米 海里 km KM m cm mm"
AREA = "平方米 平方公里 平米 平方 ㎡ m² m2 公顷 亩"
VOLUME = "立方米 立方 方 m³ m3 升"
MASS = "吨级 吨 公斤 千克 吨公里 载重吨 标箱 TEU"
POWER = "千瓦时 千瓦 兆瓦 kW KW 千伏安"
TIME = "小时 学时 课时 分钟 天 工日 个工日"
PEOPLE = "人次 人·次 人 名 位 户次 户 名次 人公里"
CRAFT = (
    "台次 辆艘次 辆次 车次 艘次 艇次 架次 班次 航次 趟次 列次 台班 台套 台（套） 辆（台） 台（辆） "
    "台 辆 艘 架 趟 列 班 部 艇"
)
THINGS = (
    "轮次 家次 处次 项次 条次 个次 所次 件次 场次 批次 点次 份次 期次 组次 座次 "
    "份 处 项 起 宗 件 家 座 条 个 所 次 场 期 篇 套 块 面 张 幅 支 只 盏 根 棵 株 具 顶 本 册 批 道 段 孔 间 栋 幢 "
    "片 组 对 轮 笔 款 封 例 卷 页 则 桶 袋 瓶 包 床 副 枚 眼 堂 节 门 种 类 匹 尊 扇 樘 盘 箱 枪 路次 版 步 队 线次 顿"
)
SHARES = "% ‰ 个百分点 百分点 成 倍 分"
RATES = "公里/小时 千米/小时 km/h 元/吨 万元/公里 元/公里 元/亩 元/人 吨/年 人/次 车/次 台/次 辆/次 艘/次 次/天 班/天"

WORDS = tuple(
    sorted(
        {word for group in (MONEY, LENGTH, AREA, VOLUME, MASS, POWER, TIME, PEOPLE, CRAFT, THINGS, SHARES, RATES)
         for word in group.split()},
        key=lambda word: (-len(word), word),
    )
)  # fmt: skip
PATTERN = "(?:" + "|".join(re.escape(word) for word in WORDS) + ")"

# What Chinese numerals count so that it is a figure by itself: 一座, 十六家; the others need a verb of counting.
COUNTED = frozenset(WORDS) - frozenset(
    [
        "方",
        "分",
        "倍",
        "版",
        "步",
        "队",
        "种",
        "类",
        "门",
        "面",
        "点",
        "部",
        "对",
        "单",
        "节",
        "列",
        "眼",
        "盘",
        "匹",
        "尊",
        "度",
        "顿",
    ]
)
# Units of which a part makes no sense: 1.12家 behind a heading is item 1 and 12家.
WHOLE = frozenset((PEOPLE + " " + CRAFT + " " + THINGS).split())
# 车/次 is a careless 车次.
_WRITTEN = {f"{one}/次": f"{one}次" for one in ("人", "车", "台", "辆", "艘")} | {"人·次": "人次", "百分点": "个百分点"}
_ROMAN = re.compile(r"[A-Za-z]")


def unit_as_said(word: str) -> str:
    """The unit as it should be written: 人/次 is 人次; everything else as printed."""
    return _WRITTEN.get(word, word)


def is_roman(word: str) -> bool:
    """Whether letters are its name, so that no letter may follow: 5m is a length, 5mm and 5max are not 5 m."""
    return bool(_ROMAN.match(word))


def base_of(unit: str) -> str:
    """The unit without its magnitude: 万平方米 is 平方米, 亿元 is 元."""
    return unit[1:] if len(unit) > 1 and unit[0] in "万亿" else unit


def kind_of(unit: str) -> str:
    """What is measured: 钱 长 面 体 重 时 率 or 数, so that parts are compared with what they can be parts of."""
    base = base_of(unit)
    kinds = {"钱": MONEY, "长": LENGTH, "面": AREA, "体": VOLUME, "重": MASS, "时": TIME, "率": SHARES}
    return next((kind for kind, words in kinds.items() if base in words.split()), "数")
