"""道路巡查台账: one outing along a section, one form for all four trades: management, upkeep, cleaning and greening.

Basis: 公路安全保护条例 第四十七条: roads are patrolled and each patrol is recorded; how often is a local parameter by
the chief's level and the road's grade. People and vehicles sent count once for each outing, whatever trades it saw.
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.roads.patrol_duties import PatrolKind, chief_duties, upkeep_duties
from tonggui.register.declare import (
    Amount,
    Bars,
    Calendar,
    Choice,
    Choices,
    Confirming,
    Count,
    Day,
    FollowUp,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    derive,
    within_unit,
)


class Trade(TextChoices):
    MANAGEMENT = "management", "管理"
    UPKEEP = "upkeep", "养护"
    CLEANING = "cleaning", "清洁"
    GREENING = "greening", "绿化"


#: The part of the form in which each trade is reported.
REPORT = {trade: f"{trade}_report" for trade in Trade.values}


class Patrol(Record):
    """One outing. What it found stands in the ledger of problems and names it."""

    number = Number("XC{year}{seq:05}", year_of="walked_on")
    kind = Choice(PatrolKind, "巡查类别")
    walked_on = Day("巡查日期")
    section = Link("roads.Section", "路段")
    road = Link("roads.Road", "路线", optional=True)
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    chief_on_road = Link("roads.Chief", "巡查路长", optional=True)
    patrollers = Text("巡查人员", max_length=120)
    staff = Integer("出动人员", unit="人次", least=1, most=500)
    vehicles = Integer("出动车辆", unit="车次", least=0, most=200)
    patrol_km = Amount("巡查里程", unit="公里", places=1, least=0)
    trades = Choices(Trade, "巡查事项")
    management_report = Text("管理情况", optional=True, hint="路产路权、涉路施工、标志标牌", max_length=300)
    upkeep_report = Text("养护情况", optional=True, hint="路面、路基、边沟、桥涵、安防设施", max_length=300)
    cleaning_report = Text("清洁情况", optional=True, hint="路面、边沟、可视范围内的垃圾", max_length=300)
    greening_report = Text("绿化情况", optional=True, hint="缺株、遮挡标志、侵入净空", max_length=300)
    road_problems = Integer("巡查发现问题", unit="处", least=0)
    solved_on_spot = Integer("当场处理", unit="处", least=0)
    advice = LongText("处置建议", optional=True)
    place = Place("位置", optional=True)
    photos = Photos("巡查照片")

    @derive("section")
    def derive_road(self):
        return self.section.road

    @derive("section")
    def derive_town(self):
        return self.section.town

    class Flow(Confirming, enters=("road_officer", "road_chief", "clerk"), checks=("road_officer", "director")):
        pass

    class Page(Ledger):
        title = "道路巡查"
        columns = "number walked_on kind section town patrollers staff vehicles patrol_km road_problems state"
        filters = "walked_on town road kind section chief_on_road trades state"
        search = "number patrollers section__name road__name"
        form = [
            Section("巡查", "kind walked_on section road town chief_on_road place"),
            Section("出动", "patrollers staff vehicles patrol_km"),
            Section("四项情况", "trades management_report upkeep_report cleaning_report greening_report"),
            Section("问题", "road_problems solved_on_spot advice photos"),
        ]
        read = {"county": anyone, "road_chief": within_unit}
        write = {"road_officer": anyone, "clerk": anyone, "road_chief": within_unit}
        imports = Sheet(
            "道路巡查导入模板",
            columns=(
                "kind walked_on section chief_on_road patrollers staff vehicles patrol_km trades management_report "
                "upkeep_report cleaning_report greening_report road_problems solved_on_spot advice"
            ),
        )
        exports = (
            "number kind walked_on section road town chief_on_road patrollers staff vehicles patrol_km trades "
            "management_report upkeep_report cleaning_report greening_report road_problems solved_on_spot advice state"
        )
        sort = "-walked_on"
        unit_from = "section"
        map = "place"
        duties = (*chief_duties(), *upkeep_duties())
        pictures = (
            Calendar("巡查日历", on="walked_on", text="section road_problems"),
            Bars("各乡镇巡查里程", by="town", of="patrol_km", stack="kind"),
        )
        follow_ups = (
            FollowUp(
                "roads.problem",
                "登记问题",
                {"patrol": "self", "section": "section", "found_on": "walked_on", "place": "place"},
            ),
            FollowUp(
                "roads.roadside", "登记路域问题", {"patrol": "self", "section": "section", "found_on": "walked_on"}
            ),
        )
        handheld = Handheld(
            "道路巡查",
            "kind section walked_on chief_on_road patrollers staff vehicles patrol_km trades management_report "
            "upkeep_report cleaning_report greening_report road_problems solved_on_spot place photos",
            nearest="section",
            then="submit",
        )
        example = dict(
            kind=PatrolKind.UPKEEP,
            walked_on="2026-05-20",
            section=None,
            patrollers="孙示例、李示例",
            staff=2,
            vehicles=1,
            patrol_km="6.2",
            trades="upkeep,cleaning",
            upkeep_report="K3+100处坑槽一处，约0.6平方米",
            cleaning_report="K5+200边沟有建筑垃圾",
            road_problems=2,
            solved_on_spot=1,
        )

    class Measures:
        patrols = Count("道路巡查", on="walked_on", unit="次")
        by_chiefs = Count("路长巡路", on="walked_on", where=Q(chief_on_road__isnull=False), unit="次")
        staff = Sum("staff", "巡查出动人员", on="walked_on")
        vehicles = Sum("vehicles", "巡查出动车辆", on="walked_on")
        length = Sum("patrol_km", "巡查里程", on="walked_on")
        problems = Sum("road_problems", "巡查发现问题", on="walked_on")
        solved = Sum("solved_on_spot", "巡查当场处理", on="walked_on")

    def faults(self):
        """What was looked at is reported, a chief's patrol names the chief, and no more is solved than found."""
        for trade in Choices.codes(self.trades):
            if not getattr(self, REPORT[trade]):
                yield REPORT[trade], f"巡查事项选了“{Trade(trade).label}”，请填写“{self.kinds[REPORT[trade]].label}”。"
        if self.kind == PatrolKind.CHIEF and self.chief_on_road is None:
            yield "chief_on_road", "路长巡路须填写巡查路长。"
        if self.solved_on_spot > self.road_problems:
            yield "solved_on_spot", f"“当场处理”多于发现的 {self.road_problems} 处。"

    def __str__(self):
        return f"{self.walked_on} {self.section.name}"
