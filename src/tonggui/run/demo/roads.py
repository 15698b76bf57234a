"""The roads of the demo county as a graph one can drive: OpenStreetMap ways cut at their crossings.

The source is the OSM XML of `map/` (ODbL; kept as published). Only roads for motor traffic are in it; a way tagged
`oneway` is driven in its direction. The graph keeps the largest part in which every crossing reaches every other, so a
route between any two of them exists.
"""

import gzip
import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import rustworkx as rx

OSM = Path(__file__).with_name("map") / "shanghai_center.osm.gz"

# What a loaded vehicle drives on each class of road, in km/h. A choice for the demo, not a posted limit; within the
# limits that the demo's firms and areas set.
CRUISE_KMH = {
    "motorway": 58, "trunk": 52, "primary": 48, "secondary": 44, "tertiary": 38, "unclassified": 30, "residential": 22,
}  # fmt: skip
METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of road between two crossings: its points (n, 2) as longitude, latitude, its length and its cruise
    speed."""

    points: np.ndarray
    metres: float
    cruise_kmh: float
    name: str


@dataclass(frozen=True, slots=True)
class Route:
    """A way to drive: points (n, 2), distance in metres from its start at each point, cruise speed on the piece after
    it."""

    points: np.ndarray
    metres: np.ndarray
    cruise_kmh: np.ndarray

    @property
    def length(self) -> float:
        return float(self.metres[-1])

    def at(self, metres: float) -> tuple[float, float, int, float]:
        """Longitude, latitude, heading in degrees (north 0, clockwise) and cruise speed at a distance from the
        start."""
        i = min(max(int(np.searchsorted(self.metres, metres, "right")) - 1, 0), len(self.metres) - 2)
        (lon, lat), (to_lon, to_lat) = self.points[i], self.points[i + 1]
        share = (metres - self.metres[i]) / max(self.metres[i + 1] - self.metres[i], 1e-6)
        heading = math.degrees(math.atan2((to_lon - lon) * math.cos(math.radians(lat)), to_lat - lat)) % 360
        return lon + (to_lon - lon) * share, lat + (to_lat - lat) * share, int(heading), float(self.cruise_kmh[i])


class Roads:
    """The road network. `route` finds the quickest way between two crossings."""

    def __init__(self, path: Path = OSM) -> None:
        nodes, ways = _read(path)
        self.graph = _largest_strong_part(_cut_at_crossings(nodes, ways))
        self.crossings = np.array([self.graph[i] for i in self.graph.node_indices()])
        self._indices = np.array(self.graph.node_indices())

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees."""
        west, south = self.crossings.min(axis=0)
        east, north = self.crossings.max(axis=0)
        return float(west), float(south), float(east), float(north)

    def nearest(self, longitude: float, latitude: float) -> int:
        """The crossing nearest to a point."""
        gap = (self.crossings - (longitude, latitude)) * (math.cos(math.radians(latitude)), 1.0)
        return int(self._indices[np.argmin((gap**2).sum(axis=1))])

    def anywhere(self, random: np.random.Generator) -> int:
        return int(random.choice(self._indices))

    def route(self, start: int, end: int) -> Route:
        """The quickest route; start and end must differ."""
        goal = self.graph[end]
        path = rx.astar_shortest_path(
            self.graph,
            start,
            lambda node: node == goal,
            lambda stretch: stretch.metres / stretch.cruise_kmh,
            lambda node: math.dist(node, goal) * METRES_PER_DEGREE * 0.85 / CRUISE_KMH["motorway"],
        )
        stretches = [self.graph.get_edge_data(a, b) for a, b in pairwise(path)]
        points = np.concatenate([s.points[:-1] for s in stretches] + [stretches[-1].points[-1:]])
        cruise = np.concatenate([np.full(len(s.points) - 1, s.cruise_kmh) for s in stretches])
        return Route(points, _distances(points), cruise)


def _read(path: Path) -> tuple[dict[str, tuple[float, float]], list[tuple[list[str], dict[str, str]]]]:
    nodes: dict[str, tuple[float, float]] = {}
    ways: list[tuple[list[str], dict[str, str]]] = []
    with gzip.open(path) as file:
        for _, element in ElementTree.iterparse(file):
            if element.tag == "node":
                nodes[element.attrib["id"]] = float(element.attrib["lon"]), float(element.attrib["lat"])
                element.clear()
            elif element.tag == "way":
                tags = {tag.attrib["k"]: tag.attrib["v"] for tag in element.iter("tag")}
                ways.append(([nd.attrib["ref"] for nd in element.iter("nd")], tags))
                element.clear()
    return nodes, ways


def _cut_at_crossings(nodes: dict, ways: list) -> rx.PyDiGraph:
    uses: dict[str, int] = {}
    for refs, _ in ways:
        for position, ref in enumerate(refs):
            # The ends of a way count twice, so that they always become crossings.
            uses[ref] = uses.get(ref, 0) + (2 if position in (0, len(refs) - 1) else 1)
    graph = rx.PyDiGraph(multigraph=False)
    index: dict[str, int] = {}

    def crossing(ref: str) -> int:
        if ref not in index:
            index[ref] = graph.add_node(nodes[ref])
        return index[ref]

    for refs, tags in ways:
        refs = [ref for ref in refs if ref in nodes]
        cruise = CRUISE_KMH.get(tags.get("highway", "").removesuffix("_link"), 25)
        start = 0
        for i in range(1, len(refs)):
            if uses[refs[i]] < 2:
                continue
            points = np.array([nodes[ref] for ref in refs[start : i + 1]])
            metres = float(_distances(points)[-1])
            stretch = Stretch(points, metres, cruise, tags.get("name", ""))
            a, b = crossing(refs[start]), crossing(refs[i])
            oneway = tags.get("oneway", "no")
            if oneway != "-1":
                graph.add_edge(a, b, stretch)
            if oneway not in ("yes", "1", "true"):
                graph.add_edge(b, a, Stretch(points[::-1], metres, cruise, stretch.name))
            start = i
    return graph


def _largest_strong_part(graph: rx.PyDiGraph) -> rx.PyDiGraph:
    keep = set(max(rx.strongly_connected_components(graph), key=len))
    graph.remove_nodes_from([node for node in graph.node_indices() if node not in keep])
    return graph


def _distances(points: np.ndarray) -> np.ndarray:
    step = np.diff(points, axis=0) * (math.cos(math.radians(points[0, 1])), 1.0) * METRES_PER_DEGREE
    return np.concatenate(([0.0], np.cumsum(np.hypot(step[:, 0], step[:, 1]))))
