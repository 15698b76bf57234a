"""Every indicator: rows in, value out; and the promises that hold for all of them."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

import pytest

from tonggui.base import clock
from tonggui.measure import providers
from tonggui.measure.declare import SELF, Period, Ratio, Share, Total
from tonggui.measure.figures import Figure
from tonggui.measure.indicators import all_indicators, indicator
from tonggui.measure.models import NilReturn
from tonggui.register.actor import Actor, acting
from tonggui.register.registry import ledger

pytestmark = pytest.mark.django_db
HALF = Period.parse("2026H1")
BEFORE, AFTER = date(2025, 12, 31), date(2026, 7, 1)


def add(key: str, **values):
    """A record made from its ledger's example."""
    return ledger(key).example(**values)


@dataclass(frozen=True)
class Case:
    """Rows of the ledgers and the figure they must give."""

    code: str
    why: str
    rows: list = field(repr=False)
    text: str = ""
    value: Decimal | None = None


def hazard(**values):
    return "safety.hazard", {"state": "ordered", "found_on": date(2026, 3, 1), "due_on": date(2026, 4, 1), **values}


def closed(day: date, **values):
    return hazard(state="closed", closed_on=day, **values)


def case(**values):
    return "overload.case", {"state": "decided", "filed_on": date(2026, 3, 1), **values}


def decided(fine: int, **values):
    return case(decided_on=date(2026, 3, 10), fine=fine, **values)


def outing(**values):
    """A roadside operation against overload; `joint` follows from its partners."""
    chosen = {"kind": "overload", "operated_on": date(2026, 5, 12), "state": "审核通过", "partners": "", **values}
    return "enforcement.operation", chosen


def passed(n: int, state: str, **values):
    chosen = {"record_no": f"r{n}", "passed_at": datetime(2026, 3, 1, 9, tzinfo=clock.CHINA), "state": state, **values}
    return "overload.doubtedpass", chosen


def yard(name: str, **values):
    return "overload.yard", {"name": name, **values}


def fault(**values):
    chosen = {"broken_at": datetime(2026, 3, 1, 9, tzinfo=clock.CHINA), "state": "under_repair", **values}
    return "overload.devicefault", chosen


def visit(**values):
    return "safety.inspection", {"state": "审核通过", "visited_on": date(2026, 5, 12), **values}


WAN = 10_000


def project(name: str, target: int, **values):
    """A project with its year's plan in yuan; it is typed in 万元."""
    target = target / WAN
    chosen = {"state": "审核通过", "plan_year": 2026, "is_key": True, "year_target": target, "name": name, **values}
    return "works.project", chosen


def month(name: str, done: int, on: date = date(2026, 6, 1), **values):
    """One month of the project of a name, with what was done since January in yuan; it is typed in 万元."""
    return "works.progress", {"state": "审核通过", "project": name, "month": on, "invest_year": done / WAN, **values}


TWO_PROJECTS = [
    project("甲", 200_000_000),
    project("乙", 100_000_000),
    project("丙", 50_000_000, is_key=False),
    project("丁", 70_000_000, plan_year=2025),
    project("戊", 80_000_000, state="待审核"),
]
TWO_RETURNS = [
    *TWO_PROJECTS,
    month("甲", 90_000_000),
    month("甲", 70_000_000, date(2026, 5, 1)),
    month("乙", 60_000_000),
    month("丙", 10_000_000),
]

