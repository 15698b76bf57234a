"""Items on their way: sent in the order of their numbers, each until it has a receipt or is turned down with a reason.

An item is marked as sent before it is, so an answer that is lost leaves it waiting for its receipt; after RECEIPT_WAIT
it goes again under the same number, which the other side knows. What the other side says it lacks goes again as well.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db.models import Max, Q

from tonggui.base import clock
from tonggui.bridge.exchange.queue import WRITER
from tonggui.bridge.exchange.transport import Transport
from tonggui.ledgers.overload.upload_item import UploadItem
from tonggui.register.actor import acting, current_act
from tonggui.register.writing import change_many

AT_ONCE = 100
RECEIPT_WAIT = timedelta(minutes=2)


def send_waiting(transport: Transport) -> int:
    """Send everything that waits, a page after another; how many got an answer. Raises Away where the line fails."""
    answered = 0
    while page := _waiting():
        _change(page, "发送", state="dispatched", tried_at=clock.now())
        earlier = _earlier(page)
        told = transport.post("/upload", {"items": [message(item, earlier.get(item.number, [])) for item in page]})
        answered += take_answers(page, told)
    return answered


def message(item: UploadItem, earlier: Sequence[str] = ()) -> dict[str, Any]:
    """One item as it goes over the line: which version of its record it is, and the item that it corrects."""
    said = {"no": item.number, "kind": item.kind, "key": item.upload_key, "version": len(earlier) + 1}
    return {**said, **({"corrects": earlier[-1]} if earlier else {}), "body": item.upload_content[0]}


def _earlier(page: list[UploadItem]) -> dict[str, list[str]]:
    """For each item of a page the items that told the same record before it, oldest first."""
    keys = {item.upload_key for item in page}
    rows = UploadItem.objects.visible_to(WRITER).filter(upload_key__in=keys, kind__in={item.kind for item in page})
    told: dict[tuple[str, str], list[str]] = {}
    for kind, key, number in rows.order_by("number").values_list("kind", "upload_key", "number"):
        told.setdefault((kind, key), []).append(number)
    found = {item.number: told.get((item.kind, item.upload_key), []) for item in page}
    return {number: [one for one in numbers if one < number] for number, numbers in found.items()}


def take_answers(page: list[UploadItem], told: dict[str, Any]) -> int:
    """Write down receipts and refusals; what was not answered keeps waiting for its receipt."""
    items = {item.number: item for item in page}
    receipts, refusals = [], []
    for answer in told.get("answers", ()):
        item = items.pop(answer.get("no"), None)
        if item is None:
            continue
        if answer.get("receipt"):
            item.state, item.upload_receipt = "upload_receipted", str(answer["receipt"])[:60]
            item.receipted_at, item.turned_down_for = clock.now(), ""
            receipts.append(item)
        elif answer.get("refused"):
            item.state, item.turned_down_for = "turned_down", str(answer["refused"])[:500]
            refusals.append(item)
    _write(receipts, "收到回执")
    _write(refusals, "省级平台退回")
    return len(receipts) + len(refusals)


def send_again_what_is_missing(transport: Transport) -> int:
    """Items that the other side lacks wait again; how many had been receipted, or were on their way.

    It is told our last number and answers with the numbers up to it that it has not got.
    """
    items = UploadItem.objects.visible_to(WRITER)
    last = items.filter(tries__gt=0).aggregate(last=Max("number"))["last"]
    numbers = transport.get("/missing", up_to=last or "").get("numbers", [])
    lost = list(items.filter(number__in=numbers, state__in=("upload_receipted", "dispatched")))
    return _change(lost, "省级平台缺号，重新上传", state="to_upload")


def send_again(actor: Any, kind: str) -> int:
    """Whatever was turned down of a kind waits again, by a person's wish."""
    items = UploadItem.objects.visible_to(actor).filter(kind=kind, state="turned_down")
    for item in items:
        item.ledger.perform(item, "upload_again", actor)
    return len(items)


def _waiting() -> list[UploadItem]:
    overdue = Q(state="dispatched", tried_at__lt=clock.now() - RECEIPT_WAIT)
    rows = UploadItem.objects.visible_to(WRITER).filter(Q(state="to_upload") | overdue)
    return list(rows.order_by("number")[:AT_ONCE])


def _change(items: list[UploadItem], why: str, **values: Any) -> int:
    for item in items:
        for name, value in values.items():
            setattr(item, name, value)
        item.tries += values.get("state") == "dispatched"
    return _write(items, why)


def _write(items: list[UploadItem], why: str) -> int:
    with acting(WRITER, why):
        change_many(UploadItem, items, current_act())
    return len(items)
