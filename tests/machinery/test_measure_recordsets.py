"""Sets of records: whatever ids they hold, they give them back, in order and once."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonggui.indicators.hazards import fixed, found, overdue
from tonggui.measure.figures import COUNTY
from tonggui.measure.indicators import indicator, reading_ahead
from tonggui.measure.periods import Period
from tonggui.measure.recordsets import NONE, RecordSet, digest_of, numbers_of
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year

DOMAINS = (found, fixed, overdue)
ids = st.lists(st.integers(min_value=1, max_value=2**50))


@given(ids)
def test_ids_come_back_in_order_and_once(given_ids):
    records = RecordSet.of(given_ids)
    assert records.ids.tolist() == sorted(set(given_ids)) and records.count == len(set(given_ids))
    assert RecordSet.of(",".join(map(str, given_ids)) or None) == records


@given(ids, ids)
def test_two_sets_differ_by_what_one_holds_alone(here, there):
    assert RecordSet.of(here).without(RecordSet.of(there)) == sorted(set(here) - set(there))


@given(ids, st.integers(min_value=1, max_value=2**50))
def test_a_set_knows_what_it_holds(given_ids, asked):
    records = RecordSet.of(given_ids)
    assert all(each in records for each in given_ids) and (asked in records) == (asked in given_ids)


def test_a_digest_tells_sets_and_their_roles_apart():
    one, two = RecordSet.of([1, 2]), RecordSet.of([1, 3])
    found = {digest_of({"分子:a.b": one}), digest_of({"分子:a.b": two}), digest_of({"分母:a.b": one}), digest_of({})}
    assert len(found) == 4 and digest_of({"a": one, "b": two}) == digest_of({"b": two, "a": one})
    assert NONE.digest() == RecordSet.of("").digest()


def test_a_hundred_thousand_neighbours_pack_small():
    assert len(RecordSet.of(range(1, 100_001)).packed) < 1_000


@pytest.mark.django_db
def test_numbers_are_looked_up_beyond_what_one_question_holds():
    first = ledger("safety.hazard").example()
    for many in (2_000, 6_000):
        assert numbers_of(ledger("safety.hazard"), [*range(10**6, 10**6 + many), first.pk]) == [first.number]


@pytest.mark.django_db
def test_what_is_read_together_is_what_is_read_alone():
    """Each figure of the half-year, by domain too, now and from the past, read ahead and by itself."""
    period = Period.parse("2026H1")
    for n, domain in enumerate(("road", "water", "water")):
        values = {"domain": domain, "found_on": period.start, "due_on": period.end}
        ledger("safety.hazard").example(
            state="closed" if n else "ordered", closed_on=period.end if n else None, **values
        )
    ledger("overload.case").example(filed_on=period.start, state="filed")
    for as_of in (None, date(2099, 1, 1)):
        asked = [(each, COUNTY) for each in half_year.figures]
        asked += [(each, scope) for each in DOMAINS for scope in each.scopes(period, "domain", as_of=as_of)]
        alone = [each.figure(period, scope, as_of=as_of) for each, scope in asked]
        with reading_ahead(asked, period, as_of):
            together = [each.figure(period, scope, as_of=as_of) for each, scope in asked]
        assert [(f.value, f.reason, f.behind) for f in together] == [(f.value, f.reason, f.behind) for f in alone]
        water = [figure.value for figure in together if figure.key.endswith("/water")]
        assert water[:2] == [2, 2]


@pytest.mark.django_db
def test_many_figures_of_one_ledger_are_one_question(django_assert_max_num_queries):
    period = Period.parse("2026H1")
    ledger("safety.hazard").example(state="ordered", found_on=period.start)
    asked = [(indicator(code), COUNTY) for code in ("HAZ-01", "HAZ-03", "HAZ-05R", "HAZ-04")]
    with django_assert_max_num_queries(1), reading_ahead(asked, period):
        assert [each.figure(period).value for each, _ in asked] == [1, 0, 0, 0]
