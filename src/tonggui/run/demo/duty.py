"""A half-year of duty in the demo county: rosters, calls, warnings and a response to one."""

from datetime import date, datetime, time, timedelta

from tonggui.base.clock import CHINA
from tonggui.ledgers.duty.call import Call, CallKind
from tonggui.ledgers.duty.mode import Level, Mode, ModeKind
from tonggui.ledgers.duty.plan import Plan
from tonggui.ledgers.duty.response import Response
from tonggui.ledgers.duty.shift import Shift, ShiftKind
from tonggui.ledgers.duty.warning import Colour, Receiver, Warning, WarningKind
from tonggui.ledgers.overload.point import WeighingPoint
from tonggui.ledgers.parties.person import Person
from tonggui.ledgers.parties.unit import Unit
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.emergency import make_drills, make_incidents, make_plans, make_teams_and_supplies
from tonggui.run.demo.names import TOWNS, person

ARCHIVE = Actor.system("建立演示档案")
CALLS = [
    (CallKind.IN, "群众反映县道X001 K12处落石，占用半幅路面"),
    (CallKind.IN, "镇政府询问渡口恢复渡运时间"),
    (CallKind.REPORT, "报送节假日客流和车辆投放情况"),
    (CallKind.REPORT, "报送防汛值守和巡查情况"),
    (CallKind.DOCUMENT, "转来县防汛办关于加强值守的通知"),
]


def make_duty(diary: Diary, units: dict[str, Unit], today: date) -> None:
    """All of it, in the order in which one thing needs another."""
    bureau, founded = units["安全应急股"], diary.start - timedelta(days=200)
    staff = [
        diary.write(Person(name=person(diary.random), post=post, unit=bureau), ARCHIVE, founded)
        for post in ("局长", "副局长", "副局长", "股长", "科员", "科员", "科员", "站长", "驾驶员", "保管员")
    ]
    flood = make_plans(diary, bureau)
    make_teams_and_supplies(diary, staff, bureau, founded)
    _make_modes(diary)
    _make_shifts(diary, staff, bureau, today)
    _make_calls(diary, bureau)
    _make_warnings(diary, flood, staff)
    make_drills(diary, flood, staff, bureau)
    make_incidents(diary)


def _at(day: date, diary: Diary) -> datetime:
    return datetime.combine(day, time(diary.count(7, 20), diary.count(0, 59)), CHINA)


def _make_modes(diary: Diary) -> None:
    officer, director = diary.who("duty_officer"), diary.who("director")
    year = diary.start.year
    for kind, name, begins, ends in (
        (ModeKind.SPRING, f"{year}年春运（示例）", date(year, 1, 14), date(year, 2, 22)),
        (ModeKind.FLOOD, f"示例县{year}年汛期", date(year, 4, 1), date(year, 9, 30)),
    ):
        if begins > diary.end:
            continue
        mode = Mode(
            name=name, kind=kind, begins_on=begins, ends_on=ends, basis=f"示防汛〔{year}〕3号", least_staff=2,
            gauge_hours=8 if kind == ModeKind.FLOOD else None, response_level=Level.IV,
        )  # fmt: skip
        mode = diary.take(diary.write(mode, officer, begins), "start", officer, begins)
        if ends <= diary.end:
            diary.take(mode, "finish", director, ends)


def _make_roster(diary: Diary, staff: list[Person], bureau: Unit, until: date) -> None:
    """The days of the half-year before those told one by one: kept and handed over, but for one in spring."""
    days = [diary.start + timedelta(days=n) for n in range((until - diary.start).days)]
    shifts = [
        Shift(
            duty_on=day, kind=ShiftKind.FULL, post="局值班室", leader=staff[n % 3], officer=staff[3 + n % 4],
            second=staff[3 + (n + 2) % 4], driver=staff[8], phone="0512-12345678", unit=bureau, hours=24, people=4,
            covers_day=True, items="无", state="done",
        )
        for n, day in enumerate(days) if n != 71
    ]  # fmt: skip
    diary.write_all(Shift, shifts, diary.who("duty_officer"), until)


