"""Documents of a series: written by the platform when their period is over, issued by a person, rewritten if need be.

What the platform writes is sealed at once, so that nothing of it can be changed unseen. A person who finds it wanting
rewrites it: a new draft takes its place, and the first one stays as it was. Issuing (签发) gives the next number of the
series in the year; a number is given once.
"""

import re

from django.db import IntegrityError, transaction

from tonggui.base import clock
from tonggui.measure import documents
from tonggui.measure.documents import DocumentError
from tonggui.measure.models import Document, Reading
from tonggui.measure.periods import Period
from tonggui.measure.reports import Report
from tonggui.register.actor import Actor

ISSUERS = ("director",)
PLATFORM = Actor.system("定时编写")

_SERIAL = re.compile(r"〕(\d+)期$")


def write_scheduled(report: Report, period: Period, issuer: str) -> Document | None:
    """Write and seal the document of a period; None where the platform has already written it."""
    if Document.objects.filter(report_code=report.code, period_code=period.code, scheduled=True).exists():
        return None
    try:
        with transaction.atomic():
            document = documents.draft(report, period, PLATFORM, issuer)
            document.scheduled = True
            document.save(update_fields=["scheduled"])
            documents.freeze(document, PLATFORM)
    except IntegrityError:
        # Another process has written it meanwhile: its one stands.
        return None
    return document


def write_sealed(report: Report, period: Period, issuer: str) -> Document:
    """Write and seal a document of a period that lies outside the schedule: somebody asked for it."""
    with transaction.atomic():
        document = documents.draft(report, period, PLATFORM, issuer)
        documents.freeze(document, PLATFORM)
    return document


def next_number(report: Report, year: int) -> str:
    """治超日报〔2026〕12期: one more than the highest of the series and year."""
    begins = f"{report.series}〔{year}〕"
    given = Document.objects.filter(report_code=report.code, number__startswith=begins).values_list("number", flat=True)
    serials = [int(found[1]) for number in given if (found := _SERIAL.search(number))]
    return f"{begins}{max(serials, default=0) + 1}期"


def issue(document: Document, actor: Actor) -> None:
    """Give a sealed document its number; the person answers for it from now on."""
    if not document.report.series:
        raise DocumentError("这种文书不编期号，不须签发。")
    if not document.is_sealed:
        raise DocumentError("请先封存，再签发。")
    if not documents.is_intact(document):
        raise DocumentError("内容与封存印记不符，不能签发，请报告系统管理员。")
    if document.replaced_by is not None:
        raise DocumentError("这份文书已改写，请签发改写后的一份。")
    with transaction.atomic():
        # The row is locked where the database can, so that two people give one number.
        held = Document.objects.select_for_update().get(pk=document.pk)
        if held.is_issued:
            raise DocumentError(f"已由{held.issued_by}签发，期号为{held.number}。")
        document.number = next_number(document.report, document.period.end.year)
        document.issued_by, document.issued_at = actor.name, clock.now()
        document.save(update_fields=["number", "issued_by", "issued_at"])


def revise(document: Document, actor: Actor) -> Document:
    """A new draft of the same period in place of a sealed one: its text, and figures counted anew."""
    if not document.is_sealed or document.is_issued:
        raise DocumentError("已签发的文书不能改写；草稿可直接修改。")
    if document.replaced_by is not None:
        raise DocumentError("这份文书已有改写稿。")
    with transaction.atomic():
        made = documents.draft(document.report, document.period, actor, document.issuer, document.dated)
        made.replaces = document
        made.save(update_fields=["replaces"])
    return made


def read_by(document: Document, actor: Actor) -> None:
    """Note that a person has opened a sealed document; only the first time counts."""
    if document.is_sealed and document.report.series and actor.account_id is not None:
        Reading.objects.get_or_create(
            document=document, account_id=actor.account_id, defaults={"name": actor.name, "at": clock.now()}
        )
