"""What every indicator promises, whatever it counts."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.cases import HALF, all_cases, write
from indicators.rows import TWO_RETURNS, case, closed, decided, hazard, visit
from tonggui.measure.declare import SELF, Ratio, Share, Total
from tonggui.measure.figures import COUNTY, Figure
from tonggui.measure.indicators import all_indicators, indicator, reading_ahead

pytestmark = pytest.mark.django_db
TRIED = all_cases()
every = pytest.mark.parametrize("each", all_indicators(), ids=lambda each: each.code)
counted = pytest.mark.parametrize(
    "each", [i for i in all_indicators() if isinstance(i, Total | Share | Ratio)], ids=lambda i: i.code
)


def adds_up(each) -> bool:
    """Whether the parts of an indicator are sums of the same rows: what counts once, or has a unit each, is not."""
    return (
        isinstance(each, Total)
        and bool(each.by)
        and not (each.distinct or each.unit_of or getattr(each.of, "distinct", ""))
    )


def kind_of(ledger, path: str):
    """The field at the end of a path: of the ledger itself, or of the one it links to."""
    link, _, rest = path.partition("__")
    return kind_of(ledger.kinds[link].related_model.ledger, rest) if rest else ledger.kinds[path]


def rows_of(code: str) -> list:
    """The rows of the first case of an indicator; a mixture of ledgers where it has none."""
    own = next((case.rows for case in TRIED if case.code == code), [])
    return own or [*TWO_RETURNS, hazard(), closed(date(2026, 3, 20)), visit(), ("fleet.terminal", {})]


@every
def test_an_empty_ledger_gives_a_dash_and_its_reason(each):
    figure = each.figure(HALF)
    assert figure.value is None and figure.text == "—" and figure.reason and figure.record_numbers() == []


@every
def test_a_definition_has_one_digest_whatever_the_period(each):
    assert each.figure(HALF).stamp.definition == each.figure(HALF.last_year).stamp.definition


@counted
def test_a_figure_opens_its_records_and_survives_its_seal(each):
    write(rows_of(each.code))
    figure = each.figure(HALF)
    opened = [source.measure.numbers(source.rows) for source in each.sources(HALF)]
    assert sorted(number for numbers in opened for number in numbers) == figure.record_numbers()
    assert Figure.from_json(figure.as_json()) == figure


@counted
def test_the_past_read_as_of_now_is_the_present(each):
    write(rows_of(each.code))
    now, then = each.figure(HALF), each.figure(HALF, as_of=date(2099, 1, 1))
    assert (then.value, then.text, then.numbers) == (now.value, now.text, now.numbers)


@counted
def test_a_figure_and_its_parts_read_with_many_others_are_what_they_are_alone(each):
    write(rows_of(each.code))
    scopes = [COUNTY, *(scope for by in each.by for scope in each.scopes(HALF, by))]
    alone = [each.figure(HALF, scope) for scope in scopes]
    with reading_ahead([(each, scope) for scope in scopes], HALF):
        together = [each.figure(HALF, scope) for scope in scopes]
    assert [(f.value, f.text, f.behind) for f in together] == [(f.value, f.text, f.behind) for f in alone]


@pytest.mark.parametrize("each", [i for i in all_indicators() if adds_up(i)], ids=lambda i: i.code)
def test_the_parts_of_a_split_add_up(each):
    write(rows_of(each.code))
    whole = each.figure(HALF)
    for by, path in each.by.items():
        # A row without an enterprise, a unit or a point belongs to no part of a split by them.
        if path != SELF and kind_of(each.of.model.ledger, path).optional:
            continue
        parts = each.split(HALF, by)
        assert sum((part.value or Decimal(0) for part in parts), Decimal(0)) == (whole.value or 0)


def test_shares_never_pass_a_hundred_per_cent():
    write([closed(date(2026, 3, 20)), hazard(), case(), decided(500, paid_on=date(2026, 3, 12))])
    for each in all_indicators():
        if isinstance(each, Share) and (value := each.figure(HALF).value) is not None:
            assert 0 <= value <= 1


def test_two_indicators_cannot_share_a_code():
    with pytest.raises(ValueError, match="HAZ-01"):
        Total("HAZ-01", "重复", of=indicator("HAZ-01").of)
