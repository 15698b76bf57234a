"""What is new for the province, written down as items before anything is sent.

Rows of a ledger are read in the order of their last change, from where the last round stopped; an item that was told
already word for word is not told again, and an example never is. So an outage of weeks leaves nothing out and doubles
nothing.
"""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from clickhouse_connect.driver.client import Client
from django.db.models import Q

from tonggui.base.clock import CHINA, from_micros, to_micros, today
from tonggui.base.site import Site
from tonggui.bridge.cursor import Cursor
from tonggui.bridge.exchange.declaration import Province, Upload
from tonggui.ledgers.overload.upload_item import UploadItem, UploadKind
from tonggui.register.actor import Actor, acting
from tonggui.register.registry import ledger

WRITER = Actor.system("省级平台数据交换")
AT_ONCE = 500
COUNTED = """
SELECT count() AS passes, countIf(excess_kg > 0) AS over, countIf(plate = '') AS unread
FROM passes FINAL WHERE time >= {first:DateTime64(6, 'UTC')} AND time < {after:DateTime64(6, 'UTC')}
"""


def queue_records(site: Site, province: Province) -> int:
    """Items for every record that became ripe or changed since the last round; how many were written."""
    return sum(_queue_kind(site, upload) for upload in province.uploads)


def _queue_kind(site: Site, upload: Upload) -> int:
    cursor, queued = Cursor.of(site, f"exchange-{upload.kind}"), 0
    # Rows written together share their moment, so the last moment is read again, and pages go by moment and row.
    after = Q(changed_at__gte=from_micros(cursor.version)) if cursor.version else Q(changed_at__isnull=False)
    rows = ledger(upload.ledger).query(WRITER).filter(upload.ripe, is_example=False)
    ripe = rows.select_related(*upload.links())
    while page := list(ripe.filter(after).order_by("changed_at", "pk")[:AT_ONCE]):
        queued += write_items(upload.kind, {str(getattr(row, upload.key)): upload.body(row) for row in page})
        last = page[-1]
        cursor.move_to(to_micros(last.changed_at))
        after = Q(changed_at__gt=last.changed_at) | Q(changed_at=last.changed_at, pk__gt=last.pk)
    return queued


def queue_days(site: Site, province: Province, client: Client) -> int:
    """An item for the counts of each day that is over, from the day before the first round on."""
    cursor, queued = Cursor.of(site, "exchange-daily"), 0
    day = date.fromordinal(cursor.version + 1) if cursor.version else today() - timedelta(days=1)
    while day < today():
        begins = datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(UTC)
        asked = {"first": begins, "after": begins + timedelta(days=1)}
        counts = next(iter(client.query(COUNTED, parameters=asked).named_results()))
        body = {"stat_date": day.isoformat(), **province.daily(dict(counts))}
        queued += write_items(UploadKind.DAILY, {day.isoformat(): body})
        cursor.move_to(day.toordinal())
        day += timedelta(days=1)
    return queued


def write_items(kind: str, bodies: dict[str, dict[str, Any]]) -> int:
    """Write down what has not been told in these very words; how many that was."""
    items = {
        key: UploadItem(kind=kind, upload_key=key, upload_content=[body], upload_digest=digest(body))
        for key, body in bodies.items()
    }
    told = UploadItem.objects.visible_to(WRITER).filter(kind=kind, upload_key__in=list(items))
    latest = dict(told.order_by("number").values_list("upload_key", "upload_digest"))
    fresh = [item for key, item in items.items() if latest.get(key) != item.upload_digest]
    with acting(WRITER):
        UploadItem.objects.bulk_create(fresh)
    return len(fresh)


def digest(body: dict[str, Any]) -> str:
    """A fingerprint of an item's content."""
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
