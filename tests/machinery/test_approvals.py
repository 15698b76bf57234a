"""Approvals on a ledger that declares none of them: hand over, assign, ask, sign, recall, urge, and the lists."""

import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tonggui.base import clock
from tonggui.register.approvals import asking, bell, joint, recall, trace, urging, waiting
from tonggui.register.approvals.kept import Ask, Message, Urging
from tonggui.register.errors import Refused
from tonggui.register.history import lines_of
from tonggui.register.models import HistoryEntry
from tonggui.register.registry import ledger
from tonggui.web import dealt
from tonggui.web import todo as todo_list

HTMX = {"HX-Request": "true"}


@pytest.fixture
def people(office):
    """A hazard of the east station that waits for the notice (待下达), its two officers, a leader and outsiders."""
    hazards = ledger("safety.hazard")
    office.hazards = hazards
    office.first = office.person("safety_officer", name="甲示例")
    office.second = office.person("safety_officer", name="乙示例")
    office.leader = office.person("director", name="丙示例")
    office.lawyer = office.person("legal_officer", name="丁示例")
    office.west_officer = office.person("safety_officer", unit=office.west, name="戊示例")
    office.clerk = office.person("clerk", name="己示例")
    office.hazard = fresh(office)
    return office


def fresh(office, **values):
    record = office.hazards.example(enterprise=office.firms["示例东站"], unit=office.east, grade="general", **values)
    return office.hazards.perform(record, "approve", office.first)


def order(office, actor, **values):
    return office.hazards.perform(office.hazard, "order", actor, "", {"notice_no": "示例1号", **values})


def waits(actor):
    return {(one.kind, one.number) for one in todo_list.todos(actor)}


# --- 转办, 交办 ----------------------------------------------------------------------------------------------------


def test_a_step_that_is_handed_over_moves_to_the_other_and_can_be_handed_on(people):
    number = people.hazard.number
    assert ("待办", number) in waits(people.first) and ("待办", number) in waits(people.second)
    asking.hand_over(people.hazard, people.first, people.second.account, "请您办理")
    assert waits(people.second) == {("转办", number)}
    assert waits(people.first) == set()
    assert bell.unread(people.second.account)["todo"] == 1
    with pytest.raises(Refused, match="已由乙示例办理"):
        asking.hand_over(people.hazard, people.first, people.second.account, "再转")
    asking.hand_over(people.hazard, people.second, people.first.account, "退还给您")
    assert waits(people.first) == {("转办", number)} and waits(people.second) == set()
    order(people, people.first)
    assert [ask.answer for ask in waiting.asks_of(people.hazard)] == ["passed", "done"]


def test_nobody_outside_is_given_a_step_and_nobody_gives_what_is_not_theirs(people):
    for outsider in (people.west_officer, people.lawyer):
        with pytest.raises(Refused, match="无权查看这一行，或没有办理"):
            asking.hand_over(people.hazard, people.first, outsider.account, "请您办理")
    with pytest.raises(Refused, match="不在您手上"):
        asking.hand_over(people.hazard, people.lawyer, people.first.account, "请您办理")
    with pytest.raises(Refused, match="写明意见"):
        asking.hand_over(people.hazard, people.first, people.second.account, " ")
    with pytest.raises(Refused, match="不在您手上"):
        asking.assign(people.hazard, people.clerk, people.first.account)


def test_an_assigned_step_comes_first_with_its_day_and_ends_when_another_does_it(people):
    due = clock.today() + timedelta(days=2)
    late = fresh(people, found_on="2026-01-05")
    people.hazards.perform(late, "order", people.first, "", {"notice_no": "示例9号", "due_on": "2026-01-20"})
    asking.assign(people.hazard, people.leader, people.second.account, "先办这件", due)
    found = todo_list.todos(people.second)
    assert (found[0].given, found[0].due, found[0].number) == (True, due, people.hazard.number)
    groups = todo_list.grouped(found, clock.today())
    assert groups[0].title == "交办" and late.number in {one.number for one in groups[1].items}
    with pytest.raises(Refused, match="早于今天"):
        asking.assign(people.hazard, people.leader, people.first.account, "", clock.today() - timedelta(days=1))
    order(people, people.first)
    assert [ask.answer for ask in waiting.asks_of(people.hazard)] == ["lapsed"]


