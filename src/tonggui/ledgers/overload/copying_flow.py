"""How a letter to another authority runs: drafted, sent, receipted; the case or the truck learns that it was copied."""

from typing import TYPE_CHECKING

from tonggui.register.actor import acting
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.overload.copying import Copying


def case_is_copied(copying: "Copying", actor) -> None:
    """A letter to the place of registration copies a closed case; an altered truck bears the day of its letter."""
    case, truck = copying.overload_case, copying.modified_truck
    if copying.copied_for == "registration" and case is not None and case.state == "closed":
        day = copying.copied_on.isoformat()
        case.ledger.perform(case, "copy", actor, f"抄告函 {copying.copy_no}", {"copied_on": day})
    if copying.copied_for == "altered" and truck is not None and truck.copied_on is None:
        truck.copied_on = copying.copied_on
        with acting(actor, f"抄告函 {copying.copy_no}"):
            truck.save()


class CopyingFlow(Workflow):
    to_copy = State("待发抄告函", start=True, due="copy_by")
    sent_copy = State("待抄告回执", confirmed=True)
    letter_answered = State("已收抄告回执", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    send_copy = Move(
        to_copy >> sent_copy,
        "发出抄告函",
        by="overload_officer",
        takes=("copied_on",),
        needs=("copied_on",),
        numbers={"copy_no": "{bureau}超抄〔{year}〕{seq:04}号"},
        then=case_is_copied,
        recall=False,
    )
    take_copy_receipt = Move(
        sent_copy >> letter_answered,
        "登记抄告回执",
        by="overload_officer",
        takes=("copy_receipt_no", "copy_receipt_on", "receipt"),
        needs=("copy_receipt_on",),
    )
    cancel = Move(to_copy >> void, "作废", by="overload_officer", comment=True)
