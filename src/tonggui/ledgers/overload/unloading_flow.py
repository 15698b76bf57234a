"""How an unloading runs: unloaded, reweighed and let go; goods that stay are collected, or dealt with after two
notices. The days of collecting run from the unloading, so the owner is told whether or not the truck was reweighed.

Basis: 公路安全保护条例 第六十四条: no truck goes on before it is within its limit; 浙江省公路条例 第五十三条 for the
goods.
"""

from typing import TYPE_CHECKING

from tonggui.base.clock import CHINA
from tonggui.register.actor import acting
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.overload.unloading import Unloading

WEIGHED = ("reweigh_point", "reweigh_no", "reweighed_at", "reweigh_kg")
WATCHED = ("first_watcher", "second_watcher", "photos")
TOLD = ("collect_told_on", "collect_again_on")
FIXED = "fixed"


def why_not_pass(unloading: "Unloading") -> str:
    """At a fixed station, not above the limit, watched by two officers with certificates on the day."""
    day = unloading.reweighed_at.astimezone(CHINA).date()
    if unloading.reweigh_point.kind != FIXED:
        return f"{unloading.reweigh_point}不是固定超限检测站，复称应当在固定站进行。"
    if unloading.reweigh_kg > unloading.limit_kg:
        over = unloading.reweigh_kg - unloading.limit_kg
        return f"复称 {unloading.reweigh_kg} kg，仍超限 {over} kg。请继续卸载，不得放行。"
    for officer in (unloading.first_watcher, unloading.second_watcher):
        if not officer.certified_on(day):
            return f"{officer}在 {day} 没有有效的执法证。"
    return ""


def why_not_dispose(unloading: "Unloading") -> str:
    if unloading.dispose_from is None:
        return "没有再次通知领取日期。货物应当再次通知后才能处置。"
    if unloading.collected_on:
        return f"货物已于 {unloading.collected_on} 领取。"
    return ""


def case_learns(unloading: "Unloading", actor) -> None:
    """The case takes over what was unloaded, and when."""
    case = unloading.overload_case
    case.unloaded_t, case.unloaded_on = unloading.unloaded_t, unloading.unloaded_on
    with acting(actor, f"由卸载记录 {unloading.number} 得出"):
        case.save()


class UnloadingFlow(Workflow):
    unloaded = State("待复称", start=True, confirmed=True)
    let_off = State("复称合格已放行", confirmed=True, due="collect_by", tone="done")
    collected = State("货物已领取", final=True, confirmed=True)
    goods_disposed = State("货物已处置", final=True, confirmed=True)
    shipped_on = State("货物已转运", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    pass_reweigh = Move(
        unloaded >> let_off,
        "复称合格",
        by="overload_officer",
        takes=(*WEIGHED, *WATCHED),
        needs=(*WEIGHED, *WATCHED),
        check=why_not_pass,
        then=case_learns,
    )
    tell_before_reweigh = Move(
        unloaded >> unloaded, "复称前通知领取", by="overload_officer", takes=TOLD, needs=TOLD[:1]
    )
    tell_to_collect = Move(let_off >> let_off, "通知领取货物", by="overload_officer", takes=TOLD, needs=TOLD[:1])
    collect = Move(
        let_off >> collected, "领取货物", by="overload_officer", takes=("collected_on",), needs=("collected_on",)
    )
    dispose_goods = Move(
        let_off >> goods_disposed,
        "处置货物",
        by="director",
        takes=("disposal",),
        needs=("disposal",),
        check=why_not_dispose,
    )
    ship_on = Move(
        let_off >> shipped_on,
        "货物已转运",
        by="overload_officer",
        check=lambda unloading: "货物还留存在站场，请办理领取或者处置。" if unloading.goods_left else "",
    )
    cancel = Move(unloaded >> void, "作废", by="overload_officer", comment=True)
