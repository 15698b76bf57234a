"""Fixtures for suites over ledgers: a bureau with two stations, and a person of any role in each."""

from types import SimpleNamespace

import pytest


@pytest.fixture(autouse=True)
def _own_site(request):
    """Attachments and secrets of a test lie in its own folder."""
    if "db" in request.fixturenames or "transactional_db" in request.fixturenames:
        from tonggui.base.site import Site

        settings = request.getfixturevalue("settings")
        settings.SITE = Site.at(request.getfixturevalue("tmp_path"))


@pytest.fixture(autouse=True)
def _counts_grow_no_older(monkeypatch):
    """The counts of the bell, over all ledgers, are made once and kept: no promise of one ledger rests on them."""
    monkeypatch.setattr("tonggui.base.kept.monotonic", lambda: 0.0)


@pytest.fixture
def bureau(db):
    """A bureau (`root`), two stations below it, an enterprise of each station, and `person(role, unit)`."""
    from tonggui.register.models import Account
    from tonggui.register.registry import ledger

    units, enterprises = ledger("parties.unit"), ledger("parties.enterprise")
    root = units.example()
    east = units.example(name="示例东站", kind="station", parent=root, unit=root)
    west = units.example(name="示例西站", kind="station", parent=root, unit=root)
    firms = {
        unit.pk: enterprises.example(name=f"{unit.name}示例客运有限公司", unit=unit) for unit in (root, east, west)
    }

    def person(*roles, unit=root, enterprise=None, name=""):
        number = Account.objects.count() + 1
        firm = firms[unit.pk] if "enterprise" in roles and enterprise is None else enterprise
        account = Account.objects.create_account(
            f"example{number}",
            None,
            roles=list(roles),
            unit=None if "enterprise" in roles else unit,
            enterprise=firm,
            name=name or f"示例{number}",
        )
        return account.actor

    return SimpleNamespace(root=root, east=east, west=west, firms=firms, person=person)
