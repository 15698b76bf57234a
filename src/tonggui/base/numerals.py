"""Numbers as people write them in Chinese: 十六, 三千二百, 一点五, 1.2万, ３８, 二〇二四.

`number_of` reads a quantity, `year_of` a year written digit by digit. Words that make a number uncertain (约, 余, 多)
are not read: whoever asks must see that the writer did not know.
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

DIGITS = {
    sign: value
    for value, signs in enumerate(("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for sign in signs
}
TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}

_CHINESE = re.compile(f"[{''.join(DIGITS)}{''.join(TENS)}{''.join(LARGE)}廿卅点]+")
_MIXED = re.compile(r"([-+]?[0-9][0-9,]*(?:\.[0-9]+)?)([十百千]?[万亿]?)")


def number_of(text: str) -> Decimal | None:
    """The quantity that a text is as a whole; None when it is none.

    Full-width signs, thousands separators and blanks do not matter: "１,２００" is 1200, "1.2万" is 12000.
    """
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    negative = plain.startswith("负")
    plain = plain.removeprefix("负")
    value = _chinese(plain) if _CHINESE.fullmatch(plain) else _mixed(plain)
    return -value if negative and value is not None else value


def year_of(text: str) -> int | None:
    """A year written digit by digit, 二〇二四 or 2024; None for anything else."""
    digits = "".join(str(DIGITS.get(sign, sign)) for sign in unicodedata.normalize("NFKC", text))
    return int(digits) if re.fullmatch("(19|20|21)[0-9]{2}", digits, re.ASCII) else None


def _mixed(text: str) -> Decimal | None:
    """Digits with a Chinese magnitude behind them."""
    found = _MIXED.fullmatch(text)
    if found is None:
        return None
    digits, magnitude = found.groups()
    value = Decimal(digits.replace(",", ""))
    for sign in magnitude:
        value *= TENS.get(sign) or LARGE[sign]
    return value


def _chinese(text: str) -> Decimal | None:
    whole, _, fraction = text.replace("廿", "二十").replace("卅", "三十").partition("点")
    if (value := _whole(whole)) is None or "点" in fraction:
        return None
    if not fraction:
        return Decimal(value) if "点" not in text else None
    try:
        return Decimal(value) + Decimal("0." + "".join(str(DIGITS[sign]) for sign in fraction))
    except (KeyError, InvalidOperation):
        return None


def _whole(text: str) -> int | None:
    """A whole number: sections of thousands, each under its 万 or 亿; or digits one by one (二〇二四)."""
    if not text:
        return None
    if len(text) > 1 and all(sign in DIGITS for sign in text):
        return int("".join(str(DIGITS[sign]) for sign in text))
    total = section = 0
    digit: int | None = None
    unit = 1
    for sign in text:
        if sign in DIGITS:
            if digit:
                return None
            digit = DIGITS[sign]
        elif sign in TENS:
            unit = TENS[sign]
            section += (1 if digit is None else digit) * unit
            digit = None
        else:
            section += digit or 0
            total = (total + section) * LARGE[sign] if sign == "亿" else total + section * LARGE[sign]
            section, digit, unit = 0, None, LARGE[sign]
    if digit and unit >= 100 and text[-2:-1] not in ("零", "〇") and len(text) > 1:
        # 三千二 is 3200 in speech and 3002 in nobody's; what is not written out is not guessed at.
        return None
    return total + section + (digit or 0)
