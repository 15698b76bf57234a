"""What a list of passes can show: each column once, with its place in the store, its words and whether it is summed."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tonggui.base.clock import CHINA

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PassColumn:
    """One column. `sql` is what it is in the store and what the list is sorted by; `read` takes it from a row."""

    name: str
    label: str
    sql: str
    read: Callable[[Row], Any]
    show: Callable[[Any], str] = str
    unit: str = ""
    numeric: bool = False
    totals: str = ""
    classes: str = ""
    sortable: bool = True
    wide: bool = False

    def value_of(self, row: Row) -> Any:
        return self.read(row)

    def text(self, row: Row) -> str:
        """The value as a table prints it, '' where there is none."""
        return self.show(self.read(row))

    def cell(self, value: Any) -> Any:
        """The value as a sheet holds it: numbers stay numbers."""
        if isinstance(value, float):
            return None if math.isnan(value) else round(value, 4)
        return value if isinstance(value, int) and not isinstance(value, bool) else self.show(value) or None


def _of(name: str) -> Callable[[Row], Any]:
    return lambda row: row[name]


def kilograms(value: float) -> str:
    return f"{value:,.0f}"


def _positive(value: float) -> str:
    return f"{value:,.0f}" if value > 0 else ""


def _percent(value: float) -> str:
    return f"{value:.2f}" if value > 0 else ""


def _speed(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.1f}"


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _moment(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"


COLUMNS: dict[str, PassColumn] = {
    column.name: column
    for column in (
        PassColumn("passed_at", "过车时间", "time", _of("time"), _moment, classes="date"),
        PassColumn("point", "检测点", "site", _of("point"), classes="nowrap"),
        PassColumn("lane", "车道", "lane", _of("lane"), classes="nowrap"),
        PassColumn("direction", "方向", "direction", _of("direction"), classes="nowrap"),
        PassColumn("plate", "号牌号码", "plate", _of("plate"), lambda value: value or "未识别", classes="code"),
        PassColumn("plate_rear", "后牌号码", "plate_rear", _of("plate_rear"), classes="code"),
        PassColumn("plate_color", "号牌颜色", "plate_color", _of("plate_color"), classes="nowrap"),
        PassColumn("axles", "轴数", "axles", _of("axles"), numeric=True),
        PassColumn("axle_groups", "轴型", "axle_groups", _of("axle_groups"), classes="nowrap"),
        PassColumn("speed_kmh", "车速", "speed_kmh", _of("speed_kmh"), _speed, unit="km/h", numeric=True),
        PassColumn("gross_kg", "车货总质量", "gross_kg", _of("gross_kg"), kilograms, unit="kg", numeric=True),
        PassColumn("tolerance_kg", "允许误差", "tolerance_kg", _of("tolerance_kg"), _positive, unit="kg", numeric=True),
        PassColumn("limit_kg", "限值", "limit_kg", _of("limit_kg"), kilograms, unit="kg", numeric=True),
        PassColumn(
            "excess_kg",
            "超限",
            "excess_kg",
            _of("excess_kg"),
            _positive,
            unit="kg",
            numeric=True,
            totals="sum(excess_kg)",
        ),
        PassColumn("rate", "超限率", "rate", lambda row: row["rate"] * 100, _percent, unit="%", numeric=True),
        PassColumn("fine_yuan", "按规定罚款", "fine_yuan", _of("fine_yuan"), _positive, unit="元", numeric=True),
        PassColumn("calibrated", "检定有效", "usable", _of("usable"), _yes, classes="nowrap"),
        PassColumn("doubt", "存疑", "doubt", _of("doubt"), classes="long", sortable=False, wide=True),
        PassColumn(
            "media",
            "照片与视频",
            "media",
            lambda row: len(row["media"]),
            lambda count: f"{count} 件" if count else "",
            classes="nowrap",
            sortable=False,
        ),
        PassColumn("device", "称重设备编号", "device", _of("device"), classes="code"),
        PassColumn("record_no", "检测记录号", "record_no", _of("record_no"), classes="code"),
        PassColumn("received_at", "收到时间", "received_at", _of("received_at"), _moment, classes="date"),
    )
}
SHOWN = ("passed_at", "plate", "point", "lane", "axles", "gross_kg", "limit_kg", "excess_kg", "rate", "doubt", "media")
