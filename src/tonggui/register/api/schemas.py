"""Shapes of a ledger's records for the API: what is given out is exact, what is taken in is read by the kinds.

What comes in is only described here, not judged: `kind.parse` judges it, so that the API, the form and the sheet refuse
the same things in the same words.
"""

from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import TypeAdapter, WithJsonSchema, create_model

from tonggui.register.kinds import Kind, Link
from tonggui.register.registry import BoundLedger


class Linked(Schema):
    """Another record, named."""

    number: str
    name: str


class StateOut(Schema):
    """Where a record stands in its workflow."""

    code: str
    label: str
    confirmed: bool


class Problem(Schema):
    """What went wrong, in words; `errors` names each field that does not fit."""

    detail: str
    errors: dict[str, str] = {}


class MoveIn(Schema):
    """A workflow move: the opinion, and the fields that the move takes or needs."""

    comment: str = Field("", title="意见或理由")
    values: dict[str, Any] = Field({}, title="随办理填写的字段")


class MoveOut(Schema):
    """A move that is open now to the one who asks."""

    name: str
    label: str
    to: str
    needs: list[str]
    takes: list[str]
    comment_required: bool


class ChangeOut(Schema):
    """One line of a record's history; `changes` maps a field to what it was and what it became."""

    at: str
    who: str
    what: str
    why: str
    version: int
    request: str
    changes: dict[str, list[Any]]


def value_fields(ledger: BoundLedger) -> dict[str, Kind]:
    """Fields that the API gives: all that the ledger declares, without the state, which has a shape of its own."""
    return {name: kind for name, kind in ledger.kinds.items() if name != "state"}


def _name(ledger: BoundLedger, suffix: str) -> str:
    return f"{ledger.domain.title()}{ledger.model.__name__}{suffix}"


def out_schema(ledger: BoundLedger) -> type[Schema]:
    """A record as it is given out: its fields, computed columns, state, version and address."""
    fields: dict[str, Any] = {
        name: (_out_type(kind), Field(None, title=kind.label, description=kind.hint or None))
        for name, kind in value_fields(ledger).items()
    }
    fields |= {name: (Any, Field(None, title=column.label)) for name, column in ledger.computed.items()}
    fields |= {
        "number": (str, Field(title=ledger.kinds["number"].label)),
        "state": (StateOut, Field(title="状态")),
        "overdue": (bool, Field(title="是否逾期")),
        "version": (int, Field(title="版本，修改时带回")),
        "url": (str, Field(title="页面地址")),
    }
    return create_model(_name(ledger, "Out"), __base__=Schema, __doc__=ledger.title, **fields)


def _out_type(kind: Kind) -> Any:
    return (Linked if isinstance(kind, Link) else kind.api_type) | None


def in_schema(ledger: BoundLedger, *, partial: bool) -> type[Schema]:
    """What may be sent for a new record, or (partial) for a change with the version it was made on and its reason."""
    fields: dict[str, Any] = {}
    for name in [*ledger.form_names, "number"]:
        kind = ledger.kinds[name]
        if kind.control not in ("state", "noted"):
            fields[name] = (_in_type(kind), Field(None, title=kind.label))
    fields["why"] = (str, Field("", title="原因"))
    if partial:
        fields.pop("number", None)
        fields["version"] = (int | None, Field(None, title="读到的版本；已被他人修改时拒绝"))
    return create_model(_name(ledger, "Change" if partial else "New"), __base__=Schema, **fields)


def _in_type(kind: Kind) -> Any:
    """Anything, described as what the kind wants to read."""
    if isinstance(kind, Link):
        shape: dict[str, Any] = {"type": "string"}
    else:
        shape = TypeAdapter(kind.api_type).json_schema()
    if options := kind.options():
        shape = {"type": "string", "enum": [value for value, _ in options]}
    words = "；".join(part for part in (kind.note(), f"单位：{kind.unit}" if kind.unit else "") if part)
    return Annotated[Any, WithJsonSchema({**shape, "title": kind.label, "description": words})]


def page_schema(ledger: BoundLedger, out: type[Schema]) -> type[Schema]:
    """One page of a list, with the count of the whole and the totals of its numeric columns."""
    return create_model(
        _name(ledger, "Page"),
        __base__=Schema,
        count=(int, Field(title="符合条件的总数")),
        page=(int, ...),
        pages=(int, ...),
        size=(int, ...),
        totals=(dict[str, Any], Field(title="数值列的合计")),
        next=(str | None, Field(None, title="下一页的地址")),
        items=(list[out], ...),  # type: ignore[valid-type]
    )


def shown(record: Any) -> dict[str, Any]:
    """A record's values in the shape of `out_schema`."""
    ledger = record.ledger
    state = record.state_now
    return {
        **{name: kind.api(kind.value_of(record)) for name, kind in value_fields(ledger).items()},
        **{name: column.api(column.value_of(record)) for name, column in ledger.computed.items()},
        "state": {"code": state.name, "label": state.label, "confirmed": state.confirmed},
        "overdue": record.is_overdue,
        "version": record.version,
        "url": record.url,
    }
