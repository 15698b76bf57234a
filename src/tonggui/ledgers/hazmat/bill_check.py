"""路检核查台账: a hazmat vehicle stopped on the road is compared with its waybill, found by the plate.

Basis: 危险货物道路运输安全管理办法 第二十四条 (the bill is on board) and its chapter on supervision. The officer
types the plate and what he sees; whether there is a bill, and whether it fits, follows: 无运单, 运单过期, 不符.
"""

from datetime import timedelta

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.hazmat.waybill import Waybill
from tonggui.register.declare import (
    Bars,
    Choice,
    Confirming,
    Count,
    FollowUp,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Number,
    Photos,
    Place,
    Plate,
    Record,
    Section,
    Sheet,
    Text,
    anyone,
    derive,
)


class BillFinding(TextChoices):
    FITS = "fits", "相符"
    MISSING = "missing", "无运单"
    STALE = "stale", "运单过期"
    MISMATCH = "mismatch", "与运单不符"


class BillCheck(Record):
    """One vehicle looked at once."""

    number = Number("LJ{year}{seq:05}", year_of="stopped_at")
    plate = Plate("号牌号码", index=True)
    vehicle = Link("fleet.Vehicle", "车辆档案", optional=True)
    stopped_at = Moment("核查时间")
    check_spot = Text("核查地点", max_length=80)
    place = Place("位置", optional=True)
    waybill = Link("hazmat.Waybill", "危货运单", optional=True)
    seen_un_no = Text("实载联合国编号", optional=True, max_length=6, hint="看橙色标志牌，如 UN1203；空车不填")
    seen_kg = Integer("实载质量", unit="kg", optional=True, least=0)
    seen_driver = Text("实际驾驶员", optional=True, max_length=30)
    seen_escort = Text("实际押运员", optional=True, max_length=30)
    bill_finding = Choice(BillFinding, "核查结论", optional=True)
    finding_note = LongText("不符之处", optional=True)
    photos = Photos("核查照片")

    @derive("plate")
    def derive_vehicle(self):
        model = type(self).kinds["vehicle"].related_model
        return model._base_manager.filter(plate=self.plate).order_by("pk").first()

    @derive("plate", "stopped_at")
    def derive_waybill(self):
        """The vehicle's bill of that time: the last that had begun and was not over a day before."""
        bills = Waybill._base_manager.filter(plate=self.plate).exclude(state__in=("draft", "void"))
        soon = self.stopped_at + timedelta(hours=1)
        bill = bills.filter(departs_at__lte=soon).order_by("-departs_at").first()
        return bill if bill and bill.until > self.stopped_at - timedelta(days=1) else None

    def prepare(self):
        """The finding and its words follow from the bill and what was seen."""
        notes = list(self.differences())
        self.finding_note = " ".join(notes)
        if self.waybill is None:
            self.bill_finding = BillFinding.MISSING if self.seen_un_no else BillFinding.FITS
        elif self.stale():
            self.bill_finding = BillFinding.STALE
        else:
            self.bill_finding = BillFinding.MISMATCH if notes else BillFinding.FITS

    def stale(self) -> bool:
        """Whether the trip of the bill was over when the vehicle was stopped."""
        return self.waybill.until < self.stopped_at

    def differences(self):
        """What is on the road and not on the bill, a sentence each."""
        bill = self.waybill
        if bill is None:
            if self.seen_un_no:
                yield f"载有 {self.seen_un_no}，没有当次运单。"
            return
        if self.stale():
            yield f"运单 {bill.number} 的行程已于 {bill.until.astimezone(clock.CHINA):%m-%d %H:%M} 结束。"
        if self.seen_un_no and self.seen_un_no.upper() != bill.un_no:
            yield f"实载 {self.seen_un_no.upper()}，运单为 {bill.un_no}。"
        if self.seen_kg and self.seen_kg > bill.approved_kg:
            yield f"实载 {self.seen_kg:,} kg，超过核定载质量 {bill.approved_kg:,} kg。"
        for seen, person, part in (
            (self.seen_driver, bill.driver, "驾驶员"),
            (self.seen_escort, bill.escort, "押运员"),
        ):
            if seen and seen != person.name:
                yield f"{part}为{seen}，运单为{person.name}。"

    class Flow(Confirming, enters=("enforcement_officer", "transport_officer"), checks=("director", "legal_officer")):
        pass

    class Page(Ledger):
        title = "运单路检核查"
        columns = "number stopped_at plate check_spot waybill seen_un_no bill_finding finding_note state"
        filters = "stopped_at unit bill_finding state plate"
        search = "plate number check_spot finding_note"
        form = [
            Section("核查", "plate stopped_at check_spot place waybill vehicle"),
            Section("现场所见", "seen_un_no seen_kg seen_driver seen_escort photos"),
            Section("结论", "bill_finding finding_note"),
        ]
        read = {"county": anyone}
        write = {"enforcement_officer": anyone, "transport_officer": anyone}
        imports = Sheet(
            "运单路检核查导入模板",
            key="plate stopped_at",
            columns="check_spot seen_un_no seen_kg seen_driver seen_escort",
        )
        exports = (
            "number stopped_at plate check_spot waybill seen_un_no seen_kg seen_driver seen_escort bill_finding "
            "finding_note state"
        )
        sort = "-stopped_at"
        map = "place"
        pictures = (Bars("核查结论", by="bill_finding"),)
        follow_ups = (
            FollowUp(
                "enforcement.clue", "登记违法线索", {"plate": "plate", "scene": "check_spot", "content": "finding_note"}
            ),
        )
        handheld = Handheld(
            "查运单",
            "plate stopped_at check_spot place seen_un_no seen_kg seen_driver seen_escort photos",
            then="submit",
        )
        example = dict(
            plate="示E00099", stopped_at="2026-03-01 09:40", check_spot="S201 示例检查点", seen_un_no="UN1203"
        )

    class Measures:
        bill_checks = Count("路检核查运单", on="stopped_at", unit="台次")
        bills_missing = Count(
            "无运单或者运单过期", on="stopped_at", where=Q(bill_finding__in=("missing", "stale")), unit="台次"
        )
        bills_wrong = Count("与运单不符", on="stopped_at", where=Q(bill_finding="mismatch"), unit="台次")

    def __str__(self):
        return f"{self.number} {self.plate}"
