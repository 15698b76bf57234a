"""How official documents write numbers.

Basis: GB/T 15835-2011 (arabic numerals where one counts and measures) and the usage of government reports for 万元,
亿元, percentages, 百分点 and 同比. Values are exact (`int` or `Decimal`, money in yuan) until they are written; they
are rounded once, half away from zero, and only for print. Python's `round` is half-to-even and is not used.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

WAN = Decimal(10_000)
YI = Decimal(100_000_000)

DASH = "—"
NO_BASE = "无可比基数"
# Below this many, a percentage alone would hide how few cases stand behind it; the counts are printed too.
FEW = 20

Number = int | Decimal


def rounded(value: Number, places: int = 0) -> Decimal:
    """The value to so many decimals, half away from zero: 2.5 gives 3, -2.5 gives -3."""
    if isinstance(value, float):
        raise TypeError("a binary float has already been rounded; give a Decimal or an int")
    return Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def plain(value: Number, places: int = 0) -> str:
    """Digits without thousands separators and without trailing zeros after the point, at most so many decimals."""
    text = f"{rounded(value, places):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def money(yuan: Number, unit: str | None = None) -> str:
    """Yuan as 万元 (up to two decimals), or 亿元 (two decimals) from one 亿 on; a given unit is kept.

    What would round to nothing in 万元 is written in 元, so that a small sum never looks like none.
    """
    unit = unit or money_unit(yuan)
    if unit == "亿元":
        return f"{rounded(Decimal(yuan) / YI, 2):f}亿元"
    if unit == "万元":
        return f"{plain(Decimal(yuan) / WAN, 2)}万元"
    return f"{plain(yuan, 2)}元"


def over_money(yuan: Number) -> str:
    """Yuan in whole 万元 with 余 for what is left: 25余万元; without a remainder 25万元.

    Below ten 万 and from one 亿 on, where a whole unit would hide too much, the sum is written as `money` does.
    """
    whole, left = divmod(Decimal(yuan), WAN)
    if not 10 <= whole < YI / WAN:
        return money(yuan)
    return f"{whole:f}{'余' if left else ''}万元"


def money_unit(*yuan: Number) -> str:
    """The one unit for sums that stand in one comparison: by the largest of them."""
    largest = max((abs(Decimal(sum_)) for sum_ in yuan), default=Decimal(0))
    if rounded(largest / WAN, 2) >= WAN:
        return "亿元"
    if largest and not rounded(largest / WAN, 2):
        return "元"
    return "万元"


def percent(part: Number, whole: Number, places: int = 1) -> str:
    """The share as a percentage. 100% and 0% are exact: 9996 of 10000 is 99.96%, never 100%.

    A whole of zero has no percentage and raises ZeroDivisionError: the caller says why it is missing.
    """
    if not whole:
        raise ZeroDivisionError("a share of a whole of zero")
    share = Decimal(part) / Decimal(whole) * 100
    if share == share.to_integral_value() and share in (0, 100):
        return f"{share:f}".split(".")[0] + "%"
    while rounded(share, places) in (0, 100):
        places += 1
    return f"{rounded(share, places):f}%"


@dataclass(frozen=True, slots=True)
class Change:
    """A change against a base, as a sentence part; `rate` is a fraction, None where there is no base for one."""

    words: str
    rate: Decimal | None = None


def change(now: Number, base: Number | None, amount: str, word: str = "同比") -> Change:
    """同比 or 环比 of two values; `amount` is the written absolute change, used where no rate may be given.

    Without a base there is only 无可比基数; a base of zero adds the absolute change, a negative one has nothing else.
    """
    if base is None:
        return Change(NO_BASE)
    if now == base:
        return Change(f"{word}持平", Decimal(0))
    absolute = f"{'增加' if now > base else '减少'}{amount}"
    if base == 0:
        return Change(f"{NO_BASE}，{word}{absolute}")
    if base < 0:
        return Change(f"{word}{absolute}")
    direction = "增长" if now > base else "下降"
    rate = (Decimal(now) - Decimal(base)) / Decimal(base)
    return Change(f"{word}{direction}{percent(abs(rate), 1)}", rate)


def points(now: Decimal, base: Decimal, word: str = "同比") -> str:
    """The difference of two shares (fractions) in 百分点, which is never written with %."""
    difference = rounded((now - base) * 100, 1)
    if not difference:
        return f"{word}持平"
    return f"{word}{'提高' if difference > 0 else '降低'}{plain(abs(difference), 1)}个百分点"
