"""A half-year of epidemic control in the demo county: listed people, tests, checkpoints and cross-border trucks."""

from datetime import datetime, time, timedelta
from decimal import Decimal

from tonggui.base.clock import CHINA
from tonggui.base.geo import Point
from tonggui.ledgers.fleet.vehicle import Vehicle
from tonggui.ledgers.health.anomaly import Anomaly, StrayCause
from tonggui.ledgers.health.borderpoint import BorderKind, BorderPoint
from tonggui.ledgers.health.checkpoint import Checkpoint, PointKind
from tonggui.ledgers.health.passage import Passage
from tonggui.ledgers.health.screening import Screening, TestResult
from tonggui.ledgers.health.tally import Tally
from tonggui.ledgers.health.worker import Exposure, NotBecause, Worker
from tonggui.ledgers.parties.person import Person
from tonggui.ledgers.parties.unit import Unit
from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.kinds import Files
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import plate
from tonggui.run.demo.picture import ExamplePicture

ARCHIVE = Actor.system("建立演示档案")
CENTRE = "道路运输事务中心"


def make_health(diary: Diary, units: dict[str, Unit]) -> None:
    """All of it, in the order in which one thing needs another."""
    staff = list(Person.objects.visible_to(ARCHIVE).order_by("pk")[:30])
    points = _make_border_points(diary, units[CENTRE], staff)
    _make_workers(diary, units[CENTRE], staff, points)
    _make_tallies(diary, units[CENTRE])
    _make_passages(diary, _make_checkpoints(diary, units[CENTRE], staff))
    _make_anomalies(diary, points)


def _make_border_points(diary: Diary, centre: Unit, staff: list[Person]) -> list[BorderPoint]:
    officer = diary.who("transport_officer")
    made = []
    for number, name in enumerate(("示例物流园", "示例保税仓", "示例东岭停车场", "示例江城货场")):
        west, south = 121.40 + number * 0.03, 31.20 + number * 0.01
        ring = [[west, south], [west + 0.01, south], [west + 0.01, south + 0.01], [west, south + 0.01], [west, south]]
        point = BorderPoint(
            name=f"{name}跨境作业点", kind=BorderKind.PARKING if number == 2 else BorderKind.LOADING, unit=centre,
            approved_from=after(diary.start, -30), truck_slots=4 + number, loop_head=staff[number],
            polygon={"type": "Polygon", "coordinates": [ring]},
        )  # fmt: skip
        point = diary.write(point, officer, after(diary.start, -30))
        day = after(diary.end, -number)
        values = {"supervised_on": day.isoformat(), "supervision_note": "消杀、登记和隔离区设置符合要求"}
        point = diary.take(point, "supervise", officer, day, **values)
        if number == 3:
            diary.take(point, "reduce", officer, after(diary.end, -1), "业务量小，并入示例物流园")
        made.append(point)
    return made


def _make_workers(diary: Diary, centre: Unit, staff: list[Person], points: list[BorderPoint]) -> None:
    """Most are vaccinated, a few may not or not yet be; those at the border are tested every other day."""
    clerk = diary.who("clerk")
    for number, person in enumerate(staff[:24]):
        post = Exposure.BORDER if number < 6 else list(Exposure)[1 + number % 3]
        worker = Worker(
            person=person, unit=centre, employee_no=f"示{number + 1:04}", post_risk=post,
            on_post_from=after(diary.end, -40), border_point=points[number % 3] if number < 6 else None,
        )  # fmt: skip
        worker = diary.write(worker, clerk, after(diary.end, -40))
        day = after(diary.end, -38)
        if number == 9:
            proof = {"medical_proof": [keep(ExamplePicture(), Worker.ledger, clerk, Files.types).pk]}
            diary.take(worker, "rule_out", clerk, day, not_vaccinated_because=NotBecause.ALLERGY, **proof)
        elif number in (10, 11):
            until = after(diary.end, 40).isoformat()
            reason = NotBecause.PREGNANT if number == 10 else NotBecause.RECOVERED
            diary.take(worker, "put_off_dose", clerk, day, not_vaccinated_because=reason, put_off_until=until)
        elif number == 12:
            diary.take(worker, "note_refusal", clerk, day, not_vaccinated_because=NotBecause.UNWILLING)
        elif number != 13:
            dose = {"doses": str(diary.count(1, 3)), "last_dose_on": after(day, -90).isoformat()}
            worker = diary.take(worker, "vaccinate", clerk, day, **dose)
        if number < 4:
            _test_on(diary, worker, clerk)


def _test_on(diary: Diary, worker: Worker, clerk: Actor) -> None:
    """Six tests in a row; each opens the next, and now and then one is a day late."""
    day = after(diary.end, -14)
    diary.write(Screening(worker=worker, unit=worker.unit, test_by=day), clerk, after(day, -1))
    for _ in range(6):
        test = Screening.objects.visible_to(ARCHIVE).get(worker=worker, state="to_sample")
        sampled = after(test.test_by, 1 if diary.chance(0.15) else 0)
        test = diary.take(test, "sample", clerk, sampled, sampled_on=sampled.isoformat(), sampled_where="示例县医院")
        diary.take(test, "enter_result", clerk, after(sampled, 1), test_result=TestResult.NEGATIVE)


