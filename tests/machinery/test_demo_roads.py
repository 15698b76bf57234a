"""The demo county's roads and the traffic on them: real roads, possible speeds, the same story for the same seed."""

from itertools import islice

import numpy as np
import pytest

from tonggui.base.clock import SECOND
from tonggui.run.demo.roads import METRES_PER_DEGREE, Roads
from tonggui.run.demo.traffic import Traffic

START = 1_780_000_000 * SECOND


@pytest.fixture(scope="module")
def roads():
    return Roads()


def test_every_crossing_reaches_every_other(roads):
    random = np.random.default_rng(7)
    for _ in range(50):
        a, b = roads.anywhere(random), roads.anywhere(random)
        if a != b:
            route = roads.route(a, b)
            assert tuple(route.points[0]) == roads.graph[a]
            assert tuple(route.points[-1]) == roads.graph[b]
            assert (np.diff(route.metres) >= 0).all()


def test_the_nearest_crossing_of_a_crossing_is_itself(roads):
    node = roads.anywhere(np.random.default_rng(1))
    assert roads.graph[roads.nearest(*roads.graph[node])] == roads.graph[node]


def test_the_same_seed_tells_the_same_story(roads):
    told = [list(islice(Traffic(roads, 20, seed=3).fixes(START), 200)) for _ in range(2)]
    assert told[0] == told[1]


def test_fixes_come_in_time_order_and_at_possible_speeds(roads):
    last: dict[int, object] = {}
    previous = 0
    for number, fix in islice(Traffic(roads, 50, seed=5).fixes(START), 5000):
        assert fix.time >= previous
        previous = fix.time
        if number in last:
            before = last[number]
            seconds = (fix.time - before.time) / SECOND
            east = (fix.longitude - before.longitude) * np.cos(np.radians(fix.latitude))
            metres = np.hypot(east, fix.latitude - before.latitude) * METRES_PER_DEGREE
            assert metres / seconds * 3.6 < 130
            assert fix.mileage_km >= before.mileage_km
        last[number] = fix
    assert len(last) == 50


def test_some_vehicles_stand_and_most_move(roads):
    fixes = [fix for _, fix in islice(Traffic(roads, 200, seed=9).fixes(START), 2000)]
    standing = sum(fix.speed_kmh == 0 for fix in fixes) / len(fixes)
    assert 0.05 < standing < 0.6
