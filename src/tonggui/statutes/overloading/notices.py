"""非现场执法告知: how fast the owner of a truck is told, how long it has to come, and how often it is reminded.

Basis: 行政处罚法 (2021) 第四十一条: the party is told promptly. No national text sets a number: each here is the
bureau's own, first taken from one place (the days to come: 浙江省公路条例 第四十条; the reminders: 莆田市 2025).
"""

from collections.abc import Mapping
from datetime import date, timedelta

from tonggui.law.deadlines import Unit
from tonggui.statutes.enforcement import ANNOUNCED_SERVICE, OWNER_COMES, clock
from tonggui.statutes.sources import BUREAU, PENALTY_LAW

_TELLING = BUREAU.part("非现场执法告知")
_ONE_PLACE = "取莆田市2025年的做法，全国没有统一规定。"
START = PENALTY_LAW.since or date(2021, 7, 15)

OWNER_TOLD = clock(
    "非现场告知车主期限",
    {START: 3},
    Unit.WORKING_DAY,
    _TELLING,
    local=True,
    note="处罚法第四十一条为“及时”，三个工作日由本局确定。",
)
TEXT_EVERY = clock("短信催告间隔", {START: 7}, Unit.DAY, _TELLING, local=True, note=_ONE_PLACE)
CALL_EVERY = clock("电话催告间隔", {START: 30}, Unit.DAY, _TELLING, local=True, note=_ONE_PLACE)
LETTER_WITHIN = clock("挂号信催告期限", {START: 7}, Unit.DAY, _TELLING, local=True, note=_ONE_PLACE)
SECOND_LETTER = clock("退信后再寄期限", {START: 7}, Unit.DAY, _TELLING, local=True, note=_ONE_PLACE)

TEXT, CALL, LETTER, ANNOUNCEMENT = "text", "call", "letter", "announcement"


def comes_by(told_on: date) -> date:
    """The last day on which the owner should come after it was told."""
    return OWNER_COMES.due(told_on)


def announced_until(announced_on: date) -> date:
    """The day on which an announcement counts as delivered."""
    return ANNOUNCED_SERVICE.due(announced_on)


def next_reminder(
    told_on: date, last: Mapping[str, date], returned_on: date | None = None, returns: int = 0
) -> tuple[date, str]:
    """When and by which way the owner is reminded next: the earliest of what is due.

    `last`: the last day of each way since the days to come were over; `returned_on`: when the last letter came back
    with nothing sent since; `returns`: how many letters came back. After the second the announcement is all that is
    left of the post.
    """
    first = comes_by(told_on) + timedelta(days=1)
    due = {
        TEXT: TEXT_EVERY.due(last[TEXT]) if TEXT in last else first,
        CALL: CALL_EVERY.due(last.get(CALL, first)),
    }
    if returned_on:
        due[LETTER if returns < 2 else ANNOUNCEMENT] = SECOND_LETTER.due(returned_on)
    elif LETTER not in last:
        due[LETTER] = LETTER_WITHIN.due(first)
    way = min(due, key=lambda one: due[one])
    return due[way], way
