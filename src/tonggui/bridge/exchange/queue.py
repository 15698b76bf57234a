"""What is new for the province, written down as items before anything is sent.

Rows of a ledger are read in the order of their last change, from a while before where the last round stopped: a row
carries the moment of its change, but is seen only when its transaction ends, maybe after a later row. An item that was
told already word for word is not told again, and an example never is. So neither an outage of weeks nor a slow
transaction leaves anything out or doubles anything.
"""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

from clickhouse_connect.driver.client import Client
from django.db.models import Q

from tonggui.base import clock
from tonggui.base.clock import CHINA, SECOND, from_micros, to_micros
from tonggui.base.site import Site
from tonggui.bridge.cursor import Cursor
from tonggui.bridge.exchange.declaration import Province, Upload
from tonggui.ledgers.overload.upload_item import UploadItem, UploadKind
from tonggui.register.actor import Actor, acting
from tonggui.register.registry import ledger
from tonggui.statutes.overloading.statistics import BANDS

WRITER = Actor.system("省级平台数据交换")
AT_ONCE = 500
REVOKED = "revoked"
# Days behind the last one told that are counted again: passes come late, and the counts are corrected.
LATE_DAYS = 7
HOUR = 3600 * SECOND
# How long a transaction may take between the moment its rows carry and its end.
SLOWEST = 900 * SECOND
_BANDS = ", ".join(
    f"countIf(rate > {least}" + (f" AND rate <= {most}" if most else "") + f") AS band_{place}"
    for place, (least, most) in enumerate(zip(BANDS, (*BANDS[1:], None), strict=True))
)
COUNTED = f"""
SELECT site, toDate(toTimeZone(time, 'Asia/Shanghai')) AS day, count() AS passes, countIf(excess_kg > 0) AS over,
       countIf(plate = '') AS unread, {_BANDS}
FROM passes FINAL WHERE time >= {{first:DateTime64(6, 'UTC')}} AND time < {{after:DateTime64(6, 'UTC')}}
GROUP BY site, day ORDER BY day, site
"""


def queue_records(site: Site, province: Province) -> int:
    """Items for every record that became ripe or changed since the last round; how many were written."""
    return sum(_queue_kind(site, upload) for upload in province.uploads)


def _queue_kind(site: Site, upload: Upload) -> int:
    cursor = Cursor.of(site, f"exchange-{upload.kind}")
    since = max(cursor.version - SLOWEST, 0)
    queued = _revoke(upload, since)
    after = Q(changed_at__gte=from_micros(since)) if since else Q(changed_at__isnull=False)
    rows = ledger(upload.ledger).query(WRITER).filter(upload.ripe, is_example=False)
    ripe = rows.select_related(*upload.links())
    while page := list(ripe.filter(after).order_by("changed_at", "pk")[:AT_ONCE]):
        queued += write_items(upload.kind, {str(getattr(row, upload.key)): upload.body(row) for row in page})
        last = page[-1]
        cursor.move_to(max(cursor.version, to_micros(last.changed_at)))
        # Rows written together share their moment, so pages go by moment and row.
        after = Q(changed_at__gt=last.changed_at) | Q(changed_at=last.changed_at, pk__gt=last.pk)
    return queued


def _revoke(upload: Upload, since: int) -> int:
    """Tell of what was told once and is ripe no more: a pass taken back, a case that was quashed."""
    if not since:
        return 0
    unripe = ledger(upload.ledger).query(WRITER).exclude(upload.ripe).filter(changed_at__gte=from_micros(since))
    keys = [str(key) for key in unripe.values_list(upload.key, flat=True)]
    told = UploadItem.objects.visible_to(WRITER).filter(kind=upload.kind, upload_key__in=keys).order_by("number")
    latest = {key: content[0] for key, content in told.values_list("upload_key", "upload_content")}
    return write_items(upload.kind, {key: {**body, REVOKED: True} for key, body in latest.items()})


def queue_days(site: Site, province: Province, client: Client) -> int:
    """An item for the counts of each point on each day that is over, from the day before the first round on.

    Once an hour the days of a week before are counted again; where late passes have changed them, they are told again.
    """
    cursor, hourly = Cursor.of(site, "exchange-daily"), Cursor.of(site, "exchange-daily-hour")
    hour = to_micros(clock.now()) // HOUR
    if hourly.version == hour:
        return 0
    begun = Cursor.of(site, "exchange-daily-begun")
    if not begun.version:
        begun.move_to((clock.today() - timedelta(days=1)).toordinal())
    first = max(begun.version, (cursor.version or begun.version) - LATE_DAYS)
    asked = {"first": _midnight(date.fromordinal(first)), "after": _midnight(clock.today())}
    points = ledger("overload.weighingpoint").query(WRITER).filter(is_example=False)
    own = set(points.values_list("code", flat=True))
    counted = client.query(COUNTED, parameters=asked).named_results()
    bodies = {
        f"{row['site']}-{row['day']:%Y%m%d}": {
            "out_station": row["site"],
            "stat_date": row["day"].isoformat(),
            **province.daily(dict(row)),
        }
        for row in counted
        if row["site"] in own
    }
    queued = write_items(UploadKind.DAILY, bodies)
    cursor.move_to((clock.today() - timedelta(days=1)).toordinal())
    hourly.move_to(hour)
    return queued


def _midnight(day: date) -> datetime:
    """The beginning of a day in China."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA).astimezone(UTC)


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
