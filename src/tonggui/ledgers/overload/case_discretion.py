"""Discretion beside an overload case: the published band, what like cases were fined, and whether it is the first.

Basis: 行政处罚法 (2021) 第五条 (like acts are punished alike), 第三十三条 (first and minor acts), 第三十四条 (published
bands). A fine that leaves the band wants its reason and a group discussion; one that leaves what like cases were fined
is only said in words. Fines are compared with cases, never with people or teams (第七十四条).
"""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q

from tonggui.base import clock
from tonggui.law.deadlines import add_months
from tonggui.ledgers.overload.case_facts import CHARGE
from tonggui.statutes.overloading.handling import DEVIATION, EARLIER_CASES_MONTHS, LIKE_CASES_MONTHS, LIKE_EXCESS
from tonggui.statutes.overloading.penalties import Bounds, punishable

if TYPE_CHECKING:
    from tonggui.ledgers.overload.case import Case

DEAD = ("void", "not_filed", "quashed")
FEW = 3
"""Fewer like cases than this say nothing about what is usual."""


@dataclass(frozen=True, slots=True)
class Discretion:
    """What the page of a case shows beside its fine."""

    band: Any
    lines: list[Any]
    like: list[Decimal]
    months: int
    warnings: list[str]
    earlier: list[Any]
    first: str
    others: list[Bounds]

    @property
    def highest_like(self) -> Decimal | None:
        return self.like[-1] if self.like else None


def discretion_of(case: "Case") -> Discretion:
    """Band, like cases and earlier cases of one case, with the warnings that follow."""
    like = like_fines(case)
    earlier = earlier_cases(case)
    return Discretion(
        band=case.discretion,
        lines=[] if case.discretion_id else lines_for(case),
        like=like,
        months=LIKE_CASES_MONTHS.on(_day(case)),
        warnings=[*band_warning(case), *deviation_warning(case, like)],
        earlier=earlier,
        first=_first_words(case, earlier),
        others=punishable(case.happened_on),
    )


def fine_of(case: "Case") -> Decimal | None:
    """The fine that is looked at: decided, else announced."""
    return case.fine if case.fine is not None else case.noticed_fine


def lines_for(case: "Case") -> list[Any]:
    """The lines of the published table for this act that were in force on its day."""
    ledger = case.kinds["discretion"].related_model.ledger
    in_force = ledger.model._base_manager.filter(state="in_force", in_force_from__lte=case.happened_on)
    return list(in_force.filter(act__contains=CHARGE).order_by("lowest"))


def like_fines(case: "Case") -> list[Decimal]:
    """Fines decided for nearly the same excess of the same kind of party in the months before, lowest first."""
    until = _day(case)
    near = LIKE_EXCESS.on(until)
    decided = type(case)._base_manager.exclude(pk=case.pk).exclude(state__in=DEAD).filter(fine__isnull=False)
    alike = decided.filter(
        party_kind=case.party_kind,
        decided_on__gte=add_months(until, -LIKE_CASES_MONTHS.on(until)),
        decided_on__lte=until,
        gross_kg__gte=F("limit_kg") + case.excess - near,
        gross_kg__lte=F("limit_kg") + case.excess + near,
    )
    return sorted(alike.values_list("fine", flat=True))


def band_warning(case: "Case") -> list[str]:
    """A fine outside the published band, in words."""
    fine, band = fine_of(case), case.discretion
    if fine is None or band is None or band.holds(fine):
        return []
    return [
        f"罚款 {fine:.0f} 元，不在裁量基准“{band}”的 {band.lowest:.0f}～{band.highest:.0f} 元之内，"
        "应当写明裁量理由并集体讨论。"
    ]


def deviation_warning(case: "Case", like: list[Decimal]) -> list[str]:
    """A fine away from what like cases were fined, in words; too few of them say nothing."""
    fine = fine_of(case)
    if fine is None or len(like) < FEW:
        return []
    middle, allowed = Decimal(median(like)), DEVIATION.on(_day(case))
    if abs(fine - middle) * 100 <= middle * allowed:
        return []
    away = "高于" if fine > middle else "低于"
    said = f"罚款 {fine:.0f} 元，{away}同类案件的中位数 {middle:.0f} 元（{len(like)} 宗）"
    return [f"{said}，相差超过 {allowed}%，请核对裁量理由。"]


def earlier_cases(case: "Case") -> list[Any]:
    """Earlier cases of the vehicle, its firm or its party in the months before the act, newest first."""
    since = add_months(case.happened_on, -EARLIER_CASES_MONTHS.on(case.happened_on))
    same = Q(plate=case.plate)
    if case.enterprise_id:
        same |= Q(enterprise=case.enterprise_id)
    elif case.party:
        same |= Q(party=case.party)
    cases = type(case)._base_manager.filter(same, happened_on__gte=since, happened_on__lte=case.happened_on)
    return list(cases.exclude(pk=case.pk).exclude(state__in=(*DEAD, "dropped")).order_by("-happened_on")[:10])


def _first_words(case: "Case", earlier: list[Any]) -> str:
    months = EARLIER_CASES_MONTHS.on(case.happened_on)
    if earlier:
        own = sum(one.plate == case.plate for one in earlier)
        return (
            f"近 {months} 个月本车有 {own} 宗、同一当事人其他车辆有 {len(earlier) - own} 宗以往案件，不属于初次违法。"
        )
    return f"近 {months} 个月没有以往案件，属于初次违法的，结合危害后果和改正情况考虑是否不予处罚。"


def _day(case: "Case"):
    return case.decided_on or clock.today()
