"""Waybills, repair warranties and training hours: what only these ledgers refuse, derive and carry on."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tonggui.base import clock
from tonggui.base.clock import CHINA
from tonggui.register.actor import Actor
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.registry import ledger
from tonggui.statutes.repair import warranty

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")
MORNING = datetime(2026, 3, 1, 8, 0, tzinfo=CHINA)


@pytest.fixture(autouse=True)
def _that_morning():
    with clock.pretending(MORNING):
        yield


def made(key, **values):
    return ledger(key).example(**values)


def take(record, move, comment="理由", **values):
    return record.ledger.perform(record, move, OFFICER, comment, values)


def change(record, **values):
    return record.ledger.change(record, OFFICER, values, "更正")


def refusal(record, move, **values):
    with pytest.raises(Refused) as refused:
        take(record, move, **values)
    return str(refused.value)


def fault(record, **values):
    """The sentence with which a change of the record is refused."""
    with pytest.raises(InvalidValues) as wrong:
        change(record, **values)
    return " ".join(wrong.value.errors.values())


@pytest.fixture
def carrier():
    """A firm in business with its vehicle, driver and escort, all in order."""
    enterprise = made("parties.enterprise", name="示例危货一号", business="hazmat")
    firm = take(made("hazmat.hazmatfirm", enterprise=enterprise), "open_business")
    vehicle = made("fleet.vehicle", plate="示E00021", vehicle_class="hazmat", enterprise=enterprise)
    person = {"enterprise": enterprise, "valid_until": "2028-01-01"}
    driver = made("fleet.driver", name="甲示例", certificate="SLH1", qualification="hazmat", **person)
    escort = made("fleet.driver", name="乙示例", certificate="SLH2", qualification="escort", **person)
    return {"firm": firm, "vehicle": vehicle, "driver": driver, "escort": escort}


def bill(carrier, **values):
    people = {name: carrier[name] for name in ("vehicle", "driver", "escort")}
    return made("hazmat.waybill", **{**people, **values})


def test_a_good_bill_is_signed_loaded_driven_and_closed(carrier):
    trip = take(bill(carrier), "sign")
    assert trip.mismatch == "" and not trip.mismatched and trip.enterprise == carrier["vehicle"].enterprise
    assert "装货查验" in refusal(trip, "depart")
    take(made("hazmat.loadingcheck", waybill=trip), "clear_loading")
    trip = take(take(trip, "depart"), "arrive")
    assert trip.close_by_at == datetime(2026, 3, 2, 8, tzinfo=CHINA) and trip.keep_until == date(2027, 3, 1)
    assert take(trip, "close", received_kg=9750).mismatch == ""


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"goods_class": "8"}, "许可不含第8类"),
        ({"goods_kg": 12500}, "超过核定载质量 12,000 kg"),
        ({"packaging": "tank"}, "须填罐体"),
        ({"toxic": True}, "剧毒化学品没有有效的道路运输通行证"),
        ({"waste": True}, "危险废物没有转移联单"),
        ({"vehicle_checked": False}, "没有出车前车辆检查"),
        ({"briefed": False}, "安全告知"),
    ],
)
def test_no_signature_for_what_does_not_hold(carrier, values, words):
    trip = bill(carrier, **values)
    assert words in refusal(trip, "sign")
    assert words in trip.mismatch and trip.mismatched


def test_expired_people_papers_and_tanks_block_the_bill(carrier):
    change(carrier["escort"], valid_until="2026-02-27")
    tank = made("hazmat.tank", vehicle=carrier["vehicle"], tested_on="2025-02-01", valid_until="2026-02-01")
    words = refusal(bill(carrier, tank=tank, packaging="tank"), "sign")
    assert "押运员乙示例的从业资格证已于 2026-02-27 到期" in words and "检验已于 2026-02-01 到期" in words
    assert "不能是同一人" in refusal(bill(carrier, escort=carrier["driver"], departs_at="2026-03-01 20:00"), "sign")


def test_a_tank_holds_only_its_media():
    tank = made("hazmat.tank")
    assert tank.why_not_load("UN1203", "3", date(2026, 3, 1)) == ""
    assert "没有 UN1170" in tank.why_not_load("UN1170", "3", date(2026, 3, 1))
    assert "不合格停用" in take(tank, "fail_test").why_not_load("UN1203", "3", date(2026, 3, 1))


def test_one_vehicle_one_trip_one_bill(carrier):
    bill(carrier)
    second = bill(carrier, departs_at="2026-03-01 18:00")
    assert "一车一次一单" in fault(second, departs_at="2026-03-01 10:00")
    assert second.approved_kg == 12000


def test_an_imported_bill_that_started_too_early_or_too_late_says_so(carrier):
    early = bill(carrier, signed_at="2026-03-01 09:00", departed_at="2026-03-01 08:30")
    assert "早于运单签发" in early.mismatch
    stale = bill(carrier, departs_at="2026-03-05 08:30", signed_at="2026-03-03 08:00")
    assert "运单已过期" in stale.mismatch


def test_the_loader_loads_nothing_when_one_of_five_fails(carrier):
    check = made("hazmat.loadingcheck", waybill=bill(carrier), within_media=False)
    assert "不得装货：货物不在罐体适装介质列表" in refusal(check, "clear_loading")
    assert take(check, "bar_loading").state == "not_loaded"
    over = made("hazmat.loadingcheck", waybill=check.waybill, loaded_kg=12100)
    assert "超过核定载质量" in refusal(over, "clear_loading")


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ({"stopped_at": "2026-03-01 09:40"}, "fits"),
        ({"stopped_at": "2026-03-01 09:40", "seen_un_no": "UN1202"}, "mismatch"),
        ({"stopped_at": "2026-03-01 15:00"}, "stale"),
        ({"stopped_at": "2026-03-04 09:00"}, "missing"),
    ],
)
def test_a_check_on_the_road_finds_the_bill_by_its_plate(carrier, values, finding):
    take(bill(carrier), "sign")
    check = made("hazmat.billcheck", plate="示E00021", **values)
    assert check.bill_finding == finding
    assert bool(check.finding_note) == (finding != "fits")


def test_a_firm_opens_with_five_vehicles_monitors_insurance_and_a_place_for_toxic_goods():
    firm = made("hazmat.hazmatfirm", special_vehicles=4, monitors=1, cover_until="2026-02-01", goods_classes=["6"])
    words = refusal(firm, "open_business")
    for part in ("不足 5 辆", "应配 2 人", "已于 2026-02-01 到期", "专用停车场"):
        assert part in words
    place = made("hazmat.hazmatparking", goods_classes=["6"])
    change(firm, special_vehicles=5, monitors=2, cover_until="2027-01-01", special_parking=place.number)
    firm = take(firm, "open_business")
    assert firm.parking_m2 == Decimal("22000")
    assert "警示标志" in fault(place, facilities=["fence"])


def test_a_visit_counts_for_the_firm_that_was_visited(carrier):
    firm = carrier["firm"]
    mine = made("safety.inspection", enterprise=firm.enterprise, visited_on="2026-02-20")
    assert take(firm, "record_check", inspection=mine.number).checked_on == date(2026, 2, 20)
    other = made("safety.inspection", enterprise=made("parties.enterprise", name="示例另一家"))
    assert "不是" in refusal(firm, "record_check", inspection=other.number)


@pytest.mark.parametrize(
    ("vehicle", "work", "km", "days"),
    [
        ("car", "major", 20_000, 100),
        ("car", "second", 5_000, 30),
        ("car", "minor", 2_000, 10),
        ("motorcycle", "second", 800, 10),
        ("other", "major", 6_000, 60),
    ],
)
def test_the_warranty_follows_vehicle_and_work(vehicle, work, km, days):
    assert warranty(vehicle, work, date(2026, 3, 1)) == (km, days)


def released(**values):
    inspector = made("parties.person")
    job = made("repair.repairjob", entered_at="2026-03-01 07:30", **values)
    return take(job, "release", final_inspector=inspector.number)


def test_a_released_job_has_certificate_warranty_and_a_clock_to_upload():
    job = released()
    job.refresh_from_db()
    assert (job.warranty_km, job.warranty_until) == (20_000, date(2026, 6, 9))
    assert job.release_no == f"{job.number}-HG"
    assert job.upload_by_at == datetime(2026, 3, 2, 8, tzinfo=CHINA)
    assert job.covers(date(2026, 6, 9), 106_500) and not job.covers(date(2026, 6, 9), 106_501)
    assert take(job, "upload").uploaded_at == MORNING


def test_certified_work_needs_its_inspector_and_a_shop_that_may_do_it():
    job = made("repair.repairjob", entered_at="2026-03-01 07:30")
    assert "质量检验员" in refusal(job, "release")
    assert "整车修理" in fault(job, kind="complete")


def test_a_claim_inside_the_warranty_is_repaired_unless_another_cause_is_shown_in_time():
    claim = made("repair.warrantyclaim", job=released(), claimed_on="2026-03-01")
    assert claim.within_warranty and claim.answer_by == date(2026, 3, 4)
    assert "非维修质量原因" in refusal(claim, "refuse_claim")
    with clock.pretending(datetime(2026, 3, 6, 8, tzinfo=CHINA)):
        assert "应无偿返修" in refusal(claim, "refuse_claim", other_cause="使用不当")
    done = take(take(claim, "accept_claim"), "finish_rework")
    assert done.new_warranty_until == date(2026, 6, 9)


def test_after_the_second_failed_repair_another_shop_does_it():
    job = released()
    first = made("repair.warrantyclaim", job=job, claimed_on="2026-03-01")
    assert "才另行安排" in refusal(first, "go_elsewhere", taken_over_by=job.shop.number)
    take(take(first, "accept_claim"), "finish_rework")
    second = made("repair.warrantyclaim", job=job, claimed_on="2026-03-01", claim_km=120_000)
    assert second.nth == 2 and second.within_warranty
    assert "应另行安排" in refusal(second, "accept_claim")
    assert take(second, "go_elsewhere", taken_over_by=job.shop.number).state == "elsewhere"


def test_a_part_is_filed_when_it_can_be_traced():
    part = made("repair.repairpart", supplier="", part_certificate_no="")
    assert not part.traceable and "供应商、产品合格证号" in refusal(part, "file_part")
    filed = take(made("repair.repairpart"), "file_part")
    job = made("repair.repairjob", shop=filed.shop)
    assert "多于购进" in refusal(filed, "fit_part", job=job.number, fitted=3)
    assert take(filed, "fit_part", job=job.number, fitted=1).fitted_on == date(2026, 3, 1)


@pytest.fixture
def lesson():
    """A session in a car on the ground of its school."""
    coach = made("training.coach")
    school = coach.school
    ground = take(made("training.trainingfence", school=school), "enforce", in_force_from="2026-01-01")
    car = made("training.coachcar", school=school)
    common = dict(coach=coach, car=car, fence=ground, way="car", syllabus_part="2", place="121.41, 31.21")
    return lambda **values: made("training.trainingsession", **{**common, **values})


def test_only_taught_time_inside_the_fence_counts(lesson):
    assert lesson().hours_valid == Decimal("1.00")
    assert lesson(starts_at="2026-03-03 08:30", teaching_minutes=36).hours_valid == Decimal("0.80")
    out = lesson(starts_at="2026-03-04 08:30", minutes_out=30)
    assert (out.hours_valid, out.hours_out) == (Decimal("0.50"), Decimal("0.50"))
    assert "围栏外训练 30 分钟" in out.doubt_notes and out.doubtful


def test_no_fence_no_hours(lesson):
    bare = lesson(fence=None)
    bare = change(bare, fence="")
    assert bare.hours_valid == 0 and "不计学时" in refusal(bare, "count_hours")


def test_the_day_has_four_hours(lesson):
    lesson(train_minutes=200, teaching_minutes=200, photo_count=20)
    more = lesson(starts_at="2026-03-02 13:00", train_minutes=120, teaching_minutes=120, photo_count=9)
    assert more.hours_valid == Decimal("0.67")
    assert "超过 4 学时" in more.doubt_notes


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts_at": "2026-03-02 20:30"}, "不在可计学时时段（7 时至 21 时）"),
        ({"place": "121.50, 31.21"}, "签到地点不在围栏"),
        ({"photo_count": 1}, "照片 1 张"),
        ({"hours_uploaded_at": "2026-03-05 08:00"}, "小时才上传"),
        ({"syllabus_part": "3"}, "道路驾驶里程为零"),
    ],
)
def test_what_a_reviewer_should_look_at_is_said(lesson, values, words):
    assert words in lesson(**values).doubt_notes


def test_nobody_is_in_two_places_at_once(lesson):
    lesson()
    other = lesson(trainee_no="XY0000002", starts_at="2026-03-02 10:30")
    assert "该教练员同一时间" in fault(other, starts_at="2026-03-02 09:00")
    in_class = lesson(trainee_no="XY0000003", way="class", starts_at="2026-03-02 10:30")
    assert change(in_class, starts_at="2026-03-02 09:00").hours_valid == 1


def test_hours_are_reviewed_in_three_working_days_and_may_be_appealed(lesson):
    session = lesson(hours_uploaded_at="2026-03-02 18:00")
    assert session.hours_review_by == date(2026, 3, 5)
    struck = take(session, "strike_hours")
    assert take(take(struck, "appeal_hours", appeal_reason="终端故障"), "count_hours").state == "counted"


def test_a_road_route_needs_the_approval_of_the_police_and_a_school_its_old_address():
    route = made("training.trainingfence", kind="route")
    assert "公安交管批准文号" in refusal(route, "enforce", in_force_from="2026-03-01")
    school = take(made("training.drivingschool"), "file_school")
    moved = take(school, "move_ground", relocated_on="2026-03-01", old_address="示例旧址", address="示例新址")
    assert moved.relocated_on == date(2026, 3, 1)
