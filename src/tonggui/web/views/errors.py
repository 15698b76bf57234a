"""Pages for what went wrong, in the reader's words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def _page(request: HttpRequest, status: int, heading: str, words: str) -> HttpResponse:
    return render(request, "web/error.html", {"heading": heading, "words": words}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, 400, "请求无法识别", "地址或提交的内容不完整。请从菜单重新进入页面再试。")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    words = str(exception) if exception and exception.args else "您没有查看这一页的权限。需要时请联系本单位系统管理员。"
    return _page(request, 403, "没有权限", words)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    # Django's own words for an unknown address are a table of patterns; ours are sentences.
    words = str(exception.args[0]) if exception and exception.args and isinstance(exception.args[0], str) else ""
    return _page(request, 404, "没有找到", words or "这个地址没有内容：可能写错了，也可能已被移走。请从菜单进入。")


def failed(request: HttpRequest) -> HttpResponse:
    return _page(
        request, 500, "平台出错", "平台处理时出错，刚才的操作没有完成。出错情况已经记录；再次出现时请告诉管理员。"
    )
