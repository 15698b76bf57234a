"""How a freight firm lives: opened, changed, put in order, closed or revoked.

Basis: 道路运输条例 (2023) 第二十四条; 公路安全保护条例 第六十六条. The end of the file ends the enterprise too,
where freight is all that it does.
"""

from typing import TYPE_CHECKING

from tonggui.register.actor import Actor
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.freight.firm import FreightFirm


def end_enterprise(firm: "FreightFirm", actor) -> None:
    """A freight enterprise without its licence is no longer in use; one with another business goes on."""
    enterprise = firm.enterprise
    if enterprise.business == "freight" and enterprise.state == "in_use":
        enterprise.ledger.perform(enterprise, "end", Actor.system("货运企业档案"), f"{firm.number} 已退出货运经营")


def why_not_open(firm: "FreightFirm") -> str:
    """A firm has one file in use; one that left may come back under a new one."""
    others = type(firm)._base_manager.filter(enterprise=firm.enterprise_id, state__in=("in_business", "rectifying"))
    twin = others.exclude(pk=firm.pk).first()
    return f"{firm.enterprise}已有在用档案 {twin.number}，请办理变更。" if twin else ""


class FreightFirmFlow(Workflow):
    registered = State("待核准开业", start=True)
    in_business = State("在营", confirmed=True, tone="done")
    rectifying = State("停业整顿", confirmed=True, due="rectify_until", tone="waiting")
    licence_revoked = State("许可已吊销", final=True, confirmed=True, tone="void")
    licence_returned = State("已注销", final=True, confirmed=True)

    open_business = Move(
        registered >> in_business,
        "核准开业",
        by=("transport_officer", "director"),
        needs=("founded_on",),
        check=why_not_open,
        recall=False,
    )
    change_file = Move(
        in_business >> in_business,
        "登记变更",
        by=("transport_officer", "clerk"),
        takes=("changed_on", "change_note", "truck_count", "heavy_trucks", "office"),
        needs=("changed_on", "change_note"),
    )
    zero = Move(
        in_business >> in_business,
        "登记隐患清零",
        by=("transport_officer", "safety_officer"),
        takes=("zeroed_on",),
        needs=("zeroed_on",),
        check=lambda firm: "" if firm.hazard_zero else "该企业没有纳入隐患清零行动。",
    )
    rectify = Move(
        in_business >> rectifying,
        "责令停业整顿",
        by="director",
        takes=("rectify_until",),
        needs=("rectify_until",),
        comment=True,
        recall=False,
    )
    reopen_business = Move(rectifying >> in_business, "准予恢复营业", by="director", comment=True, recall=False)
    revoke_licence = Move(
        (in_business | rectifying) >> licence_revoked,
        "吊销许可",
        by="director",
        takes=("exited_on",),
        needs=("exited_on",),
        comment=True,
        then=end_enterprise,
    )
    leave = Move(
        in_business >> licence_returned,
        "注销许可",
        by=("transport_officer", "clerk"),
        takes=("exited_on",),
        needs=("exited_on",),
        comment=True,
        then=end_enterprise,
    )
