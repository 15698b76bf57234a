"""The linter over labelled texts it was not tuned on, and over clean ones with faults planted by rule."""

import pytest
from proofread_measure import PLANTS, labelled, planted

from tonggui.texts.findings import all_lint_rules


@pytest.mark.parametrize(("names", "recall", "precision"), [("dev-", 0.95, 0.95), ("held-", 0.8, 0.95)])
def test_most_faults_are_found_and_hardly_anything_else(names: str, recall: float, precision: float):
    score = labelled(names)
    assert score.recall >= recall, score.missed
    assert score.precision >= precision, score.false


def test_clean_texts_are_silent():
    assert [words for words in labelled("dev-").false if "clean" in words] == []


def test_a_fault_planted_anywhere_is_found():
    score = planted("")
    assert score.recall >= 0.97, score.missed


def test_each_planting_is_of_a_rule():
    assert set(PLANTS) <= {str(rule) for rule in all_lint_rules()}
