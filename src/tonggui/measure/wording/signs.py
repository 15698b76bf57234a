"""Punctuation where parts of a sentence fell away: signs that meet become one, none stands alone or opens a line."""

import re

# From the weakest to the strongest: where signs meet, the strongest stays.
_STRENGTH = "、：，；。"
_MEETING = re.compile(rf"[{_STRENGTH}]{{2,}}")
_EMPTY = re.compile(rf"（[{_STRENGTH}]*）")
_AFTER_OPEN = re.compile(rf"(?<=[（《“])[{_STRENGTH}]+")
_BEFORE_CLOSE = re.compile(rf"[{_STRENGTH.replace('。', '')}]+(?=[）》”])")
_OPENING = re.compile(rf"^[{_STRENGTH}]+")
_UNFINISHED = re.compile(r"[、，；]$")


def mended(paragraph: str) -> str:
    """A paragraph with its signs in order: 共开展3次；。 becomes 共开展3次。"""
    text = _EMPTY.sub("", paragraph)
    text = _BEFORE_CLOSE.sub("", _AFTER_OPEN.sub("", text))
    text = _MEETING.sub(lambda met: max(met[0], key=_STRENGTH.index), text)
    return _UNFINISHED.sub("。", _OPENING.sub("", text))
