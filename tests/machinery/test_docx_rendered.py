"""An official document as LibreOffice prints it: lines and characters, and the places of number, red rule and 版记.

CJK faces are one em wide, so a substitute face measures the same; places are taken from the picture of a page, where
ink counts, with a millimetre of freedom.
"""

import re
import shutil
import subprocess
from itertools import pairwise

import numpy as np
import pytest
from test_docx import HEAD, SKINS, paper

from tonggui.measure.document.writer import write
from tonggui.measure.text import parse

pytestmark = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and poppler"
)
MM = 72 / 25.4
DPI = 200
DOT = DPI / 25.4
"""Dots of a picture in a millimetre."""
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')
MIXED = (
    "检查企业1234567890家（次），查处〔2026〕12号文件所列“川ZZ12345号”等车辆，占86.5%；"
    "同比增长12.3%，环比下降0.5个百分点。"
)
# 21 lines and a signature that does not fit under them any more.
ALMOST_FULL = "".join(f"{'甲乙丙丁戊己庚辛壬癸' * 2}。\n\n" for _ in range(19))


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    """The PDFs of all that is measured here, by name: one start of LibreOffice for all."""
    folder = tmp_path_factory.mktemp("rendered")
    papers = {
        "plain": paper(),
        "red": paper(head=HEAD, rows=()),
        "form": paper(**SKINS["form"], blocks=parse("|项目|投资|\n" + "|甲项目|12|\n" * 60)),
        "mixed": paper(rows=(), blocks=parse(f"{MIXED * 20}\n")),
        "full": paper(rows=(), blocks=parse(ALMOST_FULL)),
    }
    for name, each in papers.items():
        (folder / f"{name}.docx").write_bytes(write(each))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, *map(str, folder.glob("*.docx"))], check=True, capture_output=True, timeout=200)
    return folder


def words(pdf, page: int) -> list[tuple[float, float, float, float, str]]:
    """Each word of a page with its box in points: left, top, right, bottom."""
    command = ["pdftotext", "-f", str(page), "-l", str(page), "-bbox", str(pdf), "-"]
    boxes = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return [(*map(float, found[:4]), found[4]) for found in WORD.findall(boxes)]  # type: ignore[misc]


def lines(pdf, page: int) -> list[str]:
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(pdf), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\n")


def picture(pdf, page: int) -> np.ndarray:
    """A page as dots: rows, columns, colours."""
    command = ["pdftoppm", "-r", str(DPI), "-f", str(page), "-l", str(page), str(pdf)]
    form, size, _, dots = subprocess.run(command, check=True, capture_output=True).stdout.split(b"\n", 3)
    assert form == b"P6"
    wide, high = map(int, size.split())
    return np.frombuffer(dots, np.uint8)[: wide * high * 3].reshape(high, wide, 3)


def pages(pdf) -> int:
    said = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"Pages:\s+(\d+)", said)[1])


def test_a_page_holds_22_lines_of_28_characters(rendered):
    found = [(x, y, xx, text) for x, y, xx, _, text in words(rendered / "plain.pdf", 2) if "甲" in text]
    assert len(found) == 22
    assert {len(text) for *_, text in found} == {28}
    tops = [y for _, y, *_ in found]
    assert all(abs(b - a - 28.95) <= 0.1 for a, b in pairwise(tops))
    assert abs(found[0][0] - 28 * MM) < 2 and abs(found[0][2] - (210 - 26) * MM) < 2


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(rendered):
    seen = [line.strip() for line in lines(rendered / "mixed.pdf", 1) if "甲" not in line and line.strip()]
    assert len(seen) >= 18
    body = [line for line in seen if "—" not in line]
    assert not [line for line in body if line[0] in "，。；：、！？）〕》”%"]
    assert not [line for line in body if line[-1] in "（〔《“"]
    assert "1234567890" in "".join(body).replace(" ", "")
    assert not [
        line for line in body[2:-1] if re.search(r"^[0-9]", line) and not re.match(r"1234567890|12|86|0\.5", line)
    ]


