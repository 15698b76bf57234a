"""Forms that a record fills, as .docx on the official page: issuer, title, number, addressee, words, signatures.

Basis: GB/T 9704-2012 for page, faces and sizes (title 二号小标宋, body 三号仿宋); 交通运输行政执法程序规定 附件 for the
order of the parts of an enforcement document. Every copy (存根, 送达) is the whole form on pages of its own and says at
its foot whose it is.
"""

import io
from collections import Counter
from collections.abc import Sequence

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from tonggui.measure.document import faces, page, tables, template
from tonggui.measure.document.faces import BODY, FLUSH, TITLE, UNDER_TITLE
from tonggui.measure.document.paragraphs import Writer, place, rule, width
from tonggui.measure.document.titles import title_lines
from tonggui.measure.periods import day_label
from tonggui.register.papers import Filled, Table

#: What a person signs on, and the day of it.
SIGN_ON, SIGNED_ON = "＿＿＿＿＿", "　　年　月　日"
#: Forms are set closer than a 公文 (28.95 pt), so that an ordinary one with its signatures stays on one page.
LINE = Pt(26)


def write(forms: Sequence[Filled]) -> bytes:
    """The forms one behind another, each copy on pages of its own, as the bytes of a .docx file."""
    document = docx.Document()
    faces.prepare(document)
    page.lay_out(document.sections[0])
    titles = list(dict.fromkeys(form.title for form in forms))
    title = forms[0].headline if len(forms) == 1 else "、".join(titles)
    template.describe(document, title, forms[0].issuer, forms[0].dated)
    writer = Writer(document, lambda mark: str(mark), set())
    first = True
    for form in forms:
        for copy in form.copies or ("",):
            _form(writer, form, copy, starts_page=not first)
            first = False
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _form(writer: Writer, form: Filled, copy: str, *, starts_page: bool) -> None:
    head = writer.add(UNDER_TITLE, form.issuer)
    head.paragraph_format.page_break_before = starts_page
    faces.set_faces(head.runs[0]._r.get_or_add_rPr(), east=faces.TITLE_FACE)
    for line in title_lines([form.title]):
        writer.add(TITLE, line)
    number = writer.add(FLUSH, form.number)
    place(number, "right", right=1)
    rule(number, "bottom", "000000", space=6)
    if form.to:
        writer.add(FLUSH, f"{form.to}：").paragraph_format.space_before = Pt(12)
    for part in form.parts:
        if isinstance(part, Table):
            tables.write(writer, [[(text,) for text in row] for row in part.rows])
        else:
            writer.add(BODY, part).paragraph_format.line_spacing = LINE
    for who, times in Counter(form.signs).items():
        line = writer.add(FLUSH, f"{who}（签名）：{'　'.join([SIGN_ON] * times)}{SIGNED_ON}")
        line.alignment = WD_ALIGN_PARAGRAPH.LEFT
        line.paragraph_format.space_before, line.paragraph_format.line_spacing = Pt(6), LINE
        line.paragraph_format.keep_with_next = True
    _issued(writer, form)
    if form.copies:
        _foot(writer, form, copy)


def _issued(writer: Writer, form: Filled) -> None:
    """The organ with the place of its seal, and the day in full below it (GB/T 9704-2012, 7.3.5)."""
    issuer, day = f"{form.issuer}（印章）", day_label(form.dated)
    blanks = max(2.0, 2.0 + (width(issuer) - width(day)) / 2)
    for text, right, above in ((issuer, 2.0, Pt(16)), (day, blanks, Pt(0))):
        line = writer.add(FLUSH, text)
        place(line, "right", right=right)
        line.paragraph_format.space_before, line.paragraph_format.line_spacing = above, LINE
        line.paragraph_format.keep_with_next = text is issuer


def _foot(writer: Writer, form: Filled, copy: str) -> None:
    number = "一二三四五六七八九"[len(form.copies) - 1]
    line = writer.add(FLUSH, f"本联：{copy}联。本文书一式{number}份：{'、'.join(form.copies)}各一份。")
    line.paragraph_format.space_before, line.paragraph_format.line_spacing = Pt(10), Pt(18)
    faces.set_faces(line.runs[0]._r.get_or_add_rPr(), east=faces.BODY_FACE, half_points=tables.SIZE_SMALL_4)
    rule(line, "top", "000000", eighths=6, space=4)
