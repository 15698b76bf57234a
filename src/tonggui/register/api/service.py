"""The API as a whole: who may use it, how it says what went wrong, and which ledgers there are."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from tonggui.register.api.routes import Closed, router_of
from tonggui.register.api.schemas import Problem
from tonggui.register.errors import Conflict, InvalidValues, Missing, Refused
from tonggui.register.models import Token
from tonggui.register.registry import all_ledgers


class Bearer(HttpBearer):
    """`Authorization: Bearer <key>`; the token stands for its account."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        return Token.find(token)


class LedgerOut(Schema):
    """A ledger that the token may read."""

    key: str
    title: str
    menu: str
    path: str
    may_create: bool


def build() -> NinjaAPI:
    """The API over all ledgers that are declared; called once, when the addresses are loaded."""
    api = NinjaAPI(
        title="同轨台账接口",
        version="1",
        description="每个台账一组接口，由台账的声明生成。数量和金额是十进制文本，时间带时区，坐标是 WGS-84 经纬度。",
        auth=Bearer(),
        urls_namespace="api",
        docs_decorator=login_required,
    )
    _explain(api)

    @api.get(
        "/ledgers/",
        response={200: list[LedgerOut], 401: Problem},
        operation_id="ledgers",
        tags=["总览"],
        summary="能查看的台账",
    )
    def ledgers(request: HttpRequest):
        actor = request.auth.account.actor  # type: ignore[attr-defined]
        return 200, [
            {
                "key": ledger.key,
                "title": ledger.title,
                "menu": ledger.menu,
                "path": f"/api/ledgers/{ledger.key}/",
                "may_create": ledger.can_create(actor),
            }
            for ledger in all_ledgers()
            if ledger.can_read(actor)
        ]

    for ledger in all_ledgers():
        api.add_router(f"/ledgers/{ledger.key}/", router_of(ledger))
    return api


#: HTTP status of each refusal; the first class that fits counts.
STATUSES: list[tuple[type[Exception], int]] = [(Missing, 404), (Conflict, 409), (Closed, 403), (Refused, 422)]


def _explain(api: NinjaAPI) -> None:
    """Every error is JSON with a sentence for people."""

    def answer(request: HttpRequest, status: int, detail: str, errors: dict[str, str] | None = None) -> HttpResponse:
        return api.create_response(request, {"detail": detail, "errors": errors or {}}, status=status)

    @api.exception_handler(InvalidValues)
    def invalid(request: HttpRequest, problem: InvalidValues) -> HttpResponse:
        return answer(request, 422, "有字段不符合要求。", problem.errors)

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, problem: Refused) -> HttpResponse:
        return answer(request, next(status for kind, status in STATUSES if isinstance(problem, kind)), str(problem))

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, problem: AuthenticationError) -> HttpResponse:
        return answer(request, 401, "没有令牌，或者令牌无效、已过期。请在请求头写 Authorization: Bearer 令牌。")

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, problem: ValidationError) -> HttpResponse:
        errors = {".".join(str(part) for part in one["loc"][2:]) or "body": _said(one) for one in problem.errors}
        return answer(request, 422, "请求的格式不对。", errors)

    @api.exception_handler(HttpError)
    def http(request: HttpRequest, problem: HttpError) -> HttpResponse:
        detail = "请求不是有效的 JSON。" if problem.status_code == 400 else str(problem)
        return answer(request, problem.status_code, detail)


def _said(error: dict[str, Any]) -> str:
    return {"missing": "没有填写。"}.get(error.get("type", ""), f"格式不对：{error.get('msg', '')}")
