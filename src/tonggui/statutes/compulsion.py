"""行政强制措施: how long goods, vehicles and evidence may be held, and how fast an urgent measure is reported.

Basis: 行政强制法 (2011) 第十九条, 第二十五条 to 第二十八条; 行政处罚法 (2021) 第五十六条 for evidence kept by
registration, whose clock stands with the other clocks of a case (`enforcement.EVIDENCE_KEPT`). A technical test does
not count in the term of a seizure; its days are given as a pause.
"""

from datetime import date, datetime, timedelta

from tonggui.law.deadlines import Unit
from tonggui.law.declare import Parameter
from tonggui.statutes.enforcement import EVIDENCE_KEPT, SEIZURE, clock
from tonggui.statutes.sources import CHECKED, COMPULSION_LAW

SEIZURE_EXTENSION = clock(
    "延长扣押期限", 30, Unit.DAY, COMPULSION_LAW.article(25), note="须在原期限届满前经负责人批准。"
)
URGENT_HOURS = Parameter(
    "紧急强制措施补办批准时限",
    unit="小时",
    source=COMPULSION_LAW.article(19),
    checked=CHECKED,
    values={COMPULSION_LAW.since or date.min: 24},
)
RETURN_HOURS = Parameter(
    "解除后返还财物时限",
    unit="小时",
    source=COMPULSION_LAW.article(28),
    checked=CHECKED,
    values={COMPULSION_LAW.since or date.min: 24},
    local=True,
    note="法律规定立即退还，二十四小时为本局的提醒时限。",
)


def hold_until(registered: bool, taken_on: date, extended: bool, tested_days: int = 0) -> date:
    """The last day on which what was taken must be dealt with; `registered`: evidence kept by registration."""
    if registered:
        return EVIDENCE_KEPT.due(taken_on)
    first = SEIZURE.due(taken_on, paused_days=tested_days)
    return SEIZURE_EXTENSION.due(first) if extended else first


def approve_within(taken_at: datetime) -> datetime:
    """Until when an urgent measure must be reported and its approval completed."""
    return taken_at + timedelta(hours=URGENT_HOURS.on(taken_at.date()))


def return_within(lifted_at: datetime) -> datetime:
    """Until when goods must be back with the party after the measure was lifted."""
    return lifted_at + timedelta(hours=RETURN_HOURS.on(lifted_at.date()))
