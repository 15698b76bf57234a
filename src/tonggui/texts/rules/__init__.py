"""The rules of the linter, by what they look at. Importing this package declares all of them."""

from tonggui.texts.rules import dates, figures, leftovers, numbering, punctuation, sums, words

__all__ = ["dates", "figures", "leftovers", "numbering", "punctuation", "sums", "words"]
