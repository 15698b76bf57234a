"""What is built, cleared, closed and counted on the demo county's roads: sites, road land, permits, hamlets."""

from datetime import date
from decimal import Decimal
from typing import Any

from tonggui.ledgers.fleet.vehicle import Vehicle
from tonggui.ledgers.parties.town import Town
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.roads.cleaning import Cleaning
from tonggui.ledgers.roads.closure import Closure
from tonggui.ledgers.roads.demonstration import Demonstration
from tonggui.ledgers.roads.hamlet import Hamlet, HasRoad
from tonggui.ledgers.roads.patrol import Patrol
from tonggui.ledgers.roads.permit import Permit
from tonggui.ledgers.roads.roadside import Roadside, RoadsideKind
from tonggui.ledgers.roads.section import Section
from tonggui.ledgers.roads.site import Site
from tonggui.register.attachments import keep
from tonggui.register.kinds import Photos
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.names import person
from tonggui.run.demo.picture import ExamplePicture

# Eight places; the last two are treated later. Several carry more than one measure.
SITES = [
    ("鹰嘴急弯", "bend", "curve"),
    ("老虎湾急弯", "bend", "curve,sign"),
    ("江口坡急弯", "bend", "curve"),
    ("石湖挡墙段", "slope", "wall"),
    ("龙山临崖段", "cliff", "wall,guard"),
    ("东岗村口", "village", "guard,hump,light"),
    ("青田水库段", "water", "guard"),
    ("北桥中学路口", "village", "hump"),
]
CONTENTS = {
    RoadsideKind.STALL: "赶集日占用路肩摆摊%d处",
    RoadsideKind.BILLBOARD: "公路用地内设置广告牌%d块",
    RoadsideKind.WORKS: "未经许可开挖路肩埋管约%d米",
    RoadsideKind.THRESHING: "路面打场晒粮占用%d处",
    RoadsideKind.HEAP: "路侧堆放砂石%d堆",
}


def photo(diary: Diary, bound: Any) -> list[int]:
    """The example picture, as an attachment of a ledger."""
    return [keep(ExamplePicture(), bound, diary.who("road_officer"), Photos.types).pk]


def make_sites(diary: Diary, sections: list[Section]) -> None:
    """Dangerous sites, six of them finished and accepted within the half-year."""
    officer = diary.who("road_officer")
    for number, (name, kind, remedies) in enumerate(SITES):
        section = sections[number % len(sections)]
        site = Site(
            name=f"{name}（示例）", kind=kind, section=section, found_on=after(diary.start, 12), unit=section.unit
        )
        site.stake, site.drop_m, site.school_bus = section.start_stake, Decimal(diary.count(2, 6)), diary.chance(0.5)
        site = diary.write(site, officer, site.found_on)
        chosen = {
            "remedies": remedies,
            "plan_year": str(diary.start.year),
            "finish_by": after(diary.start, 170).isoformat(),
        }
        site = diary.take(site, "schedule", officer, after(site.found_on, 10), **chosen)
        if number >= 6:
            continue
        site = diary.take(site, "begin_works", officer, after(site.found_on, 30))
        day = after(site.found_on, diary.count(60, 110))
        built = {
            "wall": ("wall_m", "36"),
            "guard": ("guard_m", "180"),
            "hump": ("humps", "4"),
            "light": ("lights", "1"),
        }
        done = dict(built[one] for one in remedies.split(",") if one in built)
        done |= {"treated_km": "0.320", "funds": str(diary.count(2, 9) * 10_000), "finished_on": day.isoformat()}
        site = diary.take(site, "complete_works", officer, day, photos_after=photo(diary, site.ledger), **done)
        passed = {"works_passed_on": after(day, 6).isoformat()}
        diary.take(site, "accept_works", diary.who("director"), after(day, 6), **passed)


def make_roadside(diary: Diary, patrols: list[Patrol]) -> None:
    """What patrols found on road land; most of it cleared."""
    for patrol in patrols[::2]:
        kind, officer, day = diary.one_of(list(CONTENTS)), diary.who("enforcement_officer"), patrol.walked_on
        found = Roadside(kind=kind, section=patrol.section, patrol=patrol, found_on=day, unit=patrol.unit)
        found.content, found.occupied_m2 = CONTENTS[kind] % diary.count(1, 6), Decimal(diary.count(4, 60))
        found = diary.write(found, officer, day)
        if diary.chance(0.6):
            found = diary.take(found, "order", officer, after(day, 1), party=f"{person(diary.random)}（示例）")
        if diary.chance(0.8):
            cleared = {"cleared_on": after(day, 6).isoformat(), "photos_after": photo(diary, found.ledger)}
            found = diary.take(
                found, "clear", officer, after(day, 6), clearing="joint", staff="4", vehicles="1", **cleared
            )
            diary.take(found, "accept", diary.who("enforcement_officer", but=officer), after(day, 8))


