"""How a demonstration is named: applied for, recommended by the bureau, named from above, looked at again.

The bureau recommends nothing with a veto or with too few points; what was named is reviewed and may lose its name.
"""

from tonggui.register.declare import Move, State, Workflow
from tonggui.statutes.roads import DEMONSTRATION_PASS

SCORES = {
    "building_score": "building",
    "management_score": "management",
    "upkeep_score": "upkeep",
    "operation_score": "operation",
    "feature_score": "feature",
}


def why_not_recommend(declared):
    """No veto, and points enough."""
    if declared.vetoes:
        return f"有否决事项：{declared.kinds['vetoes'].show(declared.vetoes)}。"
    least = DEMONSTRATION_PASS.on(declared.declared_on)
    return f"自评 {declared.total_score} 分，低于 {least} 分。" if declared.total_score < least else ""


class DemonstrationFlow(Workflow):
    declared = State("申报", start=True)
    recommended = State("已推荐", confirmed=True)
    named = State("已命名", confirmed=True, tone="done", due="demonstration_review_by")
    declined = State("未入选", final=True, confirmed=True, tone="void")
    revoked = State("取消命名", final=True, confirmed=True, tone="void")

    recommend = Move(
        declared >> recommended,
        "推荐上报",
        by="director",
        takes=("assessor", *SCORES),
        needs=("assessor",),
        check=why_not_recommend,
    )
    name_it = Move(
        recommended >> named,
        "命名",
        by=("road_officer", "director"),
        takes=("named_on", "naming_no"),
        needs=("named_on", "naming_no"),
        recall=False,
    )
    decline = Move((declared | recommended) >> declined, "未入选", by=("road_officer", "director"), comment=True)
    review_again = Move(
        named >> named,
        "复核合格",
        by="road_officer",
        takes=("demonstration_reviewed_on", "demonstration_review_by"),
        needs=("demonstration_reviewed_on", "demonstration_review_by"),
    )
    revoke = Move(named >> revoked, "取消命名", by="director", comment=True)
