"""The operations of one ledger: list, read, create, change, moves, history. The same rules hold as on the pages,
because both go through the ledger."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from tonggui.register.actor import Actor
from tonggui.register.api.schemas import (
    ChangeOut,
    MoveIn,
    MoveOut,
    Problem,
    in_schema,
    out_schema,
    page_schema,
    shown,
)
from tonggui.register.errors import Refused
from tonggui.register.history import lines_of
from tonggui.register.holding import check_held
from tonggui.register.kinds import Link
from tonggui.register.query import ListQuery
from tonggui.register.registry import BoundLedger

HISTORY = 200


class Closed(Refused):
    """The one who asks may not do this at all."""


def router_of(ledger: BoundLedger) -> Router:
    """All operations of a ledger. Shapes are made once, when the API is built."""
    router = Router(tags=[f"{ledger.menu}：{ledger.title}"])
    out = out_schema(ledger)
    page, new, change = page_schema(ledger, out), in_schema(ledger, partial=False), in_schema(ledger, partial=True)
    problems = {400: Problem, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}
    called = ledger.key.replace(".", "_")

    @router.get(
        "/",
        response={200: page, **problems},
        operation_id=f"{called}_list",
        summary=f"{ledger.title}：列表",
        description=_list_note(ledger),
    )
    def listed(request: HttpRequest):
        asked = ListQuery(ledger, reader(request, ledger), request.GET)
        following = asked.address(page=asked.page + 1).removeprefix(ledger.url) if asked.page < asked.pages else None
        return 200, {
            "count": asked.count,
            "page": asked.page,
            "pages": asked.pages,
            "size": asked.size,
            "totals": {name: ledger.kinds[name].api(total) for name, total in asked.totals.items()},
            "next": f"{request.path}{following}" if following else None,
            "items": [shown(record) for record in _with_links(ledger, asked.records)],
        }

    @router.post("/", response={201: out, **problems}, operation_id=f"{called}_create", summary=f"{ledger.title}：新增")
    def created(request: HttpRequest, data: new):  # type: ignore[valid-type]
        actor = writer(request, ledger)
        values = data.dict(exclude_unset=True)
        why = values.pop("why", "")
        check_held(ledger, None, actor, values)
        return 201, shown(ledger.create(actor, values, why))

    @router.get(
        "/{number}/",
        response={200: out, **problems},
        operation_id=f"{called}_read",
        summary=f"{ledger.title}：查看一条",
    )
    def read(request: HttpRequest, number: str):
        return 200, shown(ledger.get(number, reader(request, ledger)))

    @router.patch(
        "/{number}/",
        response={200: out, **problems},
        operation_id=f"{called}_change",
        summary=f"{ledger.title}：修改",
        description="只改送来的字段。送来读到的 version，可以避免覆盖别人刚做的修改；已审核通过的须写 why。",
    )
    def changed(request: HttpRequest, number: str, data: change):  # type: ignore[valid-type]
        actor = writer(request, ledger)
        record = ledger.get(number, actor)
        values = data.dict(exclude_unset=True)
        why, version = values.pop("why", ""), values.pop("version", None)
        check_held(ledger, record, actor, values)
        ledger.change(record, actor, values, why, version)
        return 200, shown(ledger.get(number, actor))

    @router.get(
        "/{number}/moves/",
        response={200: list[MoveOut], **problems},
        operation_id=f"{called}_moves",
        summary=f"{ledger.title}：现在能办理的步骤",
    )
    def moves(request: HttpRequest, number: str):
        actor = reader(request, ledger)
        record = ledger.get(number, actor)
        return 200, [
            {
                "name": move.name,
                "label": move.label,
                "to": move.target.name,
                "needs": list(move.needed(record)),
                "takes": list(move.takes),
                "comment_required": move.comment,
            }
            for move in ledger.moves_for(record, actor)
        ]

    @router.post(
        "/{number}/moves/{name}/",
        response={200: out, **problems},
        operation_id=f"{called}_move",
        summary=f"{ledger.title}：办理一步",
        description=_move_note(ledger),
    )
    def moved(request: HttpRequest, number: str, name: str, data: MoveIn):
        actor = writer(request, None)
        record = ledger.get(number, actor)
        check_held(ledger, record, actor, data.values)
        ledger.perform(record, name, actor, data.comment, data.values)
        return 200, shown(ledger.get(number, actor))

    @router.get(
        "/{number}/history/",
        response={200: list[ChangeOut], **problems},
        operation_id=f"{called}_history",
        summary=f"{ledger.title}：变更记录",
    )
    def history(request: HttpRequest, number: str):
        record = ledger.get(number, reader(request, ledger))
        return 200, [_change(ledger, line) for line in lines_of(record)[:HISTORY]]

    return router


def reader(request: HttpRequest, ledger: BoundLedger) -> Actor:
    """Who asks; Closed where the ledger is not open to them."""
    actor: Actor = request.auth.account.actor  # type: ignore[attr-defined]
    if not ledger.can_read(actor):
        raise Closed(f"没有查看{ledger.title}的权限。")
    return actor


def writer(request: HttpRequest, ledger: BoundLedger | None) -> Actor:
    """Who asks, with a token that may write; where a ledger is given, its rows must be open to them for writing."""
    token = request.auth  # type: ignore[attr-defined]
    if not token.may_write:
        raise Closed("这个令牌只能读取。需要写入时，请在“接口令牌”页生成允许写入的令牌。")
    actor: Actor = token.account.actor
    if ledger is not None and not ledger.can_create(actor):
        raise Closed(f"没有写入{ledger.title}的权限。")
    return actor


def _with_links(ledger: BoundLedger, records: list[Any]) -> list[Any]:
    """The records with every link read, one query a link, whatever the list shows."""
    from django.db.models import prefetch_related_objects

    prefetch_related_objects(records, *(name for name, kind in ledger.kinds.items() if isinstance(kind, Link)))
    return records


def _change(ledger: BoundLedger, line: Any) -> dict[str, Any]:
    move = ledger.flow.move(line.move) if line.move else None
    return {
        "at": line.at.isoformat(),
        "who": line.actor_name,
        "what": move.label if move else line.action_title,
        "why": line.why,
        "version": line.record_version,
        "request": line.request,
        "changes": line.changes,
    }


def _list_note(ledger: BoundLedger) -> str:
    """The parameters a list understands, which are those of the page."""
    filters = "\n".join(f"- `{'`、`'.join(one.parameters)}`：{one.label}" for one in ledger.filters)
    return (
        f"参数与页面地址相同：`q` 关键词，`sort` 排序（前加 - 为降序），`page`、`size`（20、50、100），"
        f"`as_of` 某日日终的台账，`overdue=1` 只看逾期，以及：\n\n{filters}"
    )


def _move_note(ledger: BoundLedger) -> str:
    lines = [
        f"- `{move.name}`：{move.label}（{'、'.join(s.label for s in move.edge.sources)} → {move.target.label}）"
        for move in ledger.flow.moves
    ]
    return "`name` 是：\n\n" + "\n".join(lines)
