"""隐患指标 HAZ: hazards found, notices issued, hazards fixed, overdue and repeated.

Basis: 安全生产法 (2021) 第四十一条; 安全监管月报. "Found and fixed" (HAZ-03) and "fixed in the period, whenever found"
(HAZ-06) are two figures and are never mixed: the rate (HAZ-04) belongs to the first.
"""

from django.db.models import Q

from tonggui.ledgers.safety.hazard import Hazard
from tonggui.measure.declare import UNTIL_END, Share, Total

RETURNS = "安全监管月报"
SPLITS = ("domain", "enterprise", "grade", "campaign", "unit")


def closed_by_the_end(period):
    return Q(state="closed", closed_on__lte=period.end)


def overdue_at_the_end(period):
    """Past the deadline on the last day and not struck off by then."""
    return Q(due_on__lt=period.end) & (Q(closed_on__isnull=True) | Q(closed_on__gt=period.end))


found = Total("HAZ-01", "发现隐患", "处", of=Hazard.Measures.found, by=SPLITS, basis=RETURNS)
notices = Total(
    "HAZ-02",
    "下达整改通知书",
    "份",
    of=Hazard.Measures.found,
    where=~Q(notice_no=""),
    distinct=("notice_no",),
    by=("domain", "campaign"),
    basis=RETURNS,
)
fixed = Total(
    "HAZ-03",
    "已整改隐患",
    "处",
    of=Hazard.Measures.found,
    where=closed_by_the_end,
    by=SPLITS,
    basis=RETURNS,
)
fix_rate = Share(
    "HAZ-04",
    "隐患整改率",
    whole=Hazard.Measures.found,
    part=closed_by_the_end,
    part_title="期末前已销号的",
    by=SPLITS,
    basis=RETURNS,
)
overdue = Total(
    "HAZ-05",
    "逾期未整改隐患",
    "处",
    of=Hazard.Measures.due,
    during=UNTIL_END,
    where=overdue_at_the_end,
    by=SPLITS,
    basis=RETURNS,
)
repeated = Total("HAZ-05R", "重复隐患", "处", of=Hazard.Measures.repeated, by=SPLITS, basis=RETURNS)
closed = Total("HAZ-06", "期内销号隐患", "处", of=Hazard.Measures.closed, by=SPLITS, basis=RETURNS)
