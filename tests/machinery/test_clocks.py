"""Days that draw near, duties that come round, nil returns with their second person, personal data that goes."""

from contextlib import contextmanager
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tonggui.base import clock
from tonggui.measure import nil
from tonggui.measure.models import NilReturn
from tonggui.measure.periods import Period
from tonggui.register import duties, purging, warnings, warnings_muting
from tonggui.register.actor import Actor, acting
from tonggui.register.attachments import path_of
from tonggui.register.clock_models import DutyStart
from tonggui.register.clocks import Every, Purge, Watch
from tonggui.register.errors import Missing, Refused
from tonggui.register.history import record_as_of
from tonggui.register.models import Account, Attachment, HistoryEntry
from tonggui.register.registry import ledger
from tonggui.register.rounds import Round, latest, rounds
from tonggui.register.warnings import Asked

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("测试")
TODAY = date(2026, 11, 18)  # a Wednesday


@contextmanager
def on(day: date):
    with clock.pretending(datetime(day.year, day.month, day.day, 10, tzinfo=clock.CHINA)):
        yield


@pytest.fixture(autouse=True)
def fresh():
    """Each test on the same Wednesday."""
    with on(TODAY):
        yield


@pytest.fixture
def promises(monkeypatch):
    """Give a ledger other promises for one test."""

    def promise(key: str, **promised):
        for bound in {ledger(key), *(ledger(k) for k in ("fleet.driver", "fleet.vehicle", "parties.enterprise"))}:
            for name in ("watches", "duties", "purges"):
                monkeypatch.setattr(bound.page, name, ())
        for name, value in promised.items():
            monkeypatch.setattr(ledger(key).page, name, value)
        return ledger(key)

    return promise


def person(*roles: str, unit=None, name: str = "") -> Actor:
    unit = unit or ledger("parties.unit").query(MACHINE).order_by("number").first()
    account = Account.objects.create_account(name or "-".join(roles), None, roles=list(roles), unit=unit)
    return Actor.of(account)


def driver(days: int, **values):
    """A driver whose certificate ends so many days from today."""
    n = ledger("fleet.driver").query(MACHINE).count()
    values = {"certificate": f"SL{n:010}", "valid_until": TODAY + timedelta(days=days), **values}
    firm = ledger("parties.enterprise").query(MACHINE).first()
    return ledger("fleet.driver").example(**values, **({"enterprise": firm} if firm else {}))


# --- warnings ---------------------------------------------------------------------------------------------------------


def test_a_day_warns_from_its_lead_on_and_stands_in_the_group_of_its_urgency():
    for days in (-4, 0, 2, 20, 61):
        driver(days)
    asked = Asked(all=True, ledger="fleet.driver")
    assert warnings.tally(MACHINE, asked).groups == [1, 1, 1, 1]
    found = warnings.warnings(MACHINE, asked)
    assert [one.days_left for one in found] == [-4, 0, 2, 20]
    assert [one.sentence for one in found[:2]] == ["资格证已过期 4 天", "资格证今天到期"]
    assert found[3].sentence == "资格证还有 20 天到期" and found[3].rule.lead_words == "提前 60、30、7 天"
    week = warnings.warnings(MACHINE, Asked(group=warnings.WEEK))
    assert [one.days_left for one in week] == [2]


def test_a_void_row_and_one_outside_the_scope_never_warn():
    left = driver(3)
    ledger("fleet.driver").perform(left, "end", MACHINE, comment="离职")
    assert warnings.tally(MACHINE, Asked(ledger="fleet.driver")).total == 0
    driver(3)
    elsewhere = ledger("parties.unit").example(name="别处站")
    firm = ledger("parties.enterprise").query(MACHINE).first()
    stranger = person("enterprise", unit=elsewhere)
    assert warnings.tally(stranger, Asked(all=True)).total == 0
    own = Actor(stranger.account, stranger.roles, elsewhere, firm)
    assert warnings.tally(own, Asked(all=True, ledger="fleet.driver")).total == 1


def test_heads_hear_of_what_is_overdue_for_some_days_and_not_before():
    driver(-1)
    officer, head = person("safety_officer"), person("director")
    assert warnings.count_for(officer) == 1 and warnings.count_for(head) == 0
    driver(-3)
    warnings.forget_counts()
    assert warnings.count_for(head) == 1
    assert [one.escalated for one in warnings.warnings(officer, Asked())] == [True, False]


