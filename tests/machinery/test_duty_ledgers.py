"""Shifts, warnings, plans, responses, drills, supplies and incidents: what only these ledgers refuse and carry on."""

from datetime import date, datetime, timedelta

import pytest

from tonggui.base import clock
from tonggui.base.clock import CHINA
from tonggui.register.actor import Actor
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.registry import ledger

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")


def made(key, **values):
    return ledger(key).example(**values)


def take(record, move, comment="理由", **values):
    return record.ledger.perform(record, move, OFFICER, comment, values)


def refusal(record, move, **values):
    with pytest.raises(Refused) as refused:
        take(record, move, **values)
    return str(refused.value)


def another(name):
    return made("parties.person", name=name)


# --- shifts and flood mode ---


def test_a_shift_knows_its_hours_and_the_period_it_falls_in():
    flood = take(made("duty.mode"), "start")
    inside, outside = (
        made("duty.shift", people=None, leader=another("带班示例"), officer=another("值班示例")),
        made("duty.shift", duty_on="2026-03-31"),
    )
    assert (inside.hours, inside.mode, inside.people) == (24, flood, 2)
    assert outside.mode is None
    assert made("duty.shift", kind="night", post="北桥治超点").hours == 12


def test_a_day_is_kept_by_one_long_shift_or_by_its_two_halves():
    days = ledger("duty.shift").measures["days"]
    day_shift = take(made("duty.shift", kind="day"), "begin")
    assert not day_shift.covers_day and days.value(days.queryset(None, OFFICER)) == 0
    night_shift = made("duty.shift", kind="night")
    assert take(night_shift, "begin").covers_day and days.value(days.queryset(None, OFFICER)) == 1
    take(made("duty.shift", duty_on="2026-05-02"), "begin")
    assert days.value(days.queryset(None, OFFICER)) == 2


def test_two_floods_do_not_run_at_once_and_a_period_ends_on_a_day():
    running = take(made("duty.mode"), "start")
    assert running.name in refusal(made("duty.mode", name="另一汛期"), "start")
    assert take(made("duty.mode", kind="ice", name="冰冻"), "start").state == "running"
    assert take(running, "finish").state == "over"


def test_within_flood_mode_a_shift_wants_its_least_number_of_people():
    take(made("duty.mode", least_staff=3), "start")
    assert "每班不少于 3 人" in refusal(made("duty.shift"), "begin")


def test_a_shift_is_handed_over_to_somebody_else(office):
    first, next_one = office.person("duty_officer"), office.person("clerk", name="接班示例")
    shifts = ledger("duty.shift")
    shift = shifts.perform(made("duty.shift", items=""), "begin", first)
    with pytest.raises(Refused, match="交班事项"):
        shifts.perform(shift, "hand_over", first)
    shift = shifts.perform(shift, "hand_over", first, "", {"items": "水位每两小时报一次"})
    with pytest.raises(Refused, match="同一人"):
        shifts.perform(shift, "take_over", first)
    done = shifts.perform(shift, "take_over", next_one)
    assert done.handed_at and done.accepted_at and done.state == "done"


def test_a_swap_puts_the_substitute_on_duty():
    shift = take(made("duty.shift"), "ask_swap", substitute=another("替班示例").number)
    shift = ledger("duty.shift").get(take(shift, "grant_swap").number, OFFICER)
    assert (shift.officer.name, shift.substitute, shift.state) == ("替班示例", None, "planned")


def test_a_shift_is_missed_only_when_its_day_is_over():
    tomorrow = clock.today() + timedelta(days=1)
    assert "还没有过去" in refusal(made("duty.shift", duty_on=tomorrow), "miss")
    assert take(made("duty.shift"), "miss").state == "missed"


def test_nobody_is_at_two_posts_in_one_shift():
    shift = made("duty.shift")
    with pytest.raises(InvalidValues, match="当天已在局值班室值班"):
        ledger("duty.shift").create(
            OFFICER,
            {
                "duty_on": shift.duty_on,
                "kind": "24小时",
                "post": "江口站",
                "leader": shift.leader,
                "officer": shift.officer,
            },
        )


def test_hours_on_guard_are_those_at_weighing_points():
    made("duty.shift", point=None, state="done")
    made("duty.shift", post="局值班室二", state="done")
    measure = ledger("duty.shift").measures["point_hours"]
    rows = ledger("duty.shift").query(OFFICER).filter(measure.condition(None))
    assert measure.value(rows) == 24


def test_an_urgent_call_is_due_the_same_day_and_goes_to_a_leader():
    call = made("duty.call", urgency="extra", due_on=None)
    assert call.due_on == call.called_on == date(2026, 5, 3)
    assert "报告领导" in refusal(call, "finish", action="已派员")
    assert take(call, "finish", action="已派员", reported_to="分管局长").handled_on == clock.today()


# --- warnings, plans, responses ---


def test_a_warning_is_passed_on_in_time_and_who_is_silent_is_named():
    warning = made("duty.warning", told=None, confirmed=None)
    assert warning.pass_by - warning.received_at == timedelta(minutes=30)
    warning = take(warning, "forward", receivers=["渡口渡船"], passed_at="2026-03-01 15:45", told="5")
    assert warning.minutes_to_pass() == 25
    assert "还有 2 个单位没有回执" in refusal(warning, "acknowledge", confirmed="3")
    assert take(warning, "acknowledge", confirmed="3", unconfirmed="江口、北桥渡口，已电话催办").state == "acting"


