"""What does not add up among the figures read: parts above their whole, more put right than found, rates unlike their
counts. Each fault is marked on the entries concerned; a person decides which of the numbers is wrong.
"""

import re
from collections.abc import Iterable
from decimal import Decimal

from tonggui.texts.summary.reader import Entry

# What comes first cannot be less than what comes after it in the same unit and line.
_ORDERED = (
    (
        re.compile("(?:发现|排查|查出).{0,6}隐患"),
        re.compile("(?:整改|治理|销号).{0,4}隐患|隐患.{0,4}整改"),
        "整改数大于发现数",
    ),
    (re.compile("发现.{0,4}问题"), re.compile("(?:整改|办结|解决).{0,4}问题"), "办结数大于发现数"),
    (re.compile("立案"), re.compile("结案"), "结案数大于立案数"),
    (re.compile("查扣|查处.{0,4}非法营运"), re.compile("(?:已|落实)?处罚.{0,10}(?:营运|车辆)"), "处罚数大于查扣数"),
    (re.compile("计划投资|年度计划|年度投资计划"), re.compile("完成投资"), ""),
)
_RATES = (
    (re.compile("整改率|治理率"), *_ORDERED[0][:2]),
    (re.compile("办结率"), *_ORDERED[1][:2]),
    (re.compile("结案率"), *_ORDERED[2][:2]),
    (re.compile("完成率|占年度?(?:投资)?计划|占全年计划"), *_ORDERED[4][:2]),
)
_CARRIED = re.compile("结转|往年|历年|上年遗留")
_SHARED = re.compile("重叠|交叉|同时|兼")
_LINK = re.compile("其中|分别|包括|：|（")
_TOTAL = re.compile("合计|共计|总计")


def mark_faults(entries: list[Entry]) -> None:
    """Write on each entry what it is at odds with."""
    by_line: dict[int, list[Entry]] = {}
    for entry in entries:
        by_line.setdefault(entry.line, []).append(entry)
    for line in by_line.values():
        _ordered(line)
        _rates(line)
    for sentence in _sentences(entries):
        _parts(sentence)


def _sentences(entries: list[Entry]) -> Iterable[list[Entry]]:
    found: dict[tuple[int, str], list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry.line, entry.sentence), []).append(entry)
    return found.values()


def _ordered(line: list[Entry]) -> None:
    for more, less, wrong in _ORDERED:
        for n, behind in enumerate(line):
            if not wrong or not less.search(behind.item) or _CARRIED.search(behind.sentence):
                continue
            found = [one.value for one in line[:n] if more.search(one.item) and one.unit == behind.unit]
            if found and behind.value > max(found):
                behind.faults.append(f"{wrong}（{max(found)}{behind.unit}）")


def _rates(line: list[Entry]) -> None:
    """A rate that no rounding of its two counts gives."""
    for n, rate in enumerate(line):
        if rate.unit != "%" or re.search("同比|环比|提高|下降", rate.item):
            continue
        for named, whole_words, part_words in _RATES:
            if not named.search(rate.item):
                continue
            before = list(reversed(line[:n]))
            part = next((one for one in before if part_words.search(one.item)), None)
            whole = next(
                (one for one in before if whole_words.search(one.item) and part and one.unit == part.unit), None
            )
            if part and whole and not _possible(part.value, whole.value, rate.value, counted=whole.unit[-1] != "元"):
                exact = part.value / whole.value * 100
                rate.faults.append(f"按 {part.value} ÷ {whole.value} 约为 {exact:.2f}%")


def _possible(part: Decimal, whole: Decimal, rate: Decimal, *, counted: bool) -> bool:
    if not whole:
        return True
    slack, at_part, at_whole = _slack(rate), *((Decimal(0),) * 2 if counted else (_slack(part), _slack(whole)))
    least = (part - at_part) / (whole + at_whole) * 100
    most = (part + at_part) / max(whole - at_whole, Decimal("1e-9")) * 100
    return least - slack <= rate <= most + slack


def _slack(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0) / 2


def _parts(sentence: list[Entry]) -> None:
    """A whole with the list right behind it: the parts may be fewer, never more."""
    text = sentence[0].sentence
    if _SHARED.search(text):
        return
    for n, whole in enumerate(sentence):
        parts: list[Entry] = []
        place = whole.end
        for each in sentence[n + 1 :]:
            gap = each.gap
            if (
                each.unit != whole.unit
                or (not parts and not _LINK.search(gap[:3]))
                or (parts and gap[:1] not in "、，,和")
            ):
                break
            if parts and gap[:1] in "，," and not _LINK.search(parts[0].gap[:1]):
                break
            parts.append(each)
            place = each.end
        total = sum((each.value for each in parts), Decimal(0))
        if len(parts) > 1 and place and total > whole.value and len(parts) < 12:
            whole.faults.append(f"分项之和是 {total}{whole.unit}")
    for n, whole in enumerate(sentence):
        listed = [each for each in sentence[:n] if each.unit == whole.unit]
        if _TOTAL.search(whole.gap) and len(listed) > 1 and len(listed) == n:
            total = sum((each.value for each in listed), Decimal(0))
            if total != whole.value:
                whole.faults.append(f"前面各项之和是 {total}{whole.unit}")
