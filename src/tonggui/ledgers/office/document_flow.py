"""The life of a document: drafted, asked about, waiting for a superior's, passed, issued, replaced or abolished."""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.ledgers.office.document_kinds import DELIBERATED
from tonggui.register.actor import Actor
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.office.document import Document

DRAFTERS = (
    "clerk",
    "writer",
    "safety_officer",
    "road_officer",
    "transport_officer",
    "project_officer",
    "party_officer",
)


def needed_to_issue(document: "Document") -> tuple[str, ...]:
    """The text, and the meeting that passed it where it binds beyond the day."""
    return ("files", "passed_by") if document.kind in DELIBERATED else ("files",)


def supersede_older(document: "Document", actor) -> None:
    """The edition that this one takes the place of is no longer in force."""
    older = document.supersedes
    if older is not None and older.state == "issued":
        older.ledger.perform(older, "supersede", Actor.system("文件方案"), f"由 {document.document_no} 代替")


class DocumentFlow(Workflow):
    drafting = State("起草", start=True)
    consulting = State("征求意见", due="consult_until")
    waiting = State("待上级文件")
    deliberating = State("审议")
    issued = State("已印发", confirmed=True, tone="done")
    superseded = State("已被代替", confirmed=True, final=True)
    abolished = State("已废止", confirmed=True, final=True, tone="void")
    void = State("作废", final=True, tone="void")

    consult = Move(
        drafting >> consulting,
        "发出征求意见",
        by=DRAFTERS,
        takes=("consulted", "consult_until", "files"),
        needs=("consulted", "consult_until"),
    )
    redraft = Move((consulting | waiting | deliberating) >> drafting, "继续修改", by=DRAFTERS, comment=True)
    wait = Move((drafting | consulting) >> waiting, "等待文件", by=DRAFTERS, takes=("awaited",), needs=("awaited",))
    put_forward = Move((drafting | consulting) >> deliberating, "提请审议", by=DRAFTERS, takes=("files",))
    issue = Move(
        (drafting | deliberating) >> issued,
        "印发",
        by="director",
        takes=("passed_by", "files", "sent_to", "document_no"),
        needs=needed_to_issue,
        numbers={"document_no": "{bureau}发〔{year}〕{seq}号"},
        sets={"issued_on": clock.today},
        then=supersede_older,
    )
    supersede = Move(issued >> superseded, "以新版代替", by="director", comment=True)
    abolish = Move(issued >> abolished, "废止", by="director", comment=True)
    cancel = Move((drafting | consulting | waiting | deliberating) >> void, "作废", by=DRAFTERS, comment=True)
