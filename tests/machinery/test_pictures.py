"""The list as a board, a month, bars, a matrix and a tree: what they count, where they lead, what they cost."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from page_values import words

from tonggui.register.actor import Actor
from tonggui.register.pictures import Bars, Board, Calendar, Matrix, Tree
from tonggui.register.query import ListQuery
from tonggui.register.registry import ledger
from tonggui.register.views.address import Address
from tonggui.register.views.picturing import drawn
from tonggui.register.views.picturing.common import tone_of
from tonggui.register.views.picturing.matrix import draw_matrix

pytest_plugins = ["page_people"]
pytestmark = pytest.mark.django_db
MACHINE = Actor.system("测试")


@pytest.fixture
def hazards(county):
    bound = ledger("safety.hazard")

    def one(day, **values):
        values = {"grade": "general", "domain": "road", **values}
        return bound.example(enterprise=county.firm, unit=county.unit, found_on=date(2026, 5, day), **values)

    made = [one(1), one(2, domain="water"), one(20, grade="major", funds=Decimal(5000))]
    bound.perform(made[0], "approve", MACHINE)
    return bound


def picture(monkeypatch, bound, declared, **query):
    monkeypatch.setattr(bound.page, "pictures", (declared,))
    asked = ListQuery(bound, MACHINE, {"view": 1, **query})
    return drawn(asked, Address(asked))


def test_a_board_counts_its_columns_and_leads_to_their_rows(hazards, monkeypatch):
    board = picture(monkeypatch, hazards, Board("看板", by="state", card="enterprise due_on"))
    by_word = {column["word"]: column for column in board["columns"]}
    assert (by_word["草稿"]["count"], by_word["待下达"]["count"]) == (2, 1)
    assert "作废" not in by_word
    assert by_word["草稿"]["url"].endswith("?state=draft")
    assert [label for label, _, _ in by_word["待下达"]["cards"][0]["lines"]] == ["企业", "整改期限"]


def test_a_board_by_a_computed_word_keeps_the_declared_order(hazards, monkeypatch):
    board = picture(monkeypatch, hazards, Board("看板", by="overdue_days", order="9999 0"), state="found")
    assert [column["word"] for column in board["columns"]][:2] == ["9999", "0"]
    assert sum(column["count"] for column in board["columns"]) == 1


def test_a_month_shows_its_days_and_what_lasts_several(hazards, monkeypatch):
    month = picture(
        monkeypatch, hazards, Calendar("月历", on="found_on", until="due_on", text="content"), leaf="2026-05"
    )
    days = {square["day"]: square for week in month["weeks"] for square in week if square["inside"]}
    assert month["month"] == "2026年5月"
    assert [len(days[day]["items"]) for day in (1, 2, 3, 18, 19, 20)] == [1, 2, 2, 0, 0, 1]
    assert days[2]["items"][0]["goes_on"]
    assert "found_on=2026-05-02" in days[2]["url"]
    assert "leaf=2026-06" in month["after"]
    assert picture(monkeypatch, hazards, Calendar("月历", on="found_on"))["month"] == "2026年5月"


def test_bars_count_or_sum_and_are_divided(hazards, monkeypatch):
    counted = picture(monkeypatch, hazards, Bars("图", by="found_on", stack="grade"))
    (may,) = counted["bars"]
    assert (may["word"], may["text"], counted["unit"]) == ("2026年5月", "3", "条")
    assert [(piece["word"], piece["text"]) for piece in may["pieces"]] == [("一般隐患", "2"), ("重大隐患", "1")]
    assert may["pieces"][1]["url"].endswith("found_on=2026-05&grade=major")
    summed = picture(monkeypatch, hazards, Bars("图", by="enterprise", of="funds"))
    assert (summed["bars"][0]["text"], summed["unit"], summed["total"]) == ("5,000.00", "元", "5,000.00")


def test_bars_of_yes_and_no_and_of_a_field_named_month(hazards, county, monkeypatch):
    """A flag's bars hold its rows; a field whose name is a word of the calendar leads to its own rows."""
    flagged = picture(monkeypatch, hazards, Bars("图", by="is_example"))
    assert sum(int(bar["text"]) for bar in flagged["bars"]) == 3
    assert [bar["word"] for bar in flagged["bars"]] == ["是", "否"]
    logs = ledger("works.leaderlog")
    logs.example(month=date(2026, 5, 1), project=ledger("works.project").example(unit=county.unit))
    (may,) = picture(monkeypatch, logs, Bars("图", by="month"))["bars"]
    assert may["url"].endswith("?month=2026-05")


def test_a_matrix_counts_crossings_and_says_the_word_of_a_cell(hazards):
    asked = ListQuery(hazards, MACHINE, {})
    drawing = draw_matrix(Matrix("图", "grade", "domain", tone="state"), asked, Address(asked))
    lines = {line["word"]: line["cells"] for line in drawing["lines"]}
    road = drawing["columns"].index("道路运输")
    assert lines["一般隐患"][road]["count"] == 1
    assert lines["一般隐患"][road]["word"] == "待下达"
    assert "grade=major" in lines["重大隐患"][road]["url"]
    assert [tone_of(word) for word in ("重大风险", "较大风险", "一般风险", "低风险", "绿码", "其他")] == [
        "red", "orange", "yellow", "blue", "green", "",
    ]  # fmt: skip


def test_a_tree_hangs_records_below_one_another_and_survives_a_circle(county, monkeypatch):
    units = ledger("parties.unit")
    station = units.example(name="示例站", kind="station", parent=county.unit)
    units.example(name="示例组", kind="section", parent=station)
    tree = picture(monkeypatch, units, Tree("树", parent="parent"), sort="path")
    assert [(node["name"], node["all"]) for node in tree["nodes"]] == [("示例县交通运输局", 2)]
    units.model._base_manager.filter(pk=county.unit.pk).update(parent=station.pk)
    assert len(picture(monkeypatch, units, Tree("树", parent="parent"))["nodes"]) >= 1


FIVE = (
    Board("看板", by="state", card="enterprise grade due_on"),
    Calendar("月历", on="due_on", text="enterprise content"),
    Bars("按领域", by="domain", stack="state"),
    Bars("按月份", by="found_on", stack="grade"),
    Matrix("矩阵", down="domain", across="kind", tone="grade"),
)


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_pictures_open_as_pages_in_parts_on_paper_and_in_the_past(county, hazards, monkeypatch, n):
    monkeypatch.setattr(hazards.page, "pictures", FIVE)
    for address in (f"?view={n}", f"?view={n}&as_of=2099-01-01", f"print/?view={n}", f"?view={n}&q=没有这种"):
        assert county.officer.get(f"/ledgers/safety.hazard/{address}").status_code == 200
    part = county.officer.get(
        f"/ledgers/safety.hazard/?view={n}", headers={"HX-Request": "true", "HX-Target": "results"}
    )
    assert 'class="picture"' in words(part)
    assert "灭火器过期三具" in words(county.officer.get("/ledgers/safety.hazard/?view=99"))


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5])
def test_a_picture_of_many_rows_costs_as_many_queries_as_one_of_few(hazards, county, monkeypatch, n):
    monkeypatch.setattr(hazards.page, "pictures", FIVE)

    def cost():
        with CaptureQueriesContext(connection) as queries:
            county.officer.get(f"/ledgers/safety.hazard/?view={n}&leaf=2026-05")
        return len(queries)

    few = cost()
    for day in range(1, 15):
        hazards.example(enterprise=county.firm, unit=county.unit, found_on=date(2026, 5, day), domain="road")
    assert cost() <= few
