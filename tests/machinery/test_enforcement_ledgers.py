"""Enforcement, source yards and freight firms: what their ledgers refuse, derive and bring about."""

from datetime import date

import pytest

from tonggui.base.clock import pretending
from tonggui.register.actor import Actor, acting
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.kinds import Moment
from tonggui.register.registry import ledger

pytestmark = pytest.mark.django_db
CLERK = Actor.system("测试")
SENT = {"task_part": "crew", "sent_staff": "3", "sent_vehicles": "1", "team_leader": "李示例"}


def take(record, move, comment="", **values):
    return record.ledger.perform(record, move, CLERK, comment, values)


def at(text):
    return pretending(Moment("时间").parse(text))


def officer(certificate="示执000009", **values):
    return ledger("enforcement.officer").example(certificate=certificate, **values)


def case(**values):
    """A case as it comes in: nothing decided, nobody told."""
    blank = dict.fromkeys(("filed_on", "noticed_on", "noticed_fine", "hearing_told_on", "reminded_on"))
    number = ledger("enforcement.case").query(CLERK).count()
    return ledger("enforcement.case").example(
        **{**blank, "hearing_offered": False, "plate": f"示F{number:05}", **values}
    )


def filed(**values):
    record = case(**values)
    return take(record, "open_case", filed_on="2026-05-08", second_officer=officer())


def noticed(fine="10000", **values):
    record = take(filed(**values), "conclude_inquiry")
    return take(record, "notice", noticed_on="2026-05-20", noticed_fine=fine, hearing_offered="是")


# --- operations -------------------------------------------------------------------------------------------------------


def test_a_joint_operation_stands_once_and_the_second_is_sent_to_the_first():
    operations = ledger("enforcement.operation")
    first = operations.example()
    again = {name: first.kinds[name].entry(first.kinds[name].value_of(first)) for name in operations.form_names}
    with pytest.raises(InvalidValues) as refused:
        operations.create(CLERK, again | {"partners": "公安交警、应急管理"})
    assert first.number in refused.value.errors["partners"]
    assert operations.create(CLERK, again | {"partners": ""}).joint is False
    assert operations.create(CLERK, again | {"partners": "渔政"}).joint is True


def test_units_that_join_add_their_people_to_the_one_operation():
    operation = ledger("enforcement.operation").example(staff=8, vehicles=2)
    units = [ledger("parties.unit").example(name=name, kind="station") for name in ("示例东站", "示例西站")]
    for unit in units:
        part = ledger("enforcement.participation").example(operation=operation, joined_unit=unit)
        joined = take(part, "join")
    operation.refresh_from_db()
    assert (operation.all_staff, operation.all_vehicles) == (14, 4)
    take(joined, "refuse_joining", "没有到场")
    operation.refresh_from_db()
    assert (operation.joined_staff, operation.all_staff) == (3, 11)
    lead = operation.unit.number
    with pytest.raises(InvalidValues) as refused:
        ledger("enforcement.participation").create(CLERK, {"operation": operation.number, "joined_unit": lead, **SENT})
    assert operation.number in refused.value.errors["joined_unit"]


def test_the_funnel_of_a_roadside_check_only_narrows():
    operation = ledger("enforcement.operation").example()
    with pytest.raises(InvalidValues) as refused:
        ledger("enforcement.operation").change(operation, CLERK, {"guided": "20"}, "更正")
    assert "疑似超限车辆" in refused.value.errors["guided"]


def test_a_source_patrol_names_its_yard():
    operation = ledger("enforcement.operation").example()
    with pytest.raises(InvalidValues) as refused:
        ledger("enforcement.operation").change(operation, CLERK, {"kind": "source"}, "更正")
    assert "yard" in refused.value.errors


# --- cases ------------------------------------------------------------------------------------------------------------


