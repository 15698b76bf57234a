"""Telling and reminding the owner, its arguments, unloading, copying: what is refused, when due, what follows."""

from datetime import date, datetime

import pytest

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.registry import ledger
from tonggui.register.warnings import of_record
from tonggui.statutes.overloading.notices import next_reminder

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")
OPEN = dict.fromkeys(("filed_on", "noticed_on", "noticed_fine", "hearing_told_on", "reminded_on"))


def take(record, move, comment="", **values):
    return record.ledger.perform(record, move, OFFICER, comment, values)


def officer(**values):
    officers = ledger("enforcement.officer")
    return officers.example(certificate=f"示执{900 + officers.query(OFFICER).count()}", **values)


def case(**values):
    """An off-site case as it comes from the desk on Monday 1 June 2026."""
    return ledger("overload.case").example(**{**OPEN, "found_by": "off_site", "must_unload": False, **values})


def notice(record, **values):
    """A notice of a case as an officer enters it."""
    raw = {"overload_case": record.number, "plate": record.plate, "told_of": "违法事实", "told_by": "短信"}
    return ledger("overload.notice").create(OFFICER, {**raw, "to_send_on": "2026-06-02", **values})


def again(record):
    return record.ledger.get(record.number, OFFICER)


# --- telling and reminding --------------------------------------------------------------------------------------------


def test_the_owner_is_told_within_three_working_days_and_comes_within_fifteen():
    record = case()
    assert record.tell_by == date(2026, 6, 4)
    assert case(plate="沪A00002", found_by="roadside").tell_by is None
    told = take(take(notice(record), "send_out", sent_on="2026-06-02"), "prove_delivery", reached_on="2026-06-02")
    record = again(record)
    assert (record.told_on, record.comes_by) == (date(2026, 6, 2), date(2026, 6, 17))
    assert (told.next_due, told.next_way) == (date(2026, 6, 18), "text")  # day 16


def test_the_words_say_plate_mass_limit_excess_and_where_to_unload():
    record = case()
    text = notice(record, unload_at="城东固定超限检测站").told_text
    assert "沪A00001" in text and "52400kg" in text and "49000kg" in text and "超限3400kg" in text
    assert "城东固定超限检测站卸载" in text
    sign = notice(record, told_by="情报板", unload_at="城东站").told_text
    assert sign == "沪A00001 总质量52.4t 超限3.4t，请到城东站卸载"
    assert notice(record, told_text="另行通知").told_text == "另行通知"


def test_reminders_come_by_text_weekly_by_telephone_monthly_by_letter_within_a_week():
    told = date(2026, 6, 2)
    assert next_reminder(told, {}) == (date(2026, 6, 18), "text")
    text = {"text": date(2026, 6, 18)}
    assert next_reminder(told, text) == (date(2026, 6, 25), "text")
    assert next_reminder(told, {"text": date(2026, 6, 24)}) == (date(2026, 6, 25), "letter")
    busy = {"text": date(2026, 7, 16), "letter": date(2026, 6, 20)}
    assert next_reminder(told, busy) == (date(2026, 7, 18), "call")


def test_a_returned_letter_is_sent_again_and_after_the_second_it_is_announced():
    told, texted = date(2026, 6, 2), {"text": date(2026, 6, 30), "letter": date(2026, 6, 20)}
    assert next_reminder(told, texted, date(2026, 6, 29), 1) == (date(2026, 7, 6), "letter")
    assert next_reminder(told, texted, date(2026, 6, 29), 2) == (date(2026, 7, 6), "announcement")


def test_only_the_newest_notice_says_when_the_next_is_due():
    record = case()
    first = take(notice(record), "send_out", sent_on="2026-06-02")
    second = notice(record, told_of="催告到案", to_send_on="2026-06-18")
    second = take(second, "send_out", sent_on="2026-06-18")
    assert (again(first).next_due, second.next_due) == (None, date(2026, 6, 25))
    take(second, "appear", appeared_on="2026-06-20")
    assert again(first).next_due is None and again(second).next_due is None


def test_filing_ends_the_reminders():
    record = case()
    sent = take(notice(record), "send_out", sent_on="2026-06-02")
    assert sent.next_due
    take(again(record), "open_case", filed_on="2026-06-05", second_officer=officer())
    assert again(sent).next_due is None


