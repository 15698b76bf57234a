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


def take(case, move, comment="", **values):
    return case.ledger.perform(case, move, OFFICER, comment, values)


@pytest.fixture
def noticed():
    """3.4 t over, filed on Monday 1 June 2026, the party told on the Wednesday."""
    case = ledger("overload.case").example(must_unload=False)
    return take(case, "notice", noticed_on="2026-06-03", noticed_fine="1500")


def test_no_decision_without_a_notice():
    with pytest.raises(Refused, match="“调查”"):
        take(ledger("overload.case").example(), "decide", fine="1500", decided_on="2026-06-20")


def test_no_decision_on_a_case_whose_notice_was_never_entered(noticed):
    noticed.noticed_on = noticed.defend_by = None
    with acting(OFFICER):
        noticed.save()
    with pytest.raises(Refused, match="未告知当事人"):
        take(noticed, "decide", fine="1500", decided_on="2026-06-20")


def test_no_decision_while_the_party_may_defend_itself(noticed):
    assert noticed.defend_by == date(2026, 6, 10)
    with pytest.raises(Refused, match=r"陈述、申辩至 2026-06-10.*2026-06-11"):
        take(noticed, "decide", fine="1500", decided_on="2026-06-10")
    assert take(noticed, "decide", fine="1500", decided_on="2026-06-11").state == "decided"


def test_a_party_may_waive_its_defence(noticed):
    assert take(noticed, "decide", fine="1500", decided_on="2026-06-03", waived="是").state == "decided"


def test_no_fine_above_the_one_the_party_was_told_of(noticed):
    more = {"fine": "2000", "decided_on": "2026-06-20", "reduction_reason": "多次违法"}
    with pytest.raises(Refused, match="不得加重处罚"):
        take(noticed, "decide", **more)
    again = take(noticed, "renotice", "拟加重", noticed_on="2026-06-12", noticed_fine="2000")
    assert again.defend_by == date(2026, 6, 22)  # the Dragon Boat holiday, 19 June, is no working day
    assert take(again, "decide", **(more | {"decided_on": "2026-06-23"})).fine == 2000


def decided(case, fine="1500"):
    reason = {} if fine == "1500" else {"reduction_reason": "首次违法，情节轻微"}
    return take(case, "decide", fine=fine, decided_on="2026-06-11", **reason)


def test_each_clock_runs_from_its_own_day(noticed):
    case = decided(noticed)
    assert case.decide_by == date(2026, 8, 30)  # ninety days from filing
    assert (case.serve_by, case.publish_by) == (date(2026, 6, 23), date(2026, 6, 23))  # seven working days
    assert case.pay_by is None
    case = take(case, "serve", served_on="2026-06-15")
    assert case.pay_by == date(2026, 6, 30)  # fifteen days from receipt, not from the decision
    case = take(case, "close", paid_on="2026-06-30", closed_on="2026-06-30")
    assert case.copy_by == date(2026, 7, 9)
    with pytest.raises(Refused, match="公示日期"):
        take(case, "copy", copied_on="2026-07-02")
    assert take(case, "copy", copied_on="2026-07-02", published_on="2026-06-15").state == "copied"


def test_a_late_fine_grows_three_per_cent_a_day_up_to_the_fine(noticed):
    case = take(decided(noticed), "serve", served_on="2026-06-15")
    for day, owed in ((date(2026, 6, 30), None), (date(2026, 7, 2), "90.00"), (date(2026, 12, 31), "1500.00")):
        with clock.pretending(datetime.combine(day, time(10), clock.CHINA)):
            assert case.late_fine() == owed


def test_a_warning_is_closed_without_payment_and_does_not_lower_the_rate():
    case = ledger("overload.case").example(gross_kg=49_900, must_unload=False)
    assert case.lawful_fine == 0
    case = take(case, "notice", noticed_on="2026-06-03", noticed_fine="0")
    case = take(take(case, "decide", fine="0", decided_on="2026-06-11"), "serve", served_on="2026-06-11")
    assert take(case, "close", closed_on="2026-06-12").state == "closed"
    half = Period.parse("2026H1")
    assert indicator("OVR-10").figure(half).value is None
    ledger("overload.case").example(state="served", decided_on=date(2026, 6, 1), fine=500, paid_on=date(2026, 6, 2))
    assert indicator("OVR-10").figure(half).text == "100%（1宗中1宗）"


def test_steps_in_the_wrong_order_are_refused(noticed):
    with pytest.raises(InvalidValues, match="早于“告知日期”"):
        take(noticed, "decide", fine="1500", decided_on="2026-06-02", waived="是")
