"""路长公示牌台账: the boards at the roadside that say who is chief of this road, what for, and whom to call.

Basis: 交公路发〔2020〕111号: a board names the road, its size and standard, chief and officers, duties, targets and a
telephone. A board that shows a chief who has left, or that lacks one of these, is renewed.
"""

from django.db.models import TextChoices

from tonggui.base import clock
from tonggui.ledgers.roads.stakes import stake_faults
from tonggui.register.declare import (
    Choices,
    Count,
    Day,
    Every,
    FollowUp,
    Ledger,
    Link,
    Move,
    Number,
    Phone,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    anyone,
    column,
    derive,
)
from tonggui.statutes.roads import BOARD_CHECK


class Shown(TextChoices):
    ROAD = "road", "路线名称"
    STANDARD = "standard", "里程和等级"
    CHIEF = "chief", "路长姓名"
    OFFICER = "officer", "专管员姓名"
    DUTIES = "duties", "职责"
    TARGET = "target", "管养目标"
    PHONE = "phone", "监督电话"


class Board(Record):
    """One board. What it should say comes from the appointment it shows."""

    number = Number("GP{seq:04}")
    keeper_chief = Link("roads.Chief", "公示路长")
    section = Link("roads.Section", "路段")
    road = Link("roads.Road", "路线", optional=True)
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    stake = Text("桩号", optional=True, max_length=20, hint="如 K0+050")
    place = Place("位置", optional=True)
    shown = Choices(Shown, "公示内容")
    phone = Phone("联系电话", hint="牌面上的监督电话")
    erected_on = Day("设立日期")
    board_checked_on = Day("牌面核对日期", optional=True)
    photos = Photos("牌面照片")

    @derive("section")
    def derive_road(self):
        return self.section.road

    @derive("section")
    def derive_town(self):
        return self.section.town

    @column("应更新", numeric=False)
    def outdated(self):
        """Why the board must be renewed, or nothing."""
        if self.keeper_chief.state == "left":
            return "路长已离任"
        missing = [item.label for item in Shown if item not in Choices.codes(self.shown)]
        return f"缺{'、'.join(missing)}" if missing else ""

    class Flow(Workflow):
        standing = State("完好", start=True, confirmed=True, tone="done")
        damaged = State("待修复", confirmed=True, tone="todo")
        removed = State("已拆除", final=True, confirmed=True, tone="void")

        verify_board = Move(
            standing >> standing,
            "核对牌面",
            by=("road_officer", "road_chief"),
            takes=("photos",),
            sets={"board_checked_on": clock.today},
        )
        mark_damaged = Move(standing >> damaged, "登记损坏", by=("road_officer", "road_chief"), comment=True)
        renew_board = Move(
            (standing | damaged) >> standing,
            "更新牌面",
            by="road_officer",
            takes=("keeper_chief", "shown", "phone", "erected_on", "photos"),
            sets={"board_checked_on": clock.today},
        )
        remove = Move((standing | damaged) >> removed, "拆除", by="road_officer", comment=True)

    class Page(Ledger):
        title = "路长公示牌"
        columns = "number road section town stake keeper_chief phone outdated board_checked_on state"
        filters = "erected_on board_checked_on town road shown state"
        search = "number phone section__name road__name stake"
        names = "number"
        form = [
            Section("牌面", "keeper_chief shown phone photos"),
            Section("公示牌", "section road town stake place erected_on board_checked_on"),
        ]
        read = {"county": anyone, "road_chief": anyone}
        write = {"road_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "路长公示牌导入模板", columns="section stake keeper_chief shown phone erected_on board_checked_on"
        )
        exports = "number section road town stake keeper_chief shown phone erected_on board_checked_on outdated state"
        sort = "number"
        unit_from = "section"
        map = "place"
        duties = (
            Every(
                BOARD_CHECK.on(clock.today()), "公示牌核对", on="board_checked_on", per="section", tell="road_officer"
            ),
        )
        follow_ups = (FollowUp("roads.problem", "登记问题", {"section": "section", "place": "place"}, "damaged"),)
        example = dict(
            keeper_chief=None,
            section=None,
            stake="K0+050",
            shown="road,standard,chief,officer,duties,target,phone",
            phone="0512-12345678",
            erected_on="2026-02-06",
        )

    class Measures:
        boards = Count("路长公示牌", unit="块")
        erected = Count("新设公示牌", on="erected_on", unit="块")
        checked = Count("核对公示牌", on="board_checked_on", unit="块")

    def faults(self):
        """A board without a telephone is of no use to anybody."""
        yield from stake_faults(self, "stake")
        if Shown.PHONE not in Choices.codes(self.shown):
            yield "shown", "公示内容应有监督电话。"
        if self.board_checked_on and self.board_checked_on < self.erected_on:
            yield "board_checked_on", f"“牌面核对日期”早于设立日期 {self.erected_on}。"

    def __str__(self):
        return f"{self.number} {self.section.name}"
