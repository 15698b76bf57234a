"""What the province hands down: taken from where the last round stopped, each item once under its number."""

from datetime import date
from typing import Any

from django.db import transaction

from tonggui.base import clock
from tonggui.base.errors import Problem
from tonggui.base.site import Site
from tonggui.bridge.cursor import Cursor
from tonggui.bridge.exchange.declaration import Download, Province
from tonggui.bridge.exchange.queue import WRITER
from tonggui.bridge.exchange.transport import Transport
from tonggui.ledgers.overload.provincial_item import ProvincialItem
from tonggui.register.actor import acting, current_act
from tonggui.register.errors import Invalid, Refused
from tonggui.register.writing import change_many

DAYS = ("handed_down_from", "handed_down_until")


def take_all(site: Site, province: Province, transport: Transport) -> int:
    """Everything of every kind that is new; how many items were new or had changed."""
    return sum(_take(site, download, transport) for download in province.downloads)


def _take(site: Site, download: Download, transport: Transport) -> int:
    cursor, taken = Cursor.of(site, f"exchange-down-{download.kind}"), 0
    while True:
        told = transport.get(f"/download/{download.kind}", after=cursor.version)
        taken += keep(download, told.get("items", []))
        reached = int(told.get("cursor", cursor.version))
        if reached <= cursor.version:
            return taken
        cursor.move_to(reached)


def keep(download: Download, items: list[dict[str, Any]]) -> int:
    """Items of one kind as rows: a new number is a new row, a known one takes the new content."""
    given = {str(item["no"])[:60]: item for item in items if item.get("no")}
    rows = ProvincialItem.objects.visible_to(WRITER).filter(kind=download.kind, provincial_no__in=list(given))
    known = {row.provincial_no: row for row in rows}
    fresh, changed = [], []
    for number, item in given.items():
        row = known.get(number)
        if row is not None and row.provincial_content == [item]:
            continue
        filled = _filled(row or ProvincialItem(kind=download.kind), download, item)
        _use(filled, download, item)
        (fresh if row is None else changed).append(filled)
    with acting(WRITER, "省级平台下发"):
        ProvincialItem.objects.bulk_create(fresh)
        change_many(ProvincialItem, changed, current_act())
    return len(fresh) + len(changed)


def _use(row: ProvincialItem, download: Download, item: dict[str, Any]) -> None:
    """Let an item become what the bureau works with; the row says why it did not."""
    row.not_used_for = ""
    if download.use is None:
        return
    try:
        with transaction.atomic():
            download.use(row.provincial_no, item)
    except (Problem, Refused, Invalid) as problem:
        row.not_used_for = str(problem)[:500]


def use_again(row: ProvincialItem, download: Download) -> None:
    """Try once more, when what stood in the way has been removed."""
    _use(row, download, row.provincial_content[0])
    with acting(WRITER, "重新采用省级平台下发"):
        change_many(ProvincialItem, [row], current_act())


def _filled(row: ProvincialItem, download: Download, item: dict[str, Any]) -> ProvincialItem:
    """The row with the item's content; a value that cannot be read stays in the content alone."""
    row.provincial_no, row.provincial_content, row.handed_down_at = str(item["no"])[:60], [item], clock.now()
    for ours, theirs in download.names.items():
        value = item.get(theirs)
        if value in (None, ""):
            continue
        try:
            setattr(row, ours, date.fromisoformat(str(value)[:10]) if ours in DAYS else _clean(ours, value))
        except (ValueError, Problem):
            continue
    return row


def _clean(name: str, value: Any) -> str:
    from tonggui.base import codes

    return codes.plate(str(value)) if name == "plate" else str(value)[:500]
