"""The demo county's construction projects: what they did month by month, their chain of steps, what blocks them."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from heapq import merge
from operator import itemgetter

from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.works.blocker import Blocker, BlockerKind
from tonggui.ledgers.works.milestone import Milestone
from tonggui.ledgers.works.progress import Progress
from tonggui.ledgers.works.project import Level, Project, ProjectClass
from tonggui.ledgers.works.steps import FundSource, Stage, Step
from tonggui.register.kinds import Choices
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import person
from tonggui.run.demo.works_site import make_sites

#: Something told of a project: its day, and what writes it.
Told = tuple[date, Callable[[], None]]

WAN = Decimal(10_000)
NONE = ""

# Name, class, key level (None: not key), total and this year's plan in 万元, pace against an even year, blocker.
PROJECTS = [
    ("示例县道X001城关至江口段改造工程", ProjectClass.COUNTY, Level.CITY, 18_600, 8_200, 1.10, NONE),
    ("江口大桥危桥改造工程", ProjectClass.BRIDGE, Level.PROVINCE, 24_300, 9_600, 0.92, BlockerKind.WATER),
    ("国道示例段路面提升工程", ProjectClass.TRUNK, Level.PROVINCE, 41_000, 15_000, 1.05, NONE),
    ("示例县综合客运枢纽", ProjectClass.STATION, Level.CITY, 32_800, 11_000, 0.55, BlockerKind.LAND),
    ("北桥镇乡道Y014提升工程", ProjectClass.TOWNSHIP, Level.COUNTY, 3_650, 2_400, 1.30, NONE),
    ("江北货运码头一期", ProjectClass.PORT, Level.CITY, 27_500, 7_800, 0.48, BlockerKind.RAIN),
    ("青田镇至龙山乡公路新建工程", ProjectClass.COUNTY, Level.COUNTY, 12_900, 5_200, 0.80, BlockerKind.PIPES),
    ("城东物流园配套道路", ProjectClass.OTHER, Level.COUNTY, 6_480, 3_300, 0.98, NONE),
    ("石湖乡农村公路安防工程", ProjectClass.PROTECTION, None, 860, 860, 1.40, NONE),
    ("县道X007边坡治理工程", ProjectClass.OTHER, None, 1_240, 900, 1.00, NONE),
    ("城关镇公交首末站改造", ProjectClass.STATION, None, 720, 500, 0.60, BlockerKind.FUNDS),
]
# Projects still being prepared: name, class, total and plan in 万元, how many steps are done, what they wait for.
PREPARED = [
    ("龙山乡乡镇运输服务站", ProjectClass.SERVICE_POINT, 480, 200, 5, BlockerKind.COST),
    ("县道X003扩建工程", ProjectClass.COUNTY, 9_800, 0, 2, BlockerKind.PLANNING),
    ("江口镇货车停车场", ProjectClass.PARKING, 1_600, 300, 3, BlockerKind.SITE),
]
# Cumulative share of a year's plan by the end of each month: slow in winter, quick in autumn.
EVEN_YEAR = [0.03, 0.08, 0.17, 0.26, 0.36, 0.47, 0.57, 0.67, 0.77, 0.86, 0.94, 1.00]
NOTES = {
    BlockerKind.LAND: ("尚有12户房屋未签订征收协议", "请县政府协调属地加快征收"),
    BlockerKind.WATER: ("汛期水位偏高，水下桩基无法施工", "待水位回落后增加作业面"),
    BlockerKind.RAIN: ("连续降雨，码头后方回填无法碾压", "抢抓晴好天气施工"),
    BlockerKind.PIPES: ("燃气、电力管线迁改未完成", "请产权单位明确迁改时限"),
    BlockerKind.FUNDS: ("上级补助资金尚未到位", "请财政部门预拨资金"),
    BlockerKind.COST: ("招标控制价已送财评", "请财政投资评审中心加快评审"),
    BlockerKind.PLANNING: ("方案待规委会审议", "请列入最近一次规委会议题"),
    BlockerKind.SITE: ("用地预审未批复", "请自然资源部门支持"),
}
PHYSICAL = ["路基完成%d%%", "桥梁桩基完成%d%%", "路面基层完成%d%%", "主体结构完成%d%%"]
CHAIN = list(Step)
UNTIL_START = CHAIN[: CHAIN.index(Step.START) + 1]


def make_projects(diary: Diary, units: dict[str, Unit], today: date) -> None:
    """Projects in the year's plan, a return for each month that has ended, and everything that hangs on a project."""
    year, unit = diary.start.year, units["建设养护股"]
    building = []
    for number, (name, kind, level, total, target, pace, blocker) in enumerate(PROJECTS):
        started = date(year - number % 2, 1 + number % 9, 10)
        project = _project(diary, unit, name, kind, level, total, target, started_on=started, place=number)
        _chain(diary, project, UNTIL_START, started, today)
        told = _report(diary, project, target * WAN, pace, NOTES.get(blocker, ("", ""))[0], today)
        _in_order(told, _blockers(diary, project, blocker, today))
        building.append(project)
    for number, (name, kind, total, target, done, blocker) in enumerate(PREPARED):
        project = _project(diary, unit, name, kind, None, total, target, steps_done=done, place=number)
        _chain(diary, project, CHAIN[:done], date(year, 4, 20), today)
        _in_order(_blockers(diary, project, blocker, today))
    make_sites(diary, building, today)


