"""Accounts of a site: make one, list them, give one a new random password (shown once)."""

import argparse
import os
import secrets

from tonggui.base.site import Site
from tonggui.run.cli import add_data_option


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="every account with its roles")
    password = actions.add_parser("password", help="a new random password for an account")
    password.add_argument("name")
    create = actions.add_parser("create", help="a new account with a random password")
    create.add_argument("name")
    create.add_argument("--roles", default="", help="comma-separated role codes, such as clerk,writer")
    create.add_argument("--unit", default="", help="number of the unit it belongs to")


def run(options: argparse.Namespace) -> int:
    os.environ["TONGGUI_DATA"] = str(Site.at(options.data).data)
    from tonggui.run.setup import prepare_ledgers

    prepare_ledgers()
    from tonggui.register.models import Account

    if options.action == "list":
        for account in Account.objects.order_by("username"):
            print(f"{account.username}\t{','.join(sorted(account.roles))}\t{account.unit or ''}")
        return 0
    if options.action == "password":
        account = Account.objects.filter(username=options.name).first()
        if account is None:
            print(f"no account {options.name!r}; `tonggui account list` shows them")
            return 1
    else:
        if Account.objects.filter(username=options.name).exists():
            print(f"account {options.name!r} exists already")
            return 1
        from tonggui.ledgers.parties.unit import Unit
        from tonggui.register.actor import Actor

        unit = Unit.objects.visible_to(Actor.system("account create")).filter(number=options.unit).first()
        account = Account(username=options.name, unit=unit, roles=[role for role in options.roles.split(",") if role])
    password = random_password()
    account.set_password(password)
    account.save()
    print(f"{account.username}\t{password}")
    return 0


def random_password() -> str:
    """Twelve letters and digits that cannot be mistaken for one another when read aloud."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(4)) for _ in range(3))
