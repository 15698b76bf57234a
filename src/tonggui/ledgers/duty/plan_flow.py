"""How an edition of a plan lives: approved and published, filed, replaced by the next or abolished.

Basis: 生产安全事故应急条例 第五条 and 第六条. Publishing an edition ends the one it replaces, so that one is in force.
"""

from typing import TYPE_CHECKING

from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.duty.plan import Plan


def end_replaced(plan: "Plan", actor) -> None:
    """The edition before this one is no longer in force."""
    if plan.replaces and plan.replaces.state == "current":
        plan.ledger.perform(plan.replaces, "supersede", actor, f"由 {plan.number} {plan.edition}代替")


class PlanFlow(Workflow):
    draft = State("草稿", start=True)
    current = State("现行", confirmed=True, tone="done", due="review_by")
    superseded = State("已被代替", final=True, confirmed=True, tone="void")
    abolished = State("已废止", final=True, tone="void")

    publish = Move(
        draft >> current,
        "批准发布",
        by="director",
        needs=("document_no", "issued_on"),
        takes=("document_no", "issued_on", "reviewed_on"),
        then=end_replaced,
        recall=False,
    )
    file = Move(current >> current, "备案", by=("duty_officer", "safety_officer"), needs=("filed_on", "filed_with"))
    supersede = Move(current >> superseded, "以新版代替", by="director", comment=True)
    abolish = Move((draft | current) >> abolished, "废止", by="director", comment=True)
