"""`/passes/media/<sha256>/`: one picture or video of a pass, for whoever may read doubted passes."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tonggui.register.registry import ledger
from tonggui.register.views.access import actor_of, need
from tonggui.stream.media import HEAD_BYTES, Media, content_type
from tonggui.web.views.ranges import file_with_ranges


@require_safe
def content(request: HttpRequest, sha256: str) -> HttpResponse:
    """The content, whole or in ranges; it can be kept for long, for under its name it never changes."""
    need(ledger("overload.doubtedpass").can_read(actor_of(request)), "过车影像只供能查看疑似超限的人员使用。")
    path = Media(settings.SITE).path(sha256)
    if path is None:
        raise Http404("没有这份影像：检测点可能还没有上传，或者已过保存期清理。")
    with path.open("rb") as file:
        kind = content_type(file.read(HEAD_BYTES)) or "application/octet-stream"
    answer = file_with_ranges(request, path, kind)
    answer["Cache-Control"] = "private, max-age=31536000, immutable"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer
