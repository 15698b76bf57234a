"""The demo county's gates and devices: installation tasks, violations of drivers, entry gates, changes of firms."""

from datetime import date

from tonggui.ledgers.fleet.alarm import Alarm
from tonggui.ledgers.fleet.driver import Driver
from tonggui.ledgers.fleet.gate import Gate, GateKind, TechnicalGrade
from tonggui.ledgers.fleet.installation import Device, Installation
from tonggui.ledgers.fleet.terminal import Terminal
from tonggui.ledgers.fleet.vehicle import Vehicle
from tonggui.ledgers.fleet.violation import Violation, ViolationKind
from tonggui.ledgers.parties.change import Change, ChangeKind
from tonggui.ledgers.parties.enterprise import Enterprise
from tonggui.run.demo.diary import Diary, after

KINDS = (
    ViolationKind.OVERSPEED,
    ViolationKind.OVERSPEED,
    ViolationKind.FATIGUE,
    ViolationKind.PHONE,
    ViolationKind.OVERCROWDED,
)


def make_gates(diary: Diary, as_of: date) -> None:
    """All of it; vehicles, drivers, terminals and firms of the county exist already."""
    manned = Driver._base_manager.filter(state="in_use").values("enterprise")
    fleet = Vehicle._base_manager.filter(must_report=True, state="operating", enterprise__in=manned)
    vehicles = list(fleet.select_related("enterprise", "unit").order_by("pk")[:30])
    make_installations(diary, vehicles)
    make_violations(diary, vehicles[:12], as_of)
    make_entries(diary, vehicles[:12])
    make_changes(diary)


def make_installations(diary: Diary, vehicles: list[Vehicle]) -> None:
    """A device for each of thirty vehicles by the end of the half-year: most accepted, some not yet."""
    clerk, monitor = diary.who("clerk"), diary.who("monitor")
    first = after(diary.start, 5)
    for n, vehicle in enumerate(vehicles):
        terminal = Terminal._base_manager.filter(vehicle=vehicle, state="in_use").first()
        device = Device.VIDEO if terminal and terminal.video else Device.POSITION
        task = Installation(
            vehicle=vehicle,
            device_kind=device,
            order_no="示交运〔2026〕2号（示例）",
            install_by=diary.end,
            unit=vehicle.unit,
        )
        task = diary.write(task, clerk, first)
        if n % 10 == 9 or terminal is None:
            continue
        day = diary.day()
        values = {"installed_on": f"{day}", "installer": "示例车载设备服务站", "terminal": terminal.phone}
        task = diary.take(task, "fit", clerk, day, **values)
        if n % 10 != 8:
            diary.take(task, "accept_device", monitor, after(day, 5))


def make_violations(diary: Diary, vehicles: list[Vehicle], as_of: date) -> None:
    """Thirty violations, a third of them of two drivers, the last three still open."""
    monitor, officer = diary.who("monitor"), diary.who("safety_officer")
    for n, day in enumerate(diary.days(30)):
        vehicle = vehicles[n % 2 if n % 3 == 0 else n % len(vehicles)]
        driver = Driver._base_manager.filter(enterprise=vehicle.enterprise).order_by("pk").first()
        alarm = Alarm._base_manager.filter(vehicle=vehicle, state="handled").first()
        row = Violation(
            vehicle=vehicle,
            driver=driver,
            alarm=alarm if alarm and alarm.raised_on == day else None,
            kind=KINDS[n % len(KINDS)],
            violated_on=day,
            detail="示例：平台抽查发现",
            unit=vehicle.unit,
        )
        row = diary.write(row, monitor, day)
        if n > 26 or driver is None:
            continue
        handled = min(after(day, diary.count(1, 5)), as_of)
        done = {
            "driver": driver.certificate,
            "steps": "批评教育、企业罚款",
            "firm_fine": "200",
            "handled_on": f"{handled}",
        }
        row = diary.take(row, "deal", monitor, handled, **done)
        trained = {"retrained_on": f"{handled}"} if row.must_retrain else {}
        diary.take(row, "look_over", officer, after(handled, 1), **trained)


def make_entries(diary: Diary, vehicles: list[Vehicle]) -> None:
    """The three gates looked at for a dozen vehicles, drivers and firms; what the files do not bear is blocked."""
    officer = diary.who("transport_officer")
    for n, vehicle in enumerate(vehicles):
        kind = (GateKind.FIRM, GateKind.VEHICLE, GateKind.DRIVER)[n % 3]
        driver = Driver._base_manager.filter(enterprise=vehicle.enterprise).order_by("-pk").first()
        if kind == GateKind.DRIVER and driver is None:
            kind = GateKind.FIRM
        day = diary.day()
        gate = Gate(
            kind=kind,
            enterprise=vehicle.enterprise,
            vehicle=vehicle if kind == GateKind.VEHICLE else None,
            driver=driver if kind == GateKind.DRIVER else None,
            gate_on=day,
            technical_grade=TechnicalGrade.FIRST if kind == GateKind.VEHICLE else "",
            seen="灭火器失效" if n % 5 == 4 else "",
            integrity="AA级",
            unit=vehicle.unit,
        )
        gate = diary.write(gate, officer, day)
        diary.take(gate, "pass_gate" if gate.not_passed == "无" else "block", officer, day)


def make_changes(diary: Diary) -> None:
    """Openings, new heads and addresses of firms, each confirmed; one waits."""
    clerk, officer = diary.who("clerk"), diary.who("transport_officer")
    kinds = (ChangeKind.OPENED, ChangeKind.HEAD, ChangeKind.ADDRESS, ChangeKind.OPENED)
    for n, firm in enumerate(Enterprise._base_manager.filter(state="in_use").order_by("-pk")[:12]):
        kind, day = kinds[n % 4], diary.day()
        change = Change(
            enterprise=firm, kind=kind, changed_on=day, approval_paper=f"示变字〔2026〕{n + 1}号", unit=firm.unit
        )
        change.new_head = "魏示例" if kind == ChangeKind.HEAD else ""
        change.new_address = "示例县工业大道 8 号" if kind == ChangeKind.ADDRESS else ""
        change = diary.write(change, clerk, day)
        if n != 11:
            diary.take(change, "settle_change", officer, after(day, 3))
