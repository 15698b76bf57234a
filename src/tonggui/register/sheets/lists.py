"""What can be exported under a key: every ledger, and lists that are none, handed in by whoever has them.

A list that is no ledger (the passes of the telemetry store) has a ledger's title, address and question: count, chips
and a stream of rows.
"""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

from django.http import QueryDict

from tonggui.register.actor import Actor
from tonggui.register.query import ListQuery
from tonggui.register.registry import BoundLedger, ledger


class Asked(Protocol):
    """A list as its address asks for it."""

    ledger: Any
    query: QueryDict

    @property
    def count(self) -> int: ...
    @property
    def chips(self) -> list[Any]: ...
    def stream(self) -> Iterator[Any]: ...


class Listed(Protocol):
    """A list that is no ledger. Its columns have `label`, `unit`, `value_of(row)` and `cell(value)`."""

    key: str
    title: str
    menu: str
    url: str
    export_columns: Any

    def can_read(self, actor: Actor) -> bool: ...
    def asked(self, actor: Actor, query: QueryDict) -> Asked: ...


_lists: dict[str, Listed] = {}


def provide_list(one: Listed) -> None:
    """Hand in a list that people can export."""
    _lists[one.key] = one


def listed(key: str) -> Any:
    """The list of a key; Missing where there is none."""
    return _lists.get(key) or ledger(key)


def ask(of: Any, actor: Actor, query: QueryDict) -> Asked:
    """A list's question, within what the actor may see."""
    return ListQuery(of, actor, query) if isinstance(of, BoundLedger) else of.asked(actor, query)


def version_of(of: Any) -> Callable[[Any], Any] | None:
    """What marks each row of an export that can be read back; None for lists that are only read."""
    return (lambda record: record.version) if isinstance(of, BoundLedger) else None
