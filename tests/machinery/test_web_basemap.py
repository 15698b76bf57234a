"""The offline base map: what ships is complete, attributed, and says nothing of the machine that made it."""

import gzip
import importlib.machinery
import importlib.util
import json
import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "src/tonggui/run/demo/map"


@pytest.fixture(scope="module")
def tool():
    loader = importlib.machinery.SourceFileLoader("build_basemap", str(ROOT / "tools/build-basemap"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


def metadata(archive):
    at, size = struct.unpack("<QQ", archive[24:40])
    return json.loads(gzip.decompress(archive[at : at + size]))


def test_the_tiles_name_their_source_and_no_path():
    found = metadata((FOLDER / "roads.pmtiles").read_bytes())
    assert found["attribution"] == "© OpenStreetMap contributors"
    assert found["license"] == "ODbL-1.0"
    assert set(found) == {"name", "attribution", "license", "vector_layers"}


def test_changing_metadata_keeps_every_other_section(tool):
    before = (FOLDER / "roads.pmtiles").read_bytes()
    after = tool.with_metadata(before, lambda found: {**found, "name": "renamed " * 50})
    assert metadata(after)["name"] == "renamed " * 50

    def sections(archive):
        spans = list(struct.iter_unpack("<QQ", archive[8:72]))
        return [archive[at : at + size] for at, size in spans[:1] + spans[2:]]

    assert sections(after) == sections(before)
    assert after[72:127] == before[72:127]


def test_every_road_of_the_extract_is_read(tool):
    found = list(tool.roads(FOLDER / "shanghai_center.osm.gz"))
    assert len(found) == 4701
    assert sum("name" in road["properties"] for road in found) > 4200
    assert {road["properties"]["class"] for road in found} == set(tool.FIRST_ZOOM)


def test_drawn_lines_are_marked_as_examples():
    for name in ("river", "ferries"):
        features = json.loads((FOLDER / f"{name}.geojson").read_text())["features"]
        assert features and all(feature["properties"]["name"].startswith("示例") for feature in features)