def test_a_new_edition_ends_the_one_before_it():
    first = take(made("duty.plan"), "publish")
    assert (first.review_by, first.drill_by) == (date(2029, 3, 20), date(2028, 3, 20))
    again = made("duty.plan", edition="2027年版", replaces=first, revision="drill", issued_on="2026-09-01")
    take(again, "publish")
    assert ledger("duty.plan").get(first.number, OFFICER).state == "superseded"


def test_a_revision_says_why():
    with pytest.raises(InvalidValues, match="修订原因"):
        first = made("duty.plan")
        ledger("duty.plan").change(first, OFFICER, {"replaces": made("duty.plan", edition="旧版").number})


def test_a_drill_counts_when_evaluated_and_sets_the_plans_clock():
    drill = take(made("duty.drill"), "submit")
    plan = drill.plan
    take(drill, "approve")
    plan.refresh_from_db()
    assert (plan.drilled_on, plan.drill_by) == (date(2026, 5, 20), date(2028, 5, 20))
    bare = take(made("duty.drill", verdict="", evaluation=""), "submit")
    assert "还没有评估结论" in refusal(bare, "approve")


def test_a_response_copies_the_steps_of_its_level_and_ends_when_all_are_ticked():
    first = made("duty.planstep", from_level="IV")
    made("duty.planstep", order=2, from_level="II", what="调用应急客车转移人员", within_minutes=60)
    response = take(made("duty.response", response_level="III"), "start")
    (step,) = response.steps()
    assert (step.step, step.what) == (first, first.what)
    assert step.due_at - response.started_at < timedelta(minutes=31)
    response = take(response, "adjust", response_level="II")
    assert response.steps().count() == 2
    assert "还有 2 个步骤" in refusal(response, "finish", summary="已结束")
    take(step, "tick", outcome="五处渡口全部停航")
    take(response.steps().get(order=2), "put_aside")
    assert take(response, "finish", summary="已结束").ended_at


def test_two_steps_of_a_plan_do_not_share_a_place():
    step = made("duty.planstep")
    with pytest.raises(InvalidValues, match="已有第 1 步"):
        ledger("duty.planstep").create(
            OFFICER,
            {"plan": step.plan, "order": "1", "what": "另一步", "who": "值班员", "within_minutes": "5"},
        )


# --- supplies ---


def stock(supply):
    return ledger("duty.supply").get(supply.number, OFFICER).stock


def test_stock_is_what_movements_leave_and_never_below_nothing():
    received = take(made("duty.supplymovement", quantity=60), "post")
    supply = received.supply
    assert stock(supply) == 60
    assert "现有库存 60 件" in refusal(made("duty.supplymovement", kind="issue", quantity=61), "post")
    issue = take(made("duty.supplymovement", kind="issue", quantity=40), "post")
    assert stock(supply) == 20
    assert ledger("duty.supply").get(supply.number, OFFICER).short() == 30
    assert "库存将成负数" in refusal(received, "cancel")
    assert "不能归还 41" in refusal(made("duty.supplymovement", kind="return", quantity=41, issue=issue), "post")
    take(made("duty.supplymovement", kind="return", quantity=40, issue=issue), "post")
    assert stock(supply) == 60


def test_what_is_out_of_date_is_not_in_the_count():
    take(made("duty.supplymovement"), "post")
    supply = ledger("duty.supply").query(OFFICER).get()
    measure = ledger("duty.supply").measures["stock"]
    assert measure.value(measure.queryset(None, OFFICER)) == 60
    supply = take(supply, "expire")
    assert measure.value(measure.queryset(None, OFFICER)) == 0
    assert "仍已过期" in refusal(supply, "renew", expires_on="2025-01-01")


# --- incidents and their reports ---


def test_an_incident_has_its_grade_and_its_clocks():
    incident = made("duty.incident")
    assert (incident.incident_grade, incident.changes_by) == ("general", date(2026, 2, 25))
    assert incident.report_by == datetime(2026, 2, 18, 16, 45, tzinfo=CHINA)
    assert made("duty.incident", domain="works").changes_by == date(2026, 3, 20)
    boat = made("duty.incident", domain="water", deaths=1, missing=2)
    assert boat.incident_grade == "larger"


def report(incident, kind="first", **values):
    carried = {name: None for name in ("injured", "loss") if name not in values}
    return made("duty.incidentreport", incident=incident, kind=kind, **carried, **values)


def test_reports_come_in_order_and_carry_their_numbers_to_the_incident():
    incident = made("duty.incident")
    assert "还没有首报" in refusal(report(incident, "follow_up"), "send")
    first = take(report(incident), "send")
    assert first.due_at == incident.report_by and first.injured == 2
    incident = ledger("duty.incident").get(incident.number, OFFICER)
    assert incident.state == "reported" and incident.first_at == first.sent_at
    assert "已有首报" in refusal(report(incident), "send")
    more = take(report(incident, "follow_up", deaths=1, injured=1, fall_reason="一名重伤者死亡"), "send")
    incident = ledger("duty.incident").get(incident.number, OFFICER)
    assert more.sequence > 1 and (incident.deaths, incident.injured) == (1, 1)


def test_numbers_never_fall_without_a_word():
    incident = made("duty.incident", deaths=1)
    take(report(incident), "send")
    assert "少于上一报，须填写核减理由" in refusal(report(incident, "final", deaths=0), "send")
    last = take(report(incident, "final", deaths=0, fall_reason="复核后确认为病亡"), "send")
    assert last.due_at.date() == incident.changes_by
    assert "已终报" in refusal(report(incident, "follow_up"), "send")