def make_permits_and_closures(diary: Diary, sections: list[Section]) -> None:
    """Works that others do on the roads, and roads closed for works."""
    officer, director = diary.who("road_officer"), diary.who("director")
    for number, day in enumerate(diary.days(5)):
        section = sections[number]
        permit = Permit(
            kind="cross", applicant="示例供水有限公司（示例）", section=section, applied_on=day, unit=section.unit
        )
        permit.content, permit.materials = "顶管穿越公路埋设供水管", ",design,safety,emergency,"
        permit = diary.write(permit, officer, day)
        permit = diary.take(permit, "take_in", officer, after(day, 2), accepted_on=after(day, 2).isoformat())
        if number < 3:
            works = {"works_from": after(day, 20).isoformat(), "works_until": after(day, 50).isoformat()}
            diary.take(
                permit, "license_works", director, after(day, 12), decided_on=after(day, 12).isoformat(), **works
            )
        start = after(day, 25)
        closure = Closure(kind="whole", closure_reason="upkeep", road=section.road, section=section, unit=section.unit)
        closure.start_stake, closure.end_stake = section.start_stake, section.end_stake
        closure.vehicles_barred, closure.closes_on, closure.opens_on = "所有车辆", start, after(start, 20)
        closure.detour = "经相邻县道绕行，绕行路口设有标志"
        closure = diary.write(closure, officer, after(day, 8))
        told = {"announced_on": after(day, 12).isoformat(), "channels": ["site", "notice"]}
        closure = diary.take(closure, "announce", officer, after(day, 12), **told)
        closure = diary.take(closure, "enforce_closure", officer, start, signing="两端施工标志，绕行路口标志")
        if number != 4:
            diary.take(closure, "open_again", officer, after(start, 21), opened_on=after(start, 21).isoformat())


def make_hamlets(diary: Diary, centre: Unit, hamlets: list[Town]) -> None:
    """The survey of hamlets, on its way up."""
    officer = diary.who("road_officer")
    for number, place in enumerate(hamlets):
        day, missing = after(diary.start, 40 + number), number % 3 > 0
        row = Hamlet(hamlet=place, canvassed_on=day, surveyor=person(diary.random), unit=centre)
        row.has_road = HasRoad.NO if missing else HasRoad.YES
        row.gap_km = Decimal(diary.count(4, 30)) / 10 if missing else None
        row = diary.write(row, officer, day)
        row = diary.take(
            row, "check_on_site", diary.who("road_chief"), after(day, 5), town_checked_on=after(day, 5).isoformat()
        )
        row = diary.take(row, "compare", officer, after(day, 12), overlaps="与公路数据库比对，无重复项目")
        if number % 2:
            diary.take(row, "send_up", officer, after(day, 20), sent_up_on=after(day, 20).isoformat())


def make_cleaning_and_examples(diary: Diary, sections: list[Section], truck: Vehicle, towns: list[Town]) -> None:
    """Days of cleaning, and towns that apply to be examples."""
    for day in diary.days(30):
        section = diary.one_of(sections)
        row = Cleaning(worked_on=day, kind="daily", section=section, vehicle=truck, unit=section.unit)
        row.machine_km, row.manual_km = Decimal(diary.count(6, 20)), Decimal(diary.count(1, 5))
        row.cleaners, row.rubbish_t, row.water_t = diary.count(2, 6), Decimal("0.80"), Decimal(6)
        row = diary.write(row, diary.who("road_officer"), day)
        diary.confirm(row, "road_officer", "director", after(day, 1))
    for town in towns[:3]:
        applied = Demonstration(name=f"{town.name}示范乡镇（示例）", kind="town", demonstration_level="city", town=town)
        applied.batch, applied.declared_on = diary.start.year, after(diary.start, 50)
        applied.building_score = applied.upkeep_score = Decimal(22)
        applied.management_score, applied.operation_score, applied.feature_score = Decimal(18), Decimal(16), Decimal(8)
        applied = diary.write(applied, diary.who("road_officer"), applied.declared_on)
        day: date = after(applied.declared_on, 20)
        applied = diary.take(applied, "recommend", diary.who("director"), day, assessor=person(diary.random))
        named = {"named_on": after(day, 60).isoformat(), "naming_no": "示例四好办〔示例〕2号"}
        diary.take(applied, "name_it", diary.who("road_officer"), after(day, 60), **named)
