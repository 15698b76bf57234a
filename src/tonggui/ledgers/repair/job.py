"""维修记录台账: what was done to which vehicle, its settlement, certificate, warranty and upload to its file.

Basis: 道路运输条例 (2023) 第四十四条 (check and certificate); 机动车维修管理规定 (itemised settlement, warranty);
JT/T 1132-2017: one vehicle, one file, thirteen elements, sent after the settlement. The warranty follows the kind of
work and the mileage; nobody types it.
"""

from datetime import timedelta

from django.db.models import F, Q

from tonggui.base import clock
from tonggui.ledgers.repair.job_page import JobPage
from tonggui.ledgers.repair.kinds import CERTIFIED, JobKind, VehicleSort, warranty_group
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Integer,
    Link,
    LongText,
    Moment,
    Money,
    Move,
    Number,
    Plate,
    Record,
    State,
    Sum,
    Text,
    Workflow,
    derive,
)
from tonggui.statutes.repair import FILE_KEPT, UPLOAD_HOURS, warranty


def release_needs(job) -> tuple[str, ...]:
    """The inspector signs for complete and unit repair and for second-level maintenance."""
    return ("settlement_no", "final_inspector") if job.kind in CERTIFIED else ("settlement_no",)


def number_certificate(job, actor) -> None:
    """A certified job gets the number of its certificate when it leaves the shop."""
    if job.kind in CERTIFIED and not job.release_no:
        job.release_no = f"{job.number}-HG"
        job.save()


class RepairJob(Record):
    """One stay of one vehicle in one shop."""

    number = Number("WJ{year}{seq:06}", year_of="entered_at")
    shop = Link("repair.RepairShop", "承修方")
    enterprise = Link("parties.Enterprise", "维修企业", optional=True)
    vehicle = Link("fleet.Vehicle", "车辆档案", optional=True, hint="本县营运车辆选填，带出号牌和车辆识别代号")
    plate = Plate("号牌号码", index=True)
    vin = Text("车辆识别代号", max_length=17)
    vehicle_sort = Choice(VehicleSort, "承修车辆类型", default=VehicleSort.CAR)
    kind = Choice(JobKind, "维修种类")
    entered_at = Moment("进厂时间")
    mileage_km = Integer("进厂里程", unit="km", least=0, most=3_000_000, total=False)
    symptom = LongText("故障现象", optional=True)
    repair_items = LongText("维修项目", optional=True, hint="每项一行，写明工时")
    labour_hours = Integer("维修工时", unit="工时", optional=True, least=0)
    labour_fee = Money("工时费", optional=True, least=0)
    parts_fee = Money("材料费", optional=True, least=0)
    settlement_no = Text("结算清单号", optional=True, max_length=40)
    settled_at = Moment("结算时间", optional=True)
    released_on = Day("出厂日期", optional=True, index=True)
    final_inspector = Link("parties.Person", "质量检验员", optional=True)
    release_no = Text("出厂合格证号", optional=True, max_length=40)
    warranty_days = Integer("质量保证期日数", unit="日", optional=True, total=False)
    warranty_km = Integer("质量保证里程", unit="km", optional=True, total=False)
    warranty_until = Day("质量保证期至", optional=True, index=True)
    upload_by_at = Moment("应上传时间", optional=True)
    uploaded_at = Moment("上传时间", optional=True)
    keep_until = Day("维修档案保存期至", optional=True)
    complaint_no = Text("投诉举报编号", optional=True, max_length=40, hint="因本次维修引起投诉的")

    @derive("shop")
    def derive_enterprise(self):
        return self.shop.enterprise

    @derive("vehicle")
    def derive_plate(self):
        return self.vehicle.plate if self.vehicle else ""

    @derive("vehicle")
    def derive_vin(self):
        return self.vehicle.vin if self.vehicle else ""

    @derive("kind", "vehicle_sort", "released_on", always=True)
    def derive_warranty_days(self):
        return self._warranty()[1] if self.released_on else None

    @derive("kind", "vehicle_sort", "released_on", always=True)
    def derive_warranty_km(self):
        return self._warranty()[0] if self.released_on else None

    @derive("released_on", "warranty_days", always=True)
    def derive_warranty_until(self):
        """The last day; distance may end it earlier."""
        return self.released_on + timedelta(days=self.warranty_days) if self.released_on else None

    @derive("settled_at", always=True)
    def derive_upload_by_at(self):
        settled = self.settled_at
        return settled + timedelta(hours=UPLOAD_HOURS.on(settled.date())) if settled else None

    @derive("settled_at", always=True)
    def derive_keep_until(self):
        return FILE_KEPT.due(self.settled_at.astimezone(clock.CHINA).date()) if self.settled_at else None

    def _warranty(self) -> tuple[int, int]:
        return warranty(self.vehicle_sort, warranty_group(self.kind), self.released_on)

    def covers(self, day, mileage_km: int) -> bool:
        """Whether the warranty still holds on a day at a mileage: distance and days, the first to end."""
        if self.warranty_until is None:
            return False
        return day <= self.warranty_until and mileage_km <= self.mileage_km + self.warranty_km

    def faults(self):
        """A VIN has seventeen signs; the shop may do the work; times in order."""
        if len(self.vin) != 17:
            yield "vin", f"车辆识别代号应为 17 位，现为 {len(self.vin)} 位。"
        wanted = {"complete": ",complete,", "unit_repair": ",unit_repair,", "second": ",upkeep,"}.get(self.kind)
        if wanted and wanted not in self.shop.scopes:
            yield "kind", f"{self.shop.name}的备案范围不含{JobKind(self.kind).label}所需的项目。"
        if self.settled_at and self.settled_at < self.entered_at:
            yield "settled_at", "“结算时间”早于进厂时间。"
        if self.uploaded_at and self.settled_at and self.uploaded_at < self.settled_at:
            yield "uploaded_at", "“上传时间”早于结算时间。"

    class Flow(Workflow):
        in_shop = State("在修", start=True)
        released = State("已出厂待上传", confirmed=True)
        uploaded = State("已上传", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        release = Move(
            in_shop >> released,
            "结算出厂",
            by=("enterprise", "clerk", "transport_officer"),
            takes=("repair_items", "labour_hours", "labour_fee", "parts_fee", "settlement_no", "final_inspector"),
            needs=lambda job: ("repair_items", *release_needs(job)),
            sets={"settled_at": clock.now, "released_on": clock.today},
            then=number_certificate,
        )
        upload = Move(
            released >> uploaded,
            "上传电子档案",
            by=("enterprise", "clerk", "transport_officer"),
            sets={"uploaded_at": clock.now},
        )
        cancel = Move(in_shop >> void, "作废", by=("enterprise", "clerk", "transport_officer"), comment=True)

    class Page(JobPage):
        pass

    class Measures:
        jobs = Count("维修记录", on="settled_at", unit="条")
        uploaded = Count("上传维修记录", on="uploaded_at", unit="条")
        uploaded_in_time = Count(
            "按时上传维修记录", on="settled_at", where=Q(uploaded_at__lte=F("upload_by_at")), unit="条"
        )
        shops = Count("上传记录的维修企业", on="uploaded_at", distinct="shop", unit="家")
        second = Count("二级维护", on="settled_at", where=Q(kind=JobKind.SECOND), unit="台次")
        labour = Sum("labour_fee", "维修工时费", on="settled_at")

    def __str__(self):
        return f"{self.number} {self.plate}"
