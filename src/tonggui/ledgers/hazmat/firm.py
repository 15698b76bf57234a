"""危货企业档案: what a hazmat firm is licensed to carry, with which people, vehicles, platform and parking place.

Basis: 道路运输条例 (2023) 第二十三条 (five vehicles, examined people), 第三十五条 (carrier liability insurance);
危险化学品安全管理条例 第四十三条 (full-time safety staff); 道路运输车辆动态监督管理办法 第二十一条 (monitors). The last
safety check comes from the ledger of inspections, so that "全覆盖检查" is counted and never claimed.
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.hazmat.firm_flow import FirmFlow, why_not_this_check
from tonggui.ledgers.hazmat.goods import GoodsClass
from tonggui.register.declare import (
    Amount,
    Choice,
    Choices,
    Count,
    Day,
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
    Watch,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.licences import INSURANCE_LEAD


class Platform(TextChoices):
    OWN = "own", "自建监控平台"
    RENTED = "rented", "委托第三方平台"


class HazmatFirm(Record):
    """The file of one firm; name, licence number and people in charge stand in the ledger of enterprises."""

    number = Number("WQ{seq:04}")
    enterprise = Link("parties.Enterprise", "企业")
    goods_classes = Choices(GoodsClass, "许可货物类别")
    licence_scope = LongText("许可经营范围", hint="按许可证写，如 危险货物运输（2类1项、3类），剧毒化学品除外")
    founded_on = Day("开业日期", index=True)
    special_vehicles = Integer("专用车辆数", unit="辆", least=0)
    hazmat_drivers = Integer("危货驾驶员数", unit="人", least=0, default=0)
    escort_count = Integer("押运人员数", unit="人", least=0, default=0)
    loading_managers = Integer("装卸管理人员数", unit="人", least=0, default=0)
    safety_office = Text("安全管理机构", max_length=60)
    safety_officers = Integer("专职安全管理人员数", unit="人", least=0)
    platform = Choice(Platform, "卫星定位监控平台", default=Platform.OWN)
    monitors = Integer("专职监控人员数", unit="人", least=0)
    cover_until = Day("承运人责任险有效期至", index=True)
    special_parking = Link("hazmat.HazmatParking", "专用停车场", optional=True)
    parking_m2 = Amount("停车场地面积", unit="平方米", optional=True, total=False)
    inspection = Link("safety.Inspection", "检查记录", optional=True)
    checked_on = Day("最近安全检查日期", optional=True, index=True)
    rectify_until = Day("停业整顿期限", optional=True)
    exited_on = Day("退出日期", optional=True, index=True)

    @derive("special_parking", always=True)
    def derive_parking_m2(self):
        return self.special_parking.area_m2 if self.special_parking else None

    @derive("inspection", always=True)
    def derive_checked_on(self):
        """The day of the visit; a visit to somebody else does not count."""
        return self.inspection.visited_on if self.inspection and not why_not_this_check(self) else None

    def carries(self, goods_class: str) -> bool:
        """Whether the licence covers a class of goods."""
        return f",{goods_class}," in self.goods_classes

    def faults(self):
        """It left after it began."""
        if self.exited_on and self.exited_on < self.founded_on:
            yield "exited_on", f"“退出日期”早于开业日期 {self.founded_on}。"

    class Flow(FirmFlow):
        pass

    class Page(Ledger):
        title = "危货企业档案"
        columns = (
            "number enterprise goods_classes special_vehicles escort_count cover_until parking_m2 checked_on state"
        )
        filters = "founded_on unit enterprise goods_classes platform state cover_until checked_on"
        search = "number enterprise__name licence_scope"
        names = "number"
        form = [
            Section("企业", "enterprise founded_on goods_classes licence_scope cover_until"),
            Section("人员车辆", "special_vehicles hazmat_drivers escort_count loading_managers"),
            Section("安全管理", "safety_office safety_officers platform monitors special_parking parking_m2"),
            Section("检查和退出", "inspection checked_on rectify_until exited_on"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "危货企业档案导入模板",
            key="enterprise founded_on",
            columns=(
                "goods_classes licence_scope special_vehicles hazmat_drivers escort_count loading_managers "
                "safety_office safety_officers platform monitors cover_until special_parking"
            ),
        )
        exports = (
            "number enterprise goods_classes licence_scope founded_on special_vehicles hazmat_drivers escort_count "
            "loading_managers safety_office safety_officers platform monitors cover_until special_parking parking_m2 "
            "checked_on exited_on unit state"
        )
        sort = "number"
        unit_from = "enterprise"
        watches = (Watch("cover_until", "承运人责任险到期", lead=INSURANCE_LEAD, basis="道路运输条例第三十五条"),)
        follow_ups = (FollowUp("safety.inspection", "登记安全检查", {"enterprise": "enterprise"}),)
        example = dict(
            enterprise=None,
            goods_classes=["2", "3"],
            licence_scope="危险货物运输（2类1项、3类），剧毒化学品除外（示例）",
            founded_on="2024-03-01",
            special_vehicles=26,
            hazmat_drivers=30,
            escort_count=28,
            loading_managers=2,
            safety_office="安全科",
            safety_officers=2,
            monitors=3,
            cover_until="2027-05-31",
        )

    class Measures:
        firms = Count("危货企业", where=Q(state__in=("in_business", "rectifying")), unit="家")
        inspected = Count(
            "已检查危货企业",
            on="checked_on",
            where=Q(state__in=("in_business", "rectifying")),
            distinct="enterprise",
            unit="家",
        )
        opened = Count("新开业危货企业", on="founded_on", unit="家")

    def __str__(self):
        return self.number
