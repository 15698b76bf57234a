"""Kinds that hold words: Text, LongText, Number (the record's own number) and Phone."""

import re
from typing import Any

from django.db import models

from tonggui.base import clock
from tonggui.register.errors import DeclarationError, Invalid
from tonggui.register.kinds.base import Kind, Reading

_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def as_text(raw: Any) -> str:
    """Text of a cell or a control: a whole number in a cell (12.0) reads 12, other things as they print."""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return _CONTROL_CHARACTERS.sub("", str(raw)).strip()


class Text(Kind, models.CharField):
    """One line of words."""

    filter, empty, column_class = "text", "", "CharField"

    def __init__(self, label: str = "", *, max_length: int = 120, **options: Any):
        super().__init__(label, max_length=max_length, **options)

    def read(self, raw: Any, reading: Reading) -> str:
        text = " ".join(as_text(raw).split())
        if len(text) > self.max_length:
            raise Invalid(f"太长：{len(text)} 字，最多 {self.max_length} 字。")
        return text


class LongText(Kind, models.TextField):
    """Words of any length, with line breaks."""

    control, filter, wide, empty, column_class = "longtext", "text", True, "", "TextField"
    LIMIT = 20_000

    def read(self, raw: Any, reading: Reading) -> str:
        text = as_text(raw).replace("\r\n", "\n")
        if len(text) > self.LIMIT:
            raise Invalid(f"太长：{len(text)} 字，最多 {self.LIMIT} 字。")
        return text


class Phone(Text):
    """A telephone number in China: mobile, fixed line with area code, or a short service number."""

    FORM = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}(-\d{1,6})?|[1-9]\d{2,7}|400-?\d{3}-?\d{4}")

    def __init__(self, label: str = "", *, max_length: int = 20, **options: Any):
        super().__init__(label, max_length=max_length, **options)

    def read(self, raw: Any, reading: Reading) -> str:
        text = super().read(raw, reading).replace(" ", "")
        if not self.FORM.fullmatch(text):
            raise Invalid(f"不是电话号码：{text}。请写成 13800000000 或 0512-12345678 这样的形式。")
        return text

    def note(self) -> str:
        return self.hint or "手机号，或带区号的座机"


class Number(Kind, models.CharField):
    """The record's own number in a yearly series: "YH{year}{seq:05}" gives YH202600001, YH202600002 …

    Given when the record is first written, never changed, never used twice. `year_of` names a Day of the ledger whose
    year counts (a hazard found in December and entered in January); without it the year of writing counts.
    """

    control, filter, empty, column_class = "number", "text", "", "CharField"

    def __init__(self, series: str = "", label: str = "编号", *, year_of: str = "", **options: Any):
        options.pop("unique", None)
        super().__init__(label, unique=True, max_length=options.pop("max_length", 32), **options)
        self.series, self.year_of = series, year_of
        try:
            series.format(year=2026, seq=1)
        except (KeyError, ValueError, IndexError) as problem:
            raise DeclarationError(f'Number("{series}"): use {{year}} and {{seq:05}} only ({problem})') from None
        pattern = re.escape(re.sub(r"\{year\}", "\0", re.sub(r"\{seq[^}]*\}", "\1", series)))
        # Nine digits at most: a number given by hand must not drive its series to the end of what a column holds.
        pattern = pattern.replace("\0", r"(?P<year>\d{4})").replace("\1", r"(?P<seq>\d{1,9})")
        self.pattern = re.compile(pattern, re.ASCII)

    def year_for(self, record: Any) -> int:
        """The year whose series the record takes; 0 where the series does not turn over each year."""
        if "{year" not in self.series:
            return 0
        day = getattr(record, self.year_of) if self.year_of else None
        return (day or clock.today()).year

    def write(self, year: int, seq: int) -> str:
        return self.series.format(year=year, seq=seq)

    def split(self, number: str) -> tuple[int, int] | None:
        """(year, seq) of a number written in this series; None for a number from elsewhere."""
        found = self.pattern.fullmatch(number)
        return found and (int(found.groupdict().get("year") or 0), int(found["seq"]))

    def read(self, raw: Any, reading: Reading) -> str:
        text = as_text(raw)
        # A number stands in addresses, beside words such as `new` and `import`, and in the cells of sheets.
        if len(text) > self.max_length or not re.fullmatch(r"\w[^\s/?#%]*", text) or not re.search(r"\d", text):
            raise Invalid(
                f"不是编号：{text[:40]}。编号以字母、汉字或数字开头，含有数字，不超过 {self.max_length} 个字符，"
                "不含空格和 / ? # %。"
            )
        return text

    def parse(self, raw: Any, reading: Reading | None = None) -> str:
        """An empty number is fine everywhere: the series fills it."""
        return "" if raw in (None, "") else self.read(raw, reading or Reading())

    def note(self) -> str:
        return "新增时留空，由系统编号；修改已有的行时填原编号"