CASES = [
    Case("PRJ-01", "key, of this year's plan, confirmed", TWO_PROJECTS, "2个"),
    Case("PRJ-03", "targets of those", TWO_PROJECTS, "3.00亿元"),
    Case("PRJ-04", "the last month's cumulative sums of key projects", TWO_RETURNS, "1.50亿元"),
    Case("PRJ-04", "no return of the last month", [*TWO_PROJECTS, month("甲", 1, date(2026, 5, 1))], "—"),
    Case("PRJ-05", "the others; under one 亿 in 万元", TWO_RETURNS, "1000万元"),
    Case("PRJ-04", "less than one 亿, in the unit of its target", [*TWO_PROJECTS, month("甲", 90_000_000)], "0.90亿元"),
    Case("PRJ-04", "both below one 亿", [project("甲", 82_000_000), month("甲", 42_000_000)], "4200万元"),
    Case("PRJ-09", "done over target", TWO_RETURNS, "50.0%"),
    Case("PRJ-09", "no target, no rate", [project("甲", 0), month("甲", 5)], "—"),
    Case(
        "OVR-01",
        "points in use, not those given up",
        [("overload.weighingpoint", {}), ("overload.weighingpoint", {"code": "SL0002", "state": "ended"})],
        "1个",
    ),
    Case(
        "OVR-05",
        "a vehicle caught twice on a day counts once, on two days twice",
        [
            case(plate="示A00001"),
            case(plate="示A00001"),
            case(plate="示A00001", filed_on=date(2026, 3, 2)),
            case(plate="示A00002", state="dropped"),
            case(plate="示A00003", state="void"),
        ],
        "2台",
    ),
    Case("OVR-07", "filed in the period", [case(), case(filed_on=BEFORE), case(filed_on=AFTER)], "1宗"),
    Case(
        "OVR-08",
        "goods unloaded on the day of unloading",
        [case(unloaded_t="3.4", unloaded_on=date(2026, 3, 3)), case(unloaded_t="9", unloaded_on=AFTER)],
        "3.4吨",
    ),
    Case("OVR-09", "fines on the day of decision", [decided(1500), decided(30_000), case(fine=500)], "3.15万元"),
    Case("OVR-09P", "paid by the end", [decided(1500, paid_on=HALF.end), decided(500, paid_on=AFTER)], "0.15万元"),
    Case(
        "OVR-10",
        "two of three decided cases are paid by the end",
        [
            decided(500, paid_on=date(2026, 3, 12)),
            decided(500, paid_on=date(2026, 6, 30)),
            decided(500, paid_on=AFTER),
            case(),
        ],
        "66.7%（3宗中2宗）",
    ),
    Case(
        "OVR-11",
        "of those that must unload",
        [
            case(must_unload=True, unloaded_on=date(2026, 3, 3), unloaded_t="1"),
            case(must_unload=True),
            case(must_unload=False),
        ],
        "50.0%（2台中1台）",
    ),
    Case("OVR-02", "hours of shifts at a point, not of those at the office", [
        ("duty.shift", {"state": "done", "post": "局值班室"}),
        ("duty.shift", {"state": "done", "post": "甲", "point": None}),
    ], "24小时"),
    Case("OVR-03", "guided by all operations", [outing(guided=6), outing(zone="乙", guided=2)], "8台"),
    Case("OVR-04", "vehicles held on grounds of overload", [
        ("enforcement.seizure", {"ground": "oversize", "state": "held"}),
        ("enforcement.seizure", {"ground": "no_permit", "state": "held", "plate": "示F00018"}),
    ], "1台"),
    Case("OVR-06", "with partners and against overload", [
        outing(partners="公安交警"), outing(zone="乙"), outing(zone="丙", kind="passenger", partners="公安交警"),
    ], "1次"),
    Case("OVR-12", "found and not as approved again", [
        ("overload.modifiedtruck", {"state": "told_to_restore"}),
        ("overload.modifiedtruck", {"plate": "示G00013", "state": "as_approved"}),
    ], "1台"),
    Case("OVR-15", "published and not taken off", [
        yard("甲", state="published"), yard("乙"), yard("丙", state="ended"),
    ], "1家"),
    Case("OVR-17", "the most within a year", [
        ("overload.fourfold", {"repeat_no": 4, "state": "to_verify"}),
        ("overload.fourfold", {"repeat_no": 2, "state": "to_verify"}),
    ], "4次"),
    Case("OVR-17N", "the second and later", [
        ("overload.fourfold", {"repeat_no": 2, "state": "to_verify"}),
        ("overload.fourfold", {"repeat_no": 1, "state": "to_verify"}),
    ], "1项"),
    Case("OVR-18", "of what was reviewed, by the day of the pass", [
        passed(1, "accepted"), passed(2, "rejected", reject_reason="unclear"), passed(3, "found"),
        passed(4, "accepted"),
    ], "33.3%（3条中1条）"),
    Case("OVR-31", "off-site cases closed with a fine", [
        decided(1500, found_by="off_site", closed_on=date(2026, 4, 1), state="closed"),
        decided(1500, closed_on=date(2026, 4, 1), state="closed"),
    ], "1宗"),
    Case("OVR-40", "trucks checked on the road against overload", [
        outing(checked=46), outing(zone="乙", kind="passenger", checked=9),
    ], "46台"),
    Case("OVR-41S", "of those checked", [outing(checked=40, suspected=10)], "25.0%"),
    Case("OVR-43S", "nobody was guided, no conversion", [outing(guided=0, found_over=0, reloaded=0)], "—"),
    Case("OVR-44", "filed in the period on the road and fined by its end", [
        decided(500), decided(0), decided(500, found_by="off_site"), case(),
    ], "1台"),
    Case("OVR-45", "unloaded by the end", [
        case(unloaded_t="1", unloaded_on=HALF.end), case(unloaded_t="1", unloaded_on=AFTER),
    ], "1台"),
    Case("OVR-44S", "fined of those confirmed", [outing(found_over=4, reloaded=3), decided(500)], "25.0%"),
    Case("OVR-46", "accepted, by the day of the pass", [passed(1, "accepted"), passed(2, "reviewed")], "1台次"),
    Case("OVR-47S", "cases of those accepted", [
        passed(1, "accepted"), passed(2, "accepted"), case(found_by="off_site"),
    ], "50.0%"),
    Case("OVR-48", "off-site fines", [decided(500, found_by="off_site"), decided(500)], "1台"),
    Case("OVR-50", "both reviews wait", [passed(1, "found"), passed(2, "reviewed"), passed(3, "accepted")], "2条"),
    Case("OVR-51", "open at the end, whenever filed", [
        case(filed_on=BEFORE), decided(500, closed_on=AFTER, state="closed"),
        decided(500, closed_on=HALF.end, state="closed"), case(state="dropped"), case(filed_on=AFTER),
    ], "2宗"),
    Case("OVR-52", "past the day of decision and not decided by the end", [
        case(filed_on=date(2026, 1, 5)), decided(500, filed_on=date(2026, 1, 5)), case(filed_on=date(2026, 6, 20)),
    ], "1宗"),
    Case("OVR-53", "served, past the day for payment, not paid", [
        decided(500, served_on=date(2026, 3, 12), state="served"),
        decided(500, served_on=date(2026, 3, 12), state="served", paid_on=date(2026, 3, 20)),
    ], "1宗"),
    Case("OVR-60", "received and not filed", [
        case(state="awaiting_filing", filed_on=None, received_on=date(2026, 6, 29)), case(),
    ], "1宗"),
    Case("OVR-61", "of those past the day for it", [
        case(state="awaiting_filing", filed_on=None, received_on=date(2026, 6, 29)),
        case(plate="示A00009", state="awaiting_filing", filed_on=None, received_on=date(2026, 5, 1)),
    ], "1宗"),
    Case("OVR-54", "to be decided in the half-year after", [case(filed_on=date(2026, 6, 20)), decided(500)], "1宗"),
    Case("OVR-56", "certificates that ended before the last day", [
        ("overload.weighingpoint", {"calibrated_to": date(2026, 6, 1)}),
        ("overload.weighingpoint", {"code": "SL0002", "calibrated_to": date(2026, 6, 30)}),
        ("overload.weighingpoint", {"code": "SL0003", "calibrated_to": date(2026, 6, 1), "state": "ended"}),
    ], "1台"),
    Case("OVR-57", "certificates that end in the half-year after", [
        ("overload.weighingpoint", {"calibrated_to": AFTER}),
    ], "1台"),
    Case("OVR-58", "broken at the end", [
        fault(), fault(repaired_on=HALF.end, repair_done="换件", state="repaired"),
        fault(repaired_on=AFTER, repair_done="换件", state="repaired"),
    ], "2处"),
    Case("OVR-59", "of those past the day of repair", [
        fault(), fault(broken_at=datetime(2026, 6, 29, 9, tzinfo=clock.CHINA)),
    ], "1处"),
    Case("HAZ-01", "found in the period, confirmed", [hazard(), hazard(found_on=BEFORE), hazard(state="draft")], "1处"),
    Case(
        "HAZ-02",
        "one notice may name two hazards",
        [hazard(notice_no="示改1号"), hazard(notice_no="示改1号"), hazard(notice_no="示改2号"), hazard()],
        "2份",
    ),
    Case(
        "HAZ-03",
        "found in the period and closed by its end",
        [closed(date(2026, 3, 20)), closed(AFTER), closed(date(2026, 2, 1), found_on=BEFORE), hazard()],
        "1处",
    ),
    Case("HAZ-04", "one of three", [closed(date(2026, 3, 20)), closed(AFTER), hazard()], "33.3%（3处中1处）"),
    Case("HAZ-04", "all closed is a hundred per cent", [closed(date(2026, 3, 20))], "100%（1处中1处）"),
    Case("HAZ-04", "none found, no rate", [hazard(found_on=BEFORE)], "—"),
    Case(
        "HAZ-05",
        "past the deadline and open at the end, whenever found",
        [
            hazard(due_on=date(2026, 6, 29)),
            hazard(due_on=date(2026, 6, 30)),
            hazard(found_on=date(2025, 6, 1), due_on=date(2025, 7, 1)),
            closed(AFTER, due_on=date(2026, 4, 1)),
            closed(date(2026, 6, 1), due_on=date(2026, 4, 1)),
        ],
        "3处",
    ),
    Case("HAZ-05", "none overdue is a fact where hazards are registered", [hazard(due_on=date(2026, 6, 30))], "0处"),
    Case("HAZ-06", "closed in the period, whenever found", [closed(HALF.start, found_on=BEFORE), hazard()], "1处"),
    Case("SAF-06", "vehicles add up", [visit(vehicles=2), visit(vehicles=1), visit(state="draft")], "3车次"),
    Case("SAF-07", "people add up over visits", [visit(staff=4), visit(staff=3)], "7人次"),
    Case("SAF-09", "visits", [visit(), visit(visited_on=AFTER)], "1次"),
    Case("VEH-01M", "operating and bound to report", [("fleet.vehicle", {})], "1辆"),
    Case("VEH-01", "one of two has its terminal", [
        ("fleet.vehicle", {}), ("fleet.vehicle", {"plate": "示E00002"}), ("fleet.terminal", {}),
    ], "50.0%（2辆中1辆）"),
    Case(
        "VEH-06T",
        "handled within the time, of those found true",
        [
            ("fleet.alarm", {"alarm_id": "a", "state": "handled", "handled_on": date(2026, 6, 1)}),
            ("fleet.alarm", {"alarm_id": "b", "state": "handled", "handled_on": date(2026, 6, 30)}),
            ("fleet.alarm", {"alarm_id": "c", "state": "true"}),
            ("fleet.alarm", {"alarm_id": "d", "state": "false"}),
        ],
        "33.3%（3条中1条）",
    ),
]  # fmt: skip


