"""本年累计: the same indicator from 1 January to the end of the period, for the forms that print both side by side."""

from dataclasses import replace
from typing import TypeVar

from tonggui.measure.shares import Share
from tonggui.measure.source import During
from tonggui.measure.totals import Total

Counted = TypeVar("Counted", Total, Share)


def year_so_far(of: Counted) -> Counted:
    """HAZ-01Y 本年发现隐患 of HAZ-01 发现隐患: what is counted stays, only the days are those of the year so far."""
    return replace(of, code=f"{of.code}Y", title=f"本年{of.title}", during=During.YEAR_SO_FAR)
