"""Acts and their articles: where a value or a rule stands, written the way a Chinese document cites it."""

from dataclasses import dataclass
from datetime import date

DIGITS = "零一二三四五六七八九"


def numeral(number: int) -> str:
    """A whole number from 1 to 999 in Chinese numerals, as articles are numbered: 43 is 四十三, 101 is 一百零一."""
    if not 0 < number < 1000:
        raise ValueError(f"article numbers run from 1 to 999, not {number}")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones else "")


@dataclass(frozen=True, slots=True)
class Act:
    """A law, regulation, order, standard or a bureau's own decision, with its number and first day in force.

    `doubt` says what of it was not read in the text itself and is still to be compared (待核对).
    """

    title: str
    number: str = ""
    since: date | None = None
    doubt: str = ""

    def article(self, article: int, paragraph: int | None = None, item: int | None = None) -> "Article":
        """The place 第…条第…款第…项 of this act."""
        return Article(self, article, paragraph, item)

    def part(self, name: str) -> "Article":
        """A place that is not an article: an annex, a table, a clause of a standard."""
        return Article(self, name=name)

    def __str__(self) -> str:
        return f"《{self.title}》" + (f"（{self.number}）" if self.number else "")


@dataclass(frozen=True, slots=True)
class Article:
    """One place of an act. `str()` cites it in full, `short` without the act's number."""

    act: Act
    article: int | None = None
    paragraph: int | None = None
    item: int | None = None
    name: str = ""

    @property
    def place(self) -> str:
        """第四十三条第一款第二项, or the name of the annex or table."""
        if self.article is None:
            return self.name
        parts = [(self.article, "条"), (self.paragraph, "款"), (self.item, "项")]
        return "".join(f"第{numeral(number)}{unit}" for number, unit in parts if number is not None)

    @property
    def short(self) -> str:
        return f"《{self.act.title}》{self.place}"

    def __str__(self) -> str:
        return f"{self.act}{self.place}"
