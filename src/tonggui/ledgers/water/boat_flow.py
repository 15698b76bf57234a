"""How a boat lives: in service, laid up, deregistered or broken up.

Basis: 内河交通安全管理条例 第六条 and 第七条: a boat leaves the ledger only by deregistration or by being broken up.
"""

from tonggui.register.declare import Move, State, Workflow


class BoatFlow(Workflow):
    operating = State("营运", start=True, confirmed=True, tone="done")
    suspended = State("停运", confirmed=True, tone="done")
    ended = State("注销", final=True, tone="void")
    broken_up = State("已拆解", final=True, tone="void")

    suspend = Move(operating >> suspended, "报停", by="water_officer", comment=True)
    resume = Move(suspended >> operating, "恢复营运", by="water_officer", comment=True)
    end = Move((operating | suspended) >> ended, "注销", by="water_officer", comment=True)
    break_up = Move(
        (operating | suspended) >> broken_up, "拆解", by="water_officer", needs=("broken_up_on",), comment=True
    )
