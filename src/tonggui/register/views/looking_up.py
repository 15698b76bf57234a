"""Options for a link while one types: the first records whose number or name holds the words."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonggui.register.kinds import Link
from tonggui.register.views.access import open_ledger

LIMIT = 20


@require_GET
def options(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """`<option>`s for the field `name` of a ledger. The words are the field's own value in the form that asks."""
    ledger, actor = open_ledger(request, key)
    kind = ledger.kinds.get(name)
    if not isinstance(kind, Link):
        raise Http404(f"{ledger.title}的“{name}”不是关联。")
    text = request.GET.get(name, "").strip()
    found = _matching(kind, text, actor)
    # A filter asks by number; a form writes the name that the sheet would, which reads back to one record alone.
    by_number = request.GET.get("as") == "number"
    rows = [{"value": r.number if by_number else r.sheet_name, "word": _word(r, by_number)} for r in found]
    return render(request, "register/parts/options.html", {"rows": rows})


def _word(record: Any, by_number: bool) -> str:
    """What stands beside the value: what the value does not say."""
    if record.short_name == record.number:
        return str(record)
    return record.short_name if by_number else record.number


def _matching(kind: Link, text: str, actor: Any) -> list[Any]:
    condition = Q()
    for word in text.split()[:4]:
        anywhere = Q()
        for field in kind.names:
            anywhere |= Q(**{f"{field}__icontains": word})
        condition &= anywhere
    return list(kind.related_model.objects.visible_to(actor).filter(condition).order_by("number")[:LIMIT])