def _make_tallies(diary: Diary, centre: Unit) -> None:
    for number in range(10):
        day = after(diary.end, -7 * (10 - number))
        scope, done = 42, 30 + number
        tally = Tally(
            counted_on=day, counted_unit=centre, unit=centre, scope_people=scope, vaccinated_people=done,
            two_dose_people=done - 4, contraindicated_people=1, put_off_people=1, refusing_people=0,
            waiting_people=scope - done - 2,
        )  # fmt: skip
        diary.confirm(diary.write(tally, diary.who("clerk"), day), "clerk", "director", after(day, 1))


def _make_checkpoints(diary: Diary, centre: Unit, staff: list[Person]) -> list[Checkpoint]:
    made = []
    for number, (name, kind) in enumerate(
        (("高速城东出口", PointKind.CROSSING), ("县汽车客运站", PointKind.STATION), ("江口渡口", PointKind.QUAY))
    ):
        point = Checkpoint(
            name=f"示例{name}检查点", kind=kind, unit=centre, set_up_on=diary.start, guard_hours="24小时",
            a_shift=4, jointly_with=",police,health,", point_head=staff[number], set_by_order="示防控办〔2026〕3号",
            place=Point(121.46 + number * 0.02, 31.21 + number * 0.01),
        )  # fmt: skip
        made.append(diary.write(point, diary.who("clerk"), diary.start))
    return made


def _make_passages(diary: Diary, points: list[Checkpoint]) -> None:
    """Every fourth vehicle shows up at a second point within hours and is waved on."""
    guard = diary.who("duty_officer")
    for number in range(24):
        at = datetime.combine(after(diary.end, -20 + number % 20), time(7 + number % 12, diary.count(0, 59)), CHINA)
        first = _passage(diary, guard, points[number % 3], at, number)
        if number == 11:
            first = first.ledger.change(first, ARCHIVE, {"temperature": "38.2", "sent_on_to": "示例县医院"}, why="复测")
            diary.take(first, "keep_for_observation", guard, at + timedelta(minutes=3))
            continue
        if number == 17:
            diary.take(first, "turn_back", guard, at + timedelta(minutes=3), "无法说明来源地")
            continue
        diary.take(first, "let_go", guard, at + timedelta(minutes=3))
        if number % 4 == 0:
            again = at + timedelta(hours=2)
            second = _passage(diary, guard, points[(number + 1) % 3], again, number)
            diary.take(second, "recognise", guard, again + timedelta(minutes=1))


def _passage(diary: Diary, guard: Actor, point: Checkpoint, at: datetime, number: int) -> Passage:
    passage = Passage(
        checkpoint=point, unit=point.unit, came_at=at, plate=plate(9_000 + number), persons=diary.count(1, 5),
        travellers="示例旅客等", phone=f"1390000{number:04}",
        came_from=diary.one_of(["示例市", "邻示县", "外省示例地区"]),
        temperature=Decimal(diary.count(360, 369)) / 10,
    )  # fmt: skip
    return diary.write(passage, guard, at)


def _make_anomalies(diary: Diary, points: list[BorderPoint]) -> None:
    monitor, officer = diary.who("monitor"), diary.who("transport_officer")
    trucks = list(Vehicle.objects.visible_to(ARCHIVE).order_by("pk")[:6])
    for number, day in enumerate(diary.days(11)):
        at = datetime.combine(day, time(diary.count(6, 21), diary.count(0, 59)), CHINA)
        minutes = 6 if number == 3 else diary.count(12, 95)
        anomaly = Anomaly(
            vehicle=trucks[number % len(trucks)], border_point=points[number % 3], unit=points[0].unit, strayed_at=at,
            came_back_at=at + timedelta(minutes=minutes), minutes_outside=minutes,
            stray_cause=list(StrayCause)[number % 6], stray_facts="电话联系驾驶员并调看轨迹和视频核实",
            told_above="示例市跨境货运专班", loop_measures="车辆返回作业点，人员检测阴性",
        )  # fmt: skip
        anomaly = diary.write(anomaly, monitor, at)
        found = at + timedelta(minutes=diary.count(15, 55))
        if minutes == 6:
            diary.take(anomaly, "dismiss", monitor, found, "未超过离点时限")
        elif number < 10:
            anomaly = diary.take(anomaly, "confirm_stray", monitor, found)
            anomaly = diary.take(anomaly, "tell_above", monitor, found + timedelta(minutes=diary.count(5, 70)))
            if number % 3:
                diary.take(anomaly, "close_loop", officer, found + timedelta(hours=4))
