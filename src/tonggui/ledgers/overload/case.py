"""超限案件台账: from a reviewed pass or a roadside check to the closed, copied and archived case.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第四十三条, 第四十四条; 公路安全保护条例 第三十三条, 第六十四条,
第六十六条; 行政处罚法 (2021). Fields, clocks, checks and procedure are those of any penalty case (`ledgers/penalty`);
here stands what weighing adds. What follows from the weighing is in `case_facts.py`, the steps that differ in
`case_flow.py` and `case_checks.py`, the page in `case_page.py`, fines beside the published band in
`case_discretion.py`.
"""

from typing import Any

from django.db.models import F, Q

from tonggui.ledgers.overload.case_checks import second_record, steps_out_of_order
from tonggui.ledgers.overload.case_discretion import Discretion, discretion_of
from tonggui.ledgers.overload.case_facts import CaseFacts
from tonggui.ledgers.overload.case_flow import CaseFlow
from tonggui.ledgers.overload.case_kinds import Found, Jurisdiction
from tonggui.ledgers.overload.case_page import CasePage
from tonggui.ledgers.overload.fourfold_open import open_checks, withdraw_checks
from tonggui.ledgers.overload.notice import Notice
from tonggui.ledgers.penalty.case import PenaltyCase
from tonggui.register.declare import (
    Amount,
    Choice,
    Count,
    Day,
    Flag,
    Integer,
    Link,
    LongText,
    Moment,
    Money,
    Number,
    Plate,
    Sum,
    Text,
)

__all__ = ["Case", "Found"]


class Case(PenaltyCase, CaseFacts):
    """One case against one vehicle for one act. The fine computed by law stands beside the fine decided."""

    number = Number("CX{year}{seq:05}", "案号", year_of="received_on")
    found_by = Choice(Found, "来源")
    doubted_pass = Link("overload.DoubtedPass", "过车记录", optional=True)
    point = Link("overload.WeighingPoint", "检测点", optional=True)
    jurisdiction = Choice(Jurisdiction, "管辖依据", default=Jurisdiction.PLACE)
    jurisdiction_note = LongText("管辖说明", optional=True, hint="最先立案或者上级指定的，写明文号和协商情况")
    plate = Plate("号牌号码", index=True)
    enterprise = Link("parties.Enterprise", "车属企业", optional=True)
    driver = Link("fleet.Driver", "驾驶员档案", optional=True)
    driver_name = Text("驾驶员", optional=True, max_length=30)
    source = Text("装载源头", optional=True, max_length=60)
    scene = Text("事发地点", optional=True, max_length=60)
    acted_at = Moment("违法行为时间", optional=True)
    separate_act = Flag("认定为另一行为", hint="与前案不是同一行程，须在管辖说明之外另附证据")
    gross_kg = Integer("车货总质量", unit="kg", total=False)
    limit_kg = Integer("限值", unit="kg", total=False)
    lawful_fine = Money("法定罚款", unit="元", optional=True)
    tell_by = Day("应告知车主日期", optional=True)
    told_on = Day("车主知悉日期", optional=True)
    comes_by = Day("当事人应到日期", optional=True)
    repeat_no = Integer("第几次", unit="次", default=0, total=False, hint="按本局认定的年度，送达时得出")
    must_unload = Flag("应卸载")
    unloaded_t = Amount("卸载", unit="t", optional=True)
    unloaded_on = Day("卸载日期", optional=True)
    copy_by = Day("应抄告日期", optional=True)
    copied_on = Day("抄告日期", optional=True)

    def faults(self):
        """Steps of a case follow one another; one act is punished once; the party and the excess are there."""
        yield from super().faults()
        yield from steps_out_of_order(self)
        if self.gross_kg <= self.limit_kg:
            yield "gross_kg", "“车货总质量”没有超过限值，不构成超限。"
        if not (self.party or self.enterprise_id or self.driver_name):
            yield "party", "请填写“当事人”，或者车属企业、驾驶员。"
        if self.jurisdiction != Jurisdiction.PLACE and not self.jurisdiction_note:
            yield "jurisdiction_note", "不由违法行为发生地管辖的，请写明“管辖说明”。"
        if not self.separate_act and (other := second_record(self)):
            yield (
                "plate",
                f"{self.plate} 在同一时段已有案件 {other.number}（{other.happened_on}），同一行为不得给予两次罚款。"
                "确属另一行为的，请勾选“认定为另一行为”。",
            )

    def off_the_law(self) -> bool:
        return self.fine is not None and self.fine != self.lawful_fine

    @property
    def beside(self) -> Discretion:
        """Band, like cases and earlier cases, for the page."""
        return discretion_of(self)

    def when_filed(self, actor: Any) -> None:
        """The owner has come, or is not waited for any longer: nothing reminds it now."""
        for notice in Notice._base_manager.filter(overload_case=self, next_due__isnull=False):
            notice.save()

    def when_served(self, actor: Any) -> None:
        """An effective decision opens the four checks of 一超四罚."""
        open_checks(self, actor)

    def when_quashed(self, actor: Any) -> None:
        withdraw_checks(self, actor)

    class Flow(CaseFlow):
        pass

    class Page(CasePage):
        pass

    class Measures:
        unfiled = Count("待立案案件", on="received_on", where=Q(state="awaiting_filing"), confirmed=False, unit="宗")
        filed = Count("立案", on="filed_on", unit="宗")
        vehicles = Count("查处超限车辆", on="filed_on", where=~Q(state="dropped"), distinct="plate", unit="台")
        decided = Count("作出处罚决定", on="decided_on", unit="宗")
        fined = Count("作出罚款决定", on="decided_on", where=Q(fine__gt=0), unit="宗")
        paid = Count("罚款到位", on="decided_on", where=Q(paid_on__isnull=False), unit="宗")
        banded = Count("有裁量条目的罚款", on="decided_on", where=Q(fine__gt=0, discretion__isnull=False), unit="宗")
        fines = Sum("fine", "决定罚款", on="decided_on")
        fines_paid = Sum("fine", "已缴罚款", on="decided_on", where=Q(paid_on__isnull=False))
        must_unload = Count("应卸载", on="filed_on", where=Q(must_unload=True), unit="台")
        unloaded = Count("已卸载", on="filed_on", where=Q(must_unload=True, unloaded_on__isnull=False), unit="台")
        closed = Count("超限案件结案", on="closed_on", unit="宗")
        tonnes = Sum("unloaded_t", "卸载货物", on="unloaded_on")
        in_time = Count("按期决定", on="decided_on", where=Q(decided_on__lte=F("decide_by")), unit="宗")
        served_in_time = Count("按期送达", on="decided_on", where=Q(served_on__lte=F("serve_by")), unit="宗")
        published_in_time = Count("按期公示", on="decided_on", where=Q(published_on__lte=F("publish_by")), unit="宗")
        copied_in_time = Count("按期抄告", on="closed_on", where=Q(copied_on__lte=F("copy_by")), unit="宗")

    def __str__(self):
        return f"{self.number} {self.plate}"
