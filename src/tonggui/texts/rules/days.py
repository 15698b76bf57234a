"""Fixed days on another date or in another month, and days counted from their first year.

The days stand in `content.days` with the acts that set them.
"""

import re
from collections.abc import Iterator

from tonggui.base.numerals import number_of
from tonggui.texts.content.days import DAYS, MONTHS, Day, Month
from tonggui.texts.findings import Finding, at, lint_rule, matches
from tonggui.texts.reading import Text

BY_NAME = {day.name: day for day in DAYS}
_NAMES = "|".join(sorted(BY_NAME, key=len, reverse=True))
_DATE = r"(?P<month>\d{1,2})(?:[.．·•・∙]|月)(?P<day>\d{1,2})(?:日|号)?"
_FIXED = re.compile(
    rf"(?<![\d.．年Kk+])[“‘]?{_DATE}[”’]?(?:[（(][^）)]{{0,6}}[）)])?(?:，?(?:是|为|正值|适逢|恰逢)|当天)?[“‘]?"
    rf"(?:(?:我国|全国|全民|世界|国际|中国|联合国|第[^，。]{{1,4}}个|“|的|“我们的”)*)(?P<name>{_NAMES})(?!假|长假|放假|[常益渐趋均夜])"
)
_AROUND = re.compile("前|后|以来|期间")
"""Behind a day of a month these say when something was done; behind 5.15 the day itself is meant."""
_AFTER = re.compile(rf"(?P<name>{_NAMES})[”’]?(?:[（(]|为|是|定于|时间为)(?:每年的?)?{_DATE}[）)]?")


@lint_rule(
    "固定节日",
    "有固定日期的节日和宣传日",
    basis="设立各日的法律和决定，见 texts/content/days.py",
    bad=(
        "开展5.15国家安全教育日宣传。",
        "5.15国家安全教育日期间发放资料。",
        "12月4日全国交通安全日活动。",
        "“6·5”国际禁毒日",
        "在国家宪法日（12月2日）前后开展宣传。",
    ),
    good=(
        "开展4.15国家安全教育日宣传。",
        "“12·2”全国交通安全日",
        "5月12日是全国防灾减灾日。",
        "第11.9公里处。",
        "国家宪法日（12月4日）",
        "5月15日，开展国家安全教育日回头看。",
        "6月5日消防日常检查。",
        "4月28日劳动节前检查。",
        "2026年4月15日全民国家安全教育日",
    ),
)
def fixed_days(text: Text) -> Iterator[Finding]:
    for pattern in (_FIXED, _AFTER):
        for line, found in matches(text, pattern):
            day = BY_NAME[found["name"]]
            if "月" in found[0] and pattern is _FIXED and _AROUND.match(line.text, found.end()):
                continue
            if (int(found["month"]), int(found["day"])) != (day.month, day.day):
                words, place = found[0].lstrip("“‘"), found.end() - len(found[0].lstrip("“‘"))
                wrong = f"{day.name}是{day.month}月{day.day}日（{day.source}）"
                yield at(line, place, words, "固定节日", wrong, f"改为{day.month}月{day.day}日")


_MONTH_NAMES = "|".join(month.name for month in MONTHS)
_IN_MONTH = re.compile(
    rf"(?<![\d年至—–-])(?P<month>\d{{1,2}})月(?:份)?[“‘]?(?:全国|第[^，。]{{1,5}}个)*[“‘]?(?P<name>{_MONTH_NAMES})"
)


@lint_rule(
    "固定月份",
    "有固定月份的宣传月、宣传周",
    basis="设立各月的通知，见 texts/content/days.py",
    bad=("扎实开展5月“安全生产月”活动。", "组织8月质量月活动。"),
    good=("扎实开展6月“安全生产月”活动。", "7月，对安全生产月活动进行总结。", "5月开展安全生产月动员。"),
)
def fixed_months(text: Text) -> Iterator[Finding]:
    known = {month.name: month for month in MONTHS}
    for line, found in matches(text, _IN_MONTH):
        month = known[found["name"]]
        if int(found["month"]) != month.month:
            wrong = f"{month.name}在{month.month}月（{month.source}）"
            yield at(line, found.start(), found[0], "固定月份", wrong, f"改为{month.month}月")


COUNTED: dict[str, Day | Month] = {each.name: each for each in (*DAYS, *MONTHS) if each.first}
_COUNTED_NAMES = "|".join(sorted(COUNTED, key=len, reverse=True))
_ORDINAL = re.compile(
    rf"第(?P<number>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})个“?"
    rf"(?:我国|全国|全民|世界|国际|中国)*“?(?P<name>{_COUNTED_NAMES})"
)


@lint_rule(
    "届次",
    "“第几个”宣传日、宣传月与年份相符",
    basis="各日首次设立的年份，见 texts/content/days.py",
    bad=(
        "2026年上半年工作总结\n开展第23个全国“安全生产月”活动。",
        "2026年上半年工作总结\n迎来第八个全民国家安全教育日。",
    ),
    good=("2026年上半年工作总结\n开展第25个全国“安全生产月”活动。", "迎来第十一个全民国家安全教育日。"),
)
def ordinals(text: Text) -> Iterator[Finding]:
    """Only of a text whose title says its year."""
    for line, found in matches(text, _ORDINAL) if text.titled_year else ():
        each, number = COUNTED[found["name"]], int(number_of(found["number"]) or 0)
        first, year = each.first or 0, text.titled_year or 0
        if number != year - first + 1:
            wrong = f"{year}年是第{year - first + 1}个{each.name}"
            yield at(line, found.start(), found[0], "届次", wrong, "核对是否沿用了旧稿")
