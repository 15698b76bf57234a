"""How one of the four checks is done: counted, the party warned or its authority told, the result entered.

Most acts are only counted and need nobody. A check goes to the authority that decides within the days of the copy
(超限运输车辆行驶公路管理规定 第四十四条) and ends with what that authority did, or with this bureau's own result.
"""

from typing import TYPE_CHECKING

from tonggui.ledgers.overload.fourfold_count import party_of
from tonggui.ledgers.overload.fourfold_kinds import Level
from tonggui.ledgers.overload.fourfold_open import name_party
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.overload.fourfold import Fourfold


def _why_not_named(check: "Fourfold") -> str:
    return "" if party_of(check) else f"请填写{check.get_checked_party_display()}的档案；确无此对象的，请办理“不适用”。"


def _why_not_yet(check: "Fourfold") -> str:
    """A party that nobody knows can neither be warned nor reported."""
    return "对象还没有查明，请先办理“查明对象”。" if check.level == Level.UNKNOWN else ""


def _why_not_counted_only(check: "Fourfold") -> str:
    if check.level in (Level.REACHED, Level.REVOCABLE):
        return f"{check.get_level_display()}的应当抄告处理机关（{check.follows}）。"
    return _why_not_yet(check)


class FourfoldFlow(Workflow):
    to_verify = State("待核查", start=True, due="verify_by", confirmed=True)
    counted_only = State("已计次", final=True, confirmed=True)
    party_warned = State("已警示", final=True, confirmed=True)
    copied = State("已抄告", due="reply_by", confirmed=True)
    handled = State("已处置", final=True, confirmed=True)
    not_applicable = State("不适用", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    copy = Move(
        to_verify >> copied,
        "抄告",
        by="overload_officer",
        takes=("handling_body", "copied_on"),
        needs=("handling_body", "copied_on"),
        check=_why_not_yet,
    )
    warn_party = Move(
        to_verify >> party_warned,
        "警示",
        by="overload_officer",
        takes=("warned_on", "result"),
        needs=("warned_on",),
        check=_why_not_counted_only,
    )
    handle = Move(
        (to_verify | copied) >> handled,
        "处置完毕",
        by="overload_officer",
        takes=("answered_on", "result", "blacklisted_on", "credit_note"),
        needs=("answered_on", "result"),
        check=_why_not_yet,
    )
    name_subject = Move(
        to_verify >> to_verify,
        "查明对象",
        by="overload_officer",
        takes=("driver", "enterprise", "yard"),
        check=_why_not_named,
        then=name_party,
        recall=False,
    )
    only_count = Move(to_verify >> counted_only, "仅计次", by="overload_officer", check=_why_not_counted_only)
    set_aside = Move(to_verify >> not_applicable, "不适用", by="overload_officer", comment=True)
    look_again = Move(
        (party_warned | copied | handled | counted_only) >> to_verify, "重新核查", by="overload_officer", comment=True
    )
    cancel = Move(
        (to_verify | counted_only | party_warned | copied | handled | not_applicable) >> void,
        "作废",
        by="director",
        comment=True,
    )