def _project(diary, unit, name, kind, level, total, target, *, started_on=None, steps_done=0, place=0) -> Project:
    year = diary.start.year
    project = Project(
        name=f"{name}（示例）",
        plan_year=year,
        is_key=level is not None,
        level=level or "",
        kind=kind,
        stage=Stage.BUILDING if started_on else Stage.PLANNED,
        latest_step=Step.START if started_on else CHAIN[steps_done - 1],
        owner=unit,
        unit=unit,
        lead=person(diary.random),
        works_km=Decimal(f"{diary.between(2, 24):.3f}") if kind in (ProjectClass.COUNTY, ProjectClass.TRUNK) else None,
        parking_area=Decimal(8_600) if kind == ProjectClass.PARKING else None,
        funders=Choices.stored([FundSource.PROVINCE, FundSource.COUNTY] if place % 2 else [FundSource.CENTRAL]),
        total=total * WAN,
        year_target=target * WAN,
        started_on=started_on,
        planned_finish=date(year + 1, 6 + place % 6, 30),
    )
    project = diary.write(project, diary.who("project_officer"), date(year, 1, 8))
    return diary.confirm(project, "project_officer", "director", date(year, 1, 9))


def _chain(diary: Diary, project: Project, done: list[Step], last: date, today: date) -> None:
    """The steps that are done, the last of them on a day, and those to come with their planned days."""
    rows = []
    for place, step in enumerate(CHAIN):
        off = 32 * (place - len(done) + 1)
        planned = after(last, off)
        row = Milestone(project=project, unit=project.unit, node=step, planned_on=planned, approver="示例县有关部门")
        if step in done:
            row.begun_on, row.done_on = after(planned, -20), min(after(planned, diary.count(-6, 9)), today)
            row.approval_doc_no, row.state = f"示发〔{row.done_on.year}〕{diary.count(1, 99)}号", "step_done"
        elif place == len(done) and project.stage == Stage.PLANNED:
            row.begun_on, row.state = after(last, 6), "doing"
        elif project.stage == Stage.BUILDING:
            row.planned_on = project.planned_finish if step == Step.HANDOVER else after(project.planned_finish, 400)
        rows.append(row)
    diary.write_all(Milestone, rows, diary.who("project_officer"), date(diary.start.year, 1, 10))


def _in_order(*told: Iterator[Told]) -> None:
    """Write what several tell of one project day by day: a record's past is told forwards."""
    for _, write in merge(*told, key=itemgetter(0)):
        write()


def _blockers(diary: Diary, project: Project, kind: str, today: date) -> Iterator[Told]:
    """What blocks the project, and for one in rain or water also a spell that is over."""
    if not kind:
        return
    year, officer = diary.start.year, diary.who("project_officer")
    note, asked = NOTES[kind]
    spells = [(date(year, 3, 5), None)]
    if kind in (BlockerKind.WATER, BlockerKind.RAIN):
        spells = [(date(year, 4, 11), date(year, 4, 19)), (date(year, 6, 14), None)]
    for first, last in spells:
        row = Blocker(project=project, unit=project.unit, blocker=kind, blocked_from=first, blocker_note=note)
        row.asked, row.solver = asked, project.unit
        row.solve_by = after(first, 60)

        def find(row=row, first=first):
            diary.take(diary.write(row, officer, first), "confirm", diary.who("director"), after(first, 1))

        yield first, find
        if last and last < today:
            over = after(last, 1)

            def lift(row=row, last=last, over=over):
                diary.take(row, "lift", officer, over, blocked_to=last, solution="天气好转，已恢复施工")

            yield over, lift


def _report(diary: Diary, project: Project, target: Decimal, pace: float, problems: str, today: date) -> Iterator[Told]:
    """The return of each month that has ended, with the investment done so far."""
    before, earlier = Decimal(0), project.total * Decimal("0.12")
    words = diary.one_of(PHYSICAL)
    for month, even in enumerate(EVEN_YEAR, 1):
        first = date(project.plan_year, month, 1)
        told_on = after(first, 32 if diary.chance(0.85) else 38)
        if told_on >= today:
            return
        share = min(even * pace * diary.between(0.97, 1.03), 1.0)
        done = max((target * Decimal(f"{share:.4f}")).quantize(WAN), before)
        report = Progress(
            project=project,
            unit=project.unit,
            month=first,
            invest_month=done - before,
            invest_year=done,
            invest_all=done + earlier.quantize(WAN),
            paid_month=((done - before) * Decimal("0.7")).quantize(WAN),
            physical=words % round(share * 80),
            physical_share=Decimal(f"{share * 80:.1f}"),
            problems=problems,
        )
        before = done

        def tell(report=report, told_on=told_on):
            written = diary.write(report, diary.who("project_officer"), told_on)
            diary.confirm(written, "project_officer", "director", after(told_on, 1))

        yield told_on, tell
