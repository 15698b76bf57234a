"""Rules between a text and its figures, for the text of every document."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from tonggui.measure.crossfoot.fault import Fault
from tonggui.measure.figures import Figure
from tonggui.measure.text import Block, Mark, Piece, typed_digits

if TYPE_CHECKING:
    from tonggui.measure.figureset import FigureSet

Sentence = list[Piece]

_ENDS = re.compile(r"(?<=[。；！？])")
_WHOLE = re.compile(r"全覆盖|全部|百分之百")
_NO_ACCIDENT = re.compile(r"未发生[^。；，]*事故|(?<!有)无[^。；，]{0,8}事故|零事故|事故为零")
_ACCIDENTS = ("SAF-01", "SAF-02")
_PLACEHOLDER = re.compile(r"[×xX＊*]{2,}|_{2,}|＿{2,}|[?？]{2,}|【[^】]*】|待补充|待核实|待填")
_YEAR = re.compile(r"(\d{4}|[二一][〇○零九][〇○零一二三四五六七八九]{2})年(?=度|上半年|下半年|第|工作|全年)")
_NAMES = re.compile(r"([^，。；：（）]+(?:、[^，。；：（）、]+)+)等$")
_LISTED = re.compile(r"（([^（）]*、[^（）]*)）")
_UNITS = (
    "人次", "车次", "台次", "艘次", "家次", "辆次", "班次", "万元", "亿元", "公里", "平方米", "立方米", "人", "台",
    "辆", "艘", "家", "宗", "件", "起", "处", "项", "次", "个", "条", "份", "吨", "座", "所", "套", "元", "天", "小时",
)  # fmt: skip
_UNIT_AFTER = re.compile(f"({'|'.join(_UNITS)})(?=[，。；、）)！]|$)")
_MONEY = re.compile(r"(亿元|万元|元)$")
_CHINESE = dict(zip("〇○零一二三四五六七八九", "000123456789", strict=True))


def text_faults(blocks: Iterable[Block], figures: "FigureSet") -> Iterator[Fault]:
    """Every rule of wording over the blocks of a text, in their order."""
    for block in blocks:
        yield from sourceless(block, figures)
        for sentence in sentences(block):
            for rule in SENTENCE_RULES:
                yield from rule(sentence, figures)


def sentences(block: Block) -> list[Sentence]:
    """The sentences of a block with their marks; each cell of a table is one."""
    found: list[Sentence] = [list(cell) for row in block.rows for cell in row]
    held: Sentence = []
    for piece in block.pieces:
        if isinstance(piece, Mark):
            held.append(piece)
            continue
        *ended, rest = _ENDS.split(piece)
        for part in ended:
            found.append([*held, part])
            held = []
        if rest:
            held.append(rest)
    return [*found, held] if held else found


def sourceless(block: Block, figures: "FigureSet") -> Iterator[Fault]:
    """Every number in the text has a code, every mark a figure, and no placeholder is left (R13)."""
    for digits in typed_digits(block):
        yield Fault("R13", f"“{digits}”是手工录入的数字，没有来源，请改用指标或注明来源。")
    for piece in block.all_pieces:
        if isinstance(piece, str):
            for match in _PLACEHOLDER.finditer(piece):
                yield Fault("R13", f"“{match[0]}”是没有填写的占位符，请补上或删去。")
        elif not figures.has(piece):
            yield Fault("R13", f"“{piece}”没有对应的指标。", (piece.key,))


def names_against_count(sentence: Sentence, figures: "FigureSet") -> Iterator[Fault]:
    """Names before 等 and a figure are not more than it counts; names in brackets behind it are as many (R6)."""
    for before, mark, after in _around(sentence):
        figure = figures.figures.get(mark.key)
        if figure is None or figure.value is None or mark.aspect != "value" or figure.unit not in _UNITS:
            continue
        if match := _NAMES.search(before):
            names = match[1].count("、") + 1
            if names > figure.value:
                yield Fault("R6", f"“等”前列了{names}个名称，多于{figure.title}{figure.text}。", (figure.key,))
        if (match := _LISTED.match(after)) and figure.counts_names:
            more = match[1].endswith("等")
            names = match[1].count("、") + 1
            if names > figure.value or (names < figure.value and not more):
                how = "多于计数" if more else "与计数不符"
                words = f"{figure.title}{figure.text}，括号内列了{names}个名称，{how}。"
                yield Fault("R6", words, (figure.key,))


def changes_without_base(sentence: Sentence, figures: "FigureSet") -> Iterator[Fault]:
    """同比 and 环比 are printed only where there is a base (R10)."""
    for mark in _marks(sentence):
        figure = figures.figures.get(mark.key)
        if figure is None or mark.aspect not in ("change", "step"):
            continue
        change = mark.aspect == "change"
        base, why = (figure.last_year, figure.change_reason) if change else (figure.before, figure.step_reason)
        if base is None:
            words = f"{figure.title}没有{'同比' if change else '环比'}基数，请删去：{why or '没有上期数'}。"
            yield Fault("R10", words, (figure.key,))


def whole_lists(sentence: Sentence, figures: "FigureSet") -> Iterator[Fault]:
    """全覆盖 and 全部 beside a share are said only of one that is the whole (R11)."""
    if not (match := _WHOLE.search(_plain(sentence))):
        return
    found = [figure for mark in _marks(sentence) if (figure := figures.figures.get(mark.key))]
    shares = [figure for figure in found if figure.unit == "%" and figure.parts]
    if shares and not any(figure.value == 1 for figure in shares):
        words = f"写了“{match[0]}”，而{shares[0].title}为{shares[0].text}。"
        yield Fault("R11", words, tuple(figure.key for figure in shares))


def no_accidents(sentence: Sentence, figures: "FigureSet") -> Iterator[Fault]:
    """That no accident happened is said only on nil returns of all months (R12)."""
    if not (match := _NO_ACCIDENT.search(_plain(sentence))):
        return
    own = [figure for mark in _marks(sentence) if (figure := figures.figures.get(mark.key))]
    accidents = [figure for code in _ACCIDENTS if (figure := figures.get(code))]
    if not any(figure.nil and figure.value == 0 for figure in (*own, *accidents)):
        why = next((figure.reason for figure in accidents if figure.reason), "没有齐全的零报告")
        words = f"“{match[0]}”须以各月、各领域零报告齐全为据：{why}。"
        yield Fault("R12", words, tuple(figure.key for figure in accidents))


def units_twice(sentence: Sentence, figures: "FigureSet") -> Iterator[Fault]:
    """The unit of a figure stands once and is its own (R15); a bare figure leaves it to the text."""
    for _, mark, after in _around(sentence):
        figure, match = figures.figures.get(mark.key), _UNIT_AFTER.match(after)
        if figure is None or match is None or figure.value is None or not figure.text.endswith(figure.unit):
            continue
        if mark.aspect == "value":
            yield Fault("R15", f"{figure.title}{figure.text}已含单位，后面又写了“{match[1]}”。", (figure.key,))
        elif mark.aspect == "bare" and match[1] != figure.unit:
            yield Fault("R15", f"{figure.title}的单位是{figure.unit}，文中写成“{match[1]}”。", (figure.key,))


def mixed_money(sentence: Sentence, figures: "FigureSet") -> Iterator[Fault]:
    """Money stands in one unit inside a sentence (R18)."""
    printed: dict[str, Figure] = {}
    for mark in _marks(sentence):
        figure = figures.figures.get(mark.key)
        if figure and figure.unit in ("万元", "亿元") and (match := _MONEY.search(figures.words(mark))):
            printed.setdefault(match[1], figure)
    if len(printed) > 1:
        named = "、".join(f"{figure.title}{figure.text}" for figure in printed.values())
        yield Fault("R18", f"一句话里金额单位不一：{named}。", tuple(figure.key for figure in printed.values()))


def other_years(sentence: Sentence, figures: "FigureSet") -> Iterator[Fault]:
    """Years in fixed phrases (2026年度, 二〇二六年上半年) are those of the period, or of the one after it (R20)."""
    period = figures.period
    fitting = {period.start.year, period.end.year, period.following.start.year}
    for match in _YEAR.finditer(_plain(sentence)):
        year = int("".join(_CHINESE.get(sign, sign) for sign in match[1]))
        if year not in fitting:
            yield Fault("R20", f"“{match[0]}”与文书期间{period.label}不符。")


SENTENCE_RULES: tuple[Callable[[Sentence, "FigureSet"], Iterator[Fault]], ...] = (
    names_against_count, changes_without_base, whole_lists, no_accidents, units_twice, mixed_money, other_years,
)  # fmt: skip


def _marks(sentence: Sentence) -> list[Mark]:
    return [piece for piece in sentence if isinstance(piece, Mark)]


def _plain(sentence: Sentence) -> str:
    """The words of a sentence, a sign for each mark."""
    return "".join(piece if isinstance(piece, str) else "\ufffc" for piece in sentence)


def _around(sentence: Sentence) -> Iterator[tuple[str, Mark, str]]:
    """Each mark with the words just before and just behind it."""
    for n, piece in enumerate(sentence):
        if isinstance(piece, Mark):
            before, after = sentence[n - 1] if n else "", sentence[n + 1] if n + 1 < len(sentence) else ""
            yield before if isinstance(before, str) else "", piece, after if isinstance(after, str) else ""
