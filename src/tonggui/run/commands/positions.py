"""Stored positions of one terminal, written to a .parquet or .jsonl file.

Columns: phone, serial, time, received_at, latitude, longitude, speed_kmh, direction, altitude_m, alarm, status; every
position once, by time. Times of the command line without a zone are +08:00; in .parquet they are UTC, in .jsonl +08:00.
"""

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tonggui.base.clock import CHINA
from tonggui.base.site import Site
from tonggui.run.cli import add_data_option
from tonggui.stream.store.client import StoreAway, connect
from tonggui.stream.store.queries import positions


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--phone", required=True, metavar="P", help="terminal number, leading zeros or not")
    parser.add_argument("--from", dest="since", required=True, type=instant, metavar="T", help="first instant")
    parser.add_argument("--to", dest="until", required=True, type=instant, metavar="T", help="instant after the last")
    parser.add_argument("--out", required=True, type=target, metavar="F", help="a .parquet or .jsonl file")


def run(options: argparse.Namespace) -> int:
    try:
        with connect(Site.at(options.data), wait=5) as client:
            table = positions(client, options.phone, options.since, options.until)
    except StoreAway as away:
        print(f"tonggui positions: {away}", file=sys.stderr)
        return 1
    if options.out.suffix == ".parquet":
        pq.write_table(table, options.out)
    else:
        write_lines(table, options.out)
    print(f"{table.num_rows} positions written to {options.out}", file=sys.stderr)
    return 0


def write_lines(table: pa.Table, out: Path) -> None:
    """One JSON object a line; numbers of single precision as the terminal sent them (60.2, not 60.20000076)."""
    with out.open("w", encoding="utf-8") as file:
        for row in table.to_pylist():
            row["time"] = row["time"].astimezone(CHINA).isoformat()
            row["received_at"] = row["received_at"].astimezone(CHINA).isoformat()
            row["speed_kmh"] = round(row["speed_kmh"], 1)
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def instant(text: str) -> datetime:
    """An ISO 8601 instant, day or minute; +08:00 where no zone is said."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a time; write 2026-10-18T09:12:00") from None
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


def target(text: str) -> Path:
    path = Path(text)
    if path.suffix not in (".parquet", ".jsonl"):
        raise argparse.ArgumentTypeError(f"{text!r}: the file's name must end in .parquet or .jsonl")
    return path
