"""What only the ledgers of roads do: stakes, classes of bridges, striking off, several measures at one site."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from tonggui.ledgers.roads.stakes import kilometres, metres
from tonggui.register.actor import Actor
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.registry import ledger
from tonggui.statutes import roads as law

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")
HALF = SimpleNamespace(start=date(2026, 1, 1), end=date(2026, 6, 30))


def make(key, **values):
    return ledger(f"roads.{key}").example(**values)


def change(record, **values):
    return record.ledger.change(record, OFFICER, values, "更正")


def take(record, move, by=OFFICER, comment="理由", **values):
    return record.ledger.perform(record, move, by, comment, values)


def figure(key, name):
    measure = ledger(f"roads.{key}").measures[name]
    return measure.value(measure.queryset(HALF, OFFICER))


def refused_fields(record, **values):
    with pytest.raises(InvalidValues) as refused:
        change(record, **values)
    return refused.value.errors


def test_stakes_read_as_metres():
    assert metres("K12+345.678") == Decimal("12345.678")
    assert metres("12.3") is None
    assert kilometres("K0+000", "K6+200") == Decimal("6.200")
    assert kilometres("K0+000", "起点") is None


def test_who_keeps_a_road_follows_from_its_grade_and_its_number_agrees():
    road = make("road", code="C012", admin_grade="C")
    assert road.keeper_body == "township"
    assert "村道" in refused_fields(road, admin_grade="X")["code"]


def test_a_section_is_as_long_as_its_stakes_say_unless_its_chain_is_broken():
    section = make("section")
    assert section.road_km == Decimal("6.200")
    assert "有断链" in refused_fields(section, road_km="7.5")["road_km"]
    assert change(section, road_km="7.5", has_break=True).counted_km == Decimal("7.500")
    assert "起点桩号" in refused_fields(section, end_stake="K0+000")["end_stake"]


def test_a_roadway_that_two_roads_share_counts_once():
    section = make("section", shares_road=make("road", code="S101", admin_grade="S"))
    assert section.counted_km == 0
    assert "另一条" in refused_fields(section, shares_road=section.road.number)["shares_road"]


def test_the_class_of_a_bridge_sets_its_next_inspection():
    assert make("bridge", rating="3", rated_on="2026-03-18").next_check_on == date(2027, 3, 18)
    worst = make("bridge", rating="5", rated_on="2026-03-18")
    assert worst.next_check_on == date(2026, 6, 18)
    assert worst.dangerous
    assert "重大隐患" in worst.demand()
    assert figure("bridge", "unguarded") == 1


def test_an_approved_inspection_rates_its_bridge_and_an_older_one_does_not():
    bridge = make("bridge", rating="2", rated_on="2025-05-01")
    check = make("bridgecheck", bridge=bridge, deck_score="50", upper_score="55", lower_score="52")
    assert (check.condition_score, check.rating) == (Decimal("52.8"), "4")
    take(take(check, "submit"), "approve")
    bridge = ledger("roads.bridge").get(bridge.number, OFFICER)
    assert (bridge.rating, bridge.rated_on, bridge.next_check_on) == ("4", date(2026, 4, 16), date(2026, 10, 16))
    older = make("bridgecheck", bridge=bridge, visited_on="2025-01-01")
    take(take(older, "submit"), "approve")
    assert ledger("roads.bridge").get(bridge.number, OFFICER).rating == "4"


def test_a_periodic_inspection_scores_all_three_parts():
    assert set(refused_fields(make("bridgecheck"), deck_score="")) == {"deck_score"}


def test_a_dangerous_bridge_is_not_opened_again():
    bridge = make("bridge", rating="5", rated_on="2026-03-18")
    with pytest.raises(Refused, match="五类"):
        take(take(bridge, "bar"), "open_again")
    with pytest.raises(Refused, match="限载"):
        take(make("bridge", safeguards="load"), "restrict")


@pytest.mark.parametrize(("length", "span", "size"), [(1200, 40, "extra"), (48, 16, "medium"), (20, 8, "small")])
def test_the_size_of_a_bridge(length, span, size):
    assert law.bridge_size(Decimal(length), Decimal(span), date(2026, 1, 1)) == size


def test_an_appointed_village_chief_stands_on_the_section():
    chief = take(make("chief"), "appoint")
    assert ledger("roads.section").get(chief.section.number, OFFICER).chief == chief.person
    with pytest.raises(Refused, match="所在乡镇"):
        take(make("chief", chief_level="township"), "appoint")
    assert "上级不能是" in refused_fields(chief, chief_above=make("chief").number)["chief_above"]


def test_a_patrol_reports_each_trade_it_looked_at():
    patrol = make("patrol")
    assert set(refused_fields(patrol, trades="greening")) == {"greening_report"}
    assert set(refused_fields(patrol, solved_on_spot="3")) == {"solved_on_spot"}
    assert set(refused_fields(patrol, kind="chief")) == {"chief_on_road"}
    assert patrol.town == patrol.section.town


def test_patrol_duties_follow_the_level_of_the_chief_and_the_grade_of_the_road():
    duties = ledger("roads.patrol").page.duties
    assert [duty.period for duty in duties if duty.per == "chief_on_road"] == ["year", "quarter", "month", "week"]
    assert [(duty.period, duty.count) for duty in duties if duty.per == "section"] == [
        ("week", 1),
        ("month", 2),
        ("month", 1),
    ]


def test_the_estimate_makes_the_class_of_works_and_that_the_deadline():
    problem = make("problem", works=None, estimate="36000")
    assert (problem.works, problem.due_on) == ("medium", date(2026, 7, 19))
    assert make("problem", works=None, estimate="100000").works == "major"
    assert set(refused_fields(problem, works="bridge")) == {"bridge"}
    assert set(refused_fields(problem, stake="三公里处")) == {"stake"}


def test_a_problem_is_struck_off_by_another_person_than_its_fixer(office):
    fixer, other = office.person("road_officer", name="甲示例"), office.person("road_officer", name="乙示例")
    problem = make("problem", unit=office.root)
    problem = take(problem, "dispatch", fixer, owner=office.east.number)
    assert problem.task_no == "示交养派〔2026〕1号"
    with pytest.raises(Refused, match="照片"):
        take(problem, "fix", fixer, fixed_on="2026-05-24")
    problem = take(problem, "fix", fixer, photos_after=[1], fixed_on="2026-05-24")
    with pytest.raises(Refused, match="同一人"):
        take(problem, "accept", fixer)
    assert take(problem, "accept", other).closed_on
    assert figure("problem", "found") == figure("problem", "closed") == 1


def test_repairs_are_counted_by_road_and_answered_for_after_they_are_done():
    common = dict(works="medium", state="closed", fixed_on="2026-06-01", closed_on="2026-06-03", found_on="2026-05-01")
    first = make("problem", funds="40000", **common)
    make("problem", section=first.section, funds="25000", **common)
    assert first.liability_until == date(2026, 12, 1)
    assert figure("problem", "repaired_roads") == 1
    assert figure("problem", "repair_funds") == 65_000


def test_only_what_is_late_goes_up(office):
    problem = take(make("problem", due_on="2099-01-01"), "dispatch", owner=office.east.number)
    with pytest.raises(Refused, match="没有逾期"):
        take(problem, "escalate", supervisor=make("chief").number)


def test_the_dispatch_meeting_finds_the_list_as_it_stood():
    make("problem", found_on="2026-05-02")
    make("problem", found_on="2026-05-02", state="ordered", due_on="2026-05-09")
    make("problem", found_on="2026-05-02", state="closed", closed_on="2026-05-12")
    meeting = make("dispatch")
    assert (meeting.open_problems, meeting.late_problems, meeting.struck_off, meeting.late_share()) == (2, 1, 1, 50)


def test_seven_sites_may_carry_eight_measures():
    common = dict(state="works_passed", finished_on="2026-05-01", works_passed_on="2026-05-10", treated_km="0.5")
    for number in range(7):
        wall = number in (3, 4)
        remedies = "curve" if number < 3 else "wall,guard" if number == 4 else "wall" if wall else "guard"
        make("site", name=f"示例{number}", remedies=remedies, wall_m="20" if wall else None, **common)
    assert figure("site", "treated") == 7
    assert [figure("site", name) for name in ("curves", "walls", "guards")] == [3, 2, 3]
    assert figure("site", "length") == Decimal("3.5")


def test_a_site_high_above_the_water_is_not_accepted_without_a_barrier():
    site = make("site", kind="cliff", drop_m="3.0", remedies="sign", guard_m=None, state="to_be_accepted")
    assert site.must_guard
    with pytest.raises(Refused, match="护栏或挡墙"):
        take(site, "accept_works", works_passed_on="2026-06-01")
    assert not make("site", kind="cliff", drop_m="2.9").must_guard
    assert make("site", design_speed="20", radius_m="14").below_standard
    assert set(refused_fields(make("site"), remedies="sign")) == {"guard_m"}


def test_a_building_is_measured_against_the_control_zone_of_its_road():
    near = make("roadside", kind="building", set_back_m="9.9")
    assert near.in_zone
    assert not make("roadside", set_back_m="10").in_zone
    assert set(refused_fields(make("roadside"), kind="building")) == {"set_back_m"}
    assert make("roadside", kind="billboard").clause == "公路法第五十四条"
    assert near.due_on == date(2026, 5, 31)


def test_cleared_stalls_count_on_the_day_they_are_cleared():
    make("roadside", state="closed", cleared_on="2026-05-20")
    make("roadside", state="ordered")
    assert (figure("roadside", "found"), figure("roadside", "stalls_cleared")) == (2, 1)


def test_a_permit_wants_three_documents_and_the_police_where_traffic_is_affected():
    with pytest.raises(Refused, match="应急方案"):
        take(make("permit", materials="design,safety"), "take_in", accepted_on="2026-04-08")
    permit = take(make("permit", affects_traffic=True), "take_in", accepted_on="2026-04-08")
    assert permit.decide_by == date(2026, 5, 9)
    with pytest.raises(Refused, match="公安交管"):
        take(permit, "license_works", decided_on="2026-04-20", works_from="2026-05-01", works_until="2026-05-20")


def test_a_closure_is_announced_five_days_before_with_a_way_round():
    planned = dict(closure_reason="upkeep", closes_on="2026-06-18", opens_on="2026-07-30")
    closure = make("closure", **planned)
    assert (closure.must_announce, closure.announce_by) == (True, date(2026, 6, 13))
    with pytest.raises(Refused, match="2026-06-13"):
        take(closure, "announce", announced_on="2026-06-14", channels=["notice"])
    assert take(closure, "announce", announced_on="2026-06-13", channels=["notice"]).announcement_no
    with pytest.raises(Refused, match="临时道路"):
        take(make("closure", detour="", **planned), "announce", announced_on="2026-06-01", channels=["notice"])
    assert take(make("closure"), "announce", announced_on="2026-06-18", channels=["radio"]).state == "announced"


@pytest.mark.parametrize(
    ("kind", "km", "days", "must"),
    [
        ("whole", 0, 1, True),
        ("half", 2, 31, True),
        ("half", 2, 30, False),
        ("half", 1.9, 60, False),
        ("limit", 9, 99, False),
    ],
)
def test_what_must_be_announced(kind, km, days, must):
    assert law.must_announce(kind, km, days, date(2026, 6, 1)) is must


def test_a_hamlet_is_large_by_households_or_people():
    assert make("hamlet", households=20, people=40).large
    assert make("hamlet", households=8, people=100).large
    small = make("hamlet", households=19, people=99)
    assert not small.large
    assert set(refused_fields(small, gap_km="")) == {"gap_km"}
    town = ledger("parties.town").example(name="江口镇", kind="town")
    assert "请选自然村（组）" in refused_fields(small, hamlet=town)["hamlet"]
    assert not law.is_large_hamlet(30, 40, date(2026, 1, 1), {"hamlet_rule": "and"})


def test_missing_roads_count_large_hamlets_alone():
    make("hamlet", state="compared")
    make("hamlet", state="compared", households=9, people=30)
    make("hamlet", state="sent_up", has_road="yes", gap_km=None)
    assert [figure("hamlet", name) for name in ("towns", "surveyed", "large", "missing")] == [1, 3, 2, 1]
    assert figure("hamlet", "gap") == Decimal("1.900")


def test_a_days_cleaning_names_its_machine_and_its_people():
    day = make("cleaning")
    assert day.machine_share() == 81
    assert set(refused_fields(day, vehicle="")) == {"vehicle"}
    assert set(refused_fields(day, cleaners="0")) == {"cleaners"}
    assert set(refused_fields(day, machine_km="0", manual_km="0")) == {"machine_km"}
    assert set(refused_fields(day, salt_t="1")) == {"salt_t"}


def test_a_demonstration_is_recommended_with_points_enough_and_no_veto():
    assert make("demonstration").total_score == Decimal("87.5")
    with pytest.raises(Refused, match="拖欠工资"):
        take(make("demonstration", vetoes="wages"), "recommend", assessor="示例")
    with pytest.raises(Refused, match="低于"):
        take(make("demonstration", building_score="5"), "recommend", assessor="示例")
    assert set(refused_fields(make("demonstration"), building_score="26")) == {"building_score"}
    named = make("demonstration", state="named", named_on="2026-06-01")
    assert named.demonstration_review_by == date(2029, 6, 1)
    assert figure("demonstration", "towns") == 1


def test_a_board_says_when_it_must_be_renewed():
    board = make("board")
    assert board.outdated() == ""
    assert make("board", shown="road,phone").outdated().startswith("缺里程和等级")
    assert make("board", keeper_chief=make("chief", state="left")).outdated() == "路长已离任"
    assert set(refused_fields(board, shown="road,chief")) == {"shown"}
