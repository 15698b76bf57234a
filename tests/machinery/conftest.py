"""Fixtures for what needs the register: a bureau with two stations, its enterprises, and people of any role."""

from types import SimpleNamespace

import pytest

# Minutes each: begun first, so that no process waits for the last of them when the others are done.
LONGEST = ("test_tables.py", "test_web_browser.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: item.path.name not in LONGEST)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """What another test counted says nothing of this one's rows, though its people may have the same ids."""
    from tonggui.base.kept import forget_everything

    forget_everything()


@pytest.fixture
def office(db, settings, tmp_path):
    """`root`, `east` and `west` units, an enterprise of each (`firms` by unit name), and `person(role, unit)`."""
    from tonggui.base.site import Site
    from tonggui.register.models import Account
    from tonggui.register.registry import ledger

    settings.SITE = Site.at(tmp_path)
    units, enterprises = ledger("parties.unit"), ledger("parties.enterprise")
    root = units.example()
    east = units.example(name="示例东站", kind="station", parent=root, unit=root)
    west = units.example(name="示例西站", kind="station", parent=root, unit=root)
    firms = {unit.name: enterprises.example(name=f"{unit.name}示例公司", unit=unit) for unit in (root, east, west)}

    def person(*roles, unit=root, name=""):
        number = Account.objects.count() + 1
        firm = firms[unit.name] if "enterprise" in roles else None
        account = Account.objects.create_account(
            f"example{number}",
            None,
            roles=list(roles),
            unit=None if firm else unit,
            enterprise=firm,
            name=name or "孙示例",
        )
        return account.actor

    return SimpleNamespace(root=root, east=east, west=west, firms=firms, person=person)
