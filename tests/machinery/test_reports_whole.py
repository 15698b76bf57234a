"""Every paper of the bureau over an empty county and over one of everything: it claims nothing that no ledger holds.

What is printed is read by the linter too, so that no sentence of a wording reads wrong in any of these counties. The
bulletins of overload control have their own tests.
"""

from datetime import date, datetime

import pytest

from tonggui.base import clock
from tonggui.base.clock import CHINA, pretending
from tonggui.measure import documents
from tonggui.measure.models import Document, NilReturn
from tonggui.measure.periods import Period
from tonggui.measure.text import numbered, parse
from tonggui.measure.wording.checking import faults_of
from tonggui.register.actor import Actor
from tonggui.register.kinds import Day
from tonggui.register.registry import all_ledgers, ledger
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
        "承办建议提案1件（人大议案和代表建议1件），已答复；期内到期的按期答复率100%。",
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


# --- several of each: the numbers of the rows ------------------------------------------------------------


def hazard(domain: str, **values):
    usual = {"state": "ordered", "found_on": INSIDE, "due_on": date(2026, 7, 20), "domain": domain}
    return ledger("safety.hazard").example(**{**usual, **values})


def project(name: str, target: int, done: int, month_done: int, **values):
    """A key project with its return of June, in 万元."""
    made = ledger("works.project").example(
        name=name, state="审核通过", plan_year=2026, is_key=True, year_target=target, **values
    )
    returned = {"invest_month": month_done, "invest_year": done, "invest_all": done, "state": "审核通过"}
    ledger("works.progress").example(project=made, month=date(2026, 6, 1), **returned)
    return made


def promised(content: str, **values):
    return ledger("office.task").example(content=content, due_on=INSIDE, assigned_on=date(2026, 1, 9), **values)


def test_hazards_are_told_by_domain_and_add_up():
    for _ in range(3):
        hazard("road", state="closed", closed_on=END)
    hazard("water")
    hazard("water", due_on=date(2026, 6, 20))
    half, safety, form = (drafted(report) for report in (half_year, safety_summary, safety_monthly))
    told = "".join(lines_of(half))
    assert "发现隐患5处（道路运输3处、水路运输2处）；其中已整改3处，整改率60.0%（5处中3处）。" in told
    assert "水路运输领域发现隐患2处，尚未整改销号，逾期未整改1处。" in lines_of(safety)
    assert "道路运输领域发现隐患3处，已整改销号。" in lines_of(safety)
    rows = lines_of(form)
    assert "道路运输 | 3 | 3 | 100% | 0 | 0 | 3 | 3 | 100%" in rows
    assert "水路运输 | 2 | 0 | 0% | 0 | 1 | 2 | 0 | 0%" in rows
    assert "合计 | 5 | 3 | 60.0% | 0 | 1 | 5 | 3 | 60.0%" in rows
    assert doubts([half, safety, form]) == []


def test_the_year_so_far_goes_back_to_january_and_no_further():
    hazard("road", found_on=date(2025, 12, 31))
    hazard("road", found_on=date(2026, 1, 1))
    hazard("road")
    assert "发现隐患 | 1处 | 2处" in lines_of(drafted(safety_monthly))


def test_projects_stand_one_by_one_in_the_summary_and_in_the_dispatch_table():
    with pretending(datetime(2026, 7, 5, 9, tzinfo=CHINA)):
        blocked = project("甲大桥", 20_000, 9_000, 1_500, total=50_000, works_km=None, level="province")
        project("乙公路", 10_000, 6_000, 800, total=30_000, works_km="8.5", level="city")
        ledger("works.blocker").example(
            project=blocked, blocked_from=date(2026, 6, 1), blocker="land", state="blocking", blocker_note="征拆未完"
        )
        half, table = drafted(half_year), drafted(project_dispatch)
    text = lines_of(half)
    assert "截至6月30日，累计完成投资1.50亿元，占年度计划的50.0%。投资进度比时间进度超前0.4个百分点。" in "".join(text)
    (bridge,) = [line for line in text if line.startswith("甲大桥：总投资")]
    assert bridge.startswith("甲大桥：总投资5.00亿元。年度计划投资2.00亿元，已完成0.90亿元，完成率45.0%，")
    assert bridge.endswith("受征拆制约，截至6月30日已30天。")
    rows = {line.partition(" | ")[0]: line.split(" | ") for line in lines_of(table) if " | " in line}
    assert rows["甲大桥"][1:9] == [
        "省重点", "5.00亿元", "2.00亿元", "1500万元", "0.90亿元", "45.0%", "滞后4.6个百分点", "在建",
    ]  # fmt: skip
    assert rows["甲大桥"][9:11] == ["征拆", "30天"] and rows["乙公路"][9:11] == ["无", "—"]
    assert doubts([half, table]) == []


def test_the_last_plan_is_answered_first_each_promise_with_its_fate():
    promised("完成危桥改造", state="achieved", done_note="三座危桥均已交工")
    promised("加装护栏", state="part_done", done_note="完成五公里")
    promised("班线改公交", state="carried", progress="线路已公示", carried_to=date(2026, 12, 31))
    promised("修订制度", state="under_way", progress="初稿已形成")
    ledger("office.task").example(content="渡船检验", due_on=date(2026, 10, 1), assigned_on=INSIDE)
    text = lines_of(drafted(half_year))
    assert text[1:7] == [
        "一、上期工作安排落实情况",
        "上期安排在2026年上半年完成的工作任务共4项，其中已完成1项，部分完成1项，结转下期1项，尚未办结1项。",
        "已完成的：完成危桥改造（三座危桥均已交工）。",
        "部分完成的：加装护栏（完成五公里）。",
        "结转下期的：班线改公交（线路已公示，结转至2026年12月31日）。",
        "尚未办结的：修订制度（初稿已形成）。",
    ]
    (owed,) = [line for line in text if line.startswith("渡船检验")]
    assert "完成时限：2026年10月1日" in owed


def test_names_in_a_list_never_contradict_their_count():
    for name in ("甲示范镇", "乙示范镇", "丙示范镇", "丁示范镇"):
        ledger("roads.demonstration").example(name=name, kind="town", state="named", named_on=INSIDE)
    (line,) = [line for line in lines_of(drafted(half_year)) if "新创成" in line]
    assert "新创成甲示范镇、乙示范镇、丙示范镇等4个。" in line


def test_what_was_not_there_the_period_before_is_said_to_be_new():
    put_in_service = ((date(2025, 3, 1), "electric"), (date(2025, 9, 1), "diesel"), (INSIDE, "electric"))
    for n, (day, energy) in enumerate(put_in_service):
        vehicle = ledger("fleet.vehicle").example(plate=f"示A0000{n}")
        ledger("transit.bus").example(vehicle=vehicle, in_service_on=day, energy=energy, state="in_service")
    assert any("新增纯电动公交车1辆，上期没有新增。" in line for line in lines_of(drafted(half_year)))


def test_the_whole_year_has_its_own_summary():
    hazard("road", found_on=date(2025, 3, 1), due_on=date(2025, 4, 1))
    document = drafted(half_year, Period.parse("2025"))
    text = lines_of(document)
    assert document.title == ("示例县交通运输局", "2025年工作总结") or list(document.title)[1] == "2025年工作总结"
    assert any("2026年工作打算" in line for line in text) and any("发现隐患1处" in line for line in text)
