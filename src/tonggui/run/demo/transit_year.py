"""What changes on the demo county's bus lines in a half-year, and the money of its rural lines."""

from datetime import date
from typing import Any

from tonggui.law.deadlines import add_months
from tonggui.ledgers.parties.enterprise import Enterprise
from tonggui.ledgers.passenger.coach_line import CoachLine
from tonggui.ledgers.transit.bus_line import BusLine, LineKind
from tonggui.ledgers.transit.conversion import Conversion
from tonggui.ledgers.transit.line_change import Action, LineChange
from tonggui.ledgers.transit.route_finance import RouteFinance
from tonggui.ledgers.transit.subsidy import Fund, Subsidy
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.transit_fleet import buy_back, seen

NEW_MICRO = {
    "changed_name": "微3路（示例）", "line_kind": LineKind.MICRO, "start_place": "东门社区", "end_place": "城东菜市场",
    "new_km": "5.1", "new_stops": 12, "new_headway": 15, "new_first": "06:50", "new_last": "19:00", "new_trips": 44,
    "new_vehicles": 3, "people_better": 8_600, "cost_change": 310_000,
}  # fmt: skip
NEW_CROSS = {
    "changed_name": "跨市201路（示例）", "line_kind": LineKind.CROSS_CITY, "start_place": "客运中心",
    "end_place": "邻市示例站", "new_km": "46.8", "new_stops": 22, "new_headway": 60, "new_first": "06:30",
    "new_last": "18:30", "new_trips": 14, "new_vehicles": 4, "people_better": 26_000, "cost_change": 520_000,
}  # fmt: skip
# Action, place of the line, first day after the start, how far it goes, reason, what becomes.
CHANGES: list[tuple[Action, int | None, int, str, str, dict[str, Any]]] = [
    (Action.ADD, None, 6, "reviewed", "社区居民出行不便，街道联名反映", NEW_MICRO),
    (Action.DENSIFY, 0, 15, "reviewed", "早高峰满载率过九成", {"new_headway": 8, "new_trips": 108, "new_vehicles": 12}),
    (Action.RENAME, 5, 28, "carried", "与邻县线路重名", {"changed_name": "社区2路（示例）"}),
    (Action.EXTEND, 2, 44, "carried", "职业学校晚自习后学生返家", {"new_last": "21:30", "new_trips": 66}),
    (Action.ADD, None, 60, "carried", "邻市通勤客流增加，两地协商开行", NEW_CROSS),
    (Action.OPTIMISE, 1, 84, "carried", "取消迂回路段，缩短运行时间", {"new_km": "9.8", "new_stops": 21}),
    (Action.SUSPEND, 6, 112, "carried", "道路改造封闭施工，暂停运行", {"people_worse": 2_300, "urgent_change": True}),
    (Action.DENSIFY, 3, 168, "announced", "假期返乡客流增加", {"new_headway": 20, "new_trips": 36, "new_vehicles": 6}),
    (Action.WITHDRAW, 6, 172, "asking", "改造后由微循环线路覆盖", {"people_worse": 1_900}),
]  # fmt: skip
# Rural line by line: share of trips run, passengers a trip, yuan of fare a passenger, cost of its own in yuan a km.
ROUTES = [(0.98, 24, "5.2", 4.0), (0.95, 11, "4.4", 4.4), (0.88, 4, "4.0", 5.2)]


def make_changes(diary: Diary, lines: list[BusLine], firm: Enterprise) -> None:
    """Changes of the network, the earliest looked at again, the latest still before the public."""
    for action, place, first, fate, reason, values in CHANGES:
        line = seen(BusLine, pk=lines[place].pk)[0] if place is not None else None
        change = LineChange(
            action=action, line=line, enterprise=firm, drawn_up_on=after(diary.start, first),
            reason=f"{reason}（示例）", opinions=diary.count(2, 40), **values,
        )  # fmt: skip
        change = run_change(diary, change, fate)
        if fate == "reviewed":
            before = 0 if line is None else diary.count(2_200, 2_900)
            riders = {"riders_before": before, "riders_after": before + diary.count(300, 700)}
            note = "客流达到预期，准点率良好，保持现行班次"
            officer = diary.who("transport_officer")
            diary.take(change, "review_line", officer, after(change.effective_on, 92), **riders, review_note=note)


def run_change(diary: Diary, change: LineChange, fate: str) -> LineChange:
    """A change through its procedure as far as `fate` says; an urgent one without opinions and notice before."""
    officer, director = diary.who("transport_officer"), diary.who("director")
    day, pause = change.drawn_up_on, 1 if change.urgent_change else 10
    change = diary.write(change, officer, day)
    if not change.urgent_change:
        change = diary.take(change, "ask_public", officer, after(day, 1))
    if fate == "asking":
        return change
    change = diary.take(change, "decide_change", director, after(day, pause))
    told = after(day, pause + 1)
    begins = after(told, pause)
    change = diary.take(
        change, "announce", officer, told, announced_on=told.isoformat(), effective_on=begins.isoformat()
    )
    return change if fate == "announced" else diary.take(change, "carry", officer, begins)


