"""疫情防控 EPI: every person in one state, tests in time, check points and their traffic, the border."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.cases import HALF, Case, cases, row, rows_in_value_out, write
from tonggui.measure.indicators import indicator

somebody = row("parties.person")
worker = row("health.worker", post_risk="border", on_post_from="2026-03-01")
due = row("health.screening", state="resulted", test_by="2026-05-20")
point = row("health.checkpoint", state="in_use")
passage = row("health.passage", state="let_through", came_on="2026-05-12", persons=3)
border = row("health.borderpoint", state="in_use")

NAMES = [somebody(name=name) for name in "甲乙丙丁戊己"]
LIST = [
    *NAMES,
    worker(person="甲", state="vaccinated", doses=2),
    worker(person="乙", state="vaccinated", doses=1),
    worker(person="丙", state="contraindicated", post_risk="station"),
    worker(person="丁", state="put_off", post_risk="office"),
    worker(person="戊", state="refusing", post_risk="office"),
    worker(person="己", state="to_vaccinate", post_risk="border"),
]
LEFT = [worker(state="off_post")]
PARTS = ("EPI-02", "EPI-03", "EPI-04", "EPI-04R", "EPI-04W")
TESTS = [
    worker(),
    due(sampled_on="2026-05-20"),
    due(sampled_on="2026-05-21"),
    due(state="not_sampled", missed_because="请假（示例）"),
    due(test_by="2026-07-01", sampled_on="2026-07-01"),
]
POINTS = [
    point(name="甲"),
    point(name="乙", kind="station"),
    point(name="丙", state="ended", taken_down_on="2026-04-01"),
]
PASSED = [
    passage(checkpoint="甲"),
    passage(checkpoint="甲", plate="示A00002", persons=2, state="turned_back"),
    passage(checkpoint="甲", plate="", persons=1),
    passage(checkpoint="甲", plate="示A00003", persons=5, state="waved_on"),
]
BORDER = [border(name="甲"), border(name="乙", state="cut_back")]

CASES = [
    *cases("every person in one state", LIST, {
        "EPI-01": "6人", "EPI-02": "2人", "EPI-03": "1人", "EPI-04": "1人", "EPI-04R": "1人", "EPI-04W": "1人",
        "EPI-05": "33.3%（3人中1人）", "EPI-10": "3人",
    }),
    *cases("who has left the post is in no scope", LEFT, dict.fromkeys(("EPI-01", "EPI-05", "EPI-10", *PARTS), "—")),
    Case("EPI-01", "of one post", LIST, "2人", by="post_risk", of="机关后勤"),
    *cases("late and missed samples are not in time", TESTS, {"EPI-06N": "3人次", "EPI-06": "33.3%（3人次中1人次）"}),
    *cases("due in another period", [worker(), due(test_by="2025-12-31")], {"EPI-06N": "—", "EPI-06": "—"}),
    *cases("points in use, one of them at a station", POINTS, {"EPI-07": "2个", "EPI-11": "1个"}),
    *cases("taken down", POINTS[2:], {"EPI-07": "0个", "EPI-11": "0个"}),
    *cases("checked, not waved on; on foot no vehicle", [*POINTS, *PASSED], {"EPI-08": "2辆次", "EPI-08N": "6人次"}),
    *cases("all waved on", [*POINTS, PASSED[3]], {"EPI-08": "0辆次", "EPI-08N": "0人次"}),
    Case("EPI-09", "in use, not those cut back", BORDER, "1家"),
    Case("EPI-09", "all cut back", BORDER[1:], "0家"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


@pytest.mark.django_db
def test_the_states_add_up_to_all_in_scope():
    write(LIST)
    value = {code: indicator(code).figure(HALF).value for code in ("EPI-01", "EPI-10", *PARTS)}
    assert sum((value[code] for code in PARTS), Decimal(0)) == value["EPI-01"]
    assert value["EPI-10"] <= value["EPI-01"]


@pytest.mark.django_db
def test_all_tested_in_time_is_a_hundred_per_cent():
    write([worker(), due(sampled_on=date(2026, 5, 19)), due(sampled_on=date(2026, 5, 20))])
    assert indicator("EPI-06").figure(HALF).text == "100%（2人次中2人次）"
