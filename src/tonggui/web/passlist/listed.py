"""The list of passes as a thing that pages, saved queries and exports can name, as they name a ledger."""

from types import SimpleNamespace
from typing import Any

from django.http import QueryDict

from tonggui.register.actor import Actor
from tonggui.web.passlist.columns import COLUMNS
from tonggui.web.passlist.question import PassQuestion
from tonggui.web.passlist.scope import may_read, scope_of


class PassList:
    """All passes, under the names that a ledger has for its pages."""

    key = "overload.passes"
    title = "过车记录"
    menu = "治超管理"
    url = "/passes/"
    page = SimpleNamespace(papers=())
    export_columns = tuple(COLUMNS.values())

    def can_read(self, actor: Actor) -> bool:
        return may_read(actor)

    def asked(self, actor: Actor, query: QueryDict | dict[str, Any]) -> PassQuestion:
        """The list that an address asks for, within what the actor may see."""
        return PassQuestion(self, scope_of(actor), query)


PASS_LIST = PassList()
