"""What a rule finds, and how a rule is declared: a function over a text, with examples that are its tests.

A rule that cries wolf is worse than none: each declares texts in which it must find something (`bad`) and texts of the
same kind in which it must keep silent (`good`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tonggui.texts.reading import Line, Text


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the rule, the line and the character (both from 1), the words concerned, what is wrong, what to do."""

    rule: str
    line: int
    column: int
    words: str
    wrong: str
    do: str = ""

    def __str__(self) -> str:
        advice = f"{self.do}。" if self.do else ""
        return f"第 {self.line} 行第 {self.column} 字 [{self.rule}]“{self.words}”：{self.wrong}。{advice}"


Check = Callable[[Text], Iterable[Finding]]


@dataclass(frozen=True)
class LintRule:
    """A rule: `name` stands in its findings, `title` says it in words, `basis` where it comes from."""

    name: str
    title: str
    basis: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    check: Check

    def __call__(self, text: Text) -> Iterable[Finding]:
        return self.check(text)

    def __str__(self) -> str:
        return self.name


_rules: dict[str, LintRule] = {}


def lint_rule(
    name: str, title: str, *, basis: str, bad: Iterable[str], good: Iterable[str]
) -> Callable[[Check], LintRule]:
    """Declare a rule of the linter. Raises ValueError for a name that is taken or a rule without examples."""

    def declare(check: Check) -> LintRule:
        made = LintRule(name, title, basis, tuple(bad), tuple(good), check)
        if name in _rules or not made.bad or not made.good:
            raise ValueError(f"lint rule {name!r} is declared twice or lacks examples")
        _rules[name] = made
        return made

    return declare


def all_lint_rules() -> list[LintRule]:
    """Every rule, in the order of declaration."""
    from tonggui.texts import rules  # noqa: F401 - declares them

    return list(_rules.values())


def lint(text: Text) -> list[Finding]:
    """The findings of all rules in the order of the text; a place that two rules mark alike is marked once."""
    found = [finding for rule in all_lint_rules() for finding in rule(text)]
    return sorted(dict.fromkeys(found), key=lambda one: (one.line, one.column, one.rule))


def matches(text: Text, pattern: Any) -> Iterator[tuple[Line, Any]]:
    """Each match of a compiled pattern, line by line."""
    for line in text.lines:
        for found in pattern.finditer(line.text):
            yield line, found


def at(line: Line, place: int, words: str, rule: str, wrong: str, do: str = "") -> Finding:
    """A finding at a place of a line, `place` counted from 0 behind the blanks the line begins with."""
    return Finding(rule, line.number, line.indent + place + 1, words, wrong, do)


def sentence(line: Line, place: int) -> str:
    """The sentence of a line that a place stands in; a semicolon ends one too."""
    start = max(line.text.rfind(sign, 0, place) for sign in "。；") + 1
    ends = [end for sign in "。；" if (end := line.text.find(sign, place)) >= 0]
    return line.text[start : min(ends, default=len(line.text))]
