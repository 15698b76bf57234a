"""Meetings, tasks, documents, proposals, complaints, posts, devices and gates: what only these refuse and derive."""

from datetime import date, datetime

import pytest

from tonggui.base.clock import CHINA, pretending
from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.kinds import Files
from tonggui.register.registry import ledger
from tonggui.run.demo.picture import ExamplePicture

pytestmark = pytest.mark.django_db
OFFICER, SECOND = Actor.system("测试"), Actor.system("复核")


def made(key, **values):
    return ledger(key).example(**values)


def take(record, move, comment="理由", by=OFFICER, **values):
    return record.ledger.perform(record, move, by, comment, values)


def refusal(record, move, **values):
    with pytest.raises(Refused) as refused:
        take(record, move, **values)
    return str(refused.value)


def change(record, **values):
    return record.ledger.change(record, OFFICER, values, "更正")


def faults(record, **values):
    with pytest.raises(InvalidValues) as wrong:
        change(record, **values)
    return wrong.value.errors


@pytest.fixture
def scan(office):
    """Attachments for a ledger's file field, as the form sends them."""
    return lambda key: [keep(ExamplePicture(), ledger(key), OFFICER, Files.types).pk]


@pytest.mark.parametrize(
    ("key", "values", "field"),
    [
        ("office.meeting", {"present": "19"}, "present"),
        ("office.meeting", {"present": "17"}, "absences"),
        ("office.meeting", {"kind": "campaign"}, "campaign"),
        ("office.meeting", {"decided": ""}, "decided"),
        ("office.document", {"forwards": "是"}, "source_no"),
        ("office.task", {"source_period": ""}, "source_title"),
        ("office.task", {"task_source": "meeting"}, "meeting"),
        ("office.difficulty", {"figures_from": ""}, "figures_from"),
        ("office.proposal", {"handling_part": "lead"}, "other_office"),
        ("office.complaint", {"kind": "fare", "line_name": ""}, "enterprise"),
        ("office.post", {"filled": "43"}, "over_because"),
        ("office.post", {"seconded_out": "39"}, "seconded_out"),
        ("fleet.violation", {"firm_fine": "200"}, "steps"),
        ("fleet.gate", {"kind": "vehicle"}, "vehicle"),
        ("fleet.gate", {"kind": "driver"}, "driver"),
        ("parties.change", {"new_name": "另一家（示例）"}, "new_name"),
        ("parties.change", {"kind": "revoked", "new_head": "", "approval_paper": ""}, "approval_paper"),
    ],
)
def test_what_does_not_fit_together_is_named(office, key, values, field):
    assert field in faults(made(key), **values)


def test_one_device_task_for_a_vehicle(office):
    first = made("fleet.installation")
    other = made("fleet.installation", vehicle=first.vehicle, device_kind="position")
    assert first.number in faults(other, device_kind="video")["device_kind"]


def test_a_task_carried_over_goes_on_as_a_new_one(office):
    task = made("office.task")
    assert "晚于原完成期限" in refusal(task, "carry_over", carried_to="2026-06-30")
    with pretending(datetime(2026, 7, 2, 9, tzinfo=CHINA)):
        carried = take(task, "carry_over", carried_to="2026-12-31")
    following = type(task)._base_manager.get(earlier=task)
    assert carried.state == "carried" and following.state == "assigned"
    assert (following.content, following.owner, following.due_on) == (task.content, task.owner, date(2026, 12, 31))


def test_a_task_is_confirmed_by_another_person(office):
    task = made("office.task")
    assert take(task, "report", progress="初设已批复", done_rate="60").done_rate == 60
    task = take(task, "ask_confirm", done_note="前期工作完成")
    assert take(task, "confirm_achieved", by=SECOND).done_rate == 100


