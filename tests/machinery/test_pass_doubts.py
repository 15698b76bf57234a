"""Doubts that need other passes or the register: each is said with its figures, and next to it one that is not."""

import pytest
from stream_site import running
from weighing_passes import PASS, RECEIVED

from tonggui.base.site import Site
from tonggui.protocols.weighing import PASSES
from tonggui.run.weighing import WEIGHING
from tonggui.stream.store.client import connect
from tonggui.stream.store.writer import as_arrow


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    site = Site.at(tmp_path_factory.mktemp("doubts"))
    with running("store", site):
        yield site


@pytest.fixture
def client(site):
    with connect(site, wait=30) as client:
        client.command(PASSES.create())
        client.command("TRUNCATE TABLE passes")
        yield client


def test_codes_and_loads_lie_in_the_store_as_lists(client):
    passes = [PASS | {"record_no": "r1"}, PASS | {"record_no": "r2", "plate": "", "axle_kg": [6400] + [9200] * 5}]
    columns = WEIGHING.judged([WEIGHING.read(one, RECEIVED).values for one in passes], [{}, {}])
    columns |= {"received_at": columns["time"], "frame_position": columns["axles"]}
    client.insert_arrow("passes", as_arrow(PASSES, columns, {}))
    asked = "SELECT doubt_codes, axle_kg FROM passes ORDER BY record_no"
    assert client.query(asked).result_rows == [([], []), (["plate_unread"], [6400] + [9200] * 5)]
