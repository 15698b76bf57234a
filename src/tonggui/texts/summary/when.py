"""Which period a figure is of: that of the text, unless its words name another (第二季度, 去年同期, 年度计划).

Periods are given by the codes of the platform: 2026, 2026H1, 2026Q2, 2026-05, 2026-01-01..2026-05-31.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tonggui.base.numerals import number_of, year_of
from tonggui.texts.reading import Text

_YEAR = "(?:(?P<year>(?:19|20)\\d{2}|[二一][〇零○O一二三四五六七八九]{3})年?度?)"
_N = "[一二三四1-4]"
_TITLE = re.compile("总结|报告|汇报|情况|通报|小结|数据|简报|月报|综述|述职|要点|自评")
_DASH = "[-—–~至到]+"
_PART = (
    f"(?:(?P<half>[上下])半年|第?(?P<quarter>{_N})季度|(?P<first>\\d{{1,2}})月?份?{_DASH}(?P<last>\\d{{1,2}})月份?"
    "|(?P<month>\\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?![\\d一二三四五六七八九十]{1,3}[日号])"
    "|(?P<whole>全年|年度|年内))"
)
_NAMED = re.compile(
    f"{_YEAR}\\s*{_PART}|{_YEAR.replace('year', 'only')}"
    "(?!年?度?(?:[/.\\-]?\\d{1,2}[月./\\-]|第?\\d+[期号]|版|修[订正]))"
)
_RANGE = re.compile(
    f"(?:(?P<year>(?:19|20)\\d{{2}})年)?(?P<m1>\\d{{1,2}})月(?P<d1>\\d{{1,2}})[日号]?{_DASH}(?:(?P<until>(?:19|20)\\d{{2}})年)?(?:(?P<m2>\\d{{1,2}})月)?(?P<d2>\\d{{1,2}})[日号]"
)
_UNTIL = re.compile(
    "截[至止](?:到|于)?(?:(?:(?P<year>(?:19|20)\\d{2})年)?(?P<month>\\d{1,2})月(?:(?P<day>\\d{1,2})[日号]|底|末))"
)
_MARK = re.compile(
    f"(?P<named>{_YEAR}?\\s*{_PART})(?!前|底前)|(?P<plain>(?<!\\d)(?:19|20)\\d{{2}}年)(?!\\d{{1,2}}月)|(?P<past>去年同期|上年同期|同期)|(?P<lastyear>去年|上年)|(?P<before>上月|上个月|上季度|上周|上期)|(?P<nextyear>明年|次年|来年)|(?P<safety>“?安全生产月”?)"
)
_PLAN = re.compile("年度?(?:投资)?(?:计划|目标|任务)|全年(?:计划|目标|任务|预计)|年计划|年初计划|年内(?:计划|目标)")
_CHANGED = re.compile("，(?:同比|环比|净)?(?:增|减|升|降|提高|上升|下)")
_COMPARED = re.compile("(?:比|较|与|同|于|和)(?:[^，。；]{0,3})$")
_NEXT = re.compile(
    "下[一]?步|下半年|打算|计划|安排|明年|来年|下年度|下阶段|下月|下季度|思路|展望|努力方向|工作重点|要求"
)


def code(start: date, end: date) -> str:
    """The code of the days from start to end, the shortest that names them."""
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1] and start.year == end.year:
        first, months = start.month, end.month - start.month + 1
        if months == 12:
            return f"{start.year}"
        if months == 6 and first in (1, 7):
            return f"{start.year}H{1 if first == 1 else 2}"
        if months == 3 and first % 3 == 1:
            return f"{start.year}Q{first // 3 + 1}"
        if months == 1:
            return f"{start.year}-{first:02}"
    return f"{start}" if start == end else f"{start}..{end}"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from start to end."""

    start: date
    end: date

    @classmethod
    def months(cls, year: int, first: int, last: int) -> "Span":
        return cls(date(year, first, 1), date(year, last, monthrange(year, last)[1]))

    @property
    def code(self) -> str:
        return code(self.start, self.end)

    @property
    def year(self) -> "Span":
        return Span.months(self.start.year, 1, 12)

    @property
    def last_year(self) -> "Span":
        return self._moved(-1)

    @property
    def following(self) -> "Span":
        """What a text of this period plans for: the rest of the year, the next year, the next month."""
        months = self.end.month - self.start.month + 1
        if months == 12:
            return self._moved(1)
        if self.end.month == 12:
            return Span.months(self.start.year + 1, 1, 12)
        return Span.months(
            self.start.year, self.end.month + 1, min(12, self.end.month + months) if months in (1, 3, 6) else 12
        )

    @property
    def previous(self) -> "Span | None":
        """The month before a month, the quarter before a quarter, as many days before days."""
        months = self.end.month - self.start.month + 1
        if self.start.day == 1 and self.end.day == monthrange(self.end.year, self.end.month)[1]:
            if months not in (1, 3):
                return None
            year, first = (self.start.year, self.start.month - months) if self.start.month > months else (
                self.start.year - 1, self.start.month - months + 12
            )  # fmt: skip
            return Span.months(year, first, first + months - 1)
        length = self.end - self.start + timedelta(days=1)
        return Span(self.start - length, self.end - length)

    def _moved(self, years: int) -> "Span":
        year = self.end.year + years
        last = min(self.end.day, monthrange(year, self.end.month)[1])
        return Span(
            date(self.start.year + years, self.start.month, min(self.start.day, 28))
            if self.start.day > 28
            else self.start.replace(year=self.start.year + years),
            date(year, self.end.month, last),
        )


