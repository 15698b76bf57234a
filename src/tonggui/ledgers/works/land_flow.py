"""How land is cleared: bought up parcel by parcel until nothing is left, numbers put right only with a reason.

Basis: 土地管理法 第四十七条 and 第四十八条: everything planned is handed over before the row is closed.
"""

from tonggui.register.declare import Move, State, Workflow


def why_not_cleared(land) -> str:
    """Everything planned is handed over."""
    if land.area_cleared < land.area_planned or land.houses_cleared < land.houses_planned:
        area, houses = land.area_planned - land.area_cleared, land.houses_planned - land.houses_cleared
        return f"还有 {area:f} 亩、{houses} 户没有交地腾房。"
    return ""


class LandFlow(Workflow):
    going = State("征拆中", start=True, due="clear_by", confirmed=True, tone="waiting")
    correcting = State("数据更正中", tone="todo")
    all_cleared = State("已清零", final=True, confirmed=True)

    correct = Move((going | all_cleared) >> correcting, "更正数据", by="project_officer", comment=True)
    settle = Move(correcting >> going, "更正完毕", by=("project_officer", "director"))
    clear_all = Move(
        going >> all_cleared,
        "清零",
        by=("project_officer", "director"),
        takes=("counted_on",),
        check=why_not_cleared,
    )
