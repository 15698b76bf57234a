"""The circle of an identity: links both ways, equal plates, one hop, scope, the year, citations, constant cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from page_values import words

from tonggui.base import clock
from tonggui.measure.citing import cited_in
from tonggui.measure.models import Document, DocumentFigure
from tonggui.measure.recordsets import RecordSet
from tonggui.register.actor import Actor
from tonggui.register.query import ListQuery
from tonggui.register.registry import ledger
from tonggui.register.spine import concerns, identities

pytest_plugins = ["page_people"]
pytestmark = pytest.mark.django_db
MACHINE = Actor.system("测试")


@pytest.fixture
def vehicle(county):
    return ledger("fleet.vehicle").example(enterprise=county.firm, unit=county.unit, plate="示F00001")


def case(plate, **values):
    return ledger("overload.case").example(plate=plate, **values)


def counts(record, actor=MACHINE):
    return {one.ledger.key: one.count for one in concerns([record], actor)[0]}


def test_a_vehicle_gathers_what_names_it_and_what_only_carries_its_plate(county, vehicle):
    case("示F00001", vehicle=vehicle)
    case("示F00001")
    case("示F00002")
    assert counts(vehicle)["overload.case"] == 2
    asked = ListQuery(ledger("overload.case"), MACHINE, {"about": f"fleet.vehicle/{vehicle.number}"})
    assert asked.count == 2
    assert [chip.text for chip in asked.chips] == ["与车辆 示F00001有关"]
    assert ListQuery(ledger("overload.case"), MACHINE, {"about": "fleet.vehicle/没有"}).count == 0


def test_a_case_is_shown_what_else_concerns_its_vehicle_and_its_enterprise(county, vehicle):
    first = case("示F00001", vehicle=vehicle, enterprise=county.firm)
    ledger("safety.hazard").example(enterprise=county.firm, unit=county.unit)
    assert {one.ledger.key for one in identities(first, MACHINE)} == {"fleet.vehicle", "parties.enterprise"}
    clerk = county.browser("overload", "overload_officer")
    page = words(clerk.get(f"{first.url}?tab=related"))
    assert "同一车辆" in page
    assert "同一企业" in page
    assert f"/ledgers/safety.hazard/?about=parties.enterprise/{county.firm.number}" in page


def test_who_may_not_read_a_ledger_or_a_row_is_not_told_how_many_there_are(county, vehicle):
    case("示F00001", vehicle=vehicle)
    assert "overload.case" not in counts(vehicle, county.firm_user.account.actor)
    other = ledger("parties.unit").example(name="示例外站", kind="station", parent=county.unit)
    foreign = ledger("parties.enterprise").example(name="示例外企", unit=other)
    ledger("safety.hazard").example(enterprise=foreign, unit=other)
    stranger = county.browser("far", "safety_officer").account
    stranger.unit = ledger("parties.unit").example(name="示例另站", kind="station", parent=county.unit)
    assert counts(foreign).get("safety.hazard") == 1
    assert "safety.hazard" not in counts(foreign, stranger.actor)


def test_the_file_of_a_vehicle_tells_its_year(county, vehicle):
    case("示F00001", vehicle=vehicle, filed_on=date(2026, 6, 1))
    page = words(county.officer.get(f"{vehicle.url}?tab=dossier&year=2026"))
    assert "一车一档" in page
    assert "2026-06-01" in page
    assert "lane-dot" in page
    empty = words(county.officer.get(f"{vehicle.url}?tab=dossier&year=2001"))
    assert "2001年没有记录" in empty


@pytest.mark.parametrize("tab", ["related", "dossier"])
def test_a_circle_of_many_rows_costs_as_many_queries_as_one_of_few(county, vehicle, tab):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            assert county.officer.get(f"{vehicle.url}?tab={tab}&year=2026").status_code == 200
        return len(queries)

    case("示F00001", vehicle=vehicle)
    few = cost()
    for _ in range(6):
        case("示F00001", vehicle=vehicle)
    assert cost() <= few


def _behind(place, record):
    records = RecordSet.of([record.pk])
    return {place: [records.count, records.packed]}


def test_a_record_leads_to_the_documents_whose_figures_counted_it(county):
    record = ledger("safety.hazard").example(enterprise=county.firm, unit=county.unit)
    document = Document.objects.create(
        report_code="half_year", period_code="2026H1", issuer="示例局", dated=clock.today(), text="", made_by="示例"
    )
    kept = {
        "code": "HAZ-01", "title": "发现隐患", "unit": "处", "period": "2026H1", "scope": ["", None, "", "全县"],
        "value": "1", "text": "1处", "expression": "", "stamp": ["", "2026H1", "", "", {}, ""], "reason": "",
        "parts": None, "behind": _behind("记录:safety.hazard", record), "nil": False, "change": "",
    }  # fmt: skip
    DocumentFigure.objects.create(document=document, n=1, key="HAZ-01", kept=kept)
    elsewhere = {**kept, "behind": _behind("记录:safety.inspection", record)}
    DocumentFigure.objects.create(document=document, n=2, key="HAZ-02", kept=elsewhere)
    (citation,) = cited_in(record)
    assert citation.figures == ["发现隐患 1处"]
    assert citation.url == f"/documents/{document.pk}/figures/1/"
    assert "发现隐患 1处" in words(county.officer.get(f"{record.url}?tab=cited"))
    assert "引用于" not in words(county.firm_user.get(record.url))
