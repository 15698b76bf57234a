"""How road land is cleared: found, ordered in writing, cleared, looked at again by another person, or referred.

Basis: 公路安全保护条例: the party is told to clear within a time limit; who does not is referred to enforcement.
"""

from tonggui.base import clock
from tonggui.register.declare import Move, State, Workflow


class RoadsideFlow(Workflow):
    found = State("待处理", start=True, confirmed=True)
    ordered = State("待整改", due="due_on", confirmed=True)
    fixed = State("待复查", confirmed=True)
    closed = State("已销号", final=True, confirmed=True)
    referred = State("已移交执法", final=True, confirmed=True, tone="waiting")
    void = State("作废", final=True, tone="void")

    order = Move(
        found >> ordered,
        "下达整改",
        by=("road_officer", "enforcement_officer"),
        takes=("party", "phone", "clause", "due_on", "notice_no"),
        needs=("party", "due_on"),
        numbers={"notice_no": "{bureau}路改〔{year}〕{seq}号"},
        recall=False,
    )
    clear = Move(
        (found | ordered) >> fixed,
        "清理完毕",
        by=("road_officer", "enforcement_officer", "road_chief"),
        takes=("clearing", "staff", "vehicles", "cleared_on", "photos_after"),
        needs=("clearing", "cleared_on", "photos_after"),
    )
    accept = Move(
        fixed >> closed,
        "销号",
        by=("road_officer", "enforcement_officer", "director"),
        sets={"closed_on": clock.today},
        not_same_as="clear",
    )
    reject = Move(fixed >> ordered, "复查不通过", by=("road_officer", "enforcement_officer", "director"), comment=True)
    refer = Move(ordered >> referred, "移交执法", by=("road_officer", "enforcement_officer"), comment=True)
    cancel = Move(found >> void, "作废", by="director", comment=True)