def convert_line(diary: Diary, coach_line: CoachLine, firm: Enterprise) -> None:
    """The rural line that lost most becomes a bus line: coaches bought back, crews taken on, then the buses run."""
    officer, begun = diary.who("transport_officer"), after(diary.start, 68)
    row = Conversion(
        coach_line=coach_line, enterprise=firm, converted_from=begun, finish_by=after(diary.start, 150), owners=2,
        coaches_due=2, budget=240_000, staff_to_settle=4,
    )  # fmt: skip
    row = diary.write(row, officer, begun)
    valued = "由双方认可的评估机构按成新率评估，公示后签约（示例）"
    row = diary.take(row, "value_fleet", officer, after(begun, 8), valuation=valued)
    row = diary.take(row, "buy_back", officer, after(begun, 18), agreed_owners=2)
    buy_back(diary, row, after(begun, 20))
    row = diary.take(row, "settle_staff", officer, after(begun, 26))
    change = LineChange(
        action=Action.CONVERT, coach_line=coach_line, changed_name="103路（示例）", line_kind=LineKind.RURAL,
        enterprise=firm, drawn_up_on=after(begun, 27), reason="班线连续亏损，改为公交保障沿线村出行（示例）",
        start_place="客运中心", end_place=coach_line.end_place, new_km=coach_line.line_km, new_stops=38,
        new_headway=90, new_first="06:30", new_last="17:30", new_trips=8, new_vehicles=3, people_better=9_400,
        cost_change=265_000,
    )  # fmt: skip
    runs = run_change(diary, change, "carried").effective_on
    diary.take(row, "run_bus", officer, runs, staff_settled=3, staff_left=1, running_on=runs.isoformat())


def make_months(diary: Diary, coach_lines: list[CoachLine], as_of: date) -> None:
    """Each rural line month by month, the last one until it became a bus; the newest month waits for its check."""
    for place, line in enumerate(coach_lines):
        share, load, fare, cost = ROUTES[place]
        for number in range(4 if line is coach_lines[-1] else 6):
            month, day = add_months(diary.start, number), after(add_months(diary.start, number + 1), 6 + place)
            if day > as_of:
                break
            agreed = 30 * line.daily_trips
            trips = int(agreed * share * diary.between(0.97, 1.0))
            km, riders = round(float(line.line_km) * trips, 1), int(trips * load * diary.between(0.85, 1.1))
            whole = km * cost
            row = RouteFinance(
                month=month, coach_line=line, trips_agreed=agreed, trips_run=trips, km_run=km, riders=riders,
                free_riders=riders // 9, fares=round(riders * float(fare)), other_income=diary.count(4, 20) * 100,
                driver_cost=round(whole * 0.42), energy_cost=round(whole * 0.24), repair_cost=round(whole * 0.08),
                insurance_cost=round(whole * 0.08), depreciation=round(whole * 0.14), other_cost=round(whole * 0.04),
                quality_score=[94, 91, 84][place], loss_reason="客流少、单向空驶" if place else "",
            )  # fmt: skip
            row = diary.write(row, diary.who("transport_officer"), day)
            if number < 5:
                diary.confirm(row, "transport_officer", "director", after(day, 2))


def make_subsidies(diary: Diary, paid: Enterprise, shown: Enterprise) -> None:
    """The first quarter's subsidy of one carrier is paid late, of another shown; the second is only reckoned."""
    officer, director = diary.who("transport_officer"), diary.who("director")
    first, reckoned = diary.start, after(add_months(diary.start, 3), 14)
    for firm in (paid, shown):
        row = Subsidy(
            batch_name=f"{first.year}年{first.month}月起农村客运补贴（示例）", enterprise=firm, fund=Fund.COUNTY,
            from_month=first, to_month=add_months(first, 2), reckoned_on=reckoned, evaluated=True, audited=True,
        )  # fmt: skip
        row = diary.write(row, officer, reckoned)
        begins, ends = after(reckoned, 3), after(reckoned, 10)
        days = {"displayed_on": begins.isoformat(), "display_until": ends.isoformat()}
        basis = "年度成本审计报告和服务质量评价结果"
        row = diary.take(row, "display_subsidy", officer, begins, granted=row.owed, grant_basis=basis, **days)
        if firm is paid:
            row = diary.take(row, "agree_subsidy", director, after(ends, 1), pay_subsidy_by=after(ends, 20).isoformat())
            sent = after(ends, 27)
            given = {"amount": row.granted, "paid_on": sent.isoformat(), "voucher": "示支0001号"}
            diary.take(row, "pay_out", officer, sent, **given)
    later = after(diary.end, -4)
    second = Subsidy(
        batch_name=f"{first.year}年{add_months(first, 3).month}月起农村客运补贴（示例）", enterprise=paid,
        fund=Fund.COUNTY, from_month=add_months(first, 3), to_month=add_months(first, 5), reckoned_on=later,
    )  # fmt: skip
    diary.write(second, officer, later)
