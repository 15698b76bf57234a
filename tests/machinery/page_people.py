"""People in front of the pages of a ledger: a bureau with a firm, and a browser for each of them."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tonggui.base.site import Site
from tonggui.register.models import Account
from tonggui.register.registry import ledger


@pytest.fixture
def county(db, settings, tmp_path):
    """A bureau with a firm, and browsers of a clerk, two safety officers, a director and the firm's user."""
    settings.SITE = Site.at(tmp_path)
    unit = ledger("parties.unit").example()
    firm = ledger("parties.enterprise").example(unit=unit)

    def browser(username, *roles, enterprise=None):
        account = Account.objects.create_account(
            username,
            None,
            roles=list(roles),
            name=f"{username}（示例）",
            unit=None if enterprise else unit,
            enterprise=enterprise,
        )
        client = Client()
        client.force_login(account)
        client.account = account
        return client

    return SimpleNamespace(
        unit=unit,
        firm=firm,
        browser=browser,
        clerk=browser("clerk", "clerk"),
        other_clerk=browser("clerk2", "clerk"),
        officer=browser("officer", "safety_officer"),
        other_officer=browser("officer2", "safety_officer"),
        director=browser("director", "director"),
        firm_user=browser("firm", "enterprise", enterprise=firm),
    )
