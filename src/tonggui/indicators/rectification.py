"""巡察整改指标 PTY-10: what an inspection found wrong in Party work and stands open, and what is done about it.

Outside the numbers of the catalogue. Basis: 中国共产党巡视工作条例 on rectification. Problems of the trade's own work
(业务履职) are not Party work and are left to the ledger.
"""

from django.db.models import Q

from tonggui.ledgers.party.rectification import ProblemKind, Rectification
from tonggui.measure.declare import SELF, UNTIL_END, Told, Total

BASIS = "巡察整改台账"
OF_PARTY_WORK = Q(kind__in=(ProblemKind.POLITICS, ProblemKind.DISCIPLINE, ProblemKind.ORGANISATION))
EACH = {"rectification": SELF, "kind": "kind"}


def open_at(period):
    """Of Party work, and not struck off by the end."""
    return OF_PARTY_WORK & (Q(closed_on=None) | Q(closed_on__gt=period.end))


def _told(code: str, title: str, field: str) -> Told:
    return Told(
        code,
        title,
        of=Rectification.Measures.found,
        field=field,
        during=UNTIL_END,
        where=open_at,
        by={"rectification": SELF},
        basis=BASIS,
    )


open_problems = Total(
    "PTY-10",
    "待整改党建类巡察问题",
    "个",
    of=Rectification.Measures.found,
    during=UNTIL_END,
    where=open_at,
    by=EACH,
    basis=BASIS,
)
content = _told("PTY-10T", "党建类巡察问题内容", "content")
measures = _told("PTY-10M", "党建类巡察问题整改措施", "measures")
due = _told("PTY-10D", "党建类巡察问题整改期限", "due_on")
