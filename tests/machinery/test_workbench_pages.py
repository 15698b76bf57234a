"""What the editor of the workbench asks the server, the list of documents, versions and texts side by side."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tonggui.base.site import Site
from tonggui.measure import documents
from tonggui.measure.cowriting import saving, versions
from tonggui.measure.indicators import all_indicators
from tonggui.measure.models import Document
from tonggui.measure.periods import Period
from tonggui.measure.text import Mark
from tonggui.register.actor import Actor
from tonggui.register.models import Account, Attachment
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year
from tonggui.web.documents import chips

pytestmark = pytest.mark.django_db
MACHINE = Actor.system("测试")
BUREAU = "示例县交通运输局"
TEXT = "# 安全生产\n\n今年发现隐患[[HAZ-01]]，整改率[[HAZ-04]]。\n\n各单位履职尽责。"


@pytest.fixture
def document() -> Document:
    ledger("safety.hazard").example(found_on=date(2026, 3, 1), due_on=date(2026, 4, 1), state="ordered")
    made = documents.draft(half_year, Period.parse("2026H1"), MACHINE, BUREAU, date(2026, 7, 5))
    documents.edit(made, TEXT)
    return made


@pytest.fixture
def writer(client):
    client.force_login(Account.objects.create_account("xie", None, roles=["writer"], name="示例写"))
    return client


def save(browser, document: Document, text: str, ancestor: str = TEXT, number: str = "1"):
    sent = {"session": "s", "number": number, "ancestor": ancestor, "text": text}
    return browser.post(f"{document.url}save/", json.dumps(sent), content_type="application/json")


def changes(browser, document: Document, **asked):
    return browser.get(f"{document.url}changes/", {"session": "t", "place": 2, **asked}).json()


def page_of(answer) -> str:
    return answer.content.decode()


def test_a_save_gives_the_text_of_all_back_and_others_are_told(writer, document):
    before = changes(writer, document)
    saving.save(document, saving.Save("", "", TEXT, TEXT.replace("各单位", "局属各单位")), MACHINE)
    answer = save(writer, document, TEXT.replace("今年", "今年以来")).json()
    assert "局属各单位" in answer["text"] and "今年以来" in answer["text"]
    assert [each["name"] for each in answer["writers"]] == ["示例写"]
    now = changes(writer, document, n=before["n"])
    assert now["text"] == answer["text"] and changes(writer, document, n=now["n"])["text"] is None
    writer.post(f"{document.url}leave/?session=t")
    assert changes(writer, document, session="u")["writers"] == [{"session": "s", "name": "示例写", "place": -1}]


def test_a_save_into_a_sealed_document_is_refused_in_words(writer, document):
    documents.freeze(document, MACHINE)
    answer = save(writer, document, TEXT + "\n\n迟到。")
    assert answer.status_code == 409 and "已封存" in answer.json()["words"]


@pytest.mark.parametrize("body", ["", "[]", '{"text": "x"}', "null"])
def test_a_broken_save_is_refused_and_nothing_changes(writer, document, body):
    answer = writer.post(f"{document.url}save/", body, content_type="application/json")
    assert answer.status_code == 422 and "仍在本机" in answer.json()["words"]
    assert Document.objects.get(pk=document.pk).text == TEXT


def test_a_reader_may_look_and_not_write(client, document):
    client.force_login(Account.objects.create_account("kan", None, roles=["monitor"], name="示例看"))
    assert changes(client, document)["writers"] == []
    assert client.get(f"{document.url}figures/").status_code == 200
    for path in ("save/", "figures/insert/", "figures/typed/", "set-aside/", "versions/restore/", "head/"):
        assert client.post(f"{document.url}{path}").status_code == 403


def test_the_palette_offers_every_indicator_and_one_is_computed_on_insertion(writer, document):
    offered = writer.get(f"{document.url}figures/").json()
    there, more = set(offered["figures"]), {each["code"] for each in offered["more"]}
    assert {each.code for each in all_indicators()} == more | {key for key in there if "/" not in key} - {"period"}
    code = sorted(more)[0]
    added = writer.post(f"{document.url}figures/insert/", {"code": code}).json()
    assert added["key"] == code and added["figure"]["words"]["value"]
    assert document.rows.get(key=code).n == added["figure"]["n"]
    assert writer.post(f"{document.url}figures/insert/", {"code": "XX-1"}).status_code == 422


def test_a_typed_number_is_taken_with_its_file_alone(writer, document, settings, tmp_path):
    settings.SITE = Site.at(tmp_path)
    refused = writer.post(f"{document.url}figures/typed/", {"words": "17处"})
    assert refused.status_code == 422 and "要有来源" in refused.json()["words"]
    file = SimpleUploadedFile("统计月报.pdf", b"%PDF-1.4 x")
    added = writer.post(f"{document.url}figures/typed/", {"words": "17处", "file": file}).json()
    assert added["figure"]["typed"] and added["figure"]["words"]["value"] == "17处"
    assert document.typed_sources.get().attachment == Attachment.objects.get()
    panel = page_of(writer.get(f"{document.url}figures/{added['figure']['n']}/", headers={"HX-Request": "true"}))
    assert "手工录入，来源：统计月报.pdf" in panel


def test_the_list_of_checks_leads_to_places_and_advice_is_set_aside_with_a_reason(writer, document):
    documents.edit(document, TEXT.replace("各单位", "截止6月底，各单位"))
    found = page_of(writer.get(f"{document.url}check/"))
    assert "“6”是手工录入的数字" in found and 'data-block="2"' in found
    assert "截止" in found and 'data-apply="截至"' in found
    rule = found.split('name="rule" value="')[1].split('"')[0]
    words = found.split('name="words" value="')[1].split('"')[0]
    send = {"rule": rule, "words": words}
    assert "请写明不采纳的理由" in page_of(writer.post(f"{document.url}set-aside/", send, headers={"X-Part": "check"}))
    kept = writer.post(f"{document.url}set-aside/", {**send, "reason": "原文件如此"}, headers={"X-Part": "check"})
    assert "已不采纳 1 条" in page_of(kept) and "原文件如此" in page_of(kept)
    assert writer.post(f"{document.url}set-aside/", {**send, "reason": "同上"})["Location"].endswith("?check=1#check")


def test_the_answer_of_the_ledgers_is_kept_until_they_change(writer, document):
    assert "与台账不一致" not in page_of(writer.get(f"{document.url}check/"))
    ledger("safety.hazard").example(found_on=date(2026, 4, 1), due_on=date(2026, 9, 1), state="ordered")
    assert "与台账不一致" in page_of(writer.get(f"{document.url}check/"))


def test_two_forms_are_chosen_from_without_scripts(writer, document):
    for words in ("守土有责", "担当作为"):
        saving.save(document, saving.Save("", "", TEXT, TEXT.replace("履职尽责", words)), MACHINE)
    assert "两种写法待选 1 处" in page_of(writer.get(f"{document.url}?check=1"))
    (variant,) = saving.waiting(document)
    writer.post(f"{document.url}variants/{variant.pk}/", {"choice": "other"})
    assert "担当作为" in Document.objects.get(pk=document.pk).text


def test_the_plain_form_merges_what_others_wrote_meanwhile(writer, document):
    saving.save(document, saving.Save("", "", TEXT, TEXT + "\n\n另一人写的一段。"), MACHINE)
    writer.post(f"{document.url}edit/", {"ancestor": TEXT, "text": TEXT.replace("今年", "今年以来")})
    text = Document.objects.get(pk=document.pk).text
    assert "另一人写的一段。" in text and "今年以来" in text


def test_versions_are_listed_compared_and_put_back(writer, document):
    first = versions.current(document).n
    save(writer, document, TEXT.replace("各单位履职尽责。", "各单位履职尽责、担当作为。"))
    listed = page_of(writer.get(f"{document.url}versions/"))
    assert "改写1段" in listed and "示例写" in listed
    compared = page_of(writer.get(f"{document.url}compare/?with=v{first}"))
    assert "<ins>、担当作为</ins>" in compared and "改动" in compared
    assert writer.get(f"{document.url}compare/?with=v99").status_code == 404
    writer.post(f"{document.url}versions/restore/", {"n": first})
    assert Document.objects.get(pk=document.pk).text == TEXT


def test_two_documents_are_compared_in_figures_and_in_paragraphs(writer, document):
    other = documents.draft(half_year, Period.parse("2025H2"), MACHINE, BUREAU, date(2026, 1, 5))
    documents.edit(other, TEXT.replace("履职尽责", "履职"))
    page = page_of(writer.get(f"{document.url}compare/?with={other.pk}"))
    assert "figure--changed" in page and "<del>尽责</del>" in page and "正文对照" in page


def test_a_document_is_drafted_for_days_chosen_freely_and_the_list_is_narrowed(writer, document):
    chosen = {"report": "half_year", "period": "custom", "from": "2026-01-05", "to": "2026-03-20"}
    made = writer.post("/documents/new/", chosen, headers={"HX-Request": "true"})
    assert made.status_code == 204
    address = made["HX-Redirect"]
    assert Document.objects.get(period_code="2026-01-05..2026-03-20").url == address
    refused = page_of(writer.post("/documents/new/", {"report": "half_year", "period": "2026-05"}, follow=True))
    assert "请另选期间" in refused
    assert "填写开始日和结束日" in page_of(writer.post("/documents/new/", {**chosen, "to": ""}, follow=True))
    narrowed = page_of(writer.get("/documents/", {"period": "2026H1", "report": "half_year", "state": "draft"}))
    assert f'href="{document.url}"' in narrowed and f'href="{address}"' not in narrowed
    assert "没有符合条件的公文" in page_of(writer.get("/documents/", {"period": "2020"}))


def test_the_head_is_filled_in_and_a_sealed_document_takes_its_number_alone(writer, document):
    writer.post(f"{document.url}head/", {"skin": "RED_HEAD", "addressee": "示例县人民政府"})
    assert Document.objects.get(pk=document.pk).addressee == "示例县人民政府"
    documents.freeze(Document.objects.get(pk=document.pk), MACHINE)
    writer.post(f"{document.url}head/", {"document_no": "示交〔2026〕1号"})
    assert Document.objects.get(pk=document.pk).document_no == "示交〔2026〕1号"
    refused = writer.post(f"{document.url}head/", {"addressee": "别处"}, follow=True)
    assert "只能填写发文字号和签发人" in page_of(refused)


def test_every_aspect_prints_in_the_editor_what_the_document_prints(document):
    figures = document.figures()
    told = chips.figures_of(document, figures)
    for figure in figures:
        for aspect in chips.ASPECTS:
            one = told[figure.key]
            assert {**one["others"], **one["words"]}[aspect] == figures.words(Mark(figure.key, aspect))
