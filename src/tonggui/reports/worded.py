"""What reports written from a wording share: their title, and lists that carry whatever the wording prints of them."""

from collections.abc import Callable
from pathlib import Path

from tonggui.measure.declare import Indicator, Period, Split, named_of


def titled(words: str) -> Callable[[str, Period], tuple[str, str]]:
    """示例县交通运输局 / 2026年上半年工作总结: the issuer, and what the paper is of which period."""

    def title(issuer: str, period: Period) -> tuple[str, str]:
        return issuer, f"{period.label}{words}"

    return title


def rows(wording: Path, name: str, title: str, by: str, leading: Indicator, first: int = 0) -> Split:
    """A list of a wording: its rows are those of the leading indicator, with all that is printed or asked of them."""
    return Split(name, title=title, by=by, of=named_of(wording, name, leading), first=first)