def span_of_text(text: Text) -> Span | None:
    """The period a whole text is about: of its title, else of its opening words, else of the date below it."""
    for line in [*(one for one in text.lines[:4] if _TITLE.search(one.text) and len(one.text) < 80), *text.lines[:8]]:
        plain = re.sub("\\s", "", _narrow(line.text))
        if days := _days(plain):
            return days
        for found in _NAMED.finditer(plain):
            span = _span(found, None)
            if span is None or (found["only"] and not _TITLE.search(plain) and not _title_above(text, line.number)):
                continue
            return _narrowed(text, span) if found["only"] else span
    year = text.year
    return _narrowed(text, Span.months(year, 1, 12)) if year else None


def _days(text: str, year: int | None = None) -> Span | None:
    """The first days named from one to another: 2025年11月17日至23日."""
    for found in _RANGE.finditer(text):
        written = int(found["year"] or year or 0)
        last_year = int(found["until"] or written)
        try:
            start = date(written, int(found["m1"]), int(found["d1"]))
            end = date(last_year, int(found["m2"] or found["m1"]), int(found["d2"]))
        except ValueError:
            continue
        if start <= end:
            return Span(start, end)
    return None


def _narrow(text: str) -> str:
    return text.translate({ord("０") + n: str(n) for n in range(10)})


def _title_above(text: Text, number: int) -> bool:
    return any(_TITLE.search(line.text) for line in text.lines[:6] if line.number <= number)


def _narrowed(text: Text, span: Span) -> Span:
    """A title that names only a year, over a text that opens with 上半年 or 一季度, is about that part."""
    head = "".join(line.text for line in text.lines[:2])
    for words, first, last in (
        ("上半年", 1, 6),
        ("下半年", 7, 12),
        ("一季度", 1, 3),
        ("二季度", 4, 6),
        ("三季度", 7, 9),
    ):
        if words in head and not re.search(f"{words}(?:工作)?(?:计划|打算|安排|要点)", head):
            return Span.months(span.start.year, first, last)
    return span


def _span(found: re.Match[str], base: Span | None) -> Span | None:
    """The days of a match of `_NAMED` or `_MARK`."""
    parts = found.groupdict()
    written = parts.get("year") or parts.get("only")
    year = year_of(written.replace("○", "〇").replace("O", "〇")) if written else base.start.year if base else None
    if year is None:
        return None
    if parts["half"]:
        return Span.months(year, 1, 6) if parts["half"] == "上" else Span.months(year, 7, 12)
    if parts["quarter"]:
        n = int(number_of(parts["quarter"]) or 1)
        return Span.months(year, 3 * n - 2, 3 * n)
    if parts["first"]:
        first, last = int(parts["first"]), int(parts["last"])
        return Span.months(year, first, last) if 1 <= first <= last <= 12 else None
    if parts["month"]:
        n = int(number_of(parts["month"]) or 0)
        return Span.months(year, n, n) if 1 <= n <= 12 else None
    return Span.months(year, 1, 12)


def plans(heading: str) -> bool:
    """Whether a section is about what comes next, and only that."""
    return bool(_NEXT.search(heading)) and not re.search("问题|不足|困难|完成情况|总结|落实情况|建议", heading)


