"""Every rule of the linter goes through the same promises: it finds what it says, and keeps silent where it says."""

import pytest

from tonggui.texts import Text, lint
from tonggui.texts.findings import LintRule, all_lint_rules

RULES = all_lint_rules()


@pytest.mark.parametrize(("rule", "written"), [(rule, one) for rule in RULES for one in rule.bad], ids=str)
def test_a_fault_is_found_where_it_stands(rule: LintRule, written: str):
    found = list(rule(Text.of(written)))
    assert found
    for finding in found:
        line = written.splitlines()[finding.line - 1]
        assert finding.rule == rule.name and finding.wrong and 1 <= finding.column <= len(line)


@pytest.mark.parametrize(("rule", "written"), [(rule, one) for rule in RULES for one in rule.good], ids=str)
def test_what_is_right_is_left_alone(rule: LintRule, written: str):
    assert [str(finding) for finding in lint(Text.of(written)) if finding.rule == rule.name] == []


def test_rules_are_told_apart():
    assert len({rule.title for rule in RULES}) == len(RULES) and all(rule.basis for rule in RULES)
