"""What the overload bulletins share: their figures, splits, cross-foot rules and title.

No bulletin ranks people, teams or money (行政处罚法 第七十四条): points and hours are named by the passes over the
limit found there, to plan where to look next.
"""

from itertools import pairwise

from tonggui.indicators import overload, overload_funnel, overload_passes, overload_work
from tonggui.measure.declare import AtMost, Split

PASSES = [
    overload_passes.passes,
    overload_passes.valid,
    overload_passes.over,
    overload_passes.rate,
    *overload_passes.BANDS,
    overload_passes.kings,
    overload_passes.heavy,
    overload_passes.doubled,
    overload_passes.unread,
    overload_passes.doubted,
    overload_passes.uncertified,
    overload_passes.strangers,
    overload_passes.sites,
    overload_passes.sites_online,
    overload_passes.sites_silent,
    overload_passes.online_rate,
]
CASES = [
    overload.points,
    overload.guard_hours,
    overload.joint_operations,
    overload.yard_visits,
    overload.detained,
    overload.vehicles,
    overload.cases,
    overload.tonnes,
    overload.fines,
    overload.fines_paid,
    overload.rejected,
    overload.reviewed,
    overload.rejection_rate,
]
WORK = [
    overload_work.waiting,
    overload_work.unfiled,
    overload_work.late_filings,
    overload_work.open_cases,
    overload_work.late_decisions,
    overload_work.late_payments,
    overload_work.decisions_due,
    overload_work.payments_due,
    overload_work.expired,
    overload_work.expiring,
    overload_work.broken,
    overload_work.late_repairs,
]
FIGURES = [*PASSES, *CASES, *overload_funnel.FUNNEL, *WORK]

BY_POINT = [
    overload_passes.passes,
    overload_passes.valid,
    overload_passes.over,
    overload_passes.rate,
    overload_passes.doubted,
    overload_passes.uncertified,
]
SPLITS = [
    Split("points", title="检测点", by="point", of=BY_POINT),
    Split("hot_points", title="超限较多的检测点", by="point", of=[overload_passes.over, overload_passes.rate], first=3),
    Split("hot_hours", title="超限较多的时段", by="hour", of=[overload_passes.over, overload_passes.rate], first=3),
    Split("silent", title="缺数据的检测点", by="point", of=[overload_passes.silent_days], first=10),
    Split(
        "doubted", title="存疑较多的检测点", by="point", of=[overload_passes.doubted, overload_passes.passes], first=3
    ),
    Split("expired", title="检定过期的设备", by="device", of=[overload_work.expired], first=10),
    Split("late_decisions", title="逾期未作决定的案件", by="case", of=[overload_work.late_decisions], first=10),
    Split("late_payments", title="逾期未缴款的案件", by="case", of=[overload_work.late_payments], first=10),
]

CHECKS = [
    AtMost("R4", less="OVR-22", more="OVR-21"),
    AtMost("R4", less="OVR-21", more="OVR-20"),
    AtMost("R4", less="OVR-09P", more="OVR-09"),
    *(
        AtMost("R4", less=later.code, more=earlier.code)
        for stages in (overload_funnel.ROAD[:-1], overload_funnel.OFF_ROAD)
        for (_, earlier, _), (_, later, _) in pairwise(stages)
    ),
    AtMost("R4", less=overload_funnel.unloaded.code, more=overload_funnel.confirmed.code),
]


def titled(name: str):
    """The title of a bulletin: the issuer's name, then what it is and of when."""

    def title(issuer, period):
        return issuer, f"治超{name}（{period.label}）"

    return title
