"""Party work and epidemic control: what only these ledgers refuse, derive, forget and carry on."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from tonggui.base import clock
from tonggui.ledgers.health.passage import Passage
from tonggui.ledgers.health.screening import Screening
from tonggui.ledgers.health.worker import Worker
from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.kinds import Files
from tonggui.register.purging import purge_all
from tonggui.register.registry import ledger
from tonggui.run.demo.picture import ExamplePicture

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")


def made(key, **values):
    return ledger(key).example(**values)


def take(record, move, by=OFFICER, comment="理由", **values):
    return record.ledger.perform(record, move, by, comment, values)


def change(record, **values):
    return record.ledger.change(record, OFFICER, values, "更正")


def refusal(record, move, by=OFFICER, **values):
    with pytest.raises(Refused) as refused:
        take(record, move, by, **values)
    return str(refused.value)


def faults(record, **values):
    with pytest.raises(InvalidValues) as wrong:
        change(record, **values)
    return str(wrong.value)


@pytest.fixture
def proof(settings, tmp_path):
    from tonggui.base.site import Site

    settings.SITE = Site.at(tmp_path)
    return [keep(ExamplePicture(), Worker.ledger, OFFICER, Files.types).pk]


# --- Party work ---------------------------------------------------------------------------------------------------


def test_a_vote_of_members_has_more_than_half_of_them():
    meeting = made("party.activity", kind="general_meeting", expected=20, present=10, absent_because="公差")
    assert "未超过 50%，不能表决" in faults(meeting, has_vote=True)
    assert change(meeting, has_vote=True, present=11).attendance() == 55.0


def test_absence_is_explained_and_a_talk_has_two_people():
    activity = made("party.activity")
    assert "缺席 2 人，请说明" in faults(activity, absent_because="")
    assert "须写明谈话对象" in faults(activity, kind="talk")
    assert "不能是同一人" in faults(activity, kind="talk", talked_with=activity.chair.number)
    assert "查摆问题的条数" in faults(activity, kind="organisation_life")


VOTE = {"votes_for": "5", "votes_against": "1", "votes_abstained": "1", "decided": "同意"}


def test_the_first_in_charge_speaks_last_and_votes_add_up():
    item = made("party.decision")
    assert "一把手应末位表态" in refusal(item, "resolve", **VOTE, speaking_order="周示例\n李示例")
    assert "与到会 7 人不符" in refusal(item, "resolve", **{**VOTE, "votes_for": "4"})
    assert take(item, "resolve", **VOTE).state == "resolved"


def test_more_than_half_of_all_members_carry_an_item_and_appointments_want_two_thirds_there():
    item = made("party.decision", group_present=4)
    split = {"votes_for": "3", "votes_against": "1", "votes_abstained": "0", "decided": "同意"}
    assert "未超过应到成员的半数" in refusal(item, "resolve", **split)
    del split["decided"]
    assert take(item, "vote_down", **split).state == "voted_down"
    assert "不到应到成员的 66.6%" in refusal(
        made("party.decision", kind="appointment", group_present=4), "resolve", **VOTE
    )


def test_forefront_may_be_said_only_within_the_share():
    study = made("party.study")
    assert study.is_forefront and study.forefront_word() == "可以"
    assert "不能写“前列”" in faults(study, platform_rank=11)
    assert change(study, platform_rank=11, claim="平均积分居第11名").forefront_word() == "不可"
    assert "排名截图" in refusal(study, "submit")


def test_a_display_goes_stale_by_its_kind():
    display = made("party.display")
    assert display.renew_by == date(2026, 5, 10) + timedelta(days=30)
    assert change(display, kind="bulletin").renew_by == date(2026, 5, 10) + timedelta(days=90)
    assert "须填写车辆" in faults(display, kind="vehicle_tv")
    assert "须填写特色主题" in faults(display, kind="themed_station")


def test_an_answer_is_due_by_level_and_platform():
    item = made("party.sentiment")
    assert item.answer_until - item.seen_at == timedelta(hours=48)
    item = change(item, heat="serious")
    assert item.answer_until - item.seen_at == timedelta(hours=24)
    item = change(item, heat="general", outlet="sunshine")
    assert item.answer_on == date(2026, 5, 25)  # five working days after a Monday


def test_who_answers_does_not_close(office):
    first, second = office.person("party_officer"), office.person("party_officer")
    item = made("party.sentiment", unit=office.root, lessons="公开不及时")
    item = take(item, "look_into", first, facts_found="属实")
    item = take(item, "guide", first, public_reply="已安排修复")
    assert "同一人" in refusal(item, "wind_up", first)
    assert take(item, "wind_up", second).state == "wound_up"


def test_each_kind_of_publicity_gives_its_figure():
    act = made("party.publicity")
    assert "须填写“张贴指南”" in faults(act, kind="guide")
    assert "只有新闻稿件和新媒体信息" in faults(act, pieces=2)
    assert "渠道不能是“现场”" in faults(act, kind="article", pieces=1)


def test_a_text_with_secrets_is_not_sent():
    text = made("party.submission", has_secret=True)
    assert "不得投稿" in refusal(text, "clear_text")
    assert take(change(text, has_secret=False), "clear_text").sent_out_on == clock.today()


def test_a_problem_has_root_measure_and_day_and_comes_back_marked(office, proof):
    first, second = office.person("party_officer"), office.person("party_officer")
    item = made("party.rectification", unit=office.root)
    assert item.due_on == date(2026, 9, 20)
    assert "请先写明问题根源" in faults(item, measures="修订制度")
    leader = made("parties.person").number
    values = {"root_cause": "检查没有跟上", "measures": "按月抽查", "leader": leader}
    item = take(item, "set_measures", first, **values)
    item = take(item, "fix", first, evidence_files=proof, progress="已印发制度")
    assert "同一人" in refusal(item, "accept", first)
    item = take(item, "accept", second)
    assert item.closed_on == clock.today() and item.came_back == 0
    item = take(item, "relapse", second)
    assert (item.state, item.came_back, item.closed_on) == ("putting_right", 1, None)


def test_points_are_weighed_and_who_was_blamed_is_not_excellent():
    score = made("party.assessment")
    assert score.final_points == Decimal("90.0") and score.rank_word == "excellent"
    assert "请写明理由" in faults(score, deducted_points="5")
    assert change(score, deducted_points="5", points_reason="迟报").rank_word == "good"
    case = made("party.accountability", blamed_unit=score.scored_unit)
    decided = {"statement": "无异议", "censure_no": "示交党〔2026〕8号", "blamed_on": "2026-04-20"}
    case = take(case, "impose", **decided)
    assert case.bears_until == date(2026, 10, 20)
    again = take(made("party.assessment", scored_unit=score.scored_unit), "submit")
    assert "不能评为优秀" in refusal(again, "approve")


def test_one_event_is_answered_for_once_and_only_people_are_admonished():
    incident = made("duty.incident")
    decided = {"statement": "无异议", "censure_no": "甲", "blamed_on": "2026-04-20"}
    take(made("party.accountability", incident=incident), "impose", **decided)
    again = made("party.accountability", incident=incident)
    assert "同一事件已由 甲 作出问责" in refusal(again, "impose", **decided)
    assert "只能对人员作出" in faults(again, blamed_person=None)


def test_days_in_the_village_have_a_least_and_a_month_is_entered_once():
    stay = made("party.stay")
    assert "少于应在村的 20 天" in faults(stay, days_in_village=18)
    assert change(stay, days_in_village=18, leave_days=2).days_short() == 0
    assert "多于当月的 31 天" in faults(stay, days_in_village=30, leave_days=4)
    take(stay, "submit")
    assert f"已登记在 {stay.number}" in refusal(made("party.stay"), "submit")


def test_money_in_the_village_is_used_only_when_it_came():
    project = made("party.helpproject")
    assert "多于到位的" in faults(project, money_used="120000")
    assert "多于计划的" in faults(project, money_arrived="200000")
    assert "村内公示日期" in refusal(project, "begin_help")


# --- Epidemic control ---------------------------------------------------------------------------------------------


def test_a_state_of_vaccination_has_a_reason_of_its_own(proof):
    worker = made("health.worker")
    wrong = {"not_vaccinated_because": "unwilling", "medical_proof": proof}
    assert "不是接种禁忌的原因" in refusal(worker, "rule_out", **wrong)
    later = take(worker, "put_off_dose", not_vaccinated_because="acute", put_off_until="2026-06-30")
    done = take(later, "vaccinate", doses="2", last_dose_on="2026-07-02")
    assert (done.not_vaccinated_because, done.put_off_until, done.fully_vaccinated()) == ("", None, "是")


def test_counts_balance_or_are_refused_and_come_from_the_register():
    tally = made("health.tally")
    assert "与应统计的 43 人不平" in faults(tally, scope_people=43)
    assert "多于已接种人数" in faults(tally, two_dose_people=39)
    worker = made("health.worker", unit=tally.counted_unit)
    values = {"counted_on": "2026-06-05", "counted_unit": worker.unit.number, "scope_people": "1"}
    assert tally.ledger.create(OFFICER, values).waiting_people == 1


def test_a_test_opens_the_next_one():
    worker = made("health.worker")
    assert worker.next_test_by == date(2026, 3, 3)
    test = made("health.screening", worker=worker, test_by="2026-03-03")
    take(test, "sample", sampled_on="2026-03-03")
    following = Screening.objects.visible_to(OFFICER).get(state="to_sample")
    assert following.test_by == date(2026, 3, 5) and following.worker == worker
    assert Worker.objects.visible_to(OFFICER).get().last_test_on == date(2026, 3, 3)


def test_nobody_is_checked_twice_while_the_mark_holds():
    first = take(made("health.passage"), "let_go")
    assert first.mark_until - first.came_at == timedelta(hours=24) and first.mark_no
    again = made("health.passage", came_at="2026-05-12 18:00")
    assert again.recognised_from == first
    assert "不重复检查" in refusal(again, "let_go")
    assert take(again, "recognise").state == "waved_on"
    late = made("health.passage", came_at="2026-05-13 10:06")
    assert "没有有效的已检标识" in refusal(late, "recognise")
    on_foot = made("health.passage", plate="", came_at="2026-05-12 19:00", shown_mark=first.mark_no)
    assert on_foot.recognised_from == first


def test_a_fever_stops_even_a_mark():
    take(made("health.passage"), "let_go")
    again = made("health.passage", came_at="2026-05-12 18:00", temperature="37.3")
    assert "应留观" in refusal(again, "recognise") and "应留观" in refusal(again, "let_go")
    assert take(again, "keep_for_observation", sent_on_to="示例县医院").state == "observed"


def test_names_and_phones_go_after_their_time():
    passage = take(made("health.passage"), "let_go")
    purge_all()
    left = Passage.objects.visible_to(OFFICER).get(pk=passage.pk)
    assert (left.travellers, left.phone, left.temperature) == ("", "", None)
    assert (left.plate, left.persons) == (passage.plate, 3)


def test_minutes_allowed_are_no_anomaly_and_the_loop_is_closed_by_another(office):
    known = {"stray_cause": "rest", "stray_facts": "擅自停车"}
    short = made("health.anomaly", minutes_outside=10, unit=office.root)
    assert "未超过 10 分钟" in refusal(short, "confirm_stray", **known)
    first, second = office.person("monitor", "transport_officer"), office.person("transport_officer")
    stray = take(made("health.anomaly", unit=office.root), "confirm_stray", first, **known)
    assert stray.report_stray_by - stray.strayed_at == timedelta(minutes=130)
    stray = take(stray, "tell_above", first, told_above="示例市专班")
    assert "同一人" in refusal(stray, "close_loop", first, loop_measures="已返回")
    assert "还没有返回" in refusal(stray, "close_loop", second, loop_measures="已返回")
    closed = take(stray, "close_loop", second, loop_measures="已返回", came_back_at="2026-05-12 14:44")
    assert closed.state == "loop_closed"


def test_a_place_of_cross_border_work_is_visited_in_turn():
    point = made("health.borderpoint")
    assert point.supervise_by == date(2026, 1, 22)
    point = take(point, "supervise", supervised_on="2026-02-01", supervision_note="符合要求")
    assert point.supervise_by == date(2026, 2, 8)
    assert "须画出范围" in faults(point, kind="corridor", polygon=None)