class Clock:
    """The periods of one line, asked for by place."""

    def __init__(self, plain: str, base: Span, planning: str = "") -> None:
        self.plain, self.base = plain, base
        self.default = self._planned(planning) if planning else base
        self.marks = list(self._read())

    def _planned(self, heading: str) -> Span:
        for found in _NAMED.finditer(heading):
            if span := _span(found, self.base):
                return span
        if "下半年" in heading:
            return Span.months(self.base.start.year, 7, 12)
        return self.base.following

    def at(self, place: int, left: str, share: bool = False) -> str:
        """The code of the period of the figure at a place, `left` the words right before it."""
        span = self.default
        for start, end, marked in self.marks:
            if start <= place < end:
                span = marked
        if (_PLAN.search(left) and (not share or not re.search("占|完成率|为年", left))) or (
            left.startswith("计划") and span == self.base
        ):
            span = span.year
        return span.code

    def _read(self):
        """Where each mark of time holds: one at the head of the line for all of it, else to the end of its sentence."""
        text = self.plain
        for found in _RANGE.finditer(text):
            if span := _days(found[0], self.base.start.year):
                yield found.start(), self._sentence(found.end()), span
        for found in _UNTIL.finditer(text):
            year, month = int(found["year"] or self.base.start.year), int(found["month"])
            if not 1 <= month <= 12:
                continue
            last = monthrange(year, month)[1]
            end = date(year, month, min(int(found["day"] or last), last))
            if end >= date(year, 1, 1):
                yield found.start(), self._until(found.end(), 0), Span(date(year, 1, 1), end)
        for found in _MARK.finditer(text):
            if any(start <= found.start() < end for start, end in self._dates()):
                continue
            before, behind = text[max(0, found.start() - 4) : found.start()], text[found.end() :]
            if _COMPARED.search(before) and re.match(r"的\d+(?:\.\d+)?(?!倍|[\d.])", behind):
                # 较上年同期的3起下降: the number right behind is of then, what follows of now.
                if (
                    then := self.base.last_year
                    if found["past"] or found["lastyear"]
                    else self.base.previous
                    if found["before"]
                    else _span(found, self.base)
                ):
                    yield found.start(), found.end() + 2, then
                continue
            if (span := self._marked(found)) is not None:
                until = self._sentence(found.end()) if found["safety"] else self._until(found.end(), found.start())
                if (found["past"] or found["before"]) and (back := _CHANGED.search(text, found.end(), until)):
                    until = back.start()
                yield found.start(), until, span

    def _dates(self) -> list[tuple[int, int]]:
        return [one.span() for pattern in (_RANGE, _UNTIL) for one in pattern.finditer(self.plain)]

    def _marked(self, found: re.Match[str]) -> Span | None:
        before = self.plain[max(0, found.start() - 4) : found.start()]
        behind = self.plain[found.end() : found.end() + 6]
        if _COMPARED.search(before) or re.match("相比|以来.{0,2}$|水?平?的[\\d.]+倍", behind):
            return None
        if found["past"]:
            return self.base.last_year
        if found["before"]:
            return self.base.previous
        if found["lastyear"]:
            return None if behind.startswith(("底", "末", "同期", "度末")) else self.base.last_year.year
        if found["nextyear"]:
            return Span.months(self.base.start.year + 1, 1, 12)
        if found["safety"]:
            return (
                Span.months(self.base.start.year, 6, 6) if re.match("”?(?:活动)?(?:期间|为契机|中)", behind) else None
            )
        if found["plain"]:
            return (
                Span.months(int(found["plain"][:4]), 1, 12)
                if re.match("[，、]|全|完成|计划|将|预计|拟|力争", behind)
                else None
            )
        if found["whole"] and re.search("[一二两三半]$", before):
            return None
        if found["whole"] and re.match("计划|目标|任务|投资计划", behind):
            return None
        if re.match("[底末初]?前|工作|目标|任务", behind) and not found["first"]:
            return None
        return _span(found, self.base)

    def _until(self, end: int, start: int) -> int:
        """The end of the sentence; of the line where the mark opens it; of the part before ； for one in its middle."""
        text = self.plain
        opens = not re.search("[，。；]", re.sub("^[^、.）]{1,4}[、.）]", "", text[:start]))
        if opens:
            return len(text)
        sentence = self._sentence(end)
        if re.search("(?:^|[。])[^，。；]{0,6}$", text[:start]) and text[end : end + 1] in "，、":
            return sentence
        part = text.find("；", end)
        return min(sentence, part) if part >= 0 else sentence

    def _sentence(self, end: int) -> int:
        stop = re.compile("。(?=.)").search(self.plain, end)
        return stop.start() if stop else len(self.plain)