def test_a_finished_record_is_given_to_nobody(people):
    done = people.hazards.perform(people.hazard, "cancel", people.leader, "误登")
    with pytest.raises(Refused, match="已作废"):
        asking.assign(done, people.leader, people.first.account)


# --- 加签, 抄送 ----------------------------------------------------------------------------------------------------


def test_a_move_waits_for_the_opinions_that_were_asked_for(people):
    ask = asking.ask_opinions(people.hazard, people.first, [people.lawyer.account], "依据是否充分", "order")[0]
    assert waits(people.lawyer) == {("加签", people.hazard.number)}
    with pytest.raises(Refused, match="还在等丁示例的意见"):
        order(people, people.first)
    with pytest.raises(Refused, match="不是向您"):
        asking.answer(ask, people.second, True, "")
    with pytest.raises(Refused, match="理由"):
        asking.answer(ask, people.lawyer, False, "")
    asking.answer(ask, people.lawyer, False, "条款引用有误")
    assert bell.unread(people.first.account)["todo"] == 1
    assert order(people, people.first).state == "ordered"


def test_an_opinion_that_is_only_heard_or_taken_back_holds_nothing_up(people):
    asking.ask_opinions(people.hazard, people.first, [people.clerk.account], "供参考", "order", waits=False)
    held = asking.ask_opinions(people.hazard, people.first, [people.lawyer.account], "请审", "order")[0]
    with pytest.raises(Refused, match="只有发起人"):
        asking.withdraw(held, people.second)
    asking.withdraw(held, people.first)
    assert order(people, people.first).state == "ordered"
    assert [ask.answer for ask in waiting.asks_of(people.hazard)] == ["lapsed", "withdrawn"]


def test_opinions_and_copies_stay_within_the_wall(people):
    with pytest.raises(Refused, match="无权查看"):
        asking.ask_opinions(people.hazard, people.first, [people.west_officer.account], "请审", "order")
    with pytest.raises(Refused, match="无权查看"):
        asking.send_copy(people.hazard, people.first, [people.west_officer.account])
    with pytest.raises(Refused, match="不在您手上"):
        asking.ask_opinions(people.hazard, people.lawyer, [people.first.account], "请审", "order")
    asking.send_copy(people.hazard, people.first, [people.lawyer.account], "请知悉")
    line = dealt.lines_of_copies(dealt.copied(people.lawyer), people.lawyer)[0]
    assert (line.fresh, line.record.pk) == (True, people.hazard.pk)
    asking.see(people.hazard, people.lawyer)
    assert not dealt.lines_of_copies(dealt.copied(people.lawyer), people.lawyer)[0].fresh


# --- 会签 -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def signed(people, monkeypatch):
    """The notice needs the consent of the legal officer and of a leader; an officer then issues it."""
    monkeypatch.setattr(people.hazards.flow.move("order"), "joint", ("legal_officer", "director"))
    return people


def test_a_joint_move_is_made_once_each_role_has_agreed(signed):
    with pytest.raises(Refused, match="还须法制审核员、局领导会签"):
        order(signed, signed.first)
    assert signed.hazards.perform(signed.hazard, "order", signed.lawyer, "同意").state == "found"
    assert [one.consent is not None for one in joint.signatures(signed.hazards.flow.move("order"), signed.hazard)] == [
        True,
        False,
    ]
    assert waits(signed.lawyer) == set() and waits(signed.leader) == {("待办", signed.hazard.number)}
    with pytest.raises(Refused, match="还须局领导"):
        signed.hazards.perform(signed.hazard, "order", signed.lawyer, "再签")
    assert signed.hazards.perform(signed.hazard, "order", signed.leader).state == "found"
    assert order(signed, signed.first).state == "ordered"
    with pytest.raises(Refused, match="不能下达整改"):
        signed.hazards.perform(signed.hazard, "order", signed.leader)


