"""The bureau's own errands: writes the fleet out to the stream, brings alarms and doubted passes into the ledgers, does
the long imports and exports that people asked for, fetches pictures that passes name by an address, writes the
bulletins whose period is over, and does each night what keeps the ledgers quick and tidy.

One process a site. Each errand runs for itself: while the store is away the fleet is still written, and one errand's
failure is told and tried again without holding up the others.
"""

import argparse
import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import date

from tonggui.base import clock
from tonggui.base.errors import Problem
from tonggui.base.site import Site
from tonggui.run.cli import add_data_option

FLEET_EVERY_SECONDS = 5.0
STORE_EVERY_SECONDS = 2.0
SHEETS_EVERY_SECONDS = 0.5
PICTURES_EVERY_SECONDS = 10.0
SOURCES_EVERY_SECONDS = 60.0
NOTICES_EVERY_SECONDS = 30.0
POINTS_EVERY_SECONDS = 60.0
BULLETINS_EVERY_SECONDS = 60.0
EVASION_EVERY_SECONDS = 1800.0
HUNDRED_TONNES_EVERY_SECONDS = 30.0
NIGHT_EVERY_SECONDS = 300.0
NIGHT_FROM_HOUR = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--once", action="store_true", help="every errand once, then end")


def run(options: argparse.Namespace) -> int:
    site = Site.at(options.data)
    os.environ["TONGGUI_DATA"] = str(site.data)
    from tonggui.run.setup import start_django

    start_django()
    stop = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stop.set())
    site.announce("tasks", host="127.0.0.1", port=0)
    threads = [threading.Thread(target=_keep, args=(*errand, stop, options.once)) for errand in errands(site, stop)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return 0


def errands(site: Site, stop: threading.Event) -> list[tuple[str, float, Callable[[], object]]]:
    """Name, seconds between two rounds, and the round itself; a long round ends early once `stop` is set."""
    from tonggui.bridge.alarms import bring_in_alarms
    from tonggui.bridge.bureau_values import write_bureau_values
    from tonggui.bridge.evasion import find_evasion
    from tonggui.bridge.fleet import write_fleet
    from tonggui.bridge.hundred_tonnes import open_tracings
    from tonggui.bridge.pass_media import clear_media, fetch_pictures
    from tonggui.bridge.passes import bring_in_passes
    from tonggui.bridge.point_watch import watch_points
    from tonggui.bridge.sources import Watcher, mark_silent
    from tonggui.bridge.yard_months import count_months
    from tonggui.bridge.yards import trace_again
    from tonggui.protocols.weighing import PASSES
    from tonggui.register.sheets.work import take_exports, take_imports
    from tonggui.stream.store.client import connect
    from tonggui.stream.store.upkeep import settle

    def with_store(bring_in: Callable) -> Callable[[], object]:
        # One client a thread, made again when the store has come back under another address.
        def round_() -> object:
            client = connect(site)
            try:
                return bring_in(site, client)
            finally:
                client.close()

        return round_

    watcher, started = Watcher(site), clock.now()
    return [
        ("fleet", FLEET_EVERY_SECONDS, lambda: write_fleet(site)),
        ("bureau values", FLEET_EVERY_SECONDS, lambda: write_bureau_values(site)),
        ("alarms", STORE_EVERY_SECONDS, with_store(bring_in_alarms)),
        ("passes", STORE_EVERY_SECONDS, with_store(bring_in_passes)),
        ("pictures", PICTURES_EVERY_SECONDS, with_store(fetch_pictures)),
        ("points", POINTS_EVERY_SECONDS, with_store(lambda *at: watch_points(*at, since=started))),
        ("evasion", EVASION_EVERY_SECONDS, with_store(find_evasion)),
        ("sources", SOURCES_EVERY_SECONDS, lambda: mark_silent(watcher)),
        ("hundred tonnes", HUNDRED_TONNES_EVERY_SECONDS, with_store(open_tracings)),
        ("yards", NIGHT_EVERY_SECONDS, nightly(with_store(count_months))),
        ("yard traces", NIGHT_EVERY_SECONDS, nightly(with_store(trace_again))),
        ("notices", NOTICES_EVERY_SECONDS, hand_over_notices),
        ("imports", SHEETS_EVERY_SECONDS, lambda: take_imports(stop)),
        ("exports", SHEETS_EVERY_SECONDS, lambda: take_exports(stop)),
        ("bulletins", BULLETINS_EVERY_SECONDS, write_bulletins),
        ("media", NIGHT_EVERY_SECONDS, nightly(with_store(clear_media))),
        ("night", NIGHT_EVERY_SECONDS, nightly(keep_house)),
        ("store", NIGHT_EVERY_SECONDS, nightly(with_store(lambda _, client: settle(client, PASSES.name)))),
    ]


def hand_over_notices() -> None:
    """Hands what waits in the outbox to the bureau's gateway, where it has one; else the list is a person's work."""
    from tonggui.bridge.outbox import hand_over

    address, key = os.environ.get("TONGGUI_NOTICE_GATEWAY"), os.environ.get("TONGGUI_NOTICE_KEY")
    if not address:
        return
    if not key:
        raise Problem(
            "写明了告知网关而没有写明密钥，告知无法签名", do="请与网关约定密钥，设为 TONGGUI_NOTICE_KEY 后重新启动"
        )
    handed = hand_over(address, key)
    if handed.faults:
        what = f"告知网关没有收下 {len(handed.faults)} 条，第一条 {handed.faults[0]}"
        raise Problem(what, do="请检查网关，或者由人员发送")


def write_bulletins() -> None:
    """The overload bulletins that are due, each told by its title."""
    from tonggui.reports.overload_schedule import write_due

    for document in write_due():
        print(f"bulletins: {document}", flush=True)


def keep_house() -> None:
    """What is done once a night: statistics for the database's planner, sheets and personal data past their time."""
    from tonggui.register.purging import purge_all
    from tonggui.register.sheets.work import sweep
    from tonggui.register.upkeep import refresh_statistics

    refresh_statistics()
    sweep()
    for purged in purge_all():
        print(f"night: {purged}", flush=True)


def nightly(errand: Callable[[], object]) -> Callable[[], None]:
    """A round that does its errand when the process starts and then once a day, from NIGHT_FROM_HOUR on."""
    done_on: date | None = None

    def round_() -> None:
        nonlocal done_on
        now = clock.now()
        if done_on is None or (done_on < now.date() and now.hour >= NIGHT_FROM_HOUR):
            errand()
            done_on = now.date()

    return round_


def _keep(name: str, every: float, errand: Callable[[], object], stop: threading.Event, once: bool) -> None:
    from django.db import close_old_connections

    failing = ""
    while not stop.is_set():
        try:
            errand()
            if failing:
                print(f"{name}: working again", flush=True)
            failing = ""
        except Exception as problem:
            # Any failure of a round is told once and tried again: an errand must not die with one bad row or restart.
            told = f"{type(problem).__name__}: {problem}"
            if told != failing:
                print(f"{name}: {told}; trying again every {every:g} s", file=sys.stderr, flush=True)
            failing = told
        close_old_connections()
        if once:
            return
        stop.wait(every)
