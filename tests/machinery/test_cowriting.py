"""Several people in one text: whatever is written at the same time is in the text, or waits beside it for a choice."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tonggui.base import clock
from tonggui.measure import additions, documents
from tonggui.measure.cowriting import presence, saving, versions
from tonggui.measure.cowriting.blocks import canonical, paragraphs, whole
from tonggui.measure.cowriting.merge import merge
from tonggui.measure.cowriting.models import Variant
from tonggui.measure.cowriting.saving import Save, choose, save
from tonggui.measure.cowriting.tokens import weave
from tonggui.measure.errors import DocumentError
from tonggui.measure.models import Document
from tonggui.measure.periods import Period
from tonggui.register.actor import Actor
from tonggui.register.models import Account
from tonggui.reports.half_year import half_year

TEXT = "# 安全生产\n\n今年发现隐患[[HAZ-01]]，整改[[HAZ-02]]。\n\n各单位履职尽责。"


# --- one paragraph ------------------------------------------------------------------------------------------------


def test_changes_in_different_words_are_both_in():
    woven = weave(
        "今年发现[[HAZ-01]]，整改[[HAZ-02]]。",
        "今年共发现[[HAZ-01]]，整改[[HAZ-02]]。",
        "今年发现[[HAZ-01]]，已整改[[HAZ-02]]。",
    )
    assert woven.text == "今年共发现[[HAZ-01]]，已整改[[HAZ-02]]。" and not woven.other


def test_the_same_change_is_taken_once():
    assert weave("工作扎实。", "工作很扎实。", "工作很扎实。").text == "工作很扎实。"


def test_two_sentences_written_at_one_place_stand_one_after_the_other():
    assert weave("开头。", "开头。甲的一句。", "开头。乙的一句。").text == "开头。甲的一句。乙的一句。"


def test_what_both_changed_differently_is_kept_as_both():
    woven = weave("总体平稳有序。", "总体平稳可控。", "总体平稳向好。")
    assert (woven.text, woven.other) == ("总体平稳可控。", "总体平稳向好。")


def test_a_mark_is_never_taken_apart():
    woven = weave("发现[[HAZ-01]]。", "发现[[HAZ-04]]。", "发现[[HAZ-02]]。")
    assert {woven.text, woven.other} == {"发现[[HAZ-04]]。", "发现[[HAZ-02]]。"}


# --- paragraphs ---------------------------------------------------------------------------------------------------


def test_one_moves_a_paragraph_while_another_changes_it():
    base = ["第一段讲道路运输。", "第二段讲水上交通。", "第三段讲公路养护。"]
    moved = [base[1], base[0], base[2]]
    changed = [base[0], "第二段讲水上交通安全。", base[2]]
    assert merge(base, moved, changed).blocks == ["第二段讲水上交通安全。", base[0], base[2]]


def test_a_paragraph_changed_by_one_and_deleted_by_the_other_stays():
    base = ["第一段讲道路运输。", "第二段讲水上交通。"]
    assert merge(base, base[:1], [base[0], "第二段讲水上交通和渡口。"]).blocks == [base[0], "第二段讲水上交通和渡口。"]


def test_new_paragraphs_of_both_stand_at_their_place():
    assert merge(["甲段文字。"], ["甲段文字。", "乙写的一段。"], ["甲段文字。", "丙写的另外内容。"]).blocks == [
        "甲段文字。",
        "乙写的一段。",
        "丙写的另外内容。",
    ]


def test_a_text_is_the_same_however_its_lines_are_broken():
    assert canonical("# 一\n甲\n乙\n\n\n丙\n| a |b|\n|c|d|") == "# 一\n\n甲乙\n\n丙\n\n| a | b |\n| c | d |"


words = st.lists(st.sampled_from([f"示例句子{sign}内容。" for sign in "甲乙丙丁戊己庚辛"]), min_size=1, max_size=6)


@st.composite
def written(draw):
    """A text and two texts written from it, each with sentences that no other has."""
    base = draw(words)
    texts = []
    for who in "AB":
        text = list(base)
        for n in range(draw(st.integers(0, 4))):
            at = draw(st.integers(0, len(text)))
            match draw(st.sampled_from(["new", "append", "delete", "move"])):
                case "new":
                    text.insert(at, f"{who}{n}另起一段，专门说明情况。")
                case "append" if at < len(text):
                    text[at] += f"{who}{n}补充一句。"
                case "delete" if at < len(text) and who not in text[at]:
                    del text[at]
                case "move" if at < len(text):
                    text.insert(draw(st.integers(0, len(text) - 1)), text.pop(at))
        texts.append(text)
    return base, *texts


@settings(max_examples=300, deadline=None)
@given(written())
def test_nothing_that_anybody_wrote_is_lost(texts):
    base, theirs, mine = texts
    merged = merge(base, theirs, mine)
    kept = "".join(merged.blocks) + "".join(clash.other for clash in merged.clashes)
    for text in (theirs, mine):
        for block in text:
            for sentence in block.split("。"):
                if sentence and sentence[0] in "AB":
                    assert sentence in kept, (base, theirs, mine, merged)


# --- saving -------------------------------------------------------------------------------------------------------


@pytest.fixture
def people(db):
    made = [Account.objects.create_account(name, None, roles=["writer"], name=f"示例{name}") for name in ("jia", "yi")]
    return [Actor.of(each) for each in made]


@pytest.fixture
def document(db) -> Document:
    made = documents.draft(
        half_year, Period.parse("2026H1"), Actor.system("测试"), "示例县交通运输局", date(2026, 7, 5)
    )
    documents.edit(made, TEXT)
    return made


def sent(ancestor: str, text: str, session: str = "", number: str = "") -> Save:
    return Save(session, number, ancestor, text)


def text_now(document: Document) -> str:
    return Document.objects.get(pk=document.pk).text


def test_two_save_from_one_ancestor_and_both_are_in(document, people):
    jia, yi = people
    save(document, sent(TEXT, TEXT.replace("各单位", "局属各单位")), jia)
    save(document, sent(TEXT, TEXT.replace("今年", "今年以来")), yi)
    assert "局属各单位" in text_now(document) and "今年以来" in text_now(document)


def test_what_cannot_be_merged_waits_for_a_choice(document, people):
    jia, yi = people
    save(document, sent(TEXT, TEXT.replace("履职尽责", "守土有责")), jia)
    save(document, sent(TEXT, TEXT.replace("履职尽责", "担当作为")), yi)
    (variant,) = saving.waiting(document)
    assert "守土有责" in text_now(document) and "担当作为" in variant.other
    assert (variant.kept_by, variant.other_by) == (jia.name, yi.name)
    choose(document, variant.pk, saving.OTHER, yi)
    assert "担当作为" in text_now(document) and "守土有责" not in text_now(document) and not saving.waiting(document)
    with pytest.raises(DocumentError, match="已由别人选定"):
        choose(document, variant.pk, saving.KEPT, jia)


def test_both_forms_can_stay_and_a_rewritten_paragraph_is_not_overwritten(document, people):
    jia, yi = people
    save(document, sent(TEXT, TEXT.replace("履职尽责", "守土有责")), jia)
    save(document, sent(TEXT, TEXT.replace("履职尽责", "担当作为")), yi)
    now = text_now(document)
    save(document, sent(now, now.replace("守土有责", "守土有责、守土尽责")), jia)
    choose(document, Variant.objects.get().pk, saving.OTHER, yi)
    assert "守土有责、守土尽责" in text_now(document) and "担当作为" in text_now(document)


def test_a_save_that_comes_again_is_taken_once(document, people):
    jia, yi = people
    mine = TEXT + "\n\n甲写的一段。"
    save(document, sent(TEXT, mine, "s", "1"), jia)
    now = text_now(document)
    save(document, sent(now, now.replace("甲写的一段", "甲写、乙改的一段")), yi)
    save(document, sent(TEXT, mine, "s", "1"), jia)
    assert text_now(document).count("一段") == 1


def test_a_draft_of_an_hour_offline_joins_what_was_written_meanwhile(document, people):
    jia, yi = people
    now = TEXT
    for n in range(5):
        after = now.replace("各单位", f"各单位{'甲乙丙丁戊'[n]}", 1) if n else now + "\n\n新的一段。"
        save(document, sent(now, after), jia)
        now = text_now(document)
    save(document, sent(TEXT, TEXT.replace("# 安全生产", "# 安全生产工作")), yi)
    assert text_now(document).startswith("# 安全生产工作") and "新的一段。" in text_now(document)


def test_a_sealed_document_takes_nothing_in(document, people):
    documents.freeze(document, people[0])
    with pytest.raises(DocumentError, match="已封存"):
        save(document, sent(TEXT, TEXT + "\n\n迟到的一段。"), people[1])
    assert text_now(document) == TEXT


def test_a_text_too_long_is_refused(document, people):
    with pytest.raises(DocumentError, match="不能超过"):
        save(document, sent(TEXT, "字" * (saving.LONGEST_TEXT + 1)), people[0])


# --- versions -----------------------------------------------------------------------------------------------------


def test_one_sitting_of_one_person_is_one_version(document, people):
    jia, yi = people
    versions.current(document)
    now = clock.now()
    for minutes, who in ((0, jia), (2, jia), (3, yi), (4, jia), (20, jia)):
        with clock.pretending(now + timedelta(minutes=minutes)):
            text = text_now(document)
            save(document, sent(text, f"{text}\n\n第{'甲乙丙丁戊'[minutes % 5]}段{minutes}。"), who)
    named = [version.name for version in document.versions.all()]
    assert named == [jia.name, jia.name, yi.name, jia.name, "系统"]


def test_a_version_is_put_back_and_what_stood_stays_in_the_history(document, people):
    jia, yi = people
    first = versions.current(document).n
    save(document, sent(TEXT, "全文改写。"), jia)
    versions.restore(document, first, yi)
    assert paragraphs(text_now(document)) == paragraphs(TEXT)
    assert "全文改写。" in [version.text for version in document.versions.all()]
    assert document.versions.first().why.startswith("恢复")
    with pytest.raises(DocumentError, match="没有这个版本"):
        versions.restore(document, 99, jia)


# --- presence -----------------------------------------------------------------------------------------------------


def test_who_is_where_is_known_until_the_page_is_closed(document, people):
    jia, yi = people
    presence.seen(document, "a", 1, jia)
    presence.seen(document, "b", 2, yi)
    assert [(each.name, each.place) for each in presence.others(document, "a")] == [(yi.name, 2)]
    presence.leave(document, "b")
    assert presence.others(document, "a") == []
    with clock.pretending(clock.now() + timedelta(minutes=1)):
        assert presence.others(document, "") == []


# --- figures that writers add -------------------------------------------------------------------------------------


def test_an_indicator_beyond_the_report_is_computed_kept_and_refreshed(document, people):
    there = {figure.code for figure in document.figures()}
    from tonggui.measure.indicators import all_indicators

    code = next(each.code for each in all_indicators() if each.code not in there and not each.from_telemetry)
    row = additions.insert(document, code)
    assert additions.insert(document, code) == row
    assert document.figures().get(code) is not None
    assert documents.compare(document) == []
    documents.refresh(document)
    assert document.figures().get(code) is not None
    with pytest.raises(DocumentError, match="没有指标"):
        additions.insert(document, "XXX-99")


def test_a_typed_figure_needs_its_source_and_stands_in_the_annex(document, people):
    for text, source, words in (
        ("若干", "年报", "填写数字"),
        ("17处", " ", "要有来源"),
        ("1" * 50, "年报", "不能超过"),
    ):
        with pytest.raises(DocumentError, match=words):
            additions.typed(document, text, source, people[0])
    row = additions.typed(document, "17处", "示例县统计公报.docx", people[0])
    save(document, sent(TEXT, TEXT + f"\n\n另有[[{row.key}]]。"), people[0])
    document.refresh_from_db()
    assert documents.compare(document) == []
    documents.refresh(document)
    typed = [figure for figure in documents.printed(document) if additions.is_typed(figure)]
    assert [(each.text, each.expression) for each in typed] == [("17处", "手工录入，来源：示例县统计公报.docx")]
    assert not [fault for fault in half_year.faults(document.text, document.figures()) if "17" in fault.words]


def test_a_text_is_whole_again_from_its_paragraphs():
    assert whole(paragraphs(TEXT)) == TEXT
