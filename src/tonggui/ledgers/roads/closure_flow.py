"""How a road is closed and opened again: drafted, announced to the public, closed, perhaps prolonged, opened.

Basis: 公路安全保护条例 第五十一条: announced in time and with the way round, emergencies excepted.
"""

from django.db.models import TextChoices

from tonggui.register.declare import Move, State, Workflow


class Reason(TextChoices):
    UPKEEP = "upkeep", "养护作业"
    WORKS = "works", "改建施工"
    CROSSING = "crossing", "涉路施工"
    BRIDGE = "bridge", "危桥"
    DISASTER = "disaster", "水毁塌方"
    WEATHER = "weather", "冰雪恶劣天气"


#: Reasons that nobody can announce days before.
URGENT = (Reason.DISASTER, Reason.WEATHER)


def why_not_announce(closure):
    """A way round or a temporary road, and days enough before the start unless it is urgent."""
    if not (closure.detour or closure.temporary_road):
        return "没有写明绕行路线。不能绕行的，应当修建临时道路。"
    if closure.must_announce and closure.closure_reason not in URGENT and closure.announced_on > closure.announce_by:
        return f"最迟应于 {closure.announce_by} 公告。请推迟封闭日期，紧急情况请改填封闭原因。"
    return ""


class ClosureFlow(Workflow):
    draft = State("草稿", start=True)
    announced = State("已公告", confirmed=True)
    closed = State("管制中", due="opens_on", confirmed=True, tone="waiting")
    opened = State("已恢复", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    announce = Move(
        draft >> announced,
        "发布公告",
        by=("road_officer", "director"),
        takes=("announced_on", "channels", "detour", "temporary_road", "signing", "announcement_no"),
        needs=("announced_on", "channels"),
        numbers={"announcement_no": "{bureau}路封〔{year}〕{seq}号"},
        check=why_not_announce,
        recall=False,
    )
    enforce_closure = Move(
        announced >> closed, "实施封闭", by="road_officer", takes=("signing",), needs=("signing",), recall=False
    )
    prolong = Move(
        closed >> closed,
        "延期恢复",
        by=("road_officer", "director"),
        takes=("opens_on",),
        needs=("opens_on",),
        comment=True,
    )
    open_again = Move(closed >> opened, "恢复通行", by="road_officer", takes=("opened_on",), needs=("opened_on",))
    cancel = Move((draft | announced) >> void, "作废", by="director", comment=True)