def test_a_warning_is_silenced_for_its_day_until_a_day_with_a_reason():
    late, officer, stranger = driver(5), person("safety_officer"), person("writer")
    with pytest.raises(Refused, match="不能让这条预警"):
        warnings_muting.silence(stranger, "fleet.driver", late.number, "valid_until", TODAY, "理由")
    with pytest.raises(Refused, match="理由"):
        warnings_muting.silence(officer, "fleet.driver", late.number, "valid_until", TODAY, " ")
    with pytest.raises(Refused, match="哪一天"):
        warnings_muting.silence(officer, "fleet.driver", late.number, "valid_until", TODAY - timedelta(1), "理由")
    mute = warnings_muting.silence(
        officer, "fleet.driver", late.number, "valid_until", TODAY + timedelta(days=9), "已调离驾驶岗"
    )
    assert warnings.count_for(officer) == 0 and warnings.of_record(late) == []
    with on(TODAY + timedelta(days=10)):
        assert warnings.tally(officer, Asked()).total == 1
    moved = ledger("fleet.driver").change(late, officer, {"valid_until": "2026-11-30"}, "换证有误")
    assert warnings.tally(officer, Asked()).total == 1 and len(warnings.of_record(moved)) == 1
    warnings_muting.lift(officer, mute.pk)
    with pytest.raises(Missing):
        warnings_muting.lift(officer, mute.pk)
    [kept] = warnings_muting.silenced(officer)
    assert kept.mute.lifted_by == officer.name and kept.mute.why == "已调离驾驶岗" and not kept.may_lift


def test_all_ledgers_cost_the_same_few_statements():
    for days in range(-5, 5):
        driver(days)
    with CaptureQueriesContext(connection) as few:
        warnings.tally(MACHINE, Asked(all=True))
        warnings.warnings(MACHINE, Asked(all=True))
    assert len(few) <= 8


def test_the_record_and_the_page_say_it(client):
    late, officer = driver(-2), person("safety_officer")
    client.force_login(officer.account)
    assert "资格证已过期 2 天" in client.get("/warnings/").content.decode()
    given = {"ledger": "fleet.driver", "number": late.number, "field": "valid_until", "until": "2026-12-01"}
    told = client.post("/warnings/mute/", given | {"why": "停岗"}, follow=True).content.decode()
    assert "到 2026-12-01" in told and "资格证已过期" not in told
    assert "停岗" in client.get("/warnings/?show=muted").content.decode()
    assert client.post("/warnings/mute/", given | {"number": "CY999999"}).status_code == 404


# --- duties -----------------------------------------------------------------------------------------------------------


def test_rounds_begin_and_end_as_the_calendar_does():
    assert [one.short for one in rounds("month", date(2026, 11, 30), date(2027, 1, 1))] == ["11月", "12月", "1月"]
    assert Round.of("quarter", TODAY).previous.label == "2026年第三季度"
    assert Round.of("half", date(2026, 6, 30)).end == date(2026, 6, 30)
    assert Round.of("week", TODAY).start == date(2026, 11, 16)
    assert Round.of("year", TODAY).code == "2026-01-01..2026-12-31"
    assert [one.start.day for one in latest("day", TODAY, 3)] == [16, 17, 18]


def visit(day: date, entered: date | None = None, **values):
    with on(entered or day):
        return ledger("safety.inspection").example(visited_on=day, **values)


def states(duty, months: int = 4):
    lines, _ = duties.grid(duty, MACHINE, latest("month", TODAY, months))
    return [[cell.state for cell in line.cells] for line in lines]


