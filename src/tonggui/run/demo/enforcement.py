"""A half-year of enforcement in the demo county.

Clues come in, officers go out, some of what they find becomes a case; each goes as far as its days allow. The bands are
examples within the amounts of the law, not those of any province.
"""

from datetime import date

from tonggui.ledgers.enforcement.case import Case
from tonggui.ledgers.enforcement.case_kinds import CaseKind
from tonggui.ledgers.enforcement.clue import Channel, Clue, ClueKind
from tonggui.ledgers.enforcement.discretion import Degree, Discretion
from tonggui.ledgers.enforcement.officer import Duty, Officer
from tonggui.ledgers.enforcement.operation import Operation, OperationKind
from tonggui.ledgers.enforcement.participation import Participation
from tonggui.ledgers.overload.yard import Yard
from tonggui.ledgers.parties.person import Person
from tonggui.ledgers.parties.unit import Unit
from tonggui.ledgers.penalty.words import PartyKind
from tonggui.ledgers.safety.campaign import Campaign, CampaignKind
from tonggui.register.actor import Actor
from tonggui.register.kinds import Choices
from tonggui.run.demo.diary import Diary, after
from tonggui.run.demo.held import refer, seize
from tonggui.run.demo.names import person, plate
from tonggui.statutes.enforcement import earliest_decision

WRITER = Actor.system("建立演示档案")
BRIGADE = "交通运输综合行政执法大队"
# Act, clause, lowest and highest of the law, highest of the band; kind of case, kind of clue, scene.
ACTS = [
    ("未取得道路客运经营许可从事客运经营", "道路运输条例第六十三条第二项", 10_000, 100_000, 30_000,
     CaseKind.UNLICENSED, ClueKind.UNLICENSED, "示例县汽车客运中心出站口"),
    ("未取得网络预约出租汽车运输证从事经营", "网络预约出租汽车经营服务管理暂行办法第三十四条", 3_000, 10_000, 5_000,
     CaseKind.RIDE_HAILING, ClueKind.RIDE_HAILING, "示例高铁站落客平台"),
    ("货物脱落、扬撒", "道路运输条例第六十八条", 1_000, 3_000, 2_000,
     CaseKind.FREIGHT, ClueKind.SPILL, "示例大道 K3+200"),
    ("未按规定维护和检测运输车辆", "道路运输条例第六十九条", 1_000, 5_000, 3_000,
     CaseKind.FREIGHT, ClueKind.OTHER, "示例西路 K8+050"),
]  # fmt: skip
KINDS = [OperationKind.OVERLOAD, OperationKind.ILLEGAL, OperationKind.SOURCE, OperationKind.ROADSIDE]
TOGETHER = [(), ("traffic_police",), ("traffic_police", "road"), ("police", "transport"), ("emergency", "town")]
AREAS = ["示例大道 K3+200", "示例西路 K8+050", "示例县汽车客运中心", "江口镇集市路口", "示例高铁站"]


def make_officers(diary: Diary, units: dict[str, Unit]) -> list[Officer]:
    """Six certificate holders, the last of them a reviewer."""
    return [_officer(diary, units, number, after(diary.start, -60)) for number in range(6)]


def make_enforcement(
    diary: Diary, units: dict[str, Unit], officers: list[Officer], yards: list[Yard], today: date
) -> None:
    """Bands and the half-year's work with them, some of it at the source yards."""
    since = after(diary.start, -60)
    bands = [_band(diary, act, since) for act in ACTS]
    campaigns = list(Campaign.objects.visible_to(WRITER).filter(kind=CampaignKind.CRACKDOWN))
    operations = [_operation(diary, units, officers, yards, campaigns, day) for day in diary.days(36)]
    for number, day in enumerate(diary.days(26)):
        act = number % len(ACTS)
        _story(diary, units, officers, bands[act], ACTS[act], diary.one_of(operations), day, number, today)


def _officer(diary: Diary, units: dict[str, Unit], number: int, since: date) -> Officer:
    who = diary.write(Person(name=person(diary.random), post="执法员（示例）", unit=units[BRIGADE]), WRITER, since)
    reviewer = number == 5
    return diary.write(
        Officer(
            person=who,
            unit=units[BRIGADE],
            certificate=f"示执{number + 1:06}",
            certified_trades=Choices.stored(("road", "transport")),
            enforcement_duty=Duty.REVIEW if reviewer else Duty.FIELD,
            legal_exam=reviewer,
            issued_on=after(since, -900),
            valid_until=after(diary.end, 30 if number == 4 else 400 + number * 90),
        ),
        diary.who("legal_officer"),
        since,
    )


def _band(diary: Diary, act: tuple, since: date) -> Discretion:
    name, clause, low, high, band, *_ = act
    line = Discretion(
        act=f"{name}（示例）",
        degree=Degree.ORDINARY,
        factors="首次被查获，配合调查，没有造成危害后果（示例）",
        clause=clause,
        penalty_clause=clause,
        law_lowest=low,
        law_highest=high,
        lowest=low,
        highest=band,
        band_document="示例省交通运输行政处罚裁量基准",
        in_force_from=since,
    )
    return diary.take(diary.write(line, diary.who("legal_officer"), since), "enforce", diary.who("director"), since)


