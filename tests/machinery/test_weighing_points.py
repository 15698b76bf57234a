"""What of its point a pass is judged by, as registered then: class of the scale, kind of point, limit on the sign."""

from tonggui.base.site import Site
from tonggui.bridge.fleet import write_fleet
from tonggui.register.registry import ledger
from tonggui.stream.devices import Devices


def test_the_ledger_of_points_reaches_the_note_beside_a_pass_and_its_limit(db, tmp_path):
    site = Site.at(tmp_path)
    point = ledger("overload.weighingpoint").example(posted_kg=30_000)
    assert write_fleet(site)
    note = Devices(site).note(point.device, {"site": point.code})
    assert note == {
        "device": point.device,
        "calibrated_to": point.calibrated_to.isoformat(),
        "posted_kg": 30_000,
        "accuracy": 5.0,
        "site_kind": "不停车检测点",
    }


def test_a_point_without_a_sign_notes_none(db, tmp_path):
    site = Site.at(tmp_path)
    point = ledger("overload.weighingpoint").example()
    write_fleet(site)
    assert "posted_kg" not in Devices(site).note(point.device, {"site": point.code})
