"""How a case goes to the police: reported, approved, handed over, decided by them, concluded or brought back.

Basis: 行政执法机关移送涉嫌犯罪案件的规定 (2020) 第五条 to 第十二条; 行政处罚法 (2021) 第二十七条. The case itself moves
along: it leaves with the referral and goes on when it comes back.
"""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.enforcement.referral import Referral

OFFICERS = ("enforcement_officer", "overload_officer", "water_officer")


def case_leaves(referral: "Referral", actor) -> None:
    """The case waits with the police while they decide."""
    case = referral.referred
    if case.ledger.flow.move("send_to_police").starts_in(case.state):
        case.ledger.perform(case, "send_to_police", actor, f"{referral.number} 已移送{referral.receiver}")


def case_returns(referral: "Referral", actor) -> None:
    """What is not prosecuted goes on as an administrative case."""
    case = referral.referred
    if case.ledger.flow.move("take_back").starts_in(case.state):
        case.ledger.perform(case, "take_back", actor, f"{referral.number} 退回行政处理")


class ReferralFlow(Workflow):
    to_decide = State("待决定移送", start=True, due="approve_on")
    approved = State("待移送", confirmed=True)
    handed = State("待公安机关决定", confirmed=True, due="police_by")
    police_refused = State("公安机关不予立案", confirmed=True, due="reexamine_by")
    reexamined = State("已提请复议", confirmed=True)
    opened_by_police = State("公安机关已立案", confirmed=True, due="goods_by")
    concluded = State("移送办结", confirmed=True, final=True)
    returned = State("退回行政处理", confirmed=True, final=True)
    not_referred = State("不予移送", final=True, tone="void")

    agree = Move(to_decide >> approved, "同意移送", by="director", sets={"approved_at": clock.now}, recall=False)
    disagree = Move(to_decide >> not_referred, "不予移送", by="director", comment=True)
    hand_to_police = Move(
        approved >> handed,
        "移送",
        by=OFFICERS,
        takes=("referred_at", "receiver", "referral_receipt"),
        needs=("referred_at", "receiver"),
        then=case_leaves,
        recall=False,
    )
    police_open = Move(
        (handed | reexamined) >> opened_by_police,
        "登记公安立案",
        by=OFFICERS,
        takes=("police_decided_on",),
        needs=("police_decided_on",),
    )
    police_refuse = Move(
        handed >> police_refused,
        "登记公安不予立案",
        by=OFFICERS,
        takes=("police_decided_on",),
        needs=("police_decided_on",),
    )
    reexamine = Move(
        police_refused >> reexamined,
        "提请复议",
        by=OFFICERS,
        takes=("reexamined_on",),
        needs=("reexamined_on",),
    )
    conclude_referral = Move(
        opened_by_police >> concluded,
        "登记刑事结果",
        by=OFFICERS,
        takes=("goods_on", "criminal_outcome"),
        needs=("goods_on", "criminal_outcome"),
    )
    bring_back = Move(
        (police_refused | reexamined | opened_by_police) >> returned,
        "退回行政处理",
        by=(*OFFICERS, "director"),
        takes=("criminal_outcome",),
        needs=("criminal_outcome",),
        then=case_returns,
    )
