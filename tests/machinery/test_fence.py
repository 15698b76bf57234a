"""The fence: the compiled grid and shapely's tree say the same of every point."""

import numpy as np
import pytest
import shapely

from tonggui.base.native import native
from tonggui.stream.fence import Fence, to_micro


class PlainFence(Fence):
    """Shapely's tree, whatever is compiled."""


FENCES = [PlainFence, pytest.param(Fence, marks=pytest.mark.skipif(native is None, reason="not compiled"))]
SQUARE = shapely.box(110.0, 30.0, 110.1, 30.1)


def holders(fence, *points):
    """For each (longitude, latitude) the areas that hold it."""
    row, area = fence.inside(np.array([y for _, y in points]), np.array([x for x, _ in points]))
    return [area[row == number].tolist() for number in range(len(points))]


@pytest.mark.parametrize("kind", FENCES)
def test_a_border_is_inside_and_a_micro_degree_further_is_not(kind):
    points = [(110.05, 30.05), (110.0, 30.05), (110.1, 30.1), (110.100001, 30.05), (110.05, 29.999999), (0.0, 0.0)]
    assert holders(kind([SQUARE]), *points) == [[0], [0], [0], [], [], []]


@pytest.mark.parametrize("kind", FENCES)
def test_holes_are_outside_and_parts_belong_to_one_area(kind):
    ring = SQUARE.difference(shapely.box(110.02, 30.02, 110.08, 30.08))
    parts = shapely.MultiPolygon([SQUARE, shapely.box(111.0, 30.0, 111.1, 30.1)])
    fence = kind([ring, parts])
    assert holders(fence, (110.01, 30.05), (110.05, 30.05), (110.02, 30.05), (111.05, 30.05), (110.5, 30.05)) == [
        [0, 1],
        [1],
        [0, 1],
        [1],
        [],
    ]


@pytest.mark.parametrize("kind", FENCES)
def test_no_areas_no_points_and_no_numbers_give_nothing(kind):
    assert holders(kind([]), (110.0, 30.0)) == [[]]
    assert holders(kind([shapely.Point(110, 30), shapely.Polygon()]), (110.0, 30.0)) == [[]]
    assert holders(kind([SQUARE]), (np.nan, 30.0), (np.inf, 30.0), (110.05, 400.0)) == [[], [], []]
    row, area = kind([SQUARE]).inside(np.zeros(0), np.zeros(0))
    assert len(row) == len(area) == 0


def random_areas(count, chance):
    """Stars with many corners, some over the corners of others."""
    for _ in range(count):
        x, y, size = *chance.uniform((109.5, 29.5), (110.5, 30.5)), chance.choice((0.0005, 0.01, 0.2))
        angle = np.sort(chance.uniform(0, 2 * np.pi, chance.integers(3, 40)))
        reach = size * chance.uniform(0.3, 1, len(angle))
        corners = np.column_stack([x + reach * np.cos(angle), y + reach * np.sin(angle)])
        yield shapely.make_valid(shapely.Polygon(np.rint(corners * 1e6) / 1e6), method="structure")


@pytest.mark.skipif(native is None, reason="not compiled")
@pytest.mark.parametrize("seed", range(4))
def test_grid_and_tree_agree_on_random_areas(seed):
    chance = np.random.default_rng(seed)
    areas = list(random_areas(300, chance))
    corners = shapely.get_coordinates(areas)
    points = np.concatenate([chance.uniform((109.2, 29.2), (110.8, 30.8), (20_000, 2)), corners, corners + 1e-6])
    fast, plain = Fence(areas), PlainFence(areas)
    for found, expected in zip(
        fast.inside(points[:, 1], points[:, 0]), plain.inside(points[:, 1], points[:, 0]), strict=True
    ):
        np.testing.assert_array_equal(found, expected)
        assert found.dtype == np.int64
    assert len(fast.inside(points[:, 1], points[:, 0])[0]) > 1000


@pytest.mark.skipif(native is None, reason="not compiled")
def test_areas_far_apart_and_large_ones_still_fit_a_grid():
    world = [shapely.box(-180, -90, 180, 90), shapely.box(73, 18, 135, 54), SQUARE]
    assert holders(Fence(world), (110.05, 30.05), (-180.0, -90.0), (100.0, 30.0)) == [[0, 1, 2], [0], [0, 1]]


@pytest.mark.skipif(native is None, reason="not compiled")
def test_wrong_bounds_are_refused():
    with pytest.raises(ValueError, match="micro-degrees"):
        native.Fence(np.zeros((2, 4), np.int32), np.array([0, 5], np.int64))
    with pytest.raises(ValueError, match="same points"):
        native.Fence(np.zeros((0, 4), np.int32), np.zeros(1, np.int64)).inside(b"1234", b"")


def test_degrees_become_the_micro_degrees_a_terminal_reported():
    reported = np.arange(110_000_000, 110_100_000, 7)
    np.testing.assert_array_equal(to_micro(reported * 1e-6), reported)
