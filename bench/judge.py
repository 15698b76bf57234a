"""Weighing passes judged: the rules over columns beside a plain loop, and the whole command over JSON lines."""

import argparse
import io
import json
import statistics
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from math import floor
from typing import Any

import numpy as np

from tonggui.run import judging
from tonggui.statutes import overloading

DAY = date(2026, 5, 1)
LIMITS = {2: (18_000, 18_000), 3: (25_000, 27_000), 4: (31_000, 36_000), 5: (43_000, 43_000), 6: (49_000, 49_000)}


def passes(count: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Counts of axles, kinds of body, driven axles and masses as they are drawn blindly."""
    chance = np.random.default_rng(seed)
    return {
        "axles": chance.integers(2, 8, count),
        "combination": chance.integers(0, 2, count),
        "driven_axles": chance.integers(1, 3, count),
        "gross_kg": chance.integers(5_000, 90_000, count).astype(float),
    }


def varied(count: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Passes with everything a rule may take: codes, groups, tyres, permits, dimensions, over ten years."""
    chance = np.random.default_rng(seed)
    return passes(count, seed) | {
        "on": np.datetime64("2017-01-01") + chance.integers(0, 3_600, count),
        "type_code": chance.choice([0, 12, 15, 115, 125, 127, 152, 155, 156, 157, 1127], count),
        "group_sizes": chance.choice([0, 11, 12, 112, 113, 123], count),
        "single_tyre_axles": chance.choice([0, 0, 0, 1, 3], count),
        "air_suspension": chance.random(count) < 0.2,
        "permit_kg": np.where(chance.random(count) < 0.05, 75_000, np.nan),
        "height_m": np.where(chance.random(count) < 0.3, 3 + 2 * chance.random(count), np.nan),
        "accuracy": chance.choice([5.0, 10.0], count),
    }


def by_all_columns(columns: dict[str, np.ndarray]) -> float:
    """The sum of all fines where nothing is left unknown and the error of the scale is taken off."""
    return float(overloading.judge(**columns, readings={"tolerance": "class_error"})["fine_yuan"].sum())


def by_columns(columns: dict[str, np.ndarray]) -> float:
    """The sum of all fines, by the rules."""
    return float(overloading.judge(np.full(len(columns["axles"]), DAY, "datetime64[D]"), **columns)["fine_yuan"].sum())


def row_by_row(columns: dict[str, np.ndarray]) -> float:
    """The sum of all fines, by a loop that knows only what these passes need."""
    total = 0
    rows = zip(*(columns[name].tolist() for name in ("axles", "combination", "driven_axles", "gross_kg")), strict=True)
    for axles, combination, driven, gross in rows:
        limit = LIMITS[min(axles, 6)][combination]
        if axles >= 6 and driven == 1:
            limit = 46_000
        excess = gross - limit
        if excess > 1_000:
            total += min(floor(excess / 1_000) * 500, 30_000)
    return float(total)


def as_lines(columns: dict[str, np.ndarray]) -> list[str]:
    """The passes as the command reads them."""
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    return [
        json.dumps(dict(zip(columns, row, strict=True)) | {"combination": bool(row[1]), "date": str(DAY)})
        for row in rows
    ]


def by_command(lines: list[str]) -> float:
    """The fines of the first thousand lines that `tonggui judge` answers, all written as JSON to memory."""
    out = io.StringIO()
    for answer in judging.answered(lines):
        out.write(answer + "\n")
    return float(sum(json.loads(answer)["fine_yuan"] for answer in islice(out.getvalue().splitlines(), 1_000)))


def timed(work: Callable[[Any], float], given: Any) -> tuple[float, float]:
    begun = time.perf_counter()
    result = work(given)
    return time.perf_counter() - begun, result


def main(args: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench judge", description=__doc__)
    parser.add_argument("--passes", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args(args)
    columns = passes(options.passes)
    ours, peer = [], []
    for _ in range(options.pairs):
        (seconds, fines), (peer_seconds, peer_fines) = timed(by_columns, columns), timed(row_by_row, columns)
        if fines != peer_fines:
            raise SystemExit(f"the two disagree: {fines} and {peer_fines} yuan")
        ours.append(seconds)
        peer.append(peer_seconds)
    own, loop = statistics.median(ours), statistics.median(peer)
    print(f"{options.passes:,} passes: columns {own:.2f} s ({min(ours):.2f} to {max(ours):.2f}), loop {loop:.2f} s")
    whole = statistics.median(timed(by_all_columns, varied(options.passes))[0] for _ in range(options.pairs))
    print(f"{options.passes:,} passes with every column, ten years, tolerance: {whole:.2f} s")
    lines = as_lines(passes(options.passes // 10))
    seconds, _ = timed(by_command, lines)
    print(f"tonggui judge, JSON in and out with steps: {len(lines) / seconds:,.0f} lines/s")
