"""A simulated fleet on the demo county's roads, and trucks at its weighing points, until stopped.

The terminals are those of the site's fleet; `--vehicles N` takes the first N, or invents N where the site has none.
`--faults SHARE` makes that share of the terminals misbehave, each in one way: wrong checksums, a length that lies, a
clock in 2091, fixes at (0, 0), messages nobody knows, another protocol.
"""

import argparse
import asyncio
import contextlib
import json
import signal
import time

from tonggui.base.clock import SECOND
from tonggui.base.site import Site
from tonggui.protocols.jt808.terminal import Fleet, Identity
from tonggui.run.cli import add_data_option
from tonggui.run.commands.replay import add_gateway_options, gateway_address
from tonggui.run.demo.faults import FAULTS
from tonggui.run.demo.roads import Roads
from tonggui.run.demo.traffic import Traffic


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    add_gateway_options(parser)
    parser.add_argument("--vehicles", type=int, help="how many (all of the site's fleet)")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--interval", type=float, default=15, help="seconds between two reports of a vehicle (15)")
    parser.add_argument(
        "--faults", type=float, default=0.0, metavar="SHARE", help="share of terminals that misbehave (0)"
    )
    parser.add_argument("--seconds", type=float, help="stop after so many seconds")
    parser.add_argument("--passes-per-minute", type=float, default=20, help="trucks weighed a minute in all (20)")


def run(options: argparse.Namespace) -> int:
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_simulate(options))
    return 0


async def _simulate(options: argparse.Namespace) -> None:
    loop, main = asyncio.get_running_loop(), asyncio.current_task()
    assert main is not None
    loop.add_signal_handler(signal.SIGTERM, main.cancel)
    site = Site.at(options.data)
    identities = fleet_identities(site, options.vehicles)
    traffic = Traffic(Roads(), len(identities), seed=options.seed, interval_seconds=options.interval)
    host, port = gateway_address(options)
    print(f"{len(identities)} terminals report to {host}:{port} every {options.interval:g} s", flush=True)
    weighing = asyncio.create_task(_weigh(site, options))
    try:
        async with Fleet(host, port, identities) as fleet:
            await _drive(traffic, fleet, options)
            await fleet.all_answered(10)
            print(fleet.tally.line(), flush=True)
    except asyncio.CancelledError:
        pass
    finally:
        weighing.cancel()


async def _drive(traffic: Traffic, fleet: Fleet, options: argparse.Namespace) -> None:
    # A reading of every hundredth terminal or so is enough to see each fault; the choice is by number, so it repeats.
    faulty = {n: FAULTS[n % len(FAULTS)] for n in range(int(len(fleet.terminals) * options.faults))}
    start_wall, start = time.monotonic(), time.time_ns() // 1000
    told = start_wall
    for number, fix in traffic.fixes(start):
        ahead = (fix.time - start) / SECOND - (time.monotonic() - start_wall)
        if ahead > 0:
            await asyncio.sleep(ahead)
        if options.seconds and time.monotonic() - start_wall > options.seconds:
            return
        if number in faulty:
            faulty[number](fleet.terminals[number], fix)
        else:
            fleet.terminals[number].report(fix)
        if time.monotonic() - told > 60:
            told = time.monotonic()
            print(fleet.tally.line(), flush=True)


async def _weigh(site: Site, options: argparse.Namespace) -> None:
    """Trucks over the county's weighing points, at the rate asked for, sent as the points would send them."""
    from tonggui.run.demo.weighings import send_passes

    if options.passes_per_minute > 0:
        await send_passes(site, per_minute=options.passes_per_minute, seed=options.seed)


def fleet_identities(site: Site, limit: int | None) -> list[Identity]:
    """The terminals of the site's fleet snapshot, or invented ones where it has none."""
    try:
        terminals = json.loads((site.fleet / "terminals.json").read_bytes())["terminals"]
    except FileNotFoundError:
        terminals = [{"phone": f"{13_900_000_000 + n:012}", "plate": f"示A{n:05}"} for n in range(limit or 100)]
    return [
        Identity(
            phone=terminal["phone"].zfill(12),
            plate=terminal.get("plate", ""),
            plate_color=terminal.get("plate_color") or 2,
            # Every third terminal is of the newer edition, so both headers are always on the wire.
            edition=2019 if number % 3 == 0 else 2013,
        )
        for number, terminal in enumerate(terminals[:limit])
    ]