@pytest.mark.parametrize("page, side", [(1, "right"), (2, "left")])
def test_the_page_number_stands_7_mm_below_the_type_area_one_blank_from_its_side(rendered, page, side):
    foot = (picture(rendered / "plain.pdf", page)[round((297 - 34) * DOT) :] < 128).all(axis=2)
    rows, columns = np.nonzero(foot)
    dash = np.nonzero(foot.sum(axis=1) == foot.sum(axis=1).max())[0]
    assert abs(dash.mean() / DOT - (7 - 1)) < 1.2
    left, right = columns.min() / DOT, columns.max() / DOT
    edge, blank = (210 - 26 - right, 14 / MM) if side == "right" else (left - 28, 14 / MM)
    assert abs(edge - blank) < 1.5
    assert rows.max() / DOT < 14


def test_the_number_of_a_lying_page_stands_where_the_upright_page_has_it(rendered):
    for page, lower in ((1, True), (2, False)):
        dots = (picture(rendered / "form.pdf", page)[:, : round(34 * DOT)] < 128).all(axis=2)
        rows, columns = np.nonzero(dots)
        # Turned back, the left edge is the foot: 35 mm of it, the dashes 7 mm below the type area.
        assert abs((35 - (columns.min() + columns.max()) / 2 / DOT) - 7) < 1.5
        blank = 14 / MM
        edge = 210 - 26 - rows.max() / DOT if lower else rows.min() / DOT - 28
        assert abs(edge - blank) < 1.5


def test_the_red_mark_begins_35_mm_below_the_type_area_and_the_red_rule_lies_4_mm_below_the_number(rendered):
    page = picture(rendered / "red.pdf", 1).astype(int)
    red = (page[:, :, 0] > 200) & (page[:, :, 1] < 90) & (page[:, :, 2] < 90)
    rows = np.nonzero(red.any(axis=1))[0] / DOT
    assert abs(rows.min() - (37 + 35)) < 1.5
    wide = np.nonzero(red.sum(axis=1) > 150 * DOT)[0] / DOT
    columns = np.nonzero(red[round(wide.min() * DOT)])[0] / DOT
    assert abs(columns.min() - 28) < 0.5 and abs(columns.max() - 184) < 0.5
    black = (page < 128).all(axis=2)
    above = np.nonzero(black[: round(wide.min() * DOT) - 3].any(axis=1))[0] / DOT
    assert abs(wide.min() - above.max() - 4) < 1


def test_the_imprint_stands_at_the_foot_of_the_last_page_between_rules_as_wide_as_the_type_area(rendered):
    pdf = rendered / "red.pdf"
    page = (picture(pdf, pages(pdf)) < 128).all(axis=2)
    ruled = np.nonzero(page.sum(axis=1) > 150 * DOT)[0]
    rules = ruled[np.insert(np.diff(ruled) > 1, 0, True)] / DOT
    assert len(rules) == 3 and abs(rules[-1] - (297 - 35)) < 1.2
    columns = np.nonzero(page[ruled[-1]])[0] / DOT
    assert abs(columns.min() - 28) < 0.5 and abs(columns.max() - 184) < 0.5
    assert any("抄送：" in line for line in lines(pdf, pages(pdf)))


def test_a_signature_takes_text_with_it_to_the_next_page(rendered):
    last = [line.strip() for line in lines(rendered / "full.pdf", pages(rendered / "full.pdf")) if line.strip()]
    assert pages(rendered / "full.pdf") == 2
    assert "甲乙丙丁" in last[0] and "示例县交通运输局" in last[-3]


def test_a_table_over_several_pages_repeats_its_head(rendered):
    heads = [any("投资" in line for line in lines(rendered / "form.pdf", page)) for page in (1, 2)]
    assert heads == [True, True]
