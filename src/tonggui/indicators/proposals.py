"""建议提案指标 PRP: motions and proposals received, answered, the kinds of answers, and how content their movers are.

Basis: 全国人民代表大会代表建议、批评和意见处理办法; 政协全国委员会提案工作条例 (three months, six for hard ones). What
was received in the period is followed to its end: answered by then, by the class of the answer, so that the classes
add up to the answered and these never exceed the received. Punctuality is measured against the days that fell due.
"""

from django.db.models import F, Q

from tonggui.ledgers.office.proposal import Outcome, Proposal, Verdict
from tonggui.measure.declare import Ratio, Share, Total

BASIS = "人大代表建议、政协提案办理"
SPLITS = ("kind", "topic", "handling_part")


def answered_by_the_end(period):
    return Q(first_answered_on__lte=period.end)


def judged_by_the_end(period):
    return answered_by_the_end(period) & ~Q(member_verdict="")


def content_by_the_end(period):
    return answered_by_the_end(period) & Q(member_verdict__in=(Verdict.SATISFIED, Verdict.FAIRLY))


def _of_class(outcome: Outcome):
    return lambda period: answered_by_the_end(period) & Q(outcome_class=outcome)


def _received(code: str, title: str, where=None) -> Total:
    return Total(code, title, "件", of=Proposal.Measures.received, where=where, by=SPLITS, basis=BASIS)


congress = Total(
    "PRP-01", "人大议案和代表建议", "件", of=Proposal.Measures.congress, by=SPLITS, names="name", basis=BASIS
)
conference = Total("PRP-02", "政协提案", "件", of=Proposal.Measures.conference, by=SPLITS, names="name", basis=BASIS)
received = _received("PRP-03N", "承办建议提案")
answered = _received("PRP-03", "已答复建议提案", answered_by_the_end)
answered_share = Share(
    "PRP-03A",
    "建议提案答复率",
    whole=Proposal.Measures.received,
    part=answered_by_the_end,
    part_title="期末前已答复的",
    by=SPLITS,
    basis=BASIS,
)
in_time_share = Share(
    "PRP-03P",
    "建议提案按期答复率",
    whole=Proposal.Measures.due,
    part=Q(first_answered_on__lte=F("reply_by")),
    part_title="按期答复的",
    by=SPLITS,
    basis=BASIS,
)
by_class = Total(
    "PRP-04",
    "建议提案答复结果",
    "件",
    of=Proposal.Measures.received,
    where=answered_by_the_end,
    by=("outcome_class", *SPLITS),
    basis=BASIS,
)
class_a = _received("PRP-04A", "答复类别A类", _of_class(Outcome.A))
class_b = _received("PRP-04B", "答复类别B类", _of_class(Outcome.B))
class_c = _received("PRP-04C", "答复类别C类", _of_class(Outcome.C))
class_d = _received("PRP-04D", "答复类别D类", _of_class(Outcome.D))
judged = _received("PRP-04N", "代表委员已评价", judged_by_the_end)
content = _received("PRP-04S", "代表委员满意和基本满意", content_by_the_end)
content_share = Ratio("PRP-04P", "代表委员满意率", over=content, under=judged, basis=BASIS)
