"""Reading one pass: from an item of JSON or a row of a sheet to checked values, or every fault in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tonggui.base.clock import CHINA, Micros, from_micros
from tonggui.base.errors import Problem
from tonggui.protocols.weighing.fields import FIELDS
from tonggui.protocols.weighing.vendors import ours

CLOCK_TOLERANCE = timedelta(minutes=10)
"""How far a device's clock may run ahead of ours."""


@dataclass(slots=True)
class Reading:
    """One item as read: its values by field name, absent ones missing, and the faults that keep it from being one."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What the pass is known by, point and number; empty where one of them is missing."""
        site, number = self.values.get("site"), self.values.get("record_no")
        return f"{site}/{number}" if site and number else ""


def read(item: Any, received_at: Micros, since: date) -> Reading:
    """Check one item against the declaration. Never raises for what an item holds.

    Its time must lie between `since`, the first day of the mass limits, and `received_at`.
    """
    if not isinstance(item, Mapping):
        return Reading(faults=["应为一个 JSON 对象。"])
    given = ours(item)
    reading = Reading()
    for declared in FIELDS:
        value = given.get(declared.name)
        if value is None:
            if declared.required:
                reading.faults.append(f"缺少“{declared.title}”（{declared.name}）。")
            continue
        try:
            reading.values[declared.name] = declared.check(value)
        except Problem as problem:
            reading.faults.append(str(problem.at(f"“{declared.title}”")))
    at = reading.values.get("time")
    if at is not None:
        reading.faults += clock_faults(at, from_micros(received_at), since)
    return reading


def clock_faults(at: datetime, received_at: datetime, since: date) -> list[str]:
    """What is wrong with the time of a pass, seen from when it reached us."""
    if at > received_at + CLOCK_TOLERANCE:
        return [
            f"“检测时间”{at:%Y-%m-%d %H:%M:%S} 晚于收到时间 {received_at:%Y-%m-%d %H:%M:%S}。请校准设备时钟后重报。"
        ]
    if at.astimezone(CHINA).date() < since:
        return [f"“检测时间”{at:%Y-%m-%d} 早于现行限值施行之日（{since}），无法判定。请核对。"]
    return []
