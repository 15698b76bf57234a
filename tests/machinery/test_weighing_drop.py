"""The drop folder: a file is taken when it is whole, once, with its pictures; what is refused says why beside it."""

import csv
import hashlib
import json

import pytest
from weighing_passes import PASS

from tonggui.base.site import Site
from tonggui.run import weighing_drop, weighing_import
from tonggui.run.weighing import WEIGHING
from tonggui.run.weighing_drop import PICTURES_SECONDS, QUIET_SECONDS, Drop
from tonggui.run.weighing_import import IntakeAway
from tonggui.stream.log import FrameLogReader
from tonggui.stream.media import Media

JPEG = b"\xff\xd8\xff\xe0" + bytes(300)
SHA = hashlib.sha256(JPEG).hexdigest()


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def site(tmp_path):
    return Site.at(tmp_path / "site")


@pytest.fixture
def drop(site):
    said = []
    drop = Drop(site, site.folder("drop"), say=said.append, clock=Clock())
    drop.said = said
    return drop


def numbered(*numbers, **more):
    return [PASS | {"record_no": f"R{number}"} | more for number in numbers]


def put(drop, name, items):
    path = drop.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8")
    return path


def settle(drop, seconds=QUIET_SECONDS):
    """Looks so far apart: at the file, at the file again and its pictures, at the pictures again."""
    taken = drop.look()
    for _ in range(2):
        drop.clock.now += seconds
        taken += drop.look()
    return taken


def stored(site):
    rows, position = [], 0
    with FrameLogReader(site.frame_logs / "weighing-0") as log:
        while len((read := log.read(position))[0]):
            frames, position = read
            decoded = WEIGHING.decode(frames)
            rows += zip(decoded["record_no"].tolist(), map(json.loads, decoded["media"]), strict=True)
    return rows


def left(drop):
    return sorted(str(path.relative_to(drop.folder)) for path in drop.folder.rglob("*") if path.is_file())


def test_a_file_is_taken_when_it_has_stood_still(drop, site):
    path = put(drop, "SL0001/a.jsonl", numbered(1, 2))
    drop.look()
    drop.clock.now += QUIET_SECONDS - 1
    assert drop.look() == 0
    with path.open("a") as file:
        file.write(json.dumps(numbered(3)[0]) + "\n")
    drop.clock.now += QUIET_SECONDS - 1
    assert drop.look() == 0 and left(drop) == ["SL0001/a.jsonl"]
    drop.clock.now += QUIET_SECONDS
    assert drop.look() == 1 and left(drop) == ["done/SL0001/a.jsonl"]
    assert [number for number, _ in stored(site)] == ["R1", "R2", "R3"]
    assert drop.said == ["drop: SL0001/a.jsonl：已存 3 条，已有，未重复存入 0 条，未收 0 条"]


def test_a_mark_beside_it_says_that_a_file_is_whole(drop, site):
    put(drop, "a.jsonl", numbered(1))
    (drop.folder / "a.jsonl.done").touch()
    assert drop.look() == 1 and left(drop) == ["done/a.jsonl"] and len(stored(site)) == 1


@pytest.mark.parametrize("name", [".a.jsonl.Xy12", "a.jsonl.part", "a.csv.filepart", "a.txt", "a.jpg", "done/a.jsonl"])
def test_what_is_still_written_or_is_no_file_of_passes_stays(drop, name):
    put(drop, name, numbered(1))
    assert settle(drop) == 0 and left(drop) == [name]


def test_pictures_beside_a_file_are_kept_under_their_hash(drop, site):
    for name in ("p/front.jpg", "rear.jpg"):
        (drop.folder / "S" / name).parent.mkdir(parents=True, exist_ok=True)
        (drop.folder / "S" / name).write_bytes(JPEG)
    media = [{"kind": "front", "href": "p\\front.jpg"}, {"kind": "rear", "href": "rear.jpg"}]
    vendor = {"previewCode": "R2", "previewStationCode": "SL0001", "previewDate": PASS["time"], "axisNum": "6",
              "totalWeight": "52400", "imgFileList": "rear.jpg,http://192.0.2.1/a.jpg"}  # fmt: skip
    put(drop, "S/a.jsonl", [*numbered(1, media=media), vendor])
    assert settle(drop) == 1 and Media(site).path(SHA).read_bytes() == JPEG
    assert stored(site) == [
        ("R1", [{"kind": "front", "sha256": SHA}, {"kind": "rear", "sha256": SHA}]),
        ("R2", [{"sha256": SHA}, {"href": "http://192.0.2.1/a.jpg"}]),
    ]
    assert left(drop) == ["done/S/a.jsonl", "done/S/p/front.jpg", "done/S/rear.jpg"]


def test_a_file_waits_for_its_pictures_for_a_while(drop, site):
    put(drop, "a.jsonl", numbered(1, photos=["front.jpg", "../../secrets/store"]))
    assert settle(drop) == 0
    assert settle(drop, PICTURES_SECONDS) == 1
    assert stored(site)[0][1] == [{"href": "front.jpg"}, {"href": "../../secrets/store"}]


