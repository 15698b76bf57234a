"""How a warning is passed on: received, forwarded, confirmed by those who were told, lifted.

Basis: 突发事件应对法 (2024) 第六十三条 and the bureau's own minutes for passing on.
"""

from typing import TYPE_CHECKING

from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.duty.warning import Warning


def why_not_acknowledge(warning: "Warning") -> str:
    """Whoever has not confirmed is named."""
    if warning.confirmed < (warning.told or 0) and not warning.unconfirmed:
        return f"还有 {warning.told - warning.confirmed} 个单位没有回执，请写明单位和催办情况。"
    return ""


class WarningFlow(Workflow):
    received = State("待转发", start=True, confirmed=True)
    passed = State("待回执", confirmed=True, tone="todo")
    acting = State("应对中", confirmed=True, tone="todo")
    lifted = State("已解除", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    forward = Move(
        received >> passed,
        "转发预警",
        by="duty_officer",
        needs=("receivers", "passed_at"),
        takes=("receivers", "passed_at", "told"),
        recall=False,
    )
    acknowledge = Move(
        passed >> acting,
        "回执确认",
        by="duty_officer",
        needs=("confirmed",),
        takes=("confirmed", "unconfirmed", "measures_taken"),
        check=why_not_acknowledge,
    )
    lift = Move(
        (passed | acting) >> lifted,
        "解除",
        by="duty_officer",
        needs=("lifted_at", "measures_taken"),
        takes=("lifted_at", "measures_taken", "resources"),
    )
    cancel = Move(received >> void, "作废", by="director", comment=True)
