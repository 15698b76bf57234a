"""Units of quantity that stand behind numbers and in the heads of tables, and how many of one make another.

Only exact factors: what would need rounding (亩 and 平方米) is no conversion but another figure.
"""

from decimal import Decimal

# Dimension, and how many of its first unit one of this is.
_UNITS: dict[str, tuple[str, Decimal]] = {
    name: (dimension, Decimal(factor))
    for dimension, names in {
        "money": {"元": "1", "千元": "1000", "万元": "10000", "百万元": "1000000", "亿元": "100000000"},
        "length": {"米": "1", "m": "1", "公里": "1000", "千米": "1000", "km": "1000", "厘米": "0.01", "毫米": "0.001"},
        "mass": {"千克": "1", "公斤": "1", "kg": "1", "吨": "1000", "t": "1000", "万吨": "10000000", "克": "0.001"},
        "area": {"平方米": "1", "㎡": "1", "m²": "1", "平方公里": "1000000", "公顷": "10000", "万平方米": "10000"},
        "volume": {"立方米": "1", "方": "1", "m³": "1", "万立方米": "10000", "万方": "10000", "升": "0.001"},
        "time": {"分钟": "1", "分": "1", "小时": "60", "时": "60"},
        "count": {"人": "1", "万人": "10000"},
    }.items()
    for name, factor in names.items()
}  # fmt: skip


def is_unit(text: str) -> bool:
    return text.strip() in _UNITS


def factor(given: str, wanted: str) -> Decimal | None:
    """What a number in unit `given` is multiplied by to be in unit `wanted`; None where they do not compare."""
    here, there = _UNITS.get(given.strip()), _UNITS.get(wanted.strip())
    if given.strip() == wanted.strip():
        return Decimal(1)
    if here is None or there is None or here[0] != there[0]:
        return None
    exact = here[1] / there[1]
    return exact if exact * there[1] == here[1] else None


def comparable(unit: str) -> list[str]:
    """Units that measure the same, the unit itself first; only itself where nothing else does."""
    here = _UNITS.get(unit)
    same = [name for name, (dimension, _) in _UNITS.items() if here and dimension == here[0] and not name.isascii()]
    return list(dict.fromkeys([unit, *(name for name in same if name[-1] not in "²³")]))
