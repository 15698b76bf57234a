"""A half-year of inspections and hazards in the demo county."""

from datetime import date

from tonggui.ledgers.parties.enterprise import Business, Enterprise
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.safety.campaign import Campaign
from tonggui.ledgers.safety.domains import Domain
from tonggui.ledgers.safety.hazard import Grade, Hazard, Kind
from tonggui.ledgers.safety.inspection import Inspection, InspectionKind
from tonggui.register.actor import Actor
from tonggui.register.attachments import keep
from tonggui.register.kinds import Photos
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import TOWNS, person
from tonggui.run.demo.picture import ExamplePicture

SUBJECTS = {
    Domain.ROAD: ["示例顺达客运有限公司（示例）", "示例安通危货运输有限公司（示例）", "示例恒运物流有限公司（示例）"],
    Domain.WATER: ["江口渡口（示例）", "北桥码头（示例）"],
    Domain.UPKEEP: ["示例县道X001 K12+300边坡", "示例乡道Y014 临水路段", "示例县道X007 北桥"],
    Domain.WORKS: ["示例县道X001改造工程一标", "江口大桥危桥改造工地"],
    Domain.STATION: ["示例县汽车客运中心", "江口镇客运站"],
}
# Businesses outside road transport, where hazards of the other domains are found: name, business, unit, domain.
SITES = [
    ("示例江口渡运有限公司（示例）", Business.WATER, "水路事务中心", Domain.WATER),
    ("示例恒固公路养护有限公司（示例）", Business.WORKS, "公路事务中心", Domain.UPKEEP),
    ("示例宏图路桥工程有限公司（示例）", Business.WORKS, "公路事务中心", Domain.WORKS),
    ("示例县汽车客运中心（示例）", Business.STATION, "道路运输事务中心", Domain.STATION),
]
CONTENTS = {
    Domain.ROAD: [
        (Kind.THINGS, "灭火器压力不足，%d具已过检验有效期"),
        (Kind.THINGS, "车辆安全锤缺失%d把"),
        (Kind.MANAGEMENT, "动态监控台账缺少%d日处置记录"),
        (Kind.MANAGEMENT, "驾驶员安全教育培训记录不全，缺%d人次"),
        (Kind.PEOPLE, "%d名驾驶员从业资格证即将到期未办理换证"),
        (Kind.SURROUNDINGS, "停车场消防通道堆放杂物%d处"),
    ],
    Domain.WATER: [(Kind.THINGS, "渡船救生衣缺少%d件"), (Kind.MANAGEMENT, "渡运签单发航记录缺少%d日")],
    Domain.UPKEEP: [
        (Kind.SURROUNDINGS, "临水临崖路段缺少防护栏%d米"),
        (Kind.MANAGEMENT, "养护作业区缺少警示标志%d处"),
    ],
    Domain.WORKS: [(Kind.THINGS, "基坑临边防护缺失%d处"), (Kind.PEOPLE, "%d名特种作业人员未持证上岗")],
    Domain.STATION: [(Kind.THINGS, "应急照明失效%d处"), (Kind.MANAGEMENT, "安全例检报告单缺少%d份")],
}


def make_inspections(diary: Diary, units: dict[str, Unit], campaigns: list[Campaign], how_many: int) -> None:
    """Visits of the half-year, some of a campaign, checked by a second person; the last few are on their way."""
    inspectors = [units["安全应急股"], units["道路运输事务中心"], units["公路事务中心"], units["水路事务中心"]]
    for day in diary.days(how_many):
        domain = diary.one_of(list(SUBJECTS))
        visit = Inspection(
            kind=diary.one_of(list(InspectionKind)),
            domain=domain,
            campaign=_campaign(diary, campaigns, domain, day),
            subject=diary.one_of(SUBJECTS[domain]),
            unit=diary.one_of(inspectors),
            visited_on=day,
            staff=diary.count(2, 9),
            vehicles=diary.count(1, 3),
            inspectors=f"{person(diary.random)}、{person(diary.random)}",
            partners="公安交警" if diary.chance(0.2) else "",
            hazards_found=diary.count(0, 4),
        )
        visit = diary.write(visit, diary.who("safety_officer"), day)
        if (diary.end - day).days > 3 or diary.chance(0.5):
            diary.confirm(visit, "safety_officer", "director", after(day, 1))


def _campaign(diary: Diary, campaigns: list[Campaign], domain: Domain, day: date) -> Campaign | None:
    """A campaign of the domain that runs on the day, for most visits."""
    able = [one for one in campaigns if f",{domain}," in one.domains and one.starts_on <= day <= one.ends_on]
    return diary.one_of(able) if able and diary.chance(0.6) else None


def make_sites(diary: Diary, units: dict[str, Unit], founded: date) -> list[tuple[Enterprise, Domain]]:
    """The businesses of the other domains."""
    sites = [
        (Enterprise(name=name, business=business, unit=units[unit], manager=person(diary.random)), domain)
        for name, business, unit, domain in SITES
    ]
    diary.write_all(Enterprise, [site for site, _ in sites], Actor.system("建立演示档案"), founded)
    return sites


def make_hazards(
    diary: Diary, firms: list[Enterprise], sites: list[tuple[Enterprise, Domain]], how_many: int, today: date
) -> None:
    """Hazards of the half-year, each as far on its way as its days allow; a few are late or come again, and say so."""
    earlier: dict[tuple[int, str], Hazard] = {}
    for found_on in diary.days(how_many):
        enterprise, domain = diary.one_of(sites) if diary.chance(0.35) else (diary.one_of(firms), Domain.ROAD)
        kind, words = diary.one_of(CONTENTS[domain])
        major = diary.chance(0.04)
        officer = diary.who("safety_officer")
        hazard = Hazard(
            enterprise=enterprise,
            domain=domain,
            repeat_of=earlier.get((enterprise.pk, words)) if diary.chance(0.3) else None,
            grade=Grade.MAJOR if major else Grade.GENERAL,
            kind=kind,
            content=words % diary.count(1, 6) + f"（{diary.one_of(TOWNS)}）",
            found_on=found_on,
            inspectors=f"{person(diary.random)}、{person(diary.random)}",
        )
        hazard.unit = hazard.enterprise.unit
        hazard = earlier[enterprise.pk, words] = diary.write(hazard, officer, found_on)
        hazard = diary.take(hazard, "approve", diary.who("director"), found_on)
        notice = {"responsible": person(diary.random)}
        if major:
            notice |= {
                "criterion": "道路运输企业和城市客运企业安全生产重大事故隐患判定标准 第三条",
                "measures": "停用相关设备，限期更换并经复查合格后恢复使用",
                "funds": str(diary.count(2, 20) * 10_000),
                "emergency_plan": "整改期间安排专人值守，启用备用设备",
            }
        hazard = diary.take(hazard, "order", officer, found_on, **notice)
        _see_through(diary, hazard, officer, today)


def _see_through(diary: Diary, hazard: Hazard, officer: Actor, today: date) -> None:
    """Fix and recheck, unless the story has not come so far by today."""
    fixed_on = after(hazard.found_on, diary.between(2, 18 if diary.chance(0.92) else 160))
    if fixed_on >= today or diary.chance(0.02):
        return
    closed_on = after(fixed_on, diary.count(1, 4))
    photo = keep(ExamplePicture(), hazard.ledger, officer, Photos.types)
    hazard = diary.take(hazard, "fix", officer, fixed_on, photos=[photo.pk], fixed_on=fixed_on.isoformat())
    if closed_on < today:
        diary.take(hazard, "accept", diary.who("safety_officer", but=officer), closed_on)
