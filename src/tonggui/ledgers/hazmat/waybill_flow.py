"""The steps of a waybill: signed before the start, loaded after the loader's check, arrived, closed in time.

Basis: 危险货物道路运输安全管理办法 第二十四条 (the bill exists before the start) and its rule of 五必查 for the loader.
"""

from tonggui.base import clock
from tonggui.ledgers.hazmat.loading import LoadingCheck
from tonggui.ledgers.hazmat.waybill_checks import obstacles
from tonggui.register.declare import Move, State, Workflow

CARRIER = ("enterprise", "transport_officer", "clerk")


def why_not_sign(bill) -> str:
    return " ".join(obstacles(bill))


def why_not_depart(bill) -> str:
    """No start without the loader's passed check, nor with a bill that something has since made bad."""
    if not LoadingCheck._base_manager.filter(waybill=bill.pk, state="cleared_to_load").exists():
        return "没有查验合格的装货查验记录。"
    return why_not_sign(bill)


class WaybillFlow(Workflow):
    draft = State("待签发", start=True)
    bill_signed = State("待起运", confirmed=True, tone="todo")
    on_road = State("运输中", confirmed=True)
    arrived = State("已到达", confirmed=True)
    closed = State("运单办结", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    sign = Move(draft >> bill_signed, "签发运单", by=CARRIER, sets={"signed_at": clock.now}, check=why_not_sign)
    depart = Move(bill_signed >> on_road, "起运", by=CARRIER, sets={"departed_at": clock.now}, check=why_not_depart)
    arrive = Move(on_road >> arrived, "到达", by=CARRIER, sets={"arrived_at": clock.now})
    close = Move(
        arrived >> closed, "办结运单", by=CARRIER, takes=("received_kg",), needs=("received_kg",),
        sets={"closed_at": clock.now},
    )  # fmt: skip
    cancel = Move((draft | bill_signed) >> void, "作废", by=CARRIER, comment=True)
