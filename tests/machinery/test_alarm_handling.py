"""An alarm from being raised to being handled: the days that decide whether it was handled in time."""

from datetime import date, datetime

import pytest

from tonggui.base import clock
from tonggui.measure.indicators import indicator
from tonggui.measure.periods import Period
from tonggui.register.actor import Actor
from tonggui.register.errors import InvalidValues
from tonggui.register.registry import ledger

pytestmark = pytest.mark.django_db
MONITOR = Actor.system("测试")
HALF = Period.parse("2026H1")


def at(day):
    return clock.pretending(datetime(2026, 6, day, 10, tzinfo=clock.CHINA))


def take(alarm, move, comment="", **values):
    return alarm.ledger.perform(alarm, move, MONITOR, comment, values)


@pytest.fixture
def alarm():
    with at(1):
        return ledger("fleet.alarm").example()


def test_days_left_open_are_those_of_the_steps(alarm):
    assert alarm.due_on == date(2026, 6, 4)
    with at(2):
        alarm = take(alarm, "verify")
    with at(3):
        alarm = take(alarm, "handle", action="called")
    assert (alarm.verified_on, alarm.handled_on) == (date(2026, 6, 2), date(2026, 6, 3))
    assert indicator("VEH-06T").figure(HALF).text == "100%（1条中1条）"


def test_an_alarm_taken_up_again_is_handled_anew(alarm):
    with at(2):
        alarm = take(take(alarm, "verify"), "handle", action="called")
    with at(5):
        alarm = take(alarm, "reopen", "情况不实")
        assert (alarm.verified_on, alarm.handled_on) == (None, None)
        alarm = take(take(alarm, "verify"), "handle", action="called")
    assert indicator("VEH-06T").figure(HALF).text == "0%（1条中0条）"


def test_no_step_is_dated_before_the_alarm(alarm):
    with pytest.raises(InvalidValues, match="早于报警日期"):
        take(alarm, "verify", verified_on="2026-05-31")
