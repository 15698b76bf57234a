"""What the telemetry store holds about a vehicle, for its page: passes over weighing points, the way to its track."""

from typing import Any
from urllib.parse import quote

from tonggui.base.clock import CHINA
from tonggui.register.actor import Actor
from tonggui.register.spine import Happening, Outside
from tonggui.stream.store.client import StoreAway
from tonggui.web.passlist.listed import PASS_LIST

NEWEST = 5


def passes_of(record: Any, actor: Actor) -> Outside | None:
    """Weighing passes of a vehicle by its plate, newest first, each leading to its page; None for other records.

    The store keeps all of them, the ledger only those over the limit. Those who may not read passes, or not at every
    point, see those they may.
    """
    if record.ledger.key != "fleet.vehicle" or not PASS_LIST.can_read(actor):
        return None
    asked = PASS_LIST.asked(actor, {"plate": record.plate})
    url = f"{PASS_LIST.url}?plate={quote(record.plate)}"
    try:
        newest = tuple(map(_happening, asked.of_plate(record.plate, NEWEST)))
        return Outside(PASS_LIST.title, asked.count, newest, url, "称重检测点的全部过车")
    except StoreAway:
        return Outside(PASS_LIST.title, None, url=url, note="行车数据服务没有应答，暂时不能读取")


def track_of(record: Any, actor: Actor) -> Outside | None:
    """The way to the track of a vehicle."""
    if record.ledger.key != "fleet.vehicle":
        return None
    return Outside("行驶轨迹", None, url=f"/map/track/?plate={quote(record.plate)}", note="卫星定位终端上报的轨迹")


def _happening(row: dict[str, Any]) -> Happening:
    over = f"，超限 {row['excess_kg']:,.0f} kg" if row["excess_kg"] > 0 else ""
    words = f"{row['point']} 总质量 {row['gross_kg']:,.0f} kg{over}"
    return Happening(row["time"].astimezone(CHINA), words, f"/passes/{row['log']}/{row['frame_position']}/")