def write(rows) -> None:
    projects = {}
    for key, values in rows:
        if key == "works.progress":
            values = {**values, "project": projects[values["project"]]}
        record = add(key, **values)
        if key == "works.project":
            projects[record.name] = record


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.code}: {case.why}")
def test_rows_in_value_out(case):
    write(case.rows)
    figure = indicator(case.code).figure(HALF)
    assert figure.text == case.text, figure.reason
    assert figure.known == (case.text != "—") and bool(figure.reason) != figure.known


def test_a_split_by_project_gives_each_its_target_sum_and_rate():
    write(TWO_RETURNS)
    rates = indicator("PRJ-08").split(HALF, "project")
    assert {figure.scope.label: figure.text for figure in rates} == {"甲": "45.0%", "乙": "60.0%"}
    assert sum(figure.value for figure in indicator("PRJ-07").split(HALF, "project")) == Decimal(150_000_000)


def test_words_of_a_project_are_figures_too():
    write([*TWO_PROJECTS, month("甲", 1, physical="路基完成 K3+200 至 K5+000。")])
    (told,) = indicator("PRJ-13P").split(HALF, "project")
    assert told.text == "路基完成 K3+200 至 K5+000" and told.known and told.records().get().project.name == "甲"


counted = [each for each in all_indicators() if isinstance(each, Total | Share | Ratio)]