def test_an_entry_of_another_ledger_is_listed_once_and_its_delays_are_counted(office):
    hazard = made("safety.hazard")
    item, meeting = made("office.openitem", hazard=hazard), made("office.meeting")
    other = made("office.openitem")
    assert item.number in faults(other, hazard=hazard.number)["content"]
    rolled = take(item, "roll", meeting=meeting.number, due_on="2026-04-30")
    assert (rolled.rolled, rolled.due_on) == (1, date(2026, 4, 30))
    assert change(rolled, content="示例：改写").rolled == 1


def test_what_is_struck_off_needs_proof(office, scan):
    item = made("office.openitem")
    with pytest.raises(Refused):
        take(item, "claim", done_note="已清理")
    item = take(item, "claim", done_note="已清理", evidence_files=scan("office.openitem"))
    assert take(item, "accept", by=SECOND).closed_on


def test_a_plan_is_issued_after_its_meeting_and_replaces_the_last(office, scan):
    text = scan("office.document")
    first, meeting = made("office.document"), made("office.meeting")
    assert first.mention() == f"《{first.name}》（草案）"
    assert "审议会议" in refusal(first, "issue", files=text)
    first = take(first, "issue", files=text, passed_by=meeting.number)
    assert first.document_no.startswith("示交发〔") and first.document_no in first.mention()
    second = made("office.document", name="路长制实施方案第二版（示例）", supersedes=first)
    second = take(second, "issue", files=text, passed_by=meeting.number)
    first.refresh_from_db()
    assert first.state == "superseded" and second.document_no != first.document_no


def test_a_draft_that_waits_says_for_what(office):
    draft = made("office.document")
    with pytest.raises(Refused):
        take(draft, "wait")
    assert "待上级文件" in take(draft, "wait", awaited="市级路长制方案").mention()


def test_how_often_a_difficulty_went_up_is_counted(office):
    paper = {"ask": "请安排购置", "asked_of": "示例县人民政府"}
    one = take(made("office.difficulty"), "put_it_up", put_up_on="2026-06-01", **paper)
    one = take(take(one, "give_up"), "put_it_up", put_up_on="2026-11-01", **paper)
    assert one.times_raised == 2


def test_a_proposal_has_three_months_or_six(office):
    proposal = made("office.proposal")
    assert proposal.reply_by == date(2026, 5, 20)
    assert made("office.proposal", complex_one=True).reply_by == date(2026, 8, 20)


def test_a_member_is_spoken_with_answered_and_answered_again(office):
    proposal = made("office.proposal")
    people = {"owner": "示例县交通运输局", "person": made("parties.person").number}
    answer = {"answer": "已加密班次", "outcome_class": "A"}
    proposal = take(proposal, "share_out", **people)
    assert "先与代表、委员沟通" in refusal(proposal, "reply", answered_on="2026-04-10", **answer)
    proposal = take(proposal, "contact", contacted_on="2026-03-20", contact_notes="当面沟通")
    proposal = take(proposal, "reply", answered_on="2026-04-10", **answer)
    first_no = proposal.answer_no
    said = {"member_verdict": "dissatisfied", "verdict_on": "2026-04-20"}
    assert "再次办理" in refusal(proposal, "finish", **said)
    proposal = take(proposal, "handle_again", verdict_on="2026-04-20", verdict_note="班次仍不足")
    assert proposal.second_by == date(2026, 5, 20)
    assert "沟通" in refusal(proposal, "reply", answered_on="2026-05-10", **answer)
    proposal = take(proposal, "contact_again", contacted_on="2026-05-06", contact_notes="电话沟通")
    proposal = take(proposal, "reply", answered_on="2026-05-10", **answer)
    assert proposal.first_answered_on == date(2026, 4, 10) and proposal.answer_no != first_no
    assert take(proposal, "finish", member_verdict="satisfied", verdict_on="2026-05-12").state == "completed"


