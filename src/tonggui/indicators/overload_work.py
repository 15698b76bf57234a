"""治超待办: what stood open at the end of a period, what was late, and what falls due in the next one.

Basis: 行政处罚法 (2021) 第六十条 and 第六十七条 for decision and payment; JJG 907-2006 for certificates; the bureau's
own times for repairs. What is open at the end is read from the days in the records, so it can be counted again later;
passes that wait for review and cases that wait for filing are counted as they stand when figures are taken.
"""

from django.db.models import Q

from tonggui.ledgers.overload.case import Case
from tonggui.ledgers.overload.device_fault import DeviceFault
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.measure.declare import AT_END, SELF, UNTIL_END, Total

BASIS = "行政处罚法第六十条、第六十七条"
GIVEN_UP = Q(state__in=("dropped", "with_police"))


def open_at(period):
    return ~GIVEN_UP & (Q(closed_on=None) | Q(closed_on__gt=period.end))


def undecided_at(period):
    return open_at(period) & (Q(decided_on=None) | Q(decided_on__gt=period.end))


def unpaid_at(period):
    return open_at(period) & Q(fine__gt=0) & (Q(paid_on=None) | Q(paid_on__gt=period.end))


def _within(name: str, period):
    return Q(**{f"{name}__gte": period.start, f"{name}__lte": period.end})


def broken_at(period):
    return Q(repaired_on=None) | Q(repaired_on__gt=period.end)


def _cases(code: str, title: str, where) -> Total:
    return Total(
        code,
        title,
        "宗",
        of=Case.Measures.filed,
        during=UNTIL_END,
        where=where,
        by={"case": SELF, "point": "point"},
        basis=BASIS,
    )


waiting = Total(
    "OVR-50",
    "待审核疑似超限",
    "条",
    of=DoubtedPass.Measures.found,
    during=UNTIL_END,
    where=Q(state__in=("found", "reviewed")),
    by=("point", "state"),
    basis="行政处罚法第四十一条；按取数时的状态",
)
unfiled = Total(
    "OVR-60",
    "待立案案件",
    "宗",
    of=Case.Measures.unfiled,
    during=UNTIL_END,
    by={"case": SELF},
    basis="行政处罚法第五十四条；按取数时的状态",
)
late_filings = Total(
    "OVR-61",
    "逾期未立案",
    "宗",
    of=Case.Measures.unfiled,
    during=UNTIL_END,
    where=lambda period: Q(file_by__lt=period.end),
    by={"case": SELF},
    basis="交通运输行政执法程序规定；按取数时的状态",
)
open_cases = _cases("OVR-51", "在办案件", open_at)
late_decisions = _cases("OVR-52", "逾期未决定", lambda period: undecided_at(period) & Q(decide_by__lt=period.end))
late_payments = _cases("OVR-53", "逾期未缴款", lambda period: unpaid_at(period) & Q(pay_by__lt=period.end))
decisions_due = _cases(
    "OVR-54", "下期应作决定", lambda period: undecided_at(period) & _within("decide_by", period.following)
)
payments_due = _cases("OVR-55", "下期应缴款", lambda period: unpaid_at(period) & _within("pay_by", period.following))
expired = Total(
    "OVR-56",
    "检定过期设备",
    "台",
    of=WeighingPoint.Measures.in_use,
    during=AT_END,
    where=lambda period: Q(state="in_use", calibrated_to__lt=period.end),
    by={"device": SELF},
    basis="JJG 907-2006",
)
expiring = Total(
    "OVR-57",
    "下期检定到期设备",
    "台",
    of=WeighingPoint.Measures.in_use,
    during=AT_END,
    where=lambda period: Q(state="in_use") & _within("calibrated_to", period.following),
    by={"device": SELF},
    basis="JJG 907-2006",
)
broken = Total(
    "OVR-58",
    "故障设备",
    "处",
    of=DeviceFault.Measures.faults,
    during=UNTIL_END,
    where=broken_at,
    by=("point",),
    basis="检测设备运维",
)
late_repairs = Total(
    "OVR-59",
    "逾期未修复设备",
    "处",
    of=DeviceFault.Measures.faults,
    during=UNTIL_END,
    where=lambda period: broken_at(period) & Q(repair_by__lt=period.end),
    by=("point",),
    basis="检测设备运维",
)
off_site_closed = Total(
    "OVR-31",
    "非现场处罚",
    "宗",
    of=Case.Measures.closed,
    where=Q(found_by="off_site", fine__gt=0),
    basis="某省治超统计口径：当期结案的非现场处罚决定",
)
