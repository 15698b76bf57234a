"""What the pages promise is there: links lead somewhere, commands exist, the reference is current."""

import re
from pathlib import Path

import pytest

from tonggui.run.cli import commands

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:^|[|`] ?)(?:\.venv/bin/)?tonggui ([a-z-]+)", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    broken = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if not (page.parent / link).exists()]
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_exist(page):
    unknown = {name for name in COMMAND.findall(page.read_text(encoding="utf-8")) if name not in {*commands(), "help"}}
    assert unknown == set()


def test_every_make_target_of_the_readme_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"^make ([a-z]+)", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE))
    assert {name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()


def test_the_reference_is_what_the_declarations_give():
    from tonggui.run.reference import pages

    reference = ROOT / "docs" / "reference"
    there = {str(page.relative_to(reference)): page.read_text(encoding="utf-8") for page in reference.rglob("*.md")}
    assert there == pages()
