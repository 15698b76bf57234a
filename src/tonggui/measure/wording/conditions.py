"""Conditions in angle brackets: the words that decide whether a sentence is true of its figures."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tonggui.measure.figures import Figure

EACH, OTHERWISE, AND, OR = "每", "否则", "且", "或"

_NAME = re.compile(r"[A-Z]+-[0-9]+[A-Z0-9]*")
_LIST = re.compile(r"[a-z][a-z0-9_]*")


def some(figure: Figure) -> bool:
    """More than none; words that were found are some."""
    return figure.known and (figure.value is None or figure.value != 0)


def is_whole(figure: Figure) -> bool:
    """A share that is the whole."""
    return figure.unit == "%" and figure.value == 1


# What a word asks of a figure; a figure that the document does not have is not known.
OF_FIGURE: Mapping[str, Callable[[Figure], bool]] = {
    "有": some,
    "无": lambda figure: not some(figure),
    "为零": lambda figure: figure.value == 0 and not figure.nil,
    "零报告": lambda figure: figure.nil,
    "未登记": lambda figure: not figure.known,
    "已知": lambda figure: figure.known,
    "单个": lambda figure: figure.value == 1,
    "多个": lambda figure: figure.value is not None and figure.value > 1,
    "全部": is_whole,
    "未全": lambda figure: figure.unit == "%" and figure.known and not is_whole(figure),
    "可比": lambda figure: "同比" in figure.change,
    "首次": lambda figure: some(figure) and figure.before == 0,
}
WITHOUT_FIGURE = ("无", "未登记")
# What a word asks of a list of rows, by their number.
OF_LIST: Mapping[str, Callable[[int], bool]] = {
    "有": lambda rows: rows > 0,
    "无": lambda rows: rows == 0,
    "单个": lambda rows: rows == 1,
    "多个": lambda rows: rows > 1,
}


@dataclass(frozen=True, slots=True)
class Test:
    """One word about one figure or list; `of_row` says that the figure is the row's."""

    word: str
    name: str
    of_row: bool = False

    @property
    def is_list(self) -> bool:
        return not self.of_row and bool(_LIST.fullmatch(self.name))

    def __str__(self) -> str:
        return f"{self.word} {'.' if self.of_row else ''}{self.name}"


@dataclass(frozen=True, slots=True)
class Condition:
    """What stands in angle brackets: some of `any_of` holds, each with all of its tests.

    `rows` is the list of 每; `otherwise` says that none before it may have held.
    """

    any_of: tuple[tuple[Test, ...], ...] = ()
    rows: str = ""
    otherwise: bool = False

    @property
    def tests(self) -> list[Test]:
        return [test for all_of in self.any_of for test in all_of]

    def holds(self, of: Callable[[Test], bool]) -> bool:
        """Whether it holds where `of` answers each test; without tests it does."""
        return not self.any_of or any(all(map(of, all_of)) for all_of in self.any_of)


class ConditionError(ValueError):
    """What is wrong with a condition, in the writer's words."""


def read_condition(text: str) -> Condition:
    """The condition between two angle brackets; ConditionError says what is wrong with it."""
    words = text.split()
    if not words:
        raise ConditionError("尖括号里没有条件")
    rows, otherwise = "", False
    if words[0] == EACH:
        if len(words) < 2 or not _LIST.fullmatch(words[1]):
            raise ConditionError("“每”后要写清单的名称，如 <每 projects>")
        rows, words = words[1], words[2:]
    elif words[0] == OTHERWISE:
        otherwise, words = True, words[1:]
    if not words:
        return Condition((), rows, otherwise)
    if rows or otherwise:
        if words[0] != AND:
            raise ConditionError(f"“{EACH if rows else OTHERWISE}”与后面的条件之间要写“且”")
        words = words[1:]
    return Condition(tuple(tuple(map(_test, each)) for each in _divided(words)), rows, otherwise)


def _divided(words: Sequence[str]) -> list[list[list[str]]]:
    """The words of each test: 或 divides first, 且 within."""
    found: list[list[list[str]]] = [[[]]]
    for word in words:
        if word == OR:
            found.append([[]])
        elif word == AND:
            found[-1].append([])
        else:
            found[-1][-1].append(word)
    return found


def _test(words: list[str]) -> Test:
    if not words:
        raise ConditionError("“且”“或”的两边都要有条件")
    word, *names = words
    if word in (EACH, OTHERWISE):
        raise ConditionError(f"“{word}”要写在条件的最前面")
    if word not in OF_FIGURE:
        known = "、".join(OF_FIGURE)
        raise ConditionError(f"没有条件词“{word}”，可以用的有{known}、每、否则；词与指标之间空一格，如 <有 HAZ-01>")
    if len(names) != 1:
        after = "、".join(names)
        raise ConditionError(
            f"“{word}”后只能写一个指标，写了{after}" if names else f"“{word}”后要写指标，如 {word} HAZ-01"
        )
    name = names[0].removeprefix(".")
    of_row = name != names[0]
    if not _NAME.fullmatch(name) and (of_row or not _LIST.fullmatch(name)):
        raise ConditionError(f"“{names[0]}”不是指标编号，编号写成 HAZ-01 这样")
    if _LIST.fullmatch(name) and word not in OF_LIST:
        raise ConditionError(f"“{word}”不能用于清单“{name}”，清单只用{'、'.join(OF_LIST)}")
    return Test(word, name, of_row)
