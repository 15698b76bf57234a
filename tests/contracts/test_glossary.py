"""One word, one identifier: what users read and what the code says never drift apart."""

from collections import defaultdict
from pathlib import Path

from tonggui.run.reference import glossary
from tonggui.run.reference.glossary import SHARED, Term, faults, terms

PAGE = Path(__file__).parents[2] / "docs" / "glossary.md"


def test_no_word_has_two_identifiers_and_no_identifier_two_words():
    assert faults(terms()) == []


def test_every_exception_is_needed_and_has_its_reason():
    words = defaultdict(set)
    for term in terms():
        words[term.vocabulary, term.identifier].add(term.label)
    several = {identifier for (_, identifier), labels in words.items() if len(labels) > 1}
    assert set(SHARED) == several
    assert all(SHARED.values())


def test_a_second_identifier_and_a_second_word_are_named():
    told = [
        Term("Fields of ledgers", "号牌", "plate", "甲"),
        Term("Fields of ledgers", "号牌", "plate_no", "乙"),
        Term("Fields of ledgers", "车牌", "plate", "丙"),
        Term("States", "号牌", "plated", "丙"),
    ]
    assert faults(told) == [
        "Fields of ledgers: “号牌” is called plate and plate_no",
        "Fields of ledgers: plate stands for 号牌、车牌",
    ]


def test_the_page_holds_a_line_for_every_term_and_is_up_to_date():
    page = PAGE.read_text(encoding="utf-8")
    assert page == glossary.completed(page), "run `make docs`"
    missing = [term for term in terms() if f"| {term.label} | `{term.identifier}` |" not in page]
    assert missing == []
