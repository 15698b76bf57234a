"""The list of passes over 5 million of them: every filter, order, facet, deep page and plate, as a browser gets it.

The store is filled with a year of plausible passes of 40 points, a few dozen of them stored twice, and kept as a
night leaves it; then a last day comes in two hundred small inserts. Pages go through Django's whole stack to the
store's own process. Beside each, by turns: hand-written SQL for the same count and rows on the same store, and the same
scan of sorted monthly Parquet files. Options make it smaller: `--rows`, `--no-peer`.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from bench.site import running
from tonggui.base.clock import CHINA
from tonggui.base.site import Site
from tonggui.stream.store.client import connect
from tonggui.stream.store.upkeep import settle

BAR_MS = 500
TODAY = datetime(2026, 11, 1, 9, tzinfo=CHINA)
FROM = datetime(2025, 11, 1, tzinfo=CHINA)
POINTS, INSERTED_AT_ONCE, YEAR_SECONDS = 40, 50_000, 365 * 86_400
# Axles, limit and load follow from a hash of the number; one truck in 25 is above its limit, far fewer far above.
GENERATE = """
INSERT INTO passes (record_no, site, lane, device, calibrated_to, usable, plate, plate_color, axles, axle_groups,
                    gross_kg, speed_kmh, time, limit_kg, excess_kg, rate, fine_yuan, warning, doubt, received_at, log,
                    frame_position, media, direction)
WITH sipHash64(number) AS h, 1 + h % {points} AS point,
     fromUnixTimestamp64Micro(toInt64({start} + number * {every} + h % 1000000)) AS at,
     1 + h % 8 AS kind, [18000, 25000, 31000, 43000, 49000, 49000, 49000, 49000][kind] AS limit,
     round(limit * (0.25 + 0.72 * sqrt((h % 10007) / 10007) + if(h % 25 = 0, pow((h % 997) / 997, 4), 0))) AS gross
SELECT concat('SL', leftPad(toString(point), 4, '0'), formatDateTime(at, '%Y%m%d%H%i%S'), toString(number % 100000)),
       concat('SL', leftPad(toString(point), 4, '0')), toString(1 + h % 4), concat('W', toString(point)), '2026-12-31',
       h % 50 != 0, if(h % 37 = 0, '', concat('示A', leftPad(hex(toUInt32(sipHash64(h % 300007) % 1048576)), 5, '0'))),
       ['黄色', '黄色', '蓝色', '绿色'][1 + h % 4], [2, 3, 4, 5, 6, 6, 6, 6][kind],
       ['11', '15', '115', '155', '157', '157', '157', '157'][kind], gross, 20 + h % 70, at, limit,
       greatest(gross - limit, 0), greatest(gross / limit - 1, 0),
       intDiv(toUInt64(greatest(gross - limit, 0)), 1000) * 500, 0, if(h % 23 = 0, '左右轴差 38%', ''),
       addSeconds(at, 2), 'weighing-0', number * 4096, if(h % 3 = 0, '[{{"kind": "front", "href": "a.jpg"}}]', '[]'),
       '东向'
