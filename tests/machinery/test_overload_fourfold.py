"""一超四罚: what one effective case opens, who stands at which number, and what changes when a case falls."""

from datetime import date, datetime, time, timedelta

import pytest

from tonggui.base import clock
from tonggui.bridge.counters import standings
from tonggui.law import overrides
from tonggui.ledgers.overload.fourfold import open_checks, withdraw_checks
from tonggui.register.actor import Actor
from tonggui.register.errors import Refused
from tonggui.register.registry import ledger

pytestmark = pytest.mark.django_db
OFFICER = Actor.system("测试")
DAY = date(2026, 6, 1)
TRUCK = "沪A00001"


@pytest.fixture(autouse=True)
def _today():
    with clock.pretending(datetime.combine(date(2026, 7, 1), time(10), clock.CHINA)):
        yield


@pytest.fixture
def decide(tmp_path):
    """The bureau decides a parameter or a reading from 2020 on."""

    def decide(code, value):
        file = tmp_path / "values.json"
        file.write_bytes(overrides.written([overrides.Override(code, date(2020, 1, 1), value, "CS20260001")]))
        overrides.read_from(file)

    yield decide
    overrides.read_from(None)


@pytest.fixture
def parties():
    """A firm with ten goods vehicles and a coach, a driver, a yard."""
    firm = ledger("parties.enterprise").example(name="示例四方货运有限公司", business="freight")
    vehicles = ledger("fleet.vehicle")
    for number in range(1, 11):
        vehicles.example(plate=f"沪A{number:05}", vehicle_class="heavy", gross_kg=31_000, enterprise=firm)
    vehicles.example(plate="沪A00011", vehicle_class="coach", enterprise=firm)
    driver = ledger("fleet.driver").example(enterprise=firm, name="钱示例")
    return {"enterprise": firm, "driver": driver, "yard": ledger("overload.yard").example()}


def served(day=DAY, plate=TRUCK, after=10, **values):
    """A case whose decision was served some days after its act, with its four checks."""
    case = ledger("overload.case").example(
        state="served",
        plate=plate,
        happened_on=day,
        happened_at=None,
        received_on=day,
        filed_on=day,
        noticed_on=day,
        decided_on=day,
        served_on=day + timedelta(days=after),
        **{"fine": 1500, **values},
    )
    open_checks(case, OFFICER)
    return case


def checks(case):
    rows = ledger("overload.fourfold").query(OFFICER).filter(overload_case=case).exclude(state="void")
    return {row.checked_party: row for row in rows}


def test_one_case_opens_four_checks_and_only_what_asks_for_something_waits(parties):
    case = served(**parties)
    four = checks(case)
    assert list(four) == ["vehicle", "driver", "enterprise", "yard"]
    assert [row.subject_name for row in four.values()] == [
        TRUCK,
        "钱示例",
        parties["enterprise"].name,
        parties["yard"].name,
    ]
    assert [row.state for row in four.values()] == ["counted_only", "counted_only", "to_verify", "to_verify"]
    assert four["vehicle"].repeat_no == case.repeat_no == 1
    assert four["yard"].follows.startswith("核查装载")
    assert four["vehicle"].verify_by == date(2026, 6, 23)  # seven working days from Thursday 11 June, over the holiday
    open_checks(case, OFFICER)
    assert ledger("overload.fourfold").query(OFFICER).count() == 4


@pytest.mark.parametrize(("acts", "level"), [(1, "counted"), (2, "warned"), (3, "warned"), (4, "reached")])
def test_a_vehicle_and_a_driver_are_warned_at_two_and_stopped_at_the_fourth(parties, acts, level):
    for n in range(acts):
        case = served(DAY - timedelta(days=80 * (acts - 1 - n)), **parties)
    four = checks(case)
    assert (four["vehicle"].repeat_no, four["vehicle"].level) == (acts, level)
    assert (four["driver"].repeat_no, four["driver"].level) == (acts, level)
    assert case.repeat_no == acts
    assert ("吊销车辆营运证" in four["vehicle"].follows) is (level == "reached")


def test_an_act_of_the_same_day_a_year_before_is_no_longer_counted(parties):
    served(date(2025, 6, 1), **parties)
    assert checks(served(DAY, **parties))["vehicle"].rolling_no == 1
    assert checks(served(date(2026, 5, 31), **parties))["vehicle"].rolling_no == 2