@pytest.mark.parametrize("each", all_indicators(), ids=lambda each: each.code)
def test_an_empty_ledger_gives_a_dash_and_its_reason(each):
    figure = each.figure(HALF)
    assert figure.value is None and figure.text == "—" and figure.reason and figure.record_numbers() == []


@pytest.mark.parametrize("each", all_indicators(), ids=lambda each: each.code)
def test_a_definition_has_one_digest_whatever_the_period(each):
    assert each.figure(HALF).stamp.definition == each.figure(HALF.last_year).stamp.definition


@pytest.mark.parametrize(
    "each", [i for i in all_indicators() if isinstance(i, Total | Share | Ratio)], ids=lambda i: i.code
)
def test_a_figure_opens_its_records_and_survives_its_seal(each):
    write([*TWO_RETURNS, *(row for case in CASES for row in case.rows if not row[0].startswith("works."))][:60:2])
    figure = each.figure(HALF)
    opened = [source.measure.numbers(source.rows) for source in each.sources(HALF)]
    assert sorted(number for numbers in opened for number in numbers) == figure.record_numbers()
    assert Figure.from_json(figure.as_json()) == figure


@pytest.mark.parametrize(
    "each", [i for i in all_indicators() if isinstance(i, Total | Share | Ratio)], ids=lambda i: i.code
)
def test_the_past_read_as_of_now_is_the_present(each):
    write(TWO_RETURNS)
    write(
        [hazard(), closed(date(2026, 3, 20)), decided(1500, paid_on=date(2026, 3, 12)), visit(), ("fleet.terminal", {})]
    )
    write([("fleet.alarm", {"alarm_id": "a", "state": "handled", "handled_on": date(2026, 6, 1)})])
    now, then = each.figure(HALF), each.figure(HALF, as_of=date(2099, 1, 1))
    assert (then.value, then.text, then.numbers) == (now.value, now.text, now.numbers)


