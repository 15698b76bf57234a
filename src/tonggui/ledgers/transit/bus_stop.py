"""公交站点台账: stops and shelters, where they stand, which way they look and what they show.

Basis: 城市公共交通条例 第二十条 (route, stops, hours and headway shown at the stop, electronic boards encouraged); GB
50220-95 for facing stops. 县域 站亭 are built by projects and looked after by the road's people or the operator.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Bars,
    Choice,
    Choices,
    Count,
    Day,
    Flag,
    FollowUp,
    Handheld,
    Integer,
    Ledger,
    Link,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    anyone,
    column,
    own,
)


class StopKind(TextChoices):
    TERMINAL = "terminal", "首末站"
    WAY = "way", "中途站"
    HUB = "hub", "换乘枢纽"
    HAIL = "hail", "招呼站"


class Shelter(TextChoices):
    SHELTER = "shelter", "站亭"
    POLE = "pole", "站杆"
    BAY = "bay", "港湾式站台"
    NONE = "none", "未设"


class Shown(TextChoices):
    ROUTE = "route", "线路走向"
    HOURS = "hours", "首末班时间"
    HEADWAY = "headway", "发车间隔"
    FARE = "fare", "票价"
    PHONE = "phone", "服务监督电话"
    BOOKING = "booking", "预约电话"


REQUIRED = {Shown.ROUTE, Shown.HOURS, Shown.HEADWAY, Shown.FARE}


class BusStop(Record):
    """One stop on one side of the road; the stop across is another, linked as its facing stop."""

    number = Number("ZD{seq:05}")
    name = Text("站点名称", max_length=40)
    stop_kind = Choice(StopKind, "站点类别", default=StopKind.WAY)
    shelter = Choice(Shelter, "候车设施", default=Shelter.POLE)
    line = Link("transit.BusLine", "公交线路", optional=True, hint="主要停靠的线路")
    facing_stop = Link("transit.BusStop", "对向站点", optional=True)
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    road = Link("roads.Road", "路线", optional=True)
    place = Place("位置", optional=True)
    lines_calling = Integer("停靠线路数", unit="条", least=0, default=1, total=False)
    shown_items = Choices(Shown, "站牌公布内容", optional=True)
    e_board = Flag("电子站牌")
    step_free = Flag("无障碍站台")
    enterprise = Link("parties.Enterprise", "站点维护企业", optional=True)
    stop_built_on = Day("站点设立日期", optional=True, index=True)
    photos = Photos("站点照片")

    @column("未公布内容", numeric=False)
    def not_shown(self):
        """What the law wants on the board and is not there."""
        there = set(Choices.codes(self.shown_items))
        return "、".join(one.label for one in Shown if one in REQUIRED and one.value not in there) or None

    def faults(self):
        if self.facing_stop_id is not None and self.facing_stop_id == self.pk:
            yield "facing_stop", "对向站点应是另一个站点。"
        if self.e_board and self.shelter == Shelter.NONE:
            yield "e_board", "没有候车设施的站点不会有电子站牌。"

    class Flow(Standing, keeps=("transport_officer", "clerk")):
        pass

    class Page(Ledger):
        title = "公交站点"
        columns = "number name stop_kind shelter line town lines_calling e_board not_shown state"
        filters = "stop_built_on state stop_kind shelter line town road e_board"
        search = "number name line__name"
        names = "name"
        form = [
            Section("站点", "name stop_kind shelter line facing_stop lines_calling stop_built_on"),
            Section("位置", "town road place"),
            Section("公布与维护", "shown_items e_board step_free enterprise photos"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "clerk": anyone, "road_officer": anyone}
        imports = Sheet(
            "公交站点导入模板",
            columns="name stop_kind shelter line town road place lines_calling shown_items e_board "
            "step_free stop_built_on",
        )
        exports = (
            "number name stop_kind shelter line town road lines_calling shown_items not_shown e_board step_free "
            "enterprise stop_built_on state"
        )
        sort = "number"
        unit_from = "line"
        map = "place"
        pictures = (Bars("候车设施", by="shelter"), Bars("各乡镇站点", by="town", stack="stop_kind"))
        follow_ups = (FollowUp("transit.sign", "登记站牌", {"stop": "self", "line": "line"}, states="in_use"),)
        handheld = Handheld("公交站点", "name stop_kind shelter line place shown_items e_board photos")
        example = dict(
            name="示例医院站（示例）",
            line=None,
            town=None,
            shelter=Shelter.SHELTER,
            shown_items=["route", "hours", "headway", "fare"],
            stop_built_on="2026-03-01",
            place="121.470, 31.230",
        )

    class Measures:
        stops = Count("公交站点", unit="个")
        shelters = Count("公交站亭", where=Q(shelter__in=(Shelter.SHELTER, Shelter.BAY)), unit="个")
        e_boards = Count("电子站牌", where=Q(e_board=True), unit="个")
        put_up = Count("新增公交站点", on="stop_built_on", unit="个")

    def __str__(self):
        return self.name
