"""The list of source yards as a sheet for the government's website: the list itself, and what it changed."""

from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from tonggui.ledgers.overload.yard_list import YardList
from tonggui.ledgers.overload.yard_versions import HEADS
from tonggui.register.views.access import actor_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (8, 36, 14, 36, 16)


@require_GET
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """`/ledgers/overload.yardlist/<number>/list.xlsx`."""
    version = YardList.ledger.get(number, actor_of(request))
    content = BytesIO()
    written(version).save(content)
    response = HttpResponse(content.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{version.number}.xlsx"'
    return response


def written(version: YardList) -> Workbook:
    """A book of two sheets: 名单, and 较上版变化 against the version published before."""
    book = Workbook()
    page = book.active
    page.title = "名单"
    page.append([f"{version.version_name}重点货运源头单位名单"])
    page.append([_said(version)])
    page.append(["序号", *HEADS])
    for place, row in enumerate(version.rows, 1):
        page.append([place, *row])
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(WIDTHS))
    page["A1"].font, page["A1"].alignment = Font(bold=True, size=14), Alignment(horizontal="center")
    for cell in page[3]:
        cell.font = Font(bold=True)
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    changes = book.create_sheet("较上版变化")
    changes.append([f"与“{version.compared_with}”比较" if version.compared_with else "首次公布，没有上版"])
    for word, lines in (("新增", version.added), ("移出", version.removed), ("变更", version.changed)):
        for line in lines.splitlines() if version.compared_with else ():
            changes.append([word, line])
    changes.column_dimensions["B"].width = 80
    return book


def _said(version: YardList) -> str:
    days = [f"公布机关：{version.published_by}", f"共 {version.how_many} 家"]
    if version.displayed_on:
        days.append(f"公示期：{version.displayed_on} 至 {version.display_until}")
    if version.published_on:
        days.append(f"公布日期：{version.published_on}")
    return "；".join(days)
