"""Crossings, boats, voyages, stop orders and ship waste: what only these ledgers refuse, derive and carry on."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from tonggui.base.clock import CHINA
from tonggui.ledgers.water.suspension import orders_over
from tonggui.register.actor import Actor
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.registry import ledger

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")
MORNING = "2026-03-01 08:10"


def made(key, **values):
    return ledger(key).example(**values)


def take(record, move, comment="理由", **values):
    return record.ledger.perform(record, move, OFFICER, comment, values)


def change(record, **values):
    return record.ledger.change(record, OFFICER, values, "更正")


def voyage(**values):
    return made("water.voyage", **values)


def refusal(record, move, **values):
    with pytest.raises(Refused) as refused:
        take(record, move, **values)
    return str(refused.value)


def faults(key, **values):
    with pytest.raises(InvalidValues) as wrong:
        ledger(key).create(OFFICER, {**_raw(key), **values})
    return wrong.value.errors


def _raw(key):
    """The values of a good example as a form would send them."""
    record = ledger(key).query(OFFICER).first() or made(key)
    return {name: record.kinds[name].entry(record.kinds[name].value_of(record)) for name in record.ledger.form_names}


def test_a_good_trip_is_signed_and_arrives():
    trip = take(voyage(), "sign")
    assert trip.state == "sailing" and trip.sailed_on == date(2026, 3, 1)
    assert take(trip, "arrive").arrived_at is not None


def test_boat_brings_its_ferryman_and_unit():
    trip = voyage()
    assert trip.master == trip.boat.master


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"passengers": 31, "jackets_worn": 31}, "超过载客定额 30 人"),
        ({"jackets_worn": 15}, "还有 3 人未穿救生衣"),
        ({"wind": 6}, "达到停航风力 6 级"),
        ({"visibility_m": 300}, "能见度 300 米，低于 500 米"),
        ({"water_level": "38.50"}, "达到封渡水位"),
        ({"sailed_at": "2026-03-01 20:30"}, "不具备夜航条件"),
    ],
)
def test_no_signature_in_these_conditions(values, words):
    assert words in refusal(voyage(**values), "sign")


def test_no_signature_with_expired_papers_or_people():
    trip = voyage()
    change(trip.boat, survey_until="2026-02-28")
    change(trip.master, valid_until="2026-02-28", health_on="2023-01-10")
    words = refusal(trip, "sign")
    assert "检验证书有效期至" in words and "证书已于 2026-02-28 到期" in words
    take(trip.boat, "suspend")
    assert "停运" in refusal(trip, "sign")


def test_a_large_ferry_wants_a_certified_master():
    trip = voyage()
    change(trip.master, grade="")
    assert "须由持适任证书的船员驾驶" in refusal(trip, "sign")


def test_no_signature_while_a_stop_order_is_in_force():
    order = take(made("water.suspension", from_at="2026-03-01 06:00"), "order")
    trip = voyage(ferry=order.ferry)
    assert order.order_no in refusal(trip, "sign")
    take(order, "resume", lift_reading="900", lifted_at="2026-03-01 07:30")
    assert take(trip, "sign").state == "sailing"


def test_an_order_over_the_whole_county_or_the_reach_covers_the_crossing():
    ferry = made("water.ferry", waterway=None)
    at = datetime(2026, 3, 1, 8, tzinfo=CHINA)
    for order in (made("water.suspension", ferry=None), made("water.suspension", ferry=None, waterway=ferry.waterway)):
        order.ferry = None
        order.state = "halted"
        type(order)._base_manager.filter(pk=order.pk).update(ferry=None, state="halted")
    assert orders_over(ferry, at).count() == 2
    assert orders_over(ferry, datetime(2026, 1, 1, tzinfo=CHINA)).count() == 0


def test_an_order_needs_a_reading_at_the_line_of_its_crossing():
    assert made("water.suspension").threshold == 500
    assert "未达到限值" in refusal(made("water.suspension", reading="800"), "order")
    high = made("water.suspension", cause="high_water", reading="39.1")
    assert high.threshold == Decimal("38.5")
    assert take(high, "order").order_no.endswith("1号")
    assert "须写明停航依据" in refusal(made("water.suspension", cause="warning", basis=""), "order")


def test_sailing_begins_again_only_within_the_line():
    order = take(made("water.suspension"), "order")
    words = refusal(order, "resume", lift_reading="450", lifted_at="2026-01-12 09:00")
    assert "不能复航" in words
    assert take(order, "resume", lift_reading="1200", lifted_at="2026-01-12 09:20").halted_hours() == 3.0


def test_a_crossing_is_signed_off_by_its_passengers_or_its_pupils():
    ferry = made("water.ferry", daily=60, peak=200, school_run=False, school_days="")
    assert not ferry.must_sign and not ferry.monthly_drill
    assert change(ferry, school_run="是").must_sign
    ferry = change(ferry, daily="320", peak="700")
    assert ferry.monthly_drill and ferry.stop_wind == 6


def test_what_a_crossing_and_a_boat_cannot_be():
    assert "peak" in faults("water.ferry", name="另一渡口", peak="10")
    assert "low_level" in faults("water.ferry", name="另一渡口", low_level="40")
    assert "life_jackets" in faults("water.boat", life_jackets="20")
    assert "quota_certificate" in faults("water.boat", length_m="22")
    assert "registration" in faults("water.boat", kind="三无船舶")
    assert "wind_grade" in faults("water.boat", wind_grade="")
    assert "ferry" in faults("water.crew", post="签单员", ferry="", certificate="示另")
    assert "boat" in faults("water.voyage", ferry=made("water.ferry", name="示例另渡口").number)
    assert "students" in faults("water.voyage", students="19")


def test_health_checks_and_waste_have_their_days():
    assert made("water.crew").health_until == date(2028, 2, 10)
    assert made("water.pollutant").transfer_by == date(2026, 4, 13)
    assert made("water.waterway").ship_t == 500


def test_a_patrol_says_where_clues_went_and_what_was_found():
    assert "clues_to" in faults("water.patrol", clues="2")
    assert "findings" in faults("water.patrol", findings="")
    assert (
        made("water.patrol")
        .ledger.measures["joint"]
        .value(ledger("water.patrol").query(OFFICER).filter(partners__contains=",fishery,"))
    )


def test_waste_is_measured_by_its_kind_and_a_difference_explained():
    assert "garbage_kg" in faults("water.pollutant", garbage_kg="3")
    waste = made("water.pollutant", declared="2", volume_m3="1.2")
    assert waste.difference() == Decimal("40.0")
    assert "须填写差异原因" in refusal(waste, "receive")
    waste = take(waste, "receive", difference_reason="舱内残留")
    assert waste.receipt_no.startswith("WRJS")


def test_oily_water_goes_only_to_a_holder_of_a_permit():
    waste = take(made("water.pollutant", kind="oily"), "receive")
    waste = take(waste, "transfer", transferred_on="2026-04-11", transferred_to="示例污油处理厂")
    assert "危险废物经营许可证号" in refusal(waste, "dispose", disposed_on="2026-04-14")
    assert take(waste, "dispose", disposed_on="2026-04-14", waste_permit="示危废01").state == "disposed"


def test_a_payment_takes_its_quantities_from_receipts_and_stays_within_the_contract():
    waste = take(made("water.pollutant", declared="10", volume_m3="10"), "receive")
    contract = waste.contract
    assert waste.fee == Decimal("850.00")
    payments = ledger("water.servicepayment")
    payment = payments.create(OFFICER, {"contract": contract.number, "month": "2026-04"})
    assert (payment.volume_m3, payment.payable, payment.amount) == (Decimal(10), Decimal(850), Decimal(850))
    with pytest.raises(InvalidValues, match="扣减原因"):
        payments.change(payment, OFFICER, {"amount": "800"})
    payment = take(take(payment, "submit"), "approve")
    contract.refresh_from_db()
    assert contract.paid == Decimal(850) and contract.left() == Decimal(179_150)
    large = payments.create(
        OFFICER, {"contract": contract.number, "month": "2026-05", "volume_m3": "3000", "garbage_kg": "0"}
    )
    assert "超过合同余额" in refusal(take(large, "submit"), "approve")


def test_the_gap_is_what_is_needed_less_what_the_boat_ledger_holds():
    made("water.boat", kind="pontoon", name="示例趸1")
    need = ledger("water.equipmentneed").create(
        OFFICER,
        {
            "year": "2026",
            "craft": "趸船",
            "specification": "40米",
            "purpose": "靠泊",
            "needed": "3",
            "unit_cost": "100",
        },
    )
    assert (need.owned, need.gap, need.cost) == (1, 2, Decimal(200))


def test_a_wharf_goes_back_to_work_only_with_a_licence_in_force():
    wharf = take(made("water.wharf", licence_until="2026-01-01", checked_on="2026-05-01"), "halt_for_repair")
    assert "已于 2026-01-01 到期" in refusal(wharf, "resume")
    assert "enterprise" in faults("water.wharf", name="示例另码头", enterprise="")


def test_a_camera_has_its_national_identity_and_a_day_for_its_repair():
    camera = made("water.camera")
    assert camera.repair_by == date(2026, 5, 15)
    assert "channel_id" in faults("water.camera", channel_id="51000000001110000001")
    other = made("water.ferry", name="示例对岸渡口")
    assert "channel_id" in faults("water.camera", ferry=other.number)
    assert take(take(camera, "go_down"), "repair").state == "watching"
