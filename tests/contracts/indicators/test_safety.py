"""安全生产 SAF: accidents and the claim that there were none, meetings, visits, campaigns."""

from datetime import date

import pytest

from indicators.cases import AFTER, BEFORE, HALF, INSIDE, Case, cases, row, rows_in_value_out, write
from indicators.rows import visit
from tonggui.base import clock
from tonggui.measure.indicators import indicator
from tonggui.measure.models import NilReturn

happened = row(
    "duty.incident", state="closed", occurred_at="2026-02-18 14:20", known_at="2026-02-18 14:45", injured=0, loss="0"
)
meeting = row("office.meeting", state="审核通过", held_on=INSIDE, studied="")
campaign = row("safety.campaign", state="running", starts_on=INSIDE, ends_on=date(2026, 6, 8))

ACCIDENTS = [
    happened(deaths=3, incident_grade="larger", liable=True, loss="20"),
    happened(injured=2, incident_grade="general", loss="6.5"),
    happened(kind="blocked", deaths=0),
    happened(state="void", deaths=9),
    happened(occurred_at="2026-07-02 08:00", known_at="2026-07-02 08:10", deaths=1),
]
NOT_LIABLE = [happened(liable=False), happened(liable=None)]
ONLY_A_FLOOD = [happened(kind="disaster")]
MEETINGS = [
    meeting(kind="safety", meeting_level="bureau"),
    meeting(kind="safety", held_on=date(2026, 4, 2), studied="学习安全生产重要论述（示例）"),
    meeting(kind="analysis", held_on=date(2026, 4, 3)),
    meeting(kind="dispatch", studied="学习上级安全会议精神（示例）"),
]
OTHER_MEETINGS = [
    meeting(kind="dispatch"),
    meeting(kind="safety", state="草稿"),
    meeting(kind="analysis", held_on=AFTER),
]
TWO = [
    campaign(name="甲", goals="目标一。\n目标二。"),
    campaign(name="乙", starts_on=BEFORE, state="summarised", summary="总结（示例）"),
    campaign(name="丙", starts_on=date(2025, 3, 1), ends_on=date(2025, 9, 1)),
    campaign(name="丁", starts_on=AFTER, ends_on=date(2026, 9, 1)),
    campaign(name="戊", state="planned"),
]
FUTURE = [campaign(name="丁", starts_on=AFTER, ends_on=date(2026, 9, 1))]
OF_ACCIDENTS = ("SAF-01", "SAF-01R", "SAF-02", "SAF-03", "SAF-03N", "SAF-03L")
OF_CAMPAIGNS = ("SAF-08", "SAF-08G", "SAF-08B", "SAF-08E", "SAF-08S")

CASES = [
    *cases("accidents of the period, not what else happened", ACCIDENTS, {
        "SAF-01": "2起", "SAF-01R": "1起", "SAF-02": "1起", "SAF-03": "3人", "SAF-03N": "2人", "SAF-03L": "26.5万元",
    }),
    *cases("whose fault one was is not settled yet", NOT_LIABLE, {"SAF-01": "2起", "SAF-01R": "—"}),
    *cases("a flood in one month says nothing of accidents", ONLY_A_FLOOD, dict.fromkeys(OF_ACCIDENTS, "—")),
    Case("SAF-01", "of one trade", ACCIDENTS, "2起", by="domain", of="道路运输"),
    Case("SAF-01", "of one grade", ACCIDENTS, "1起", by="incident_grade", of="较大"),
    *cases("by kind of meeting; studies by what was studied", MEETINGS, {
        "SAF-04": "2次", "SAF-04A": "1次", "SAF-05": "2次",
    }),
    *cases("other meetings, drafts, later ones", OTHER_MEETINGS, {"SAF-04": "0次", "SAF-04A": "0次", "SAF-05": "0次"}),
    *cases("begun by the end and not over before the beginning", TWO, {"SAF-08": "2项"}),
    Case("SAF-08G", "paragraphs on one line", TWO, "目标一；目标二", by="campaign", of="甲"),
    Case("SAF-08B", "the first day", TWO, "2025年12月31日", by="campaign", of="乙"),
    Case("SAF-08E", "the last day", TWO, "2026年6月8日", by="campaign", of="乙"),
    Case("SAF-08S", "what it came to", TWO, "总结（示例）", by="campaign", of="乙"),
    *cases("one that begins after the period", FUTURE, dict.fromkeys(OF_CAMPAIGNS, "—")),
    Case("SAF-06", "vehicles add up", [visit(vehicles=2), visit(vehicles=1), visit(state="draft")], "3车次"),
    Case("SAF-06", "a visit on foot", [visit(vehicles=0), visit(vehicles=5, visited_on=BEFORE)], "0车次"),
    Case("SAF-07", "people add up over visits", [visit(staff=4), visit(staff=3)], "7人次"),
    Case("SAF-07", "none of the period", [visit(staff=4, visited_on=AFTER)], "—"),
    Case("SAF-09", "visits", [visit(), visit(visited_on=AFTER)], "1次"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


def nil_return(n: int) -> None:
    said = dict(ledger="duty.incident", actor_name="示例", confirmed_at=clock.now())
    NilReturn.objects.create(**said, month=date(2026, n, 1))


@pytest.mark.django_db
def test_no_accident_is_said_only_when_every_month_has_rows_or_a_nil_return():
    write(ONLY_A_FLOOD)
    for n in (1, 3, 4, 5):
        nil_return(n)
    figure = indicator("SAF-01").figure(HALF)
    assert not figure.known and figure.reason == "2026年6月既无登记也无零报告"
    nil_return(6)
    for code in OF_ACCIDENTS:
        figure = indicator(code).figure(HALF)
        assert figure.known and figure.nil and figure.value == 0


@pytest.mark.django_db
def test_with_nothing_at_all_but_complete_nil_returns_there_was_none():
    for n in range(1, 7):
        nil_return(n)
    figure = indicator("SAF-02").figure(HALF)
    assert figure.nil and figure.text == "0起"


@pytest.mark.django_db
def test_months_that_nobody_spoke_for_are_named_three_at_most():
    write(ONLY_A_FLOOD)
    assert indicator("SAF-01").figure(HALF).reason == "2026年1月、2026年3月、2026年4月等既无登记也无零报告"


@pytest.mark.django_db
def test_major_accidents_lie_within_all_and_campaigns_are_named():
    write([*ACCIDENTS, *TWO])
    value = {code: indicator(code).figure(HALF).value for code in ("SAF-01", "SAF-01R", "SAF-02")}
    assert value["SAF-02"] <= value["SAF-01"] and value["SAF-01R"] <= value["SAF-01"]
    assert indicator("SAF-08").figure(HALF).names == ("乙", "甲")


@pytest.mark.django_db
def test_no_liable_accident_is_said_only_when_each_has_been_judged():
    liable = indicator("SAF-01R")
    write([happened(liable=False, occurred_at=f"2026-0{month}-18 14:20") for month in range(1, 7)])
    assert liable.figure(HALF).text == "0起" and liable.figure(HALF).nil
    write([happened(liable=None)])
    assert liable.figure(HALF).reason == "1起生产安全事故是否责任事故尚未认定"
