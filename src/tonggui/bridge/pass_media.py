"""Media of passes between the two planes: what was fetched is told to the review desk, old ones are cleared.

Cleared are media of passes within the limit and without a doubt, received before the months the bureau has set; never
those of a pass that a record of any ledger names as its evidence.
"""

from datetime import datetime

from clickhouse_connect.driver.client import Client
from django.db.models import Q

from tonggui.base.clock import CHINA, from_micros, now, to_micros
from tonggui.base.site import Site
from tonggui.bridge.cursor import Cursor
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.register.actor import Actor, acting
from tonggui.register.kinds.evidence import Evidence
from tonggui.register.registry import all_ledgers
from tonggui.statutes.overloading.media import FETCH_FROM, KEEP_MONTHS
from tonggui.stream.intake_fetch import fetch_due
from tonggui.stream.media_keeping import Frame, clear, months_between
from tonggui.stream.references import References

WRITER = Actor.system("过车影像")
OPEN = ("found", "reviewed")
FIRST = "SELECT toUnixTimestamp64Micro(min(received_at)) FROM passes"


def fetch_pictures(site: Site, client: Client) -> int:
    """Fetch what passes name by an address, and tell the passes under review its hash; how many were fetched."""
    fetched = fetch_due(site, client, FETCH_FROM.on(now().date()))
    tell_fetched(site)
    return fetched


def tell_fetched(site: Site) -> int:
    """Put the hash beside each fetched address in the passes that wait for review; how many passes changed."""
    under_review = DoubtedPass.objects.visible_to(WRITER).filter(state__in=OPEN, media__icontains='"href"')
    waiting = {
        f"{found.point.code}/{found.record_no}": found
        for found in under_review.select_related("point")
        if any("href" in one and "sha256" not in one for one in found.media)
    }
    hashes, changed = References(site).hashes_of(waiting) if waiting else {}, 0
    with acting(WRITER):
        for record, found in waiting.items():
            media = [
                one | ({"sha256": hash_} if (hash_ := hashes.get((record, one.get("href", "")))) else {})
                for one in found.media
            ]
            if media != found.media:
                found.media = media
                found.save()
                changed += 1
    return changed


def clear_media(site: Site, client: Client) -> tuple[int, int]:
    """Clear what is past its time since the last night; how many media, how many bytes."""
    months = KEEP_MONTHS.on(now().date())
    first = client.query(FIRST).first_row[0]
    if not months or not first:
        return 0, 0
    cursor, until = Cursor.of(site, "media-cleared"), months_before(now(), months)
    since, evidence = from_micros(max(cursor.version, first)).astimezone(CHINA), frames_of_evidence()
    cleared = size = 0
    for begin, end in months_between(since, until):
        count, freed = clear(site, client, begin, end, evidence)
        cleared, size = cleared + count, size + freed
        cursor.move_to(to_micros(end))
    if cleared:
        print(f"night: 按保存期清理过车影像 {cleared} 份，{size / 1e6:.1f} MB", flush=True)
    return cleared, size


def months_before(at: datetime, months: int) -> datetime:
    """The beginning of the month so many months before the one of a moment, in China."""
    year, month = divmod(at.astimezone(CHINA).year * 12 + at.astimezone(CHINA).month - 1 - months, 12)
    return datetime(year, month + 1, 1, tzinfo=CHINA)


def frames_of_evidence() -> set[Frame]:
    """The frames of weighing logs that any record of any ledger names as its evidence."""
    found: set[Frame] = set()
    for ledger in all_ledgers():
        for name, kind in ledger.kinds.items():
            if isinstance(kind, Evidence):
                rows = (
                    ledger.query(WRITER).filter(Q(**{f"{name}__icontains": "weighing-"})).values_list(name, flat=True)
                )
                found |= {(frame["log"], frame["position"]) for frames in rows for frame in frames or ()}
    return found
