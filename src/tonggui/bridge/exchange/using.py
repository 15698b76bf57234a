"""What comes down becomes what the bureau works with: permits become permits, copy notices of others become clues."""

from collections.abc import Mapping
from typing import Any

from tonggui.base import clock
from tonggui.bridge.exchange.queue import WRITER
from tonggui.ledgers.enforcement.clue import Channel, ClueKind
from tonggui.ledgers.overload.provincial_item import ProvincialItem, ProvincialKind
from tonggui.register.registry import ledger

# Their names of a permit, and ours.
PERMIT = {
    "car_no": "plate",
    "trailer_no": "trailer_plate",
    "carrier": "carrier",
    "goods": "load",
    "length": "load_length_m",
    "width": "load_width_m",
    "height": "load_height_m",
    "total_weight": "gross_t",
    "route": "permit_route",
    "accept_date": "accepted_on",
}
GRANTED = {"permit_date": "decided_on", "valid_from": "valid_from", "valid_to": "runs_until", "trips": "trips"}
COPIED = {
    "from_unit": "抄告单位",
    "out_station_time": "过车时间",
    "total_weight": "总质量（吨）",
    "limit_weight": "限值（吨）",
    "overrun_rate": "超限率（%）",
    "decision_no": "处罚决定书号",
    "case_desc": "案情",
}


def permit_of_the_province(number: str, item: Mapping[str, Any]) -> None:
    """A permit of the province as a granted permit here; handed down again with other values, it is corrected."""
    permits = ledger("overload.permit")
    values = _values(item, PERMIT) | {"pass_no": number, "indivisible": True, "crosses_provinces": True}
    values.setdefault("accepted_on", str(item.get("permit_date") or ""))
    granted = _values(item, GRANTED)
    known = permits.query(WRITER).filter(pass_no=number).first()
    if known is None:
        created = permits.create(WRITER, values, why="省级平台下发的许可")
        permits.perform(created, "let_run", WRITER, values=granted)
    else:
        permits.change(known, WRITER, values | granted, why="省级平台更正的许可")


def clue_of_copy_notice(number: str, item: Mapping[str, Any]) -> None:
    """A case of another county as a clue to be looked into, never as a case; once, whatever is corrected later."""
    clues, named = ledger("enforcement.clue"), f"外县抄告 {number}"
    if clues.query(WRITER).filter(content__startswith=f"{named}；").exists():
        return
    said = [f"{label}：{item[name]}" for name, label in COPIED.items() if item.get(name) not in (None, "")]
    values = {
        "kind": ClueKind.OVERLOAD,
        "channel": Channel.DEPARTMENT,
        "received_on": clock.today().isoformat(),
        "scene": str(item.get("site_name") or "外县检测点")[:60],
        "plate": str(item.get("car_no") or ""),
        "content": "；".join([named, *said]),
    }
    clues.create(WRITER, values, why="省级平台下发的抄告")


def on_black_list(plate: str) -> ProvincialItem | None:
    """The line of the province's list that holds for a plate today."""
    if not plate:
        return None
    rows = ProvincialItem.objects.visible_to(WRITER).filter(kind=ProvincialKind.BLACK_LIST, plate=plate)
    lines = [
        row for row in rows.order_by("-handed_down_at") if not any(one.get("removed") for one in row.provincial_content)
    ]
    return next((row for row in lines if row.handed_down_until is None or row.handed_down_until >= clock.today()), None)


def _values(item: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Raw values under our names; what was not handed down is left out."""
    return {ours: str(item[theirs]) for theirs, ours in names.items() if item.get(theirs) not in (None, "")}