def test_the_last_consent_makes_the_move_where_its_giver_may(signed, monkeypatch):
    monkeypatch.setattr(signed.hazards.flow.move("order"), "by", ("director",))
    signed.hazards.perform(signed.hazard, "order", signed.lawyer)
    with pytest.raises(Refused, match="不能办理"):
        order(signed, signed.first)
    assert order(signed, signed.leader).state == "ordered"


def test_a_change_of_the_record_voids_the_consents(signed):
    signed.hazards.perform(signed.hazard, "order", signed.lawyer)
    signed.hazards.change(signed.hazard, signed.first, {"content": "灭火器过期五具"}, "更正数量")
    signed.hazards.perform(signed.hazard, "order", signed.leader)
    with pytest.raises(Refused, match="还须法制审核员"):
        order(signed, signed.first)
    assert ("待办", signed.hazard.number) in waits(signed.lawyer)


def test_a_disagreement_returns_the_record_with_words(signed):
    signed.hazards.perform(signed.hazard, "order", signed.leader)
    with pytest.raises(Refused, match="理由"):
        joint.disagree(signed.hazard, "order", signed.lawyer, "")
    with pytest.raises(Refused, match="不等您会签"):
        joint.disagree(signed.hazard, "order", signed.first, "不同意")
    back = joint.disagree(signed.hazard, "order", signed.lawyer, "证据不足")
    line = lines_of(back).first()
    assert (back.state, line.action, line.why, line.actor_name) == ("draft", "return", "证据不足", "丁示例")
    assert {ask.answer for ask in waiting.asks_of(back)} == {"lapsed", "disagreed"}
    assert bell.unread(signed.first.account)["todo"] == 1


def test_one_person_signs_once_even_in_two_roles(signed):
    both = signed.person("legal_officer", "director", name="庚示例")
    signed.hazards.perform(signed.hazard, "order", both)
    with pytest.raises(Refused, match="还须局领导"):
        signed.hazards.perform(signed.hazard, "order", both)


def test_the_same_consent_is_kept_once(signed):
    signed.hazards.perform(signed.hazard, "order", signed.lawyer)
    ask = Ask.objects.get(kind="joint")
    ask.pk = None
    with pytest.raises(IntegrityError):
        ask.save()


@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_both_count_and_the_move_is_made_once(signed, monkeypatch):
    monkeypatch.setattr(signed.hazards.flow.move("order"), "by", ())
    signed.hazards.change(signed.hazard, signed.first, {"notice_no": "示例1号"}, "补号")
    if connection.vendor == "sqlite":
        pytest.skip("an in-memory database has one connection; writers of SQLite queue (IMMEDIATE)")
    start = threading.Barrier(2)

    def sign(actor):
        start.wait()
        with suppress(Refused):
            signed.hazards.perform(signed.hazard, "order", actor)
        connection.close()

    threads = [threading.Thread(target=sign, args=(one,)) for one in (signed.lawyer, signed.leader)]
    [one.start() for one in threads]
    [one.join() for one in threads]
    assert signed.hazards.get(signed.hazard.number, signed.first).state == "ordered"
    assert HistoryEntry.objects.filter(move="order").count() == 1


# --- 撤回 -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def submitted(people):
    """A hazard whose rectification the firm has just submitted."""
    order(people, people.first, due_on="2026-12-01")
    people.firm = people.person("enterprise", unit=people.east, name="辛示例")
    people.fixed = people.hazards.perform(people.hazard, "fix", people.firm, "", {"photos": [1], "measures": "已更换"})
    return people


