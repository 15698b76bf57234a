"""Drive a recorded track file through the gateway as JT/T 808 terminals, keeping its own times.

Reads Parquet or CSV with vehicle, time, latitude, longitude and, where there is one, speed. A vehicle whose name is all
digits keeps them as its terminal number; the others are numbered from --first-phone. The run ends when every report has
been answered. The gateway must know the terminals, or have been started with `--admission open`.
"""

import argparse
import asyncio
import csv
import sys
import time
from pathlib import Path

import numpy as np

from tonggui.base.clock import SECOND, from_micros
from tonggui.base.site import Site
from tonggui.protocols.jt808.terminal import Fix, Fleet, Identity
from tonggui.run.cli import add_data_option
from tonggui.run.tracks import KMH_PER, Track, TrackError, read_track


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="track file (.parquet, .csv, .csv.gz)")
    add_data_option(parser)
    add_gateway_options(parser)
    parser.add_argument(
        "--speed", type=float, default=0, metavar="N", help="times as fast as it happened (0: as fast as answered)"
    )
    parser.add_argument(
        "--speed-unit", choices=["auto", *KMH_PER], default="auto", help="unit of the file's speed column"
    )
    parser.add_argument("--zone", default="+08:00", help="zone of times that carry none")
    parser.add_argument(
        "--first-phone", type=int, default=13_900_000_000, help="number of the first vehicle without a number"
    )
    parser.add_argument("--edition", type=int, choices=[2013, 2019], default=2013, help="header the terminals write")
    parser.add_argument("--login", action="store_true", help="register and authenticate each terminal first")
    parser.add_argument("--identities", type=Path, metavar="F", help="write vehicle,phone to this CSV file")
    parser.add_argument("--within", type=float, default=120, help="seconds to wait for the last answers")


def add_gateway_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", help="the gateway's address (that of the site)")
    parser.add_argument("--port", type=int, help="the gateway's port (that of the site)")


def gateway_address(options: argparse.Namespace) -> tuple[str, int]:
    """The address asked for, or the one that the site's gateway announced."""
    known = Site.at(options.data).address("gateway") or {}
    return options.host or known.get("host", "127.0.0.1"), options.port or known.get("port", 8808)


def run(options: argparse.Namespace) -> int:
    try:
        track = read_track(options.file, options.speed_unit, options.zone)
    except TrackError as problem:
        print(f"tonggui replay: {problem}", file=sys.stderr)
        return 2
    identities = identities_of(track, options.first_phone, options.edition)
    if options.identities:
        with options.identities.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(
                [("vehicle", "phone"), *zip(track.vehicles, (i.phone for i in identities), strict=True)]
            )
    print(
        f"{len(track):,} fixes of {len(track.vehicles)} vehicles from {from_micros(track.time[0]):%F %T} to "
        f"{from_micros(track.time[-1]):%F %T}; speed read as {track.speed_unit}; {track.left_out} rows left out",
        flush=True,
    )
    started = time.monotonic()
    done, tally = asyncio.run(drive(track, identities, *gateway_address(options), options))
    print(f"{tally.line()}  in {time.monotonic() - started:.1f} s, slowest answer {tally.slowest_answer * 1000:.0f} ms")
    if not done:
        print("some reports were not answered; see the gateway's status page", file=sys.stderr)
    return 0 if done else 1


def identities_of(track: Track, first_phone: int, edition: int) -> list[Identity]:
    """An identity for each vehicle of a track."""
    return [
        Identity(
            name.zfill(12) if name.isdigit() and len(name) <= 12 else f"{first_phone + number:012}", edition=edition
        )
        for number, name in enumerate(track.vehicles)
    ]


async def drive(track: Track, identities: list[Identity], host: str, port: int, options: argparse.Namespace):
    """Report every fix at its time divided by the speed; (whether all were answered, the tally)."""
    async with Fleet(host, port, identities, registers=options.login) as fleet:
        started, first = time.monotonic(), int(track.time[0])
        for number in np.arange(len(track)):
            if options.speed:
                ahead = (int(track.time[number]) - first) / SECOND / options.speed - (time.monotonic() - started)
                if ahead > 0:
                    await asyncio.sleep(ahead)
            elif number % 64 == 0:
                await asyncio.sleep(0)
            fleet.terminals[track.vehicle[number]].report(
                Fix(
                    time=int(track.time[number]),
                    latitude=float(track.latitude[number]),
                    longitude=float(track.longitude[number]),
                    speed_kmh=float(track.speed_kmh[number]),
                    direction=int(track.direction[number]),
                )
            )
        return await fleet.all_answered(options.within), fleet.tally
