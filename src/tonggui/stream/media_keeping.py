"""How long media are kept: those of passes on which nothing rests are cleared after their time, and written down.

Nothing rests on a pass within the limit, without a doubt, that no record names as its evidence. A content that another
pass names too stays with that one. Passes are read by pages: a month of a busy county is more than memory should hold.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from clickhouse_connect.driver.client import Client

from tonggui.base.clock import now, to_micros
from tonggui.base.site import Site
from tonggui.stream.media import Media
from tonggui.stream.references import References

Frame = tuple[str, int]

NOTHING_RESTS = """
    received_at >= fromUnixTimestamp64Micro({since:Int64}) AND received_at < fromUnixTimestamp64Micro({until:Int64})
    AND excess_kg <= 0 AND doubt = '' AND length(media) > 2
"""
AT_ONCE = 5_000
CLEARABLE = f"""
SELECT site, record_no, media, log, frame_position FROM passes FINAL
WHERE {NOTHING_RESTS} AND (log, frame_position) > ({{log:String}}, {{position:UInt64}})
ORDER BY log, frame_position LIMIT {{most:UInt32}}
"""
HASHES = "arrayJoin(extractAll(media, '[0-9a-f]{64}'))"
NAMED_ELSEWHERE = f"""
SELECT DISTINCT {HASHES} AS hash FROM passes FINAL WHERE NOT ({NOTHING_RESTS})
AND length(media) > 2 AND hash IN (SELECT {HASHES} FROM passes FINAL WHERE {NOTHING_RESTS})
"""


def clear(site: Site, client: Client, since: datetime, until: datetime, evidence: Collection[Frame]) -> tuple[int, int]:
    """Clear media of passes received from `since` to before `until` on which nothing rests; how many, how many bytes.

    `evidence` are the frames that records name: what these passes show stays.
    """
    asked = {"since": to_micros(since), "until": to_micros(until)}
    kept = {hash_ for (hash_,) in client.query(NAMED_ELSEWHERE, parameters=asked).result_rows}
    # All that stays is known before anything goes.
    for one in _passes(client, asked):
        if one.frame in evidence:
            kept |= one.hashes
    references, store, at = References(site), Media(site), to_micros(now())
    cleared = size = 0
    for one in _passes(client, asked):
        if one.frame in evidence:
            continue
        for hash_ in sorted(one.hashes | (references.only_of(one.record) if one.by_address else set())):
            if hash_ not in kept and (freed := store.path(hash_)):
                size += freed.stat().st_size
                references.cleared(hash_, one.record, at)
                store.drop(hash_)
                cleared += 1
    return cleared, size


@dataclass(frozen=True, slots=True)
class _Pass:
    """What a pass shows: the hashes that it names, and whether it names an address beside them."""

    record: str
    frame: Frame
    hashes: set[str]
    by_address: bool


def _passes(client: Client, asked: dict[str, int]) -> Iterator[_Pass]:
    """The passes of the time on which nothing rests by themselves, in the order of their frames, a page at a time."""
    last: Frame = ("", 0)
    while True:
        page = {**asked, "log": last[0], "position": last[1], "most": AT_ONCE}
        rows = client.query(CLEARABLE, parameters=page).result_rows
        for point, record_no, media, log, position in rows:
            named, last = json.loads(media), (log, position)
            hashes = {one["sha256"] for one in named if "sha256" in one}
            yield _Pass(f"{point}/{record_no}", last, hashes, any("href" in one for one in named))
        if len(rows) < AT_ONCE:
            return


def months_between(since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The time from one to the other in parts of at most a month."""
    while since < until:
        month = since.year * 12 + since.month
        after = since.replace(year=month // 12, month=month % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
        yield since, min(after, until)
        since = after