def test_a_submission_is_taken_back_with_what_it_filled_in(submitted):
    assert (submitted.fixed.state, submitted.fixed.fixed_on) == ("fixed", clock.today())
    back = recall.recall(submitted.fixed, submitted.firm, "照片传错")
    assert (back.state, back.fixed_on, back.measures) == ("ordered", None, "")
    line = lines_of(back).first()
    assert (line.action, line.move, line.why, line.actor_name) == ("recall", "", "照片传错", "辛示例")
    assert bell.unread(submitted.second.account)["todo"] == 1
    again = submitted.hazards.perform(back, "fix", submitted.firm, "", {"photos": [1]})
    assert again.state == "fixed"


def test_only_the_submitter_recalls_and_only_while_nobody_has_acted(submitted):
    with pytest.raises(Refused, match="只有提交人"):
        recall.recall(submitted.fixed, submitted.first)
    asking.hand_over(submitted.fixed, submitted.first, submitted.second.account, "请复查")
    with pytest.raises(Refused, match="已有人接手"):
        recall.recall(submitted.fixed, submitted.firm)
    submitted.hazards.change(submitted.fixed, submitted.first, {"inspectors": "甲示例"}, "补充")
    with pytest.raises(Refused, match="已有变动"):
        recall.recall(submitted.fixed, submitted.firm)


def test_what_counts_or_has_its_number_is_not_recalled(people, monkeypatch):
    with pytest.raises(Refused, match="已计入统计"):
        recall.recall(people.hazard, people.first)
    monkeypatch.setattr(people.hazards.flow.move("order"), "numbers", {"notice_no": "示例〔{year}〕{seq}号"})
    ordered = order(people, people.first)
    with pytest.raises(Refused, match="办理后即生效"):
        recall.recall(ordered, people.first)


# --- 催办 -------------------------------------------------------------------------------------------------------------


def test_who_waits_urges_those_on_whom_it_waits_once_a_day(people):
    assert urging.urge(people.hazard, people.clerk, "请尽快") == 2
    assert Message.objects.filter(kind="todo", title__contains="催办", text="请尽快").count() == 2
    with pytest.raises(Refused, match="今天已催办过"):
        urging.urge(people.hazard, people.clerk)
    with clock.pretending(clock.now() + timedelta(days=1)):
        urging.urge(people.hazard, people.clerk)
    assert Urging.objects.count() == 2
    asking.hand_over(people.hazard, people.first, people.second.account, "请办")
    assert urging.urge(people.hazard, people.first) == 1
    with pytest.raises(Refused, match="正等您自己"):
        urging.urge(people.hazard, people.second)


def test_a_stranger_does_not_urge_and_nobody_urges_what_is_done(people):
    with pytest.raises(Refused, match="没有经办过"):
        urging.urge(people.hazard, people.west_officer)
    done = people.hazards.perform(people.hazard, "cancel", people.leader, "误登")
    with pytest.raises(Refused, match="不等任何人"):
        urging.urge(done, people.clerk)


# --- the bell ---------------------------------------------------------------------------------------------------------


def test_messages_are_read_and_muted_until_a_day_for_a_reason(people):
    account, other = people.second.account, fresh(people)
    for record in (people.hazard, other):
        urging.urge(record, people.clerk)
    assert bell.unread(account) == {"todo": 2, "warning": 0, "notice": 0}
    message = bell.heard(account).get(record_number=people.hazard.number)
    with pytest.raises(Refused, match="理由"):
        bell.mute(message, clock.today(), " ")
    with pytest.raises(Refused, match="最长"):
        bell.mute(message, clock.today() + timedelta(days=400), "长期")
    bell.mute(message, clock.today() + timedelta(days=3), "已在现场处理")
    assert bell.unread(account)["todo"] == 1
    with clock.pretending(clock.now() + timedelta(days=4)):
        assert bell.unread(account)["todo"] == 2
    assert bell.read(account, "todo") == 2 and bell.unread(account)["todo"] == 0


