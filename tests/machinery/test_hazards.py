"""The hazard ledger: its domain, hazards that come again, and what a summary says of both."""

from datetime import date

import pytest

from tonggui.ledgers.safety.domains import Domain, domain_of
from tonggui.measure import documents
from tonggui.measure.indicators import indicator
from tonggui.measure.periods import Period
from tonggui.register.actor import Actor
from tonggui.register.errors import InvalidValues
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year

pytestmark = pytest.mark.django_db
HALF = Period.parse("2026H1")
OFFICER = Actor.system("测试")


def hazard(**values):
    return ledger("safety.hazard").example(**{"state": "ordered", "found_on": date(2026, 3, 1), **values})


def firm(business, name):
    return ledger("parties.enterprise").example(business=business, name=name)


def test_the_domain_follows_the_business_unless_the_officer_says_another():
    harbour = firm("water", "示例港航公司")
    assert hazard(enterprise=harbour).domain == Domain.WATER
    assert hazard(enterprise=harbour, domain="station").domain == Domain.STATION
    assert [domain_of(business) for business in ("hazmat", "works", "station")] == ["road", "works", "station"]


def test_inspections_and_hazards_share_one_vocabulary():
    assert ledger("safety.hazard").kinds["domain"].of is ledger("safety.inspection").kinds["domain"].of is Domain


def test_a_hazard_that_comes_again_names_an_earlier_one_of_the_same_business():
    first = hazard()
    again = hazard(found_on=date(2026, 5, 1), repeat_of=first)
    assert again.repeat_of == first
    bound = ledger("safety.hazard")
    for wrong, words in (
        ({"repeat_of": again.number}, "发现在先"),
        ({"repeat_of": hazard(enterprise=firm("water", "示例港航公司")).number}, "不是同一企业"),
    ):
        with pytest.raises(InvalidValues) as refused:
            bound.change(first, OFFICER, wrong, "更正")
        assert words in refused.value.errors["repeat_of"]


def test_repeated_hazards_count_on_the_day_they_are_found_again():
    first = hazard(found_on=date(2025, 12, 1))
    hazard(found_on=date(2026, 5, 1), repeat_of=first)
    hazard(found_on=date(2026, 7, 1), repeat_of=first)
    assert indicator("HAZ-05R").figure(HALF).text == "1处"


def test_a_recheck_leaves_its_day():
    made = hazard(state="fixed", found_on=date(2026, 3, 1), fixed_on=date(2026, 3, 5))
    bound = ledger("safety.hazard")
    refused = bound.perform(made, "reject", OFFICER, "照片看不清")
    assert refused.rechecked_on and refused.closed_on is None


def test_the_summary_splits_hazards_by_domain_and_the_parts_add_up():
    hazard()
    hazard(enterprise=firm("water", "示例港航公司"), repeat_of=None)
    hazard(domain="upkeep", state="closed", closed_on=date(2026, 4, 1))
    document = documents.draft(half_year, HALF, OFFICER, "示例县交通运输局", date(2026, 7, 5))
    figures = document.figures()
    assert {part.scope.label: part.text for part in figures.parts_of("HAZ-01")} == {
        "道路运输": "1处",
        "水路运输": "1处",
        "公路养护": "1处",
    }
    assert not [fault for fault in half_year.faults(document.text, figures) if fault.rule == "R1"]
    assert "[[HAZ-01/water|name]][[HAZ-01/water]]、" in document.text