def test_a_transport_decided_late_is_counted_in_the_fullest_year_it_lies_in(parties):
    for days in (30, 60, 90):
        served(DAY - timedelta(days=days), **parties)
    late = served(DAY - timedelta(days=120), after=125, **parties)
    vehicle = checks(late)["vehicle"]
    assert (vehicle.repeat_no, vehicle.level) == (4, "reached")
    assert (vehicle.counted_from, vehicle.counted_to) == (date(2025, 5, 3), date(2026, 5, 2))


def test_both_years_stand_side_by_side_and_the_bureaus_decides(parties, decide):
    vehicle = ledger("fleet.vehicle").query(OFFICER).get(plate=TRUCK)
    vehicle = vehicle.ledger.change(vehicle, OFFICER, {"permit_first_on": "2019-05-01"}, why="补登")
    for day in (date(2025, 8, 1), date(2025, 10, 1), date(2026, 4, 20)):
        served(day, vehicle=vehicle, **parties)
    row = checks(served(DAY, vehicle=vehicle, **parties))["vehicle"]
    assert (row.rolling_no, row.anniversary_no, row.repeat_no, row.level) == (4, 1, 4, "reached")
    decide("counting_year", "anniversary")
    row = checks(served(DAY + timedelta(days=9), vehicle=vehicle, **parties))["vehicle"]
    assert (row.rolling_no, row.anniversary_no, row.repeat_no, row.level) == (5, 2, 2, "warned")
    assert (row.counted_from, row.counted_to) == (date(2026, 5, 1), date(2027, 4, 30))
    assert "2 次。本局按此认定" in row.counting
    assert "5 次" in row.counting


def test_the_day_of_the_served_decision_may_decide_instead(parties, decide):
    served(date(2025, 5, 20), after=30, **parties)
    assert checks(served(DAY, **parties))["vehicle"].repeat_no == 1
    decide("counted_day", "served")
    assert checks(served(DAY + timedelta(days=2), **parties))["vehicle"].repeat_no == 3


def test_a_warning_opens_nothing_unless_the_bureau_counts_warnings(parties, decide):
    assert checks(served(fine=0, **parties)) == {}
    decide("counted_acts", "all")
    assert checks(served(fine=0, **parties))["vehicle"].repeat_no == 2


def test_an_enterprise_is_measured_by_its_distinct_vehicles_against_those_on_its_books(parties, decide):
    served(DAY - timedelta(days=9), **parties)
    row = checks(served(DAY, **parties))["enterprise"]
    assert (row.vehicles_over, row.vehicles_owned, row.owned_on) == (1, 10, date(2026, 6, 11))
    assert (row.over_share, row.level, row.repeat_no) == (10, "warned", 2)
    row = checks(served(DAY, plate="沪A00002", **parties))["enterprise"]
    assert (row.over_share, row.level) == (20, "reached")
    assert "占在册货车 10 辆的 20.00%" in row.counting
    decide("吊销企业许可的违法超限车辆占比", 0.15)
    row = checks(served(DAY, plate="沪A00003", **parties))["enterprise"]
    assert (row.level, row.follows[:2]) == ("revocable", "吊销")


def test_a_case_without_an_enterprise_is_one_of_its_vehicles(parties):
    vehicle = ledger("fleet.vehicle").query(OFFICER).get(plate=TRUCK)
    assert checks(served(vehicle=vehicle))["enterprise"].enterprise == parties["enterprise"]


def test_a_party_nobody_knows_is_found_before_it_is_warned(parties):
    served(DAY - timedelta(days=30), **parties)
    case = served(driver_name="钱示例")
    row = checks(case)["driver"]
    assert (row.level, row.subject_name, row.state) == ("unknown", "钱示例（未建档）", "to_verify")
    with pytest.raises(Refused, match="先办理“查明对象”"):
        row.ledger.perform(row, "warn_party", OFFICER, values={"warned_on": "2026-07-01"})
    with pytest.raises(Refused, match="请填写驾驶人的档案"):
        row.ledger.perform(row, "name_subject", OFFICER)
    row = row.ledger.perform(row, "name_subject", OFFICER, values={"driver": parties["driver"].number})
    assert (row.repeat_no, row.level, row.subject_name) == (2, "warned", "钱示例")
    case.refresh_from_db()
    assert case.driver == parties["driver"]


