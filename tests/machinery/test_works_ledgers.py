"""Ledgers of construction projects: months that add up and stay locked, gates of the chain, days, money, checks."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django.http import QueryDict

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.measures import Sum
from tonggui.register.models import Account
from tonggui.register.query import ListQuery
from tonggui.register.registry import ledger
from tonggui.statutes.works import leader_days, light_of, time_share

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")


def on(day):
    return clock.pretending(datetime.combine(day, time(10), clock.CHINA))


def add(key, **values):
    return ledger(f"works.{key}").example(**values)


def faults(record):
    return dict(record.faults())


def take(record, move, why="", **values):
    return record.ledger.perform(record, move, OFFICER, why, values)


# --- money in 万元 ---------------------------------------------------------------------------------------------------


def test_money_typed_in_wan_is_kept_and_summed_in_yuan():
    project = add("project", year_target="3200.5", total="8600")
    assert project.year_target == Decimal("32005000.00")
    kind = project.kinds["year_target"]
    assert (kind.show(project.year_target), kind.entry(project.year_target)) == ("3,200.50", "3200.50")
    measure = type(project).Measures.total
    assert isinstance(measure, Sum) and measure.unit == "元"


def test_a_range_is_asked_in_the_unit_that_people_write():
    project = add("project", total="8600")
    found = [
        [row.number for row in ListQuery(project.ledger, OFFICER, QueryDict(f"total_min={least}")).records]
        for least in (8600, 8601)
    ]
    assert found == [[project.number], []]


# --- months ----------------------------------------------------------------------------------------------------------


def test_a_year_is_the_sum_of_its_months_and_sums_never_fall():
    project = add("project")
    may = add("progress", project=project, month="2026-05", invest_month="100", invest_year="500", invest_all="900")
    june = {"project": project, "month": "2026-06"}
    right = add("progress", **june, invest_month="120", invest_year="620", invest_all="1020")
    wrong = (({"invest_year": "630"}, "应为 620.00"), ({"invest_year": "490"}, "还少"), ({"invest_all": "800"}, "还少"))
    for values, words in wrong:
        row = right.ledger.change(right, OFFICER, values)
        with pytest.raises(Refused, match=words):
            take(row, "submit")
        right = right.ledger.change(row, OFFICER, {"invest_year": "620", "invest_all": "1020"})
    assert take(right, "submit").state == "submitted" and take(may, "submit").state == "submitted"


def test_in_january_the_year_is_the_month():
    january = add("progress", month="2026-01", invest_month="100", invest_year="150", invest_all="900")
    assert "一月份" in faults(january)["invest_year"]


def test_a_submitted_month_is_locked_until_it_is_amended_with_a_reason():
    month = take(add("progress"), "submit")
    with pytest.raises(Refused, match="更正"):
        month.ledger.change(month, OFFICER, {"physical": "改"})
    with pytest.raises(Refused, match="理由"):
        take(month, "amend")
    month = take(month, "amend", "数字填错")
    assert month.ledger.change(month, OFFICER, {"physical": "路基完成"}, "改正").physical == "路基完成"


def test_a_late_or_strange_month_is_told_to_its_checker():
    project = add("project")
    add("progress", project=project, month="2026-04", invest_year="1000", invest_all="2000", physical_share="40")
    late = add("progress", project=project, physical_share="40")
    with on(date(2026, 7, 9)):
        late = take(late, "submit")
    assert late.late_return and late.month_returned_on == date(2026, 7, 9)
    for words in ("迟报", "中间缺报", "形象进度未变", "没有现场照片"):
        assert words in late.remarks
    with on(date(2026, 7, 3)):
        assert not take(add("progress", project=add("project", name="另一项目")), "submit").late_return


def test_a_checked_month_sets_the_light_of_its_project():
    project = add("project", total="9000", year_target="3200")
    take(take(add("progress", project=project), "submit"), "approve")
    project.refresh_from_db()
    assert (project.told_month, project.told_year) == (date(2026, 6, 1), Decimal(15_800_000))
    assert (project.target_rate(), project.ahead(), project.light()) == ("49.4", "-0.2", "绿灯")
    project.plan_year = 2027
    assert project.light() == "无月报"


def test_lights_by_the_bureaus_thresholds():
    half = date(2026, 6, 30)
    assert time_share(half) == Decimal("49.59")
    lights = [light_of(Decimal(done), half) for done in (49, 40, 39, 30, 29)]
    assert lights == ["绿灯", "绿灯", "黄灯", "黄灯", "红灯"]


# --- the chain -------------------------------------------------------------------------------------------------------


def step(project, node, **values):
    return add("milestone", project=project, node=node, **values)


def finish(milestone, day="2026-05-10", **begun):
    milestone = take(milestone, "begin_step", begun_on="2026-04-01", **begun)
    return take(milestone, "finish_step", done_on=day, approval_doc_no="示发〔2026〕1号")


def test_a_step_waits_for_those_it_rests_on_unless_it_says_why_not():
    project = add("project")
    step(project, "scheme")
    design = step(project, "design")
    with pytest.raises(Refused, match="“方案优化”还没有办结"):
        take(design, "begin_step", begun_on="2026-04-01")
    with pytest.raises(InvalidValues):
        take(design, "begin_step", begun_on="2026-04-01", handling="parallel")
    design = finish(design, handling="parallel", handling_reason="县政府专题会议纪要第3期")
    project.refresh_from_db()
    assert (project.latest_step, project.stage) == ("design", "planned")


def test_an_earlier_step_that_ends_later_does_not_set_the_project_back():
    project = add("project")
    first, later = step(project, "scheme"), step(project, "cost_check")
    finish(later, handling="waived", handling_reason="承诺一月内补齐")
    finish(first)
    project.refresh_from_db()
    assert (project.latest_step, project.stage) == ("cost_check", "tender")


def test_works_start_only_with_a_passed_check_and_their_safety_part():
    project = add("project", stage="tender", started_on=None)
    start = take(step(project, "start"), "begin_step", begun_on="2026-04-01")
    ended = {"done_on": "2026-05-10", "approval_doc_no": "示交〔2026〕9号"}
    with pytest.raises(Refused, match="开工检查"):
        take(start, "finish_step", **ended)
    add("startcheck", project=project, state="同意开工", start_checked_on="2026-05-01")
    with pytest.raises(Refused, match="同时检查"):
        take(start, "finish_step", **ended)
    add("safetystep", project=project, milestone=start, safety_part="checked", state="审核通过")
    take(start, "finish_step", **ended)
    project.refresh_from_db()
    assert (project.stage, project.started_on) == ("building", date(2026, 5, 10))


def test_no_start_on_a_promise_and_no_step_twice():
    project = add("project")
    start = step(project, "start", handling="waived", handling_reason="承诺")
    assert "不得容缺" in faults(start)["handling"]
    with pytest.raises(Refused, match="另有一行"):
        take(step(project, "start"), "begin_step", begun_on="2026-04-01")


# --- what holds a project up -----------------------------------------------------------------------------------------


def test_weather_days_stand_apart_from_delay():
    rain = add("blocker", blocker="rain", blocked_from="2026-04-11", blocked_to="2026-04-19")
    land = add("blocker", blocker="land", blocked_from="2026-04-11", blocked_to="2026-04-20")
    assert (rain.weather_days, rain.delay_days, land.weather_days, land.delay_days) == (9, None, None, 10)
    with on(date(2026, 4, 12)):
        still = add("blocker", blocker="pipes", blocked_from="2026-04-11")
        assert (still.days_so_far(), still.delay_days) == (2, None)


def test_one_cause_counts_each_day_once():
    project = add("project")
    first = {"project": project, "blocker": "rain", "blocked_from": "2026-04-11", "blocked_to": "2026-04-19"}
    take(add("blocker", **first), "confirm")
    again = add("blocker", project=project, blocker="rain", blocked_from="2026-04-19")
    with pytest.raises(Refused, match="重复计算"):
        take(again, "confirm")
    again = again.ledger.change(again, OFFICER, {"blocked_from": "2026-04-20"})
    assert take(again, "confirm").state == "blocking"


def test_the_project_says_what_blocks_it_now():
    project = add("project")
    blocker = take(add("blocker", project=project), "confirm")
    project.refresh_from_db()
    assert project.blocked_by == "征拆"
    take(blocker, "lift", blocked_to="2026-05-01", solution="已签协议")
    project.refresh_from_db()
    assert project.blocked_by == ""


# --- quantities and land ---------------------------------------------------------------------------------------------


def test_no_more_is_done_than_designed_unless_the_design_was_changed():
    item = add("quantity", planned_quantity="20")
    take(take(add("quantitymonth", quantity_item=item, month="2026-05"), "submit"), "approve")
    item.refresh_from_db()
    assert (item.done_quantity, item.done_rate()) == (Decimal(16), "80.0")
    june = take(add("quantitymonth", quantity_item=item, month="2026-06", done_month="8"), "submit")
    with pytest.raises(Refused, match="设计变更"):
        take(june, "approve")
    item.ledger.change(item, OFFICER, {"changed_quantity": "24", "change_no": "变更〔2026〕1号"}, "设计变更")
    take(june, "approve")
    item.refresh_from_db()
    assert item.done_quantity == 24
    item.change_no = ""
    assert "文号" in faults(item)["change_no"]


def test_land_is_cleared_after_it_is_agreed_and_is_never_lost():
    land = add("land")
    for values, field in (
        ({"area_cleared": "115"}, "area_cleared"),
        ({"houses_agreed": "43"}, "houses_agreed"),
        ({"area_agreed": "100"}, "area_agreed"),
        ({"compensation_paid": "1800"}, "compensation_paid"),
    ):
        with pytest.raises(InvalidValues) as refused:
            land.ledger.change(land, OFFICER, values, "更新")
        assert field in refused.value.errors
    land = take(land, "correct", "误报")
    land = land.ledger.change(land, OFFICER, {"area_agreed": "100"}, "误报")
    land = take(land, "settle")
    with pytest.raises(Refused, match="没有交地"):
        take(land, "clear_all")


# --- money -----------------------------------------------------------------------------------------------------------


def test_what_does_not_hold_of_a_batch_is_said_not_refused():
    fund = add("fund", planned_fund="100", arrived_fund="120", used_fund="130")
    assert "垫资" in fund.fund_doubt and "计划" in fund.fund_doubt
    assert add("fund").fund_doubt == "" and add("fund").fund_gap() == "400.00"


def test_a_granted_request_opens_its_batch_and_arrives_with_it():
    request = take(add("fundrequest"), "apply_fund")
    assert request.fund_applied_on == clock.today()
    reply = {"replied_on": clock.today().isoformat(), "reply_no": "示财〔2026〕8号", "granted_fund": "900"}
    request = take(request, "record_grant", **reply)
    batches = ledger("works.fund")
    (batch,) = batches.query(OFFICER).filter(request=request)
    assert (batch.planned_fund, batch.fund_no, request.granted_rate()) == (
        Decimal(9_000_000),
        "示财〔2026〕8号",
        "60.0",
    )
    with pytest.raises(Refused, match="到位记录"):
        take(request, "confirm_arrival")
    batches.change(batch, OFFICER, {"arrived_fund": "900", "arrived_on": "2026-06-01"}, "到位")
    take(take(batch, "submit"), "approve")
    assert take(request, "confirm_arrival").state == "fund_arrived"


# --- site ------------------------------------------------------------------------------------------------------------


def test_no_site_starts_while_an_item_fails():
    check = add("startcheck", machines_checked="fail", start_findings="塔吊未检")
    check = take(check, "submit_check")
    with pytest.raises(Refused, match="机械设备验收"):
        take(check, "agree_start", agreed_on="2026-03-01")
    check = take(check, "refuse_start", "塔吊复检")
    check = take(check, "resubmit", start_fix="已复检", machines_checked="pass")
    assert take(check, "agree_start", agreed_on="2026-03-02").state == "start_agreed"


def test_a_new_start_has_its_approvals():
    check = add("startcheck", occasion="start", works_approval="none", start_findings="许可在办")
    assert check.failing() == "施工许可"
    assert add("startcheck", occasion="holiday", works_approval="none").failing() is None


def test_a_leader_is_on_site_for_the_share_of_working_days():
    assert [leader_days(days, date(2026, 5, 1)) for days in (26, 25, 0)] == [21, 20, 0]
    short = add("leaderlog", site_days=18)
    assert (short.least_days, short.short_days()) == (21, 3)
    assert "不少于 21 天" in faults(short)["away_reason"]
    assert "没有这么多天" in faults(add("leaderlog", month="2026-02", work_days=30))["work_days"]


def test_a_matter_has_an_owner_and_a_day():
    matter = add("coordination")
    assert matter.settle_by == date(2026, 5, 23)
    matter.owner_outside = ""
    assert "owner" in faults(matter)


def test_the_page_of_a_project_draws_its_chain_and_blockers(client):
    project = add("project")
    step(project, "approved")
    take(add("blocker", project=project, blocker="rain", blocked_from="2026-04-11"), "confirm")
    unit = ledger("parties.unit").query(OFFICER).first() or ledger("parties.unit").example()
    client.force_login(Account.objects.create_account("gcy", None, roles=["project_officer"], unit=unit, name="示例"))
    page = client.get(project.url).content.decode()
    assert "项目进展" in page and "立项" in page and "url(#works-weather)" in page and "时间进度" in page
