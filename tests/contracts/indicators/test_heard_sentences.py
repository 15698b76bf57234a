"""Sentences in many wordings are heard as the indicators they are; none of them stands in the labelled texts."""

from pathlib import Path

import pytest

from tonggui.indicators.heard import code_of
from tonggui.indicators.heard.hearing import cues
from tonggui.texts.reading import Text
from tonggui.texts.summary import read_summary
from tonggui.texts.summary.evaluate import evaluate_all

LINES = Path(__file__).with_name("heard_sentences.txt").read_text(encoding="utf-8").splitlines()
LABELLED = Path(__file__).parents[2] / "captures" / "summaries"
SENTENCES = [line for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize("said", SENTENCES, ids=lambda said: said[:20])
def test_a_sentence_is_heard(said):
    text, _, codes = said.partition("|")
    heading, _, sentence = text.partition(" ")
    written = Text.of(f"示例县交通运输局2024年上半年工作总结\n一、{heading}\n{sentence}")
    found = [(entry.item, code_of(entry) or "-") for entry in read_summary(written)]
    assert [code for _, code in found] == codes.split(), found


@pytest.mark.parametrize("line", ["OVR-05  车  查处  在=天上", "OVR-05  车  查处  旁=路面", "OVR-05  车  <没有的>"])
def test_a_cue_with_a_word_nobody_knows_is_refused(line):
    with pytest.raises((ValueError, KeyError)):
        cues(line)


@pytest.mark.parametrize(("pattern", "precise", "found"), [("dev-*.txt", 0.94, 0.96), ("held-*.txt", 0.84, 0.78)])
def test_labelled_texts_are_heard_as_well_as_ever(pattern, precise, found):
    """Floors at what is reached; `tonggui import-summary --evaluate` prints the figures."""
    score = evaluate_all(sorted(LABELLED.glob(pattern)), code_of)
    assert score.code_precision >= precise and score.code_recall >= found, str(score)
