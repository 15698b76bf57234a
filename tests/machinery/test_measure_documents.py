"""A document's life: drafted from confirmed rows, stale when they change, sealed, and computed again."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tonggui.base import clock
from tonggui.measure import documents, export, providers
from tonggui.measure.crossfoot import AtMost, NotFalling, RateOf, SumOf
from tonggui.measure.figureset import FigureSet
from tonggui.measure.models import Document, NilReturn
from tonggui.measure.periods import Period
from tonggui.register.actor import Actor, acting
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year

pytestmark = pytest.mark.django_db
HALF = Period.parse("2026H1")
WRITER = Actor.system("测试")
WAN = 10_000


@pytest.fixture
def county():
    """Two key projects with their June returns, two hazards of which one is closed, a case, a visit."""
    projects = {
        name: ledger("works.project").example(
            name=name, state="审核通过", plan_year=2026, is_key=True, year_target=target / WAN
        )
        for name, target in (("甲项目", 200_000_000), ("乙项目", 100_000_000))
    }
    for name, done in (("甲项目", 90_000_000), ("乙项目", 60_000_000)):
        ledger("works.progress").example(
            project=projects[name],
            month=date(2026, 6, 1),
            invest_month=1,
            invest_year=done / WAN,
            invest_all=done / WAN,
            state="审核通过",
        )
    hazard(state="closed", closed_on=date(2026, 4, 1))
    hazard()
    ledger("overload.case").example(
        filed_on=date(2026, 3, 1), state="decided", decided_on=date(2026, 3, 9), fine=1500, paid_on=date(2026, 3, 12)
    )
    ledger("safety.inspection").example(visited_on=date(2026, 5, 12), state="审核通过")
    return projects


def hazard(**values):
    chosen = {"state": "ordered", "found_on": date(2026, 3, 1), "due_on": date(2026, 7, 1), **values}
    return ledger("safety.hazard").example(**chosen)


def draft() -> Document:
    return documents.draft(half_year, HALF, WRITER, "示例县交通运输局", date(2026, 7, 5))


def printed_text(document: Document) -> str:
    """The text with every figure in words."""
    figures = document.figures()
    return "".join(
        figures.words(piece) if not isinstance(piece, str) else piece
        for block in documents.parse(document.text)
        for piece in block.pieces
    )


def test_a_draft_says_what_the_ledgers_hold(county):
    text = printed_text(draft())
    assert "2026年共承担重点项目2个，年度计划投资3.00亿元。" in text
    assert "截至6月30日，累计完成投资1.50亿元，占年度计划的50.0%。" in text
    assert (
        "甲项目：总投资8600万元，建设里程12.4公里。年度计划投资2.00亿元，已完成0.90亿元，完成率45.0%，比时间进度滞后"
        in text
    )
    assert "发现隐患2处；其中已整改1处，整改率50.0%（2处中1处）。" in text
    assert "查处超限超载车辆1台，立案1宗" in text and "罚款0.15万元，其中已缴0.15万元" in text


def test_no_digit_of_the_text_is_typed(county):
    document = draft()
    assert [fault for fault in half_year.faults(document.text, document.figures()) if fault.rule == "R13"] == []


def test_a_period_without_data_claims_nothing():
    text = printed_text(draft())
    assert "未见隐患登记" in text and "未见超限案件登记" in text and "未见重点项目登记" in text
    assert not [word for word in ("未发生", "未发现", "无逾期", "0处", "0个") if word in text]


def test_none_found_may_be_said_only_on_complete_nil_returns():
    for month in HALF.months():
        said = dict(ledger="safety.hazard", month=month.start, actor_name="示例")
        NilReturn.objects.create(**said, confirmed_at=clock.now())
    assert "2026年上半年各月零报告齐全，未发现隐患。" in printed_text(draft())


def test_unconfirmed_rows_do_not_count(county):
    before = draft().figures().get("HAZ-01").value
    hazard(state="draft")
    assert draft().figures().get("HAZ-01").value == before == 2


def test_every_figure_opens_exactly_its_records(county):
    figures = draft().figures()
    assert [record.number for record in figures.get("HAZ-03").records()] == figures.get("HAZ-03").record_numbers()
    share = figures.get("HAZ-04")
    part, whole = share.sources()
    assert (part.rows.count(), whole.rows.count()) == (1, 2) and share.records().get().state == "closed"


def test_a_change_in_a_ledger_makes_a_draft_stale_until_it_is_refreshed(county):
    document = draft()
    added = hazard()
    changed = {each.key: each for each in documents.compare(document)}
    assert changed["HAZ-01"].old.text == "2处" and changed["HAZ-01"].new.text == "3处"
    assert changed["HAZ-01"].came == [added.number] and changed["HAZ-01"].went == []
    with pytest.raises(documents.DocumentError, match="更新数据"):
        documents.seal(document, WRITER)
    documents.refresh(document)
    assert documents.compare(document) == [] and "发现隐患3处" in printed_text(document)


def test_a_sealed_document_never_changes_and_can_be_computed_again_as_of_its_day(county):
    document = draft()
    documents.seal(document, WRITER)
    sealed_at, before = document.sealed_at, printed_text(document)
    later = hazard()
    document = Document.objects.get(pk=document.pk)
    assert printed_text(document) == before and documents.is_intact(document)
    for forbidden in (
        documents.refresh,
        documents.rewrite,
        lambda d: documents.edit(d, "改"),
        lambda d: documents.seal(d, WRITER),
    ):
        with pytest.raises(documents.DocumentError, match="已封存"):
            forbidden(document)
    assert documents.compare(document, as_of=sealed_at) == []
    now = {each.key: each for each in documents.compare(document)}
    assert now["HAZ-01"].came == [later.number]


def test_a_record_corrected_after_sealing_shows_as_old_and_new(county):
    document = draft()
    documents.seal(document, WRITER)
    project = county["甲项目"]
    project.refresh_from_db()
    project.year_target = Decimal(250_000_000)
    with acting(WRITER, "计划调整"):
        project.save()
    changed = {each.key: each for each in documents.compare(document)}
    assert (changed["PRJ-03"].old.text, changed["PRJ-03"].new.text) == ("3.00亿元", "3.50亿元")
    assert changed["PRJ-03"].came == changed["PRJ-03"].went == []
    assert documents.compare(document, as_of=document.sealed_at) == []


def test_a_sealed_figure_changed_behind_the_seal_is_noticed(county):
    document = draft()
    documents.seal(document, WRITER)
    row = document.rows.get(key="HAZ-01")
    row.kept["text"] = "9处"
    row.save()
    assert not documents.is_intact(Document.objects.get(pk=document.pk))


def test_the_same_half_of_last_year_must_be_sealed_to_be_a_base(county):
    assert draft().figures().get("HAZ-01").change == "无可比基数"
    hazard(found_on=date(2025, 3, 1))
    last = documents.draft(half_year, HALF.last_year, WRITER, "示例县交通运输局")
    assert draft().figures().get("HAZ-01").change == "无可比基数"
    documents.seal(last, WRITER)
    assert draft().figures().get("HAZ-01").change == "同比增长100%"
    assert "发现隐患2处，同比增长100%；" in printed_text(draft())


def test_rates_from_telemetry_are_counted_when_figures_are_taken_and_not_at_every_look(county):
    asked = []
    providers.provide("vehicles.online", lambda period: asked.append(period) or providers.Counts(9, 10))
    try:
        document = draft()
        assert document.figures().get("VEH-02").text == "90.00%" and len(asked) == 1
        assert documents.compare(document) == [] and len(asked) == 1
        documents.refresh(document)
        assert len(asked) == 2
    finally:
        providers.withdraw("vehicles.online")


def test_an_unknown_mark_is_refused_and_typed_digits_are_listed(county):
    document = draft()
    with pytest.raises(documents.DocumentError, match="XYZ-99"):
        documents.edit(document, "发现[[XYZ-99]]。")
    documents.edit(document, "发现[[HAZ-01]]，另有3处。")
    words = [fault.words for fault in half_year.faults(document.text, document.figures()) if fault.rule == "R13"]
    assert len(words) == 1 and "“3”" in words[0]


def figures_of(*, as_of=None) -> FigureSet:
    return half_year.compute(HALF, as_of)


def test_sums_that_do_not_add_up_are_named(county):
    figures = figures_of()
    check = SumOf("R2", total="PRJ-03", parts="PRJ-06")
    assert list(check.faults(figures)) == []
    del figures.figures[next(key for key in figures.figures if key.startswith("PRJ-06/"))]
    (fault,) = check.faults(figures)
    assert "两者不等" in fault.words and fault.keys == ("PRJ-03",)


def test_a_project_without_its_return_is_named(county):
    ledger("works.project").example(name="丙项目", state="审核通过", plan_year=2026, is_key=True, year_target=0)
    (fault,) = SumOf("R2", total="PRJ-04", parts="PRJ-07").faults(figures_of())
    assert "丙项目" in fault.words and "合计未含该项" in fault.words


def test_a_rate_that_is_not_its_quotient_is_named(county):
    figures = figures_of()
    check = RateOf("R3", rate="PRJ-09", part="PRJ-04", whole="PRJ-03")
    assert list(check.faults(figures)) == []
    figures.figures["PRJ-04"] = figures.get("HAZ-01")
    assert [fault.rule for fault in check.faults(figures)] == ["R3"]


def test_more_fixed_than_found_is_named(county):
    figures = figures_of()
    assert list(AtMost("R4", less="HAZ-03", more="HAZ-01").faults(figures)) == []
    (fault,) = AtMost("R4", less="HAZ-01", more="HAZ-03").faults(figures)
    assert fault.words == "发现隐患2处大于已整改隐患1处。"


def test_a_cumulative_sum_that_falls_is_named(county):
    ledger("works.progress").example(
        project=county["甲项目"],
        month=date(2026, 5, 1),
        invest_month=1,
        invest_year=9_500,
        invest_all=9_500,
        state="审核通过",
    )
    (fault,) = NotFalling("R9", of="PRJ-07").faults(figures_of())
    assert fault.rule == "R9" and "甲项目" in fault.words and "2026年5月的0.95亿元" in fault.words


def test_the_sheet_lists_every_figure_and_every_record(county, tmp_path):
    document = draft()
    path = tmp_path / "figures.xlsx"
    path.write_bytes(export.xlsx(document))
    book = openpyxl.load_workbook(path)
    rows = list(book["指标"].iter_rows(min_row=4, values_only=True))
    assert [row[1] for row in rows] == [row.key.split("/")[0] for row in document.rows.all()]
    told = {row[1]: row[5:8] for row in rows if row[3] == "全县"}
    assert told["PRJ-03"] == (300_000_000, "元", "3.00亿元")
    assert told["PRJ-09"] == (0.5, "比值", "50.0%")
    heads, *records = list(book[ledger("safety.hazard").title].iter_rows(min_row=3, values_only=True))
    counted = {row[heads.index("编号")]: row[-1].split("、") for row in records}
    for number in document.figures().get("HAZ-03").record_numbers():
        assert "HAZ-03" in counted[number]


def test_the_word_file_holds_each_printed_figure_once_in_its_annex(county):
    printed = documents.printed(draft())
    assert [figure.key for figure in printed] == list(dict.fromkeys(figure.key for figure in printed))
    assert {"PRJ-01", "HAZ-01", "OVR-09"} <= {figure.key for figure in printed}
    assert export.docx(draft()).startswith(b"PK")


def test_the_count_of_queries_does_not_grow_with_the_rows(county):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            figures_of()
        return len(captured)

    before = queries()
    for _ in range(20):
        hazard()
    assert queries() == before
