"""What the dispatch table says of a project besides its money: level, owner, lead; and what the month added."""

from datetime import date

from indicators.cases import Case, rows_in_value_out
from indicators.rows import month, project

JUNE, MAY = date(2026, 6, 1), date(2026, 5, 1)


def card(**values):
    return [("parties.unit", {"name": "示例股"}), project("甲", 100_000_000, **values)]


def of_project(code: str, why: str, rows, text: str) -> Case:
    return Case(code, why, rows, text, by="project", of="甲")


CASES = [
    of_project("PRJ-01G", "the level of a key project", card(level="province"), "省重点"),
    of_project("PRJ-01G", "no level on the card", card(level=""), "—"),
    of_project("PRJ-01L", "who answers for it", card(lead="示例负责人"), "示例负责人"),
    of_project("PRJ-01L", "nobody named", card(lead=""), "—"),
    Case("PRJ-01W", "no project, no owner", [], "—"),
    of_project("PRJ-01W", "the unit on the card", card(owner="示例股"), "示例股"),
    of_project(
        "PRJ-07M",
        "the month's own part of the year",
        [*card(), month("甲", 90_000_000, JUNE, invest_month=800), month("甲", 82_000_000, MAY, invest_month=700)],
        "800万元",
    ),
    Case("PRJ-07M", "no return for the last month", [*card(), month("甲", 82_000_000, MAY, invest_month=700)], "—"),
]

test_rows_in_value_out = rows_in_value_out(CASES)
