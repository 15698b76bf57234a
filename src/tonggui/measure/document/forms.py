"""上报表格: a form to be sent in, upright or lying: its title, who fills it in and when, its tables, who signs it.

The unit of the numbers stands in the wording as a paragraph 单位：… before its table. 审核人 and 填报人 sign by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Pt, Twips

from tonggui.measure.document.faces import FILLED_BY
from tonggui.measure.document.paragraphs import Writer
from tonggui.measure.periods import day_label

if TYPE_CHECKING:
    from tonggui.measure.document.writer import Paper

SIGN_ON = "＿＿＿＿＿＿"


@dataclass(frozen=True, slots=True)
class Form:
    """Who sends the form in, whether it lies, and the names that are known already."""

    unit: str
    dated: date
    lying: bool = False
    filled_by: str = ""
    checked_by: str = ""


def write(writer: Writer, paper: Paper, form: Form) -> None:
    """Unit left and day right above the tables, the people below them."""
    from tonggui.measure.document.writer import text

    line = writer.add(FILLED_BY, f"填报单位：{form.unit}\t填报日期：{day_label(form.dated)}")
    line.paragraph_format.tab_stops.add_tab_stop(Twips(writer.type_width), WD_TAB_ALIGNMENT.RIGHT)
    text(writer, paper.blocks)
    people = f"单位负责人：{SIGN_ON}\t审核人：{form.checked_by or SIGN_ON}\t填报人：{form.filled_by or SIGN_ON}"
    foot = writer.add(FILLED_BY, people)
    foot.paragraph_format.keep_with_next = False
    foot.paragraph_format.space_before = Pt(6)
    stops = foot.paragraph_format.tab_stops
    stops.add_tab_stop(Twips(writer.type_width // 2), WD_TAB_ALIGNMENT.CENTER)
    stops.add_tab_stop(Twips(writer.type_width), WD_TAB_ALIGNMENT.RIGHT)
