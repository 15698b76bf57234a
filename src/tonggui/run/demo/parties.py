"""Towns, villages and people of the demo county: whom and where the other ledgers name."""

from datetime import date

from tonggui.ledgers.parties.enterprise import Enterprise
from tonggui.ledgers.parties.person import Person, PersonKind
from tonggui.ledgers.parties.town import Town, TownKind
from tonggui.ledgers.parties.unit import Unit
from tonggui.register.actor import Actor
from tonggui.run.demo.diary import Diary
from tonggui.run.demo.names import BUREAU, TOWNS, person

VILLAGE_NAMES = ["东岗村", "西河村", "南塘村", "北坡村", "上湾村", "下坪村", "新桥村", "石板村"]
HAMLET_NAMES = ["一组", "二组", "三组"]
LEADERS = ["局长", "副局长（分管安全）", "副局长（分管运输）", "副局长（分管建设）", "党组成员、大队长", "总工程师"]
PHONES = "1390000{:04}"


def make_towns(diary: Diary, founded: date) -> list[Town]:
    """The towns, which come back, some villages of each and the hamlets of every other village."""
    writer = Actor.system("建立演示区划")
    towns = []
    for name in TOWNS:
        town = Town(
            name=name, kind=TownKind.TOWN, households=diary.count(4000, 12000), people=diary.count(12000, 40000)
        )
        towns.append(town := diary.write(town, writer, founded))
        for place, village in enumerate(VILLAGE_NAMES[: diary.count(5, 8)]):
            households = diary.count(180, 900)
            made = Town(
                name=f"{name}{village}",
                kind=TownKind.VILLAGE,
                parent=town,
                households=households,
                people=int(households * diary.between(2.8, 3.9)),
            )
            made = diary.write(made, writer, founded)
            if place % 2 == 0:
                make_hamlets(diary, made, founded)
    return towns


def make_hamlets(diary: Diary, village: Town, founded: date) -> None:
    """The hamlets of a village, from a few houses to a hundred."""
    writer = Actor.system("建立演示区划")
    for name in HAMLET_NAMES:
        households = diary.count(6, 90)
        hamlet = Town(
            name=f"{village.name}{name}",
            kind=TownKind.HAMLET,
            parent=village,
            households=households,
            people=households * 3,
        )
        diary.write(hamlet, writer, founded)


def make_people(
    diary: Diary, units: dict[str, Unit], firms: list[Enterprise], towns: list[Town], founded: date
) -> list[Person]:
    """Leaders and staff of the bureau, somebody of each town, and a manager of each firm."""
    people = [
        Person(name=person(diary.random), kind=PersonKind.STAFF, unit=units[BUREAU], post=post) for post in LEADERS
    ]
    for name, unit in units.items():
        posts = ["负责人", "副职", "干事", "干事"] if name != BUREAU else []
        people += [Person(name=person(diary.random), kind=PersonKind.STAFF, unit=unit, post=post) for post in posts]
    for town in towns:
        people += [
            Person(
                name=person(diary.random),
                kind=PersonKind.TOWN,
                town=town,
                organisation=f"{town.name}人民政府",
                post=post,
            )
            for post in ("镇长", "副镇长（分管交通）", "交通专干")
        ]
    people += [
        Person(name=person(diary.random), kind=PersonKind.ENTERPRISE, enterprise=firm, unit=firm.unit, post=post)
        for firm in firms[:20]
        for post in ("总经理", "安全主管")
    ]
    for place, one in enumerate(people):
        one.phone = PHONES.format(place)
    return diary.write_all(Person, people, Actor.system("建立演示人员"), founded)
