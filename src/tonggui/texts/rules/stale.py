"""What an older text left behind: years, anniversaries and slogans that do not fit the year of the text.

The year is that of the title. Years of laws, of documents and of projects are their own, and a comparison names the
year before on purpose: only words that speak of the period itself are looked at.
"""

import re
from collections.abc import Iterator

from tonggui.base.numerals import number_of
from tonggui.texts.content.days import FOUNDED, OF_A_YEAR
from tonggui.texts.findings import Finding, at, lint_rule, matches, sentence
from tonggui.texts.marks import head_of
from tonggui.texts.reading import Line, Text

MOST_OF_A_HEADING = 40
OLD_DRAFT = "核对是否沿用了旧稿"
_ANNIVERSARY = re.compile(
    rf"({'|'.join(sorted(FOUNDED, key=len, reverse=True))})(\d{{2,3}}|[一二三四五六七八九十百]{{1,5}})(?:周年|年华诞)"
)
_HUNDRED = {"百": 100}
_HALF = r"(?:上半年|下半年|第?[一二三四]季度|1\s*[-—–－~～至]+\s*\d{1,2}月)"
_UNTIL = re.compile(r"截[至止](?:到|至)?\s*(20\d\d)年(?=\s*(?:\d{1,2}月|上半年|[一二三]季度))")
_OPENS = re.compile(rf"(?:^|(?<=[。]))(20\d\d)年(?:{_HALF}|度?(?=，))(?=，|我局|全[县市区]|我[县市区])")
_NOW = re.compile(rf"现将(20\d\d)年(?:度)?{_HALF}?[^，。]{{0,16}}(?:总结|汇报|报告|通报)如下")
_THIS_YEAR = re.compile(r"今年[（(](20\d\d)年?[）)]|(20\d\d)年[（(]今年[）)]")
_COMPARED = re.compile("上年|去年|同期|同比|此前|曾|相比|增长|结转|较20|比20|下降|前年|历年|往年|以前年度")
_PLAN = re.compile(
    r"(20\d\d)年(?:度)?(?:上半年|下半年)?(?:重点)?工作(?:计划|打算|安排|思路|总结|情况|回顾|要点|重点|目标)"
)
_SIGNED = re.compile(r"(20\d\d)年\d{1,2}月\d{1,2}日")


@lint_rule(
    "过时内容",
    "年份、纪念和口号与文件的年份相符",
    basis="公文核稿",
    bad=(
        "2024年上半年工作总结\n以庆祝建党100周年为契机。",
        "2026年上半年工作总结\n截至2025年6月底，完成投资2亿元。",
        "2026年上半年工作总结\n喜迎党的二十大胜利召开。",
        "2026年上半年工作总结\n现将2025年上半年工作情况总结如下：",
        "2026年上半年工作总结\n2025年上半年，我局共检查企业86家。",
        "2026年上半年工作总结\n正文。\n示例县交通运输局\n2025年7月5日",
    ),
    good=(
        "2021年上半年工作总结\n以庆祝建党100周年为契机。",
        "2026年上半年工作总结\n截至2026年6月底，完成投资2亿元，上年同期截至2025年6月底为1亿元。",
        "2026年上半年工作总结\n截至2025年底，结转项目3个。",
        "2026年上半年工作总结\n深入学习贯彻党的二十大精神。",
        "2026年上半年工作总结\n贯彻《安全生产法》（2021年修正）和2025年印发的方案。",
        "2025年工作总结\n正文。\n2026年1月8日",
        "2026年上半年工作总结\n2025年上半年，同期完成投资1亿元。",
        "2026年上半年工作总结\n庆祝中国共产党成立105周年。",
    ),
)
def stale(text: Text) -> Iterator[Finding]:
    year = text.year
    if year is None:
        return
    yield from _anniversaries(text, year)
    for words, first, last, why in OF_A_YEAR:
        for line, found in matches(text, re.compile(re.escape(words))):
            if not first <= year <= last:
                yield at(line, found.start(), words, "过时内容", f"{why}，文件写的是{year}年", OLD_DRAFT)
    if text.titled_year:
        yield from _periods(text, year)
        yield from _signature(text, year)


def _anniversaries(text: Text, year: int) -> Iterator[Finding]:
    for line, found in matches(text, _ANNIVERSARY):
        years = int(_HUNDRED.get(found[2]) or number_of(found[2]) or 0)
        right = FOUNDED[found[1]] + years
        if years and right != year and f"{right}年" not in sentence(line, found.start()):
            wrong = f"{found[1]}{years}周年是{right}年，文件写的是{year}年"
            yield at(line, found.start(), found[0], "过时内容", wrong, OLD_DRAFT)


def _periods(text: Text, year: int) -> Iterator[Finding]:
    """Words that speak of the period of the text, with another year."""
    wrong = f"文件写的是{year}年"
    for pattern in (_UNTIL, _OPENS, _NOW, _THIS_YEAR):
        for line, found in matches(text, pattern):
            said = int(found[1] or found[2])
            if said < year and not _COMPARED.search(sentence(line, found.start())):
                yield at(line, found.start(), found[0], "过时内容", wrong, OLD_DRAFT)
    for line in text.lines:
        plan = _PLAN.search(line.text) if head_of(line) and len(line.text) <= MOST_OF_A_HEADING else None
        if plan and int(plan[1]) not in (year, year + 1):
            yield at(line, plan.start(), plan[0], "过时内容", wrong, OLD_DRAFT)


def _signature(text: Text, year: int) -> Iterator[Finding]:
    """The date a text ends with lies in its year or the one after."""
    last: Line | None = next((line for line in reversed(text.lines) if _SIGNED.fullmatch(line.text)), None)
    if last and int(last.text[:4]) not in (year, year + 1) and not re.search("规划|计划", text.lines[0].text):
        yield at(last, 0, last.text, "过时内容", f"成文日期与文件的{year}年不符", OLD_DRAFT)
