"""What stands below the text: signature and date, with or without a seal (GB/T 9704-2012, 7.3.5).

A signature never stands on a page without text: the last paragraph goes over with it.
"""

from datetime import date

from tonggui.measure.document import page
from tonggui.measure.document.faces import BODY, FLUSH
from tonggui.measure.document.paragraphs import Writer, place, width
from tonggui.measure.periods import day_label

# Blanks right of the date under a seal, and of the longer of issuer and date without one.
SEALED_BLANKS, PLAIN_BLANKS = 4, 2
# A seal of 42 mm lies over issuer and date, its top within one line of the text: two lines stay empty above them.
LINES_FOR_SEAL = 2
# Lines of a last paragraph that goes over with the signature.
LONGEST_TIED = 8


def sign(writer: Writer, issuer: str, dated: date, *, sealed: bool = False) -> None:
    """Issuer and date at the right; `sealed` leaves the room of the seal and centres the issuer over the date."""
    _bind(writer)
    for _ in range(LINES_FOR_SEAL if sealed else 1):
        writer.add(BODY).paragraph_format.keep_with_next = True
    day = day_label(dated)
    blanks = _under_seal(issuer, day) if sealed else _without_seal(issuer, day)
    for text, right in zip((issuer, day), blanks, strict=True):
        paragraph = writer.add(FLUSH, text)
        place(paragraph, "right", right=right)
        paragraph.paragraph_format.keep_together = True
        if text is issuer:
            paragraph.paragraph_format.keep_with_next = True


def _bind(writer: Writer) -> None:
    """Tie what follows the last words of the text, and those, to the signature.

    A long last paragraph is left alone: LibreOffice would move it over whole.
    """
    for paragraph in reversed(writer.document.paragraphs):
        is_text = bool(paragraph.text) and not paragraph.text.startswith("附件：")
        if is_text and width(paragraph.text) > LONGEST_TIED * page.CHARACTERS:
            return
        paragraph.paragraph_format.keep_with_next = True
        if is_text:
            return


def _under_seal(issuer: str, day: str) -> tuple[float, float]:
    """The date with four blanks, the issuer's middle over its own; a long issuer pushes both to the left."""
    over = SEALED_BLANKS + (width(day) - width(issuer)) / 2
    return (over, SEALED_BLANKS) if over >= 0 else (0, SEALED_BLANKS - over)


def _without_seal(issuer: str, day: str) -> tuple[float, float]:
    """The issuer with two blanks, the date's first character two to the right of the issuer's first; where the date is
    the longer, the date takes the two blanks and the issuer more."""
    day_blanks = width(issuer) - width(day)
    if day_blanks >= 0:
        return PLAIN_BLANKS, day_blanks
    return width(day) + 2 * PLAIN_BLANKS - width(issuer), PLAIN_BLANKS
