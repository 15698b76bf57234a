"""How a permit for an indivisible load is decided: accepted, granted or denied, on the road until it lapses.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令): only what cannot be divided may be permitted.
"""

from tonggui.register.declare import Move, State, Workflow


class PermitFlow(Workflow):
    accepted_application = State("审批中", start=True, due="permit_by")
    may_run = State("准予通行", confirmed=True, tone="done", due="runs_until")
    lapsed = State("许可到期", final=True, confirmed=True)
    withdrawn = State("许可已撤销", final=True, confirmed=True, tone="void")
    not_permitted = State("不予通行许可", final=True, tone="void", confirmed=True)

    let_run = Move(
        accepted_application >> may_run,
        "准予通行",
        by=("road_officer", "director"),
        takes=("decided_on", "valid_from", "runs_until", "trips", "works_days"),
        needs=("decided_on", "valid_from", "runs_until"),
        check=lambda permit: "" if permit.indivisible else "可解体物品不得办理超限运输许可。",
        numbers={"pass_no": "{bureau}超限〔{year}〕{seq:04}号"},
        recall=False,
    )
    deny_permit = Move(
        accepted_application >> not_permitted,
        "不予通行许可",
        by=("road_officer", "director"),
        takes=("decided_on",),
        needs=("decided_on",),
        comment=True,
    )
    lapse = Move(may_run >> lapsed, "到期归档", by=("road_officer", "overload_officer"))
    withdraw = Move(may_run >> withdrawn, "撤销许可", by="director", comment=True)
