"""Rows for the bench of ledgers: some written as the platform writes them, then multiplied inside the database.

Copies differ from their originals in key, number and the other unique texts; days, states and links repeat, so that the
spread over time, units and states stays that of the originals. Each copy has its line of history.
"""

import random
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

ORIGINALS = 2_000
STATIONS, FIRMS = 20, 300
LEDGERS = ("fleet.vehicle", "safety.hazard", "fleet.alarm", "overload.doubtedpass")
HISTORY = "register_historyentry"
ROLES = ("clerk", "monitor", "safety_officer", "overload_officer")


def fill(rows: int) -> dict[str, Any]:
    """Bring each ledger to so many rows; accounts: of the whole bureau by role, and of a `station`."""
    from tonggui.register.models import Account
    from tonggui.register.registry import ledger

    if not Account.objects.exists():
        _originals()
    for key in LEDGERS:
        model = ledger(key).model
        with transaction.atomic():
            for copy in range(model._base_manager.count() // ORIGINALS, rows // ORIGINALS):
                _multiply(model, copy)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {account.username.removeprefix("example-"): account for account in Account.objects.all()}


def _originals() -> None:
    """A bureau with stations and firms, and the first rows of each ledger, through the platform's own writing."""
    from tonggui.base import clock
    from tonggui.base.clock import CHINA
    from tonggui.register.actor import Actor, acting
    from tonggui.register.models import Account
    from tonggui.register.registry import ledger

    units, firms = ledger("parties.unit"), ledger("parties.enterprise")
    root = units.example()
    stations = [units.example(name=f"示例{n}站", kind="station", parent=root, unit=root) for n in range(STATIONS)]
    owners = [firms.example(name=f"示例{n}公司", unit=stations[n % STATIONS]) for n in range(FIRMS)]
    scales = ledger("overload.weighingpoint")
    points = [scales.example(code=f"SL{n:04}", name=f"示例{n}点", unit=stations[n]) for n in range(8)]
    chance = random.Random(1)
    written = datetime(2026, 1, 1, tzinfo=CHINA)
    with clock.pretending(written), acting(Actor.system("测速")):
        vehicles = _vehicles(ledger("fleet.vehicle"), owners, chance)
        for key, make in (("safety.hazard", _hazard), ("fleet.alarm", _alarm), ("overload.doubtedpass", _pass)):
            bound = ledger(key)
            states = [state.name for state in bound.flow.states]
            links = {"owners": owners, "vehicles": vehicles, "points": points}
            bound.model.objects.bulk_create(
                bound.model(state=chance.choice(states), **make(n, chance, **links)) for n in range(ORIGINALS)
            )
    for role in ROLES:
        Account.objects.create_account(f"example-{role}", None, roles=[role], unit=root, name="示例")
    Account.objects.create_account("example-station", None, roles=["safety_officer"], unit=stations[3], name="示例")


def _vehicles(bound: Any, owners: list[Any], chance: random.Random) -> list[Any]:
    classes = [code for code, _ in bound.kinds["vehicle_class"].options()]
    rows = (
        bound.model(
            plate=f"示C{n:05}",
            plate_color="2",
            vehicle_class=chance.choice(classes),
            enterprise=chance.choice(owners),
            gross_kg=chance.choice([4_500, 18_000, 49_000]),
            permit=f"示字{n:08}",
            permit_until=date(2026, 1, 1) + timedelta(days=chance.randrange(700)),
        )
        for n in range(ORIGINALS)
    )
    return bound.model.objects.bulk_create(rows)


def _hazard(n: int, chance: random.Random, owners: list[Any], **_: Any) -> dict[str, Any]:
    what = chance.choice(["灭火器过期", "消防通道堵塞", "安全台账不全", "动态监控记录缺失"])
    return dict(
        enterprise=chance.choice(owners),
        grade=chance.choices(["general", "major"], [9, 1])[0],
        content=f"示例隐患 {n}：{what}，限期整改，整改后报送照片和说明。",
        found_on=date(2024, 1, 1) + timedelta(days=chance.randrange(900)),
    )


def _alarm(n: int, chance: random.Random, vehicles: list[Any], **_: Any) -> dict[str, Any]:
    vehicle = chance.choice(vehicles)
    return dict(
        alarm_id=f"example-{n:05}",
        kind=chance.choice(["overspeed", "area_entered", "area_left", "silent"]),
        vehicle=vehicle,
        enterprise=vehicle.enterprise,
        raised_at=_moment(chance),
        speed_kmh=chance.randrange(80, 120),
        limit_kmh=80,
        evidence=[{"log": "jt808-0", "position": n}],
    )


def _pass(n: int, chance: random.Random, points: list[Any], vehicles: list[Any], **_: Any) -> dict[str, Any]:
    excess = int(chance.expovariate(1 / 3_000)) + 10
    vehicle = chance.choice(vehicles)
    return dict(
        record_no=f"SL{n:019}",
        point=chance.choice(points),
        passed_at=_moment(chance),
        plate=vehicle.plate,
        vehicle=vehicle,
        axles=chance.choice([2, 3, 4, 5, 6, 6, 6]),
        gross_kg=49_000 + excess,
        limit_kg=49_000,
        excess_kg=excess,
        rate=round(excess / 490, 2),
        fine_yuan=excess // 1000 * 500,
        calibrated=chance.random() < 0.97,
        evidence=[{"log": "weighing-0", "position": n}],
    )


def _moment(chance: random.Random) -> datetime:
    from tonggui.base.clock import CHINA

    return datetime(2024, 1, 1, tzinfo=CHINA) + timedelta(seconds=chance.randrange(900 * 86_400))


def _multiply(model: Any, copy: int) -> None:
    """One more copy of every original row of a ledger, and of its line of history."""
    unique = {kind.name for kind in model.kinds.values() if kind.unique}
    unique |= {constraint.fields[0] for constraint in model._meta.constraints}
    shift, mark = copy * ORIGINALS, f"{copy:02}"
    changed = dict.fromkeys(unique, f"{{}} || '{mark}'") | {"id": f"{{}} + {shift}"}
    first = model._base_manager.order_by("pk").values_list("pk", flat=True)[0]
    originals = f"id < {first + ORIGINALS}"
    columns = [field.column for field in model._meta.concrete_fields]
    _insert_copies(model._meta.db_table, columns, changed, originals)
    history = [name for name in _columns(HISTORY) if name != "id"]
    changed = {
        "record": f"{{}} + {shift}",
        "record_number": f"{{}} || '{mark}'",
        "after": _as_json(f"REPLACE(CAST({{}} AS text), record_number, record_number || '{mark}')"),
    }
    originals = f"ledger = '{model.ledger.key}' AND record < {first + ORIGINALS}"
    _insert_copies(HISTORY, history, changed, originals)


def _insert_copies(table: str, columns: list[str], changed: dict[str, str], originals: str) -> None:
    names = [connection.ops.quote_name(column) for column in columns]
    values = [changed.get(column, "{}").format(name) for column, name in zip(columns, names, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table} WHERE {originals}"
        )


def _columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


def _as_json(text: str) -> str:
    return f"CAST({text} AS jsonb)" if connection.vendor == "postgresql" else text
