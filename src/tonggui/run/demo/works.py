"""The demo county's construction projects and what they have done month by month."""

from datetime import date
from decimal import Decimal

from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.works.progress import Progress
from tonggui.ledgers.works.project import Blocker, Level, Project, ProjectClass, Stage
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import person

WAN = Decimal(10_000)

# Name, class, key level (None: not key), total and this year's plan in 万元, pace against an even year, blocker.
PROJECTS = [
    ("示例县道X001城关至江口段改造工程", ProjectClass.COUNTY, Level.CITY, 18_600, 8_200, 1.10, Blocker.NONE),
    ("江口大桥危桥改造工程", ProjectClass.BRIDGE, Level.PROVINCE, 24_300, 9_600, 0.92, Blocker.NONE),
    ("国道示例段路面提升工程", ProjectClass.TRUNK, Level.PROVINCE, 41_000, 15_000, 1.05, Blocker.NONE),
    ("示例县综合客运枢纽", ProjectClass.STATION, Level.CITY, 32_800, 11_000, 0.55, Blocker.LAND),
    ("北桥镇乡道Y014提升工程", ProjectClass.TOWNSHIP, Level.COUNTY, 3_650, 2_400, 1.30, Blocker.NONE),
    ("江北货运码头一期", ProjectClass.PORT, Level.CITY, 27_500, 7_800, 0.48, Blocker.WEATHER),
    ("青田镇至龙山乡公路新建工程", ProjectClass.COUNTY, Level.COUNTY, 12_900, 5_200, 0.80, Blocker.PIPES),
    ("城东物流园配套道路", ProjectClass.OTHER, Level.COUNTY, 6_480, 3_300, 0.98, Blocker.NONE),
    ("石湖乡农村公路安防工程", ProjectClass.OTHER, None, 860, 860, 1.40, Blocker.NONE),
    ("县道X007边坡治理工程", ProjectClass.OTHER, None, 1_240, 900, 1.00, Blocker.NONE),
    ("城关镇公交首末站改造", ProjectClass.STATION, None, 720, 500, 0.60, Blocker.FUNDS),
]
# Cumulative share of a year's plan by the end of each month: slow in winter, quick in autumn.
EVEN_YEAR = [0.03, 0.08, 0.17, 0.26, 0.36, 0.47, 0.57, 0.67, 0.77, 0.86, 0.94, 1.00]
NOTES = {
    Blocker.LAND: ("尚有12户房屋未签订征收协议", "请县政府协调属地加快征收"),
    Blocker.WEATHER: ("汛期水位偏高，水下桩基无法施工", "待水位回落后增加作业面"),
    Blocker.PIPES: ("燃气、电力管线迁改未完成", "请产权单位明确迁改时限"),
    Blocker.FUNDS: ("上级补助资金尚未到位", "请财政部门预拨资金"),
}
PHYSICAL = ["路基完成%d%%", "桥梁桩基完成%d%%", "路面基层完成%d%%", "主体结构完成%d%%"]


def make_projects(diary: Diary, units: dict[str, Unit], today: date) -> None:
    """Projects in the year's plan, and a progress report for each month that has ended."""
    year = diary.start.year
    for number, (name, kind, level, total, target, pace, blocker) in enumerate(PROJECTS):
        note, asked = NOTES.get(blocker, ("", ""))
        project = Project(
            name=f"{name}（示例）",
            plan_year=year,
            is_key=level is not None,
            level=level or "",
            kind=kind,
            stage=Stage.BUILDING,
            owner=units["建设养护股"],
            unit=units["建设养护股"],
            lead=person(diary.random),
            total=total * WAN,
            year_target=target * WAN,
            started_on=date(year - number % 2, 1 + number % 9, 10),
            planned_finish=date(year + 1, 6 + number % 6, 30),
            blocker=blocker,
            blocked_from=date(year, 3, 5) if note else None,
            blocker_note=note,
            asked=asked,
        )
        project = diary.write(project, diary.who("project_officer"), date(year, 1, 8))
        project = diary.confirm(project, "project_officer", "director", date(year, 1, 9))
        _report(diary, project, target * WAN, pace, today)


def _report(diary: Diary, project: Project, target: Decimal, pace: float, today: date) -> None:
    before, earlier = Decimal(0), project.total * Decimal("0.12")
    words = diary.one_of(PHYSICAL)
    for month, even in enumerate(EVEN_YEAR, 1):
        first = date(project.plan_year, month, 1)
        told_on = after(first, 32)
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
            physical=words % round(share * 80),
            physical_share=Decimal(f"{share * 80:.1f}"),
            problems=project.blocker_note,
        )
        report = diary.write(report, diary.who("project_officer"), told_on)
        diary.confirm(report, "project_officer", "director", after(told_on, 1))
        before = done
