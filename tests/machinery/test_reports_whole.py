"""Every paper of the bureau over an empty county and over one of everything: it claims nothing that no ledger holds.

What is printed is read by the linter too, so that no sentence of a wording reads wrong in any of these counties. The
bulletins of overload control have their own tests.
"""

from datetime import date

import pytest

from tonggui.base import clock
from tonggui.measure import documents
from tonggui.measure.models import Document, NilReturn
from tonggui.measure.periods import Period
from tonggui.measure.text import numbered, parse
from tonggui.measure.wording.checking import faults_of
from tonggui.register.actor import Actor
from tonggui.register.kinds import Day
from tonggui.register.registry import all_ledgers
from tonggui.reports.half_year import half_year
from tonggui.reports.ideology import ideology
from tonggui.reports.project_dispatch import project_dispatch
from tonggui.reports.safety_monthly import safety_monthly
from tonggui.reports.safety_summary import safety_summary
from tonggui.texts import Text, lint

pytestmark = pytest.mark.django_db

WRITER = Actor.system("测试")
INSIDE, END = date(2026, 6, 10), date(2026, 6, 30)
PAPERS = [half_year, safety_summary, ideology, safety_monthly, project_dispatch]
# What may be said only of rows or of nil returns that are there.
CLAIMS = ("未发生", "未发现", "无逾期", "全覆盖", "已全部", "均已", "没有不", "0处", "0起", "0次", "0人", "0%")


def drafted(report, period: Period | None = None) -> Document:
    period = period or Period.containing(report.kinds[0], END)
    return documents.draft(report, period, WRITER, "示例县交通运输局")


def lines_of(document: Document) -> list[str]:
    """What is printed, line by line; a table gives a line a row, its cells between bars."""
    figures = document.figures()

    def said(pieces) -> str:
        return "".join(each if isinstance(each, str) else figures.words(each) for each in pieces)

    found = []
    for mark, block in numbered(parse(document.text)):
        found.append(mark + said(block.pieces))
        found += [" | ".join(map(said, row)) for row in block.rows]
    return [line for line in found if line]


def doubts(documents_: list[Document]) -> list[str]:
    """What the linter and the cross-foot rules find in papers."""
    found = []
    for document in documents_:
        prose = [line for line in lines_of(document) if " | " not in line]
        found += [f"{document.report.name} {one}" for one in lint(Text.of("\n".join(prose)))]
        faults = document.report.faults(document.text, document.figures())
        found += [f"{document.report.name} {fault.rule} {fault.words}" for fault in faults]
    return found


def one_of_everything() -> None:
    """A confirmed example in every ledger that no other example has filled, dated within the period."""
    for bound in all_ledgers():
        if not bound.model._base_manager.exists():
            measures = vars(bound.model.Measures).values() if hasattr(bound.model, "Measures") else ()
            counted_on = {measure.on for measure in measures if getattr(measure, "on", "")}
            days = {name: INSIDE for name in counted_on if isinstance(bound.kinds.get(name), Day)}
            bound.example(state=bound.flow.confirmed[0], **days)


@pytest.mark.parametrize("report", PAPERS, ids=lambda report: report.code)
def test_a_wording_has_no_fault(report):
    assert faults_of(report.default_wording, report) == []


def test_an_empty_county_claims_nothing():
    papers = [drafted(report) for report in PAPERS]
    for document in papers:
        text = "\n".join(lines_of(document))
        assert not [claim for claim in CLAIMS if claim in text], text
        figures = document.figures()
        marks = [mark for block in parse(document.text) for piece in [block] for mark in piece.marks]
        known = [str(mark) for mark in marks if mark.key != "period" and figures.get(mark.key).known]
        assert known == [] and "—" not in "".join(line for line in text.splitlines() if " | " not in line)
    assert doubts(papers) == []


def test_an_empty_county_leaves_out_the_sections_that_nothing_fills():
    headings = [line for line in lines_of(drafted(half_year)) if line[1:2] == "、"]
    assert headings == ["一、重点项目建设", "二、行业执法和治超", "三、安全生产", "四、下半年工作打算"]
    text = "\n".join(lines_of(drafted(half_year)))
    assert "二、行业执法和治超\n截至填报，2026年上半年未见超限案件登记。" in text
    assert "2026年上半年生产安全事故情况尚不能认定：" in text and "未见隐患登记" in text


def test_one_of_everything_is_told_in_the_singular():
    one_of_everything()
    papers = {report.code: drafted(report) for report in PAPERS}
    text = "\n".join(lines_of(papers["half_year"]))
    for sentence in (
        "上期安排在2026年上半年完成的工作任务共1项，尚未办结1项。",
        "2026年共承担重点项目1个，年度计划投资3200万元。截至6月30日，累计完成投资1580万元，占年度计划的49.4%。",
        "加密示例1路1条公交线路的班次。",
        "完成示例北桥1座危桥的改造。",
        "在册驾校1所，已设电子围栏。",
        "查处非法营运车辆1台次，已处罚。",
        "发现隐患1处；尚未整改销号。",
        "在册危险货物运输企业1家，已检查。",
        "承办建议提案1件（人大议案和代表建议1件），已答复，按期答复率100%。",
        "建议县财政安排购置吸油污船（提请示例县人民政府研究解决）。",
    ):
        assert sentence in text
    assert not [word for word in ("均已", "均为", "已全部", "等1", "，，", "；；", "。。", "（）", "—") if word in text]
    assert doubts(list(papers.values())) == []


def test_nil_returns_are_the_only_ground_for_saying_that_nothing_happened():
    for month in Period.parse("2026H1").months():
        for key in ("safety.hazard", "duty.incident"):
            NilReturn.objects.create(ledger=key, month=month.start, actor_name="示例", confirmed_at=clock.now())
    half, safety, form = (lines_of(drafted(report)) for report in (half_year, safety_summary, safety_monthly))
    assert "2026年上半年各月零报告齐全，未发生生产安全事故。" in half
    assert "2026年上半年各月零报告齐全，未发现隐患。" in half
    assert "各月零报告齐全，未发生生产安全事故。" in safety[0]
    assert "生产安全事故 | 0起 | 0起" in form and "开展安全检查 | — | —" in form
