"""The station gate, safety checks, taxis, transfers, bus lines, buy-backs, subsidies and signs: what only they do."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from tonggui.base import clock
from tonggui.register.actor import Actor, acting
from tonggui.register.coding import agrees, find, reissue
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.registry import ledger
from tonggui.statutes.passenger import line_class, quality_factor, station_grade, subsidy_due

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")
SIGNED = {"gate_signature": [1], "driver_signature": [1]}


def made(key, **values):
    return ledger(key).example(**values)


def take(record, move, comment="理由", **values):
    return record.ledger.perform(record, move, OFFICER, comment, values)


def put(record, **values):
    """The record with values that no form asks for in this state."""
    for name, value in values.items():
        setattr(record, name, value)
    with acting(OFFICER):
        record.save()
    return record


def refusal(record, move, **values):
    with pytest.raises(Refused) as refused:
        take(record, move, **values)
    return str(refused.value)


def wrong(key, **values):
    """The fields that a new record with these values would be refused for."""
    record = made(key)
    raw = {name: record.kinds[name].entry(record.kinds[name].value_of(record)) for name in record.ledger.form_names}
    with pytest.raises(InvalidValues) as found:
        record.ledger.create(OFFICER, {**raw, **values})
    return found.value.errors


def trip(**values):
    """A trip with its pass notice and signatures, ready to leave."""
    take(made("passenger.safetycheck"), "let_pass")
    return put(made("passenger.departure", **values), **SIGNED)


# --- the gate ---------------------------------------------------------------------------------------------------------


def test_a_coach_with_every_pass_leaves():
    leaving = trip()
    assert leaving.safety_check.pass_notice_no and leaving.enterprise == leaving.station.enterprise
    leaving = take(leaving, "let_out")
    assert leaving.state == "departed" and leaving.left_at


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"passengers": 45}, "超过核定载客 45 人"),
        ({"passengers": 44, "free_children": 5}, "最多 4 人的限额"),
        ({"belted": False}, "安全带"),
        ({"sober": False}, "酒精检测"),
        ({"papers_complete": False}, "保险未查验"),
        ({"luggage_checked": False}, "未经安检"),
        ({"driven_hours": "7.5", "rest_minutes": "60"}, "超过 8 小时"),
        ({"driven_hours": "3.0", "rest_minutes": "10"}, "休息不足 20 分钟"),
        ({"scheduled_at": "2026-03-02 07:00"}, "没有有效的例检合格通知单"),
    ],
)
def test_nothing_leaves_without_each_pass(values, words):
    assert words in refusal(trip(**values), "let_out")


def test_the_form_is_signed_before_the_gate_opens():
    unsigned = put(trip(), gate_signature=[])
    assert "缺少出站检查员签名" in refusal(unsigned, "let_out")


def test_papers_of_driver_vehicle_and_line_are_read_from_their_ledgers():
    leaving = trip()
    put(leaving.driver, valid_until=date(2026, 2, 1), licence="B2")
    put(leaving.vehicle, permit_until=date(2026, 2, 1))
    put(leaving.coach_line, licence_until=date(2026, 2, 1))
    words = refusal(leaving, "let_out")
    for said in ("从业资格证已于 2026-02-01 到期", "不能驾驶大型客车", "审验已于 2026-02-01 到期", "班线许可已于"):
        assert said in words


def test_long_lines_want_two_drivers_and_a_check_for_each_trip():
    first = trip()
    put(first.coach_line, line_km=Decimal("860"), run_hours=Decimal("7"))
    assert first.coach_line.two_drivers and first.coach_line.trip_check
    assert "须配两名驾驶员" in refusal(first, "let_out")
    second_driver = made("fleet.driver", certificate="SL0000000002")
    take(put(first, second_driver=second_driver), "let_out")
    again = put(made("passenger.departure", trip_no="K003", second_driver=second_driver), **SIGNED)
    assert "已用于另一班次" in refusal(again, "let_out")


def test_hours_already_driven_are_added_up_from_the_gate():
    take(trip(scheduled_at="2026-03-01 07:00"), "let_out")
    assert made("passenger.departure", trip_no="K005", scheduled_at="2026-03-01 12:00").driven_hours == Decimal("0.8")


def test_an_unsafe_coach_comes_back_only_with_a_new_check():
    leaving = take(trip(), "to_repair", coach_fault="制动气压不足")
    assert leaving.state == "in_repair"
    assert "须重新例检合格" in refusal(leaving, "back_from_repair")
    fresh = made("passenger.safetycheck", vehicle=leaving.vehicle, checked_at=clock.now() + timedelta(minutes=1))
    fresh = take(fresh, "let_pass")
    assert take(leaving, "back_from_repair", safety_check=fresh.number).state == "at_gate"


def test_a_pass_notice_holds_for_a_day_and_from_the_repair_on():
    check = take(made("passenger.safetycheck"), "let_pass")
    assert check.good_until - check.checked_at == timedelta(hours=24) and check.hours_left() == 0
    failed = take(made("passenger.safetycheck"), "fail", failed_items=["brakes"])
    with clock.pretending(datetime(2026, 3, 1, 9, 0, tzinfo=clock.CHINA)):
        failed = take(failed, "pass_again")
    assert failed.good_until == failed.repaired_at + timedelta(hours=24)
    assert "应退回维修" in refusal(made("passenger.safetycheck", failed_items=["tyres"]), "let_pass")


# --- stations, lines, taxis, transfers --------------------------------------------------------------------------------


def test_grades_classes_and_crowds_follow_their_numbers():
    day = date(2026, 3, 1)
    assert [station_grade(n, day) for n in (6000, 2400, 300, 40)] == ["first", "second", "third", "convenient"]
    assert [line_class(reach) for reach in ("province", "city", "county", "neighbour")] == [
        "one",
        "two",
        "three",
        "four",
    ]
    assert "scanners" in wrong("passenger.station", name="另一客运站", scanners="0")
    assert "licence_years" in wrong("passenger.coachline", name="另一班线", licence_years="10")


def test_a_crowd_says_what_was_done():
    busy = made("passenger.dailyflow", sent=2400)
    assert busy.crowd_line == 1920 and busy.crowd_level == "orange"
    assert "须填写疏运措施" in refusal(busy, "submit")
    assert take(put(busy, crowd_steps=",extra,"), "submit").state == "submitted"


def test_stopping_a_line_is_told_thirty_days_before():
    line = made("passenger.coachline")
    days = {"end_told_on": "2026-05-20", "line_ended_on": "2026-06-01"}
    assert "应不迟于 2026-05-02 告知" in refusal(line, "end", **days)
    assert take(line, "end", **{**days, "end_told_on": "2026-05-02"}).state == "ended"


def test_taxis_and_their_drivers_meet_their_conditions():
    car = made("passenger.ridecar", alarm_fitted=False)
    assert car.leave_by == date(2031, 4, 1) and car.enterprise == car.platform.enterprise
    assert "应急报警装置" in refusal(car, "permit_car", permitted_on="2026-02-01")
    assert "超过 7 人" in refusal(put(car, alarm_fitted=True), "permit_car", permitted_on="2026-02-01")
    taxi = made("passenger.cruisetaxi", meter_checked_on="2024-01-15")
    assert "计价器检定已过期" in refusal(taxi, "put_on_road")
    driver = made("passenger.taxidriver", first_licensed_on="2024-06-01", no_drugs=False)
    words = refusal(driver, "certify", exam_passed_on="2026-02-01", certified_on="2026-02-10")
    assert "有吸毒记录" in words and "驾驶经历不满 3 年" in words
    assert "没有接入" in refusal(
        made("passenger.platform", brand="另一出行", data_joined=False), "grant_platform",
        licence="示网运0001", licensed_on="2026-02-01", licence_until="2030-02-01",
    )  # fmt: skip


def test_a_convoy_leaves_with_everybody_seated_and_hands_over_as_many():
    convoy = made("passenger.transfer")
    escort = made("parties.person")
    start = {"escort": escort.number, "set_off_at": "2026-03-01 07:30"}
    assert convoy.all_passengers == 40 and "还没有登记转运车辆" in refusal(convoy, "set_off", **start)
    take(made("passenger.transfervehicle", transfer=convoy, boarded=38), "finish_boarding")
    assert "与旅客合计 40 人不符" in refusal(convoy, "set_off", **start)
    take(made("passenger.transfervehicle", transfer=convoy, boarded=2, place_in_convoy=2), "finish_boarding")
    convoy = take(convoy, "set_off", **start)
    assert convoy.convoy_vehicles == 2
    end = {"taken_in_by": "示例镇", "received_count": "39", "handed_over_at": "2026-03-01 10:00"}
    assert "须写明差异原因" in refusal(convoy, "deliver", **end)
    assert take(convoy, "deliver", difference_reason="一人途中就医", **end).minutes() == 200


# --- buses ------------------------------------------------------------------------------------------------------------


def carried_out(change, day="2026-03-20"):
    with clock.pretending(datetime(2026, 3, 10, 9, tzinfo=clock.CHINA)):
        change = take(take(change, "decide_change"), "announce", announced_on="2026-03-10", effective_on=day)
    return take(change, "carry")


def test_a_change_passes_on_to_its_line_and_keeps_what_was():
    change = carried_out(made("transit.linechange"))
    assert change.line.headway == 8 and change.line.vehicles == 11
    rows = {row["label"]: row for row in change.compared}
    assert rows["发车间隔"]["was"] == "12" and rows["发车间隔"]["by"] == "-4" and rows["首班时间"]["stays"]
    assert change.evaluate_by == date(2026, 6, 20)


def test_a_change_waits_for_the_public_and_does_what_its_word_says():
    change = made("transit.linechange", new_headway=15)
    assert "应小于现行 12 分钟" in refusal(change, "decide_change")
    asked = take(made("transit.linechange"), "ask_public")
    assert asked.consult_until == clock.today() + timedelta(days=7)
    assert "征求意见至" in refusal(asked, "decide_change")
    later = take(made("transit.linechange", action="extend", new_last="21:30"), "decide_change")
    assert "至少提前 5 日公告" in refusal(later, "announce", announced_on="2026-03-10", effective_on="2026-03-12")
    assert "应长于现行" in refusal(made("transit.linechange", action="extend", new_last="20:00"), "decide_change")


def test_a_new_line_and_a_stopped_one_come_from_their_changes():
    firm = made("parties.enterprise", name="示例公交有限公司")
    figures = dict(
        new_km="6.5", new_stops=9, new_first="07:00", new_last="19:00", new_trips=40, start_place="甲", end_place="乙"
    )
    new = made("transit.linechange", action="add", line=made("transit.busline"), line_kind="micro", enterprise=firm)
    new = put(new, line=None, changed_name="示例微循环2路", **figures)
    line = carried_out(new).line
    assert (line.kind, line.stops, line.launched_on) == ("micro", 9, date(2026, 3, 20))
    carried_out(made("transit.linechange", action="suspend", line=line))
    assert ledger("transit.busline").get(line.number, OFFICER).state == "suspended"


def test_a_line_becomes_a_bus_only_when_all_is_bought_back_and_settled():
    work = made("transit.conversion", owners=1, coaches_due=1, staff_to_settle=1)
    work = take(work, "value_fleet", valuation="按剩余年限折价")
    assert "没有签订协议" in refusal(work, "buy_back")
    work = take(work, "buy_back", agreed_owners="1")
    assert "没有办结回购" in refusal(work, "settle_staff")
    coach = made("transit.bus", acquired_by="bought_back", conversion=work, price="90000")
    assert "须填写回购前车主" in refusal(coach, "take_over_bus")
    take(coach, "take_over_bus", bought_back_on="2026-03-01", former_owner="钱示例")
    work = ledger("transit.conversion").get(work.number, OFFICER)
    assert (work.bought_back, work.paid_back) == (1, Decimal("90000.00"))
    work = take(work, "settle_staff")
    words = refusal(work, "run_bus", running_on="2026-04-01", staff_settled="1")
    assert "还没有已实施的“班线改公交”调整" in words


# --- money ------------------------------------------------------------------------------------------------------------


def test_subsidy_follows_cost_income_and_service():
    day = date(2026, 3, 1)
    assert [quality_factor(n, day) for n in (95, 80, 60)] == [Decimal("1"), Decimal("0.9"), Decimal("0.8")]
    figures = dict(km=Decimal(10_000), income=Decimal(30_000), score=85)
    assert subsidy_due(day, **figures) == Decimal("10800.00")
    assert subsidy_due(day, method="km", **figures) == Decimal("13500.00")
    assert subsidy_due(day, km=Decimal(100), income=Decimal(9_000), score=95) == 0


def test_a_loss_that_lasts_is_a_line_that_may_stop_and_money_ends_it():
    rows = [made("transit.routefinance", month=f"2026-0{n}") for n in (1, 2, 3)]
    assert [row.stop_risk for row in rows] == ["watch", "watch", "high"]
    assert "须填写亏损原因" in refusal(rows[2], "submit")
    for row in rows:
        take(take(put(row, loss_reason="客流少"), "submit"), "approve")
    batch = made("transit.subsidy", enterprise=rows[0].enterprise)
    assert batch.owed == 3 * rows[0].subsidy_due
    shown = {"displayed_on": "2026-04-10", "display_until": "2026-04-17"}
    assert "多于应补未补" in refusal(batch, "display_subsidy", granted="99999999", **shown)
    batch = take(take(batch, "display_subsidy", granted=str(batch.owed), **shown), "agree_subsidy")
    paid = {"amount": str(batch.owed), "voucher": "示付0001"}
    assert "公示至 2026-04-17" in refusal(batch, "pay_out", paid_on="2026-04-16", **paid)
    take(batch, "pay_out", paid_on="2026-04-20", **paid)
    rows = [ledger("transit.routefinance").get(row.number, OFFICER) for row in rows]
    assert all(row.subsidy_paid == row.subsidy_due for row in rows)


def test_no_subsidy_before_evaluation_and_audit():
    batch = made("transit.subsidy", audited=False)
    words = refusal(batch, "display_subsidy", granted="0", displayed_on="2026-04-10", display_until="2026-04-17")
    assert "第十六条" in words


# --- signs and villages -----------------------------------------------------------------------------------------------


def test_a_badge_issued_again_has_a_new_code_and_the_old_one_leads_back():
    badge = made("transit.sign")
    old = badge.code
    assert agrees(old) and "-GP-" in old
    badge = reissue(badge, OFFICER, "遗失")
    assert badge.code != old
    record, said = find(old, OFFICER)
    assert record == badge and "作废" in said


def test_each_sign_is_on_what_it_is_for():
    assert "stop" in wrong("transit.sign", kind="zp")
    assert "size" in wrong("transit.sign", kind="gf")
    assert "quantity_made" in wrong("transit.sign", quantity_made="3")


def test_a_village_counts_by_distance_trips_or_a_number_that_answers():
    village = made("transit.villageservice")
    assert village.connected and village.answer_rate() == 95 and village.slow() == "及时"
    line = made("transit.busline")
    near = dict(form_of_service="bus", line=line, trips_day=4, trips_week=28)
    assert made("transit.villageservice", **near).frequency() == "每日4趟以上"
    assert not made("transit.villageservice", **{**near, "stop_km": "2.6"}).connected
    village = take(take(village, "verify_village"), "break_off", broken_off_on="2026-05-01", break_reason="水毁")
    assert not village.connected
    assert take(village, "restore_service", restored_on_day="2026-05-20").connected


def test_a_charging_point_starts_with_its_earthing_checked():
    charger = made("transit.charger", earthing_checked_on=None)
    assert "不得投运" in refusal(charger, "commission", commissioned_on="2026-03-01")
