"""Write a summary of a site as .docx, with the sources of its figures as .xlsx and a preview as .pdf.

    tonggui summary --period 2026H1 --out F.docx [--figures F.xlsx] [--pdf F.pdf] [--report safety_summary] [--seal]
        [--number 示交〔2026〕1号 --signatory NAME --to OFFICE]    as a red-headed report

Every figure is computed from the confirmed rows of the ledgers and kept with the document, so the same summary can be
opened at /documents/ and computed again later. Faults between figures are printed; they do not stop the draft, but a
document with stale figures cannot be sealed. The preview needs LibreOffice. Exit code 1: the period or the report names
nothing, the site has no ledgers, or a file could not be written.
"""

import argparse
import os
import sys
from datetime import date
from pathlib import Path

from tonggui.run.cli import add_data_option


def arguments(parser: argparse.ArgumentParser) -> None:
    add_data_option(parser)
    parser.add_argument("--period", required=True, help="2026H1, 2026Q2, 2026-05, 2026 or 2026-01-01..2026-03-15")
    parser.add_argument("--out", required=True, type=Path, metavar="F.docx")
    parser.add_argument("--report", default="half_year", help="which report, or the beginning of its name (safety_s)")
    parser.add_argument("--figures", type=Path, metavar="F.xlsx", help="every figure with its stamp and records")
    parser.add_argument("--pdf", type=Path, metavar="F.pdf", help="a preview, made by LibreOffice")
    parser.add_argument("--issuer", help="name under the text; the site's top unit where left out")
    parser.add_argument(
        "--dated", type=date.fromisoformat, help="day under the text (YYYY-MM-DD); today where left out"
    )
    parser.add_argument("--number", default="", help="发文字号: makes it a red-headed report")
    parser.add_argument("--signatory", default="", help="签发人 of a red-headed report")
    parser.add_argument("--to", default="", help="主送机关 of a red-headed report")
    parser.add_argument("--seal", action="store_true", help="seal the document")


def run(options: argparse.Namespace) -> int:
    os.environ["TONGGUI_DATA"] = str(options.data)
    from tonggui.run.setup import start_django

    start_django()
    from django.db import OperationalError

    from tonggui.base.errors import Problem
    from tonggui.measure.errors import DocumentError
    from tonggui.measure.periods import Period, PeriodError

    try:
        _writable(options.out, options.figures, options.pdf)
        return write(options, report_named(options.report), Period.parse(options.period))
    except (PeriodError, DocumentError, Problem) as fault:
        print(f"tonggui summary: {fault}", file=sys.stderr)
    except OperationalError as fault:
        print(
            f"tonggui summary: “{options.data}”里还没有台账（{fault}）。请先运行 tonggui manage migrate。",
            file=sys.stderr,
        )
    except OSError as fault:
        print(f"tonggui summary: 写不出文件：{fault}", file=sys.stderr)
    return 1


def _writable(*paths: Path | None) -> None:
    """Refuse before anything is computed and kept what could not be written afterwards."""
    from tonggui.base.errors import Problem

    for path in paths:
        if path and not path.absolute().parent.is_dir():
            raise Problem(f"没有文件夹 {path.absolute().parent}", do="请先建立，或换一个位置")


def report_named(code: str):
    """The report of a code, or the only one whose code begins so."""
    from tonggui.base.errors import Problem
    from tonggui.measure.reports import all_reports

    usable = [each for each in all_reports() if not each.series]
    exact = [each for each in usable if each.code == code]
    found = exact or [each for each in usable if each.code.startswith(code)]
    if len(found) == 1:
        return found[0]
    names = "，".join(f"{each.code}（{each.name}）" for each in found or usable)
    raise Problem(
        f"{'不止一种文书以' if found else '没有文书'}“{code}”{'开头' if found else ''}", do=f"请从中选一种：{names}"
    )


def write(options: argparse.Namespace, report, period) -> int:
    """Draft, keep, perhaps seal, and write the files."""
    from tonggui.measure import documents, export, preview
    from tonggui.register.actor import Actor
    from tonggui.reports.half_year import issuer_of_site

    actor = Actor.system("tonggui summary")
    document = documents.draft(report, period, actor, options.issuer or issuer_of_site(), options.dated)
    figures = document.figures()
    for fault in report.faults(document.text, figures):
        print(f"{fault.rule} {fault.words}", file=sys.stderr)
    if options.seal:
        documents.seal(document, actor)
    head = None
    if options.number:
        head = export.red_head(document, options.number, options.signatory, options.to)
    options.out.write_bytes(export.docx(document, head))
    if options.figures:
        options.figures.write_bytes(export.xlsx(document))
    if options.pdf:
        options.pdf.write_bytes(preview.pdf(export.docx(document, head, preview.MARK)))
    known = sum(figure.known for figure in figures)
    if not known:
        print(f"{period.label}的台账里没有审核通过的记录：没有一个指标有数，文中只写“未见登记”。", file=sys.stderr)
    print(f"{document}：{len(figures)}个指标，其中{known}个有数；{options.out}（{document.url}）")
    return 0
