"""同比 and 环比: which base a figure is compared with, and each reason why there is none."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from tonggui.base import clock
from tonggui.measure import comparing, documents, indicators
from tonggui.measure.comparing import BEFORE, LAST_YEAR, Base, bases, change_words, not_counted
from tonggui.measure.declare import Period, Total
from tonggui.measure.figures import COUNTY, Figure
from tonggui.measure.figureset import FigureSet
from tonggui.measure.indicators import indicator
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year

pytestmark = pytest.mark.django_db
HALF = Period.parse("2026H1")
LAST = HALF.last_year
WRITER = Actor.system("测试")


@pytest.fixture(autouse=True)
def declared_for_the_test(monkeypatch):
    monkeypatch.setattr(indicators, "_declared", dict(indicators._declared))


def hazards(day: date, n: int = 1) -> None:
    for _ in range(n):
        ledger("safety.hazard").example(state="ordered", found_on=day, due_on=date(2027, 1, 1))


def compared(code: str = "HAZ-01", sealed: dict[str, Figure] | None = None, period: Period = LAST, word=LAST_YEAR):
    figures = FigureSet.of(HALF, [indicator(code).figure(HALF)])
    found = figures.compared(bases(figures, period, sealed or {}, telemetry=word == BEFORE), word)
    return found.get(code)


def test_a_sealed_figure_is_the_base_before_the_ledgers():
    hazards(date(2025, 1, 5), 4)
    hazards(date(2026, 1, 5), 3)
    then = indicator("HAZ-01").figure(LAST)
    found = compared(sealed={"HAZ-01": replace(then, value=Decimal(2))})
    assert (found.last_year, found.change, found.change_reason) == (2, "同比增长50.0%", "")


def test_without_a_sealed_figure_the_ledgers_are_asked():
    hazards(date(2025, 1, 5), 4)
    hazards(date(2026, 1, 5), 3)
    found = compared()
    assert (found.last_year, found.change) == (4, "同比下降25.0%")
    assert Figure.from_json(found.as_json()) == found


def test_a_figure_sealed_under_another_definition_is_no_base_and_rules_the_ledgers_out():
    hazards(date(2025, 1, 5), 4)
    hazards(date(2026, 1, 5), 3)
    then = indicator("HAZ-01").figure(LAST)
    other = replace(then, stamp=replace(then.stamp, definition="0" * 16))
    found = compared(sealed={"HAZ-01": other})
    assert (found.last_year, found.change) == (None, "无可比基数")
    assert found.change_reason == "2025年上半年按另一口径封存，不可比"


def test_a_definition_that_changes_has_another_digest_and_so_has_another_first_day():
    digests = set()
    for options in ({}, {"distinct": ("enterprise",)}, {"since": date(2025, 7, 1)}):
        declared = Total("测试-口径", "隐患", "处", of=indicator("HAZ-01").of, **options)
        digests.add(declared.figure(HALF).stamp.definition)
        del indicators._declared["测试-口径"]
    assert len(digests) == 3


def test_an_indicator_has_no_base_before_it_began():
    hazards(date(2025, 1, 5))
    late = Total("测试-新", "隐患", "处", of=indicator("HAZ-01").of, since=date(2025, 7, 1))
    assert "自2025-07-01起统计" in not_counted(late, LAST, COUNTY)


def test_a_ledger_begun_within_the_base_period_is_no_base():
    hazards(date(2025, 3, 5))
    hazards(date(2026, 1, 5))
    found = compared()
    assert found.last_year is None and found.change == "无可比基数"
    assert found.change_reason == "《隐患台账》自2025-03-05起登记，2025年上半年不完整"


def test_a_ledger_never_kept_is_no_base():
    assert not_counted(indicator("HAZ-01"), LAST, COUNTY) == "《隐患台账》没有登记"


def test_what_stood_at_the_end_needs_a_ledger_that_stood_then():
    with clock.pretending(datetime(2026, 2, 1, tzinfo=clock.CHINA)):
        ledger("overload.weighingpoint").example()
    reason = not_counted(indicator("OVR-01"), LAST, COUNTY)
    assert "尚未建账" in reason
    assert not not_counted(indicator("OVR-01"), Period.parse("2026-02"), COUNTY)


def test_a_period_that_is_not_over_is_no_base():
    hazards(date(2025, 1, 5))
    with clock.pretending(datetime(2025, 6, 1, tzinfo=clock.CHINA)):
        assert not_counted(indicator("HAZ-01"), LAST, COUNTY) == "2025年上半年尚未结束"


def test_telemetry_is_not_counted_again_for_last_year():
    assert "行车数据不重新统计" in not_counted(indicator("VEH-02"), LAST, COUNTY)
    assert not_counted(indicator("VEH-02"), LAST, COUNTY, telemetry=True) == ""


def test_a_base_of_zero_and_a_negative_one_have_no_rate():
    now = replace(indicator("HAZ-01").figure(HALF), value=Decimal(5), reason="")
    assert change_words(now, Base(Decimal(0)), LAST_YEAR) == "无可比基数，同比增加5处"
    assert change_words(now, Base(Decimal(-2)), LAST_YEAR) == "同比增加7处"
    assert change_words(now, Base(Decimal(5)), BEFORE) == "环比持平"
    assert change_words(now, Base(reason="无"), LAST_YEAR) == "无可比基数"


def test_shares_change_by_percentage_points():
    share = replace(indicator("HAZ-04").figure(HALF), value=Decimal("0.946"), reason="")
    assert change_words(share, Base(Decimal("0.921")), LAST_YEAR) == "同比提高2.5个百分点"


def test_what_is_unknown_now_is_not_compared():
    hazards(date(2025, 1, 5))
    found = compared()
    assert found.change == "—" and found.change_reason == "本期数无法计算"


def test_the_period_before_is_counted_alike():
    hazards(date(2025, 7, 5), 2)
    hazards(date(2026, 1, 5), 3)
    found = compared(period=HALF.previous, word=BEFORE)
    assert (found.before, found.step, found.change) == (2, "环比增长50.0%", "无可比基数")


def test_parts_are_compared_with_sealed_parts_alone():
    hazards(date(2026, 1, 5))
    (part,) = indicator("HAZ-01").split(HALF, "domain")
    figures = FigureSet.of(HALF, [part])
    assert figures.compared(bases(figures, LAST, {}), LAST_YEAR).get(part.code, part.scope.code).change_reason
    found = figures.compared(bases(figures, LAST, {part.key: replace(part, value=Decimal(4))}), LAST_YEAR)
    assert next(iter(found)).last_year == 4


def test_a_document_takes_its_base_from_what_was_sealed_and_keeps_it():
    hazards(date(2025, 1, 5), 2)
    hazards(date(2026, 1, 5), 3)
    documents.seal(documents.draft(half_year, LAST, WRITER, "示例局"), WRITER)
    hazards(date(2025, 1, 6), 2)
    kept = documents.draft(half_year, HALF, WRITER, "示例局").figures().get("HAZ-01")
    assert (kept.last_year, kept.change) == (2, "同比增长50.0%")
    assert comparing.not_counted(indicator("HAZ-01"), LAST, COUNTY) == ""
