"""An overload case step by step: what the law asks for before the next step, and until when."""

from datetime import date, datetime, time

import pytest

from tonggui.base import clock
from tonggui.measure.indicators import indicator
from tonggui.measure.periods import Period
from tonggui.register.actor import Actor, acting
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.registry import ledger

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")
OPEN = dict.fromkeys(("filed_on", "noticed_on", "noticed_fine", "hearing_told_on", "reminded_on"))


def take(case, move, comment="", **values):
    return case.ledger.perform(case, move, OFFICER, comment, values)


def officer(**values):
    """Another certificate holder than those before."""
    officers = ledger("enforcement.officer")
    return officers.example(certificate=f"示执{900 + officers.query(OFFICER).count()}", **values)


def case(**values):
    """A case as it comes in on Monday 1 June 2026: 3.4 t over, nobody told, nothing to unload."""
    return ledger("overload.case").example(**{**OPEN, "must_unload": False, **values})


def filed(**values):
    return take(case(**values), "open_case", filed_on="2026-06-01", second_officer=officer())


@pytest.fixture
def noticed():
    """Filed on the day of the act, the party told on the Wednesday."""
    return take(filed(), "notice", noticed_on="2026-06-03", noticed_fine="1500")


def decided(record, fine="1500", on="2026-06-11"):
    reason = {} if fine in ("1500", "0") else {"reduction_reason": "首次违法，情节轻微"}
    return take(record, "decide", fine=fine, decided_on=on, **reason)


def served(record):
    return take(record, "serve", served_on="2026-06-15", served_how="直接送达")


# --- filing -----------------------------------------------------------------------------------------------------------


def test_a_case_is_filed_in_time_by_two_certified_officers_and_not_after_two_years():
    record = case()
    assert (record.file_by, record.limitation_until) == (date(2026, 6, 10), date(2028, 6, 1))
    one = officer()
    with pytest.raises(Refused, match="同一人"):
        take(case(plate="沪A00002", lead_officer=one), "open_case", filed_on="2026-06-01", second_officer=one)
    old = case(plate="沪A00003", happened_on="2023-06-01")
    with pytest.raises(Refused, match="2025-06-01 届满"):
        take(old, "open_case", filed_on="2026-06-01", second_officer=officer())


def test_the_weighing_says_the_act_the_fine_and_the_party():
    record = case(enterprise=None, party=None, party_kind=None)
    assert (record.charge, record.party_kind) == ("违法超限运输", "entity")
    assert record.party == record.enterprise.name
    assert record.lawful_fine == 1500
    assert "车货总质量52400kg，限值49000kg，超限3400kg" in record.facts


def test_one_act_is_punished_once():
    first = case(acted_at="2026-06-01 08:00")
    values = {
        "found_by": "非现场",
        "plate": first.plate,
        "party": "李示例",
        "party_kind": "公民",
        "received_on": "2026-06-02",
        "happened_on": "2026-06-01",
        "gross_kg": "60000",
        "limit_kg": "49000",
    }
    with pytest.raises(InvalidValues) as refused:
        first.ledger.create(OFFICER, values | {"acted_at": "2026-06-01 19:00"})
    assert first.number in refused.value.errors["plate"]
    with pytest.raises(InvalidValues):
        first.ledger.create(OFFICER, values)  # an hour that is not known: the day decides
    assert first.ledger.create(OFFICER, values | {"acted_at": "2026-06-01 21:00"}).pk
    again = first.ledger.create(OFFICER, values | {"acted_at": "2026-06-01 12:00", "separate_act": "是"})
    assert again.separate_act


def test_another_ground_of_jurisdiction_is_explained():
    with pytest.raises(InvalidValues) as refused:
        case().ledger.change(case(plate="沪A00009"), OFFICER, {"jurisdiction": "上级指定"}, "更正")
    assert "jurisdiction_note" in refused.value.errors


# --- notice, defence, decision ----------------------------------------------------------------------------------------


def test_no_decision_without_a_notice():
    with pytest.raises(Refused, match="“已告知”"):
        take(filed(), "decide", fine="1500", decided_on="2026-06-20")


def test_no_decision_before_the_notice_is_delivered():
    record = take(filed(), "notice", noticed_fine="1500")
    assert record.intent_no.endswith("0001号") and record.defend_by is None
    with pytest.raises(Refused, match="未告知当事人"):
        take(record, "decide", fine="1500", decided_on="2026-06-20")


