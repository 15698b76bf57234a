"""What the demo county has against emergencies: plans, teams, supplies and drills; and what happened all the same."""

from datetime import date, datetime, time, timedelta

from tonggui.base.clock import CHINA
from tonggui.ledgers.duty.drill import Drill, DrillKind, Verdict
from tonggui.ledgers.duty.incident import Domain, Incident, IncidentKind
from tonggui.ledgers.duty.mode import Level
from tonggui.ledgers.duty.movement import MovementKind, SupplyMovement
from tonggui.ledgers.duty.plan import Hazard, Plan, PlanKind, Revision
from tonggui.ledgers.duty.report import Authority, IncidentReport, ReportKind
from tonggui.ledgers.duty.step import PlanStep
from tonggui.ledgers.duty.supply import Supply, SupplyKind
from tonggui.ledgers.duty.team import Team, TeamKind
from tonggui.ledgers.parties.person import Person
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.water.ferry import Ferry
from tonggui.register.actor import Actor
from tonggui.register.kinds import Choices
from tonggui.run.demo.diary import Diary, after

ARCHIVE = Actor.system("建立演示档案")
# Name, what it is against, number, months before the half-year at which it came out.
PLANS = [
    ("示例县交通运输综合应急预案", PlanKind.OVERALL, Hazard.ROAD, 14),
    ("示例县交通运输防汛防台应急预案", PlanKind.SPECIAL, Hazard.FLOOD, 30),
    ("道路危险货物运输事故应急预案", PlanKind.SPECIAL, Hazard.HAZMAT, 20),
    ("水上险情和渡运事故应急预案", PlanKind.SPECIAL, Hazard.WATER, 34),
    ("公路桥隧抢通现场处置方案", PlanKind.ON_SITE, Hazard.BRIDGE, 8),
    ("低温雨雪冰冻保通应急预案", PlanKind.SPECIAL, Hazard.ICE, 10),
]
# Level from which it applies, what, who, minutes.
STEPS = [
    (Level.IV, "核实雨情水情，通知各股室和站所", "值班员", 15),
    (Level.IV, "通知渡口停航，核对渡船靠泊", "水路事务中心", 30),
    (Level.IV, "巡查临水临崖路段和在建桥梁", "公路事务中心", 120),
    (Level.III, "抢险队伍和机械集结待命", "抢险一队", 60),
    (Level.III, "通知客运企业调整班线", "道路运输事务中心", 60),
    (Level.II, "封闭受淹路段，设置绕行标志", "公路事务中心", 60),
    (Level.II, "调集应急客车转移群众", "运输保障队", 90),
]
# Name, kind, counted in, depot, how many, least, months until it is out of date.
SUPPLIES = [
    ("救生衣", SupplyKind.RESCUE, "件", "江口镇应急仓库（示例）", 120, 80, 30),
    ("救生圈", SupplyKind.RESCUE, "个", "江口镇应急仓库（示例）", 30, 40, 18),
    ("编织袋", SupplyKind.FLOOD, "条", "城关镇应急仓库（示例）", 3000, 2000, 48),
    ("铁锹", SupplyKind.FLOOD, "把", "城关镇应急仓库（示例）", 80, 60, 60),
    ("工业盐", SupplyKind.SNOW, "吨", "北桥养护站仓库（示例）", 60, 50, 4),
    ("应急照明灯", SupplyKind.SIGNS, "台", "城关镇应急仓库（示例）", 12, 10, 40),
    ("吸油毡", SupplyKind.OIL_SPILL, "公斤", "江口镇应急仓库（示例）", 200, 300, 2),
    ("锥形标", SupplyKind.SIGNS, "个", "北桥养护站仓库（示例）", 260, 200, 90),
]
TEAMS = [
    ("公路抢险一队（示例）", TeamKind.REPAIR, 24, 5, 3),
    ("公路抢险二队（示例）", TeamKind.REPAIR, 18, 4, 2),
    ("应急运输保障队（示例）", TeamKind.TRANSPORT, 36, 20, 0),
    ("水上救助队（示例）", TeamKind.RESCUE, 14, 2, 0),
]
INCIDENTS = [
    ("县道X007北桥段车辆侧翻", IncidentKind.ACCIDENT, Domain.ROAD, 0, 2),
    ("江口渡口渡船机损漂航", IncidentKind.DANGER, Domain.WATER, 0, 0),
    ("乡道Y014山体滑坡中断交通", IncidentKind.BLOCKED, Domain.UPKEEP, 0, 0),
    ("县道X001货车碰撞行人", IncidentKind.ACCIDENT, Domain.ROAD, 1, 0),
]


