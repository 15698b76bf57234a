"""Other acts around over-limit transport: their bounds, national and of a province, and where they stand."""

from datetime import date
from decimal import Decimal

import pytest

from tonggui.base.errors import Problem
from tonggui.law.declare import Reading
from tonggui.register.registry import ledger
from tonggui.statutes.overloading.penalties import BY_CODE, PENALTIES, punishable

DAY = date(2026, 5, 1)


@pytest.mark.parametrize(
    ("code", "least", "most", "place"),
    [
        ("forcing", 0, 30_000, "《公路安全保护条例》第六十七条第一项"),
        ("evasion", 0, 30_000, "《公路安全保护条例》第六十七条第二项"),
        ("ordering", 0, 30_000, "《公路安全保护条例》第六十八条"),
        ("spilling", 0, 5_000, "《公路安全保护条例》第六十九条"),
        ("altering", 5_000, 20_000, "《中华人民共和国道路运输条例》第六十九条"),
        ("source_release", 3_000, 30_000, "《中华人民共和国道路运输条例》第七十条"),
    ],
)
def test_national_bounds(code, least, most, place):
    penalty = BY_CODE[code]
    assert penalty.fine(DAY) == (Decimal(least), Decimal(most))
    assert penalty.article(DAY).short == place


def test_a_province_goes_before_the_nation_where_it_has_bounds_of_its_own():
    assert BY_CODE["evasion"].fine(DAY, "henan") == (10_000, 10_000)
    assert BY_CODE["evasion"].fine(DAY, "zhejiang") == (0, 5_000)
    assert BY_CODE["spilling"].fine(DAY, "henan") == (0, 5_000)
    assert BY_CODE["evasion"].fine(date(2017, 1, 1), "henan") == (0, 30_000)


def test_what_only_a_province_punishes_is_no_national_act():
    assert BY_CODE["expressway_entry"].fine(DAY, "zhejiang") == (20_000, 100_000)
    with pytest.raises(Problem, match="没有可用的罚款幅度"):
        BY_CODE["expressway_entry"].fine(DAY)


def test_each_act_is_named_once_and_its_bounds_are_in_order():
    assert len({penalty.act for penalty in PENALTIES}) == len(PENALTIES)
    for penalty in PENALTIES:
        for scheme in penalty.bounds:
            least, most = penalty.fine(DAY, scheme)
            assert 0 <= least <= most


def test_what_can_be_punished_on_a_day_follows_the_scheme_of_the_bureau(monkeypatch):
    national = {one.act: one for one in punishable(DAY)}
    entry, evasion = BY_CODE["expressway_entry"].act, BY_CODE["evasion"].act
    assert entry not in national and national[evasion].most == 30_000
    monkeypatch.setattr(Reading, "on", lambda self, day: "zhejiang")
    own = {one.act: one for one in punishable(DAY)}
    assert (own[entry].least, own[evasion].most) == (20_000, 5_000)
    assert own[evasion].article.short == BY_CODE["evasion"].article(DAY, "zhejiang").short
    assert set(national) < set(own)


@pytest.mark.django_db
def test_the_page_of_a_case_shows_the_other_penalties_of_its_day(office, client):
    client.force_login(office.person("overload_officer").account)
    page = client.get(ledger("overload.case").example().url).content.decode()
    assert "指使、强令驾驶人超限运输" in page and "《公路安全保护条例》第六十八条" in page and "5000～20000" in page