def test_a_picture_is_taken_when_it_has_stood_still_too(drop, site):
    put(drop, "a.jsonl", numbered(1, photos=["f.jpg"]))
    (drop.folder / "f.jpg").write_bytes(JPEG[:100])
    drop.look()
    drop.clock.now += QUIET_SECONDS
    assert drop.look() == 0
    (drop.folder / "f.jpg").write_bytes(JPEG)
    for _ in range(2):
        drop.clock.now += QUIET_SECONDS
        last = drop.look()
    assert last == 1 and stored(site)[0][1] == [{"sha256": SHA}]


def test_a_picture_that_two_files_name_is_found_by_both(drop, site):
    (drop.folder / "f.jpg").write_bytes(JPEG)
    put(drop, "a.jsonl", numbered(1, photos=["f.jpg"]))
    assert settle(drop) == 1
    put(drop, "b.jsonl", numbered(2, photos=["f.jpg"]))
    assert settle(drop) == 1 and [media for _, media in stored(site)] == [[{"sha256": SHA}]] * 2


def test_refused_rows_stand_with_their_reasons_beside_the_file(drop, site):
    (drop.folder / "f.jpg").write_bytes(b"GIF89a" * 30)
    put(drop, "a.jsonl", [*numbered(1), PASS | {"gross_kg": None}])
    put(drop, "b.json", [])
    put(drop, "c.csv", [])
    put(drop, "d.jsonl", numbered(2, photos=["f.jpg"]))
    assert settle(drop) == 4
    assert left(drop) == [
        f"done/{name}"
        for name in ("a.jsonl", "a.jsonl.refused.csv", "b.json", "c.csv", "c.csv.refused.csv", "d.jsonl",
                     "d.jsonl.refused.csv", "f.jpg")
    ]  # fmt: skip
    with (drop.done / "a.jsonl.refused.csv").open(encoding="utf-8-sig", newline="") as file:
        heading, row = csv.reader(file)
    assert heading == ["行", "原因", "原文"] and row[:2] == ["2", "缺少“车货总质量”（gross_kg）。"]
    assert json.loads(row[2])["record_no"] == PASS["record_no"]
    assert "缺少列" in (drop.done / "c.csv.refused.csv").read_text("utf-8-sig")
    assert "f.jpg：不是 JPEG" in (drop.done / "d.jsonl.refused.csv").read_text("utf-8-sig")
    assert stored(site) == [("R1", []), ("R2", [{"href": "f.jpg"}])]


def test_a_file_sent_twice_is_nothing_new(drop, site):
    for _ in range(2):
        (drop.folder / "f.jpg").write_bytes(JPEG)
        put(drop, "a.jsonl", numbered(1, photos=["f.jpg"]))
        assert settle(drop) == 1
    assert len(stored(site)) == 1 and "已有，未重复存入 1 条" in drop.said[1]
    assert left(drop) == ["done/a-2.jsonl", "done/a.jsonl", "done/f-2.jpg", "done/f.jpg"]


@pytest.mark.parametrize("batches", [0, 1, 2, 3])
def test_a_crash_in_the_middle_doubles_and_loses_nothing(drop, site, monkeypatch, batches):
    """Ended behind so many batches, or behind the last but before the file was moved; then started again."""
    monkeypatch.setattr(weighing_import, "RECORDS_AT_ONCE", 1)
    put(drop, "a.jsonl", numbered(1, 2, 3))
    whole = weighing_drop.answers

    def broken(site, rows):
        for count, answer in enumerate(whole(site, rows)):
            if count == batches:
                raise KeyboardInterrupt
            yield answer

    def crashed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as crash:
        crash.setattr(weighing_drop, "answers", broken)
        crash.setattr(Drop, "_move", crashed)
        with pytest.raises(KeyboardInterrupt):
            settle(drop)
    assert left(drop) == ["a.jsonl"]
    again = Drop(site, drop.folder, say=drop.said.append, clock=Clock())
    assert settle(again) == 1 and left(again) == ["done/a.jsonl"]
    assert [number for number, _ in stored(site)] == ["R1", "R2", "R3"]


def test_while_the_intake_is_away_the_file_stays(drop, site, monkeypatch):
    def away(*_):
        raise IntakeAway("连不上")
        yield

    put(drop, "a.jsonl", numbered(1))
    with monkeypatch.context() as broken:
        broken.setattr(weighing_drop, "answers", away)
        with pytest.raises(IntakeAway):
            settle(drop)
    assert left(drop) == ["a.jsonl"] and settle(drop) == 1 and len(stored(site)) == 1


def test_a_file_that_cannot_be_moved_does_not_hold_up_the_others(drop, site):
    put(drop, "a.jsonl", numbered(1))
    put(drop, "sub/b.jsonl", numbered(2))
    drop.done.mkdir()
    (drop.done / "sub").write_text("no folder")
    with pytest.raises(OSError, match="sub"):
        settle(drop)
    assert left(drop) == ["done/a.jsonl", "done/sub", "sub/b.jsonl"]
    assert [number for number, _ in stored(site)] == ["R1", "R2"]