def test_a_case_is_filed_by_two_officers_with_certificates_and_within_two_years():
    one = officer("示执000001")
    with pytest.raises(Refused, match="同一人"):
        take(case(lead_officer=one), "open_case", filed_on="2026-05-08", second_officer=one)
    late = officer("示执000002", valid_until="2026-05-01")
    with pytest.raises(Refused, match="没有有效的执法证"):
        take(case(), "open_case", filed_on="2026-05-08", second_officer=late)
    old = case(happened_on="2023-05-06")
    with pytest.raises(Refused, match="2025-05-06 届满"):
        take(old, "open_case", filed_on="2026-05-08", second_officer=officer())
    assert case(happened_on="2023-05-06", grave=True).limitation_until == date(2028, 5, 6)


def test_filing_numbers_the_form_and_closes_the_clue():
    clue = take(ledger("enforcement.clue").example(), "prove", verification="现场核查属实")
    assert clue.file_by == date(2026, 5, 14)
    record = filed(clue=clue)
    clue.refresh_from_db()
    assert clue.state == "turned" and record.filing_no.endswith("0001号")
    assert record.decide_by == date(2026, 8, 6)


def test_a_larger_fine_tells_of_the_hearing_and_a_wanted_hearing_is_held_and_reviewed():
    record = take(filed(), "conclude_inquiry")
    with pytest.raises(Refused, match="听证"):
        take(record, "notice", noticed_on="2026-05-20", noticed_fine="10000")
    record = take(record, "notice", noticed_on="2026-05-20", noticed_fine="10000", hearing_offered="是")
    assert (record.defend_by, record.hearing_by) == (date(2026, 5, 27), date(2026, 5, 27))
    record = take(record, "ask_hearing", hearing_asked_on="2026-05-25")
    decision = {"fine": "10000", "decided_on": "2026-07-01"}
    with pytest.raises(Refused, match="听证前不得"):
        take(record, "decide", **decision)
    with pytest.raises(InvalidValues, match="听证通知迟了"):
        take(record, "hear", hearing_told_on="2026-06-10", hearing_on="2026-06-16")
    record = take(record, "hear", hearing_told_on="2026-06-01", hearing_on="2026-06-16")
    with pytest.raises(Refused, match="未经法制审核"):
        take(record, "decide", **decision)
    record = take(record, "legal_review", legal_reviewed_on="2026-06-20", review_opinion="同意")
    assert take(record, "decide", **decision).penalty_no.endswith("0001号")


def test_a_fine_outside_the_band_has_its_reason_and_a_discussion():
    band = ledger("enforcement.discretion").example()
    record = noticed("50000", discretion=band)
    decision = {"fine": "50000", "decided_on": "2026-06-20"}
    with pytest.raises(Refused, match=r"裁量理由.*集体讨论日期"):
        take(record, "decide", **decision)
    reasons = {"reduction_reason": "多次违法", "discussed_on": "2026-06-18", "discussion": "同意加重"}
    assert take(record, "decide", **decision, **reasons).state == "decided"


def test_no_decision_in_the_days_of_defence_nor_above_the_notice():
    record = noticed()
    with pytest.raises(Refused, match="2026-05-28"):
        take(record, "decide", fine="10000", decided_on="2026-05-27")
    with pytest.raises(Refused, match="高于告知"):
        take(record, "decide", fine="12000", decided_on="2026-06-20")


def test_an_extension_and_pauses_move_the_last_day_for_the_decision():
    record = take(noticed(), "extend", "案情复杂", paused_days="10")
    assert record.decide_by == date(2026, 9, 15)  # 90 + 10 + 30 days from 8 May


def test_the_simple_procedure_ends_at_its_limit_and_is_handed_in():
    values = {"filed_on": "2026-05-06", "decided_on": "2026-05-06", "served_on": "2026-05-06", "spoken": "无"}
    with pytest.raises(Refused, match="不得超过 200 元"):
        take(case(), "punish_on_spot", fine="500", second_officer=officer("示执000003"), **values)
    record = take(case(), "punish_on_spot", fine="200", second_officer=officer("示执000004"), **values)
    assert (record.state, record.procedure, record.spot_copy_by) == ("served", "spot", date(2026, 5, 12))
    with pytest.raises(Refused, match="当场处罚备案日期"):
        take(record, "close", fine_paid="200", paid_on="2026-05-06", closed_on="2026-05-07")


