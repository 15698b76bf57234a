"""Kinds that hold codes with a form of their own; `base.codes` reads each."""

from collections.abc import Callable
from typing import Any, ClassVar

from tonggui.base import codes
from tonggui.base.errors import Problem
from tonggui.register.errors import Invalid
from tonggui.register.kinds.base import Reading
from tonggui.register.kinds.text import Text, as_text


class _Code(Text):
    """Text that one function of `base.codes` brings into its normal form."""

    reads: ClassVar[Callable[[str], str]]
    fill = ""

    def read(self, raw: Any, reading: Reading) -> str:
        try:
            return type(self).reads(as_text(raw))
        except Problem as problem:
            raise Invalid(str(problem)) from None

    def note(self) -> str:
        return self.hint or self.fill


class Plate(_Code):
    """号牌号码 of a motor vehicle or a trailer (GA 36-2018)."""

    reads, fill = staticmethod(codes.plate), "如 苏E12345，不加空格和点"

    def __init__(self, label: str = "号牌号码", *, max_length: int = 10, **options: Any):
        super().__init__(label, max_length=max_length, **options)


class CreditCode(_Code):
    """统一社会信用代码 (GB 32100-2015)."""

    reads, fill = staticmethod(codes.credit_code), "18 位，见营业执照"

    def __init__(self, label: str = "统一社会信用代码", *, max_length: int = 18, **options: Any):
        super().__init__(label, max_length=max_length, **options)
