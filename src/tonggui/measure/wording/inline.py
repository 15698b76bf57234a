"""Reads one line of a wording: text, marks in double brackets, and braces that nest."""

import re

from tonggui.measure.wording.conditions import AND, Condition, ConditionError, read_condition
from tonggui.measure.wording.tree import Braces, Joined, Part, Printed

_TOKEN = re.compile(r"\[\[(\.?)([A-Za-z0-9_/-]+)(?:\|([a-z_]+))?\]\]|<[^<>{}]*>|[{}<>]|\[\[|\]\]")
_CONDITION = re.compile(r"<([^<>]*)>")
_JOINED = re.compile(r"各\s*([a-z][a-z0-9_]*)((?:\s+且\s[^：:{}]*?)?)\s*([、，；。,;]?)[：:]")


class InlineReader:
    """Reads a line once, from left to right; `faults` holds the words at fault and what is wrong with them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.faults: list[tuple[str, str]] = []

    def read(self) -> tuple[Part, ...]:
        return self._parts(inside=0)

    def _parts(self, inside: int) -> tuple[Part, ...]:
        """Parts up to the closing brace, or to the end of the line where no brace is open."""
        found: list[Part] = []
        while token := _TOKEN.search(self.text, self.at):
            if token.start() > self.at:
                found.append(self.text[self.at : token.start()])
            self.at = token.end()
            sign = token[0]
            if token[2]:
                found.append(self._mark(token))
            elif sign == "{":
                found.append(self._braces(token.start(), inside, found))
            elif sign == "}" and inside:
                return tuple(found)
            else:
                words = sign if len(sign) > 2 else self._near(token.start())
                self.faults.append((words, _STRAY[sign[:2] if sign[0] in "[]" else sign[0]]))
        if self.at < len(self.text):
            found.append(self.text[self.at :])
            self.at = len(self.text)
        if inside:
            self.faults.append((self._near(self.text.rfind("{")), "花括号没有写完，缺“}”"))
        return tuple(found)

    def _mark(self, token: re.Match) -> Printed:
        if "/" in token[2]:
            self.faults.append((token[0], "不能写某一条记录的编号，请用“每”或“各”逐条列出"))
        return Printed(token[2], token[3] or "value", bool(token[1]))

    def _braces(self, start: int, inside: int, before: list[Part]) -> Part:
        joined = _JOINED.match(self.text, self.at)
        if joined:
            self.at = joined.end()
            condition = self._read(joined[2].replace(AND, "", 1), joined[0]) if joined[2].strip() else None
            return Joined(joined[1], joined[3], self._parts(inside + 1), condition)
        if self.text.startswith("各 ", self.at):
            self.faults.append((self._near(start), "“各”写成 {各 domains、：…}：清单名称、间隔的标点、冒号"))
        condition = None
        opening = _CONDITION.match(self.text, self.at)
        if opening:
            self.at = opening.end()
            condition = self._read(opening[1], opening[0])
            if condition and condition.rows:
                self.faults.append((opening[0], "花括号里逐条列出用“各”，不用“每”"))
            if condition and condition.otherwise and not (before and isinstance(before[-1], Braces | Joined)):
                self.faults.append((opening[0], "“否则”要紧跟在另一个花括号后面"))
        found = Braces(self._parts(inside + 1), condition)
        if not opening and not any(not isinstance(part, str) and _can_fall(part) for part in found.parts):
            self.faults.append((self.text[start : self.at], "花括号里没有指标，也没有条件，何时印出无从判断"))
        return found

    def _read(self, text: str, words: str) -> Condition | None:
        try:
            return read_condition(text)
        except ConditionError as fault:
            self.faults.append((words, str(fault)))
            return None

    def _near(self, start: int) -> str:
        return self.text[max(0, start) :][:12]


def _can_fall(part: Part) -> bool:
    return not isinstance(part, Printed) or part.is_figure


_STRAY = {
    "}": "多了一个“}”，没有与它成对的“{”",
    "<": "条件只能写在一行或一个花括号的开头",
    ">": "条件只能写在一行或一个花括号的开头",
    "[[": "指标没有写完，写成 [[HAZ-01]] 或 [[HAZ-01|change]]",
    "]]": "多了“]]”，没有与它成对的“[[”",
}
