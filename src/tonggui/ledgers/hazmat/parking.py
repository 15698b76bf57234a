"""危货车辆专用停车场台账: where hazmat vehicles stand, how large the place is and what it is fitted with.

Basis: 道路危险货物运输管理规定 (vehicles of toxic and explosive goods stand in an area of their own, with signs);
the bureau's summaries give the total area in square metres, so the area stands here once, whoever shares the place.
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.hazmat.goods import KEPT_APART, GoodsClass
from tonggui.register.declare import (
    Amount,
    Choices,
    Count,
    Day,
    FollowUp,
    Integer,
    Ledger,
    Link,
    Number,
    Phone,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Standing,
    Sum,
    Text,
    Watch,
    own,
    within_unit,
)


class Facility(TextChoices):
    FENCE = "fence", "隔离围挡"
    SIGN = "sign", "警示标志"
    FIRE = "fire", "消防器材"
    CAMERA = "camera", "视频监控"
    GROUNDING = "grounding", "防雷防静电"
    SPILL = "spill", "泄漏收集处置"
    GUARD = "guard", "专人值守"


MUST_HAVE = (Facility.FENCE, Facility.SIGN, Facility.FIRE)


class HazmatParking(Record):
    """One parking place. A firm that uses another's place links to it in its own file."""

    number = Number("WT{seq:03}")
    name = Text("停车场名称", unique=True, max_length=60)
    enterprise = Link("parties.Enterprise", "经营企业")
    area_m2 = Amount("危货停车场面积", unit="平方米", least=0)
    spaces = Integer("危货车位数", unit="个", least=0)
    goods_classes = Choices(GoodsClass, "可停放货物类别")
    facilities = Choices(Facility, "停车场设施")
    in_use_from = Day("停车场启用日期", index=True)
    lease_until = Day("租赁期限至", optional=True, index=True, hint="自有场地不填")
    parking_keeper = Link("parties.Person", "停车场管理人", optional=True)
    phone = Phone("停车场值守电话", optional=True)
    address = Text("地址", max_length=120)
    place = Place("位置", optional=True)
    photos = Photos("现场照片")

    def faults(self):
        """Explosive and toxic goods stand apart behind fence and sign, with fire gear; every space needs room."""
        kept_apart = [label for code, label in GoodsClass.choices if code in KEPT_APART and self.takes(code)]
        lacking = [item.label for item in MUST_HAVE if f",{item.value}," not in self.facilities]
        if kept_apart and lacking:
            yield "facilities", f"停放{'、'.join(kept_apart)}车辆的停车场还缺：{'、'.join(lacking)}。"
        if self.lease_until and self.lease_until < self.in_use_from:
            yield "lease_until", f"“租赁期限至”早于启用日期 {self.in_use_from}。"

    def takes(self, goods_class: str) -> bool:
        """Whether vehicles of a class of goods may stand here."""
        return f",{goods_class}," in self.goods_classes

    class Flow(Standing, keeps=("transport_officer", "clerk")):
        pass

    class Page(Ledger):
        title = "危货专用停车场"
        columns = "number name enterprise area_m2 spaces facilities in_use_from lease_until state"
        filters = "in_use_from unit enterprise goods_classes facilities state lease_until"
        search = "number name address enterprise__name"
        names = "name"
        form = [
            Section("停车场", "name enterprise area_m2 spaces goods_classes facilities in_use_from lease_until"),
            Section("位置和管理", "address place parking_keeper phone photos"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "危货专用停车场导入模板",
            key="name",
            columns="enterprise area_m2 spaces goods_classes facilities in_use_from lease_until phone address place",
        )
        exports = (
            "number name enterprise area_m2 spaces goods_classes facilities in_use_from lease_until phone address "
            "place state"
        )
        sort = "number"
        unit_from = "enterprise"
        map = "place"
        watches = (Watch("lease_until", "危货停车场租赁到期", lead=60, basis="道路危险货物运输管理规定（停车场地）"),)
        follow_ups = (FollowUp("safety.inspection", "登记安全检查", {"enterprise": "enterprise"}),)
        example = dict(
            name="示例危货停车场",
            enterprise=None,
            area_m2="22000",
            spaces=120,
            goods_classes=["2", "3", "8"],
            facilities=["fence", "sign", "fire", "camera"],
            in_use_from="2024-05-01",
            address="示例县城关镇示例工业园东侧",
        )

    class Measures:
        parkings = Count("危货专用停车场", unit="个")
        area = Sum("area_m2", "危货停车场面积")
        spaces = Sum("spaces", "危货车位")
        watched = Count("装有视频监控的危货停车场", where=Q(facilities__contains=",camera,"), unit="个")

    def __str__(self):
        return self.name
