"""隐患 HAZ: found, noticed, fixed, overdue, repeated."""

from datetime import date

import pytest

from indicators.cases import AFTER, BEFORE, HALF, Case, cases, rows_in_value_out, write
from indicators.rows import closed, hazard
from tonggui.base import clock
from tonggui.measure.indicators import indicator
from tonggui.measure.models import NilReturn

CASES = [
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
    *cases("found before, and never closed", [hazard(found_on=BEFORE)], {
        "HAZ-01": "—", "HAZ-02": "—", "HAZ-03": "—", "HAZ-06": "—",
    }),
    *cases("found without a notice, not closed", [hazard()], {"HAZ-02": "0份", "HAZ-03": "0处"}),
    Case("HAZ-05R", "one that names an earlier one", [hazard(), hazard(repeat_of="YH202600001 灭火器过期三具")], "1处"),
    Case("HAZ-05R", "two that name none", [hazard(), hazard()], "0处"),
    Case("HAZ-06", "closed in the period, whenever found", [closed(HALF.start, found_on=BEFORE), hazard()], "1处"),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


@pytest.mark.django_db
def test_zero_with_complete_nil_returns_is_known_and_otherwise_not():
    said = dict(ledger="safety.hazard", actor_name="示例", confirmed_at=clock.now())
    for n in range(1, 6):
        NilReturn.objects.create(**said, month=date(2026, n, 1))
    assert indicator("HAZ-01").figure(HALF).reason == "截至填报未见登记"
    NilReturn.objects.create(**said, month=date(2026, 6, 1))
    figure = indicator("HAZ-01").figure(HALF)
    assert figure.value == 0 and figure.nil and figure.known


@pytest.mark.django_db
def test_fixed_and_noticed_lie_within_found_and_domains_add_up():
    rows = [hazard(notice_no="示改1号", domain="water"), closed(date(2026, 3, 20), domain="road")]
    write([*rows, closed(AFTER, domain="road"), hazard(domain="station", due_on=date(2026, 6, 30))])
    value = {code: indicator(code).figure(HALF).value for code in ("HAZ-01", "HAZ-02", "HAZ-03", "HAZ-04", "HAZ-05R")}
    assert value["HAZ-03"] <= value["HAZ-01"] and value["HAZ-02"] <= value["HAZ-01"] >= value["HAZ-05R"]
    assert value["HAZ-04"] == value["HAZ-03"] / value["HAZ-01"]
    for code in ("HAZ-01", "HAZ-03"):
        assert sum(part.value for part in indicator(code).split(HALF, "domain")) == value[code]
