"""Logging in and out, and changing one's password."""

import logging

from django.contrib import messages
from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from tonggui.register.kinds.text import as_text
from tonggui.web import lockout

log = logging.getLogger("tonggui.login")


@login_not_required
@sensitive_post_parameters("password")
@never_cache
def login_page(request: HttpRequest) -> HttpResponse:
    """The login page; a wrong name and a wrong password get the same words."""
    address = safe_next(request)
    if request.user.is_authenticated:
        return redirect(address)
    page = {"next": address, "username": as_text(request.POST.get("username", ""))}
    if request.method == "POST":
        page["problem"] = _try(request, page["username"], request.POST.get("password", ""))
        if not page["problem"]:
            return redirect(address)
    return render(request, "web/login.html", page, status=422 if page.get("problem") else 200)


def _try(request: HttpRequest, username: str, password: str) -> str:
    """Log the person in and return '', or return the words that say why not."""
    source = request.META.get("REMOTE_ADDR") or None
    attempt = lockout.admit(username, source)
    if isinstance(attempt, int):
        log.warning("login of %r from %s refused: locked out for %d min", username, source, attempt)
        return f"连续输错次数过多，请在 {attempt} 分钟后再试，或联系本单位系统管理员。"
    account = authenticate(request, username=username, password=password)
    if account is None:
        log.warning("login of %r from %s failed", username, source)
        return "用户名或密码不正确，请核对后重新输入。"
    attempt.succeeded = True
    attempt.save(update_fields=["succeeded"])
    login(request, account)
    log.info("login of %r from %s", username, source)
    return ""


def safe_next(request: HttpRequest) -> str:
    """The address to go on to, only where it lies on this site."""
    address = request.POST.get("next") or request.GET.get("next") or "/"
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        return address
    return "/"


@require_POST
def logout_page(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("/login/")


@sensitive_post_parameters()
def password_page(request: HttpRequest) -> HttpResponse:
    """Change one's own password; every other session of the account ends."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = form.save(commit=False)
        account.must_change_password = False
        account.save()
        update_session_auth_hash(request, account)
        messages.success(request, "密码已修改。")
        return redirect("/")
    return render(request, "web/password.html", {"form": form}, status=422 if form.errors else 200)
