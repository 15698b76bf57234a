"""How a clue is looked into: verified, filed as a case, found to be nothing, or handed on to who is competent.

Basis: 交通运输行政执法程序规定 第六十二条. The case that is filed says so here by itself (`Case.when_filed`).
"""

from tonggui.ledgers.enforcement.hands import OFFICERS
from tonggui.register.declare import Move, State, Workflow


class ClueFlow(Workflow):
    to_verify = State("待核查", start=True, confirmed=True, due="file_by")
    proven = State("属实待立案", confirmed=True, due="file_by")
    turned = State("已转立案", confirmed=True, final=True)
    unfounded = State("查无实据", confirmed=True, final=True, tone="void")
    handed_on = State("已转交其他部门", confirmed=True, final=True)
    void = State("作废", final=True, tone="void")

    prove = Move(to_verify >> proven, "核查属实", by=OFFICERS, takes=("verification", "plate"), needs=("verification",))
    disprove = Move(
        to_verify >> unfounded,
        "查无实据",
        by=OFFICERS,
        takes=("verification", "reporter_answered_on"),
        needs=("verification",),
    )
    turn = Move(proven >> turned, "转立案", by=(*OFFICERS, "director"), takes=("reporter_answered_on",))
    hand_on = Move(
        (to_verify | proven) >> handed_on,
        "转交其他部门",
        by=OFFICERS,
        takes=("receiver", "reporter_answered_on"),
        needs=("receiver",),
    )
    cancel = Move(to_verify >> void, "作废", by="director", comment=True)