def test_an_unpaid_fine_goes_by_reminder_to_the_court_within_the_window():
    record = take(noticed(), "decide", fine="10000", decided_on="2026-06-01")
    record = take(record, "serve", served_on="2026-06-02", served_how="直接送达")
    assert (record.pay_by, record.apply_by) == (date(2026, 6, 17), date(2027, 3, 2))
    with pytest.raises(Refused, match="未缴清"):
        take(record, "close", fine_paid="4000", paid_on="2026-06-10", closed_on="2026-06-11")
    with pytest.raises(Refused, match="期满未缴"):
        take(record, "remind", reminded_on="2026-06-17")
    record = take(record, "remind", reminded_on="2026-07-01")
    with pytest.raises(Refused, match="届满，之后才可以申请"):
        take(record, "apply", enforcement_asked_on="2026-07-10")
    assert take(record, "apply", enforcement_asked_on="2026-07-20").state == "court_applied"


def test_one_act_of_one_vehicle_is_not_punished_twice():
    first = case()
    later = case(plate=first.plate, happened_on="2026-05-07")
    with pytest.raises(InvalidValues) as refused:
        ledger("enforcement.case").change(later, CLERK, {"happened_on": "2026-05-06"})
    assert first.number in refused.value.errors["plate"]


# --- seizures and referrals -------------------------------------------------------------------------------------------


def seizure(**values):
    return ledger("enforcement.seizure").example(taken_at="2026-05-06T08:10:00+08:00", **values)


def test_each_measure_has_its_own_term():
    car = seizure()
    assert (car.due_on, str(car.approve_by)) == (date(2026, 6, 5), "2026-05-07 08:10:00+08:00")
    assert seizure(tested_days=5).due_on == date(2026, 6, 10)
    kept = seizure(kind="evidence", ground="evidence")
    assert kept.due_on == date(2026, 5, 14)  # seven working days; Saturday 9 May is worked


def test_a_seizure_is_extended_once_before_it_ends():
    held = take(seizure(), "authorise", approved_at="2026-05-06 20:00")
    with pytest.raises(Refused, match="2026-06-05 届满"):
        take(held, "extend", "复杂", extended_on="2026-06-06")
    held = take(held, "extend", "复杂", extended_on="2026-06-04")
    assert held.due_on == date(2026, 7, 5)
    with pytest.raises(Refused, match="已经延长过"):
        take(held, "extend", "仍复杂", extended_on="2026-06-30")
    with at("2026-06-30 09:00"):
        freed = take(held, "lift", "案件已处理")
    assert str(freed.return_by) == "2026-07-01 09:00:00+08:00"


def test_a_referral_takes_the_case_along_and_brings_it_back():
    record = filed()
    referral = ledger("enforcement.referral").example(case=record)
    assert referral.approve_on == date(2026, 5, 21)
    with at("2026-05-20 09:00"):
        referral = take(referral, "agree")
    referral = take(referral, "hand_to_police", referred_at="2026-05-20 15:00", receiver="示例县公安局")
    record.refresh_from_db()
    assert record.state == "with_police" and referral.police_by == date(2026, 5, 25)
    referral = take(referral, "police_refuse", police_decided_on="2026-05-25")
    assert referral.reexamine_by == date(2026, 5, 28)
    take(referral, "bring_back", criminal_outcome="情节显著轻微，不予立案")
    record.refresh_from_db()
    assert record.state == "filed"


# --- yards, permits, devices ------------------------------------------------------------------------------------------


def test_a_published_list_marks_its_yards_and_tells_what_it_changed():
    yards = ledger("overload.yard")
    big, small = yards.example(), yards.example(name="示例小料场（示例）", yearly_t="20000")
    assert (big.key, small.key) == (True, False)
    first = publish("第一版", "2026-03-10")
    assert (first.how_many, first.added, first.removed) == (1, big.name, "")
    big.refresh_from_db()
    assert (big.state, big.published_on) == ("published", date(2026, 3, 10))
    yards.change(big, CLERK, {"key": "否"}, "产量下降")
    yards.change(small, CLERK, {"key": "是"}, "县政府列入")
    second = publish("第二版", "2026-06-10")
    assert (second.added, second.removed) == (small.name, big.name)
    for record in (big, small, first):
        record.refresh_from_db()
    assert (big.state, small.state, first.state) == ("listed_here", "published", "replaced")


