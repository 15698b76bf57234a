"""治超检测点台账: where goods vehicles are weighed, with which device, and until when its certificate holds.

Basis: 公路安全保护条例 第三十九条, 第四十条; JJG 907-2006, the verification of dynamic road vehicle scales. A reading
from a scale without a valid certificate may not found a penalty or an unloading order.
"""

from datetime import date

from django.db.models import Q, TextChoices

from tonggui.base.clock import CHINA, today
from tonggui.ledgers.overload.point_seen import Online, seen_of
from tonggui.register.declare import (
    Bars,
    Board,
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

    silent_since = Day("中断起始日期", optional=True, editable=False, hint="由系统写入，恢复后清空")

    drifting_since = Day("称重漂移起始日期", optional=True, editable=False, hint="由系统写入，恢复正常后清空")

    @property
    def seen(self):
        """What the online watch knows of the device; nothing where nobody watches here."""
        return seen_of(self.code)

    @column("在线状态", numeric=False)
    def online(self):
        """Whether the device reports as it should."""
        if self.state == "ended":
            return Online.OFF.label
        return (Online.SILENT if self.silent_since else Online.ON if self.seen.last_at else Online.NEVER).label

    @column("最近上报", numeric=False)
    def last_report(self):
        """When a pass of this point last reached the platform."""
        return f"{self.seen.last_at.astimezone(CHINA):%m-%d %H:%M}" if self.seen.last_at else None

    @column("本月在线天数", unit="天")
    def days_online(self):
        """Days of this month with data."""
        return self.seen.days_online

    @column("本月过车", unit="台次")
    def month_trucks(self):
        """Passes of this month."""
        return self.seen.month_trucks

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
        columns = "number name kind station road stake lanes calibrated_to days_left online last_report state"
        filters = "calibrated_to station kind accuracy silent_since drifting_since state"
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
                "drifting_since",
                "检测点称重漂移",
                lead=0,
                where=Q(state="in_use"),
                basis="当日六轴车转向轴轴重中位数与前四周相差超过本局参数，请核查设备",
            ),
            Watch(
                "silent_since",
                "检测点数据中断",
                lead=0,
                where=Q(state="in_use"),
                basis="本局检测设备运维约定：故障二十四小时内派修，七日内修复",
            ),
            Watch(
                "calibrated_to", "称重设备检定到期", lead=SCALE_LEAD, basis="JJG 907-2006；过期的记录不得作为执法依据"
            ),
        )
        pictures = (
            Board("在线看板", by="online", card="kind last_report days_online month_trucks", order=Online.order()),
            Bars("各站检测点", by="station", stack="kind"),
        )
        detail = "overload/point_seen.html"
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
        drifting = Count("称重漂移检测点", where=Q(state="in_use", drifting_since__isnull=False), unit="个")
        silent = Count("中断检测点", where=Q(state="in_use", silent_since__isnull=False), unit="个")

    def __str__(self):
        return self.name
