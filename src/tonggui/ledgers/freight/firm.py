"""货运企业档案: when a freight business was opened, changed, put in order or closed, and how large it is.

Basis: 道路运输条例 (2023) 第二十四条, 第六十六条, 第六十七条; 公路安全保护条例 第六十六条: a firm whose overloaded
vehicles exceed a tenth of its fleet within a year is stopped for rectification, and may lose its licence.
Closing or revoking the file ends the enterprise itself where freight is its business.
"""

from django.db.models import Q

from tonggui.base import clock
from tonggui.ledgers.freight.firm_flow import FreightFirmFlow
from tonggui.register.declare import (
    Bars,
    Count,
    Day,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.freight import HAZARD_ZERO_FLEET


class FreightFirm(Record):
    """The file of one firm; its name, licence and people stand in the ledger of enterprises."""

    number = Number("HQ{seq:05}")
    enterprise = Link("parties.Enterprise", "企业")
    founded_on = Day("开业日期", index=True)
    truck_count = Integer("货车数", unit="辆", least=0)
    heavy_trucks = Integer("其中重型货车和牵引车", unit="辆", least=0, default=0)
    five_or_more = Flag("五台以上", hint="由货车数和隐患清零行动的口径得出")
    hazard_zero = Flag("纳入隐患清零行动")
    zeroed_on = Day("隐患清零日期", optional=True)
    office = Text("经营场所", max_length=120)
    parking = Text("停车场地", optional=True, max_length=120)
    changed_on = Day("变更日期", optional=True, index=True)
    change_note = LongText("变更内容", optional=True, hint="名称、法定代表人、地址、经营范围、车辆规模")
    rectify_until = Day("停业整顿期限", optional=True)
    exited_on = Day("退出日期", optional=True, index=True)

    @derive("truck_count", always=True)
    def derive_five_or_more(self):
        """As many trucks as the hazard-zero action asks for, or more."""
        return self.truck_count >= HAZARD_ZERO_FLEET.on(clock.today())

    def faults(self):
        """Its parts fit; days in order."""
        if self.heavy_trucks > self.truck_count:
            yield "heavy_trucks", "“其中重型货车和牵引车”多于货车数，请核对。"
        for name in ("changed_on", "zeroed_on", "exited_on"):
            day = getattr(self, name)
            if day and day < self.founded_on:
                yield name, f"“{self.kinds[name].label}”早于开业日期 {self.founded_on}。"

    class Flow(FreightFirmFlow):
        pass

    class Page(Ledger):
        title = "货运企业档案"
        columns = "number enterprise founded_on truck_count heavy_trucks five_or_more hazard_zero zeroed_on state"
        filters = "founded_on unit enterprise five_or_more hazard_zero state exited_on"
        search = "number enterprise__name office"
        names = "number"
        form = [
            Section("企业", "enterprise unit founded_on office parking"),
            Section("规模", "truck_count heavy_trucks five_or_more"),
            Section("隐患清零", "hazard_zero zeroed_on"),
            Section("变更退出", "changed_on change_note rectify_until exited_on"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "货运企业档案导入模板",
            key="enterprise founded_on",
            columns="truck_count heavy_trucks hazard_zero office parking zeroed_on",
        )
        exports = (
            "number enterprise founded_on office parking truck_count heavy_trucks five_or_more hazard_zero zeroed_on "
            "changed_on change_note exited_on unit state"
        )
        sort = "number"
        unit_from = "enterprise"
        pictures = (Bars("企业规模", by="five_or_more", of="truck_count"),)
        follow_ups = (FollowUp("safety.inspection", "登记安全检查", {"enterprise": "enterprise"}),)
        example = dict(
            enterprise=None,
            founded_on="2026-02-18",
            truck_count=12,
            heavy_trucks=7,
            hazard_zero=True,
            office="示例县城关镇示例物流园 3 号楼",
        )

    class Measures:
        firms = Count("货运企业", where=Q(state__in=("in_business", "rectifying")), unit="家")
        opened = Count("新开业货运企业", on="founded_on", unit="家")
        licence_revoked = Count("吊销货运企业", on="exited_on", where=Q(state="licence_revoked"), unit="家")
        licence_returned = Count("注销货运企业", on="exited_on", where=Q(state="licence_returned"), unit="家")
        large_in_action = Count(
            "纳入隐患清零行动的五台以上企业",
            where=Q(five_or_more=True, hazard_zero=True, state__in=("in_business", "rectifying")),
            unit="家",
        )
        zeroed = Count("隐患清零企业", on="zeroed_on", where=Q(five_or_more=True), unit="家")

    def __str__(self):
        return f"{self.enterprise} {self.number}"
