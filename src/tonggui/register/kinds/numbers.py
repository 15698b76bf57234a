"""Kinds that hold quantities: Integer, Amount (exact decimals with a unit), Money and Year.

Amounts are stored as whole multiples of their last decimal place (1.25 km with three places is 1250), so that SQLite
and PostgreSQL both sum and compare them exactly; Python sees `Decimal`.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from tonggui.register.errors import Invalid
from tonggui.register.kinds.base import Kind, Reading

MOST_PLACES = 1000


def as_decimal(raw: Any) -> Decimal:
    """The number a cell or a control holds, thousands separators dropped; Invalid when it is none."""
    if isinstance(raw, bool):
        raise Invalid(f"不是数字：{raw}。")
    text = str(raw).replace(",", "").replace("，", "").replace(" ", "")
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise Invalid(f"不是数字：{raw}。请只填数字，单位不用写。") from None
    # A power of ten beyond that would fill the memory when it is written out.
    if not value.is_finite() or abs(value.adjusted()) > MOST_PLACES:
        raise Invalid(f"不是数字：{text[:40]}。")
    return value


class _Quantity(Kind):
    """Numbers with bounds; `total=False` keeps a number such as a year or a grade out of the totals row."""

    control, filter, numeric = "number", "range", True

    def __init__(self, label: str = "", *, least: Any = None, most: Any = None, total: bool = True, **options: Any):
        self.least, self.most = least, most
        self.totals = total
        super().__init__(label, **options)

    def within_bounds(self, value: Any) -> Any:
        if self.least is not None and value < self.least:
            raise Invalid(f"太小：{value}。不能小于 {self.least}{self.unit}。")
        if self.most is not None and value > self.most:
            raise Invalid(f"太大：{value}。不能大于 {self.most}{self.unit}。")
        return value

    def is_empty(self, value: Any) -> bool:
        return value is None

    def note(self) -> str:
        return self.hint or (f"数字，单位：{self.unit}" if self.unit else "数字")


class Integer(_Quantity, models.BigIntegerField):
    """A whole number: persons, vehicles, kilograms."""

    api_type, column_class = int, "BigIntegerField"
    LIMIT = 10**15

    def read(self, raw: Any, reading: Reading) -> int:
        value = as_decimal(raw)
        if value != value.to_integral_value():
            raise Invalid(f"不是整数：{raw}。")
        if abs(value) > self.LIMIT:
            raise Invalid(f"太大：{raw}。")
        return self.within_bounds(int(value))

    def show(self, value: Any) -> str:
        return "" if value is None else f"{value:,}"

    def cell(self, value: Any) -> Any:
        return value

    def entry(self, value: Any) -> Any:
        return "" if value is None else str(value)


class Year(Integer):
    """A calendar year."""

    def __init__(self, label: str = "", **options: Any):
        super().__init__(label, **{"least": 1900, "most": 2100, "total": False, **options})

    def show(self, value: Any) -> str:
        return self.entry(value)

    def note(self) -> str:
        return self.hint or "四位年份，如 2026"


class Amount(_Quantity, models.Field):
    """An exact decimal quantity with a unit, such as kilometres or tonnes; `places` decimals are kept."""

    api_type, column_class = Decimal, "BigIntegerField"
    column_keys = ()

    def __init__(self, label: str = "", *, unit: str = "", places: int = 2, **options: Any):
        self.places = places
        super().__init__(label, unit=unit, **options)

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def to_python(self, value: Any) -> Decimal | None:
        return None if value is None else Decimal(str(value)).quantize(Decimal(1).scaleb(-self.places))

    def from_db_value(self, value, expression, connection) -> Decimal | None:
        # `sum()` over bigint is numeric on PostgreSQL, so the value may arrive as a Decimal of whole units.
        return None if value is None else Decimal(int(value)).scaleb(-self.places)

    def get_prep_value(self, value: Any) -> int | None:
        value = super().get_prep_value(value)
        return None if value is None else int(self.to_python(value).scaleb(self.places))

    def read(self, raw: Any, reading: Reading) -> Decimal:
        return self.read_exactly(raw, self.places)

    def read_exactly(self, raw: Any, places: int) -> Decimal:
        """The number as it was written, within the bounds; Invalid when it has more decimals than `places`."""
        value = as_decimal(raw)
        if isinstance(raw, float):
            # A sheet keeps 0.1 as the nearest binary number; its written decimals are what was meant.
            value = Decimal(f"{raw:.12g}")
        exact = value.quantize(Decimal(1).scaleb(-places)) if abs(value) < Decimal(10) ** 15 else None
        if exact is None:
            raise Invalid(f"太大：{raw}。")
        if exact != value:
            raise Invalid(f"小数太多：{raw}。最多 {places} 位小数。")
        return self.within_bounds(exact)

    def show(self, value: Any) -> str:
        return "" if value is None else f"{self.to_python(value):,}"

    def dump(self, value: Any) -> Any:
        return None if value is None else str(self.to_python(value))

    def load(self, data: Any) -> Any:
        return None if data is None else self.to_python(data)

    def api(self, value: Any) -> Any:
        return None if value is None else self.to_python(value)

    def cell(self, value: Any) -> Any:
        return None if value is None else self.to_python(value)

    def entry(self, value: Any) -> Any:
        return "" if value is None else str(self.to_python(value))


class Money(Amount):
    """An amount of money: yuan, exact to the fen, in Python, in the database and in history.

    With `unit="万元"` people type, read and exchange it in 万元 (forms, lists, sheets, the API, bounds); whatever
    computes with it still has yuan, so that sums of both sorts add up. Documents choose their own unit.
    """

    YUAN = {"元": 0, "万元": 4}  # the power of ten between yuan and the unit people write

    def __init__(self, label: str = "", *, unit: str = "元", **options: Any):
        self.shift = self.YUAN[unit]
        super().__init__(label, **{"unit": unit, "places": 2, **options})

    def written(self, value: Any) -> Decimal:
        """Yuan in the unit people write: 12,340,000.00 is 1234.00 万元. Never rounded, at least two decimals."""
        amount = self.to_python(value).scaleb(-self.shift)
        least = amount.quantize(Decimal("0.01"))
        return least if least == amount else amount.normalize()

    def yuan(self, written: Decimal) -> Decimal:
        """What people wrote, in yuan: the inverse of `written`."""
        return written.scaleb(self.shift)

    def read(self, raw: Any, reading: Reading) -> Decimal:
        return self.to_python(self.yuan(self.read_exactly(raw, self.places + self.shift)))

    def show(self, value: Any) -> str:
        return "" if value is None else f"{self.written(value):,f}"

    def api(self, value: Any) -> Any:
        return None if value is None else self.written(value)

    def cell(self, value: Any) -> Any:
        return None if value is None else self.written(value)

    def entry(self, value: Any) -> Any:
        return "" if value is None else f"{self.written(value):f}"
