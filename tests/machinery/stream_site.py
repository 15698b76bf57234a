"""A site for tests of the stream: a store process, frames as terminals write them, a log to put them in."""

import json
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime, timedelta

from tonggui.base.clock import CHINA, SECOND, to_micros
from tonggui.protocols.jt808 import BATCH_REPORT, JT808, LOCATION_REPORT
from tonggui.stream.log import FrameLogWriter

START = datetime(2026, 3, 2, 9, 0, 0, tzinfo=CHINA)
PHONE = "13900000001"


def spawn(command, site):
    """A process of the site, by the command line."""
    (site.folder("run") / f"{command}.json").unlink(missing_ok=True)
    return subprocess.Popen([sys.executable, "-m", "tonggui.run.cli", command, "--data", str(site.data)])


@contextmanager
def running(command, site):
    process = spawn(command, site)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, -signal.SIGKILL)


def wait_until(true, seconds=30):
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def at(second):
    return START + timedelta(seconds=second)


def fix(second, **values):
    """Values of one position report, `second` seconds after START."""
    usual = {"alarm": 0, "status": 3, "latitude": 31.2, "longitude": 121.4, "altitude_m": 5}
    return {**usual, "speed_kmh": 60, "direction": 90, "time": to_micros(at(second)), **values}


def report(second, serial=None, phone=PHONE, edition="2013", **values):
    head = {"phone": phone, "serial": second if serial is None else serial, "edition": edition}
    return JT808.encode(LOCATION_REPORT, fix(second, **values), head)


def batch_report(fixes, serial, phone=PHONE):
    values = {"type": 1, "count": len(fixes), "items": fixes}
    return JT808.encode(BATCH_REPORT, values, {"phone": phone, "serial": serial})


def batch_in_parts(fixes, serial, phone=PHONE):
    """Frames of a batch report too long for one."""
    values = {"type": 1, "count": len(fixes), "items": fixes}
    return JT808.encode_parts(BATCH_REPORT, values, {"phone": phone, "serial": serial})


class Log:
    """A frame log as the gateway writes it; frames are received a second after their fix."""

    def __init__(self, site, name="jt808-0"):
        self.writer = FrameLogWriter(site.frame_logs / name)

    def add(self, *frames, second=0):
        received = to_micros(at(second)) + SECOND
        positions = [self.writer.append(frame, received_at=received) for frame in frames]
        self.writer.sync()
        return positions


def write_fleet(site, *vehicles, areas=()):
    terminals = [{"phone": PHONE, "plate": "示A00001", "vehicle_class": "heavy", "limit_kmh": 80}, *vehicles]
    (site.fleet / "terminals.json").write_text(json.dumps({"terminals": terminals}))
    features = [{"type": "Feature", "geometry": geometry, "properties": about} for about, geometry in areas]
    (site.fleet / "areas.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))


def square(longitude, latitude, half=0.01):
    """A square around a point, as GeoJSON."""
    west, east, south, north = longitude - half, longitude + half, latitude - half, latitude + half
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }
