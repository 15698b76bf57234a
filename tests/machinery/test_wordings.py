"""The bureau's own wording of a report: sections, on and off, versions, faults with their place, the default."""

from datetime import date

import pytest

from tonggui.base import clock
from tonggui.measure import documents, export, head
from tonggui.measure.errors import DocumentError
from tonggui.measure.models import NilReturn
from tonggui.measure.periods import Kind, Period
from tonggui.measure.reports import Skin, report
from tonggui.measure.wording import own
from tonggui.measure.wording.sections import SectionText, sections_of, standing, text_of
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year

HALF = Period.parse("2026H1")
DIRECTOR = Actor.system("测试")
SECTIONS = [
    SectionText(0, "", "总述。"),
    SectionText(1, "甲", "甲文。", on=False),
    SectionText(2, "甲下", "甲下文。"),
    SectionText(1, "乙", "乙文。"),
]


def test_a_wording_is_divided_into_sections_and_put_together_again():
    text = "总述。\n\n# 甲\n\n甲文。\n二句。\n\n<有 HAZ-01>## 乙\n\n乙文。\n"
    sections = sections_of(text)
    assert sections == [
        SectionText(0, "", "总述。"), SectionText(1, "甲", "甲文。\n二句。"), SectionText(2, "<有 HAZ-01>乙", "乙文。"),
    ]  # fmt: skip
    assert text_of(sections) == text


@pytest.mark.parametrize("code", ["half_year", "overload_daily", "overload_fines"])
def test_the_wording_of_a_report_survives_its_sections(code):
    text = report(code).default_wording.text
    assert [line for line in text_of(sections_of(text)).splitlines() if line] == [
        line for line in text.splitlines() if line
    ]


def test_a_section_that_is_off_takes_its_own_with_it():
    assert [n for n, _ in standing(SECTIONS)] == [0, 3] and text_of(SECTIONS) == "总述。\n\n# 乙\n\n乙文。\n"


def changed(**texts) -> list[SectionText]:
    """The half-year's sections with the text of some replaced, by heading."""
    return [
        SectionText(each.level, each.heading, texts.get(each.heading, each.text), each.on)
        for each in sections_of(half_year.default_wording.text)
    ]


@pytest.mark.django_db
def test_the_own_wording_is_drafted_from_and_its_figures_are_computed():
    assert own.in_force(half_year) is half_year.default_wording
    ledger("safety.hazard").example(state="ordered", found_on=date(2026, 3, 1), due_on=date(2026, 7, 1))
    version = own.take(
        half_year, changed(隐患治理="全县发现隐患[[HAZ-01]]，[[ENF-20N]]。"), DIRECTOR, "按县里要求改写", 0
    )
    assert (version.n, version.made_by, version.reason) == (1, "系统", "按县里要求改写")
    document = documents.draft(half_year, HALF, DIRECTOR, "示例县交通运输局")
    assert "全县发现隐患[[HAZ-01]]，[[ENF-20N]]。" in document.text
    assert document.figures().get("ENF-20N") and "ENF-20N" not in {each.code for each in half_year.figures}
    assert documents.compare(document) == []


@pytest.mark.django_db
def test_a_row_may_have_a_figure_that_the_report_does_not_name():
    ledger("works.project").example(name="甲项目", state="审核通过", plan_year=2026, is_key=True, year_target=100)
    more = next(
        code for code in ("PRJ-02", "PRJ-10", "PRJ-12", "PRJ-15")
        if not own.check(changed(重点项目建设=f"<每 projects>[[.{code}]]。"), half_year)
    )  # fmt: skip
    own.take(half_year, changed(重点项目建设=f"<每 projects>[[.PRJ-06|name]]：[[.{more}]]。"), DIRECTOR, "加一项", 0)
    document = documents.draft(half_year, HALF, DIRECTOR, "示例县交通运输局")
    assert [figure.scope.label for figure in document.figures().parts_of(more)] == ["甲项目"]
    assert documents.compare(document) == []


@pytest.mark.django_db
def test_a_wording_that_looks_back_is_given_the_period_before():
    ledger("safety.hazard").example(state="ordered", found_on=date(2026, 3, 1), due_on=date(2026, 7, 1))
    own.take(half_year, changed(隐患治理="<首次 HAZ-01>首次发现隐患[[HAZ-01]]。\n<否则>发现隐患。"), DIRECTOR, "试", 0)
    assert "首次发现" not in documents.draft(half_year, HALF, DIRECTOR, "示例县交通运输局").text
    for month in HALF.previous.months():
        said = dict(ledger="safety.hazard", month=month.start, actor_name="示例")
        NilReturn.objects.create(**said, confirmed_at=clock.now())
    assert "首次发现隐患[[HAZ-01]]。" in documents.draft(half_year, HALF, DIRECTOR, "示例县交通运输局").text


@pytest.mark.django_db
def test_a_fault_is_refused_with_its_section_and_line():
    with pytest.raises(own.WordingRefused, match="“隐患治理”第2行“12”：句子里不能直接写数字") as refused:
        own.take(half_year, changed(隐患治理="甲。\n共12处。"), DIRECTOR, "试", 0)
    assert [(each.line, each.fault.words) for each in refused.value.faults] == [(2, "12")]
    heading = [SectionText(0, "", "总述。"), SectionText(1, "<有 HAZ-99>甲", "甲文。")]
    with pytest.raises(own.WordingRefused, match="“<有 HAZ-99>甲”的标题“有 HAZ-99”：没有指标"):
        own.take(half_year, heading, DIRECTOR, "试", 0)
    assert own.last_version(half_year) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sections, reason, words",
    [
        ([SectionText(1, "甲", "甲文。", on=False)], "试", "至少要有一节"),
        ([SectionText(1, " ", "甲文。")], "试", "都要有标题"),
        ([SectionText(1, "甲", "甲文。")], " ", "修改原因"),
        ([SectionText(1, "甲", "甲文。")], "长" * 201, "不能超过200字"),
        ([SectionText(1, "甲", "甲。" * 60_000)], "试", "不能超过100000字"),
        (sections_of(half_year.default_wording.text), "试", "没有改动"),
    ],
)
def test_what_is_no_wording_is_refused(sections, reason, words):
    with pytest.raises(own.WordingRefused, match=words):
        own.take(half_year, sections, DIRECTOR, reason, 0)


@pytest.mark.django_db
def test_of_two_writers_the_second_is_told_of_the_first():
    own.take(half_year, changed(隐患治理="甲。"), DIRECTOR, "一", 0)
    with pytest.raises(own.WordingRefused, match="已改到第1版"):
        own.take(half_year, changed(隐患治理="乙。"), DIRECTOR, "二", 0)
    assert own.take(half_year, changed(隐患治理="乙。"), DIRECTOR, "二", 1).n == 2


@pytest.mark.django_db
def test_the_default_can_be_returned_to_and_the_own_one_stays_in_the_history():
    with pytest.raises(own.WordingRefused, match="就是默认句式"):
        own.return_to_default(half_year, DIRECTOR, "试", 0)
    own.take(half_year, changed(隐患治理="甲。"), DIRECTOR, "一", 0)
    own.return_to_default(half_year, DIRECTOR, "回到默认", 1)
    assert own.in_force(half_year) is half_year.default_wording
    versions = half_year_versions()
    assert [(each.n, each.is_default) for each in versions] == [(2, True), (1, False)]
    assert own.sections_in(versions[1], half_year) == changed(隐患治理="甲。")


def half_year_versions():
    return list(own.WordingVersion.objects.filter(report_code="half_year"))


@pytest.mark.django_db
def test_an_own_wording_that_has_become_faulty_is_not_printed_from():
    own.take(half_year, changed(隐患治理="甲。"), DIRECTOR, "一", 0)
    broken = [each.as_json() for each in changed(隐患治理="[[HAZ-99]]。")]
    own.WordingVersion.objects.update(sections=broken)
    assert own.in_force(half_year) is half_year.default_wording


# --- heads and kinds --------------------------------------------------------------------------------------------------


@pytest.fixture
def document(db):
    return documents.draft(half_year, HALF, DIRECTOR, "示例县交通运输局", date(2026, 7, 5))


def test_the_head_of_a_document_is_its_reports_until_it_is_filled_in(document):
    assert head.head_of(document) == head.Head(Skin.PLAIN, tuple(document.title), "", None)
    head.fill(
        document,
        {"skin": "RED_HEAD", "heading": "示例县交通运输局\n关于上半年工作的报告", "document_no": "示交〔2026〕1号"},
    )
    found = head.head_of(document)
    assert found.title == ("示例县交通运输局", "关于上半年工作的报告") and found.red.mark == "示例县交通运输局文件"
    assert found.red.number == "示交〔2026〕1号" and found.lacking == ("签发人", "主送机关")


def test_the_file_has_the_head_that_the_document_keeps(document):
    import io

    import docx

    head.fill(document, {"subtitle": "示例县交通运输局（2026年7月5日）"})
    texts = [each.text for each in docx.Document(io.BytesIO(export.docx(document))).paragraphs]
    assert "示例县交通运输局（2026年7月5日）" in texts
    values = {"document_no": "示交〔2026〕1号", "signatory": "张示例", "addressee": "示例市交通运输局"}
    head.fill(document, {"skin": "RED_HEAD", **values})
    texts = [each.text for each in docx.Document(io.BytesIO(export.docx(document))).paragraphs]
    assert "示例县交通运输局文件" in texts and "示例市交通运输局：" in texts


def test_a_sealed_document_takes_its_number_and_signatory_alone(document):
    head.fill(document, {"addressee": "示例市交通运输局"})
    documents.freeze(document, DIRECTOR)
    head.fill(document, {"document_no": "示交〔2026〕1号", "signatory": "张示例"})
    assert documents.is_intact(document)
    with pytest.raises(DocumentError, match="只能填写发文字号和签发人"):
        head.fill(document, {"addressee": "别处"})
    document.addressee = "别处"
    assert not documents.is_intact(document)


def test_what_does_not_fit_a_head_is_refused(document):
    with pytest.raises(DocumentError, match="发文字号不能超过40字"):
        head.fill(document, {"document_no": "号" * 41})
    with pytest.raises(DocumentError, match="请选择版式"):
        head.fill(document, {"skin": "BLUE_HEAD"})


def test_a_report_may_be_written_for_several_kinds_of_period():
    assert half_year.kinds[0] is Kind.HALF and report("overload_daily").kinds == (Kind.DAY,)
    assert Kind.YEAR in half_year.kinds and Kind.CUSTOM in half_year.kinds
