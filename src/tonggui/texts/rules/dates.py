"""Days and years: days that do not exist, fixed days on another date, years a template left behind.

Basis: GB/T 15835-2011 for how a date is written; the fixed days by the acts that set them.
"""

import re
from calendar import monthrange
from collections.abc import Iterator

from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.reading import Text

WRITING = "GB/T 15835-2011"
FIXED = {
    "国家安全教育日": (4, 15), "防灾减灾日": (5, 12), "交通安全日": (12, 2), "国家宪法日": (12, 4), "禁毒日": (6, 26),
    "消防日": (11, 9), "消防宣传日": (11, 9), "环境日": (6, 5), "航海日": (7, 11), "世界水日": (3, 22),
    "地球日": (4, 22), "植树节": (3, 12), "建党节": (7, 1), "建军节": (8, 1), "国庆节": (10, 1), "劳动节": (5, 1),
    "青年节": (5, 4), "元旦": (1, 1), "国家公祭日": (12, 13), "烈士纪念日": (9, 30), "无烟日": (5, 31),
    "消费者权益日": (3, 15), "消费者权益保护日": (3, 15), "学雷锋纪念日": (3, 5), "妇女节": (3, 8), "儿童节": (6, 1),
    "教师节": (9, 10), "记者节": (11, 8), "网络安全日": (2, 8), "全国生态日": (8, 15), "全国低碳日": None,
    "献血者日": (6, 14), "献血日": (6, 14), "知识产权日": (4, 26), "土地日": (6, 25), "爱眼日": (6, 6),
    "节能宣传周": None,
}  # fmt: skip
"""Days with a fixed date; those that move from year to year have none."""
_NAMES = "|".join(sorted((name for name, day in FIXED.items() if day), key=len, reverse=True))
_FIXED = re.compile(
    r"(?<![\d.])“?(?P<month>\d{1,2})(?:[.．·•]|月)(?P<day>\d{1,2})日?”?(?:（[^）]{0,6}）)?(?:是|为|“)?"
    rf"(?:我国|全国|全民|世界|国际|中国|联合国|第\S{{1,4}}个|“)*(?P<name>{_NAMES})"
)


@lint_rule(
    "固定节日",
    "有固定日期的节日和宣传日",
    basis="设立各日的法律和决定",
    bad=("开展5.15国家安全教育日宣传。", "12月4日全国交通安全日活动。", "“6·5”国际禁毒日"),
    good=("开展4.15国家安全教育日宣传。", "“12·2”全国交通安全日", "5月12日是全国防灾减灾日。", "第11.9公里处。"),
)
def fixed_days(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _FIXED):
        month, day = FIXED[found["name"]] or (0, 0)
        if (int(found["month"]), int(found["day"])) != (month, day):
            words = found[0].strip("“")
            yield at(line, found.start(), words, "固定节日", f"{found['name']}是{month}月{day}日", "核对日期")


_DATE = re.compile(r"(?:(?P<year>20\d\d|19\d\d)年)?(?<!\d)(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]")


@lint_rule(
    "日期不存在",
    "日期在日历上存在",
    basis="日历",
    bad=("截至6月31日。", "2026年2月29日召开会议。", "13月5日。"),
    good=("截至6月30日。", "2024年2月29日召开会议。", "2月29日。"),
)
def no_such_day(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _DATE):
        year, month, day = int(found["year"] or 2024), int(found["month"]), int(found["day"])
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
            yield at(line, found.start(), found[0], "日期不存在", "日历上没有这一天", "核对日期")


_ZERO = re.compile(r"20\d\d年(?:0\d月(?:\d{1,2}日)?|\d{1,2}月0\d日)")
_SHORT_YEAR = re.compile(r"(?<![\d.])(?<!第)([12]\d)年(?=[1-9]月|1[0-2]月|上半年|下半年|度)")


@lint_rule(
    "日期写法",
    "年份写全，月、日不编虚位",
    basis=WRITING,
    bad=("2026年06月30日", "2026年6月05日", "26年上半年"),
    good=("2026年6月30日", "2026年10月5日", "近20年来", "十四五期间"),
)
def written(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _ZERO):
        right = re.sub(r"(?<=[年月])0", "", found[0])
        yield at(line, found.start(), found[0], "日期写法", "月、日前不加“0”", f"改为“{right}”")
    for line, found in matches(text, _SHORT_YEAR):
        yield at(line, found.start(), found[0], "日期写法", "年份应写全四位", f"改为“20{found[1]}年”")


_SPAN = re.compile(r"(20\d\d)年?\s*[-—－~～至]+\s*(20\d\d)年?")
_BOTH = re.compile(
    r"(20\d\d)年度?[^半季月，。、]{0,8}总结[^，。]{0,8}(?:和|及|与|暨)\s*\1年度?(?!下半年)[^半季月，。]{0,8}(?:计划|打算|安排|思路|要点)"
)


@lint_rule(
    "时段逻辑",
    "起止年份和总结、计划的年份合乎先后",
    basis="公文核稿",
    bad=("2024-2024年工作报告", "2024年工作总结和2024年工作计划", "2026年至2024年"),
    good=("2023—2025年规划", "2024年工作总结和2025年工作计划", "2024年上半年工作总结和2024年下半年工作计划"),
)
def periods(text: Text) -> Iterator[Finding]:
    for line, found in matches(text, _SPAN):
        if int(found[2]) <= int(found[1]):
            yield at(line, found.start(), found[0], "时段逻辑", "起止年份相同或颠倒", "核对起止年份")
    for line, found in matches(text, _BOTH):
        yield at(line, found.start(), found[0], "时段逻辑", "总结和计划写成同一年", f"计划应为{int(found[1]) + 1}年")


FOUNDED = {
    "建党": 1921,
    "中国共产党成立": 1921,
    "建军": 1927,
    "新中国成立": 1949,
    "中华人民共和国成立": 1949,
    "建国": 1949,
}
FOUNDED |= {"改革开放": 1978, "抗战胜利": 1945, "中国人民抗日战争胜利": 1945, "长征胜利": 1936, "红军长征胜利": 1936}
_HUNDRED = {"百": 100, "一百": 100}
_ANNIVERSARY = re.compile(rf"({'|'.join(sorted(FOUNDED, key=len, reverse=True))})(\d{{2,3}}|百|一百)(?:周年|年华诞)")
LAW_OF_THE_YEAR = {
    "党史学习教育": (2021, 2022), "党纪学习教育": (2024, 2024), "深入贯彻中央八项规定精神学习教育": (2025, 2025),
    "两学一做": (2016, 2019), "不忘初心、牢记使命”主题教育": (2019, 2020),
}  # fmt: skip


@lint_rule(
    "过时内容",
    "纪念年份、截止年份与文件的年份相符",
    basis="公文核稿",
    bad=(
        "2024年上半年工作总结\n以庆祝建党100周年为契机。",
        "2026年上半年工作总结\n截至2025年6月底，完成投资2亿元。",
    ),
    good=(
        "2021年上半年工作总结\n以庆祝建党100周年为契机。",
        "2026年上半年工作总结\n截至2026年6月底，完成投资2亿元，上年同期截至2025年6月底为1亿元。",
        "2026年上半年工作总结\n截至2025年底，结转项目3个。",
    ),
)
def stale(text: Text) -> Iterator[Finding]:
    if text.year is None:
        return
    for line, found in matches(text, _ANNIVERSARY):
        years = _HUNDRED.get(found[2]) or int(found[2])
        if FOUNDED[found[1]] + years != text.year:
            wrong = f"{found[1]}{years}周年是{FOUNDED[found[1]] + years}年，文件写的是{text.year}年"
            yield at(line, found.start(), found[0], "过时内容", wrong, "核对是否沿用了旧稿")
    for line, found in matches(text, re.compile(r"截[至止]\s*(20\d\d)年(?=\s*(?:\d{1,2}月|上半年|[一二三]季度))")):
        before = line.text[max(0, found.start() - 12) : found.start()]
        if int(found[1]) < text.year and not re.search("上年|去年|同期|此前|曾", before):
            wrong = f"文件写的是{text.year}年"
            yield at(line, found.start(), found[0], "过时内容", wrong, "核对是否沿用了旧稿")
