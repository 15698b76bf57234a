"""Rules for every answer: nobody reads a page without a login, no page fetches anything from elsewhere, and cookies of
HTTPS stay on it."""

import re

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import sync_and_async_middleware

# Style attributes stay allowed: the map positions its parts by them. `blob:` is the map's worker and its pictures.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "style-src 'self' 'unsafe-inline'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

# These addresses answer 401 in their own form instead of sending a machine to the login page.
MACHINES = ("/api/", "/feed/")

# Characters that no text of ours has; a database, a sheet or a .docx would fail on them later.
CONTROLS = re.compile(r"%(0[0-8bcef]|1[0-9a-f]|7f)", re.IGNORECASE)

# What remains open to an account whose password must be changed first.
PASSWORD_FIRST = ("/password/", "/logout/", "/login/")


class LoginRequired(LoginRequiredMiddleware):
    """Every view asks for a login unless it says otherwise; the API knows tokens and asks by itself."""

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs):
        if CONTROLS.search(request.META["QUERY_STRING"]):
            raise BadRequest("the address holds control characters")
        if request.path.startswith(MACHINES):
            return None
        if getattr(request.user, "must_change_password", False) and request.path not in PASSWORD_FIRST:
            return redirect("/password/")
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func) -> HttpResponse:
        """A part of a page cannot show the login page, so HTMX is told to load it whole."""
        if request.headers.get("HX-Request") == "true":
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = settings.LOGIN_URL
            return answer
        return super().handle_no_permission(request, view_func)


@sync_and_async_middleware
def content_policy(get_response):
    """The content security policy: scripts, styles, tiles and fonts come from this machine alone."""
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> HttpResponse:
            return _with_policy(await get_response(request))

    else:

        def middleware(request: HttpRequest) -> HttpResponse:
            return _with_policy(get_response(request))

    return middleware


@sync_and_async_middleware
def secure_cookies(get_response):
    """Cookies given over HTTPS are never sent without it. The outermost rule, for it looks at every cookie."""
    if iscoroutinefunction(get_response):

        async def middleware(request: HttpRequest) -> HttpResponse:
            return _with_secure_cookies(request, await get_response(request))

    else:

        def middleware(request: HttpRequest) -> HttpResponse:
            return _with_secure_cookies(request, get_response(request))

    return middleware


def _with_secure_cookies(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    if request.is_secure():
        for cookie in answer.cookies.values():
            cookie["secure"] = True
    return answer


def _with_policy(answer: HttpResponse) -> HttpResponse:
    answer.headers.setdefault("Content-Security-Policy", POLICY)
    answer.headers.setdefault("Referrer-Policy", "same-origin")
    return answer
