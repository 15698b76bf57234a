"""水上装备需求台账: craft that the county needs and does not have, with the evidence a summary's request rests on.

Basis: 长江保护法 第七十二条 (counties build reception of ships' waste), 内河交通安全管理条例 第五十九条 (patrols).
Half-year summaries report the gap (needed less owned); what is owned is counted from the boat ledger.
"""

from django.db.models import TextChoices

from tonggui.ledgers.water.boat import Boat, BoatKind
from tonggui.register.declare import (
    Choice,
    Confirming,
    Day,
    Integer,
    Ledger,
    LongText,
    Money,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    Year,
    anyone,
    derive,
)


class Craft(TextChoices):
    PONTOON = "pontoon", "趸船"
    OIL_SKIMMER = "oil_skimmer", "吸油污船"
    WASTE = "waste", "污染物收集船"
    PATROL = "patrol", "巡航艇"
    RESCUE = "rescue", "救助艇"


_AMONG_BOATS = {Craft.PONTOON: BoatKind.PONTOON, Craft.WASTE: BoatKind.WASTE, Craft.PATROL: BoatKind.PATROL}


class EquipmentNeed(Record):
    """One kind of craft needed in one year."""

    number = Number("XQ{year}{seq:03}")
    year = Year("需求年度")
    craft = Choice(Craft, "装备类别")
    specification = Text("规格要求", max_length=80)
    purpose = LongText("需求理由", hint="任务量、事件和数据依据")
    standard = Text("配备依据", optional=True, max_length=120, hint="没有配备标准的写“无标准”")
    needed = Integer("需要数量", unit="艘", least=1, most=1000)
    owned = Integer("现有数量", unit="艘", least=0, optional=True)
    gap = Integer("装备缺口", unit="艘", optional=True)
    unit_cost = Money("装备单价", unit="元", optional=True, least=0)
    cost = Money("所需资金", unit="元", optional=True, least=0)
    asked_of = Text("请求解决单位", optional=True, max_length=60)
    answered_on = Day("答复日期", optional=True)
    answer = Text("答复意见", optional=True)

    @derive("craft")
    def derive_owned(self):
        """Craft of this kind in the boat ledger; for kinds it does not tell apart the officer says."""
        kind = _AMONG_BOATS.get(Craft(self.craft))
        boats = Boat._base_manager.filter(kind=kind, state__in=Boat.ledger.flow.confirmed)
        return boats.count() if kind else 0

    @derive("needed", "owned", always=True)
    def derive_gap(self):
        """What is missing; never below zero."""
        return max(0, self.needed - self.owned)

    @derive("gap", "unit_cost", always=True)
    def derive_cost(self):
        return self.gap * self.unit_cost

    class Flow(Confirming, enters="water_officer", checks="director"):
        pass

    class Page(Ledger):
        title = "水上装备需求"
        columns = "number year craft specification needed owned gap cost asked_of answered_on state"
        filters = "year craft state answered_on"
        search = "number specification purpose asked_of"
        form = [
            Section("需求", "year craft specification purpose standard"),
            Section("数量", "needed owned unit_cost"),
            Section("答复", "asked_of answered_on answer"),
        ]
        read = {"county": anyone}
        write = {"water_officer": anyone}
        imports = Sheet(
            "水上装备需求导入模板", columns="year craft specification purpose standard needed owned unit_cost asked_of"
        )
        exports = (
            "number year craft specification purpose standard needed owned gap unit_cost cost asked_of answered_on "
            "answer state"
        )
        example = dict(
            year=2026,
            craft=Craft.OIL_SKIMMER,
            specification="15米级，舱容20 m³",
            purpose="辖区现无吸油污船，溢油处置须从邻县调用",
            standard="无标准",
            needed=1,
            owned=0,
            unit_cost="1200000",
            asked_of="县财政局",
        )

    class Measures:
        gap = Sum("gap", "装备缺口")
        cost = Sum("cost", "装备所需资金")

    def __str__(self):
        return f"{self.year}年 {self.get_craft_display()}"