def _operation(
    diary: Diary, units: dict, officers: list[Officer], yards: list[Yard], campaigns: list[Campaign], day: date
) -> Operation:
    kind, partners = diary.one_of(KINDS), diary.one_of(TOGETHER)
    yard = diary.one_of(yards) if kind == OperationKind.SOURCE else None
    checked, over = diary.count(30, 90), diary.count(4, 12) if kind == OperationKind.OVERLOAD else 0
    officer = diary.who("overload_officer")
    running = [one for one in campaigns if one.starts_on <= day <= one.ends_on]
    operation = Operation(
        kind=kind,
        campaign=diary.one_of([None, *running]),
        operated_on=day,
        operation_hours=diary.count(2, 8),
        zone=yard.name[:20] if yard else diary.one_of(AREAS),
        yard=yard,
        unit=units[BRIGADE],
        leading_officer=diary.one_of(officers),
        partners=Choices.stored(partners),
        staff=diary.count(4, 10),
        vehicles=diary.count(1, 3),
        checked=checked,
        corrected=diary.count(0, 6),
        suspected=over + 4 if over else 0,
        guided=over + 2 if over else 0,
        found_over=over,
        reloaded=over,
    )
    operation = diary.write(operation, officer, day)
    if partners and diary.chance(0.5):
        part = Participation(
            operation=operation, joined_unit=units["江北执法中队"], sent_staff=3, sent_vehicles=1, team_leader="李示例"
        )
        diary.take(diary.write(part, diary.who("road_officer"), day), "join", officer, day)
    return diary.confirm(operation, "overload_officer", "director", after(day, 1))


def _story(diary, units, officers, band, act, operation, day, number, today) -> None:
    """One clue, and the case that may come of it, as far as its days allow."""
    name, _, low, _, _, kind, clue_kind, scene = act
    officer, head = diary.who("enforcement_officer"), diary.who("director")
    clue = Clue(
        kind=clue_kind,
        channel=diary.one_of(list(Channel)),
        received_on=day,
        scene=scene,
        plate=plate(90_001 + number),
        unit=units[BRIGADE],
        content=f"反映{scene}附近有车辆{name}（示例）。",
    )
    clue = diary.write(clue, officer, day)
    if number % 5 == 4 or after(day, 8) >= today:
        return
    if number % 5 == 3:
        diary.take(clue, "disprove", officer, after(day, 2), verification="现场未见所述车辆")
        return
    clue = diary.take(clue, "prove", officer, after(day, 2), verification="现场核查属实")
    case = Case(
        kind=kind,
        charge=name,
        clue=clue,
        operation=operation if operation.operated_on <= day else None,
        party=f"{person(diary.random)}（示例）",
        party_kind=PartyKind.PERSON,
        plate=clue.plate,
        unit=units[BRIGADE],
        received_on=day,
        happened_on=day,
        scene=scene,
        lead_officer=officers[0],
        discretion=band,
    )
    _see_through(diary, diary.write(case, officer, after(day, 3)), officer, head, officers, low, today)


def _see_through(diary, case, officer, head, officers, fine, today) -> None:
    filed_on = after(case.received_on, 4)
    opened = {"filed_on": filed_on.isoformat(), "second_officer": officers[1].number}
    case = diary.take(case, "open_case", head, filed_on, **opened)
    if case.kind == CaseKind.UNLICENSED:
        seize(diary, case, officer, head, filed_on)
    found = {"facts": f"{case.happened_on}在{case.scene}{case.charge}（示例）。", "evidence_list": "现场笔录；询问笔录"}
    case = diary.take(case, "propose", officer, after(filed_on, 4), **found)
    if case.kind == CaseKind.RIDE_HAILING and diary.chance(0.3):
        refer(diary, case, officer, head, after(filed_on, 5))
        return
    noticed_on = after(filed_on, 9)
    reviewed = {"legal_reviewed_on": after(filed_on, 6).isoformat(), "review_opinion": "事实清楚，同意"}
    case = diary.take(case, "pass_review", diary.who("legal_officer"), after(filed_on, 6), **reviewed)
    told = {"noticed_on": noticed_on.isoformat(), "noticed_fine": str(fine), "hearing_offered": True}
    case = diary.take(case, "notice", officer, noticed_on, **told)
    decided_on = after(earliest_decision(noticed_on), diary.count(1, 12))
    if decided_on >= today:
        return
    case = diary.take(case, "decide", head, decided_on, fine=str(fine), decided_on=decided_on.isoformat())
    served_on = after(decided_on, diary.count(0, 6))
    served = {"served_on": served_on.isoformat(), "served_how": "直接送达", "published_on": served_on.isoformat()}
    case = diary.take(case, "serve", officer, served_on, **served)
    closed_on = after(served_on, diary.count(1, 14))
    if closed_on >= today or diary.chance(0.2):
        return
    paid = {"fine_paid": str(fine), "paid_on": closed_on.isoformat(), "closed_on": closed_on.isoformat()}
    diary.take(case, "close", officer, closed_on, **paid)
