"""How a bus line is changed: drawn up, put to the public, change_decided, announced, carried out, looked at again.

Basis: 城市公共交通条例 第二十二条 (no change on the operator's own; announced before, reported, emergencies excepted),
第二十三条 (more trips and longer hours in a crowd), 第二十七条 (stopping needs consent). The line itself changes only
here, on the day of carrying out.
"""

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.register.declare import Move, State, Workflow
from tonggui.statutes.passenger import CHANGE_NOTICE_DAYS

if TYPE_CHECKING:
    from tonggui.ledgers.transit.line_change import LineChange

#: What a change may set on its line: field of the line → field of the change. `old_…` keeps what it was before.
CHANGED = {
    "line_km": "new_km",
    "stops": "new_stops",
    "headway": "new_headway",
    "first_bus": "new_first",
    "last_bus": "new_last",
    "daily_trips": "new_trips",
    "vehicles": "new_vehicles",
}
#: What each kind of change must say before it is change_decided.
NEEDED = {
    "add": ("changed_name", "enterprise", "start_place", "end_place", *CHANGED.values()),
    "convert": ("coach_line", "changed_name", "enterprise", "start_place", "end_place", *CHANGED.values()),
    "optimise": ("line", "new_km", "new_stops"),
    "densify": ("line", "new_headway"),
    "extend": ("line", "new_last"),
    "rename": ("line", "changed_name"),
    "suspend": (),
    "resume": (),
    "withdraw": ("line",),
}


def needed_to_decide(change: "LineChange") -> tuple[str, ...]:
    return ("reason", *NEEDED[change.action])


def why_not_decide(change: "LineChange") -> str:
    """The public had its days, and the change does what its word says."""
    if change.consult_until and change.consult_until >= clock.today() and not change.urgent_change:
        return f"征求意见至 {change.consult_until}，期满后再作决定。"
    line = change.line
    if change.action == "densify" and change.new_headway >= line.headway:
        return f"加密后的发车间隔应小于现行 {line.headway} 分钟。"
    if change.action == "extend" and not _longer(change):
        return f"延时后的服务时间应长于现行 {line.first_bus} 至 {line.last_bus}。"
    if change.action == "rename" and change.changed_name == line.name:
        return "更名后的名称与现行名称相同。"
    return ""


def _longer(change: "LineChange") -> bool:
    """Whether the hours grow at one end and shrink at none."""
    from tonggui.ledgers.transit.bus_line import minutes

    last = minutes(change, "new_last") - minutes(change.line, "last_bus")
    first = minutes(change.line, "first_bus") - minutes(change, "new_first") if change.new_first else 0
    return min(last, first) >= 0 and last + first > 0


def why_not_announce(change: "LineChange") -> str:
    """The notice hangs out early enough before the change, unless it is an emergency."""
    least = CHANGE_NOTICE_DAYS.on(change.announced_on)
    if not change.urgent_change and change.announced_on + timedelta(days=least) > change.effective_on:
        return f"{change.effective_on} 实施的调整应至少提前 {least} 日公告。"
    return ""


def why_not_carry_out(change: "LineChange") -> str:
    if change.effective_on is None or change.effective_on > clock.today():
        return f"公告的实施日期是 {change.effective_on}，还没有到。"
    return ""


def carry_out(change: "LineChange", actor) -> None:
    """Make the line what the notice said: a new one, another name, other figures, or none at all."""
    from tonggui.ledgers.transit.bus_line import BusLine

    why, machine = f"线路调整 {change.number}", Actor.system("线路调整")
    values = {of: getattr(change, by) for of, by in CHANGED.items() if getattr(change, by) not in (None, "")}
    if change.action in ("add", "convert"):
        line = BusLine(
            name=change.changed_name, kind=change.line_kind, enterprise=change.enterprise, unit=change.unit,
            start_place=change.start_place, end_place=change.end_place, straight_km=None,
            launched_on=change.effective_on, former_line=change.coach_line, is_example=change.is_example, **values,
        )  # fmt: skip
        line.save()
        change.line = line
        change.save()
        if change.coach_line and change.coach_line.state in ("operating", "suspended"):
            change.coach_line.ledger.perform(change.coach_line, "convert", machine, why)
        return
    line = change.line or change.coach_line
    if move := {"suspend": "suspend", "resume": "resume", "withdraw": "withdraw_line"}.get(change.action):
        line.ledger.perform(line, move, machine, why)
        return
    if change.action == "rename":
        values["name"] = change.changed_name
    for name, value in values.items():
        setattr(line, name, Decimal(value) if name == "line_km" else value)
    line.save()


OFFICERS = ("transport_officer", "director")


class ChangeFlow(Workflow):
    drawing_up = State("拟订", start=True)
    asking = State("征求意见中", due="consult_until")
    change_decided = State("已决定", tone="todo")
    announced = State("已公告", due="effective_on")
    in_effect = State("已实施", confirmed=True, tone="done", due="evaluate_by")
    reviewed_line = State("已评估", final=True, confirmed=True)
    dropped = State("取消", final=True, tone="void")

    ask_public = Move(drawing_up >> asking, "公开征求意见", by="transport_officer", sets={"opinion_from": clock.today})
    decide_change = Move(
        (drawing_up | asking) >> change_decided,
        "决定调整",
        by="director",
        needs=needed_to_decide,
        check=why_not_decide,
    )
    announce = Move(
        change_decided >> announced,
        "发布公告",
        by="transport_officer",
        takes=("announced_on", "effective_on"),
        needs=("announced_on", "effective_on"),
        check=why_not_announce,
    )
    carry = Move(
        announced >> in_effect,
        "实施调整",
        by="transport_officer",
        check=why_not_carry_out,
        then=carry_out,
        recall=False,
    )
    review_line = Move(
        in_effect >> reviewed_line,
        "调整后评估",
        by="transport_officer",
        takes=("riders_before", "riders_after", "review_note"),
        needs=("riders_before", "riders_after", "review_note"),
    )
    drop = Move((drawing_up | asking | change_decided | announced) >> dropped, "取消", by=OFFICERS, comment=True)
