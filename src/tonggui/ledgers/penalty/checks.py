"""What holds a penalty case back: who may file, what must be told, heard, reviewed and paid before each step.

Basis: 行政处罚法 (2021) 第三十六条, 第四十二条, 第四十四条, 第四十五条, 第五十一条, 第五十七条, 第五十八条,
第六十三条, 第六十四条, 第六十八条, 第六十九条; 行政强制法 第五十三条, 第五十四条 for the
reminder and the court. Each answers with a sentence that says what is missing, or with nothing.
"""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.ledgers.penalty.words import CashGround
from tonggui.statutes.enforcement import (
    HEARING_FINE,
    REMINDER,
    SPOT_CASH,
    SPOT_FINE,
    earliest_decision,
    heard_until,
)

if TYPE_CHECKING:
    from tonggui.ledgers.penalty.case import PenaltyCase as Case


def why_not_file(case: "Case") -> str:
    """Two officers, both with a certificate on the day of filing; the act is not time-barred."""
    if case.lead_officer_id == case.second_officer_id:
        return "主办和协办是同一人。执法应当由两名以上具有执法资格的人员进行。"
    for officer in (case.lead_officer, case.second_officer):
        if not officer.certified_on(case.filed_on):
            return f"{officer}在 {case.filed_on} 没有有效的执法证。"
    if case.filed_on > case.limitation_until:
        return f"违法行为的追究时效已于 {case.limitation_until} 届满，不再给予行政处罚。"
    return ""


def why_not_on_the_spot(case: "Case") -> str:
    """The simple procedure ends at its limit, by citizen or entity; the officers are those of any case."""
    most = SPOT_FINE.at(case.decided_on, case.party_kind)
    if case.fine > most:
        return f"对{case.get_party_kind_display()}当场罚款不得超过 {most} 元。请改用普通程序。"
    if case.cash_ground == CashGround.SMALL and case.fine > (small := SPOT_CASH.on(case.decided_on)):
        return f"罚款超过 {small} 元，不能以“{case.get_cash_ground_display()}”当场收缴。请另选依据，或者不当场收缴。"
    return why_not_file(case)


def needed_on_the_spot(case: "Case") -> tuple[str, ...]:
    """Two officers, the party's own words, the decision and its hand-over; what was taken, where cash was taken."""
    taken = ("fine_paid", "paid_on") if case.cash_ground else ()
    reason = ("reduction_reason",) if case.outside_band() or case.off_the_law() else ()
    return ("filed_on", "lead_officer", "second_officer", "spoken", "fine", "decided_on", "served_on", *reason, *taken)


def needs_review(case: "Case") -> bool:
    """Whether no decision may be made without legal review: a major case, or one with a hearing."""
    return bool(case.major or case.hearing_on)


def why_not_conclude(case: "Case") -> str:
    return "重大执法决定应当经法制审核，请提交法制审核。" if needs_review(case) else ""


def why_not_notice(case: "Case") -> str:
    """A larger fine is not announced without telling the party that it may ask for a hearing."""
    least = HEARING_FINE.at(case.noticed_on or clock.today(), case.party_kind)
    if case.noticed_fine >= least and not case.hearing_offered:
        return f"拟罚款达到 {least} 元，属较大数额，应当同时告知当事人有要求听证的权利。"
    return ""


def needed_to_decide(case: "Case") -> tuple[str, ...]:
    """The decision; its reason where it leaves the band or the law's sum; a discussion where it leaves the band or the
    case is major."""
    outside = case.outside_band()
    reason = ("reduction_reason",) if outside or case.off_the_law() else ()
    discussed = ("discussed_on", "discussion") if outside or case.major else ()
    return ("fine", "decided_on", *reason, *discussed)


def why_not_decide(case: "Case") -> str:
    """The party was told and heard, reviewed is what must be, and the fine is not above the notice."""
    if case.noticed_on is None or case.noticed_fine is None:
        return "没有告知日期和拟罚款。未告知当事人的，不得作出处罚决定。"
    if case.hearing_asked_on and case.hearing_on is None:
        return f"当事人已于 {case.hearing_asked_on} 要求听证，听证前不得作出处罚决定。"
    earliest = earliest_decision(case.noticed_on, hearing_offered=case.hearing_offered)
    if not case.waived and case.decided_on < earliest:
        until = heard_until(case.noticed_on, hearing_offered=case.hearing_offered)
        may = "陈述、申辩和要求听证" if case.hearing_offered else "陈述、申辩"
        return f"当事人可以{may}至 {until}，放弃的应有书面记录。最早可于 {earliest} 作出决定。"
    if needs_review(case) and case.legal_reviewed_on is None:
        return "未经法制审核或者审核未通过的，不得作出决定。"
    if case.fine > case.noticed_fine:
        return (
            f"决定罚款 {case.fine:f} 元，高于告知的 {case.noticed_fine:f} 元。申辩不得加重处罚，确需变更的应重新告知。"
        )
    return ""


def why_not_remind(case: "Case") -> str:
    late = case.reminded_on > case.pay_by if case.pay_by else True
    return "" if late else f"缴款期限为 {case.pay_by}，期满未缴才催告。"


def why_not_apply(case: "Case") -> str:
    """After the days of the reminder and before the window of the court closes."""
    if case.reminded_on is None:
        return "没有催告日期。申请法院强制执行前应当催告当事人。"
    if case.enforcement_asked_on <= (first := REMINDER.due(case.reminded_on)):
        return f"催告书送达后的期限至 {first} 届满，之后才可以申请。"
    if case.apply_by and case.enforcement_asked_on > case.apply_by:
        return f"申请期限已于 {case.apply_by} 届满。"
    return ""


def needed_to_close(case: "Case") -> tuple[str, ...]:
    """The fine is paid; a decision on the spot is with the unit; the day of closing is said."""
    paid = ("fine_paid", "paid_on") if case.fine else ()
    spot = ("spot_copied_on",) if case.procedure == "spot" else ()
    cash = ("cash_on", "banked_on") if case.cash_ground else ()
    return (*paid, *spot, *cash, "closed_on")


def why_not_close(case: "Case") -> str:
    if case.fine and case.fine_paid < case.fine and case.state != "court_applied":
        return f"决定罚款 {case.fine:f} 元，实缴 {case.fine_paid:f} 元。未缴清的应催告、申请强制执行。"
    return ""
