"""Write an overload bulletin of a site (治超日报, 周报, 月度分析) or the report on the spread of fines as .docx.

    tonggui bulletin --day 2026-06-30 | --week 2026W26 | --month 2026-06 --out F.docx [--figures F.xlsx]
    tonggui bulletin --fines 2026H1 --out F.docx        罚款离散度

A bulletin that the platform or a person has written already is taken as it stands, its newest version; one of a period
that is over and has none yet is written and sealed now, and belongs to the series. A period that goes on gives a draft.
Faults between figures are printed and stop nothing. Exit code 1: the period names nothing or the site has no ledgers.
"""

import argparse
import os
import sys
from pathlib import Path

from tonggui.run.cli import add_data_option

KINDS = {
    "day": ("overload_daily", "DAY"),
    "week": ("overload_weekly", "WEEK"),
    "month": ("overload_monthly", "MONTH"),
    "fines": ("overload_fines", ""),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--day", metavar="2026-06-30", help="the daily bulletin")
    which.add_argument("--week", metavar="2026W26", help="the weekly bulletin of a week of ISO 8601")
    which.add_argument("--month", metavar="2026-06", help="the monthly analysis")
    which.add_argument("--fines", metavar="2026H1", help="the spread of fines in any period")
    parser.add_argument("--out", required=True, type=Path, metavar="F.docx")
    parser.add_argument("--figures", type=Path, metavar="F.xlsx", help="every figure with its stamp and records")


def run(options: argparse.Namespace) -> int:
    os.environ["TONGGUI_DATA"] = str(options.data)
    from tonggui.run.setup import start_django

    start_django()
    from django.db import OperationalError

    from tonggui.measure.periods import PeriodError

    try:
        return write(options)
    except PeriodError as fault:
        print(f"tonggui bulletin: {fault}", file=sys.stderr)
    except OperationalError as fault:
        print(
            f"tonggui bulletin: “{options.data}”里还没有台账（{fault}）。请先运行 tonggui manage migrate。",
            file=sys.stderr,
        )
    except OSError as fault:
        print(f"tonggui bulletin: 写不出文件：{fault}", file=sys.stderr)
    return 1


def write(options: argparse.Namespace) -> int:
    """Find or write the bulletin, and put it into its files."""
    from tonggui.measure import export
    from tonggui.measure.periods import Kind, Period, PeriodError
    from tonggui.measure.reports import report

    option = next(name for name in KINDS if getattr(options, name))
    code, kind = KINDS[option]
    period = Period.parse(getattr(options, option))
    if kind and period.kind is not Kind[kind]:
        raise PeriodError(f"“{getattr(options, option)}”不是--{option}所要的期间，例如{_EXAMPLES[option]}。")
    document = _document(report(code), period)
    for fault in document.report.faults(document.text, document.figures()):
        print(f"{fault.rule} {fault.words}", file=sys.stderr)
    options.out.write_bytes(export.docx(document))
    if options.figures:
        options.figures.write_bytes(export.xlsx(document))
    figures = document.figures()
    known = sum(figure.known for figure in figures)
    stage = document.stage[0] if document.is_sealed and document.report.series else document.state_title
    print(f"{document}：{stage}，{len(figures)}个指标，其中{known}个有数；{options.out}（{document.url}）")
    return 0


_EXAMPLES = {"day": "2026-06-30", "week": "2026W26", "month": "2026-06"}


def _document(report, period):
    """The newest version there is; else a sealed one of the series, or a draft where the period goes on."""
    from tonggui.base import clock
    from tonggui.measure import documents, issuing
    from tonggui.measure.models import Document
    from tonggui.register.actor import Actor
    from tonggui.reports.half_year import issuer_of_site
    from tonggui.reports.overload_schedule import due_bulletins

    if not report.series or period.end >= clock.today():
        return documents.draft(report, period, Actor.system("tonggui bulletin"), issuer_of_site())
    there = Document.objects.filter(report_code=report.code, period_code=period.code, replacement=None)
    if there:
        return there.order_by("state", "made_at").last()
    if (report, period) in due_bulletins():
        return issuing.write_scheduled(report, period, issuer_of_site())
    return issuing.write_sealed(report, period, issuer_of_site())
