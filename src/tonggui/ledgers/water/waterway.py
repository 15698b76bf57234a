"""航道台账: reaches of navigable water with their class and the depth that is kept up.

Basis: GB 50139-2014 内河通航标准 for classes I to VII (Ⅰ to Ⅶ, below them 等外) and the ship each stands for; the
depth, width and bend radius kept up (维护尺度) are those the waterway body publishes, and are compared with the
class.
"""

from decimal import Decimal

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Day,
    Integer,
    Ledger,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    Standing,
    Sum,
    Text,
    anyone,
    column,
    derive,
)
from tonggui.statutes.water import CLASS_DEPTH, CLASS_TONNAGE


class WaterwayClass(TextChoices):
    I = "I", "Ⅰ级"  # noqa: E741 - the class is called so
    II = "II", "Ⅱ级"
    III = "III", "Ⅲ级"
    IV = "IV", "Ⅳ级"
    V = "V", "Ⅴ级"
    VI = "VI", "Ⅵ级"
    VII = "VII", "Ⅶ级"
    OUTSIDE = "outside", "等外"


class Waterway(Record):
    """One reach between two points. The tonnage follows the class it has now."""

    number = Number("HD{seq:04}")
    name = Text("航段名称", unique=True, max_length=60)
    river = Text("所属河流", max_length=40)
    begins_at = Text("航道起点", max_length=60, hint="地名或航道里程")
    ends_at = Text("航道终点", max_length=60)
    length_km = Amount("航道里程", unit="km", places=3, least=0)
    planned_class = Choice(WaterwayClass, "规划等级", optional=True)
    present_class = Choice(WaterwayClass, "现状等级")
    ship_t = Integer("代表船型", unit="t", optional=True, total=False)
    depth_m = Amount("维护水深", unit="m", optional=True, least=0, total=False)
    width_m = Amount("维护宽度", unit="m", optional=True, least=0, total=False)
    bend_m = Amount("弯曲半径", unit="m", optional=True, least=0, total=False)
    guarantee = Amount("水深保证率", unit="%", optional=True, least=0, most=100, total=False)
    clearance_m = Amount("最小通航净高", unit="m", optional=True, least=0, total=False)
    crossings = Integer("跨河桥梁", unit="座", optional=True, least=0)
    surveyed_on = Day("航道测量日期", optional=True)
    place = Place("位置", optional=True)

    @derive("present_class", always=True)
    def derive_ship_t(self):
        """The ship the class stands for."""
        return int(CLASS_TONNAGE.at(clock.today(), str(self.present_class)))

    @column("水深富余", unit="m")
    def depth_spare(self):
        """Depth kept up less the least of its class; below zero the class is no longer held."""
        if self.depth_m is None:
            return None
        return self.depth_m - Decimal(str(CLASS_DEPTH.at(clock.today(), str(self.present_class))))

    class Flow(Standing, keeps="water_officer"):
        pass

    class Page(Ledger):
        title = "航道"
        columns = "number name river present_class ship_t length_km depth_m depth_spare crossings state"
        filters = "surveyed_on present_class planned_class state"
        search = "number name river begins_at ends_at"
        names = "name"
        form = [
            Section("航段", "name river begins_at ends_at length_km place"),
            Section("等级", "planned_class present_class"),
            Section("维护尺度", "depth_m width_m bend_m guarantee clearance_m crossings surveyed_on"),
        ]
        read = {"county": anyone}
        write = {"water_officer": anyone}
        imports = Sheet(
            "航道导入模板",
            key="name",
            columns="river begins_at ends_at length_km planned_class present_class depth_m width_m bend_m guarantee",
        )
        exports = (
            "number name river begins_at ends_at length_km planned_class present_class ship_t depth_m width_m bend_m "
            "guarantee clearance_m crossings surveyed_on state"
        )
        sort = "number"
        map = "place"
        pictures = (Bars("各等级里程", by="present_class", of="length_km"),)
        example = dict(
            name="示例江江口段",
            river="示例江",
            begins_at="江口大桥",
            ends_at="北桥枢纽",
            length_km="18.5",
            present_class=WaterwayClass.IV,
            depth_m="1.9",
            width_m="40",
        )

    class Measures:
        length = Sum("length_km", "航道里程")
        high_class = Sum("length_km", "四级以上航道里程", where=Q(present_class__in=["I", "II", "III", "IV"]))

    def __str__(self):
        return f"{self.name}（{self.get_present_class_display()}）"