def test_a_standing_cause_rings_once_while_it_is_unread(people):
    account = people.second.account
    assert [bell.tell([account], "warning", "到期", topic="watch:1") for _ in range(2)] == [1, 0]
    bell.read(account, "warning")
    assert bell.tell([account], "warning", "到期", topic="watch:1") == 1


# --- the trace --------------------------------------------------------------------------------------------------------


def test_the_course_says_who_in_which_role_with_which_words_and_how_long(people):
    later = clock.now() + timedelta(days=1, hours=2)
    with clock.pretending(later):
        ask = asking.ask_opinions(people.hazard, people.first, [people.lawyer.account], "请审", "order")[0]
    with clock.pretending(later + timedelta(minutes=30)):
        asking.answer(ask, people.lawyer, True, "依据充分")
    with clock.pretending(later + timedelta(hours=1)):
        order(people, people.first)
    lines = reversed(lines_of(people.hazard))
    steps = trace.course(people.hazards, lines, waiting.asks_of(people.hazard), [])
    told = [(one.who, one.role, one.what, one.step, one.verdict, one.took_words) for one in steps[2:]]
    assert told == [
        ("甲示例", "安全监管员", "加签（下达整改）给丁示例", "待下达", "", ""),
        ("丁示例", "法制审核员", "加签意见（下达整改）", "待下达", "同意", "30 分钟"),
        ("甲示例", "安全监管员", "下达整改", "待下达", "", "1 天 3 小时"),
    ]


# --- pages ------------------------------------------------------------------------------------------------------------


def browser(actor):
    client = Client()
    client.force_login(actor.account)
    return client


def test_the_page_of_a_record_hands_it_over_and_the_other_signs_and_prints_it(people):
    first, second, url = browser(people.first), browser(people.second), people.hazard.url
    form = first.get(f"{url}ask/handed/", headers=HTMX).content.decode()
    assert "乙示例" in form and "戊示例" not in form and "丁示例" not in form
    back = first.post(f"{url}ask/handed/", {"to": people.second.account_id, "words": ""}, headers=HTMX)
    assert back.status_code == 422 and "请写明意见" in back.content.decode()
    done = first.post(f"{url}ask/handed/", {"to": people.second.account_id, "words": "请办"}, headers=HTMX)
    assert done["HX-Redirect"] == url
    assert "转办给乙示例" in second.get(url).content.decode()
    assert people.hazard.number in second.get("/todo/").content.decode()
    second.post(
        f"{url}ask/opinion/", {"to": people.lawyer.account_id, "words": "请审", "move": "order", "mode": "wait"}
    )
    ask = Ask.objects.get(kind="opinion")
    lawyer = browser(people.lawyer)
    assert "请签署您的意见" in lawyer.get(url).content.decode()
    lawyer.post(f"{url}asked/{ask.pk}/", {"answer": "agree", "words": "依据充分"})
    card = second.get(f"{url}print/").content.decode()
    assert "审批单" in card and "依据充分" in card and "法制审核员" in card
    assert browser(people.west_officer).get(f"{url}ask/copy/").status_code == 404
    assert browser(people.west_officer).post(f"{url}asked/{ask.pk}/", {"answer": "agree"}).status_code == 404


def test_a_copy_counts_as_read_once_it_is_opened(people):
    browser(people.first).post(f"{people.hazard.url}ask/copy/", {"to": people.lawyer.account_id})
    reader = browser(people.lawyer)
    assert "未阅" in reader.get("/todo/?tab=copies").content.decode()
    reader.get(people.hazard.url)
    assert "未阅" not in reader.get("/todo/?tab=copies").content.decode()


