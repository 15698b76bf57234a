"""The demo bureau's units and its people: one login a role, two where the law wants a second person."""

from datetime import date

from tonggui.ledgers.parties.enterprise import Enterprise
from tonggui.ledgers.parties.unit import Unit
from tonggui.register.actor import Actor
from tonggui.register.models import Account
from tonggui.register.roles import ROLES
from tonggui.run.commands.account import random_password
from tonggui.run.demo.diary import Diary
from tonggui.run.demo.names import BUREAU, GUIDANCE, UNITS, person

# Login, role, unit. The second of a role is the one who checks what the first has done.
STAFF = [
    ("jingban", "clerk", "运输管理股"),
    ("jiankong", "monitor", "道路运输事务中心"),
    ("anquan", "safety_officer", "安全应急股"),
    ("anquan2", "safety_officer", "安全应急股"),
    ("zhichao", "overload_officer", "交通运输综合行政执法大队"),
    ("zhichao2", "overload_officer", "交通运输综合行政执法大队"),
    ("zhifa", "enforcement_officer", "交通运输综合行政执法大队"),
    ("zhifa2", "enforcement_officer", "交通运输综合行政执法大队"),
    ("fazhi", "legal_officer", "安全应急股"),
    ("yunguan", "transport_officer", "道路运输事务中心"),
    ("shuishang", "water_officer", "水路事务中心"),
    ("gonglu", "road_officer", "公路事务中心"),
    ("xiangmu", "project_officer", "建设养护股"),
    ("zhiban", "duty_officer", "安全应急股"),
    ("dangwu", "party_officer", "办公室"),
    ("cailiao", "writer", "办公室"),
    ("juzhang", "director", BUREAU),
    ("luzhang", "road_chief", "公路事务中心"),
    ("guanli", "admin", BUREAU),
]
FIRM_LOGIN = "qiye"
# A road chief answers for a part of the county; everybody else's work spans it, so their scope is the whole tree.
LOCAL = {"road_chief"}


def make_units(diary: Diary, founded: date) -> dict[str, Unit]:
    """The organisation tree, by name."""
    writer = Actor.system("建立演示单位")
    units: dict[str, Unit] = {}
    for name, kind, parent in UNITS:
        mark = "示交" if name == BUREAU else ""
        unit = Unit(name=name, kind=kind, parent=units.get(parent or ""), mark=mark, head=person(diary.random))
        units[name] = diary.write(unit, writer, founded)
    for name, guide in GUIDANCE.items():
        units[name].guided_by = units[guide]
        units[name] = diary.write(units[name], writer, founded)
    return units


def make_accounts(diary: Diary, units: dict[str, Unit], firm: Enterprise) -> list[tuple[str, str, str]]:
    """An account for each member of staff and one firm; (role, login, password) of each, and the diary knows them."""
    logins = []
    for login, role, unit in STAFF:
        place = units[unit] if role in LOCAL else units[BUREAU]
        password = random_password()
        account = Account.objects.create_account(
            login, password, roles=[role], unit=place, name=f"{person(diary.random)}（{ROLES[role]}）"
        )
        diary.people.setdefault(role, []).append(Actor.of(account))
        logins.append((ROLES[role], login, password))
    password = random_password()
    account = Account.objects.create_account(
        FIRM_LOGIN, password, roles=["enterprise"], enterprise=firm, name=f"{person(diary.random)}（企业）"
    )
    diary.people["enterprise"] = [Actor.of(account)]
    return [*logins, (ROLES["enterprise"], FIRM_LOGIN, password)]
