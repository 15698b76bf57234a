"""How a blocker comes and goes: noted, confirmed, lifted, sometimes back again. The project is told each time.

One cause holds up a project once at a time, so that no day is counted twice (PRJ-14).
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.works.standing import tell_project
from tonggui.register.declare import Move, State, Workflow


class BlockerKind(TextChoices):
    PLANNING = "planning", "待规划"
    SITE = "site", "待用地"
    FUNDS = "funds", "待资金"
    DRAWINGS = "drawings", "待图审"
    COST = "cost", "待财评"
    APPROVAL = "approval", "待批复"
    UPPER = "upper", "待上级文件"
    LAND = "land", "征拆"
    PIPES = "pipes", "管线迁改"
    MATERIAL = "material", "材料短缺"
    WATER = "water", "水情"
    RAIN = "rain", "雨天"
    COLD = "cold", "低温冰雪"
    HEAT = "heat", "高温"
    OTHER = "other", "其他"


def tell_of_blocker(blocker, actor) -> None:
    """The project's page names what blocks it now."""
    rows = type(blocker)._base_manager.filter(project=blocker.project_id, state="blocking").order_by("blocked_from")
    words = "、".join(dict.fromkeys(BlockerKind(row.blocker).label for row in rows))
    tell_project(blocker.project_id, actor, f"制约因素 {blocker.number} {blocker.state_now.label}", blocked_by=words)


def why_not_again(blocker) -> str:
    """One cause holds up a project once at a time, so that no day counts twice."""
    same = Q(project=blocker.project_id, blocker=blocker.blocker, state__in=["blocking", "lifted"])
    still = Q(blocked_to__isnull=True) | Q(blocked_to__gte=blocker.blocked_from)
    rows = type(blocker)._base_manager.filter(same & still).exclude(pk=blocker.pk)
    if blocker.blocked_to:
        rows = rows.filter(blocked_from__lte=blocker.blocked_to)
    return f"这段时间已登记“{BlockerKind(blocker.blocker).label}”，天数会重复计算。" if rows.exists() else ""


class BlockerFlow(Workflow):
    noted = State("待核定", start=True)
    blocking = State("制约中", due="solve_by", confirmed=True)
    lifted = State("已解除", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    confirm = Move(
        noted >> blocking, "核定", by=("project_officer", "director"), check=why_not_again, then=tell_of_blocker
    )
    lift = Move(
        blocking >> lifted,
        "解除",
        by="project_officer",
        takes=("blocked_to", "solution", "photos"),
        needs=("blocked_to", "solution"),
        then=tell_of_blocker,
    )
    recur = Move(
        lifted >> blocking,
        "重新制约",
        by="project_officer",
        comment=True,
        sets={"blocked_to": lambda: None},
        then=tell_of_blocker,
    )
    cancel = Move((noted | blocking) >> void, "作废", by="director", comment=True, then=tell_of_blocker)
