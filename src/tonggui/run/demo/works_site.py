"""What hangs on the demo county's projects: quantities, land, money, checks before a start, leaders, matters."""

from datetime import date
from decimal import Decimal

from tonggui.ledgers.parties.person import Person, PersonKind
from tonggui.ledgers.parties.town import Town, TownKind
from tonggui.ledgers.works.coordination import Coordination, Need
from tonggui.ledgers.works.fund import Fund
from tonggui.ledgers.works.fund_request import FundRequest
from tonggui.ledgers.works.land import Land
from tonggui.ledgers.works.leader_log import LeaderLog
from tonggui.ledgers.works.milestone import Milestone
from tonggui.ledgers.works.project import Project
from tonggui.ledgers.works.quantity import Measured, Quantity, WorkItem
from tonggui.ledgers.works.quantity_month import QuantityMonth
from tonggui.ledgers.works.safety_step import Part, SafetyStep
from tonggui.ledgers.works.start_check import ITEMS, Occasion, StartCheck, Verdict
from tonggui.ledgers.works.steps import FundSource, Step
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import TOWNS, person

WAN = Decimal(10_000)
MONTHS = range(1, 7)

# Item, its name, unit, planned quantity, share of it done each month.
ITEMS_OF_A_ROAD = [
    (WorkItem.EARTH, "全线土石方", Measured.CUBIC_WAN, 46, Decimal("0.12")),
    (WorkItem.PILES, "桥梁桩基", Measured.PIECES, 96, Decimal("0.14")),
    (WorkItem.CONCRETE, "混凝土", Measured.CUBIC, 8_200, Decimal("0.09")),
]
NEEDS = [
    (Need.STONE, "每日缺碎石300吨，请协调就近料场", "江口镇人民政府"),
    (Need.HAUL_ROAD, "重车绕行村道，请协调通行时段", "北桥镇人民政府"),
    (Need.SITE, "项目部临时用地未落实", "县自然资源局"),
    (Need.FUNDS, "一季度进度款未拨付", "县财政局"),
    (Need.PEOPLE, "二标段村民要求增设涵洞", "青田镇人民政府"),
]
REQUESTS = [
    ("江口大桥危桥改造补助", FundSource.CENTRAL, 6_000, 4_800),
    ("农村公路养护奖补", FundSource.PROVINCE, 1_200, None),
    ("综合客运枢纽专项债券", FundSource.BOND, 9_000, 5_000),
    ("乡镇运输服务站补助", FundSource.CITY, 300, None),
]


def make_sites(diary: Diary, projects: list[Project], today: date) -> None:
    """Rows of every ledger that follows a project under construction."""
    leaders = [_leader(diary, project) for project in projects]
    town = Town.objects.visible_to(diary.who("director")).filter(name__in=TOWNS).first() or _town(diary)
    _checks(diary, projects)
    _quantities(diary, projects[:6])
    _leaders(diary, projects, leaders)
    _land(diary, projects[3:7], town)
    _money(diary, projects)
    _matters(diary, projects, today)


def _leader(diary: Diary, project: Project) -> Person:
    leader = Person(name=person(diary.random), kind=PersonKind.ENTERPRISE, post="项目经理（示例）", unit=project.unit)
    return diary.write(leader, diary.who("clerk"), date(diary.start.year, 1, 8))


def _town(diary: Diary) -> Town:
    return diary.write(Town(name=TOWNS[1], kind=TownKind.TOWN), diary.who("clerk"), date(diary.start.year, 1, 5))


def _checks(diary: Diary, projects: list[Project]) -> None:
    """A restart check after the spring festival for each site, one of which had to put things right first."""
    officer, director, day = diary.who("project_officer"), diary.who("director"), date(diary.start.year, 2, 26)
    for at, project in enumerate(projects):
        bad = at == 3
        check = StartCheck(
            project=project,
            unit=project.unit,
            occasion=Occasion.HOLIDAY,
            start_checked_on=day,
            workers_back=f"应到{40 + at * 6}人，实到{38 + at * 6}人",
            start_findings="两台塔吊未复检" if bad else "",
            **dict.fromkeys(ITEMS, Verdict.PASS),
        )
        check.machines_checked = Verdict.FAIL if bad else Verdict.PASS
        check = diary.write(check, officer, day)
        check = diary.take(check, "submit_check", officer, day)
        if bad:
            check = diary.take(check, "refuse_start", director, after(day, 1), "塔吊复检合格后再报")
            fixed = {"start_fix": "塔吊已复检合格", "machines_checked": "pass"}
            check = diary.take(check, "resubmit", officer, after(day, 3), **fixed)
        if at != 5:
            diary.take(check, "agree_start", director, after(day, 4), agreed_on=after(day, 4))
        _safety(diary, project, day)


def _safety(diary: Diary, project: Project, day: date) -> None:
    steps = Milestone.objects.visible_to(diary.who("director")).filter(project=project, node=Step.START)
    row = SafetyStep(
        project=project,
        unit=project.unit,
        milestone=steps.get(),
        safety_part=Part.CHECKED,
        settled_on=day,
        safety_risks="临河、临边和跨路作业",
        safety_measures="专项方案已审批，防护和交通组织到位",
        safety_cost=(project.total * Decimal("0.015")).quantize(WAN),
        contract_cost=project.total,
        state="confirmed",
    )
    diary.write(row, diary.who("project_officer"), day)


