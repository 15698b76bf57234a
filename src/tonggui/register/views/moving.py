"""A workflow move: its form on the record's page, with what must be filled, the opinion, and a clear refusal."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tonggui.base import clock
from tonggui.register.errors import InvalidValues, Refused
from tonggui.register.kinds import Day, Kind
from tonggui.register.kinds.files import Files
from tonggui.register.views import record as record_page
from tonggui.register.views.access import open_record
from tonggui.register.views.controls import Control, control, entry_of, typed
from tonggui.register.workflow import Move


@dataclass(slots=True)
class Doing:
    """The form of a move as the template draws it."""

    url: str
    title: str
    says: str
    controls: list[Control]
    comment_required: bool
    comment: str = ""
    comment_error: str = ""
    refusal: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def comment_label(self) -> str:
        return "理由" if self.comment_required else "意见"

    @property
    def files(self) -> bool:
        return any(one.kind == "files" for one in self.controls)


def move(request: HttpRequest, key: str, number: str, name: str) -> HttpResponse:
    """GET shows the form of the move, POST takes it. HTMX gets the form alone, a plain request the whole page."""
    ledger, actor, record = open_record(request, key, number)
    found = next((one for one in ledger.flow.moves if one.name == name), None)
    if found is None:
        raise Http404(f"{ledger.title}没有“{name}”这一步。")
    kinds = [ledger.kinds[one] for one in dict.fromkeys((*found.needed(record), *found.takes))]
    comment, values, faults = request.POST.get("comment", "").strip(), {}, {}
    if request.method == "POST":
        try:
            values = typed(request, kinds, actor, ledger, record)
            done = ledger.perform(record, name, actor, comment, values)
        except InvalidValues as problem:
            faults = {"errors": problem.errors}
        except Refused as problem:
            faults = {"refusal": str(problem)}
        else:
            messages.success(request, f"已{found.label}：{done.number} 现在是“{done.state_now.label}”。")
            return _gone(request, done.url)
    doing = _doing(found, record, kinds, values, comment, **faults)
    status = 422 if faults else 200
    if request.headers.get("HX-Request") == "true":
        return render(
            request, "register/parts/doing.html", {"doing": doing, "ledger": ledger, "url": record.url}, status=status
        )
    return record_page.page(request, ledger, actor, record, doing=doing, status=status)


def _gone(request: HttpRequest, url: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = url
        return answer
    return redirect(url)


def _doing(
    found: Move,
    record: Any,
    kinds: list[Kind],
    values: dict,
    comment: str,
    errors: dict | None = None,
    refusal: str = "",
) -> Doing:
    needed = found.needed(record)
    errors = errors or {}
    controls = [
        control(
            kind,
            values.get(kind.name, _proposed(kind, record, kind.name in needed or not callable(found.needs))),
            error=errors.get(kind.name, ""),
            required=kind.name in needed or not kind.optional,
        )
        for kind in kinds
    ]
    lacking = found.comment and not comment and bool(refusal)
    return Doing(
        url=f"{record.url}move/{found.name}/",
        title=found.label,
        says=f"{record.state_now.label} → {found.target.label}",
        controls=controls,
        comment_required=found.comment,
        comment=comment,
        comment_error="请写明理由。" if lacking else "",
        refusal="" if lacking else refusal,
        errors=errors,
    )


def _proposed(kind: Kind, record: Any, done: bool) -> Any:
    """What stands in the record; the empty day of a deed is today, a deadline is left to the officer.

    A day that the move needs of other records only, as of a discussion that was not held, stays empty: not `done`.
    """
    held = entry_of(kind, record)
    deadlines = {state.due for state in record.ledger.flow.states}
    if done and isinstance(kind, Day) and not held and kind.name not in deadlines:
        return clock.today().isoformat()
    return held if not isinstance(kind, Files) else kind.entry(kind.value_of(record))
