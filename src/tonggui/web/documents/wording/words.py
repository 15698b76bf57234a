"""A wording as people read it: conditions as words, marks as chips with the names of their figures, faults below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from tonggui.measure.indicators import indicator
from tonggui.measure.reports import Report
from tonggui.measure.wording.conditions import Condition, Test
from tonggui.measure.wording.reading import read
from tonggui.measure.wording.sections import SectionText
from tonggui.measure.wording.tree import PERIOD, ForEach, Joined, Line, Part, Printed, Section

ASPECTS = {
    "change": "同比", "step": "环比", "over": "余数写法", "short": "不带括号", "bare": "不带单位", "names": "列举",
    "all_names": "全部列举", "name": "名称", "code": "编号", "reason": "没有数的原因",
}  # fmt: skip
PERIOD_ASPECTS = {"value": "期间", "end": "截止日", "year": "年份", "next": "下一期间", "days": "起止日"}
TESTS = {
    "有": "有{}", "无": "没有{}", "为零": "{}为零", "零报告": "{}零报告齐全", "未登记": "{}未登记", "已知": "{}已知",
    "单个": "{}只有一个", "多个": "{}多于一个", "全部": "{}为全部", "未全": "{}未到全部", "可比": "{}有同比",
    "首次": "{}首次出现",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a section: its condition in words, its text with chips, what is wrong with it."""

    number: int
    condition: str
    html: SafeString
    is_row: bool
    of_row: bool
    faults: tuple[str, ...] = ()


def sentences(section: SectionText, report: Report, faults: Iterable[tuple[int, str]] = ()) -> list[list[Sentence]]:
    """The paragraphs of a section as sentences. `faults` holds lines of the section's text with what is wrong there."""
    words = Words(report)
    told: dict[int, list[str]] = {}
    for line, fault in faults:
        told.setdefault(line, []).append(fault)
    found = []
    for paragraph in _paragraphs(read(section.text).whole):
        shown = []
        for line, of_row in paragraph:
            condition = words.condition(line.condition) if line.condition else ""
            html = words.html(line.parts)
            shown.append(Sentence(line.number, condition, html, line.is_row, of_row, tuple(told.get(line.number, ()))))
        found.append(shown)
    return found


def _paragraphs(whole: Section) -> Iterable[list[tuple[Line, bool]]]:
    for paragraph in whole.paragraphs:
        lines = []
        for item in paragraph:
            if isinstance(item, ForEach):
                lines += [(line, n > 0) for n, line in enumerate(item.lines)]
            else:
                lines.append((item, False))
        yield lines


class Words:
    """Names of figures and lists of one report."""

    def __init__(self, report: Report) -> None:
        self.lists = {split.name: split.title or split.name for split in report.splits}

    def condition(self, condition: Condition) -> str:
        """A condition in words: 有发现隐患数，且整改率为全部."""
        tests = "，或".join("，且".join(map(self._test, all_of)) for all_of in condition.any_of)
        if condition.rows:
            each = f"逐个列出{self.lists.get(condition.rows, condition.rows)}"
            return f"{each}，只列{tests}的" if tests else each
        if condition.otherwise:
            return f"否则，{tests}时" if tests else "否则"
        return f"{tests}时"

    def _test(self, test: Test) -> str:
        name = self.lists.get(test.name, test.name) if test.is_list else title_of(test.name)
        return TESTS[test.word].format(name)

    def html(self, parts: Sequence[Part]) -> SafeString:
        return mark_safe("".join(self._part(part) for part in parts))

    def _part(self, part: Part) -> str:
        if isinstance(part, str):
            return format_html("{}", part)
        if isinstance(part, Printed):
            return self.chip(part)
        if isinstance(part, Joined):
            rows = f"各{self.lists.get(part.rows, part.rows)}"
            sign = f"以“{part.sign}”连接" if part.sign else ""
            return format_html(
                '<span class="optional"><span class="optional-when">{}{}</span>{}</span>',
                rows,
                sign,
                self.html(part.parts),
            )
        when = self.condition(part.condition) if part.condition else "有数时"
        return format_html(
            '<span class="optional"><span class="optional-when">{}</span>{}</span>', when, self.html(part.parts)
        )

    def chip(self, mark: Printed) -> str:
        """A mark as the name of its figure; its code is told on it."""
        if mark.code == PERIOD:
            return format_html('<span class="token">{}</span>', PERIOD_ASPECTS.get(mark.aspect, mark.aspect))
        aspect = f"·{ASPECTS.get(mark.aspect, mark.aspect)}" if mark.aspect != "value" else ""
        code = f"{'.' if mark.of_row else ''}{mark.code}"
        return format_html('<span class="token" title="{}">{}{}</span>', code, title_of(mark.code), aspect)


def title_of(code: str) -> str:
    """The name of an indicator; its code where there is none."""
    try:
        return indicator(code).title
    except KeyError:
        return code


def heading_html(section: SectionText, report: Report) -> SafeString:
    """The heading of a section with its marks as chips, for the list of sections."""
    if not section.level:
        return mark_safe("开头")
    wording = read("\n".join(section.lines[:1]))
    headings = [each.heading for each in wording.whole.sections if each.heading]
    if not headings or wording.faults:
        return format_html("{}", section.heading or "（没有标题）")
    words = Words(report)
    return format_html_join("", "{}", ((words.html(heading.parts),) for heading in headings))
