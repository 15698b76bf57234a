"""校对: any text pasted or handed over as a file, shown with what the linter finds. Nothing of it is kept.

The sheet of findings comes from the same form, so that the server need not remember what it was asked.
"""

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from tonggui.base.errors import Problem
from tonggui.measure.document.checking import check
from tonggui.texts import Finding, Text, lint
from tonggui.texts.reading import read_content
from tonggui.web.documents.access import reader
from tonggui.web.documents.files import shown
from tonggui.web.documents.views import XLSX

MOST_CHARACTERS = 200_000
MOST_BYTES = 10_000_000
PASTED = "粘贴的文字"
HEADS = ("序号", "行", "字", "规则", "原文", "问题", "建议")
_WIDTHS = (6, 6, 6, 14, 30, 40, 40)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a line: its words and the numbers of the findings in it, none for what is right."""

    words: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A line as it is shown, in stretches."""

    number: int
    stretches: tuple[Stretch, ...]


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form, or the text of it with its findings; as .xlsx where that is asked for."""
    reader(request)
    if request.method == "GET":
        return render(request, "documents/proofread.html", {"longest": MOST_CHARACTERS})
    try:
        text = _text(request)
    except Problem as problem:
        context = {"fault": problem, "written": request.POST.get("text", ""), "longest": MOST_CHARACTERS}
        return render(request, "documents/proofread.html", context, status=422)
    found = lint(text)
    if request.POST.get("as") == "xlsx":
        answer = HttpResponse(sheet(found), content_type=XLSX)
        answer["Content-Disposition"] = 'attachment; filename="proofread.xlsx"'
        return answer
    context = {
        "text": text,
        "written": _written(text),
        "rows": list(rows(text, found)),
        "findings": list(enumerate(found, 1)),
        "by_rule": Counter(one.rule for one in found).most_common(),
        "characters": len(text.whole),
        "longest": MOST_CHARACTERS,
        **_layout(request),
    }
    return render(request, "documents/proofread.html", context)


def _layout(request: HttpRequest) -> dict:
    """The layout of a Word file against GB/T 9704; a text has none."""
    file = request.FILES.get("file")
    if file is None or not str(file.name).lower().endswith(".docx"):
        return {}
    file.seek(0)
    return shown(check(file.read(), str(file.name)))


def _text(request: HttpRequest) -> Text:
    """What was sent, the file before the pasted words."""
    if file := request.FILES.get("file"):
        if (file.size or 0) > MOST_BYTES:
            raise Problem(f"{file.name} 太大", do=f"请提供 {MOST_BYTES // 1_000_000} MB 以内的文件")
        text = read_content(file.read(), str(file.name))
    else:
        text = Text.of(request.POST.get("text", ""), PASTED)
    if not text.lines:
        raise Problem("没有可以校对的文字", do="请粘贴文字，或选择 .docx、.txt 文件")
    if len(text.whole) > MOST_CHARACTERS:
        raise Problem(f"文字超过 {MOST_CHARACTERS} 字", do="请分成几份再校对")
    return text


def _written(text: Text) -> str:
    """The text again, blank lines between, so that the numbers of its lines stay."""
    lines = [""] * text.lines[-1].number
    for line in text.lines:
        lines[line.number - 1] = " " * line.indent + line.text
    return "\n".join(lines)


def rows(text: Text, found: list[Finding]) -> Iterator[Row]:
    """Each line in stretches; findings that overlap share one."""
    of_line: dict[int, list[tuple[int, Finding]]] = {}
    for number, one in enumerate(found, 1):
        of_line.setdefault(one.line, []).append((number, one))
    for line in text.lines:
        marked: list[tuple[int, int, list[int]]] = []
        for number, one in of_line.get(line.number, ()):
            start = one.column - 1 - line.indent
            end = start + max(len(one.words), 1)
            if marked and start < marked[-1][1]:
                first, last, numbers = marked.pop()
                marked.append((first, max(last, end), [*numbers, number]))
            else:
                marked.append((start, end, [number]))
        stretches, at = [], 0
        for start, end, numbers in marked:
            stretches += [Stretch(line.text[at:start]), Stretch(line.text[start:end], tuple(numbers))]
            at = end
        yield Row(line.number, tuple(one for one in (*stretches, Stretch(line.text[at:])) if one.words))


def sheet(found: list[Finding]) -> bytes:
    """The findings as a list; words that look like a formula stay words."""
    book = Workbook(write_only=True)
    page = book.create_sheet("校对")
    page.freeze_panes = "A2"
    for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.append(HEADS)
    for number, one in enumerate(found, 1):
        cells = [WriteOnlyCell(page, value) for value in (one.rule, one.words, one.wrong, one.do)]
        for cell in cells:
            cell.data_type = "s"
        page.append([number, one.line, one.column, *cells])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