def test_one_decision_on_many_records_lists_them_first(people):
    drafts = [people.hazards.example(unit=people.east, enterprise=people.firms["示例东站"]) for _ in range(3)]
    page, address = browser(people.first), "/ledgers/safety.hazard/moves/approve/"
    assert address in page.get("/todo/?ledger=safety.hazard&step=draft").content.decode()
    numbers = {"number": [one.number for one in [*drafts, people.hazard]]}
    listed = page.get(address, numbers).content.decode()
    assert "审核通过 3 条" in listed and "另有 1 条" in listed
    page.post(address, {**numbers, "comment": "属实"})
    states = {one.number: one.state for one in people.hazards.query(people.first)}
    assert {states[one.number] for one in drafts} == {"found"}
    assert page.get("/ledgers/safety.hazard/moves/order/").status_code == 404
    browser(people.west_officer).post(address, numbers)
    assert HistoryEntry.objects.filter(move="approve", why="属实").count() == 3


def test_a_selection_is_urged_and_each_refusal_is_said(people):
    page, other = browser(people.clerk), fresh(people)
    urging.urge(other, people.clerk)
    numbers = {"number": [people.hazard.number, other.number]}
    said = page.post("/ledgers/safety.hazard/urge/", numbers, follow=True).content.decode()
    assert "已催办 1 条" in said and f"今天已催办过 {other.number}" in said


def test_the_four_lists_and_the_bell_open_and_read(people):
    urging.urge(people.hazard, people.clerk)
    page = browser(people.first)
    for tab in todo_list_tabs():
        assert page.get("/todo/", {"tab": tab}).status_code == 200
    assert "审核通过" in page.get("/todo/?tab=done").content.decode()
    box = page.get("/messages/", headers={**HTMX, "HX-Target": "bell-box"}).content.decode()
    assert "催办" in box and "<html" not in box
    message = Message.objects.filter(account=people.first.account).get()
    assert page.get(f"/messages/{message.pk}/")["Location"] == people.hazard.url
    assert bell.unread(people.first.account)["todo"] == 0
    assert browser(people.second).get(f"/messages/{message.pk}/").status_code == 404
    notice = {"title": "汛期值班安排", "text": "即日起"}
    assert page.post("/messages/announce/", notice).status_code == 403
    browser(people.leader).post("/messages/announce/", notice)
    assert bell.unread(people.west_officer.account)["notice"] == 1


def todo_list_tabs():
    from tonggui.web.views.todo import TABS

    return TABS


def test_counts_agree_and_cost_the_same_however_much_waits(people):
    fresh(people)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            counted = todo_list.tally(people.first)
            found = todo_list.todos(people.first, counted=counted)
        assert counted.total == len(found)
        assert sum(one.count for one in todo_list.counts_by_ledger(people.first, counted)) == counted.total
        return len(captured)

    few = cost()
    for _ in range(10):
        fresh(people)
    assert cost() == few <= 6


def test_what_is_in_force_calls_again_only_when_its_day_is_near(people):
    """A plan to be revised next year is no work of today; one month before it is, and so it stays."""
    plans = ledger("duty.plan")
    plan = plans.example(unit=people.east, state="现行")
    reviser = people.person("duty_officer", name="庚示例")
    for days, listed in ((400, False), (20, True), (-3, True)):
        plans.model._base_manager.filter(pk=plan.pk).update(review_by=clock.today() + timedelta(days=days))
        assert (("待办", plan.number) in waits(reviser)) is listed


def test_a_group_or_a_step_narrows_the_list(people):
    late = fresh(people, found_on="2026-01-05")
    people.hazards.perform(late, "order", people.first, "", {"notice_no": "示例9号", "due_on": "2026-01-20"})
    found = {
        asked: {one.number for one in todo_list.todos(people.first, asked=todo_list.Asked(**dict(asked)))}
        for asked in (
            (("group", "late"),),
            (("ledger", "safety.hazard"), ("step", "found")),
            (("text", late.number),),
        )
    }
    assert list(found.values()) == [{late.number}, {people.hazard.number}, {late.number}]
