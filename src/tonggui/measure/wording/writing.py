"""Writes a draft from a wording: what holds of the figures stands, with marks in the place of every figure."""

from collections.abc import Mapping, Sequence

from tonggui.measure.figures import Figure
from tonggui.measure.figureset import FigureSet
from tonggui.measure.text import Mark
from tonggui.measure.wording.conditions import OF_FIGURE, OF_LIST, WITHOUT_FIGURE, Condition, Test, some
from tonggui.measure.wording.signs import mended
from tonggui.measure.wording.tree import (
    PERIOD,
    Braces,
    ForEach,
    Joined,
    Line,
    Paragraph,
    Part,
    Printed,
    Section,
    Wording,
)  # fmt: skip

Row = Mapping[str, Figure]
Lists = Mapping[str, Sequence[Row]]
_NO_ROW: Row = {}
# An aspect that is a comparison is printed only where there is a base, and says so itself.
_COMPARED = {"change": "同比", "step": "环比"}


def write(wording: Wording, figures: FigureSet, lists: Lists) -> str:
    """The draft as light text. A section in which nothing stands is left out with its heading."""
    return "\n\n".join(_Writer(figures, lists).section(wording.whole, _NO_ROW)) + "\n"


class _Writer:
    def __init__(self, figures: FigureSet, lists: Lists) -> None:
        self.figures, self.lists = figures.figures, lists

    # --- sections and paragraphs --------------------------------------------------------------------------------

    def section(self, section: Section, row: Row) -> list[str]:
        """The blocks of a section, its heading first; with 每 before its heading, once for each row."""
        heading = section.heading
        condition = heading.condition if heading else None
        if condition and condition.rows:
            rows = self.rows(condition.rows, condition)
            return [block for each in rows for block in self._one_section(section, each)]
        if condition and not self.holds(condition, row):
            return []
        return self._one_section(section, row)

    def _one_section(self, section: Section, row: Row) -> list[str]:
        blocks = [block for paragraph in section.paragraphs for block in self.paragraph(paragraph, row)]
        inner = [found for each in section.sections if (found := self.section(each, row))]
        if section.heading and len(inner) == 1 < len(section.sections):
            inner = [_without_lone_heading(inner[0])]
        blocks += [block for found in inner for block in found]
        if section.heading and blocks:
            return [f"{'#' * section.level} {self.parts(section.heading.parts, row)}", *blocks]
        return blocks

    def paragraph(self, paragraph: Paragraph, row: Row) -> list[str]:
        """The blocks of a paragraph: its sentences as one, the rows of 每 each for itself, the rows of a table."""
        blocks = _Blocks()
        held = False
        for item in paragraph:
            if isinstance(item, ForEach):
                rows = self.rows(item.rows, item.condition)
                held |= bool(rows)
                for each in rows:
                    blocks.add_each(self.sentences(item.lines, each), item.lines[0].is_row)
                blocks.went_through_rows |= item.lines[0].is_row
                blocks.rows_found |= bool(rows) and item.lines[0].is_row
                continue
            stands, held = self.stands(item, row, held)
            if stands:
                blocks.add(self.parts(item.parts, row), item.is_row)
        return blocks.closed()

    def sentences(self, lines: Sequence[Line], row: Row) -> str:
        """The lines of one row; the condition of the first has chosen the row already."""
        first, *further = lines
        said, held = [self.parts(first.parts, row)], False
        for line in further:
            stands, held = self.stands(line, row, held)
            if stands:
                said.append(self.parts(line.parts, row))
        return "".join(said)

    def stands(self, line: Line, row: Row, held: bool) -> tuple[bool, bool]:
        """Whether a line stands, and whether a condition has held since the last line without one or with 否则."""
        condition = line.condition
        if condition is None:
            return True, False
        stands = self.holds(condition, row) and not (condition.otherwise and held)
        ends = condition.otherwise and not condition.any_of
        return stands, not ends and (held or stands)

    # --- within a line ------------------------------------------------------------------------------------------

    def parts(self, parts: Sequence[Part], row: Row) -> str:
        said: list[str] = []
        held = False  # whether one of the braces just before was printed, for 否则
        for part in parts:
            if isinstance(part, str):
                said.append(part)
                held = False
            elif isinstance(part, Printed):
                said.append(self.mark(part, row))
                held = False
            elif isinstance(part, Joined):
                printed = [self.parts(part.parts, each) for each in self.rows(part.rows, part.condition)]
                said.append(part.sign.join(printed))
                held |= bool(printed)
            else:
                stands = self.braces(part, row) and not (part.condition and part.condition.otherwise and held)
                said.append(self.parts(part.parts, row) if stands else "")
                held |= stands
        return "".join(said)

    def braces(self, braces: Braces, row: Row) -> bool:
        """Whether braces are printed: by their condition, by the figures directly in them, or by what is inside."""
        if braces.condition:
            return self.holds(braces.condition, row)
        figures = [part for part in braces.parts if isinstance(part, Printed) and part.is_figure]
        if figures:
            return all(self.prints(mark, row) for mark in figures)
        inner = [part for part in braces.parts if isinstance(part, Braces | Joined)]
        return any(
            bool(self.rows(part.rows, part.condition)) if isinstance(part, Joined) else self.braces(part, row)
            for part in inner
        )

    def prints(self, printed: Printed, row: Row) -> bool:
        """Whether a mark has something to print that is more than none."""
        figure = self.figure(printed.code, printed.of_row, row)
        if figure is None:
            return False
        if printed.aspect in _COMPARED:
            return _COMPARED[printed.aspect] in getattr(figure, printed.aspect)
        return bool(figure.reason) if printed.aspect == "reason" else some(figure)

    def mark(self, printed: Printed, row: Row) -> str:
        """The mark as the draft keeps it; a row's names its record."""
        if printed.code == PERIOD or not printed.of_row:
            return str(Mark(printed.code, printed.aspect))
        figure = self.figure(printed.code, True, row)
        return str(Mark(figure.key if figure else printed.code, printed.aspect))

    # --- figures, lists, conditions -----------------------------------------------------------------------------

    def figure(self, code: str, of_row: bool, row: Row) -> Figure | None:
        return row.get(code) if of_row else self.figures.get(code)

    def rows(self, name: str, condition: Condition | None) -> list[Row]:
        """The rows of a list of which a condition holds."""
        found = self.lists.get(name, ())
        return [row for row in found if condition is None or self.holds(condition, row)]

    def holds(self, condition: Condition, row: Row) -> bool:
        return condition.holds(lambda test: self.test(test, row))

    def test(self, test: Test, row: Row) -> bool:
        if test.is_list:
            return OF_LIST[test.word](len(self.lists.get(test.name, ())))
        figure = self.figure(test.name, test.of_row, row)
        return test.word in WITHOUT_FIGURE if figure is None else OF_FIGURE[test.word](figure)


