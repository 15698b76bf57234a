"""文件指标 DOC: documents drafted and issued, and drafts that wait for a superior's document.

Basis: 党政机关公文处理工作条例. A draft counts on the day it was begun, whatever became of it; an issued one on its
own.
"""

from tonggui.ledgers.office.document import Document
from tonggui.measure.declare import AT_END, Total

BASIS = "党政机关公文处理工作条例"
SPLITS = ("kind", "state")

drafted = Total("DOC-01", "起草文件", "份", of=Document.Measures.drafted, by=SPLITS, names="name", basis=BASIS)
issued = Total("DOC-01N", "印发文件", "份", of=Document.Measures.issued, by=SPLITS, names="name", basis=BASIS)
waiting = Total(
    "DOC-01W",
    "待上级文件出台的草案",
    "份",
    of=Document.Measures.waiting,
    during=AT_END,
    by=("kind",),
    names="name",
    basis=BASIS,
)
