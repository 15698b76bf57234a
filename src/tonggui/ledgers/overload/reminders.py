"""When the owner of a recorded truck is reminded next, from what was sent before: kept by the newest notice alone."""

from datetime import date
from typing import TYPE_CHECKING

from tonggui.ledgers.overload.notice_kinds import Told, Way
from tonggui.statutes.overloading.notices import comes_by, next_reminder

if TYPE_CHECKING:
    from tonggui.ledgers.overload.notice import Notice

OUT = ("gone_out", "reached", "bounced")
#: A message in an app reminds like a text.
SAME = {Way.APP.value: Way.TEXT.value}


def next_of(notice: "Notice") -> tuple[date | None, str]:
    """Day and way of the next reminder; none once the owner has come, its case goes on, or a newer notice is out."""
    if notice.state not in OUT or notice.told_of == Told.INTENT or not _waits(notice):
        return None, ""
    others = list(siblings(notice))
    if any(one.state == "appeared" or (one.state in OUT and _newer(one, notice)) for one in others):
        return None, ""
    out = [one for one in (*others, notice) if one.state in OUT and one.told_of != Told.INTENT]
    told = [one.reached_on or one.sent_on for one in out if one.told_of == Told.FACTS]
    told_on = min((day for day in told if day), default=None)
    if told_on is None:
        return None, ""
    after = comes_by(told_on)
    last: dict[str, date] = {}
    for one in out:
        if one.sent_on and one.sent_on > after:
            way = SAME.get(one.told_by, one.told_by)
            last[way] = max(last.get(way, one.sent_on), one.sent_on)
    letters = sorted((one for one in out if one.told_by == Way.LETTER), key=lambda one: one.sent_on or after)
    back = letters[-1].bounced_on if letters else None
    return next_reminder(told_on, last, back, sum(one.bounced_on is not None for one in letters))


def siblings(notice: "Notice"):
    """The other notices of the same case, or of the same pass where there is no case."""
    others = type(notice)._base_manager.exclude(pk=notice.pk).exclude(state="void")
    if notice.overload_case_id is not None:
        return others.filter(overload_case=notice.overload_case_id)
    return others.filter(doubted_pass=notice.doubted_pass_id)


def _waits(notice: "Notice") -> bool:
    """Whether the owner is still to come: a case waits for filing, or there is only a pass."""
    return notice.overload_case is None or notice.overload_case.state == "awaiting_filing"


def _newer(one: "Notice", than: "Notice") -> bool:
    return than.pk is None or (one.sent_on, one.pk) > (than.sent_on, than.pk)