def test_no_decision_while_the_party_may_defend_itself(noticed):
    assert noticed.defend_by == date(2026, 6, 10)
    with pytest.raises(Refused, match=r"至 2026-06-10.*2026-06-11"):
        decided(noticed, on="2026-06-10")
    assert decided(noticed).penalty_no.endswith("0001号")


def test_a_party_may_waive_its_defence(noticed):
    assert take(noticed, "decide", fine="1500", decided_on="2026-06-03", waived="是").state == "decided"


def test_no_fine_above_the_one_the_party_was_told_of(noticed):
    more = {"fine": "2000", "decided_on": "2026-06-20", "reduction_reason": "多次违法"}
    with pytest.raises(Refused, match="申辩不得加重处罚"):
        take(noticed, "decide", **more)
    again = take(noticed, "renotice", "拟加重", noticed_on="2026-06-12", noticed_fine="2000")
    assert again.defend_by == date(2026, 6, 22)  # the Dragon Boat holiday, 19 June, is no working day
    assert take(again, "decide", **(more | {"decided_on": "2026-06-23"})).fine == 2000


def test_a_fine_that_is_not_the_laws_wants_its_reason(noticed):
    with pytest.raises(Refused, match="裁量理由"):
        take(noticed, "decide", fine="1000", decided_on="2026-06-11")
    assert decided(noticed, "1000").fine == 1000


def test_a_larger_fine_offers_the_hearing_and_a_major_case_is_reviewed_first():
    record = filed(gross_kg=80_000)
    with pytest.raises(Refused, match="听证的权利"):
        take(record, "notice", noticed_on="2026-06-03", noticed_fine="15500")
    major = filed(plate="沪A00004", major=True, lead_officer=officer())
    with pytest.raises(Refused, match="提交法制审核"):
        take(major, "notice", noticed_on="2026-06-03", noticed_fine="1500")
    major = take(major, "propose", evidence_list="称重数据")
    major = take(major, "pass_review", legal_reviewed_on="2026-06-02", review_opinion="同意")
    assert take(major, "notice", noticed_on="2026-06-03", noticed_fine="1500").state == "noticed"


# --- clocks -----------------------------------------------------------------------------------------------------------


def test_each_clock_runs_from_its_own_day(noticed):
    record = decided(noticed)
    assert record.decide_by == date(2026, 8, 30)  # ninety days from filing
    assert (record.serve_by, record.publish_by) == (date(2026, 6, 23), date(2026, 6, 23))  # seven working days
    assert record.pay_by is None
    record = served(record)
    assert record.pay_by == date(2026, 6, 30)  # fifteen days from receipt, not from the decision
    record = take(record, "close", paid_on="2026-06-30", fine_paid="1500", closed_on="2026-06-30")
    assert (record.copy_by, record.archive_by) == (date(2026, 7, 9), date(2026, 7, 30))


def test_a_late_fine_grows_three_per_cent_a_day_up_to_the_fine(noticed):
    record = served(decided(noticed))
    for day, owed in ((date(2026, 6, 30), None), (date(2026, 7, 2), "90.00"), (date(2026, 12, 31), "1500.00")):
        with clock.pretending(datetime.combine(day, time(10), clock.CHINA)):
            assert record.late_fine() == owed


def test_a_warning_is_closed_without_payment_and_does_not_lower_the_rate():
    record = filed(gross_kg=49_900)
    assert record.lawful_fine == 0
    record = take(record, "notice", noticed_on="2026-06-03", noticed_fine="0")
    record = served(decided(record, "0"))
    assert record.pay_by is None
    assert take(record, "close", closed_on="2026-06-16").state == "closed"
    half = Period.parse("2026H1")
    assert indicator("OVR-10").figure(half).value is None
    case(plate="沪A00005", state="served", decided_on=date(2026, 6, 1), fine=500, paid_on=date(2026, 6, 2))
    assert indicator("OVR-10").figure(half).text == "100%（1宗中1宗）"


def test_steps_in_the_wrong_order_are_refused(noticed):
    with pytest.raises(InvalidValues, match="早于“告知日期”"):
        take(noticed, "decide", fine="1500", decided_on="2026-06-02", waived="是")


def test_a_case_whose_notice_day_was_taken_away_is_not_decided(noticed):
    noticed.noticed_on = noticed.defend_by = None
    with acting(OFFICER):
        noticed.save()
    with pytest.raises(Refused, match="未告知当事人"):
        take(noticed, "decide", fine="1500", decided_on="2026-06-20")
