"""What a project's month is held against: the months before it, the day it was due, and the photographs.

A month that contradicts the one before it is refused; one that is late or hard to believe goes on to its checker with
the doubt in words (迟报, 缺报, money without physical progress).
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from tonggui.ledgers.works.standing import tell_project
from tonggui.statutes.works import REPORT_GRACE, month_end

if TYPE_CHECKING:
    from tonggui.ledgers.works.progress import Progress

WAN = 10_000


def last_of(progress: "Progress"):
    """The latest month of the project before this one, void ones left out, or None."""
    rows = type(progress)._base_manager.filter(project=progress.project_id, month__lt=progress.month)
    return rows.exclude(state="void").order_by("-month").first()


def is_late(progress: "Progress") -> bool:
    """Whether the month was handed in after the days of grace that follow its end."""
    grace = timedelta(days=REPORT_GRACE.on(progress.month_returned_on))
    return progress.month_returned_on > month_end(progress.month) + grace


def doubts(progress: "Progress") -> Iterator[str]:
    """What makes a return look late or untrue to its checker."""
    last = last_of(progress)
    if progress.late_return:
        yield f"迟报，{progress.month_returned_on}报送"
    if last and last.month.year == progress.month.year and progress.month.month - last.month.month > 1:
        yield f"上一期是{last.month:%Y-%m}，中间缺报"
    known = last is not None and None not in (last.physical_share, progress.physical_share)
    if known and progress.invest_month > 0 and progress.physical_share <= last.physical_share:
        yield "完成投资增加而形象进度未变"
    if last and not progress.invest_month and not last.invest_month and progress.project.stage == "building":
        yield "在建项目连续两月无投资"
    if not progress.photos:
        yield "没有现场照片"


def why_not_submit(progress: "Progress") -> str:
    """Sums never fall, and the year is the sum of its months; where a month is missing only the first can be asked."""
    last, month = last_of(progress), progress.month
    if last is None:
        return ""
    if progress.invest_all < last.invest_all:
        return f"“开工至今完成投资”比{last.month:%Y-%m}的 {_wan(last.invest_all)} 万元还少。"
    if last.month.year != month.year:
        return ""
    if progress.invest_year < last.invest_year:
        return f"“年初至今完成投资”比{last.month:%Y-%m}的 {_wan(last.invest_year)} 万元还少。"
    due = last.invest_year + progress.invest_month
    if month.month - last.month.month == 1 and progress.invest_year != due:
        return f"{last.month:%Y-%m}累计加本月应为 {_wan(due)} 万元。上月有误的，先更正上月。"
    return ""


def tell_of_month(progress: "Progress", actor) -> None:
    """The project's page shows the latest month that was checked."""
    project = progress.project
    if project.told_month is None or project.told_month <= progress.month:
        why = f"{progress.month:%Y-%m}月报审核通过"
        tell_project(project.pk, actor, why, told_month=progress.month, told_year=progress.invest_year)


def _wan(yuan) -> str:
    return f"{yuan / WAN:.2f}"
