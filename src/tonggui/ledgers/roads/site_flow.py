"""How a dangerous place is made safe: planned, built, finished, accepted by another person.

Basis: 国办发〔2014〕55号: a place that must have a guardrail or a wall is not accepted without one.
"""

from django.db.models import TextChoices

from tonggui.register.declare import Choices, Move, State, Workflow


class Remedy(TextChoices):
    CURVE = "curve", "急弯改造"
    WALL = "wall", "挡墙"
    GUARD = "guard", "护栏"
    HUMP = "hump", "减速带"
    LIGHT = "light", "信号灯"
    SIGN = "sign", "标志标线"
    MIRROR = "mirror", "凸面镜"
    LAMP = "lamp", "照明"


#: The quantity that each measure is reported with.
QUANTITY = {Remedy.WALL: "wall_m", Remedy.GUARD: "guard_m", Remedy.HUMP: "humps", Remedy.LIGHT: "lights"}


def why_not_pass(site):
    """A site that must have a guardrail has one before it is accepted."""
    safe = {Remedy.GUARD, Remedy.WALL} & set(Choices.codes(site.remedies))
    return "该处高差已达设置防护的界限，治理措施中没有护栏或挡墙。" if site.must_guard and not safe else ""


class SiteFlow(Workflow):
    surveyed = State("待立项", start=True, confirmed=True)
    scheduled = State("已列计划", confirmed=True, due="finish_by")
    building = State("整治中", confirmed=True, due="finish_by")
    to_be_accepted = State("待验收", confirmed=True)
    works_passed = State("已验收", final=True, confirmed=True)
    void = State("作废", final=True, tone="void")

    schedule = Move(
        surveyed >> scheduled,
        "列入计划",
        by="road_officer",
        takes=("remedies", "plan_year", "finish_by", "project"),
        needs=("remedies", "plan_year", "finish_by"),
    )
    begin_works = Move(scheduled >> building, "开工", by="road_officer", takes=("enterprise", "photos_before"))
    complete_works = Move(
        building >> to_be_accepted,
        "完工",
        by="road_officer",
        takes=("remedies", *QUANTITY.values(), "treated_km", "funds", "photos_after", "finished_on"),
        needs=("treated_km", "funds", "photos_after", "finished_on"),
    )
    accept_works = Move(
        to_be_accepted >> works_passed,
        "验收通过",
        by=("road_officer", "director"),
        not_same_as="complete_works",
        takes=("works_passed_on",),
        needs=("works_passed_on",),
        check=why_not_pass,
    )
    rework = Move(to_be_accepted >> building, "返工", by=("road_officer", "director"), comment=True)
    cancel = Move((surveyed | scheduled) >> void, "作废", by="director", comment=True)
