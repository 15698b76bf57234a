"""Sets of records: whatever ids they hold, they give them back, in order and once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tonggui.measure.recordsets import NONE, RecordSet, digest_of, numbers_of
from tonggui.register.registry import ledger

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
    assert numbers_of(ledger("safety.hazard"), [*range(10**6, 10**6 + 2_000), first.pk]) == [first.number]