def test_what_has_reached_the_standard_cannot_be_merely_counted(parties):
    for days in (9, 6, 3, 0):
        case = served(DAY - timedelta(days=days), **parties)
    row = checks(case)["vehicle"]
    with pytest.raises(Refused, match="应当抄告处理机关"):
        row.ledger.perform(row, "only_count", OFFICER)
    row = row.ledger.perform(row, "copy", OFFICER, values={"copied_on": "2026-06-18"})
    assert (row.reply_by, row.handling_body) == (date(2026, 7, 18), "车籍地道路运输管理机构")
    done = {"answered_on": "2026-07-01", "result": "已吊销道路运输证（示例）"}
    assert row.ledger.perform(row, "handle", OFFICER, values=done).state == "handled"


def test_a_quashed_case_voids_its_checks_and_those_that_counted_it_count_again(parties):
    cases = [served(DAY - timedelta(days=days), **parties) for days in (30, 20, 10, 0)]
    last = checks(cases[3])["vehicle"]
    last = last.ledger.perform(last, "copy", OFFICER, values={"copied_on": "2026-06-18"})
    quashed = cases[1]
    quashed.ledger.perform(quashed, "quash", OFFICER, "复议撤销（示例）", {"quashed_on": "2026-07-01"})
    assert checks(quashed) == {}
    assert checks(cases[0])["vehicle"].repeat_no == 1
    assert checks(cases[2])["vehicle"].repeat_no == 2
    last.refresh_from_db()
    assert (last.repeat_no, last.level, last.state) == (3, "warned", "to_verify")
    withdraw_checks(quashed, OFFICER)  # once more changes nothing
    last.refresh_from_db()
    assert last.repeat_no == 3


def test_closing_a_case_tells_its_checks_until_when_to_copy(parties):
    case = served(**parties)
    case.copy_by = date(2026, 7, 10)
    open_checks(case, OFFICER)
    assert {row.copy_by for row in checks(case).values()} == {date(2026, 7, 10)}


# --- who stands where -------------------------------------------------------------------------------------------------


def test_who_stands_where_is_counted_from_the_cases_of_the_year_alone(parties):
    for days in (400, 30, 20, 10):
        served(DAY - timedelta(days=days), **parties)
    quashed = served(DAY, **parties)
    quashed.ledger.perform(quashed, "quash", OFFICER, "复议撤销（示例）", {"quashed_on": "2026-07-01"})
    found = standings(OFFICER, date(2026, 7, 1))
    (vehicle,), (driver,), (firm,), (yard,) = (found[one] for one in ("vehicle", "driver", "enterprise", "yard"))
    assert (vehicle.name, vehicle.times, vehicle.level, vehicle.window) == (
        TRUCK, 3, "warned", (date(2025, 7, 2), date(2026, 7, 1)),
    )  # fmt: skip
    assert [act.day for act in vehicle.acts] == [DAY - timedelta(days=days) for days in (10, 20, 30)]
    assert (driver.name, driver.times) == ("钱示例", 3)
    assert (firm.vehicles_over, firm.vehicles_owned, firm.share, firm.level) == (1, 10, 10, "warned")
    assert (yard.times, yard.level) == (3, "warned")
    assert standings(OFFICER, date(2027, 7, 1))["vehicle"] == []


def test_the_page_of_counters_opens_the_cases_behind_each_number(office, parties, client):
    client.force_login(office.person("overload_officer").account)
    assert "年度内没有计次" in client.get("/counters/").content.decode()
    cases = [served(DAY - timedelta(days=days), **parties) for days in (9, 6, 3, 0)]
    page = client.get("/counters/").content.decode()
    assert "4 次" in page
    assert "1 达到处置标准" in page
    assert all(f"/ledgers/overload.case/{case.number}/" in page for case in cases)
    firms = client.get("/counters/?party=enterprise").content.decode()
    assert "1 / 10" in firms
    assert "10.00" in firms
    assert "没有符合条件的对象" in client.get("/counters/?party=yard&level=reached").content.decode()
    client.force_login(office.person("enterprise").account)
    assert client.get("/counters/").status_code == 403


def test_a_check_shows_the_cases_of_its_number_and_its_three_neighbours(office, parties, client):
    client.force_login(office.person("overload_officer").account)
    first, second = (served(DAY - timedelta(days=days), **parties) for days in (9, 0))
    page = client.get(checks(second)["driver"].url).content.decode()
    assert all(f"/ledgers/overload.case/{case.number}/" in page for case in (first, second))
    assert all(row.url in page for row in checks(second).values())