def test_the_day_of_the_notice_follows_from_its_proof():
    record = take(case(), "open_case", filed_on="2026-06-01", second_officer=officer())
    record = take(record, "notice", noticed_fine="1500")
    letter = notice(record, told_of="违法行为通知书", told_by="挂号信", to_send_on="2026-06-03")
    assert record.intent_no in letter.told_text and "1500" in letter.told_text
    with pytest.raises(Refused, match="挂号信号"):
        take(letter, "send_out", sent_on="2026-06-03")
    letter = take(letter, "send_out", sent_on="2026-06-03", mail_no="XA示例0001")
    with pytest.raises(Refused, match="送达凭证"):
        take(letter, "prove_delivery", reached_on="2026-06-08")
    take(letter, "prove_delivery", reached_on="2026-06-08", proof=[1])
    assert (again(record).noticed_on, again(record).defend_by) == (date(2026, 6, 8), date(2026, 6, 15))


def test_a_sign_or_a_call_serves_no_notice_of_a_penalty():
    record = take(case(), "open_case", filed_on="2026-06-01", second_officer=officer())
    record = take(record, "notice", noticed_fine="1500")
    call = take(notice(record, told_of="违法行为通知书", told_by="电话"), "send_out", sent_on="2026-06-03")
    with pytest.raises(Refused, match="不能用电话送达"):
        take(call, "prove_delivery", reached_on="2026-06-03", call_note="已告知")


def test_an_announcement_is_delivered_when_its_days_are_over():
    record = case()
    posted = take(notice(record, told_by="公告"), "send_out", sent_on="2026-06-02")
    assert posted.announced_until == date(2026, 7, 2)
    with pytest.raises(InvalidValues, match="2026-07-02 期满"):
        take(posted, "prove_delivery", reached_on="2026-06-20", proof=[1])
    assert take(posted, "prove_delivery", reached_on="2026-07-02", proof=[1]).state == "reached"


def test_a_notice_is_about_something():
    with pytest.raises(InvalidValues) as refused:
        ledger("overload.notice").create(OFFICER, {"plate": "沪A00001", "to_send_on": "2026-06-02"})
    assert "overload_case" in refused.value.errors


# --- arguments --------------------------------------------------------------------------------------------------------


def test_no_decision_while_an_argument_is_unanswered():
    record = take(case(), "open_case", filed_on="2026-06-01", second_officer=officer())
    record = take(record, "notice", noticed_on="2026-06-03", noticed_fine="1500")
    argument = ledger("overload.argument").example(overload_case=record)
    assert argument.weigh_by == date(2026, 6, 12)
    decision = {"fine": "1500", "decided_on": "2026-06-15"}
    with pytest.raises(Refused, match=f"{argument.number} 还没有复核"):
        take(record, "decide", **decision)
    with pytest.raises(Refused, match="采纳情况"):
        take(argument, "weigh", weighed_on="2026-06-09")
    take(argument, "weigh", verdict_given="不采纳", verdict_reason="未装空气悬架", weighed_on="2026-06-09")
    assert take(record, "decide", **decision).state == "decided"


# --- unloading and reweigh --------------------------------------------------------------------------------------------


def weighed(unloading, kg="48600", point=None, **values):
    points = ledger("overload.weighingpoint")
    fixed = point or points.query(OFFICER).filter(code="SL1001").first() or points.example(code="SL1001", kind="fixed")
    raw = {"reweigh_point": fixed, "reweigh_no": "FX0001", "reweighed_at": "2026-06-01 15:00", "reweigh_kg": kg}
    watchers = {"first_watcher": officer(), "second_watcher": officer(), "photos": [1]}
    return take(unloading, "pass_reweigh", **{**raw, **watchers, **values})


def test_a_truck_goes_on_when_it_was_reweighed_within_its_limit_at_a_fixed_station():
    unloading = ledger("overload.unloading").example(overload_case=case(must_unload=True))
    with pytest.raises(Refused, match="仍超限 600 kg"):
        weighed(unloading, "49600")
    roadside = ledger("overload.weighingpoint").example(code="SL0009")
    with pytest.raises(Refused, match="不是固定超限检测站"):
        weighed(unloading, point=roadside)
    with pytest.raises(Refused, match="没有有效的执法证"):
        weighed(unloading, second_watcher=officer(valid_until="2026-05-01"))
    one = officer()
    with pytest.raises(InvalidValues, match="两名执法人员"):
        weighed(unloading, first_watcher=one, second_watcher=one)
    unloading = weighed(unloading)
    record = again(unloading.overload_case)
    assert float(unloading.unloaded_t) == float(record.unloaded_t) == 3.8
    assert record.unloaded_on == date(2026, 6, 1)
    assert take(unloading, "ship_on").state == "shipped_on"


