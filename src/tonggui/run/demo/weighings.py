"""Trucks over the demo county's weighing points: drawn from a fitted distribution, sent as a point's device sends them.

The distribution (`weighing_fit.json`, made by `tools/fit-weighings`) says how trucks of real weigh-in-motion records
divide by count of axles, by groups and by mass. Layouts get their Chinese axle-group code. Plates are those of the
fleet, or invented ones that begin with 示.
"""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import numpy as np

from tonggui.base.clock import now
from tonggui.base.site import Site
from tonggui.run.demo.names import plate
from tonggui.run.demo.pass_media import PassMedia
from tonggui.stream.devices import enrol, sign

FIT = Path(__file__).with_name("weighing_fit.json")
CODES = {
    "11": "12", "12": "15", "111": "122", "112": "125", "121": "152", "1111": "1222", "22": "115",
    "113": "127", "122": "155", "123": "157",
}  # fmt: skip
"""The Chinese axle-group code of sizes of groups; others are sent with their groups alone."""
EXAMPLE_POINT = {"code": "SL0001", "device": "SL0001-W1", "lanes": 2}
NO_PLATE_SHARE = 0.01
STRADDLING_SHARE = 0.005


@dataclass(frozen=True, slots=True)
class Truck:
    """One weighed truck: sizes of its axle groups front to back, axle loads and gross mass in kg."""

    groups: str
    axle_kg: list[int]
    gross_kg: int

    @property
    def axles(self) -> int:
        return len(self.axle_kg)


class Weighings:
    """Trucks from the fit; the same seed gives the same trucks."""

    def __init__(self, seed: int, fit: Path = FIT) -> None:
        self.random = np.random.default_rng(seed)
        self.fit = {int(axles): part for axles, part in json.loads(fit.read_text(encoding="utf-8"))["axles"].items()}
        shares = np.array([part["share"] for part in self.fit.values()])
        self.axles, self.shares = list(self.fit), shares / shares.sum()

    def __iter__(self) -> Iterator[Truck]:
        while True:
            yield self.truck(int(self.random.choice(self.axles, p=self.shares)))

    def truck(self, axles: int) -> Truck:
        """One truck with so many axles."""
        part = self.fit[axles]
        groups = str(self.random.choice(list(part["groups"]), p=_shares(part["groups"].values())))
        gross = float(self.gross_t(axles, 1)[0])
        line = np.array([[axle["base"], axle["slope"], axle["spread"]] for axle in part["split"]])
        share = (line[:, 0] + line[:, 1] * gross + self.random.normal(0, line[:, 2])).clip(min=0.02)
        axle_kg = np.round(share / share.sum() * gross * 1000, -1).astype(int)
        return Truck(groups, axle_kg.tolist(), int(axle_kg.sum()))

    def gross_t(self, axles: int, how_many: int) -> np.ndarray:
        """Gross masses in t of trucks with so many axles: the mixture, cut at the extremes that were seen."""
        part = self.fit[axles]
        mean, deviation = (np.array([one[key] for one in part["gross"]]) for key in ("mean_t", "deviation_t"))
        found = np.zeros(0)
        while len(found) < how_many:
            component = self.random.choice(len(mean), size=how_many, p=_shares(one["weight"] for one in part["gross"]))
            drawn = self.random.normal(mean[component], deviation[component])
            found = np.append(found, drawn[(drawn >= part["lightest_t"]) & (drawn <= part["heaviest_t"])])
        return found[:how_many]


def _shares(weights: Any) -> np.ndarray:
    values = np.array(list(weights))
    return values / values.sum()


def item_of(
    truck: Truck, point: dict[str, Any], at: datetime, serial: int, plate_no: str, random: Any
) -> dict[str, Any]:
    """The pass as the point's device writes it, in our own form."""
    sizes = [int(size) for size in truck.groups]
    ends = np.cumsum(sizes).tolist()
    item = {
        "record_no": f"{point['code']}{at:%Y%m%d%H%M%S}{serial:05}",
        "site": point["code"],
        "device": point["device"],
        "lane": str(int(random.integers(1, point.get("lanes", 1) + 1))),
        "time": f"{at:%Y-%m-%d %H:%M:%S}",
        "plate": "" if random.random() < NO_PLATE_SHARE else plate_no,
        "plate_color": "黄色",
        "axles": truck.axles,
        "axle_groups": [truck.axle_kg[end - size : end] for size, end in zip(sizes, ends, strict=True)],
        "axle_kg": truck.axle_kg,
        "gross_kg": truck.gross_kg,
        "speed_kmh": round(min(max(float(random.normal(52, 9)), 8), 95), 1),
    }
    if truck.groups in CODES:
        item["type"] = CODES[truck.groups]
    if random.random() < STRADDLING_SHARE:
        item["straddling"] = True
    return item


async def send_passes(site: Site, *, per_minute: float, seed: int) -> None:
    """Send passes at random moments, so many a minute in all, until cancelled; waits where the intake is away."""
    trucks, random = iter(Weighings(seed)), np.random.default_rng(seed + 1)
    plates, pictures = truck_plates(site), PassMedia(site)
    serial = 0
    while True:
        await asyncio.sleep(float(random.exponential(60 / per_minute)))
        point = _points(site)[int(random.integers(len(_points(site))))]
        serial = serial % 99_999 + 1
        plate_no = plates[int(random.integers(len(plates)))] if plates else plate(int(random.integers(99_999)))
        item = item_of(next(trucks), point, now(), serial, plate_no, random)
        item["media"] = pictures.of(item, plate_no, serial)
        while not await asyncio.to_thread(send, site, point["device"], [item]):
            await asyncio.sleep(2)


def truck_plates(site: Site) -> list[str]:
    """Plates of the goods vehicles of the fleet snapshot."""
    try:
        terminals = json.loads((site.fleet / "terminals.json").read_bytes())["terminals"]
    except FileNotFoundError:
        return []
    return [one["plate"] for one in terminals if one["plate"] and one["vehicle_class"] in ("heavy", "tractor")]


def _points(site: Site) -> list[dict[str, Any]]:
    try:
        return json.loads((site.fleet / "weighing_points.json").read_bytes())["points"] or [EXAMPLE_POINT]
    except FileNotFoundError:
        return [EXAMPLE_POINT]


def send(site: Site, device: str, items: list[dict[str, Any]]) -> bool:
    """Post items signed by a device; False where the intake is away or cannot store now: send them again."""
    address = site.address("intake")
    if address is None:
        return False
    body, moment = json.dumps(items, ensure_ascii=False).encode(), str(int(now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "X-Tonggui-Device": device,
        "X-Tonggui-Time": moment,
        "X-Tonggui-Signature": sign(bytes.fromhex(enrol(site, device)), moment, body),
    }
    connection = HTTPConnection(address["host"], address["port"], timeout=10)
    try:
        connection.request("POST", "/passes", body, headers)
        response = connection.getresponse()
        response.read()
        return response.status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
