"""应急和值班 EMG, DTY: plans, drills, stores in date; days on duty and what was reported."""

from datetime import date

import pytest

from indicators.cases import AFTER, BEFORE, HALF, INSIDE, Case, add, at, cases, row, rows_in_value_out, write
from tonggui.base import clock
from tonggui.measure.declare import Period
from tonggui.measure.indicators import indicator
from tonggui.register.actor import Actor

plan = row("duty.plan", state="current", issued_on=INSIDE)
drill = row("duty.drill", state="审核通过", held_on=INSIDE, people=46)
store = row("duty.supply", state="in_use", minimum=1)
shift = row("duty.shift", state="done", duty_on=INSIDE)
call = row("duty.call", state="finished", kind="report", called_at="2026-03-01 21:40", called_on=INSIDE)

PLANS = [
    plan(name="甲", edition="2024年版", issued_on=date(2024, 3, 1), state="superseded"),
    plan(name="乙", replaces="甲"),
    plan(name="丙", replaces="甲", state="draft"),
    plan(name="丁"),
]
DRILLS = [
    drill(),
    drill(kind="tabletop", people=10, subject="防汛推演（示例）"),
    drill(state="草稿"),
    drill(held_on=AFTER),
]
STORES = [
    store(name="救生衣"),
    store(name="编织袋", counted_in="条", expires_on=None),
    store(name="融雪剂", counted_in="吨"),
    store(name="过期救生圈", expires_on=date(2026, 6, 29)),
    store(name="停用", state="ended"),
]
OUT_OF_DATE = [store(expires_on=date(2026, 6, 29))]
SHIFTS = [
    shift(),
    shift(duty_on=date(2026, 3, 2), kind="day"),
    shift(duty_on=date(2026, 3, 2), kind="night"),
    shift(duty_on=date(2026, 3, 3), kind="day"),
    shift(duty_on=date(2026, 3, 4), state="missed"),
    shift(duty_on=date(2026, 3, 5), post="示例检测点", point=None),
    shift(duty_on=date(2026, 3, 6), post="示例检测点", point=None, state="missed"),
    shift(duty_on=AFTER),
]

CASES = [
    Case("EMG-01", "those that replace another, issued in the period", PLANS, "1个"),
    Case("EMG-01", "a first edition revises nothing", [plan()], "0个"),
    *cases("people add up over drills", DRILLS, {"EMG-01D": "2次", "EMG-01N": "56人次"}),
    *cases("drills of another period", [drill(held_on=BEFORE)], {
        "EMG-01D": "—", "EMG-01N": "—", "EMG-01S": "—", "EMG-01T": "—",
    }),
    Case("EMG-01S", "what was drilled", DRILLS[1:], "防汛推演（示例）", by="drill", of="防汛推演（示例）"),
    Case("EMG-01T", "on which day", DRILLS[1:], "2026年3月1日", by="drill", of="防汛推演（示例）"),
    *cases("in date, and nothing taken in yet", STORES, {"EMG-02": "0件", "EMG-02N": "3种"}),
    *cases("all out of date", OUT_OF_DATE, {"EMG-02": "0件", "EMG-02N": "0种"}),
    *cases("whole days at the bureau: one shift of 24 hours, or two that make up the day", SHIFTS, {
        "DTY-01": "2天", "DTY-01P": "—", "DTY-01M": "1班次",
    }),
    Case("DTY-01P", "of all days, where the roster was kept before", [shift(duty_on=BEFORE), *SHIFTS], "1.1%"),
    *cases("another period", [shift(duty_on=BEFORE)], {"DTY-01": "—", "DTY-01P": "—", "DTY-01M": "—"}),
    Case("DTY-02", "reports, not other calls", [call(), call(kind="in"), call(state="void")], "1条"),
    Case("DTY-02", "calls alone", [call(kind="in")], "0条"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


@pytest.mark.django_db
def test_every_day_of_a_week_kept_is_a_hundred_per_cent_and_a_week_not_over_is_measured_by_its_days_so_far():
    write([shift(duty_on=date(2026, 3, day)) for day in range(2, 9)])
    kept, week = indicator("DTY-01P"), Period.parse("2026-03-02..2026-03-08")
    assert kept.figure(week).text == "100%（7天中7天）"
    longer = Period.parse("2026-03-02..2026-03-15")
    with clock.pretending(at(date(2026, 3, 11))):
        assert kept.figure(longer).text == "70.0%（10天中7天）"
    with clock.pretending(at(date(2026, 3, 1))):
        assert kept.figure(longer).reason == "2026年3月2日至3月15日尚未开始"
    assert indicator("DTY-01").figure(HALF).value == 7


@pytest.mark.django_db
def test_pieces_in_date_add_up_by_what_was_taken_in_and_tonnes_are_not_pieces():
    made = write(STORES)
    for name, quantity in (("救生衣", 120), ("编织袋", 80), ("融雪剂", 30), ("过期救生圈", 9)):
        movement = add("duty.supplymovement", supply=made["duty.supply", name], quantity=quantity)
        movement.ledger.perform(movement, "post", Actor.system("过账"), "入库", {})
    assert indicator("EMG-02").figure(HALF).text == "200件"
    assert indicator("EMG-02N").figure(HALF).names == ("救生衣", "编织袋", "融雪剂")


@pytest.mark.django_db
def test_a_roster_begun_within_the_period_has_no_share_of_its_days():
    write(SHIFTS)
    assert indicator("DTY-01P").figure(HALF).reason == "《值班》自2026-03-01起登记，2026年上半年不完整"
