"""Traffic of the demo county: each vehicle drives the quickest road to one place after another and stands a while
there.

`Traffic.fixes` is a story told in time order, not a clock: who runs it decides how fast its time passes. The same seed
tells the same story.
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from tonggui.base.clock import SECOND, Micros
from tonggui.protocols.jt808.terminal import Fix
from tonggui.run.demo.roads import Roads, Route

STANDS_SECONDS = (90, 900)
# Metres of scatter of a fix around the true place; what a good receiver shows between houses.
SCATTER_METRES = 2.5
# Most drivers keep to the road's speed. These few do not: there are alarms, but not more than people can handle.
DARING = 1.7
DARING_SHARE, LEAST_DARING = 0.01, 2
# From one report to the next the traffic slows a driver or lets him go.
FLOW = (0.85, 1.04)


@dataclass(slots=True)
class Driver:
    """One vehicle under way. `daring` multiplies the cruise speed of the road; above 1.0 the law takes notice."""

    daring: float
    interval_seconds: float
    route: Route | None = None
    metres: float = 0.0
    speed_kmh: float = 0.0
    stands_until: Micros = 0
    mileage_km: float = 0.0
    place: int = 0
    told_at: Micros = field(default=0)


class Traffic:
    """A fleet on the roads. Vehicles are numbered from 0 in the order of the drivers."""

    def __init__(self, roads: Roads, vehicles: int, *, seed: int, interval_seconds: float = 15.0):
        self.roads = roads
        self.random = np.random.default_rng(seed)
        daring = self.random.normal(0.92, 0.08, vehicles).clip(0.6, 1.0)
        few = min(vehicles, max(LEAST_DARING, round(vehicles * DARING_SHARE)))
        daring[self.random.choice(vehicles, few, replace=False)] = DARING
        self.drivers = [
            Driver(
                float(d),
                interval_seconds,
                mileage_km=float(self.random.uniform(2e3, 3e5)),
                place=roads.anywhere(self.random),
            )
            for d in daring
        ]

    def fixes(self, start: Micros) -> Iterator[tuple[int, Fix]]:
        """(vehicle, fix) in time order, for ever. First fixes are spread over one interval; four in five start
        moving."""
        due: list[tuple[Micros, int]] = []
        for number, driver in enumerate(self.drivers):
            driver.told_at = start
            route = self._set_out(driver)
            if self.random.random() < 0.8:
                driver.metres = route.length * float(self.random.random())
            else:
                driver.metres = route.length
                driver.stands_until = start + int(self.random.uniform(*STANDS_SECONDS)) * SECOND
            due.append((start + int(self.random.random() * driver.interval_seconds * SECOND), number))
        heapq.heapify(due)
        while True:
            at, number = due[0]
            driver = self.drivers[number]
            yield number, self._drive(driver, at)
            heapq.heapreplace(due, (at + int(driver.interval_seconds * SECOND), number))

    def _set_out(self, driver: Driver) -> Route:
        goal = driver.place
        while goal == driver.place:
            goal = self.roads.anywhere(self.random)
        route = driver.route = self.roads.route(driver.place, goal)
        driver.metres, driver.place = 0.0, goal
        return route

    def _drive(self, driver: Driver, at: Micros) -> Fix:
        seconds, driver.told_at = (at - driver.told_at) / SECOND, at
        if driver.stands_until and at >= driver.stands_until:
            self._set_out(driver)
            driver.stands_until = 0
        route = driver.route
        assert route is not None, "fixes() sets every vehicle out first"
        if driver.stands_until:
            driver.speed_kmh = 0.0
        else:
            *_, cruise = route.at(driver.metres)
            target = cruise * driver.daring * float(self.random.uniform(*FLOW))
            # A vehicle gains about 5 km/h a second at most; over a report's interval the mean of both speeds is driven.
            reached = min(target, driver.speed_kmh + 5 * seconds)
            driven = (driver.speed_kmh + reached) / 2 / 3.6 * seconds
            driver.speed_kmh, driver.metres = reached, driver.metres + driven
            driver.mileage_km += driven / 1000
            if driver.metres >= route.length:
                driver.metres, driver.speed_kmh = route.length, 0.0
                driver.stands_until = at + int(self.random.uniform(*STANDS_SECONDS)) * SECOND
        longitude, latitude, heading, _ = route.at(driver.metres)
        east, north = self.random.normal(0, SCATTER_METRES / 111_320, 2)
        return Fix(
            time=at,
            latitude=latitude + north,
            longitude=longitude + east,
            speed_kmh=round(driver.speed_kmh, 1),
            direction=heading,
            altitude_m=4,
            mileage_km=driver.mileage_km,
            ignition=not driver.stands_until,
        )
