"""The gates themselves: what keeps one shut, read from the files and from what the officer saw, and how it opens."""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.ledgers.fleet.gate_kinds import GateKind, TechnicalGrade
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.fleet.gate import Gate

LOOKERS = ("transport_officer", "safety_officer", "clerk")


NO_TURNING_BACK = "许可、审验和资格以有效证件为准，不得以承诺代替。"


def obstacles(gate: "Gate") -> list[str]:
    """What keeps this gate shut on its day: papers that are missing or have ended, and what the officer saw."""
    day, found = gate.gate_on, []
    if gate.kind == GateKind.FIRM:
        until = gate.enterprise.licence_until
        if not gate.enterprise.licence:
            found.append("没有经营许可证号")
        if until and until < day:
            found.append(f"经营许可已于 {until} 到期")
        if not gate.enterprise.safety_manager:
            found.append("没有登记安全管理人员")
    if gate.kind == GateKind.VEHICLE and gate.vehicle:
        until = gate.vehicle.permit_until
        if not gate.vehicle.permit:
            found.append("没有道路运输证")
        if until and until < day:
            found.append(f"车辆审验已于 {until} 到期")
        if gate.technical_grade == TechnicalGrade.BELOW:
            found.append("技术等级未达二级")
        if not gate.device_working and gate.vehicle.must_report:
            found.append("卫星定位装置不能正常使用")
    if gate.kind == GateKind.DRIVER and gate.driver:
        if gate.driver.valid_until < day:
            found.append(f"从业资格证已于 {gate.driver.valid_until} 到期")
        if gate.driver.state == "ended":
            found.append("该从业人员已停用")
    return [*found, *([gate.seen] if gate.seen else [])]


def why_not_open(gate: "Gate") -> str:
    """A gate opens when nothing keeps it shut."""
    found = obstacles(gate)
    return f"未过关：{'；'.join(found)}。{NO_TURNING_BACK}" if found else ""


class GateFlow(Workflow):
    pending = State("待核关", start=True)
    passed_gate = State("已过关", final=True, confirmed=True)
    blocked = State("未过关", confirmed=True, tone="todo")
    void = State("作废", final=True, tone="void")

    pass_gate = Move(
        (pending | blocked) >> passed_gate,
        "准予过关",
        by=LOOKERS,
        takes=("put_right",),
        sets={"opened_gate_on": clock.today},
        check=why_not_open,
    )
    block = Move(
        pending >> blocked,
        "不予过关",
        by=LOOKERS,
        takes=("seen",),
        check=lambda gate: "" if obstacles(gate) else "没有未过关的事项，应准予过关。",
    )
    gate_again = Move(
        blocked >> pending,
        "整改后重新核关",
        by=LOOKERS,
        takes=("put_right", "gate_on", "technical_grade", "device_working"),
        needs=("put_right", "gate_on"),
        sets={"seen": ""},
    )
    cancel = Move(pending >> void, "作废", by=LOOKERS, comment=True)
