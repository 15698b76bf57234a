"""The demo county's exchange with its province: what was told and receipted, what came back refused, what came down.

No province is behind it: records of the demo are marked as examples and never leave the site (`bridge/exchange/queue`).
"""

import json
from datetime import date, datetime, time, timedelta

from tonggui.base.clock import CHINA, pretending
from tonggui.base.site import Site, write_whole
from tonggui.bridge.exchange.provincial import PROVINCIAL
from tonggui.bridge.exchange.queue import WRITER, digest
from tonggui.ledgers.overload.provincial_item import ProvincialItem, ProvincialKind
from tonggui.ledgers.overload.upload_item import UploadItem
from tonggui.register.actor import acting
from tonggui.register.registry import ledger

MOST_OF_A_KIND = 60
REASONS = {
    "site": "检定证书号未填",
    "pass": "站点编码未在省级平台备案",
    "case": "处罚决定书号重复",
    "unloading": "案号在省级平台查不到",
    "copy": "车属企业许可证号未填",
    "daily": "统计数与过车明细不符",
}
HANDED_DOWN = (
    (ProvincialKind.PERMIT, "示例XK2026001", "沪A00013", "示例省道101 至 示例县城关，风电塔筒", 45),
    (ProvincialKind.PERMIT, "示例XK2026002", "沪A00027", "示例高速出口 至 江口码头，变压器", 12),
    (ProvincialKind.BLACK_LIST, "示例HMD2026001", "沪A00005", "一年内违法超限运输四次，省级列入重点监管", 180),
    (ProvincialKind.BLACK_LIST, "示例HMD2026002", "沪A00031", "拒不接受检测，强行通过", 200),
    (ProvincialKind.CASE, "示例WX2026001", "沪A00008", "示例邻县查获，六轴 61.2 吨，处罚款 6000 元", None),
    (ProvincialKind.CASE, "示例WX2026002", "沪A00013", "示例邻县查获，四轴 44.6 吨，处罚款 4000 元", None),
)


def make_exchange(site: Site, as_of: date) -> None:
    """Items of every kind up to the day before, a few of them refused and some waiting, and what came down."""
    at = datetime.combine(as_of - timedelta(days=1), time(17, 40), CHINA)
    items = []
    for upload in PROVINCIAL.uploads:
        rows = ledger(upload.ledger).query(WRITER).filter(upload.ripe).select_related(*upload.links())
        for place, row in enumerate(rows.order_by("-pk")[:MOST_OF_A_KIND]):
            body = upload.body(row)
            items.append(_item(upload.kind, str(getattr(row, upload.key)), body, place, at))
    for days in range(14, 0, -1):
        day = (as_of - timedelta(days=days)).isoformat()
        bands = {f"band_{place}": over for place, over in enumerate((20 + days, 3, 1, 0, 0))}
        counts = {"passes": 2_300 + 17 * days, "over": 24 + days, "unread": days, **bands}
        body = {"out_station": "SL0001", "stat_date": day, **PROVINCIAL.daily(counts)}
        items.append(_item("daily", f"SL0001-{day.replace('-', '')}", body, days, at))
    with pretending(at), acting(WRITER, "省级平台数据交换"):
        UploadItem.objects.bulk_create(items)
        ProvincialItem.objects.bulk_create(
            ProvincialItem(
                kind=kind,
                provincial_no=number,
                plate=plate,
                summary_of_item=words,
                handed_down_until=as_of + timedelta(days=valid) if valid else None,
                provincial_content=[{"no": number, "car_no": plate}],
                handed_down_at=at,
                is_example=True,
            )
            for kind, number, plate, words, valid in HANDED_DOWN
        )
    told = {"province": PROVINCIAL.title, "tried_at": at.isoformat(), "worked_at": at.isoformat()}
    write_whole(site.folder("exchange") / "state.json", json.dumps(told, ensure_ascii=False).encode())


def _item(kind: str, key: str, body: dict[str, object], place: int, at: datetime) -> UploadItem:
    """Most items have their receipt, every seventeenth was refused, the latest few still wait."""
    item = UploadItem(kind=kind, upload_key=key, upload_content=[body], upload_digest=digest(body), is_example=True)
    if place < 3:
        return item
    item.tries, item.tried_at = 1, at - timedelta(minutes=place)
    if place % 17 == 4:
        item.state, item.turned_down_for = "turned_down", REASONS[kind]
    else:
        item.state, item.receipted_at = "upload_receipted", item.tried_at
        item.upload_receipt = f"示例HZ{item.upload_digest[:10]}"
    return item
