"""The wording of a report that is in force: the bureau's own, or the one that came with the report."""

from collections.abc import Sequence

from django.db import transaction

from tonggui.measure.errors import DocumentError
from tonggui.measure.reports import Report
from tonggui.measure.wording.checking import faults_of
from tonggui.measure.wording.models import WordingVersion
from tonggui.measure.wording.reading import read
from tonggui.measure.wording.sections import PlacedFault, SectionText, placed, sections_of, text_of
from tonggui.measure.wording.tree import Wording
from tonggui.register.actor import Actor

WORDERS = ("writer", "director")
LONGEST = 100_000
LONGEST_REASON = 200


class WordingRefused(DocumentError):
    """Why a wording is not taken, with the place of every fault."""

    def __init__(self, words: str, faults: Sequence[PlacedFault] = ()) -> None:
        self.faults = list(faults)
        super().__init__(words)


def last_version(report: Report) -> WordingVersion | None:
    """The version in force, None where the bureau never changed the wording."""
    return WordingVersion.objects.filter(report_code=report.code).first()


def sections_in(version: WordingVersion | None, report: Report) -> list[SectionText]:
    """The sections of a version; without one, or after a return to it, those of the report's own wording."""
    if version is None or version.is_default:
        return sections_of(report.default_wording.text)
    return [SectionText.from_json(each) for each in version.sections]


def in_force(report: Report) -> Wording:
    """The wording that drafts are written from.

    An own wording that has become faulty (it names an indicator that is declared no more) is not printed from: the
    report's own stands in until the bureau has mended it.
    """
    version = last_version(report)
    if version is None or version.is_default:
        return report.default_wording
    wording = read(text_of(sections_in(version, report)))
    return report.default_wording if faults_of(wording, report) else wording


def check(sections: Sequence[SectionText], report: Report) -> list[PlacedFault]:
    """Every fault of the sections that stand, with its place."""
    return placed(faults_of(read(text_of(sections)), report), sections)


def take(report: Report, sections: Sequence[SectionText], actor: Actor, reason: str, seen: int) -> WordingVersion:
    """Make the sections the bureau's wording. `seen` is the version that the writer started from."""
    _refuse_faulty(sections, report)
    with transaction.atomic():
        before = _expected(report, seen)
        if list(sections) == sections_in(before, report):
            raise WordingRefused("句式没有改动，不用保存。")
        return _kept(report, actor, reason, seen, sections=[each.as_json() for each in sections])


def return_to_default(report: Report, actor: Actor, reason: str, seen: int) -> WordingVersion:
    """Go back to the wording that came with the report; the bureau's own stays in the history."""
    with transaction.atomic():
        before = _expected(report, seen)
        if before is None or before.is_default:
            raise WordingRefused("现在用的就是默认句式。")
        return _kept(report, actor, reason, seen, is_default=True)


def _refuse_faulty(sections: Sequence[SectionText], report: Report) -> None:
    text = text_of(sections)
    if len(text) > LONGEST:
        raise WordingRefused(f"句式不能超过{LONGEST}字。")
    if not text.strip():
        raise WordingRefused("至少要有一节是启用的，并且写有句子。")
    unnamed = [each for each in sections if each.level and not each.heading.strip()]
    if unnamed:
        raise WordingRefused("每一节都要有标题；不要的小节请删除。")
    faults = check(sections, report)
    if faults:
        raise WordingRefused(f"有{len(faults)}处要改：{faults[0].told(sections)}", faults)


def _expected(report: Report, seen: int) -> WordingVersion | None:
    last = WordingVersion.objects.select_for_update().filter(report_code=report.code).first()
    if (last.n if last else 0) != seen:
        by = f"{last.made_by}已改到第{last.n}版" if last else "句式已变动"
        raise WordingRefused(f"{by}，请复制您的改动，刷新页面后在新的一版上再改。")
    return last


def _kept(report: Report, actor: Actor, reason: str, seen: int, **how) -> WordingVersion:
    reason = reason.strip()
    if not reason:
        raise WordingRefused("请填写修改原因。")
    if len(reason) > LONGEST_REASON:
        raise WordingRefused(f"修改原因不能超过{LONGEST_REASON}字。")
    by = dict(account_id=actor.account_id, made_by=actor.name, reason=reason)
    return WordingVersion.objects.create(report_code=report.code, n=seen + 1, **by, **how)
