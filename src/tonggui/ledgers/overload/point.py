"""治超检测点台账: where goods vehicles are weighed, with which device, and until when its certificate holds.

Basis: 公路安全保护条例 第三十九条, 第四十条; JJG 907-2006, the verification of dynamic road vehicle scales. A reading
from a scale without a valid certificate may not found a penalty or an unloading order.
"""

from datetime import date

from django.db.models import TextChoices

from tonggui.base.clock import today
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Integer,
    Ledger,
    Link,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    Watch,
    anyone,
    column,
)
from tonggui.statutes.licences import SCALE_LEAD


class PointKind(TextChoices):
    NON_STOP = "non_stop", "不停车检测点"
    FIXED = "fixed", "固定超限检测站"
    MOBILE = "mobile", "流动检测点"
    SOURCE = "source", "源头称重点"


class AccuracyClass(TextChoices):
    C02 = "0.2", "0.2 级"
    C05 = "0.5", "0.5 级"
    C1 = "1", "1 级"
    C2 = "2", "2 级"
    C5 = "5", "5 级"
    C10 = "10", "10 级"


class WeighingPoint(Record):
    """One place with one weighing device. `code` is the one that the device sends with its passes."""

    number = Number("JC{seq:04}")
    code = Text("站点编码", unique=True, max_length=30)
    name = Text("名称", max_length=60)
    kind = Choice(PointKind, "类别")
    station = Link("parties.Unit", "所属治超站", optional=True)
    road = Text("路线", max_length=40)
    stake = Text("桩号", optional=True, max_length=20, hint="如 K12+345")
    lanes = Integer("检测车道数", unit="条", least=1, most=12)
    posted_kg = Integer(
        "路段限载",
        unit="kg",
        optional=True,
        least=1_000,
        most=200_000,
        total=False,
        hint="该路段、桥梁设有限载标志的，填标志载明的质量",
    )
    place = Place("位置")
    device = Text("称重设备编号", max_length=40)
    accuracy = Choice(AccuracyClass, "准确度等级")
    certificate = Text("检定证书号", optional=True, max_length=40)
    calibrated_to = Day("检定有效期至", index=True)
    avoided_point = Link(
        "overload.WeighingPoint", "绕行所避站点", optional=True, hint="设在绕行路段上的检测点填写，供研判绕行避站"
    )
    notice_on = Day("启用公告日期", optional=True, hint="自动监测设施启用前应当公告设置地点")

    @column("检定剩余天数", unit="天")
    def days_left(self):
        """Days until the certificate ends; negative when it has ended."""
        return (self.calibrated_to - today()).days

    def calibrated_on(self, day: date) -> bool:
        """Whether the certificate held on a day."""
        return day <= self.calibrated_to

    class Flow(Standing, keeps=("overload_officer", "clerk")):
        pass

    class Page(Ledger):
        title = "检测点"
        menu = "治超管理"
        columns = "number name kind station road stake lanes accuracy calibrated_to days_left state"
        filters = "calibrated_to station kind accuracy state"
        search = "number code name road"
        names = "name code"
        form = [
            Section("检测点", "code name kind station road stake lanes posted_kg place avoided_point"),
            Section("称重设备", "device accuracy certificate calibrated_to notice_on"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "检测点导入模板",
            key="code",
            columns="name kind station road stake lanes posted_kg place "
            "device accuracy certificate calibrated_to notice_on",
        )
        exports = (
            "number code name kind station road stake lanes posted_kg place "
            "device accuracy certificate calibrated_to state"
        )
        map = "place"
        watches = (
            Watch(
                "calibrated_to", "称重设备检定到期", lead=SCALE_LEAD, basis="JJG 907-2006；过期的记录不得作为执法依据"
            ),
        )
        example = dict(
            code="SL0001",
            name="示例一号检测点",
            kind=PointKind.NON_STOP,
            road="示例大道",
            stake="K3+200",
            lanes=2,
            place="121.480000, 31.230000",
            device="SLWIM-01",
            accuracy=AccuracyClass.C5,
            calibrated_to="2027-03-31",
            notice_on="2026-01-10",
        )

    class Measures:
        in_use = Count("在用检测点", unit="个")

    def __str__(self):
        return self.name
