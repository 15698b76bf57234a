"""A draft refreshed in three ways: untouched paragraphs follow their figures, touched ones stay and are told."""

from datetime import date

import pytest

from tonggui.measure import documents
from tonggui.measure.models import Document
from tonggui.measure.periods import Period
from tonggui.measure.refreshing import Kept, refreshed
from tonggui.register.actor import Actor
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year

HALF = Period.parse("2026H1")
WRITER = Actor.system("测试")
NONE, SOME = "截至填报，未见隐患登记。", "发现隐患[[HAZ-01]]；其中已整改[[HAZ-03]]。"


def test_an_untouched_paragraph_takes_its_other_branch():
    found = refreshed(["# 隐患", NONE], ["# 隐患", NONE], ["# 隐患", SOME])
    assert found.blocks == ["# 隐患", SOME] and found.kept == []


def test_a_touched_paragraph_stays_and_its_new_sentence_is_told():
    mine = "全县未见隐患登记，正在核对。"
    found = refreshed(["# 隐患", NONE], ["# 隐患", mine], ["# 隐患", SOME])
    assert found.blocks == ["# 隐患", mine] and found.kept == [Kept(mine, SOME)]


def test_a_touched_paragraph_whose_sentence_has_not_changed_is_not_told():
    found = refreshed([NONE, "甲。"], ["改过的一段。", "甲。"], [NONE, "乙。"])
    assert found.blocks == ["改过的一段。", "乙。"] and found.kept == []


def test_neighbours_of_a_touched_paragraph_follow():
    drafted = ["# 一", "甲项目未登记。", NONE, "# 二", "丙。"]
    standing = ["# 一", "甲项目正在催报。", NONE, "# 二", "丙。"]
    anew = ["# 一", "甲项目完成[[PRJ-07/XM1]]，占年度计划的[[PRJ-08/XM1]]。", SOME, "# 二", "丙。"]
    found = refreshed(drafted, standing, anew)
    assert found.blocks == ["# 一", "甲项目正在催报。", SOME, "# 二", "丙。"]
    assert found.kept == [Kept("甲项目正在催报。", anew[1])]


def test_what_was_written_by_hand_stays_where_it_was_written():
    found = refreshed(["# 一", NONE], ["# 一", "手写一段。", NONE, "再写一段。"], ["# 一", SOME])
    assert found.blocks == ["# 一", "手写一段。", SOME, "再写一段。"]


def test_a_deleted_paragraph_stays_deleted_and_is_told_when_its_sentence_changes():
    assert refreshed([NONE, "末。"], ["末。"], [NONE, "末。"]).kept == []
    found = refreshed([NONE, "末。"], ["末。"], [SOME, "末。"])
    assert found.blocks == ["末。"] and found.kept == [Kept("", SOME)]


def test_a_section_that_begins_to_have_something_comes_and_one_that_has_nothing_goes():
    assert refreshed(["甲。"], ["甲。"], ["甲。", "# 问题", "逾期[[HAZ-05]]。"]).blocks == [
        "甲。",
        "# 问题",
        "逾期[[HAZ-05]]。",
    ]
    assert refreshed(["甲。", "# 问题", "逾期。"], ["甲。", "# 问题", "逾期。"], ["甲。"]).blocks == ["甲。"]


def test_a_heading_stays_over_what_was_written_under_it():
    drafted = ["甲。", "# 问题", "逾期未整改[[HAZ-05]]。"]
    touched = ["甲。", "# 问题", "逾期未整改的，已约谈。"]
    assert refreshed(drafted, touched, ["甲。"]).blocks == touched
    written = [*drafted, "手写一段。"]
    assert refreshed(drafted, written, ["甲。"]).blocks == ["甲。", "# 问题", "手写一段。"]


def test_moved_paragraphs_stay_where_they_were_moved():
    found = refreshed(["甲。", "乙。", "丙。"], ["丙。", "甲。", "乙。"], ["甲。", "乙二。", "丙。"])
    assert sorted(found.blocks) == ["丙。", "乙二。", "甲。"] and found.blocks[0] == "丙。"


# --- with a document --------------------------------------------------------------------------------------------------


def draft() -> Document:
    return documents.draft(half_year, HALF, WRITER, "示例县交通运输局", date(2026, 7, 5))


def hazard():
    return ledger("safety.hazard").example(state="ordered", found_on=date(2026, 3, 1), due_on=date(2026, 7, 1))


@pytest.mark.django_db
def test_a_draft_follows_its_figures_over_a_change_of_branch():
    document = draft()
    assert "未见隐患登记" in document.text
    hazard()
    documents.refresh(document)
    assert "未见隐患登记" not in document.text and "发现隐患[[HAZ-01]]" in document.text
    assert documents.kept_sentences(document) == []
    assert [each.why for each in document.versions.all()] == ["起草"]
    assert Document.objects.get(pk=document.pk).text == document.text


@pytest.mark.django_db
def test_a_touched_paragraph_of_a_draft_is_kept_and_told_until_it_is_looked_at():
    document = draft()
    mine = "隐患台账正在核对。"
    touched = document.text.replace("截至填报，[[period]]未见隐患登记。", mine)
    documents.edit(document, touched)
    hazard()
    documents.refresh(document)
    assert mine in document.text and "# 隐患治理" in document.text
    (told,) = documents.kept_sentences(document)
    assert told.kept == mine and told.now.startswith("发现隐患[[HAZ-01]]")
    documents.refresh(document)
    assert documents.kept_sentences(document) == [told]
    documents.edit(document, document.text.replace(mine, told.now))
    assert documents.kept_sentences(document) == []


@pytest.mark.django_db
def test_a_refresh_without_a_change_of_branch_leaves_the_text():
    document = draft()
    documents.edit(document, document.text + "\n手写一段。\n")
    before = document.text
    documents.refresh(document)
    assert document.text == before


@pytest.mark.django_db
def test_written_anew_nothing_is_kept():
    document = draft()
    documents.edit(document, document.text.replace("截至填报，[[period]]未见隐患登记。", "隐患台账正在核对。"))
    hazard()
    documents.rewrite(document)
    assert "核对" not in document.text and documents.kept_sentences(document) == []
    assert "核对" in document.versions.first().text
