"""疑似超限过车台账: weighing passes above the limit, reviewed by two officers before they may found a case.

Basis: 行政处罚法 (2021) 第四十一条, a record of electronic monitoring is evidence only when it is true, clear,
complete, accurate and has been reviewed; 超限运输车辆行驶公路管理规定 (2016年第62号令) 第三条. What the machine
doubts is shown as words; what evidence needs stands in `pass_evidence.py`, the two reviews in `doubted_pass_flow.py`.
"""

from django.db.models import Q

from tonggui.base.clock import CHINA, today
from tonggui.ledgers.overload.case_kinds import NO_CASE
from tonggui.ledgers.overload.doubted_pass_flow import DoubtedPassFlow, RejectReason
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Count,
    Day,
    Evidence,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Money,
    Noted,
    Number,
    Photos,
    Plate,
    Record,
    Section,
    Text,
    Watch,
    anyone,
    derive,
)
from tonggui.statutes.overloading.edition import edition
from tonggui.statutes.overloading.reviewing import REVIEW_LEAD, review_due


class DoubtedPass(Record):
    """One pass above the limit, as measured and as judged; one sent twice, with the point's `record_no`, is one."""

    number = Number("GC{year}{seq:06}", year_of="passed_on")
    record_no = Text("检测记录号", index=True, max_length=50)
    point = Link("overload.WeighingPoint", "检测点")
    passed_at = Moment("过车时间", index=True)
    passed_on = Day("过车日期", index=True, optional=True)
    recorded_at = Moment("收到记录时间", optional=True, index=False)
    lane = Text("车道", optional=True, max_length=20)
    direction = Text("方向", optional=True, max_length=20)
    plate = Plate("号牌号码", index=True, optional=True, hint="未识别的留空")
    plate_rear = Plate("后牌号码", optional=True)
    vehicle = Link("fleet.Vehicle", "车辆档案", optional=True)
    permit = Link("overload.Permit", "超限运输许可", optional=True)
    yard = Link("overload.Yard", "货运源头单位", optional=True)
    source_trace = LongText("装载源头线索", optional=True, hint="机器给出的线索，须由人核实")
    axles = Integer("轴数", least=2, total=False)
    axle_groups = Text("轴型", optional=True, max_length=12)
    axle_kg = Noted("各轴轴重", words=lambda loads: "、".join(f"{load:,.0f} kg" for load in loads))
    speed_kmh = Amount("车速", unit="km/h", optional=True, total=False)
    gross_kg = Integer("车货总质量", unit="kg", total=False)
    tolerance_kg = Integer("允许误差", unit="kg", optional=True, total=False)
    adjusted_kg = Integer("扣除误差后总质量", unit="kg", optional=True, total=False)
    limit_kg = Integer("限值", unit="kg", total=False)
    excess_kg = Integer("超限", unit="kg")
    rate = Amount("超限率", unit="%", total=False)
    fine_yuan = Money("按规定罚款", unit="元", hint="按章程计算的参考值，不是处罚决定")
    calibrated = Flag("检定有效")
    law_edition = Text("适用规则版本", optional=True, max_length=64)
    doubt = LongText("存疑", optional=True)
    doubts = Noted("存疑项")
    media = Noted("影像", words=lambda media: f"{len(media)} 份")
    photos = Photos("照片")
    evidence = Evidence()
    reject_reason = Choice(RejectReason, "不采用原因", optional=True)
    pass_review_by = Day("过车应审核日期", optional=True, index=True)

    @derive("passed_at", always=True)
    def derive_passed_on(self):
        """The day in China of the pass."""
        return self.passed_at.astimezone(CHINA).date()

    @derive("passed_on")
    def derive_law_edition(self):
        """By which numbers and readings a pass of the day is judged."""
        return edition(self.passed_on)

    @derive("passed_at")
    def derive_recorded_at(self):
        """A record without a time of its receipt counts from the pass."""
        return self.passed_at

    @derive("recorded_at")
    def derive_pass_review_by(self):
        """The last day for both reviews."""
        return review_due(self.recorded_at)

    @derive("gross_kg", "tolerance_kg")
    def derive_adjusted_kg(self):
        """A record whose tolerance was not taken off yet."""
        return self.gross_kg - (self.tolerance_kg or 0)

    class Flow(DoubtedPassFlow):
        pass

    class Page(Ledger):
        title = "疑似超限"
        menu = "治超管理"
        columns = "number passed_at point plate axles gross_kg limit_kg excess_kg rate doubt state"
        filters = "passed_on point state axles calibrated pass_review_by reject_reason"
        search = "number record_no plate"
        names = "plate"
        form = [
            Section("过车", "record_no point lane direction passed_at recorded_at speed_kmh"),
            Section("车辆", "plate plate_rear vehicle permit yard source_trace axles axle_groups axle_kg"),
            Section("称重与判定", "gross_kg tolerance_kg adjusted_kg limit_kg excess_kg rate fine_yuan law_edition"),
            Section("证据", "calibrated doubt media photos evidence"),
            Section("审核", "pass_review_by reject_reason"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone}
        exports = "number record_no point passed_at plate axles gross_kg limit_kg excess_kg rate calibrated doubt state"
        sort = "-passed_at"
        detail = "overload/pass_judgement.html"
        watches = (
            Watch(
                "pass_review_by",
                "过车证据应审核",
                lead=REVIEW_LEAD,
                where=Q(state__in=("found", "reviewed")),
                basis="行政处罚法第四十一条",
            ),
        )
        follow_ups = (
            FollowUp(
                "overload.case",
                "立案",
                {"doubted_pass": "self", "point": "point", "plate": "plate", "vehicle": "vehicle", "yard": "yard"}
                | {"enterprise": "vehicle__enterprise"}
                | {
                    "happened_on": "passed_on",
                    "acted_at": "passed_at",
                    "gross_kg": "adjusted_kg",
                    "limit_kg": "limit_kg",
                },
                states="accepted",
                fixed={"found_by": "off_site", "received_on": today},
                again_after=" ".join(NO_CASE),
            ),
        )
        pictures = (Bars("不采用原因", by="reject_reason"),)
        example = dict(
            record_no="SL000120260601091200001",
            point=None,
            passed_at="2026-06-01T09:12:00+08:00",
            plate="沪A00001",
            axles=6,
            axle_groups="157",
            axle_kg=[6_200, 9_800, 9_800, 8_800, 8_900, 8_900],
            media=[{"kind": "plate", "sha256": "5e" * 32, "stored": True}],
            gross_kg=52_400,
            limit_kg=49_000,
            excess_kg=3_400,
            rate="6.94",
            fine_yuan="1500",
            calibrated=True,
        )

    class Measures:
        found = Count("疑似超限过车", on="passed_on", confirmed=False, unit="台次")
        accepted = Count("复审入库", on="passed_on", where=Q(state="accepted"), unit="台次")
        rejected = Count("审核不采用", on="passed_on", where=Q(state="rejected"), unit="台次")

    class Meta:
        unique_together = [("point", "record_no")]

    def __str__(self):
        return f"{self.plate or '未识别'} {self.number}"