def _without_lone_heading(blocks: list[str]) -> list[str]:
    """The one subsection that is left of several, without its heading: a lone （一） numbers nothing.

    One that has headings of its own keeps it, since they would stand a level too deep.
    """
    further = blocks[1:]
    return blocks if any(block.startswith("#") for block in further) else further


class _Blocks:
    """Blocks of one paragraph as they come: text that grows, tables that grow, rows that stand for themselves."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.text: list[str] = []
        self.table: list[str] = []
        self.went_through_rows = self.rows_found = False

    def add(self, said: str, is_row: bool) -> None:
        if is_row:
            self._close_text()
            self.table.append(said)
        else:
            self._close_table()
            self.text.append(said)

    def add_each(self, said: str, is_row: bool) -> None:
        self.add(said, is_row)
        if not is_row:
            # Whatever stands before has been closed by the row's own beginning.
            *before, own = self.text
            self.text = before
            self._close_text()
            self.text = [own]
            self._close_text()

    def closed(self) -> list[str]:
        self._close_text()
        self._close_table()
        return self.done

    def _close_text(self) -> None:
        if said := mended("".join(self.text)):
            self.done.append(said)
        self.text = []

    def _close_table(self) -> None:
        """A table that goes through a list without rows has nothing to say under its heads."""
        if self.table and (self.rows_found or not self.went_through_rows):
            self.done.append("\n".join(self.table))
        self.table = []
        self.went_through_rows = self.rows_found = False
