"""Location reports decoded a second: compiled plan, NumPy and plain Python side by side, at several batch sizes.

The frames are those of a moving fleet: five items each, every seventh in the 2019 edition. The compiled and the NumPy
form give all columns of the message; the plain form gives the values of one frame at a time. `unframe` beside it is the
step before: escapes, checksums and heads of the same frames.
"""

import argparse
import random
import time
from collections.abc import Callable

import numpy as np

from tonggui.protocols.jt808 import JT808, LOCATION_REPORT
from tonggui.wire import plan, plan_numpy
from tonggui.wire.framing import FrameBatch

EXTRAS = {0x01: {"mileage_km": 21358.1}, 0x03: {"recorder_speed_kmh": 54.0}, 0x25: {"vehicle_signal": 16}}
RADIO = {0x30: {"signal_strength": 27}, 0x31: {"satellites": 14}}


def main(args: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="bench decode", description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds; the best of each counts")
    options = parser.parse_args(args)
    forms = {"numpy": plan_numpy.run}
    if plan.native is not None:
        forms["native"] = plan.native.run_plan
    else:
        print("the compiled module is not built: NumPy and Python only")
    print(f"{'batch':>8}  {'form':<10}{'million/s':>10}{'ns/frame':>10}")
    for size in (50, 1_000, 50_000):
        frames = fleet(size)
        batch = batch_of(frames)
        work: dict[str, tuple[Callable[[], object], int]] = {
            name: (lambda form=form, batch=batch: decode(batch, form), size) for name, form in forms.items()
        }
        few = frames[:1000]
        work["python"] = (lambda few=few: [JT808.decode_one(frame) for frame in few], len(few))
        work["unframe"] = (lambda frames=frames: batch_of(frames), size)
        for name, seconds in best_of(work, options.rounds).items():
            print(f"{size:>8}  {name:<10}{1e-6 / seconds:>10.3f}{1e9 * seconds:>10.0f}")


def best_of(work: dict[str, tuple[Callable[[], object], int]], rounds: int) -> dict[str, float]:
    """Seconds a frame, the best round of each; the forms take turns."""
    best = dict.fromkeys(work, float("inf"))
    for _ in range(rounds):
        for name, (run, frames) in work.items():
            times = max(1, 20_000 // frames) if name != "python" else 1
            began = time.perf_counter()
            for _ in range(times):
                run()
            best[name] = min(best[name], (time.perf_counter() - began) / times / frames)
    return best


def decode(batch: FrameBatch, form: Callable[..., None]) -> dict[str, np.ndarray]:
    plan.execute = form
    return JT808.decode_batch(batch, LOCATION_REPORT)


def fleet(size: int) -> list[bytes]:
    """Reports of invented vehicles, the same at every run."""
    chance = random.Random(808)
    return [
        JT808.encode(
            LOCATION_REPORT,
            {
                "status": 3,
                "latitude": chance.uniform(31.1, 31.3),
                "longitude": chance.uniform(121.4, 121.6),
                "altitude_m": chance.randrange(40),
                "speed_kmh": chance.randrange(1000) / 10,
                "direction": chance.randrange(360),
                "time": 1_790_000_000_000_000 + number * 1_000_000,
                "extras": EXTRAS | RADIO,
            },
            {
                "phone": str(13_800_000_000 + number),
                "serial": number & 0xFFFF,
                "edition": "2013" if number % 7 else "2019",
            },
        )
        for number in range(size)
    ]


def batch_of(frames: list[bytes]) -> FrameBatch:
    sizes = np.fromiter(map(len, frames), np.int64, len(frames))
    end = np.cumsum(sizes)
    return JT808.framing.batch(np.frombuffer(b"".join(frames), np.uint8), end - sizes, end)
