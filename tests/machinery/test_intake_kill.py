"""The intake killed (-9) under load of passes and photos: what was answered is there, whole, once."""

import contextlib
import hashlib
import http.client
import json
import subprocess
import sys
import threading
import time

from weighing_passes import PASS

from tonggui.base.site import Site
from tonggui.run.weighing import WEIGHING
from tonggui.stream.devices import enrol, sign
from tonggui.stream.log import FrameLogReader
from tonggui.stream.media import Media

DEVICE, SENDERS, ROUNDS = "SL0001-W1", 4, 3


def photo(name: str) -> bytes:
    return b"\xff\xd8\xff\xe0" + name.encode().ljust(60_000, b".")


@contextlib.contextmanager
def serving(site):
    (site.folder("run") / "intake.json").unlink(missing_ok=True)
    command = [sys.executable, "-m", "tonggui.run.cli", "intake", "--data", str(site.data), "--host", "127.0.0.1"]
    process = subprocess.Popen([*command, "--port", "0"])
    try:
        deadline = time.monotonic() + 60
        while site.address("intake") is None and time.monotonic() < deadline:
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait(30)


class Sender(threading.Thread):
    """Sends a photo and the pass that names it, one after the other over one connection, until nobody answers."""

    def __init__(self, site, name):
        super().__init__()
        self.name, self.key = name, bytes.fromhex(enrol(site, DEVICE))
        self.port = site.address("intake")["port"]
        self.photos, self.passes = set(), {}

    def run(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            for number in range(100_000):
                record_no = f"{self.name}-{number}"
                content = photo(record_no)
                sha256 = hashlib.sha256(content).hexdigest()
                assert self.ask(connection, "PUT", f"/media/{sha256}", content)["status"] == "stored"
                self.photos.add(sha256)
                one = PASS | {"record_no": record_no, "media": [{"kind": "front", "sha256": sha256}]}
                [result] = self.ask(connection, "POST", "/passes", json.dumps([one]).encode())["results"]
                assert result["status"] == "stored" and "missing_media" not in result
                self.passes[record_no] = one

    def ask(self, connection, method, path, body):
        moment = str(int(time.time()))
        headers = {
            "X-Tonggui-Device": DEVICE,
            "X-Tonggui-Time": moment,
            "X-Tonggui-Signature": sign(self.key, moment, body),
        }
        connection.request(method, path, body, headers)
        return json.loads(connection.getresponse().read())


def logged(site):
    found, position = [], 0
    with FrameLogReader(site.frame_logs / "weighing-0") as log:
        while len((read := log.read(position))[0]):
            frames, position = read
            found += WEIGHING.decode(frames)["record_no"].tolist()
    return found


def test_what_was_answered_survives_a_kill_with_its_photos(tmp_path):
    site = Site.at(tmp_path / "site")
    photos, passes = set(), {}
    for turn in range(ROUNDS):
        with serving(site) as process:
            senders = [Sender(site, f"K{turn}{place}") for place in range(SENDERS)]
            for sender in senders:
                sender.start()
            while sum(len(sender.passes) for sender in senders) < 5 * SENDERS and any(map(Sender.is_alive, senders)):
                time.sleep(0.01)
            process.kill()
            for sender in senders:
                sender.join()
                photos |= sender.photos
                passes |= sender.passes
    found, media = logged(site), Media(site)
    assert len(passes) >= 5 * SENDERS * ROUNDS and set(passes) <= set(found) and len(found) == len(set(found))
    assert all(media.path(sha256) for sha256 in photos)
    for path in media.every():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name, "a name before its content was whole"
    with serving(site):
        again = Sender(site, "again")
        connection = http.client.HTTPConnection("127.0.0.1", again.port, timeout=30)
        answer = again.ask(connection, "POST", "/passes", json.dumps(list(passes.values())).encode())
    assert answer["duplicate"] == len(passes) and not any("missing_media" in one for one in answer["results"])
    assert sorted(logged(site)) == sorted(found)
