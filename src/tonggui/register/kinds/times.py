"""Kinds that hold time: Day, Moment and Month. Moments are aware; people see +08:00."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.db import models

from tonggui.base.clock import CHINA
from tonggui.register.errors import Invalid
from tonggui.register.kinds.base import Kind, Reading

_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CLOCK = re.compile(r"[ T日]*(\d{1,2})[:：时](\d{1,2})(?:[:：分](\d{1,2})(\.\d{1,6})?秒?)?分?(Z|[+-]\d\d:?\d\d)?")
_MOMENT = re.compile(_DAY.pattern + _CLOCK.pattern)
_MONTH = re.compile(r"(\d{4})[-/.年]?(\d{1,2})月?")
# Day 0 of the serial numbers in which spreadsheets keep dates.
_SHEET_EPOCH = date(1899, 12, 30)


class _Time(Kind):
    """Lists are narrowed and sorted by time more than by anything else, so every time is indexed."""

    def __init__(self, label: str = "", *, index: bool = True, **options: Any):
        super().__init__(label, index=index, **options)


def _moment(found: re.Match) -> datetime:
    """The aware instant of a match of _MOMENT; without a zone it is China's."""
    *parts, fraction, zone = found.groups()
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    micros = int(float(fraction or 0) * 1_000_000)
    written = datetime(year, month, day, hour, minute, second, micros, tzinfo=CHINA)
    return datetime.fromisoformat(f"{written.replace(tzinfo=None).isoformat()}{zone}") if zone else written


class Day(_Time, models.DateField):
    """A calendar day in China."""

    control, filter, api_type, column_class = "day", "span", date, "DateField"
    EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)

    def read(self, raw: Any, reading: Reading) -> date:
        wrong = Invalid(f"不是日期：{raw}。请写成 2026-12-01 这样的形式。")
        if isinstance(raw, datetime):
            value = (raw.astimezone(CHINA) if raw.tzinfo else raw).date()
        elif isinstance(raw, date):
            value = raw
        elif isinstance(raw, int | float) and not isinstance(raw, bool) and 20_000 < raw < 80_000:
            value = _SHEET_EPOCH + timedelta(days=int(raw))
        else:
            found = _DAY.fullmatch(str(raw).removesuffix(" 00:00:00"))
            try:
                value = date(*map(int, found.groups())) if found else None
            except ValueError:
                value = None
        if value is None:
            raise wrong
        if not self.EARLIEST <= value < self.LATEST:
            raise Invalid(f"年份不合理：{value}。")
        return value

    def show(self, value: Any) -> str:
        return value.isoformat() if value else ""

    def dump(self, value: Any) -> Any:
        return value.isoformat() if value else None

    def load(self, data: Any) -> Any:
        return date.fromisoformat(data) if data else None

    def cell(self, value: Any) -> Any:
        return value

    def note(self) -> str:
        return self.hint or "日期，如 2026-12-01"


class Moment(_Time, models.DateTimeField):
    """An instant, aware; shown in +08:00 to the minute."""

    control, filter, api_type, column_class = "moment", "span", datetime, "DateTimeField"

    def read(self, raw: Any, reading: Reading) -> datetime:
        if isinstance(raw, datetime):
            value = raw if raw.tzinfo else raw.replace(tzinfo=CHINA)
        else:
            found = _MOMENT.fullmatch(str(raw))
            try:
                value = _moment(found)
            except (TypeError, ValueError, AttributeError):
                raise Invalid(f"不是时间：{raw}。请写成 2026-12-01 09:30 这样的形式。") from None
        if not Day.EARLIEST <= value.date() < Day.LATEST:
            raise Invalid(f"年份不合理：{raw}。")
        return value

    def show(self, value: Any) -> str:
        return value.astimezone(CHINA).strftime("%Y-%m-%d %H:%M") if value else ""

    def dump(self, value: Any) -> Any:
        return value.astimezone(CHINA).isoformat() if value else None

    def load(self, data: Any) -> Any:
        return datetime.fromisoformat(data) if data else None

    def cell(self, value: Any) -> Any:
        """Sheets know no zones: the text keeps the seconds that `show` leaves out."""
        return value.astimezone(CHINA).replace(tzinfo=None).isoformat(" ") if value else None

    def entry(self, value: Any) -> Any:
        return value.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M") if value else ""

    def note(self) -> str:
        return self.hint or "时间，如 2026-12-01 09:30"


class Month(_Time, models.DateField):
    """A calendar month, kept as its first day."""

    control, filter, api_type, column_class = "month", "span", str, "DateField"

    def read(self, raw: Any, reading: Reading) -> date:
        if isinstance(raw, date):
            return date(raw.year, raw.month, 1)
        found = _MONTH.fullmatch(str(raw))
        try:
            return date(int(found[1]), int(found[2]), 1)
        except (TypeError, ValueError):
            raise Invalid(f"不是月份：{raw}。请写成 2026-12 这样的形式。") from None

    def show(self, value: Any) -> str:
        return f"{value:%Y-%m}" if value else ""

    def dump(self, value: Any) -> Any:
        return value.isoformat() if value else None

    def load(self, data: Any) -> Any:
        return date.fromisoformat(data) if data else None

    def api(self, value: Any) -> Any:
        return self.show(value) or None

    def note(self) -> str:
        return self.hint or "月份，如 2026-12"
