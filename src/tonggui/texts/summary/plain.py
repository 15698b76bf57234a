"""A line as the reader sees it: full-width digits and signs made plain, blanks left out, places kept.

Bureaus write 12处, １２处, 12 处 and 1，200处 for the same; what is found is still marked at its place in the line.
"""

import re
from dataclasses import dataclass

_WIDE = {ord("０") + n: str(n) for n in range(10)}
_WIDE |= {ord("Ａ") + n: chr(ord("A") + n) for n in range(26)} | {ord("ａ") + n: chr(ord("a") + n) for n in range(26)}
_WIDE |= {ord(wide): plain for wide, plain in zip("％．～－／＋(),;:＂〜∼", "%.~-/+（），；：”~~", strict=True)}
_THOUSANDS = re.compile(r"(?<=\d)，(?=\d{3}(?!\d))")
_POINT = re.compile(r"(?<=\d)．(?=\d)")
_WIDE_DIGIT = re.compile("[０-９]")


@dataclass(frozen=True, slots=True)
class Plain:
    """The text, and for each of its characters the place in the line as written."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, written: str) -> "Plain":
        kept = [place for place, sign in enumerate(written) if sign == "\t" or not sign.isspace()]
        text = "".join(written[place] for place in kept)
        plain = text.translate(_WIDE)
        # 1,200 has a separator of thousands; 1，200 only where the digits are as wide as the comma.
        commas = {n for n, place in enumerate(kept) if written[place] == ","}
        digits = {n for n, place in enumerate(kept) if _WIDE_DIGIT.match(written[place])}
        signs = list(plain)
        for found in _THOUSANDS.finditer(plain):
            if found.start() in commas or {found.start() - 1, found.start() + 1} <= digits:
                signs[found.start()] = ","
        return cls("".join(signs), tuple(kept))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The places as written of a stretch of the plain text."""
        return self.places[start], self.places[end - 1] + 1
