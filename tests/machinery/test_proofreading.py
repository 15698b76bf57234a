"""The linter over a document of the platform: what it prints is what is read, and each finding knows its block."""

from decimal import Decimal

from tonggui.measure.figures import COUNTY, Figure, Stamp
from tonggui.measure.figureset import FigureSet
from tonggui.measure.models import Document
from tonggui.measure.periods import Period
from tonggui.web.documents.proofreading import findings

PERIOD = Period.parse("2026H1")
STAMP = Stamp("", PERIOD.code, "", "", {}, "")
SHIPS = Figure("WTR-01", "检查船舶", "次", PERIOD, COUNTY, Decimal(120), "120次", "", STAMP)


def found_in(text: str):
    document = Document(report_code="half_year", period_code=PERIOD.code, issuer="示例县交通运输局", text=text)
    return findings(document, FigureSet.of(PERIOD, [SHIPS]))


def test_a_finding_names_its_block_and_its_place_in_print():
    (one,) = found_in("# 工作成效\n\n截止目前，完成投资。")
    assert (one.block, one.place, one.rule, one.words, one.key) == (1, 0, "截至", "截止", "")


def test_headings_are_read_with_the_marks_they_print():
    assert found_in("# 成效\n\n## 项目\n\n正文。\n\n## 养护\n\n正文。\n\n# 问题\n\n正文。") == []
    (one,) = found_in("# 成效\n\n## 推进“项目建设\n\n正文。\n\n## 养护\n\n正文。")
    assert (one.block, one.place) == (1, 5)


def test_a_fault_in_a_table_names_the_block_of_the_table():
    (one,) = found_in("正文。\n\n| 事项 | 说明 |\n| 检查 | 台帐已建立 |")
    assert (one.block, one.place, one.rule, one.words) == (1, 0, "错别字", "台帐")


def test_a_fault_within_a_figure_names_the_figure():
    (one,) = found_in("今年以来，检查船舶[[WTR-01]]，未发现问题。")
    assert (one.rule, one.key) == ("计量单位", "WTR-01")


def test_the_same_text_is_read_once():
    assert found_in("截止目前，完成投资。") == found_in("截止目前，完成投资。")
