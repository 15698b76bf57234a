"""What the telemetry store holds about a vehicle, for its page: passes over weighing points, the way to its track."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from tonggui.base.clock import CHINA
from tonggui.register.actor import Actor
from tonggui.register.spine import Happening, Outside
from tonggui.stream.store.client import StoreAway
from tonggui.web import telemetry

NEWEST = 5


def passes_of(record: Any, actor: Actor) -> Outside | None:
    """Weighing passes of a vehicle by its plate, newest first, each leading to its raw bytes; None for other records.

    Who sees the vehicle sees its passes; the store keeps all of them, the ledger only those over the limit.
    """
    if record.ledger.key != "fleet.vehicle":
        return None
    url = f"/map/track/?plate={quote(record.plate)}"
    try:
        count, rows = telemetry.passes(record.plate, NEWEST)
    except StoreAway:
        return Outside("过车记录", None, url=url, note="行车数据服务没有应答，暂时不能读取；“查看”打开行驶轨迹。")
    return Outside("过车记录", count, tuple(map(_happening, rows)), url, "称重检测点的全部过车；“查看”打开行驶轨迹")


def _happening(row: dict[str, Any]) -> Happening:
    at: datetime = row["time"].replace(tzinfo=UTC) if row["time"].tzinfo is None else row["time"]
    over = f"，超限 {row['excess_kg']:,.0f} kg" if row["excess_kg"] > 0 else ""
    words = f"{row['site']} 总质量 {row['gross_kg']:,.0f} kg{over}"
    return Happening(at.astimezone(CHINA), words, f"/frames/{row['log']}/{row['frame_position']}/")