def test_a_month_is_done_late_missing_or_not_yet_over(promises):
    bound = promises("safety.inspection", duties=(Every("month", "月度检查", on="visited_on", grace=10),))
    duty = duties.Duty(bound, bound.page.duties[0])
    assert duties.missing_now(MACHINE) == []  # not in use yet
    firm = visit(date(2026, 8, 3)).enterprise
    visit(date(2026, 9, 20), date(2026, 10, 12), enterprise=firm)
    assert states(duty) == [["done", "late", "missing", "running"]]
    [lack] = duties.missing_now(MACHINE)
    assert lack.is_late and lack.round.label == "2026年10月" and lack.due == date(2026, 11, 10) and lack.days_late == 8
    with on(date(2026, 11, 9)):
        assert [one.is_late for one in duties.missing_now(MACHINE)] == [False]
    visit(date(2026, 10, 31), TODAY, enterprise=firm)
    assert (
        duties.Done(duty, [Round.of("month", date(2026, 10, 1))])
        .cell(Round.of("month", date(2026, 10, 1)), None, date(2026, 8, 3))
        .state
        == "late"
    )


def test_each_holder_owes_it_from_the_day_it_was_entered_while_in_use(promises):
    every = Every("month", "企业月查", on="visited_on", per="enterprise")
    duty = duties.Duty(promises("safety.inspection", duties=(every,)), every)
    with on(date(2026, 8, 20)):
        first = ledger("parties.enterprise").example(name="甲示例公司")
    with on(date(2026, 10, 5)):
        second = ledger("parties.enterprise").example(name="乙示例公司", unit=first.unit)
    visit(date(2026, 9, 2), enterprise=first)
    assert states(duty) == [["free", "done", "missing", "running"], ["free", "free", "free", "running"]]
    [lack] = duties.missing(duty, MACHINE, [Round.of("month", date(2026, 10, 1))])
    assert lack.count == 1 and lack.names == ["甲示例公司"]
    ledger("parties.enterprise").perform(first, "end", MACHINE, comment="注销")
    assert states(duties.Duty(duty.ledger, every)) == [["free", "free", "free", "running"]]
    assert second.state == "in_use"


def test_the_bureau_says_from_which_day_a_duty_counts(promises, client):
    every = Every("month", "月度检查", on="visited_on")
    duty = duties.Duty(promises("safety.inspection", duties=(every,)), every)
    ledger("parties.unit").example()
    client.force_login(person("safety_officer").account)
    assert client.post("/duties/start/", {"duty": duty.key, "since": "2026-09-01"}).status_code == 403
    client.force_login(person("director").account)
    client.post("/duties/start/", {"duty": duty.key, "since": "2026-09-01"})
    assert DutyStart.objects.get().since == date(2026, 9, 1)
    assert states(duties.Duty(duty.ledger, every)) == [["free", "missing", "missing", "running"]]
    assert "2026年10月" in client.get("/duties/?all=1").content.decode()
    client.force_login(person("safety_officer", name="another").account)
    assert "new/?visited_on=2026-10-31" in client.get("/duties/").content.decode()
    assert "2026年9月" in client.get("/duties/missed/").content.decode()


# --- nil returns ------------------------------------------------------------------------------------------------------


def test_a_nil_return_counts_when_a_second_person_has_confirmed_it():
    ledger("parties.unit").example()
    first, second = person("safety_officer", name="first"), person("safety_officer", name="second")
    month, bound = Period.parse("2026-10"), ledger("safety.hazard")
    said = nil.report(bound, month, first.unit, 0, first)
    assert not nil.nil_covers("safety.hazard", month)
    with pytest.raises(Refused):
        nil.confirm(said, first)
    nil.confirm(said, second)
    assert nil.nil_covers("safety.hazard", month) and NilReturn.objects.get().confirmed_by == second.name
    assert not nil.nil_covers("safety.hazard", month, as_of=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="尚未结束"):
        nil.report(bound, Period.parse("2026-11"), first.unit, 0, first)


def test_a_month_is_covered_when_every_unit_that_keeps_the_ledger_is():
    root = ledger("parties.unit").example()
    north, south = (ledger("parties.unit").example(name=name, parent=root) for name in ("北站", "南站"))
    month, bound = Period.parse("2026-09"), ledger("safety.hazard")
    firms = [ledger("parties.enterprise").example(name=f"{u.name}示例", unit=u) for u in (north, south)]
    for unit, firm in zip((north, south), firms, strict=True):
        bound.example(enterprise=firm, unit=unit, found_on=date(2026, 11, 2))
    for unit in (north, south):
        assert not nil.nil_covers("safety.hazard", month)
        one, two = (person("safety_officer", unit=unit, name=f"{unit.name}{n}") for n in "一二")
        nil.confirm(nil.report(bound, month, unit, 0, one), two)
    assert nil.nil_covers("safety.hazard", month)
    with pytest.raises(Refused, match="下级"):
        nil.report(bound, month, north, 0, one)


