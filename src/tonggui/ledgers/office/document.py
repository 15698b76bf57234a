"""文件方案台账: plans, rules and notices from the first draft to being in force, and after it.

Basis: 党政机关公文处理工作条例 第九条, 第二十条 and 第二十五条 (number of the issuing organ, drafting, registration).
A document that may only follow a superior's says for which it waits. A draft may be mentioned in a summary, but only
with its state. 应急预案 have their own ledger in 值班应急, because they are drilled and reviewed.
"""

from django.db.models import Q

from tonggui.ledgers.office.document_flow import DRAFTERS, DocumentFlow
from tonggui.ledgers.office.document_kinds import DocumentKind
from tonggui.register.declare import (
    Board,
    Choice,
    Count,
    Day,
    Files,
    Flag,
    Ledger,
    Link,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    anyone,
    column,
)
from tonggui.statutes.office import DRAFT_LEAD

DRAFTING = ("drafting", "consulting", "waiting", "deliberating")
OPEN_MENTION = {"consulting": "征求意见稿", "waiting": "草案，待上级文件", "deliberating": "送审稿"}


class Document(Record):
    """One document of the bureau, or one of a superior that it passed on."""

    number = Number("WJ{year}{seq:04}", year_of="drafted_on")
    name = Text("文件标题", max_length=120)
    kind = Choice(DocumentKind, "文件类别")
    forwards = Flag("转发上级文件")
    source_no = Text("上级文号", optional=True, max_length=60)
    drafter = Link("parties.Person", "拟稿人", optional=True)
    drafted_on = Day("起草日期", index=True)
    consulted = Text("征求意见范围", optional=True, max_length=120)
    consult_until = Day("征求意见截止日期", optional=True)
    awaited = Text("待上级文件", optional=True, max_length=120, hint="等哪一级的哪一个文件")
    passed_by = Link("office.Meeting", "审议会议", optional=True)
    document_no = Text("发文字号", optional=True, max_length=60, hint="留空时由系统编号")
    issued_on = Day("印发日期", optional=True, index=True)
    file_edition = Text("文件版次", optional=True, max_length=20)
    supersedes = Link("office.Document", "被代替文件", optional=True)
    sent_to = Text("主送单位", optional=True, max_length=120)
    files = Files("文件文本")

    @column("总结中的提法", numeric=False)
    def mention(self):
        """How a summary may name it: a draft only with its state, an issued one with its number."""
        if self.state in DRAFTING:
            return f"《{self.name}》（{OPEN_MENTION.get(self.state, '草案')}）"
        return f"《{self.name}》（{self.document_no}）" if self.document_no else f"《{self.name}》"

    def faults(self):
        """A forwarded document names the superior's number; an edition follows one of the same kind, not itself."""
        if self.forwards and not self.source_no:
            yield "source_no", "转发上级文件，请写明上级文号。"
        if self.issued_on and self.issued_on < self.drafted_on:
            yield "issued_on", f"“印发日期”早于起草日期 {self.drafted_on}。"
        if self.supersedes is not None and (self.supersedes_id == self.pk or self.supersedes.kind != self.kind):
            yield "supersedes", "“被代替文件”应是同类的另一文件。"

    class Flow(DocumentFlow):
        pass

    class Page(Ledger):
        title = "文件方案"
        columns = "number name kind drafted_on drafter awaited document_no issued_on state"
        filters = "drafted_on issued_on kind forwards unit state"
        search = "number name document_no source_no awaited"
        names = "name"
        form = [
            Section("文件", "name kind unit drafter drafted_on file_edition supersedes files"),
            Section("转发", "forwards source_no"),
            Section("征求意见和审议", "consulted consult_until awaited passed_by"),
            Section("印发", "document_no issued_on sent_to"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys(DRAFTERS, anyone)
        imports = Sheet(
            "文件方案导入模板", columns="name kind drafter drafted_on forwards source_no document_no issued_on sent_to"
        )
        exports = (
            "number name mention kind forwards source_no drafter drafted_on consulted consult_until awaited passed_by "
            "document_no issued_on file_edition supersedes sent_to state"
        )
        sort = "-drafted_on"
        watches = (Watch("consult_until", "征求意见截止", lead=DRAFT_LEAD, where=Q(state="consulting"), tell=DRAFTERS),)
        pictures = (Board("文件看板", by="state", card="kind drafter"),)
        example = dict(
            name="农村公路路长制实施方案（示例）",
            kind=DocumentKind.SCHEME,
            drafted_on="2026-02-10",
            drafter=None,
            file_edition="第一稿",
        )

    class Measures:
        drafted = Count("起草文件", on="drafted_on", where=~Q(state="void"), confirmed=False, unit="份")
        issued = Count("印发文件", on="issued_on", unit="份")
        waiting = Count("待上级文件的草案", where=Q(state="waiting"), confirmed=False, unit="份")
        circulars = Count("转发通报", on="issued_on", where=Q(kind=DocumentKind.CIRCULAR, forwards=True), unit="份")

    def __str__(self):
        return self.name
