"""Verifications of a scale: the point shows the newest, and each pass is judged by the one that held at its time."""

from datetime import date

import pytest
from weighing_passes import PASS, RECEIVED

from tonggui.base.clock import SECOND
from tonggui.bridge.fleet import write_fleet
from tonggui.register.attachments import keep
from tonggui.register.errors import Refused
from tonggui.register.kinds import Files
from tonggui.register.registry import ledger
from tonggui.run.demo.picture import ExamplePicture
from tonggui.run.weighing import WEIGHING
from tonggui.stream.devices import FILE_IMPORT, Devices

OLD = {
    "certificate": "示检字1", "calibration_day": "2025-04-01", "calibrated_from": "2025-04-01",
    "calibrated_to": "2026-03-31", "accuracy": "5", "speed_from_kmh": "0", "speed_to_kmh": "60",
}  # fmt: skip
NEW = {
    "certificate": "示检字2", "calibration_day": "2026-04-20", "calibrated_from": "2026-04-22",
    "calibrated_to": "2027-04-19", "accuracy": "2", "speed_from_kmh": "5", "speed_to_kmh": "80",
}  # fmt: skip
BOOK = "overload.calibration"


@pytest.fixture
def keeper(office):
    return office.person("overload_officer")


@pytest.fixture
def point(office):
    return ledger("overload.weighingpoint").example(code="SL0001", calibrated_to="2026-12-31", certificate="旧证")


def entered(point, values):
    return ledger(BOOK).example(point=point, **values)


def compared(record, keeper):
    """A verification with its paper, compared with it."""
    paper = keep(ExamplePicture(), ledger(BOOK), keeper, Files.types)
    record = ledger(BOOK).change(record, keeper, {"certificate_files": [paper.pk]}, why="扫描件")
    return ledger(BOOK).perform(record, "check_certificate", keeper)


def judged(site, on, speed=40.0):
    """Certificate, whether it may found a case, and doubts of a pass on a day, noted at receipt as registered now."""
    values = WEIGHING.read(
        PASS | {"time": f"{on} 08:30:00", "speed_kmh": speed}, RECEIVED + SECOND * 86400 * 900
    ).values
    note = Devices(site).note(FILE_IMPORT, values)
    columns = WEIGHING.judged([values], [note])
    return note.get("certificate"), bool(columns["usable"][0]), columns["doubt_codes"][0]


def test_the_point_shows_the_newest_verification_that_was_compared_with_its_paper(point, keeper):
    newer = entered(point, NEW)
    point.refresh_from_db()
    assert point.certificate == "旧证"
    compared(newer, keeper)
    compared(entered(point, OLD), keeper)
    point.refresh_from_db()
    assert (point.certificate, point.accuracy, point.calibrated_to) == ("示检字2", "2", date(2027, 4, 19))


def test_a_verification_without_its_paper_does_not_count(point, keeper):
    with pytest.raises(Refused, match="检定证书"):
        ledger(BOOK).perform(entered(point, NEW), "check_certificate", keeper)


def test_a_void_verification_gives_the_point_back_to_the_one_before(point, keeper):
    older, newer = compared(entered(point, OLD), keeper), compared(entered(point, NEW), keeper)
    ledger(BOOK).perform(newer, "cancel", keeper, "证书登错")
    point.refresh_from_db()
    assert (point.certificate, point.calibrated_to) == ("示检字1", date(2026, 3, 31))
    ledger(BOOK).perform(older, "cancel", keeper, "证书登错")
    point.refresh_from_db()
    assert (point.certificate, point.calibrated_to) == ("", date(2025, 3, 31))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"calibrated_to": "2026-04-21"}, "早于有效期起始日"),
        ({"calibrated_from": "2026-04-19"}, "早于检定日期"),
        ({"speed_to_kmh": "5"}, "应大于最低车速"),
    ],
)
def test_days_and_speeds_must_be_in_order(point, change, words):
    assert list(entered(point, NEW).faults()) == []
    (fault,) = entered(point, NEW | change | {"certificate": "另证"}).faults()
    assert fault[0] in change and words in fault[1]


def test_a_pass_is_judged_by_the_certificate_of_its_own_time(point, keeper, settings):
    for values in (OLD, NEW):
        compared(entered(point, values), keeper)
    write_fleet(settings.SITE)
    site = settings.SITE
    assert judged(site, "2026-03-31") == ("示检字1", True, [])
    assert judged(site, "2026-04-10") == ("示检字1", False, ["certificate_lapsed"])
    assert judged(site, "2026-04-22") == ("示检字2", True, [])
    assert judged(site, "2025-03-31") == ("示检字1", False, ["certificate_not_yet"])
    assert judged(site, "2026-03-31", speed=62.0) == ("示检字1", False, ["speed_not_certified"])
    assert judged(site, "2026-04-22", speed=62.0) == ("示检字2", True, [])


def test_a_point_without_verifications_keeps_its_own_last_day(point, settings):
    write_fleet(settings.SITE)
    assert judged(settings.SITE, "2026-12-31") == (None, True, [])
    assert judged(settings.SITE, "2027-01-01") == (None, False, ["certificate_lapsed"])