@pytest.mark.parametrize(
    ("avenue", "accept_by", "reply_by"),
    [
        ("hotline", date(2026, 3, 3), date(2026, 3, 9)),
        ("in_public", date(2026, 3, 3), date(2026, 3, 9)),
        ("petition", date(2026, 3, 17), date(2026, 5, 16)),
    ],
)
def test_the_clock_of_each_avenue(office, avenue, accept_by, reply_by):
    complaint = made("office.complaint", avenue=avenue)
    assert (complaint.accept_by, complaint.reply_by) == (accept_by, reply_by)


def test_a_petition_counts_from_acceptance_and_is_extended_once_in_bounds(office):
    person = made("parties.person").number
    petition = take(made("office.complaint", avenue="petition"), "take_in", accepted_on="2026-03-10", person=person)
    assert petition.reply_by == date(2026, 5, 9)
    assert "最多延长至 2026-06-08" in refusal(petition, "extend", reply_by="2026-06-09")
    assert take(petition, "extend", reply_by="2026-06-08").reply_by == date(2026, 6, 8)
    call = take(made("office.complaint"), "take_in", accepted_on="2026-03-02", person=person)
    assert "只有信访事项" in refusal(call, "extend", reply_by="2026-03-20")


def test_posts_are_held_against_the_unit(office):
    civil = take(take(made("office.post"), "submit"), "approve", by=SECOND)
    twin = take(made("office.post"), "submit")
    assert civil.number in refusal(twin, "approve")
    more = take(made("office.post", kind="worker", authorised=3, filled=3), "submit")
    assert "合计 45 个，单位档案的编制人数是 42" in refusal(more, "approve")


def test_a_device_is_accepted_with_the_vehicles_own_terminal(office):
    task = made("fleet.installation")
    take(task, "fit", installed_on="2026-05-20", installer="示例安装点")
    task.refresh_from_db()
    assert "选定" in refusal(task, "accept_device")
    terminal = made("fleet.terminal", vehicle=task.vehicle)
    assert "智能视频" in refusal(task, "accept_device", terminal=terminal.phone)
    change(terminal, video="是")
    assert take(task, "accept_device", by=SECOND, terminal=terminal.phone).device_accepted_on


def test_the_third_violation_asks_for_training(office):
    rows = [made("fleet.violation", violated_on=f"2026-0{month}-12") for month in (4, 5, 6)]
    assert [(row.driver_count, row.must_retrain) for row in rows] == [(1, False), (2, False), (3, True)]
    assert rows[0].due_on == date(2026, 4, 15)
    done = {"driver": rows[2].driver.certificate, "steps": "停班学习", "handled_on": "2026-06-13"}
    third = take(rows[2], "deal", **done)
    assert "须培训的次数" in refusal(third, "look_over")
    assert take(third, "look_over", by=SECOND, retrained_on="2026-06-20").state == "finished"


def test_a_gate_reads_the_papers_and_opens_when_they_are_right(office):
    firm = made("parties.enterprise", name="关口示例公司", licence_until="2026-01-31", safety_manager="")
    gate = made("fleet.gate", enterprise=firm)
    assert gate.not_passed == "经营许可已于 2026-01-31 到期；没有登记安全管理人员"
    assert "未过关" in refusal(gate, "pass_gate")
    gate = take(gate, "block")
    change(firm, licence_until="2030-01-31", safety_manager="周示例")
    gate = take(gate, "gate_again", put_right="已续办", gate_on="2026-03-25")
    assert take(gate, "pass_gate").not_passed == "无"


def test_a_settled_change_is_written_into_the_file(office):
    row = made("parties.change")
    firm = row.enterprise
    assert row.old_value == firm.manager
    take(row, "settle_change")
    firm.refresh_from_db()
    assert firm.manager == "孙示例"
    closing = made("parties.change", kind="closed", new_head="", approval_paper="示注〔2026〕1号")
    take(closing, "settle_change")
    firm.refresh_from_db()
    assert firm.state == "ended"
    assert "已停用" in refusal(made("parties.change"), "settle_change")
