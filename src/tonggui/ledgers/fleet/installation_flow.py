"""The fitting of a device: fitted by the firm, accepted or sent back by another person, or found not to be needed."""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.fleet.installation import Installation


def why_not_accept(task: "Installation") -> str:
    """The terminal is the vehicle's own, in use, and sees where the task asks for sight."""
    terminal = task.terminal
    if terminal is None:
        return "" if task.device_kind == "blind_spot" else "请先选定所装的车载终端。"
    if terminal.vehicle_id != task.vehicle_id:
        return f"终端 {terminal.phone} 登记在 {terminal.vehicle.plate}，不是本车。"
    if terminal.state != "in_use":
        return f"终端 {terminal.phone} 已停用。"
    if task.device_kind == "video" and not terminal.video:
        return f"终端 {terminal.phone} 没有登记为智能视频报警终端。"
    return ""


class InstallationFlow(Workflow):
    to_install = State("待安装", start=True, confirmed=True, due="install_by")
    fitted = State("已安装待验收", confirmed=True)
    device_accepted = State("装置已验收", final=True, confirmed=True)
    exempted = State("无需安装", final=True, confirmed=True, tone="void")

    fit = Move(
        to_install >> fitted,
        "登记安装",
        by=("enterprise", "clerk", "monitor"),
        takes=("installed_on", "installer", "terminal", "installed_photos"),
        needs=("installed_on", "installer"),
    )
    accept_device = Move(
        fitted >> device_accepted,
        "装置验收合格",
        by=("monitor", "safety_officer"),
        takes=("terminal", "accepted_by"),
        sets={"device_accepted_on": clock.today},
        check=why_not_accept,
        not_same_as="fit",
    )
    refuse_device = Move(
        fitted >> to_install,
        "装置验收不合格",
        by=("monitor", "safety_officer"),
        comment=True,
        sets={"installed_on": None},
    )
    exempt = Move(
        to_install >> exempted,
        "认定无需安装",
        by="safety_officer",
        takes=("exempt_because",),
        needs=("exempt_because",),
    )
