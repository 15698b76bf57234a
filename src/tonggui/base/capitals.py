"""Amounts in capital characters (大写), as receipts and decisions write them: 1500.5 is 壹仟伍佰元伍角.

Basis: 票据法 第八条 and 支付结算办法 附一 正确填写票据和结算凭证的基本规定: one 零 for any run of zeros between digits,
整 behind an amount that ends with 元 or 角.
"""

import re
from decimal import Decimal

from tonggui.base.money import yuan

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
MOST = Decimal(10) ** 16


def capital_yuan(amount: Decimal | int | str) -> str:
    """The amount in capitals, rounded to the cent: 0 is 零元整, 10300 is 壹万零叁佰元整. ValueError from 10^16 on."""
    exact = yuan(amount)
    if abs(exact) >= MOST:
        raise ValueError(f"{amount} yuan: no capitals from 10^16 on")
    whole, cents = divmod(int(abs(exact) * 100), 100)
    jiao, fen = divmod(cents, 10)
    said = f"{_whole(whole)}元" if whole or not cents else ""
    if jiao:
        said += f"{DIGITS[jiao]}角"
    elif fen and whole:
        said += "零"
    said += f"{DIGITS[fen]}分" if fen else "整"
    return ("负" if exact < 0 else "") + said


def _whole(number: int) -> str:
    """A whole number in capitals, group by group of four digits."""
    if not number:
        return DIGITS[0]
    said = ""
    for place, digit in reversed(list(enumerate(map(int, reversed(str(number)))))):
        said += DIGITS[digit] + (PLACES[place % 4] if digit else "")
        if place % 4 == 0:
            group_is_empty = number // 10**place % 10_000 == 0
            said = said.rstrip(DIGITS[0]) + (DIGITS[0] if group_is_empty else GROUPS[place // 4])
    return re.sub("零+", "零", said).strip("零")
