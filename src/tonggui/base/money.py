"""Money: exact yuan, rounded once, half away from zero.

Amounts are `Decimal` yuan with two places (分). Documents print them in 万元 or 亿元; that is `tonggui.measure`'s work.
"""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def yuan(amount: int | float | str | Decimal) -> Decimal:
    """An amount in yuan, to the cent. A float is taken at its shortest written form: 0.285 is 0.29, not 0.28."""
    return Decimal(str(amount)).quantize(CENT, rounding=ROUND_HALF_UP)