def publish(name, day):
    version = take(ledger("overload.yardlist").example(version_name=name), "display")
    return take(version, "publish_list", published_on=day)


def test_a_permit_takes_its_class_from_the_load_and_its_day_from_the_class():
    permits = ledger("overload.permit")
    assert (permits.example().permit_class, permits.example().permit_by) == ("2", date(2026, 5, 18))
    small = permits.example(load_length_m="18", load_height_m="4.1", load_width_m="2.9")
    assert (small.permit_class, small.permit_by) == ("1", date(2026, 5, 13))
    heavy = permits.example(gross_t="120", over_mass=True, crosses_provinces=True)
    assert heavy.permit_class == "3"
    divisible = permits.example(indivisible=False)
    grant = {"decided_on": "2026-05-13", "valid_from": "2026-05-14", "runs_until": "2026-05-20"}
    with pytest.raises(Refused, match="可解体"):
        take(divisible, "let_run", **grant)
    granted = take(small, "let_run", **grant)
    assert type(granted).held_on(granted.plate, date(2026, 5, 15)) == granted
    assert type(granted).held_on(granted.plate, date(2026, 5, 21)) is None


def test_a_repaired_scale_is_verified_again_before_it_is_taken_over():
    fault = ledger("overload.devicefault").example(kind="scale", broken_at="2026-05-03T14:20:00+08:00")
    assert (str(fault.repair_order_by), fault.repair_by) == ("2026-05-04 14:20:00+08:00", date(2026, 5, 10))
    fault = take(fault, "order_repair", repair_ordered_at="2026-05-03 16:00")
    fault = take(fault, "repair", repaired_on="2026-05-08", repair_done="更换传感器")
    with pytest.raises(Refused, match="重新检定"):
        take(fault, "accept_repair")


# --- freight ----------------------------------------------------------------------------------------------------------


def freight_firm(**values):
    haulier = ledger("parties.enterprise").example(name="示例货运有限公司", business="freight")
    return ledger("freight.freightfirm").example(enterprise=haulier, **values)


def test_a_firm_that_loses_its_licence_is_no_longer_in_use():
    firm = take(freight_firm(), "open_business")
    assert firm.five_or_more is True
    take(firm, "revoke_licence", "超限比例超过百分之十", exited_on="2026-06-01")
    firm.enterprise.refresh_from_db()
    assert firm.enterprise.state == "ended"


def test_a_firm_has_one_file_in_use():
    first = take(freight_firm(truck_count=4, heavy_trucks=2), "open_business")
    assert first.five_or_more is False
    second = ledger("freight.freightfirm").example(enterprise=first.enterprise)
    with pytest.raises(Refused, match=first.number):
        take(second, "open_business")


def test_a_passed_check_moves_the_permit_of_the_vehicle():
    check = ledger("freight.annualcheck").example()
    take(take(check, "submit"), "approve")
    check.vehicle.refresh_from_db()
    assert check.vehicle.permit_until == check.next_by == date(2027, 3, 12)


def test_a_check_is_not_passed_without_its_conditions_and_light_trucks_have_none():
    checks = ledger("freight.annualcheck")
    check = checks.example()
    for change, words in (
        ({"satellite_normal": "否"}, "卫星定位"),
        ({"as_registered": "否"}, "改型"),
    ):
        with pytest.raises(InvalidValues) as refused:
            checks.change(check, CLERK, change)
        assert words in refused.value.errors["conclusion"]
    with acting(CLERK):
        check.vehicle.gross_kg = 4_500
        check.vehicle.save()
    with pytest.raises(InvalidValues) as refused:
        checks.change(checks.get(check.number, CLERK), CLERK, {"test_report_no": "示检2"})
    assert "不办理审验" in refused.value.errors["vehicle"]
