"""困难问题 PROB: what stands in the way at the end of a period, what it does, what is asked and of whom.

Outside the numbers of the catalogue, in its form: a summary's last chapter names each problem with its effect and its
ask, and only those that were put up and are not solved. Basis: the ledger of difficulties, whose figures name their own
source.
"""

from django.db.models import Q

from tonggui.ledgers.office.difficulty import Difficulty
from tonggui.measure.declare import SELF, UNTIL_END, Told, Total

BASIS = "困难问题与建议台账"
EACH = {"problem": SELF, "difficulty_field": "difficulty_field"}


def unsolved(period):
    """Not solved by the end; one answered later stood open then."""
    return ~Q(state="solved") | Q(answered_on__gt=period.end)


problems = Total(
    "PROB-01",
    "存在的困难问题",
    "项",
    of=Difficulty.Measures.raised,
    during=UNTIL_END,
    where=unsolved,
    by=EACH,
    basis=BASIS,
)
money = Total(
    "PROB-02",
    "困难问题所需资金",
    "万元",
    of=Difficulty.Measures.gap,
    during=UNTIL_END,
    where=unsolved,
    by=EACH,
    basis=BASIS,
)
raised = Total("PROB-03", "期内提出困难问题", "项", of=Difficulty.Measures.raised, by=EACH, basis=BASIS)


def _told(code: str, title: str, field: str) -> Told:
    return Told(
        code,
        title,
        of=Difficulty.Measures.raised,
        field=field,
        during=UNTIL_END,
        where=unsolved,
        by={"problem": SELF},
        basis=BASIS,
    )


content = _told("PROB-01T", "困难问题内容", "content")
impact = _told("PROB-01E", "困难问题影响", "impact")
ask = _told("PROB-01A", "困难问题建议", "ask")
asked_of = _told("PROB-01W", "困难问题请求解决单位", "asked_of")
source = _told("PROB-01S", "困难问题数据出处", "figures_from")
answer = _told("PROB-01R", "困难问题答复", "answer")
