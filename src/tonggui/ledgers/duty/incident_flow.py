"""How an incident runs: known, reported in time, followed up until its numbers stand, reported for the last time.

Basis: 生产安全事故报告和调查处理条例 第十一条 and 第十三条. The first report itself takes it on (`report_flow.py`).
"""

from tonggui.register.declare import Move, State, Workflow


class IncidentFlow(Workflow):
    received = State("待首报", start=True, confirmed=True)
    reported = State("续报中", confirmed=True, due="changes_by")
    closed = State("已终报", final=True, confirmed=True)
    void = State("误报撤销", final=True, tone="void")

    report = Move(received >> reported, "登记首报", by=("duty_officer", "director"), needs=("first_at",))
    close = Move(
        reported >> closed, "终报", by=("duty_officer", "director"), needs=("final_on", "liable"), takes=("liable",)
    )
    reopen = Move(closed >> reported, "重新续报", by="director", comment=True)
    cancel = Move(received >> void, "撤销误报", by="director", comment=True)
