"""How a notice runs: drafted, sent, delivered or returned, and the case that learns the day of its delivery.

Basis: 行政处罚法 (2021) 第四十一条, 第四十四条, 第六十一条. A letter that comes back is sent again; when the owner has
come, nothing reminds it any more.
"""

from typing import TYPE_CHECKING

from tonggui.ledgers.overload.notice_kinds import Told, Way
from tonggui.ledgers.overload.reminders import siblings
from tonggui.register.actor import acting
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.overload.notice import Notice

ON_PAPER = (Way.LETTER, Way.IN_PERSON, Way.ANNOUNCEMENT)


def needed_to_send(notice: "Notice") -> tuple[str, ...]:
    return ("sent_on", "mail_no") if notice.told_by == Way.LETTER else ("sent_on",)


def needed_to_deliver(notice: "Notice") -> tuple[str, ...]:
    """Paper is proved by paper, a call by what was said."""
    if notice.told_by in ON_PAPER:
        return ("reached_on", "proof")
    return ("reached_on", "call_note") if notice.told_by == Way.CALL else ("reached_on",)


def why_not_deliver(notice: "Notice") -> str:
    """A message alone does not serve a notice of the intended penalty."""
    if notice.told_of == Told.INTENT and notice.told_by in (Way.SIGN, Way.CALL):
        return f"违法行为通知书不能用{notice.get_told_by_display()}送达，请另行当面、邮寄、电子或者公告送达。"
    return ""


def reminders_move_on(notice: "Notice", actor) -> None:
    """Only the newest notice says when the next reminder is due: the others of the case look again."""
    for other in siblings(notice).filter(next_due__isnull=False):
        with acting(actor, f"以 {notice.number} 为准"):
            other.save()


def case_learns(notice: "Notice", actor) -> None:
    """The case takes over the day: the owner knows of the record, or the notice of the intended penalty is served."""
    reminders_move_on(notice, actor)
    case = notice.overload_case
    if case is None:
        return
    if notice.told_of == Told.INTENT:
        case.noticed_on = notice.reached_on
    elif case.told_on is None:
        case.told_on = notice.reached_on
    with acting(actor, f"由 {notice.number} 的送达凭证得出"):
        case.save()


class NoticeFlow(Workflow):
    to_send = State("待发送", start=True)
    gone_out = State("已发出", confirmed=True, due="next_due")
    reached = State("已送达", confirmed=True, due="next_due", tone="done")
    bounced = State("已退信", confirmed=True, due="next_due")
    appeared = State("当事人已到案", confirmed=True, final=True)
    void = State("作废", final=True, tone="void")

    send_out = Move(
        to_send >> gone_out,
        "登记发出",
        by="overload_officer",
        takes=("sent_on", "gateway_receipt", "mail_no", "call_note"),
        needs=needed_to_send,
        then=reminders_move_on,
    )
    prove_delivery = Move(
        gone_out >> reached,
        "登记告知送达",
        by="overload_officer",
        takes=("reached_on", "proof", "call_note"),
        needs=needed_to_deliver,
        check=why_not_deliver,
        then=case_learns,
    )
    return_letter = Move(
        gone_out >> bounced,
        "登记退信",
        by="overload_officer",
        takes=("bounced_on", "return_reason"),
        needs=("bounced_on", "return_reason"),
        then=reminders_move_on,
    )
    appear = Move(
        (gone_out | reached | bounced) >> appeared,
        "登记当事人到案",
        by="overload_officer",
        takes=("appeared_on",),
        needs=("appeared_on",),
        then=reminders_move_on,
    )
    cancel = Move(to_send >> void, "作废", by="overload_officer", comment=True)
