"""How a bridge is kept in use: restricted when it is weak, closed when dangerous, rebuilt, opened after a new rating.

Basis: 公路安全保护条例 第四十八条: what is unsafe is repaired and made known. Only a new rating opens a
dangerous bridge.
"""

from tonggui.register.declare import Move, State, Workflow


def needed_to_restrict(bridge):
    """Measures that say what is restricted, and the limit where it is the load."""
    return ("safeguards", "load_limit_t") if ",load," in bridge.safeguards else ("safeguards",)


def why_not_open(bridge):
    """A dangerous bridge is opened again only after a new rating."""
    return f"桥梁仍评定为{bridge.get_rating_display()}。加固改造后重新评定，再恢复通行。" if bridge.dangerous else ""


class BridgeFlow(Workflow):
    in_use = State("在用", start=True, confirmed=True, tone="done", due="next_check_on")
    restricted = State("限制通行", confirmed=True, due="next_check_on")
    barred = State("封闭", confirmed=True, tone="todo")
    rebuilding = State("改造中", confirmed=True)
    ended = State("停用", final=True, confirmed=True, tone="void")

    restrict = Move(
        in_use >> restricted,
        "限制通行",
        by="road_officer",
        takes=("safeguards", "load_limit_t"),
        needs=needed_to_restrict,
        recall=False,
    )
    bar = Move((in_use | restricted) >> barred, "封闭桥梁", by=("road_officer", "director"), comment=True, recall=False)
    rebuild = Move(
        (in_use | restricted | barred) >> rebuilding,
        "开工改造",
        by="road_officer",
        takes=("project", "rebuild_year"),
        needs=("rebuild_year",),
    )
    finish_rebuilding = Move(
        rebuilding >> barred, "改造完工", by="road_officer", takes=("rebuilt_on",), needs=("rebuilt_on",)
    )
    open_again = Move(
        (restricted | barred) >> in_use, "恢复通行", by="director", check=why_not_open, comment=True, recall=False
    )
    end = Move((in_use | restricted | barred) >> ended, "停用", by="director", comment=True)
