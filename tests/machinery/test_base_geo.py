"""Coordinates: there and back is where one was, and the arrays agree with the points."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tonggui.base import geo

LONGITUDES, LATITUDES = st.floats(74, 135), st.floats(5, 53)


@given(LONGITUDES, LATITUDES)
def test_gcj02_and_back_is_within_a_centimetre(longitude, latitude):
    back = geo.gcj02_to_wgs84(*geo.wgs84_to_gcj02(longitude, latitude))
    assert abs(back[0] - longitude) < 1e-7 and abs(back[1] - latitude) < 1e-7


@given(LONGITUDES, LATITUDES)
def test_the_shift_is_some_hundred_metres(longitude, latitude):
    shifted = geo.wgs84_to_gcj02(longitude, latitude)
    assert geo.distance_m(longitude, latitude, *shifted) < 1_500


def test_outside_china_nothing_is_shifted():
    assert geo.wgs84_to_gcj02(-97.74, 30.27) == (-97.74, 30.27)


@given(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1, max_size=20))
def test_arrays_are_converted_like_points(points):
    longitude, latitude = np.array(points).T
    for system in geo.SYSTEMS:
        x, y = geo.to_wgs84(longitude, latitude, system)
        single = np.array([geo.to_wgs84(*point, system) for point in points]).T
        assert np.allclose([x, y], single, rtol=0, atol=1e-12)


def test_a_degree_of_latitude_is_111_kilometres():
    assert abs(geo.distance_m(120.0, 31.0, 120.0, 32.0) - 111_195) < 50
    assert geo.distance_m(120.0, 31.0, 120.0, 31.0) == 0
