"""设备故障台账: weighing, camera and network faults of the points, from the fault to the accepted repair.

Basis: 行政处罚法 (2021) 第四十一条: a record founds a case only when the equipment meets its standard; the bureau's own
times for ordering and finishing a repair (`statutes.overloading.sites`). A month with too few days of data does not
count for a point, so the days lost stand here. A point that falls silent is entered by the platform's own watch
(`bridge.point_watch`), once for each outage, with when its data ended and when they came again.
"""

from django.db.models import F, Q, TextChoices

from tonggui.base.clock import CHINA, today
from tonggui.register.declare import (
    Bars,
    Board,
    Choice,
    Count,
    Day,
    Flag,
    Handheld,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    column,
    derive,
)
from tonggui.statutes.overloading.sites import REPAIR, repair_order_within


class FaultKind(TextChoices):
    SCALE = "scale", "称重"
    CAMERA = "camera", "抓拍"
    NETWORK = "network", "网络"
    POWER = "power", "供电"
    SIGN = "sign", "情报板"
    PAVEMENT = "pavement", "车道路面"
    SILENT = "silent", "数据中断待查"


class DeviceFault(Record):
    """One fault at one point."""

    number = Number("GZ{year}{seq:05}", year_of="broken_on")
    point = Link("overload.WeighingPoint", "检测点")
    kind = Choice(FaultKind, "故障类别")
    broken_at = Moment("故障时间")
    broken_on = Day("故障日期", optional=True, index=True)
    symptom = LongText("故障现象")
    no_data = Flag("数据中断", hint="停用期间的称重数据不作为执法依据")
    repair_order_by = Moment("应派修时间", optional=True)
    repair_ordered_at = Moment("派修时间", optional=True)
    by_watch = Flag("在线监测登记", editable=False)
    data_back_at = Moment("数据恢复时间", optional=True, index=False)
    repairer = Text("维修单位", optional=True, max_length=60)
    repair_by = Day("应修复日期", optional=True, index=True)
    repaired_on = Day("修复日期", optional=True)
    repair_done = LongText("维修情况", optional=True)
    recalibrated = Flag("修后已重新检定", hint="更换或调整称重部件的，重新检定后才可用于执法")
    photos = Photos("维修照片")

    @derive("broken_at", always=True)
    def derive_broken_on(self):
        return self.broken_at.astimezone(CHINA).date()

    @derive("broken_at")
    def derive_repair_order_by(self):
        return repair_order_within(self.broken_at)

    @derive("broken_on")
    def derive_repair_by(self):
        return REPAIR.due(self.broken_on)

    @column("停用天数", unit="天")
    def days_down(self):
        """Whole days from the fault to the repair, or to today."""
        return ((self.repaired_on or today()) - self.broken_on).days

    def faults(self):
        """Ordered, repaired and heard again after it broke."""
        if self.repair_ordered_at and self.repair_ordered_at < self.broken_at:
            yield "repair_ordered_at", "“派修时间”早于故障时间，请核对。"
        if self.data_back_at and self.data_back_at < self.broken_at:
            yield "data_back_at", "“数据恢复时间”早于故障时间，请核对。"
        if self.repaired_on and self.repaired_on < self.broken_at.astimezone(CHINA).date():
            yield "repaired_on", "“修复日期”早于故障时间，请核对。"

    class Flow(Workflow):
        down = State("待派修", start=True, confirmed=True, due="repair_by")
        under_repair = State("维修中", confirmed=True, due="repair_by")
        repaired = State("修复待验收", confirmed=True)
        working = State("已恢复运行", final=True, confirmed=True)

        order_repair = Move(
            down >> under_repair,
            "派修",
            by="overload_officer",
            takes=("repair_ordered_at", "repairer"),
            needs=("repair_ordered_at", "repairer"),
        )
        repair = Move(
            under_repair >> repaired,
            "报告修复",
            by="overload_officer",
            takes=("repaired_on", "repair_done", "recalibrated", "photos"),
            needs=("repaired_on", "repair_done"),
        )
        accept_repair = Move(
            repaired >> working,
            "设备验收通过",
            by=("overload_officer", "director"),
            not_same_as="repair",
            check=lambda fault: (
                "称重故障修复后应当重新检定。" if fault.kind == FaultKind.SCALE and not fault.recalibrated else ""
            ),
        )
        recover = Move(
            down >> working,
            "数据自行恢复",
            by="overload_officer",
            takes=("data_back_at",),
            needs=("data_back_at",),
            recall=False,
        )
        repair_again = Move(repaired >> under_repair, "验收不通过", by="overload_officer", comment=True)

    class Page(Ledger):
        title = "检测设备故障"
        menu = "治超管理"
        columns = "number point kind broken_at repair_order_by repair_by repaired_on days_down repairer state"
        filters = "broken_on point kind no_data by_watch unit state repair_by"
        search = "number symptom repairer"
        form = [
            Section("故障", "point kind broken_at symptom no_data data_back_at by_watch"),
            Section("派修", "repair_order_by repair_ordered_at repairer repair_by"),
            Section("修复", "repaired_on repair_done recalibrated photos"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone}
        imports = Sheet("检测设备故障导入模板", columns="point kind broken_at symptom no_data repairer repaired_on")
        exports = (
            "number point kind broken_at symptom no_data data_back_at repair_ordered_at repairer repair_by repaired_on "
            "days_down repair_done recalibrated state"
        )
        sort = "-broken_at"
        unit_from = "point"
        watches = (
            Watch("repair_order_by", "设备应派修", lead=1, where=Q(state="down")),
            Watch("repair_by", "设备应修复", lead=2, where=Q(state__in=("down", "under_repair"))),
        )
        pictures = (
            Board("维修进度", by="state", card="point kind broken_at repair_by"),
            Bars("各检测点故障", by="point", stack="kind"),
        )
        handheld = Handheld("报设备故障", "point kind broken_at symptom no_data repairer photos", nearest="point")
        example = dict(
            point=None,
            kind=FaultKind.CAMERA,
            broken_at="2026-02-03T14:20:00+08:00",
            symptom="二车道前抓拍相机无图像",
            repairer="示例智能交通有限公司（示例）",
        )

    class Measures:
        faults = Count("设备故障", on="broken_on", unit="次")
        repaired_in_time = Count("按期修复", on="broken_on", where=Q(repaired_on__lte=F("repair_by")), unit="次")
        silent = Count("数据中断", on="broken_on", where=Q(no_data=True), unit="次")
        down = Count("故障设备", where=Q(state__in=("down", "under_repair")), unit="处")

    def __str__(self):
        return f"{self.number} {self.point}"
