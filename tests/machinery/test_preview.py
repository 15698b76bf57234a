"""The PDF preview: made beside the request, kept by content, marked; in words where there is no LibreOffice."""

import os
import shutil
import subprocess
import time
from datetime import date

import pytest
from test_docx import SKINS, paper

from tonggui.measure import documents, preview
from tonggui.measure.document.writer import write
from tonggui.measure.periods import Period
from tonggui.register.actor import Actor
from tonggui.register.models import Account
from tonggui.register.registry import ledger
from tonggui.reports.half_year import half_year

WRITER = Actor.system("测试")


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Puts a program in the place of LibreOffice: a shell script; `$5` is the folder, `$1` its profile."""

    def put(script: str) -> None:
        program = tmp_path / "soffice"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(preview, "office", lambda: str(program))

    return put


@pytest.fixture
def document(db, settings, tmp_path):
    settings.SITE = type(settings.SITE).at(tmp_path / "site")
    return documents.draft(half_year, Period.parse("2026H1"), WRITER, "示例县交通运输局", date(2026, 7, 5))


MAKES = 'sleep 0.3; for last; do :; done; printf "%%PDF-1.7 made" > "${last%.docx}.pdf"'


def made(document, wait=20.0):
    until = time.monotonic() + wait
    while True:
        found = preview.preview(document, 0.05)
        if found.path or found.problem or time.monotonic() > until:
            return found


def test_a_preview_is_made_once_for_what_the_document_says_and_anew_when_it_says_otherwise(document, office):
    office(MAKES)
    first = preview.preview(document, 0)
    assert first == preview.Preview(), "it is being made, and nobody waits for it"
    done = made(document)
    assert done.path and done.path.read_bytes() == b"%PDF-1.7 made"
    office("exit 1")
    assert made(document).path == done.path, "nothing is made a second time"
    documents.edit(document, f"{document.text}\n\n又一段。\n")
    assert made(document).problem == preview.FAILED


def test_a_failure_is_told_once_and_then_tried_again(document, office):
    office("exit 1")
    assert made(document).problem == preview.FAILED
    office(MAKES)
    assert made(document).path


def test_what_takes_too_long_is_ended_with_all_it_started(office, monkeypatch, tmp_path):
    monkeypatch.setattr(preview, "SECONDS", 0.3)
    office(f"sleep 60 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(OSError, match="超过"):
        preview.pdf(b"")
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        state = subprocess.run(["ps", "-o", "stat=", "-p", str(child)], capture_output=True, text=True).stdout.strip()
        if not state or state.startswith("Z"):
            return
        time.sleep(0.05)
    pytest.fail("a process of LibreOffice was left behind")


def test_only_the_previews_last_looked_at_are_kept(document, office, monkeypatch):
    office(MAKES)
    monkeypatch.setattr(preview, "KEPT", 2)
    for n in range(3):
        documents.edit(document, f"第{'一二三'[n]}稿。\n")
        path = made(document).path
        os.utime(path, (n, n))
    documents.edit(document, "第四稿。\n")
    newest = made(document).path
    for _ in range(100):
        kept = sorted(path.name for path in newest.parent.iterdir())
        if len(kept) == 2:
            break
        time.sleep(0.05)
    assert newest.name in kept and len(kept) == 2


@pytest.fixture
def browser(client, document):
    unit = ledger("parties.unit").example()
    client.force_login(Account.objects.create_account("writer", None, roles=["writer"], unit=unit))
    return client


def test_the_page_waits_then_shows_the_file_and_says_so_where_there_is_no_libreoffice(
    browser, document, office, monkeypatch
):
    office(f"sleep 1; {MAKES}")
    waiting = browser.get(f"{document.url}preview.pdf")
    assert waiting.status_code == 202 and 'http-equiv="refresh"' in waiting.content.decode()
    assert made(document).path
    answer = browser.get(f"{document.url}preview.pdf")
    assert answer["Content-Type"] == "application/pdf" and answer["Content-Disposition"] == "inline"
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    documents.edit(document, "另一稿。\n")
    monkeypatch.setattr(preview, "office", lambda: None)
    answer = browser.get(f"{document.url}preview.pdf")
    page = answer.content.decode()
    assert answer.status_code == 503 and "没有安装 LibreOffice" in page and f"{document.url}document.docx" in page
    assert 'http-equiv="refresh"' not in page


def test_the_layout_of_a_document_and_of_an_uploaded_file_is_shown_point_by_point(browser, document):
    page = browser.get(f"{document.url}layout/").content.decode()
    assert "项都相符" in page and "页边距" in page
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = SimpleUploadedFile("来文.docx", write(paper()))
    page = browser.post("/proofread/", {"file": sent}).content.decode()
    assert "版式按 GB/T 9704 检查" in page and "项都相符" in page
    page = browser.post("/proofread/", {"text": "一段文字。"}).content.decode()
    assert "版式按 GB/T 9704 检查" not in page


@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and poppler")
@pytest.mark.parametrize("skin", SKINS)
def test_libreoffice_makes_a_pdf_that_says_on_every_page_that_it_is_a_preview(skin, tmp_path):
    (tmp_path / "a.pdf").write_bytes(preview.pdf(write(paper(**SKINS[skin], preview=preview.MARK))))
    said = subprocess.run(
        ["pdftotext", str(tmp_path / "a.pdf"), "-"], check=True, capture_output=True, text=True
    ).stdout
    pages = said.rstrip("\f").split("\f")
    assert pages and all(preview.MARK in "".join(page.split()) for page in pages)
