"""抄告记录台账: what is told to other authorities of an overload case or an altered truck, and their receipt.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第四十四条: within seven working days after the case is finished
its five groups of data go to the road transport authority of the vehicle's registration; 第四十五条: vehicles that do
not match their licence go periodically to the traffic police. Overloading, a cloned plate or blocking goes to the
police at once; what looks like a crime is a referral of its own (行刑衔接).
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.overload.copying_flow import CopyingFlow
from tonggui.ledgers.overload.copying_paper import LETTER
from tonggui.register.declare import (
    Board,
    Choice,
    Count,
    Day,
    Every,
    Files,
    Ledger,
    Link,
    LongText,
    Number,
    Plate,
    Record,
    Section,
    Text,
    Watch,
    anyone,
    derive,
)


class CopiedFor(TextChoices):
    REGISTRATION = "registration", "抄告车籍地"
    OVERLOADED = "overloaded", "超载抄送公安交管"
    CLONED = "cloned", "涉嫌套牌移交公安"
    BLOCKING = "blocking", "阻碍执行职务移交公安"
    ALTERED = "altered", "非法改装抄告公安交管"


class Copying(Record):
    """One letter to one authority about one vehicle."""

    number = Number("CG{year}{seq:05}", year_of="to_send_on")
    overload_case = Link("overload.Case", "超限案件", optional=True)
    modified_truck = Link("overload.ModifiedTruck", "改型车", optional=True)
    copied_for = Choice(CopiedFor, "抄告事由", default=CopiedFor.REGISTRATION)
    plate = Plate("号牌号码", index=True)
    copied_to = Text("抄告单位", max_length=60)
    to_send_on = Day("拟发日期")
    sheet_no = Text("装载单号", optional=True, max_length=40)
    copy_note = LongText("抄告说明", optional=True, hint="五项数据随函自动写成，这里只写补充的情况")
    copy_by = Day("应抄告日期", optional=True)
    copy_no = Text("抄告函号", optional=True, max_length=40)
    copied_on = Day("抄告日期", optional=True)
    copy_receipt_no = Text("抄告回执号", optional=True, max_length=40)
    copy_receipt_on = Day("抄告回执日期", optional=True)
    receipt = Files("回执扫描件")

    @derive("overload_case", "copied_for")
    def derive_copy_by(self):
        """The registration place hears within the days of the case; others at once."""
        return self.overload_case.copy_by if self.copied_for == CopiedFor.REGISTRATION else self.to_send_on

    def faults(self):
        """About a case, or a truck that was altered; the receipt comes after the letter."""
        if self.copied_for == CopiedFor.ALTERED:
            if self.modified_truck_id is None:
                yield "modified_truck", "抄告非法改装车辆的，请填写“改型车”。"
        elif self.overload_case_id is None:
            yield "overload_case", "请填写“超限案件”。"
        if self.copy_receipt_on and self.copied_on and self.copy_receipt_on < self.copied_on:
            yield "copy_receipt_on", f"“抄告回执日期”早于抄告日期 {self.copied_on}。"

    class Flow(CopyingFlow):
        pass

    class Page(Ledger):
        title = "抄告记录"
        menu = "治超管理"
        columns = "number copied_for plate overload_case copied_to copy_by copied_on copy_receipt_on state"
        filters = "to_send_on unit copied_for state copied_on copy_by"
        search = "number plate copied_to copy_no copy_receipt_no"
        names = "number"
        form = [
            Section("对象", "copied_for overload_case modified_truck plate sheet_no"),
            Section("抄告", "copied_to to_send_on copy_note copy_by copy_no copied_on"),
            Section("回执", "copy_receipt_no copy_receipt_on receipt"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone}
        exports = (
            "number copied_for overload_case modified_truck plate copied_to copy_by copy_no copied_on copy_receipt_no "
            "copy_receipt_on unit state"
        )
        sort = "-to_send_on"
        unit_from = "overload_case"
        watches = (
            Watch(
                "copy_by",
                "抄告函应发出",
                lead=2,
                where=Q(state="to_copy"),
                basis="超限运输车辆行驶公路管理规定第四十四条",
            ),
        )
        duties = (
            Every(
                "month",
                "改型车抄告公安交管",
                on="copied_on",
                where=Q(copied_for="altered"),
                nil=True,
                confirmed=True,
                basis="超限运输车辆行驶公路管理规定第四十五条（定期），每月为本局做法",
            ),
        )
        papers = (LETTER,)
        pictures = (Board("抄告情况", by="state", card="plate copied_to copy_by"),)
        example = dict(
            overload_case=None,
            plate="沪A00001",
            copied_to="示例市道路运输管理机构",
            to_send_on="2026-06-20",
        )

    class Measures:
        copied = Count("发出抄告", on="copied_on", unit="件")
        receipted = Count("收到抄告回执", on="copied_on", where=Q(copy_receipt_on__isnull=False), unit="件")

    def __str__(self):
        return f"{self.number} {self.plate}"


def registration_told(case) -> bool:
    """Whether a letter about the case is out to the place of registration."""
    letters = Copying._base_manager.filter(overload_case=case, copied_for=CopiedFor.REGISTRATION)
    return letters.filter(state__in=("sent_copy", "letter_answered")).exists()
