"""Dates: days that do not exist, how a date is written, periods that end before they begin.

Basis: GB/T 15835-2011 for dates in running text; GB/T 9704-2012 7.3.5.4 for the date of a document: arabic figures,
the year in full, no padded noughts.
"""

import re
from calendar import monthrange
from collections.abc import Iterator

from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.reading import Text

WRITING = "GB/T 15835-2011"
_DATE = re.compile(
    r"(?:(?P<year>20\d\d|19\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})(?:日|号(?![线楼文令公]))"
)
_MONTH = re.compile(r"(?:20\d\d|19\d\d)年(\d{1,2})月")


@lint_rule(
    "日期不存在",
    "日期在日历上存在",
    basis="日历",
    bad=("截至6月31日。", "2026年2月29日召开会议。", "13月5日。", "2026年13月底。"),
    good=("截至6月30日。", "2024年2月29日召开会议。", "2月29日。"),
)
def no_such_day(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _DATE):
        year, month, day = int(found["year"] or 2024), int(found["month"]), int(found["day"])
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            yield at(line, found.start(), found[0], "日期不存在", "日历上没有这一天", "核对日期")
    for line, found in matches(text, _MONTH):
        if not 1 <= int(found[1]) <= 12 and not _DATE.match(line.text, found.start()):
            yield at(line, found.start(), found[0], "日期不存在", "没有这个月份", "核对日期")


_ZERO = re.compile(r"(?:20\d\d年)?(?<!\d)(?:0\d月(?:\d{1,2}日)?|(?:1[0-2]|[1-9])月0\d日)")
_SHORT_YEAR = re.compile(r"(?<![\d.])(?<!第)([12]\d)年(?=[1-9]月|1[0-2]月|上半年|下半年|度|底)")
_SPOKEN = re.compile(r"(?<!\d)\d{1,2}月\d{1,2}(号)(?![线楼文令公院站台桥门库码机车船])")
_NUMERIC = re.compile(
    r"(?<![\d./-])(?P<year>20\d\d)(?P<sign>[./-])(?P<month>0?[1-9]|1[0-2])(?P=sign)(?P<day>0?[1-9]|[12]\d|3[01])(?![\d./-])日?"
)
_HAN = "〇○零一二三四五六七八九十"
_SIGNED = re.compile(rf"二[{_HAN}]{{3}}年[{_HAN}]{{1,2}}月(?:[{_HAN}]{{1,3}}日)?")


@lint_rule(
    "日期写法",
    "日期用阿拉伯数字标全年、月、日，不编虚位",
    basis="GB/T 9704-2012 7.3.5.4；GB/T 15835-2011",
    bad=(
        "2026年06月30日",
        "2026年6月05日",
        "26年上半年",
        "截至2026.6.30，完成投资。",
        "二〇二六年七月五日",
        "6月30号召开会议。",
    ),
    good=(
        "2026年6月30日",
        "2026年10月5日",
        "近20年来",
        "十四五期间",
        "10.5公里",
        "6月3号线开通。",
        "1—6月",
        "二〇三五年远景目标",
        "版本2026.1",
    ),
)
def written(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _ZERO):
        right = re.sub(r"(?<![\d])0", "", found[0])
        yield at(line, found.start(), found[0], "日期写法", "月、日前不加“0”", f"改为“{right}”")
    for line, found in matches(text, _SHORT_YEAR):
        yield at(line, found.start(), found[0], "日期写法", "年份应写全四位", f"改为“20{found[1]}年”")
    for line, found in matches(text, _SPOKEN):
        right = f"{found[0][:-1]}日"
        yield at(line, found.start(), found[0], "日期写法", "日期用“日”，不用“号”", f"改为“{right}”")
    for line, found in matches(text, _NUMERIC):
        if line.cell is None:
            right = f"{found['year']}年{int(found['month'])}月{int(found['day'])}日"
            yield at(line, found.start(), found[0], "日期写法", "正文和落款的日期应写年、月、日", f"改为“{right}”")
    for line, found in matches(text, _SIGNED):
        yield at(line, found.start(), found[0], "日期写法", "日期应用阿拉伯数字", "改用阿拉伯数字标全年、月、日")


_SPAN = re.compile(r"(?<!\d)(20\d\d)年?\s*[-—–－~～至]+\s*(20\d\d)(?!\d)年?(?!\d{1,2}月)")
_DAYS = re.compile(
    r"(?<!\d)(?P<m1>\d{1,2})月(?:(?P<d1>\d{1,2})日)?\s*(?:[-—–－~～]+|至)\s*(?:(?P<m2>\d{1,2})月)(?:(?P<d2>\d{1,2})日)?"
)
_MONTHS = re.compile(r"(?<![\d.])(?P<m1>\d{1,2})\s*(?:[-—–－~～]+|至)\s*(?P<m2>\d{1,2})月(?!\d)")
_BOTH = re.compile(
    r"(20\d\d)年度?(?:上半年)?[^半季月，。、]{0,8}总结[^，。]{0,8}(?:和|及|与|暨)\s*\1年度?(?!下半年)[^半季月，。]{0,8}(?:计划|打算|安排|思路|要点)"
)


@lint_rule(
    "时段逻辑",
    "起止时间和总结、计划的年份合乎先后",
    basis="公文核稿",
    bad=(
        "2024-2024年工作报告",
        "2024年上半年工作总结和2024年工作计划",
        "2024年工作总结和2024年工作计划",
        "2026年至2024年",
        "6月至3月开展整治。",
    ),
    good=(
        "2023—2025年规划",
        "2024年工作总结和2025年工作计划",
        "2024年上半年工作总结和2024年下半年工作计划",
        "11月至次年2月",
        "2025年12月至2026年3月",
        "1—6月",
        "12月至3月为枯水期。",
        "2026年1月至2026年6月",
    ),
)
def periods(text: Text) -> Iterator[Finding]:
    """Months that run over the turn of a year (11月至3月) are left alone, and so are dates with their years."""
    for line, found in matches(text, _SPAN):
        if int(found[2]) <= int(found[1]):
            yield at(line, found.start(), found[0], "时段逻辑", "起止年份相同或颠倒", "核对起止年份")
    for pattern in (_DAYS, _MONTHS):
        for line, found in matches(text, pattern):
            first, last = int(found["m1"]), int(found["m2"])
            if last < first < WINTER and not line.text[: found.start()].endswith("年"):
                yield at(line, found.start(), found[0], "时段逻辑", "起止月份颠倒", "核对起止时间")
    for line, found in matches(text, _BOTH):
        right = f"{found[1]}年下半年" if "上半年" in found[0] else f"{int(found[1]) + 1}年"
        yield at(line, found.start(), found[0], "时段逻辑", "总结和计划写成同一期间", f"计划应为{right}")


WINTER = 9
"""From this month on a period may run into the next year without saying so."""
