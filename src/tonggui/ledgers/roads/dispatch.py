"""养护调度台账: the regular meeting that takes the list of open problems, gives each an owner and a day, and chases it.

Basis: the bureaus' own rule of 定期调度、跟踪落实、拉单销号. What was open and what was late on the day of the
meeting is counted when it is entered and stays, so that the next meeting can be held against this one.
"""

from tonggui.base import clock
from tonggui.ledgers.roads.problem import Problem
from tonggui.register.declare import (
    Confirming,
    Count,
    Day,
    Every,
    Files,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    column,
    derive,
)
from tonggui.statutes.roads import DISPATCH_PERIOD

OPEN = ("found", "ordered", "fixed")


class Dispatch(Record):
    """One meeting. The problems it gives out name it."""

    number = Number("DD{year}{seq:03}", year_of="held_on")
    held_on = Day("召开日期")
    chair = Link("parties.Person", "主持人", optional=True)
    attending = Text("参会单位", max_length=200)
    open_problems = Integer("未销号问题", unit="项", optional=True, total=False)
    late_problems = Integer("逾期问题", unit="项", optional=True, total=False)
    struck_off = Integer("上次以来销号", unit="项", optional=True)
    decided = LongText("议定事项")
    dispatch_notes = Files("调度纪要")

    @derive("held_on")
    def derive_open_problems(self):
        """Problems on the list that day."""
        return Problem._base_manager.filter(found_on__lte=self.held_on, state__in=OPEN).count()

    @derive("held_on")
    def derive_late_problems(self):
        """Of these, the ones past their deadline."""
        return Problem._base_manager.filter(state="ordered", due_on__lt=self.held_on).count()

    @derive("held_on")
    def derive_struck_off(self):
        """Problems struck off since the meeting before."""
        before = Dispatch._base_manager.filter(held_on__lt=self.held_on).order_by("held_on").last()
        since = {"closed_on__gt": before.held_on} if before else {}
        return Problem._base_manager.filter(state="closed", closed_on__lte=self.held_on, **since).count()

    @column("逾期占比", unit="%")
    def late_share(self):
        """Share of the open problems that were late, in whole per cent."""
        return round(100 * self.late_problems / self.open_problems) if self.open_problems else None

    class Flow(Confirming, enters=("road_officer", "clerk"), checks="director"):
        pass

    class Page(Ledger):
        title = "养护调度会"
        columns = "number held_on chair attending open_problems late_problems late_share struck_off state"
        filters = "held_on chair unit state"
        search = "number decided attending"
        form = [
            Section("会议", "held_on chair attending unit"),
            Section("清单", "open_problems late_problems struck_off"),
            Section("议定", "decided dispatch_notes"),
        ]
        read = {"county": anyone, "road_chief": anyone}
        write = {"road_officer": anyone, "clerk": anyone}
        imports = Sheet("养护调度会导入模板", columns="held_on chair attending decided")
        exports = "number held_on chair attending open_problems late_problems late_share struck_off decided state"
        sort = "-held_on"
        duties = (
            Every(DISPATCH_PERIOD.on(clock.today()), "养护调度会", on="held_on", tell="road_officer", basis="定期调度"),
        )
        example = dict(
            held_on="2026-05-25",
            attending="建设养护股、公路事务中心、各乡镇",
            decided="县道X001坑槽五日内修补完毕；北桥限载标志本周设置到位",
        )

    class Measures:
        meetings = Count("养护调度会", on="held_on", unit="次")
        struck_off = Sum("struck_off", "调度销号", on="held_on")

    def __str__(self):
        return f"{self.held_on} 养护调度会"