def test_a_case_that_must_unload_is_closed_by_the_reweigh():
    record = case(state="served", must_unload=True, fine=1500, decided_on=date(2026, 6, 11))
    paid = {"paid_on": "2026-06-20", "fine_paid": "1500", "closed_on": "2026-06-20"}
    with pytest.raises(Refused, match="复称合格"):
        take(record, "close", **paid)
    weighed(ledger("overload.unloading").example(overload_case=record))
    assert take(again(record), "close", **paid).state == "closed"


def test_goods_left_are_collected_in_ten_days_or_dealt_with_after_a_second_notice():
    unloading = ledger("overload.unloading").example(overload_case=case(must_unload=True), goods_left=True)
    assert unloading.collect_by == date(2026, 6, 11)
    unloading = weighed(unloading)
    with pytest.raises(Refused, match="还留存在站场"):
        take(unloading, "ship_on")
    with pytest.raises(Refused, match="再次通知后才能处置"):
        take(unloading, "dispose_goods", disposal="拍卖")
    unloading = take(unloading, "tell_to_collect", collect_told_on="2026-06-08", collect_again_on="2026-06-12")
    assert unloading.dispose_from == date(2026, 6, 22)
    assert take(unloading, "dispose_goods", disposal="拍卖，价款扣除费用后上缴").state == "goods_disposed"


def test_the_days_of_collecting_are_watched_from_the_unloading_on():
    def watched(unloading):
        return [one.rule.watch.label for one in of_record(again(unloading))]

    with clock.pretending(datetime(2026, 6, 10, 9, tzinfo=clock.CHINA)):
        unloading = ledger("overload.unloading").example(overload_case=case(must_unload=True), goods_left=True)
        gone_on = ledger("overload.unloading").example(overload_case=unloading.overload_case, goods_left=False)
        assert (unloading.state, watched(unloading), watched(gone_on)) == ("unloaded", ["卸载货物应领取"], [])
        unloading = take(unloading, "tell_before_reweigh", collect_told_on="2026-06-08")
        assert (unloading.state, unloading.collect_told_on) == ("unloaded", date(2026, 6, 8))
        unloading = take(weighed(unloading), "collect", collected_on="2026-06-10")
        assert watched(unloading) == []


# --- copying ----------------------------------------------------------------------------------------------------------


def letter(record, **values):
    raw = {"overload_case": record.number, "plate": record.plate, "copied_to": "示例市道路运输管理机构"}
    return ledger("overload.copying").create(OFFICER, {**raw, "to_send_on": "2026-06-30", **values})


def test_a_closed_case_is_copied_by_its_letter_and_the_receipt_is_kept():
    record = case(state="closed", closed_on=date(2026, 6, 30))
    with pytest.raises(Refused, match="没有发给车籍地的抄告函"):
        take(record, "copy", copied_on="2026-07-02")
    sent = letter(record)
    assert sent.copy_by == date(2026, 7, 9)
    sent = take(sent, "send_copy", copied_on="2026-07-02")
    record = again(record)
    assert (record.state, record.copied_on) == ("copied", date(2026, 7, 2))
    assert sent.copy_no.endswith("0001号")
    assert (
        take(sent, "take_copy_receipt", copy_receipt_on="2026-07-10", copy_receipt_no="示例回1号").state
        == "letter_answered"
    )


def test_a_letter_to_the_police_copies_no_case():
    record = case(state="closed", closed_on=date(2026, 6, 30))
    sent = take(letter(record, copied_for="涉嫌套牌移交公安"), "send_copy", copied_on="2026-07-02")
    assert sent.copy_by == date(2026, 6, 30) and again(record).state == "closed"


def test_an_altered_truck_bears_the_day_of_its_letter():
    truck = ledger("overload.modifiedtruck").example()
    raw = {"copied_for": "非法改装抄告公安交管", "plate": truck.plate, "copied_to": "示例县公安交管大队"}
    with pytest.raises(InvalidValues) as refused:
        ledger("overload.copying").create(OFFICER, {**raw, "to_send_on": "2026-06-30"})
    assert "modified_truck" in refused.value.errors
    made = {**raw, "to_send_on": "2026-06-30", "modified_truck": truck.number}
    take(ledger("overload.copying").create(OFFICER, made), "send_copy", copied_on="2026-07-01")
    assert again(truck).copied_on == date(2026, 7, 1)
