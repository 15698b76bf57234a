"""What a writer may insert into a wording: the period, the figures of the report and of its lists, every other one."""

from dataclasses import dataclass

from tonggui.measure.indicators import Indicator, all_indicators
from tonggui.measure.reports import Report
from tonggui.web.documents.wording.words import PERIOD_ASPECTS


@dataclass(frozen=True, slots=True)
class Choice:
    """One mark that can be inserted: its code as it is written, its name, and its unit."""

    code: str
    title: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Choices under one head; `rows` is the list in whose rows they may stand."""

    title: str
    choices: list[Choice]
    rows: str = ""


def groups(report: Report) -> list[Group]:
    """The palette of a report. What its own wording asks though the report has it not (one text for several reports)
    is not offered: it would stay unknown."""
    period = [
        Choice("period" if name == "value" else f"period|{name}", title) for name, title in PERIOD_ASPECTS.items()
    ]
    own = {each.code for each in report.figures}
    unused = set(report.default_wording.codes) - own
    others = [each for each in all_indicators() if each.code not in own and each.code not in unused]
    lists = [
        Group(
            f"清单：{split.title or split.name}",
            [_choice(each, ".") for each in _of_rows(report, split.name)],
            split.name,
        )
        for split in report.splits
    ]
    return [
        Group("期间", period), Group("本文书的指标", [_choice(each) for each in report.figures]), *lists,
        Group("其他指标", [_choice(each) for each in others]),
    ]  # fmt: skip


def _of_rows(report: Report, name: str) -> list[Indicator]:
    """The figures that a list's rows have, then the others that are divided in the same way."""
    split = next(each for each in report.splits if each.name == name)
    more = [each for each in all_indicators() if split.by in each.by and each not in split.of]
    return [*split.of, *more]


def _choice(indicator: Indicator, before: str = "") -> Choice:
    return Choice(f"{before}{indicator.code}", indicator.title, indicator.unit)
