"""Documents sealed when figures named their records by number: they open, compare and serve as bases as they are."""

import hashlib
import io
import json
from datetime import date

import openpyxl
import pytest

from tonggui.base import clock
from tonggui.measure import documents, export, issuing
from tonggui.measure.citing import cited_in
from tonggui.measure.figures import Figure
from tonggui.measure.models import Document, DocumentFigure
from tonggui.measure.periods import Period
from tonggui.register.actor import Actor
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year
from tonggui.reports.overload_daily import daily

pytestmark = pytest.mark.django_db
HALF = Period.parse("2026H1")
WRITER = Actor.system("测试")
ISSUER = "示例县交通运输局"
PLACE = "记录:safety.hazard"


def digest(content) -> str:
    """As seals and the stamps of the older form were digested."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def older(figure: Figure) -> dict:
    """A figure as it was written then."""
    kept = figure.as_json()
    numbers = {place: sorted(found) for place, found in figure.numbers.items()}
    names = ("code", "title", "unit", "period", "scope", "value", "text", "expression")
    return {
        **{name: kept[name] for name in names},
        "stamp": [*kept["stamp"][:5], digest(numbers)],
        **{name: kept[name] for name in ("reason", "parts")},
        "numbers": numbers,
        **{name: kept[name] for name in ("nil", "change", "step")},
    }


def make_older(document: Document, sealed: bool = True) -> Document:
    """The document as it was kept then, sealed by the formula of then."""
    for row in document.rows.all():
        row.kept = older(row.figure)
        row.save()
    document.drafted = ""
    if sealed:
        kept = [[row.n, row.key, row.kept] for row in document.rows.all()]
        document.seal = digest([document.text, document.period_code, document.issuer, str(document.dated), kept])
        document.state, document.sealed_by, document.sealed_at = "sealed", "示例", clock.now()
    document.save()
    return Document.objects.get(pk=document.pk)


def hazard(**values):
    return ledger("safety.hazard").example(
        **{"state": "ordered", "found_on": date(2026, 3, 1), "due_on": date(2026, 7, 1), **values}
    )


@pytest.fixture
def hazards():
    return [hazard(), hazard(state="closed", closed_on=date(2026, 4, 1))]


def half(period: Period = HALF) -> Document:
    return documents.draft(half_year, period, WRITER, ISSUER, date(2026, 7, 5))


@pytest.fixture
def sealed(hazards) -> Document:
    return make_older(half())


def test_a_figure_written_by_hand_in_the_older_form_is_read_and_written_as_it_is(hazards):
    numbers = sorted(each.number for each in hazards)
    kept = {
        "code": "HAZ-01", "title": "发现隐患", "unit": "处", "period": "2026H1", "scope": ["", None, "", "全县"],
        "value": "2", "text": "2处", "expression": "《隐患台账》发现隐患",
        "stamp": ["0123456789abcdef", "2026H1", "全县", "2026-07-05T08:00:00+08:00", {"记录": 2},
                  digest({PLACE: numbers})],
        "reason": "", "parts": None, "numbers": {PLACE: numbers}, "nil": False, "change": "无可比基数",
        "step": "无可比基数",
    }  # fmt: skip
    figure = Figure.from_json(kept)
    assert figure.numbers == {PLACE: numbers} and figure.record_numbers() == numbers and figure.count == 2
    assert figure.behind[PLACE].ids.tolist() == sorted(each.pk for each in hazards)
    written = figure.as_json()
    assert {name: written[name] for name in kept} == kept and "behind" not in written
    assert Figure.from_json(written) == figure


def test_a_sealed_document_opens_intact_and_is_never_rewritten(sealed):
    assert documents.is_intact(sealed)
    before = [row.kept for row in sealed.rows.all()]
    assert sealed.figures().get("HAZ-01").text == "2处"
    assert documents.compare(sealed) == [] == documents.compare(sealed, as_of=sealed.sealed_at)
    assert [row.kept for row in sealed.rows.all()] == before
    row = sealed.rows.get(key="HAZ-01")
    row.kept["numbers"][PLACE].pop()
    row.save()
    assert not documents.is_intact(sealed)


def test_what_has_changed_since_is_told_by_its_records(sealed, hazards):
    later = hazard()
    found = {each.key: each for each in documents.compare(sealed)}
    assert (found["HAZ-01"].came, found["HAZ-01"].went) == ([later.number], []) and not found["HAZ-01"].redefined
    assert "SAF-06" not in found


def test_what_its_report_asks_only_since_is_no_difference(sealed):
    DocumentFigure.objects.filter(document=sealed, key="HAZ-03").delete()
    assert documents.compare(sealed) == []


def test_it_is_written_as_files(sealed, hazards):
    assert export.docx(sealed).startswith(b"PK")
    book = openpyxl.load_workbook(io.BytesIO(export.xlsx(sealed)))
    listed = list(book["隐患台账"].iter_rows(min_row=4, values_only=True))
    assert {row[0] for row in listed if "HAZ-01" in row[-1]} == {each.number for each in hazards}


def test_its_pages_and_the_panel_of_a_figure_open(sealed, hazards, client):
    unit = ledger("parties.unit").query(WRITER).first()
    client.force_login(Account.objects.create_account("writer", None, roles=["writer"], unit=unit))
    assert client.get(sealed.url).status_code == 200
    row = sealed.rows.get(key="HAZ-01")
    panel = client.get(f"{sealed.url}figures/{row.n}/").content.decode()
    assert all(each.number in panel and each.url in panel for each in hazards)
    assert client.get(f"{sealed.url}compare/").status_code == 200


def test_a_record_leads_to_it(sealed, hazards):
    fixed = next(each for each in hazards if each.state == "closed")
    (citation,) = cited_in(fixed)
    assert {"发现隐患 2处", "已整改隐患 1处"} <= set(citation.figures)
    assert cited_in(hazard()) == []


def test_it_is_the_base_of_the_next_year_where_the_definition_is_the_same(hazards):
    hazard(found_on=date(2025, 3, 1))
    make_older(half(HALF.last_year))
    assert half().figures().get("HAZ-01").change == "同比增长100%"
    kept = DocumentFigure.objects.get(document__state="sealed", key="HAZ-01")
    kept.kept["stamp"][0] = "0" * 16
    kept.save()
    figure = half().figures().get("HAZ-01")
    assert figure.change == "无可比基数" and "另一口径" in figure.change_reason


def test_a_draft_takes_today_s_form_at_its_next_refresh(hazards):
    draft = make_older(half(), sealed=False)
    assert documents.compare(draft) == []
    text, later = draft.text, hazard()
    changed = {each.key: each for each in documents.refresh(draft)}
    assert changed["HAZ-01"].came == [later.number]
    draft = Document.objects.get(pk=draft.pk)
    assert draft.text == text and draft.figures().get("HAZ-01").text == "3处"
    assert not [row.key for row in draft.rows.all() if "numbers" in row.kept]


def test_a_bulletin_sealed_then_is_issued_and_rewritten():
    day = Period.parse("2026-06-30")
    filed = ledger("overload.case").example(filed_on=day.start, state="decided", decided_on=day.start, fine=1500)
    bulletin = make_older(documents.draft(daily, day, WRITER, ISSUER))
    assert documents.is_intact(bulletin) and documents.compare(bulletin) == []
    assert [citation.url.startswith(bulletin.url) for citation in cited_in(filed)] == [True]
    issuing.issue(bulletin, Actor.system("示例局长"))
    assert bulletin.number == "治超日报〔2026〕1期" and documents.is_intact(Document.objects.get(pk=bulletin.pk))
    again = make_older(documents.draft(daily, day.previous, WRITER, ISSUER))
    assert "behind" in issuing.revise(again, WRITER).rows.first().kept