FROM numbers({offset}, {count})
"""


@dataclass(frozen=True)
class Case:
    """One page: its address, and the same rows as a condition and an order in SQL (none: no such peer)."""

    name: str
    address: str
    where: str = ""
    order: str = "time DESC, site DESC, record_no DESC"
    offset: int = 0
    parquet: Callable[[], Any] | None = None


def day(year: int, month: int) -> datetime:
    return datetime(year, month, 1, tzinfo=CHINA)


OCTOBER = "time >= '2026-09-30 16:00:00' AND time < '2026-10-31 16:00:00'"
CASES = (
    Case("as it opens", "all=1", "1"),
    Case(
        "a month",
        "passed_at=2026-10",
        OCTOBER,
        parquet=lambda: (pc.field("time") >= day(2026, 10)) & (pc.field("time") < day(2026, 11)),
    ),
    Case(
        "a month at one point",
        "passed_at=2026-10&point=SL0007",
        f"{OCTOBER} AND site = 'SL0007'",
        parquet=lambda: (
            (pc.field("time") >= day(2026, 10)) & (pc.field("time") < day(2026, 11)) & (pc.field("site") == "SL0007")
        ),
    ),
    Case("over the limit", "over=true", "excess_kg > 0", parquet=lambda: pc.field("excess_kg") > 0),
    Case("a band of the rate", "band=20-50", "rate > 0.2 AND rate <= 0.5"),
    Case("six axles", "axles=6", "axles = 6"),
    Case("doubted, scale in date", "doubt=true&calibrated=true", "doubt != '' AND usable"),
    Case("with pictures", "media=true", "media NOT IN ('', '[]')"),
    Case("a lane, a colour", "lane=2&plate_color=黄色", "lane = '2' AND plate_color = '黄色'"),
    Case("a part of a plate", "plate=3A7C", "position(plate, '3A7C') > 0"),
    Case("a whole plate", "q={plate}", "position(plate, '{plate}') > 0"),
    Case("heavier than 60 t", "gross_kg_min=60000", "gross_kg >= 60000"),
    Case("by weight", "all=1&sort=-gross_kg", "1", "gross_kg DESC, time DESC, site DESC, record_no DESC"),
    Case("over, by rate", "over=true&sort=-rate", "excess_kg > 0", "rate DESC, time DESC, site DESC, record_no DESC"),
    Case("by plate", "all=1&sort=plate", "1", "plate, time, site, record_no"),
    Case("page 1,000", "all=1&page=1000", "1", offset=999 * 20),
    Case("page in the middle", "all=1&page={middle}", "1", offset=2_500_000),
    Case("last page", "all=1&page=99999999"),
    Case("in the middle, by weight", "all=1&page={middle}&sort=-gross_kg"),
    Case("counts by value", "all=1&part=facets"),
    Case("counts by value, over", "over=true&part=facets"),
    Case("hours and points", "all=1&part=strip"),
    Case("nothing found", "plate=ZZZZZ", "position(plate, 'ZZZZZ') > 0"),
)


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench passes", description=__doc__)
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TONGGUI_DATA"] = folder
        site = Site.at(Path(folder))
        from tonggui.run.setup import prepare_ledgers

        prepare_ledgers()
        with running("store", site), connect(site, wait=30) as client:
            fill(client, options.rows)
            files = None if options.no_peer else parquet(client, Path(folder))
            measure(client, browser(), options, files)


def fill(client: Any, rows: int) -> None:
    """The passes in order of their time, as the stream inserts them; a tenth of each hundredth insert comes again."""
    every = YEAR_SECONDS * 1_000_000 // rows
    values = {"points": POINTS, "start": int(FROM.timestamp() * 1e6), "every": every}
    last_day = rows // 365
    started = time.perf_counter()

    def insert(offset: int, count: int) -> None:
        client.command(GENERATE.format(offset=offset, count=count, **values))

    for n, offset in enumerate(range(0, rows - last_day, INSERTED_AT_ONCE)):
        insert(offset, min(INSERTED_AT_ONCE, rows - last_day - offset))
        if n % 10 == 0:
            insert(offset, INSERTED_AT_ONCE // 100)
    took = time.perf_counter() - started
    started = time.perf_counter()
    settle(client, "passes")
    settled = time.perf_counter() - started
    step = last_day // 200
    for offset in range(rows - last_day, rows, step):
        insert(offset, min(step, rows - offset))
    insert(rows - last_day, step)
    table = "FROM system.parts WHERE active AND table = 'passes'"
    parts, size = client.query(f"SELECT count(), sum(bytes_on_disk) {table}").first_row
    stored, distinct = client.command("SELECT count() FROM passes"), client.command("SELECT count() FROM passes FINAL")
    print(
        f"  {rows:,} passes in {took:.0f} s, settled in {settled:.0f} s; {size / stored:.1f} bytes each, {parts} parts"
    )
    print(f"  rows stored {stored:,}, passes {distinct:,} ({'each once' if distinct == rows else 'WRONG'})")


def browser() -> Any:
    """Somebody of the overload team, with every point in the register."""
    from django.test import Client

    from tonggui.base import clock
    from tonggui.register.actor import Actor, acting
    from tonggui.register.models import Account
    from tonggui.register.registry import ledger

    points = ledger("overload.weighingpoint")
    with clock.pretending(TODAY), acting(Actor.system("基准测试")):
        first = points.example(code="SL0001", name="示例检测点 1")
        for n in range(2, POINTS + 1):
            points.example(code=f"SL{n:04}", name=f"示例检测点 {n}", unit=first.unit)
    account = Account.objects.create_account(
        "bench", None, roles=["overload_officer"], unit=first.unit, name="示例人员"
    )
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(account)
    return client


def measure(client: Any, pages: Any, options: argparse.Namespace, files: Path | None) -> None:
    """Every page a few times, by turns with its peers."""
    plate = client.command("SELECT plate FROM passes WHERE plate != '' LIMIT 1 OFFSET 1234567 % 100000")
    values = {"plate": plate, "middle": options.rows // 40}
    print(f"{'':30}{'page':>12}{'worst':>9}{'SQL':>9}{'Parquet':>9}  ms, median of {options.repeats}")
    slowest = 0.0
    for case in CASES:
        address, where = f"/passes/?{case.address.format(**values)}", case.where.format(**values)
        get(pages, address)
        ours, theirs, scans = [], [], []
        for _ in range(options.repeats):
            ours.append(milliseconds(get, pages, address))
            if where:
                theirs.append(milliseconds(plain, client, where, case))
            if files and case.parquet:
                scans.append(milliseconds(scan, files, case.parquet()))
        slowest = max(slowest, statistics.median(ours))
        told = [f"{statistics.median(times):9.0f}" if times else f"{'':9}" for times in (theirs, scans)]
        over = "  OVER" if statistics.median(ours) > BAR_MS else ""
        print(f"  {case.name:<28}{statistics.median(ours):12.0f}{max(ours):9.0f}{told[0]}{told[1]}{over}")
    print(f"  slowest median {slowest:.0f} ms, bar {BAR_MS} ms; load {os.getloadavg()[0]:.1f}")


def get(pages: Any, address: str) -> None:
    answer = pages.get(address)
    assert answer.status_code == 200 and "现在查不到" not in answer.text, address


def plain(client: Any, where: str, case: Case) -> None:
    """A count with a sum and one page, as somebody would write them by hand for this page alone."""
    client.query(f"SELECT count(), sum(excess_kg) FROM passes FINAL WHERE {where}")
    offset = f"OFFSET {case.offset}" if case.offset else ""
    client.query(f"SELECT * FROM passes FINAL WHERE {where} ORDER BY {case.order} LIMIT 20 {offset}")


def parquet(client: Any, folder: Path) -> Path:
    """The same passes in monthly files in order of time, eight columns of them."""
    out = folder / "parquet"
    out.mkdir()
    for month in (202511, 202512, *range(202601, 202611)):
        table = client.query_arrow(
            "SELECT time, site, record_no, plate, axles, gross_kg, excess_kg, rate FROM passes FINAL "
            f"WHERE toYYYYMM(time, 'Asia/Shanghai') = {month} ORDER BY time",
            use_strings=True,
        )
        pq.write_table(table, out / f"{month}.parquet", compression="zstd", row_group_size=100_000)
    return out


def scan(files: Path, condition: Any) -> None:
    """Count, sum and the newest twenty of the rows that a condition leaves."""
    rows = ds.dataset(files).to_table(filter=condition, columns=["time", "site", "record_no", "plate", "excess_kg"])
    pc.sum(rows["excess_kg"])
    rows.take(pc.select_k_unstable(rows, 20, [("time", "descending")]))


def milliseconds(work: Callable[..., object], *given: Any) -> float:
    started = time.perf_counter()
    work(*given)
    return (time.perf_counter() - started) * 1000
