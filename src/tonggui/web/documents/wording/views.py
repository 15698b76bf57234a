"""`/documents/wording/`: the reports and whose wording they have; one report's sections, tried, saved, compared."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tonggui.base.clock import today
from tonggui.measure.periods import Kind, Period, PeriodError
from tonggui.measure.reports import Report, all_reports, report
from tonggui.measure.wording import own
from tonggui.measure.wording.reading import read
from tonggui.measure.wording.sections import PlacedFault, SectionText, sections_of, text_of
from tonggui.register.views.address import whole
from tonggui.web.documents.access import may_word, reader, worder
from tonggui.web.documents.wording.comparing import differences
from tonggui.web.documents.wording.palette import groups
from tonggui.web.documents.wording.trial import tried
from tonggui.web.documents.wording.words import ASPECTS, TESTS, heading_html, sentences

PERIODS_OFFERED = 6
LEVELS = ((1, "一级"), (2, "二级"), (3, "三级"), (4, "四级"))
BASE = "/documents/wording/"


@dataclass(frozen=True, slots=True)
class Shown:
    """A section on the page: its place, what is written in it, and its sentences as they are read."""

    n: int
    section: SectionText
    title: Any
    paragraphs: list
    faults: list[str]


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Every report with whose wording it has, and who changed it last."""
    reader(request)
    rows = []
    for each in all_reports():
        version = own.last_version(each)
        sections = own.sections_in(version, each)
        faulty = bool(version and not version.is_default and own.check(sections, each))
        rows.append({"report": each, "version": version, "count": len(sections), "faulty": faulty})
    return render(request, "documents/wording/list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The sections of a report's wording; sent in, they become the bureau's own."""
    actor = reader(request)
    found = _report(code)
    version = own.last_version(found)
    if request.method == "GET":
        wanted = found_version(found, request.GET.get("from", ""))
        context = _editor(found, own.sections_in(wanted or version, found), version)
        return render(request, "documents/wording/page.html", {**context, "from": wanted, "may_word": may_word(actor)})
    worder(request)
    sections = _sent(request)
    reason, seen = request.POST.get("reason", ""), whole(request.POST.get("seen"), 0)
    try:
        taken = own.take(found, sections, actor, reason, seen)
    except own.WordingRefused as refused:
        context = _editor(found, sections, version, refused.faults)
        context |= {"refused": str(refused), "reason": reason, "seen": seen, "may_word": True, "dirty": True}
        return render(request, "documents/wording/page.html", context, status=422)
    messages.success(request, f"《{found.name}》的句式已保存为第{taken.n}版，以后起草和更新数据都按它写。")
    return redirect(f"{BASE}{code}/")


@require_POST
def section(request: HttpRequest, code: str) -> HttpResponse:
    """The sentences of one section as they are read, after it was written in."""
    worder(request)
    found = _report(code)
    sent = _sent(request)
    n = min(max(0, whole(request.POST.get("shown"), 0)), len(sent) - 1)
    if not sent:
        raise Http404("没有这一节。")
    placed = own.check(sent, found)
    return render(request, "documents/wording/sentences.html", {"each": _shown(n, sent[n], found, placed)})


@require_POST
def trial(request: HttpRequest, code: str) -> HttpResponse:
    """The draft of a period by the sections that were sent, beside the one by the wording in force."""
    worder(request)
    found = _report(code)
    sections = _sent(request)
    faults = own.check(sections, found)
    context: dict[str, Any] = {"report": found, "faults": [each.told(sections) for each in faults]}
    try:
        period = Period.parse(request.POST.get("period", ""))
    except PeriodError as fault:
        return render(request, "documents/wording/trial.html", {**context, "faults": [str(fault)]})
    if not faults:
        context |= {"period": period, "trial": tried(found, period, own.in_force(found), read(text_of(sections)))}
    return render(request, "documents/wording/trial.html", context)


@require_safe
def compare(request: HttpRequest, code: str) -> HttpResponse:
    """The bureau's wording against the report's own, or any version against the one before it."""
    reader(request)
    found = _report(code)
    versions = list(own.WordingVersion.objects.filter(report_code=code))
    wanted = found_version(found, request.GET.get("n", ""))
    chosen = wanted or (versions[0] if versions else None)
    default = sections_of(found.default_wording.text)
    earlier = next((each for each in versions if wanted and each.n < wanted.n), None)
    before = own.sections_in(earlier, found) if wanted else default
    context = {
        "report": found,
        "versions": versions,
        "chosen": wanted,
        "current": versions[0] if versions else None,
        "before": (f"第{earlier.n}版" if earlier else "默认句式") if wanted else "默认句式",
        "rows": differences(before, own.sections_in(chosen, found)),
    }
    return render(request, "documents/wording/compare.html", context)


@require_POST
def default(request: HttpRequest, code: str) -> HttpResponse:
    """Return to the wording that came with the report."""
    actor = worder(request)
    found = _report(code)
    try:
        own.return_to_default(found, actor, request.POST.get("reason", ""), whole(request.POST.get("seen"), 0))
    except own.WordingRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"《{found.name}》已恢复默认句式；本单位的句式仍在历史中。")
    return redirect(f"{BASE}{code}/")


def found_version(found: Report, n: str) -> own.WordingVersion | None:
    """A version by its number as it stands in an address."""
    return own.WordingVersion.objects.filter(report_code=found.code, n=whole(n, 0)).first()


def _report(code: str) -> Report:
    try:
        return report(code)
    except KeyError:
        raise Http404("没有这种文书。") from None


def _sent(request: HttpRequest) -> list[SectionText]:
    """The sections of a form, in its order."""
    names = ("level", "heading", "text", "on")
    columns = [request.POST.getlist(name) for name in names]
    return [
        SectionText(min(max(whole(level, 0), 0), 4), heading.strip(), text.replace("\r\n", "\n").strip("\n"), on == "1")
        for level, heading, text, on in zip(*columns, strict=False)
    ]


def _editor(
    found: Report,
    sections: list[SectionText],
    version: own.WordingVersion | None,
    faults: list[PlacedFault] | None = None,
) -> dict[str, Any]:
    placed = own.check(sections, found) if faults is None else faults
    return {
        "report": found,
        "sections": [_shown(n, each, found, placed) for n, each in enumerate(sections)],
        "blank": Shown(-1, SectionText(1, "", ""), "（新的一节）", [], []),
        "version": version,
        "is_own": version is not None and not version.is_default,
        "seen": version.n if version else 0,
        "palette": groups(found),
        "aspects": ASPECTS.items(),
        "tests": [(word, told.format("").strip()) for word, told in TESTS.items()],
        "levels": LEVELS,
        "periods": periods(found),
        "broken": bool(placed),
    }


def _shown(n: int, each: SectionText, found: Report, placed: list[PlacedFault]) -> Shown:
    here = [fault for fault in placed if fault.section == n]
    lines = [(fault.line, f"“{fault.fault.words}”：{fault.fault.what}。") for fault in here]
    of_heading = [words for line, words in lines if not line]
    return Shown(n, each, heading_html(each, found), sentences(each, found, lines), of_heading)


def periods(found: Report) -> list[Period]:
    """Periods to try a wording on: those that are over, newest first, of every kind the report is written for."""
    offered: list[Period] = []
    for kind in found.kinds:
        if kind is not Kind.CUSTOM:
            last = Period.containing(kind, today()).previous
            offered.append(last)
            while kind is found.kinds[0] and len(offered) < PERIODS_OFFERED:
                offered.append(offered[-1].previous)
    return offered
