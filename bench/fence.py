"""Points against 5,000 areas: the compiled grid beside shapely's tree."""

import argparse
import statistics
import time

import numpy as np
import shapely

from tonggui.stream.fence import Fence


class Tree(Fence):
    """Shapely's tree, which is what runs where nothing is compiled."""


def areas(count: int, chance: np.random.Generator) -> list[shapely.Geometry]:
    """Round areas of 32 corners about 2 km across, over a county of one degree."""
    angle = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    circle = 0.01 * np.column_stack([np.cos(angle), np.sin(angle)])
    return [shapely.Polygon(centre + circle) for centre in chance.uniform((110, 30), (111, 31), (count, 2))]


def main(args: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m bench fence", description=__doc__)
    parser.add_argument("--points", type=int, default=200_000)
    parser.add_argument("--pairs", type=int, default=5)
    options = parser.parse_args(args)
    chance = np.random.default_rng(1)
    polygons = areas(5_000, chance)
    longitude, latitude = chance.uniform((110, 30), (111, 31), (options.points, 2)).T
    fences, rates, found = [Fence(polygons), Tree(polygons)], ([], []), [0, 0]
    for _ in range(options.pairs):
        for number, fence in enumerate(fences):
            begun = time.perf_counter()
            found[number] = len(fence.inside(latitude, longitude)[0])
            rates[number].append(options.points / (time.perf_counter() - begun))
    ours, peer = map(statistics.median, rates)
    print(
        f"grid {ours:,.0f} points/s, tree {peer:,.0f} points/s, {ours / peer:.1f} times; {found[0]} and {found[1]} hits"
    )