def test_a_nil_return_fulfils_the_duty_that_says_so(promises):
    every = Every("month", "事故月报", on="found_on", nil=True)
    duty = duties.Duty(promises("safety.hazard", duties=(every,)), every)
    unit = ledger("safety.hazard").example(found_on=date(2026, 8, 10)).unit
    assert states(duty) == [["done", "missing", "missing", "running"]]
    first, second = (person("safety_officer", unit=unit, name=name) for name in ("一", "二"))
    nil.confirm(nil.report(duty.ledger, Period.parse("2026-09"), unit, 0, first), second)
    NilReturn.objects.create(ledger="safety.hazard", month=date(2026, 10, 1), actor_name="示例")
    root = duties.Duty(duty.ledger, every)
    assert states(root) == [["done", "done", "missing", "running"]]


# --- purging ----------------------------------------------------------------------------------------------------------


def photo(digit: str) -> Attachment:
    """An attachment with its file; the digit makes its digest."""
    made = Attachment.objects.create(digest=digit * 64, name="示例.jpg", kind="jpg", size=1, ledger="safety.hazard")
    path_of(made).parent.mkdir(parents=True, exist_ok=True)
    path_of(made).write_bytes(b"x")
    return made


def test_personal_data_goes_from_the_record_its_history_and_the_store(promises, django_capture_on_commit_callbacks):
    purge = Purge("responsible photos", after="found_on", days=30, basis="个人信息保护法第十九条")
    bound = promises("safety.hazard", purges=(purge,))
    own, shared = photo("a"), photo("b")
    with on(date(2026, 10, 1)):
        old = bound.example(found_on=date(2026, 10, 1), responsible="赵示例", photos=[own.pk, shared.pk])
        with acting(MACHINE):
            old.responsible = "钱示例"
            old.save()
    young = bound.example(
        found_on=date(2026, 11, 1), responsible="孙示例", photos=[shared.pk], enterprise=old.enterprise
    )
    assert [done.numbers for done in purging.purge_all(dry_run=True)] == [[old.number]]
    assert bound.get(old.number, MACHINE).responsible == "钱示例"

    with django_capture_on_commit_callbacks(execute=True):
        [done] = purging.purge_all()
    assert (done.records, done.attachments) == (1, 1)
    gone = bound.get(old.number, MACHINE)
    assert gone.responsible == "" and gone.photos == [] and gone.version == old.version + 1
    lines = list(HistoryEntry.objects.filter(ledger=bound.key, record=old.pk).order_by("id"))
    assert "示例" not in str([(line.after["responsible"], line.changes) for line in lines])
    assert lines[-1].action == "purge" and "整改责任人" in lines[-1].why and "第十九条" in lines[-1].why
    assert [line.until is None for line in lines] == [False, False, True]
    assert record_as_of(gone, date(2026, 10, 2)).responsible == ""
    assert not path_of(own).exists() and path_of(shared).exists()
    assert list(Attachment.objects.values_list("pk", flat=True)) == [shared.pk]
    assert bound.get(young.number, MACHINE).responsible == "孙示例"

    assert purging.purge_all() == []
    bound.change(gone, MACHINE, {"responsible": "李示例"}, "误填")
    assert [done.records for done in purging.purge_all()] == [1]


def test_what_was_emptied_by_hand_still_goes_from_the_history(promises):
    bound = promises("safety.hazard", purges=(Purge("responsible", after="found_on", days=30),))
    old = bound.example(found_on=date(2026, 9, 1), responsible="赵示例")
    bound.change(old, MACHINE, {"responsible": ""}, "清空")
    [done] = purging.purge_all()
    lines = HistoryEntry.objects.filter(ledger=bound.key, record=old.pk)
    assert done.records == 1 and not any("赵示例" in f"{line.after}{line.changes}" for line in lines)


def test_a_watch_with_one_lead_says_one():
    assert Watch("day", "演练", lead=0).roles == () and warnings.sentence("演练", 3) == "演练：还有 3 天"