@pytest.mark.parametrize(
    "each", [i for i in all_indicators() if isinstance(i, Total) and i.by and not i.distinct], ids=lambda i: i.code
)
def test_the_parts_of_a_split_add_up(each):
    write(TWO_RETURNS)
    write([hazard(), closed(date(2026, 3, 20)), case(), visit(), visit(domain="water"), ("fleet.vehicle", {})])
    write([("fleet.alarm", {"alarm_id": "a", "state": "handled"})])
    whole = each.figure(HALF)
    for by, path in each.by.items():
        # A row without an enterprise, a unit or a point belongs to no part of a split by them.
        if path != SELF and each.of.model.ledger.kinds[path].optional:
            continue
        parts = each.split(HALF, by)
        assert sum((part.value for part in parts), Decimal(0)) == (whole.value or 0)


def on(day: date) -> datetime:
    return datetime.combine(day, time(10), clock.CHINA)


def test_a_ledger_begun_just_after_the_end_counts_as_it_is_and_a_later_one_not_at_all():
    with clock.pretending(on(date(2026, 7, 10))):
        add("overload.weighingpoint")
        assert indicator("OVR-01").figure(HALF).text == "1个"
    with clock.pretending(on(date(2027, 1, 10))):
        assert indicator("OVR-01").figure(HALF.last_year).text == "—"


