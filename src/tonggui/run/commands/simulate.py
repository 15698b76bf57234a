"""A simulated fleet on the demo county's roads, and trucks at its weighing points, until stopped.

The terminals are those of the site's fleet; `--vehicles N` takes the first N, or invents N where the site has none.
`--faults SHARE` makes that share of the terminals misbehave, each in one way: wrong checksums, a length that lies,
messages nobody knows, a clock in 2091, fixes at (0, 0), speeds in m/s, another protocol; and one terminal more, which
nobody registered.

`--conform` drives nobody: it plays the rules of JT/T 808 against a gateway, one by one, and says which are kept, with
the clause; exit code 1 where one is not. The terminal it plays (`--phone`) must be known to the gateway and stand in no
vehicle. A gateway with `--admission open` lets everybody in and so breaks the rules about strangers.
"""

import argparse
import asyncio
import contextlib
import json
import signal
import time

from tonggui.base.clock import SECOND
from tonggui.base.site import Site
from tonggui.protocols.jt808.conformance import RULES, conform
from tonggui.protocols.jt808.terminal import Fleet, Identity
from tonggui.run.cli import add_data_option
from tonggui.run.commands.replay import add_gateway_options, gateway_address
from tonggui.run.demo.faults import FAULTS, STRANGER
from tonggui.run.demo.roads import Roads
from tonggui.run.demo.traffic import Traffic

CONFORM_PHONE = "099999999997"


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    add_gateway_options(parser)
    parser.add_argument("--vehicles", type=int, help="how many (all of the site's fleet)")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--interval", type=float, default=15, help="seconds between two reports of a vehicle (15)")
    parser.add_argument(
        "--faults", type=float, default=0.0, metavar="SHARE", help="share of terminals that misbehave (0)"
    )
    parser.add_argument("--conform", action="store_true", help="try the rules of JT/T 808 on the gateway instead")
    parser.add_argument("--phone", default=CONFORM_PHONE, help=f"terminal of --conform ({CONFORM_PHONE})")
    parser.add_argument("--seconds", type=float, help="stop after so many seconds")
    parser.add_argument("--passes-per-minute", type=float, default=20, help="trucks weighed a minute in all (20)")


def run(options: argparse.Namespace) -> int:
    if options.conform:
        return asyncio.run(_conform(options))
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_simulate(options))
    return 0


async def _conform(options: argparse.Namespace) -> int:
    """Print how every rule came out; 1 where one was broken."""
    host, port = gateway_address(options)
    broken = 0
    async for result in conform(host, port, options.phone):
        broken += bool(result.broken)
        print(f"{'未通过' if result.broken else '通过　'}  {result.title}（{result.clause}）", flush=True)
        if result.broken:
            print(f"        {result.broken}", flush=True)
    print(f"共 {len(RULES)} 项，通过 {len(RULES) - broken} 项，未通过 {broken} 项")
    return 1 if broken else 0


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
    # Nobody waits for the stranger: it is refused for ever.
    strangers = Fleet(host, port, [STRANGER] if options.faults else [])
    try:
        async with strangers, Fleet(host, port, identities) as fleet:
            await _drive(traffic, fleet, options)
            await fleet.all_answered(10)
            print(fleet.tally.line(), flush=True)
    except asyncio.CancelledError:
        pass
    finally:
        weighing.cancel()


async def _drive(traffic: Traffic, fleet: Fleet, options: argparse.Namespace) -> None:
    # The choice is by number, so it repeats.
    faulty = {n: FAULTS[n % len(FAULTS)] for n in range(round(len(fleet.terminals) * options.faults))}
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