def make_plans(diary: Diary, bureau: Unit) -> Plan:
    """Plans of earlier years; the one against floods was revised before this season, and is returned."""
    officer, director = diary.who("duty_officer"), diary.who("director")
    plans = {}
    for number, (name, kind, against, months) in enumerate(PLANS, 1):
        day = diary.start - timedelta(days=30 * months)
        plan = Plan(name=name, kind=kind, against=against, edition=f"{day.year}年版", author="安全应急股", unit=bureau)
        words = {"document_no": f"示交安〔{day.year}〕{number}号", "issued_on": day.isoformat()}
        plan = diary.take(diary.write(plan, officer, day), "publish", director, day, **words)
        filed = {"filed_on": after(day, 12).isoformat(), "filed_with": "县应急管理局（示例）"}
        plans[against] = diary.take(plan, "file", officer, after(day, 12), **filed)
    old, day = plans[Hazard.FLOOD], after(diary.start, 75)
    new = Plan(
        name=old.name, kind=old.kind, against=old.against, edition=f"{day.year}年版", author=old.author, unit=bureau,
        replaces=old, revision=Revision.DRILL,
    )  # fmt: skip
    words = {"document_no": f"示交安〔{day.year}〕8号", "issued_on": day.isoformat()}
    new = diary.take(diary.write(new, officer, day), "publish", director, day, **words)
    for order, (level, what, who, minutes) in enumerate(STEPS, 1):
        step = PlanStep(plan=new, order=order, from_level=level, what=what, who=who, within_minutes=minutes)
        diary.write(step, officer, day)
    return new


def make_teams_and_supplies(diary: Diary, staff: list[Person], bureau: Unit, founded: date) -> None:
    """Depots filled before the half-year; issues, returns and one kind running low within it."""
    officer, director = diary.who("duty_officer"), diary.who("director")
    for name, kind, members, trucks, machines in TEAMS:
        team = Team(
            name=name, kind=kind, captain=staff[7], members=members, trucks=trucks, machines=machines, unit=bureau,
            arrives_within=diary.count(3, 9) * 10, phone="13900000009", radius_km=30,
        )  # fmt: skip
        diary.write(team, ARCHIVE, founded)
    for name, kind, counted_in, depot, how_many, least, months in SUPPLIES:
        supply = Supply(
            name=name, kind=kind, counted_in=counted_in, depot=depot, keeper=staff[9], minimum=least, unit=bureau,
            expires_on=after(diary.end, 30 * months), checked_on=diary.day(),
        )  # fmt: skip
        supply = diary.write(supply, ARCHIVE, founded)
        issued = sorted(diary.day() for _ in range(3))
        taken = [(MovementKind.IN, how_many, founded)]
        taken += [(MovementKind.ISSUE, max(1, how_many // 12), day) for day in issued]
        for move_kind, quantity, day in taken:
            movement = SupplyMovement(
                supply=supply, kind=move_kind, quantity=quantity, moved_on=day, taker=staff[9], unit=bureau,
                purpose="年度采购" if move_kind == MovementKind.IN else "防汛值守领用",
            )  # fmt: skip
            diary.take(diary.write(movement, officer, day), "post", director, day)


def make_drills(diary: Diary, plan: Plan, staff: list[Person], bureau: Unit) -> None:
    ferries = list(Ferry.objects.visible_to(ARCHIVE))
    for number, day in enumerate(diary.days(12)):
        ferry = diary.one_of(ferries) if ferries and number % 3 else None
        drill = Drill(
            kind=diary.one_of(list(DrillKind)), subject="渡船失火人员落水救援" if ferry else "防汛抢通保通",
            held_on=day, plan=None if ferry else plan, ferry=ferry, venue=ferry.name if ferry else "县道X001示例路段",
            people=diary.count(12, 80), vehicles=diary.count(0, 6), launches=3 if ferry else 0, evaluator=staff[3],
            verdict=Verdict.FAIR, evaluation="响应及时，配合较好", problems="通信频道不统一", problems_found=1,
            unit=bureau,
        )  # fmt: skip
        drill = diary.write(drill, diary.who("duty_officer"), day)
        if (diary.end - day).days > 5:
            diary.confirm(drill, "duty_officer", "director", after(day, 2))


def make_incidents(diary: Diary) -> None:
    """Each with its first report, most with the final one; the last is still being followed."""
    officer, director = diary.who("duty_officer"), diary.who("director")
    for number, (day, (name, kind, domain, deaths, injured)) in enumerate(zip(diary.days(4), INCIDENTS, strict=True)):
        at = datetime.combine(day, time(diary.count(7, 20), diary.count(0, 59)), CHINA)
        incident = Incident(
            name=f"{name}（示例）", kind=kind, domain=domain, occurred_at=at, known_at=at + timedelta(minutes=25),
            spot=name[:12], detail=f"{name}，有关人员已到场处置", injured=injured, loss=diary.count(1, 9) * 10_000,
        )  # fmt: skip
        incident = diary.write(incident, officer, at + timedelta(minutes=30))
        for report_kind, hours in ((ReportKind.FIRST, 1.2), (ReportKind.FOLLOW_UP, 20), (ReportKind.FINAL, 90))[
            : 3 - number % 2
        ]:
            sent = at + timedelta(hours=hours)
            report = IncidentReport(
                incident=incident, kind=report_kind, authorities=Choices.stored([Authority.GOVERNMENT, Authority.CITY]),
                content=incident.detail, measures_taken="现场管控、救治伤员、疏导交通",
                deaths=deaths if report_kind != ReportKind.FIRST else 0,
            )  # fmt: skip
            diary.take(diary.write(report, officer, sent), "send", director, sent)
            incident = Incident.objects.visible_to(ARCHIVE).get(pk=incident.pk)
        if number % 2 == 0:
            closed = {"final_on": after(day, 4).isoformat(), "liable": kind == IncidentKind.ACCIDENT}
            diary.take(incident, "close", officer, after(day, 4), **closed)
