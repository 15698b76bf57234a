"""The page 校对: a text pasted or handed over as a file comes back with its faults marked, and nothing of it stays."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordFile
from openpyxl import load_workbook

from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.texts import Text, lint
from tonggui.web.documents.proofread import rows

pytestmark = pytest.mark.django_db
FAULTY = "截止目前，完成投资。\r\n\r\n　　建立隐患台帐，，落实责任。"


@pytest.fixture
def clerk(client):
    unit = ledger("parties.unit").example()
    account = Account.objects.create_account("writer", None, roles=["writer"], unit=unit)
    client.force_login(account)
    return client


def test_a_pasted_text_is_shown_with_its_findings_in_place(clerk):
    page = clerk.post("/proofread/", {"text": FAULTY}).content.decode()
    assert '<a id="f1" href="#n1" aria-label="问题 1">1</a>截止</mark>' in page
    assert "第 3 行第 7 字" in page and "台账" in page


def test_a_word_file_and_an_old_text_file_are_read(clerk):
    word, file = WordFile(), io.BytesIO()
    word.add_paragraph("截止目前，完成投资。")
    word.save(file)
    for name, content in (("a.docx", file.getvalue()), ("a.txt", "截止目前，完成投资。".encode("gb18030"))):
        page = clerk.post("/proofread/", {"file": SimpleUploadedFile(name, content)}).content.decode()
        assert "1 处问题" in page and name in page


def test_the_list_is_a_sheet_with_the_places(clerk):
    answer = clerk.post("/proofread/", {"text": FAULTY, "as": "xlsx"})
    found = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert found[1][:5] == (1, 1, 1, "截至", "截止")
    assert len(found) == len(lint(Text.of(FAULTY))) + 1


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"text": "  "}, "没有可以校对的文字"),
        ({"text": "字" * 200_001}, "文字超过 200000 字"),
        ({"file": SimpleUploadedFile("a.docx", b"nothing")}, "不是可以读取的 Word 文件"),
        ({"file": SimpleUploadedFile("a.doc", b"nothing")}, "旧版 Word"),
    ],
)
def test_what_cannot_be_read_is_said(clerk, sent, words):
    answer = clerk.post("/proofread/", sent)
    assert answer.status_code == 422 and words in answer.content.decode()


def test_only_the_bureau_may_proofread(client):
    assert client.get("/proofread/").status_code == 302


def test_findings_that_overlap_share_a_stretch():
    text = Text.of("　　建立台帐。")
    (row,) = rows(text, [*lint(text), *lint(text)])
    assert [(one.words, one.numbers) for one in row.stretches] == [("建立", ()), ("台帐", (1, 2)), ("。", ())]
