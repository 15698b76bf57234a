"""Pages of the wording: the list, the sections, trying, saving with a reason, comparing, going back, and who may."""

import pytest
from django.test import Client

from tonggui.measure.wording import own
from tonggui.measure.wording.sections import SectionText, sections_of
from tonggui.reports.half_year import half_year

pytestmark = pytest.mark.django_db
PAGE = "/documents/wording/half_year/"


@pytest.fixture
def client_as(office):
    def client(role: str) -> Client:
        found = Client()
        found.force_login(office.person(role, name="王示例").account)
        return found

    return client


def sent(sections=None, **more) -> dict:
    """The form of the editor."""
    sections = sections or sections_of(half_year.default_wording.text)
    return {
        "level": [str(each.level) for each in sections],
        "heading": [each.heading for each in sections],
        "text": [each.text.replace("\n", "\r\n") for each in sections],
        "on": ["1" if each.on else "0" for each in sections],
        "seen": "0",
        **more,
    }


def changed(text: str) -> list[SectionText]:
    return [
        SectionText(each.level, each.heading, text if each.heading == "隐患治理" else each.text)
        for each in sections_of(half_year.default_wording.text)
    ]


def test_the_list_says_whose_wording_a_report_has(client_as):
    assert "默认句式" in client_as("clerk").get("/documents/wording/").content.decode()
    client_as("writer").post(PAGE, sent(changed("甲。"), reason="按县里要求"))
    shown = client_as("clerk").get("/documents/wording/").content.decode()
    assert "本单位句式" in shown and "按县里要求" in shown and "王示例" in shown


def test_sentences_are_shown_with_their_conditions_in_words(client_as):
    shown = client_as("writer").get(PAGE).content.decode()
    assert "有发现隐患时" in shown or "有发现隐患数时" in shown
    assert "逐个列出重点项目" in shown and 'title="HAZ-01"' in shown and "否则" in shown
    assert "保存句式" in shown


def test_readers_may_look_and_not_change(client_as):
    reader = client_as("clerk")
    shown = reader.get(PAGE).content.decode()
    assert "保存句式" not in shown and "readonly" in shown
    assert reader.post(PAGE, sent(changed("甲。"), reason="试")).status_code == 403
    assert reader.post(f"{PAGE}try/", sent(period="2026H1")).status_code == 403
    assert reader.post(f"{PAGE}default/", {"reason": "试"}).status_code == 403
    assert client_as("enterprise").get("/documents/wording/").status_code == 403


def test_an_unknown_report_is_not_found(client_as):
    assert client_as("writer").get("/documents/wording/none/").status_code == 404


def test_what_is_sent_unchanged_is_the_wording_itself(client_as):
    answer = client_as("writer").post(PAGE, sent(reason="试"))
    assert answer.status_code == 422 and "句式没有改动" in answer.content.decode()


def test_a_wording_is_saved_with_its_reason_and_used(client_as):
    writer = client_as("writer")
    assert writer.post(PAGE, sent(changed("全县隐患[[HAZ-01]]。"), reason="改写")).status_code == 302
    version = own.last_version(half_year)
    assert (version.n, version.made_by, version.reason) == (1, "王示例", "改写")
    assert "全县隐患[[HAZ-01]]。" in own.in_force(half_year).text


def test_a_typed_digit_is_refused_with_its_place_and_nothing_is_lost(client_as):
    answer = client_as("writer").post(PAGE, sent(changed("全县隐患12处。"), reason="改写"))
    shown = answer.content.decode()
    assert answer.status_code == 422 and own.last_version(half_year) is None
    assert (
        "“隐患治理”第1行“12”：句子里不能直接写数字" in shown and "全县隐患12处。" in shown and 'value="改写"' in shown
    )


def test_a_version_that_somebody_else_has_replaced_is_refused(client_as):
    writer = client_as("writer")
    writer.post(PAGE, sent(changed("甲。"), reason="一"))
    answer = writer.post(PAGE, sent(changed("乙。"), reason="二"))
    assert answer.status_code == 422 and "已改到第1版" in answer.content.decode()


def test_a_wording_is_tried_on_a_period_before_it_is_taken(client_as):
    writer = client_as("writer")
    shown = writer.post(f"{PAGE}try/", sent(changed("全县隐患台账见附件。"), period="2026H1")).content.decode()
    assert "2026年上半年试写" in shown and "有 1 段不同" in shown
    assert "trial-block--gone" in shown and "未见隐患登记" in shown
    assert "trial-block--new" in shown and "全县隐患台账见附件。" in shown
    assert "与现行句式写出的相同" in writer.post(f"{PAGE}try/", sent(period="2026H1")).content.decode()
    assert own.last_version(half_year) is None


def test_a_paragraph_that_lost_its_full_stop_is_told_when_it_is_tried(client_as):
    shown = client_as("writer").post(f"{PAGE}try/", sent(changed("隐患排查{共[[HAZ-01]]。}"), period="2026H1"))
    assert "“…隐患排查”这一段结尾没有句号" in shown.content.decode()
    ended = client_as("writer").post(f"{PAGE}try/", sent(changed("隐患排查{共[[HAZ-01]]}。"), period="2026H1"))
    assert "没有句号" not in ended.content.decode()


@pytest.mark.parametrize("text, period, words", [("共12处。", "2026H1", "有 1 处要改"), ("甲。", "去年", "不是期间")])
def test_what_cannot_be_tried_says_why(client_as, text, period, words):
    shown = client_as("writer").post(f"{PAGE}try/", sent(changed(text), period=period)).content.decode()
    assert words in shown and "trial-sides" not in shown


def test_a_section_is_read_again_after_it_was_written_in(client_as):
    sections = [SectionText(0, "", "总述。"), SectionText(1, "隐患", "<有 HAZ-01>发现[[HAZ-01]]。\n共12处。")]
    shown = client_as("writer").post(f"{PAGE}section/", sent(sections, shown="1")).content.decode()
    assert "总述" not in shown and 'title="HAZ-01"' in shown and "第 2 行“12”" in shown


def test_versions_are_compared_and_the_default_returned_to(client_as):
    writer = client_as("writer")
    assert "还没有改过" in writer.get(f"{PAGE}compare/").content.decode()
    writer.post(PAGE, sent(changed("甲。"), reason="一"))
    writer.post(PAGE, sent([*changed("乙。"), SectionText(1, "附注", "附注文。")], reason="二", seen="1"))
    shown = writer.get(f"{PAGE}compare/").content.decode()
    assert "改了句子" in shown and "新增" in shown and "<ins>乙。</ins>" in shown
    second = writer.get(f"{PAGE}compare/?n=2").content.decode()
    assert "第 2 版改了什么" in second and "<del>甲。</del>" in second
    assert "这里是第 1 版的内容" in writer.get(f"{PAGE}?from=1").content.decode()
    assert writer.post(f"{PAGE}default/", {"reason": "回到默认", "seen": "2"}).status_code == 302
    assert own.in_force(half_year) is half_year.default_wording