def test_what_stood_at_the_end_is_read_from_the_past():
    """A point put up in May and one in July; the first given up in August. In June one point stood."""
    with clock.pretending(on(date(2026, 5, 1))):
        first = add("overload.weighingpoint")
    with clock.pretending(on(date(2026, 7, 15))):
        add("overload.weighingpoint", code="SL0002")
    with clock.pretending(on(date(2026, 8, 1))), acting(Actor.system("停用")):
        first.state = "ended"
        first.save()
    points = indicator("OVR-01")
    assert points.figure(HALF).record_numbers() == [first.number]
    with clock.pretending(on(date(2026, 7, 2))):
        assert points.figure(HALF).text == "1个"
    assert points.figure(Period.parse("2026H2")).text == "1个"


def test_a_plan_changed_after_the_end_leaves_the_half_year_as_it_was():
    with clock.pretending(on(date(2026, 2, 1))):
        _, values = project("甲", 200_000_000, stage="tender")
        made = add("works.project", **values)
        write_month = {"project": made, "month": date(2026, 6, 1), "invest_year": 9_000, "state": "审核通过"}
        add("works.progress", **write_month)
    with clock.pretending(on(date(2026, 9, 1))), acting(Actor.system("年中调整"), "调整计划"):
        made.year_target, made.stage = 100_000_000, "building"
        made.save()
    scope = indicator("PRJ-06").scopes(HALF, "project")[0]
    told = [indicator(code).figure(HALF, scope).text for code in ("PRJ-06", "PRJ-07", "PRJ-08", "PRJ-13")]
    assert told == ["2.00亿元", "0.90亿元", "45.0%", "招标投标"]
    assert indicator("PRJ-03").figure(HALF).text == "2.00亿元"
    assert indicator("PRJ-03").figure(Period.parse("2026")).text == "1.00亿元"


def test_shares_never_pass_a_hundred_per_cent():
    write([closed(date(2026, 3, 20)), hazard(), decided(500, paid_on=date(2026, 3, 12))])
    for each in all_indicators():
        if isinstance(each, Share) and (value := each.figure(HALF).value) is not None:
            assert 0 <= value <= 1


def test_zero_with_complete_nil_returns_is_known_and_otherwise_not():
    said = dict(ledger="safety.hazard", actor_name="示例", confirmed_at=clock.now())
    for n in range(1, 6):
        NilReturn.objects.create(**said, month=date(2026, n, 1))
    assert indicator("HAZ-01").figure(HALF).reason == "截至填报未见登记"
    NilReturn.objects.create(**said, month=date(2026, 6, 1))
    figure = indicator("HAZ-01").figure(HALF)
    assert figure.value == 0 and figure.nil and figure.known


def test_rates_of_positions_wait_until_somebody_provides_them():
    online = indicator("VEH-02")
    assert online.figure(HALF).reason == providers.WAITING
    providers.provide("vehicles.online", lambda period: providers.Counts(1991, 2000))
    try:
        figure = online.figure(HALF)
        assert figure.text == "99.55%" and figure.stamp.counts == {"上线车辆": 1991, "入网车辆": 2000}
    finally:
        providers.withdraw("vehicles.online")


def test_two_indicators_cannot_share_a_code():
    with pytest.raises(ValueError, match="HAZ-01"):
        Total("HAZ-01", "重复", of=indicator("HAZ-01").of)
