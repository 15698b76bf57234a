"""What holds an overload case back beside what holds back any penalty case: its steps, its twin, its unloading.

Basis: 行政处罚法 (2021) 第二十九条 (one act, one fine), 第四十五条 (every argument of the party is answered);
公路安全保护条例 第六十四条: the unlawful state is removed before the vehicle goes on.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from tonggui.ledgers.overload.argument import unanswered
from tonggui.ledgers.overload.case_kinds import NO_CASE
from tonggui.ledgers.overload.copying import registration_told
from tonggui.ledgers.overload.unloading import reweighed
from tonggui.ledgers.penalty import checks
from tonggui.register.declare import out_of_order
from tonggui.statutes.overloading.handling import ONE_ACT_HOURS

if TYPE_CHECKING:
    from tonggui.ledgers.overload.case import Case

STEPS = ("filed_on", "noticed_on", "decided_on", "served_on", "paid_on", "closed_on", "copied_on")


def steps_out_of_order(case: "Case") -> Iterator[tuple[str, str]]:
    """Each step that is dated before one that must come first; publicity follows the decision."""
    yield from out_of_order(case, STEPS)
    if case.published_on and case.decided_on and case.published_on < case.decided_on:
        yield "published_on", f"“公示日期”早于“决定日期”（{case.decided_on}），请核对。"


def second_record(case: "Case") -> "Case | None":
    """An earlier case of the same vehicle within the hours of one act, or of the same day where no hour is known."""
    others = type(case)._base_manager.filter(plate=case.plate).exclude(pk=case.pk).exclude(state__in=NO_CASE)
    if case.acted_at is None:
        return others.filter(happened_on=case.happened_on, separate_act=False).first()
    window = timedelta(hours=ONE_ACT_HOURS.on(case.happened_on))
    near = others.filter(acted_at__gte=case.acted_at - window, acted_at__lte=case.acted_at + window)
    untimed = others.filter(acted_at__isnull=True, happened_on=case.happened_on)
    return near.filter(separate_act=False).first() or untimed.filter(separate_act=False).first()


def why_not_notice(case: "Case") -> str:
    """A major case is reviewed before the party is told; a larger fine tells of the hearing."""
    if case.state == "filed" and checks.needs_review(case):
        return "重大执法决定应当经法制审核，请先提交法制审核。"
    return checks.why_not_notice(case)


def why_not_decide(case: "Case") -> str:
    """Every argument of the party has its answer before anything is decided."""
    if open_ones := unanswered(case):
        return f"申辩意见 {'、'.join(open_ones)} 还没有复核。逐项写明采纳或者不采纳及理由后再作决定。"
    return checks.why_not_decide(case)


def why_not_close(case: "Case") -> str:
    """What must unload was weighed again, within its limit, before the case is closed."""
    if case.must_unload and not reweighed(case):
        return "应卸载的车辆没有复称合格的卸载记录。请登记卸载、到固定站复称，不超限后再结案。"
    return checks.why_not_close(case)


def why_not_copy(case: "Case") -> str:
    """The letter with the five groups of data is out."""
    return "" if registration_told(case) else "没有发给车籍地的抄告函。请先在“抄告记录”中发出，案件随之抄告。"
