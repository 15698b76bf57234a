"""How a material lives: in use, sealed when out of date, renewed, given up.

Basis: 生产安全事故应急条例 第十三条: what is stored is renewed and supplemented.
"""

from typing import TYPE_CHECKING

from tonggui.base import clock
from tonggui.register.declare import Move, State, Workflow

if TYPE_CHECKING:
    from tonggui.ledgers.duty.supply import Supply


def why_not_renew(supply: "Supply") -> str:
    """Only what is good again is counted again."""
    if supply.expires_on and supply.expires_on < clock.today():
        return f"物资有效期至 {supply.expires_on}，仍已过期。"
    return ""


class SupplyFlow(Workflow):
    in_use = State("在用", start=True, confirmed=True, tone="done")
    expired = State("已过期", tone="todo")
    ended = State("停用", final=True, tone="void")

    expire = Move(in_use >> expired, "过期封存", by="duty_officer", comment=True)
    renew = Move(
        expired >> in_use,
        "更新",
        by="duty_officer",
        needs=("expires_on",),
        takes=("expires_on",),
        check=why_not_renew,
    )
    end = Move((in_use | expired) >> ended, "停用", by="duty_officer", comment=True)
