"""One's own account: the tokens by which other systems act for it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tonggui.base import clock
from tonggui.register.models import Token
from tonggui.register.views.address import whole

#: Days a token may live; nobody remembers a key that lasts for ever.
LIVES = {30: "30 天", 180: "半年", 365: "一年"}
MOST = 20


@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """List one's tokens; POST makes a new one and shows its key this once."""
    key, error, status = "", "", 200
    if request.method == "POST":
        name = request.POST.get("name", "").strip()[:64]
        days = whole(request.POST.get("days"), 180)
        if not name:
            error, status = "请写明这个令牌给哪个系统用。", 422
        elif request.user.tokens.count() >= MOST:
            error, status = f"最多 {MOST} 个令牌。请先停用不再使用的。", 422
        else:
            expires = clock.now() + timedelta(days=days if days in LIVES else 180)
            _, key = Token.issue(request.user, name, may_write=request.POST.get("may_write") == "1", expires_at=expires)
    found = [
        {"token": token, "expired": bool(token.expires_at and token.expires_at <= clock.now())}
        for token in request.user.tokens.order_by("-created_at")
    ]
    context = {"tokens": found, "key": key, "error": error, "lives": LIVES.items()}
    return render(request, "register/tokens.html", context, status=status)


@require_POST
def drop_token(request: HttpRequest, token: int) -> HttpResponse:
    """Stop a token at once."""
    found = get_object_or_404(Token, pk=token, account=request.user)
    found.delete()
    messages.success(request, f"令牌“{found.name}”已停用，使用它的系统从现在起不能再访问。")
    return redirect("register:tokens")
