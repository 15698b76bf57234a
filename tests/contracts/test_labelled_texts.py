"""The labelled texts are what their READMEs say: every label stands in the line it names, every planted fault too."""

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from tonggui.measure.periods import Period

CAPTURES = Path(__file__).parents[1] / "captures"
SUMMARIES = sorted((CAPTURES / "summaries").glob("*.txt"))
FAULTY = sorted((CAPTURES / "proofread/faulty").glob("*.txt"))
CLEAN = sorted((CAPTURES / "proofread/clean").glob("*.txt"))
KEYS = {"item", "value", "unit", "qualifier", "period", "indicator", "line"}
NUMERALS = re.compile("[〇零一二三四五六七八九十百千两]")


def labels(text: Path) -> list[dict]:
    return [json.loads(line) for line in text.with_suffix(".jsonl").read_text().splitlines()]


def folded(line: str) -> str:
    """The line without widths, separators of thousands and the stray slash of 人/次."""
    return re.sub(r"(?<=\d),(?=\d{3})|(?<=[人车台艘辆])/(?=次)", "", unicodedata.normalize("NFKC", line))


@pytest.mark.parametrize("text", SUMMARIES, ids=lambda path: path.stem)
def test_a_labelled_figure_stands_in_its_line(text):
    lines = [folded(line) for line in text.read_text().splitlines()]
    for label in labels(text):
        assert set(label) == KEYS
        assert label["unit"] and label["item"]
        Period.parse(label["period"])
        assert label["indicator"] is None or re.fullmatch(r"[A-Z]{3}-\d\d", label["indicator"])
        line = lines[label["line"] - 1]
        assert label["qualifier"] is None or label["qualifier"] in line
        number = re.escape(str(label["value"]))
        printed = re.search(rf"(?<![\d.]){number}0*(?!\d)", line)
        assert printed or NUMERALS.search(line), label


def test_figures_are_many_and_of_every_certainty():
    found = [label for text in SUMMARIES for label in labels(text)]
    assert len(found) >= 900
    assert {"余", "约", "近", "以上", None} <= {label["qualifier"] for label in found}


@pytest.mark.parametrize("text", FAULTY, ids=lambda path: path.stem)
def test_a_planted_fault_stands_in_its_line(text):
    lines = text.read_text().splitlines()
    for label in labels(text):
        assert set(label) == {"line", "text", "fault", "why"}
        assert label["text"] in lines[label["line"] - 1]
        assert label["why"]


def test_every_kind_of_fault_is_planted_more_than_once():
    kinds = Counter(label["fault"] for text in FAULTY for label in labels(text))
    assert kinds.total() >= 120
    assert not [kind for kind, count in kinds.items() if count < 2]
    readme = (CAPTURES / "proofread/README.md").read_text()
    assert not [kind for kind in kinds if f"`{kind}`" not in readme]


def test_clean_texts_carry_no_labels():
    assert len(CLEAN) >= 14
    assert not list((CAPTURES / "proofread/clean").glob("*.jsonl"))