def _quantities(diary: Diary, projects: list[Project]) -> None:
    officer, year = diary.who("project_officer"), diary.start.year
    items, months = [], []
    for project in projects:
        for kind, name, unit, planned, share in ITEMS_OF_A_ROAD:
            each = (planned * share).quantize(Decimal(1))
            item = Quantity(
                project=project,
                unit=project.unit,
                work_item=kind,
                name=name,
                measured_in=unit,
                planned_quantity=Decimal(planned),
                weight=Decimal(20),
                done_quantity=each * len(MONTHS),
                state="confirmed",
            )
            items.append(item)
            months += [
                QuantityMonth(
                    quantity_item=item, month=date(year, month, 1), done_month=each, unit=item.unit, state="confirmed"
                )
                for month in MONTHS
            ]
    diary.write_all(Quantity, items, officer, date(year, 1, 20))
    for month in months:
        month.quantity_item_id = month.quantity_item.pk
    diary.write_all(QuantityMonth, months, officer, date(year, 7, 2))


def _leaders(diary: Diary, projects: list[Project], leaders: list[Person]) -> None:
    """A row a month for each site; some fall short and say why, and one site has forgotten May."""
    rows = []
    for at, (project, leader) in enumerate(zip(projects, leaders, strict=True)):
        for month in MONTHS:
            short = (at + month) % 9 == 0
            if at == 2 and month == 5:
                continue
            rows.append(
                LeaderLog(
                    project=project,
                    unit=project.unit,
                    month=date(diary.start.year, month, 1),
                    site_leader=leader,
                    work_days=24,
                    site_days=17 if short else diary.count(20, 24),
                    away_reason="参加培训，由技术负责人代班" if short else "",
                    deputy=leaders[at - 1] if short else None,
                    state="confirmed",
                )
            )
    diary.write_all(LeaderLog, rows, diary.who("project_officer"), date(diary.start.year, 7, 2))


def _land(diary: Diary, projects: list[Project], town: Town) -> None:
    rows = []
    for at, project in enumerate(projects):
        area, houses, share = Decimal(60 + 35 * at), 12 + 14 * at, Decimal("0.62") + at * Decimal("0.12")
        rows.append(
            Land(
                project=project,
                unit=project.unit,
                town=town,
                area_planned=area,
                area_agreed=(area * min(share + Decimal("0.1"), 1)).quantize(Decimal("0.01")),
                area_cleared=(area * min(share, 1)).quantize(Decimal("0.01")),
                houses_planned=houses,
                houses_agreed=int(houses * min(share + Decimal("0.1"), 1)),
                houses_cleared=int(houses * min(share, 1)),
                compensation_due=area * 8 * WAN,
                compensation_paid=(area * 8 * min(share, 1)).quantize(Decimal(1)) * WAN,
                counted_on=date(diary.start.year, 6, 25),
                sticking="补偿标准意见不一",
            )
        )
    diary.write_all(Land, rows, diary.who("project_officer"), date(diary.start.year, 6, 25))


def _money(diary: Diary, projects: list[Project]) -> None:
    """A batch or two for each project, and requests upward in every state."""
    year, officer, rows = diary.start.year, diary.who("project_officer"), []
    for at, project in enumerate(projects):
        for source, share in ((FundSource.PROVINCE, Decimal("0.3")), (FundSource.COUNTY, Decimal("0.2"))):
            planned = (project.year_target * share).quantize(WAN)
            arrived = (planned * Decimal("0.2") * (at % 6)).quantize(WAN)
            rows.append(
                Fund(
                    project=project,
                    unit=project.unit,
                    fund_purpose="工程建设",
                    money_source=source,
                    fund_batch=f"{year}年第一批",
                    planned_fund=planned,
                    due_on=date(year, 6, 30),
                    arrived_fund=arrived,
                    arrived_on=date(year, 2 + at % 5, 18) if arrived else None,
                    used_fund=(arrived * Decimal("0.8")).quantize(WAN),
                    state="confirmed",
                )
            )
    diary.write_all(Fund, rows, officer, date(year, 6, 28))
    for matter, source, asked, granted in REQUESTS:
        request = FundRequest(matter=f"{matter}（示例）", money_source=source, authority="示例省交通运输厅")
        request.requested, request.unit = asked * WAN, projects[0].unit
        request = diary.write(request, officer, date(year, 1, 20))
        values = {"application_no": f"示交〔{year}〕{diary.count(1, 60)}号", "fund_applied_on": date(year, 2, 3)}
        request = diary.take(request, "apply_fund", officer, date(year, 2, 3), **values)
        if granted:
            reply = {"replied_on": date(year, 4, 9), "reply_no": f"示财建〔{year}〕{diary.count(1, 60)}号"}
            diary.take(request, "record_grant", officer, date(year, 4, 10), granted_fund=granted, **reply)


def _matters(diary: Diary, projects: list[Project], today: date) -> None:
    officer, director = diary.who("project_officer"), diary.who("director")
    for at, project in enumerate(projects):
        need, text, outside = NEEDS[at % len(NEEDS)]
        day = date(diary.start.year, 2 + at % 5, 6 + at)
        row = Coordination(
            project=project, unit=project.unit, need=need, need_text=text, owner_outside=f"示例{outside}"
        )
        row.brought_on = day
        row = diary.take(diary.write(row, officer, day), "hand", director, after(day, 1))
        if at % 3 == 2:
            continue
        done = min(after(day, 6 + 5 * (at % 4)), today)
        result = {"coordination_result": "已协调落实", "settled_on": done}
        row = diary.take(row, "answer", officer, done, **result)
        if at % 3 == 0:
            diary.take(row, "confirm_done", director, after(done, 1))