def _make_shifts(diary: Diary, staff: list[Person], bureau: Unit, today: date) -> None:
    """Eighteen days handed over from one to the next, one of them missed, and the roster of the coming week."""
    first, second, director = diary.who("duty_officer"), diary.who("clerk"), diary.who("director")
    point = WeighingPoint.objects.visible_to(ARCHIVE).first()
    past = [diary.end - timedelta(days=n) for n in range(17, -1, -1)]
    _make_roster(diary, staff, bureau, past[0])
    for number, day in enumerate(past + [today + timedelta(days=n) for n in range(7)]):
        shift = Shift(
            duty_on=day, kind=ShiftKind.FULL, post="局值班室", leader=staff[number % 3], officer=staff[3 + number % 4],
            second=staff[3 + (number + 2) % 4], driver=staff[8], phone="0512-12345678", unit=bureau,
        )  # fmt: skip
        if number % 8 == 3 and point:
            shift.post, shift.point = f"{point.name}值守点"[:60], point
        shift = diary.write(shift, first, min(day, today))
        if day > diary.end:
            continue
        if number == 11:
            diary.take(shift, "miss", director, after(day, 1), "当日无人到岗，已补派人员")
            continue
        shift = diary.take(shift, "begin", first, datetime.combine(day, time(8, 2), CHINA))
        morning = datetime.combine(after(day, 1), time(7, 50), CHINA)
        items = diary.one_of(["无", "继续关注江口水位", "Y014落石已派员清理，请跟踪"])
        shift = diary.take(shift, "hand_over", first, morning, items=items)
        successor = staff[3 + (number + 1) % 4].number
        diary.take(shift, "take_over", second, morning + timedelta(minutes=15), successor=successor)


def _make_calls(diary: Diary, bureau: Unit) -> None:
    officer = diary.who("duty_officer")
    for day in diary.days(16):
        kind, content = diary.one_of(CALLS)
        at = _at(day, diary)
        call = Call(
            kind=kind, called_at=at, counterpart=f"{diary.one_of(TOWNS)}人民政府（示例）", content=content, unit=bureau,
            counterpart_name=person(diary.random), due_on=after(day, 3),
        )  # fmt: skip
        call = diary.write(call, officer, at)
        if diary.chance(0.9):
            diary.take(call, "finish", officer, at + timedelta(hours=diary.count(1, 20)), action="已派员核实处理并回复")


def _make_warnings(diary: Diary, flood: Plan, staff: list[Person]) -> None:
    """Warnings passed on and lifted; the gravest in the season of the plan led to a response."""
    officer = diary.who("duty_officer")
    for number, day in enumerate(diary.days(10)):
        at = _at(day, diary)
        grave = number == 8
        warning = Warning(
            kind=WarningKind.RAIN if grave else diary.one_of([WarningKind.RAIN, WarningKind.FOG, WarningKind.WIND]),
            colour=Colour.ORANGE if grave else diary.one_of([Colour.BLUE, Colour.YELLOW]), issuer="示例县气象台",
            content="未来六小时全县有强降雨，请注意防范" if grave else "请有关单位注意防范", received_at=at,
            unit=flood.unit,
        )  # fmt: skip
        warning = diary.write(warning, officer, at)
        passed = at + timedelta(minutes=diary.count(5, 42))
        to = [Receiver.TOWNS, Receiver.FERRIES, Receiver.SITES]
        warning = diary.take(warning, "forward", officer, passed, receivers=to, passed_at=passed.isoformat(), told="24")
        warning = diary.take(warning, "acknowledge", officer, passed + timedelta(minutes=30), confirmed="24")
        over = at + timedelta(hours=diary.count(4, 20))
        if grave:
            _respond(diary, warning, flood, staff, at, over)
        diary.take(
            warning, "lift", officer, over, lifted_at=over.isoformat(), measures_taken="渡口停航，巡查临水临崖路段"
        )


def _respond(diary: Diary, warning: Warning, plan: Plan, staff: list[Person], at: datetime, over: datetime) -> None:
    officer, director = diary.who("duty_officer"), diary.who("director")
    response = Response(
        plan=plan, response_level=Level.III, reason=warning.content, warning=warning, commander=staff[1]
    )
    response = diary.take(diary.write(response, officer, at), "start", director, at + timedelta(minutes=20))
    for step in response.steps().order_by("order"):
        done = step.due_at + timedelta(minutes=diary.count(-8, 12))
        diary.take(step, "tick", officer, done, done_by=step.who, outcome="已完成")
    response = diary.take(response, "adjust", director, over, "降雨减弱", response_level=Level.IV)
    diary.take(response, "finish", director, over, summary="停航5处渡口，转移船舶12艘，无人员伤亡", people="68")
