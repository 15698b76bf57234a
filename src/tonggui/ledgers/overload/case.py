"""超限案件台账: from a reviewed pass or a roadside check to the closed case, with every legal clock.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第四十三条, 第四十四条; 行政处罚法 (2021) 第四十四条, 第五十九条 to
第六十七条; 公路安全保护条例 第六十四条, 第六十六条. The full set of documents and the four checks of 一超四罚 stand
apart.
"""

from itertools import pairwise

from django.db.models import F, Q, TextChoices

from tonggui.base.money import yuan
from tonggui.register.declare import (
    Amount,
    Choice,
    Count,
    Day,
    Flag,
    Integer,
    Ledger,
    Link,
    LongText,
    Money,
    Move,
    Number,
    Photos,
    Plate,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Workflow,
    anyone,
    derive,
)
from tonggui.statutes.enforcement import COPYING, DECISION, PAYMENT
from tonggui.statutes.overloading import overload_fine


class Found(TextChoices):
    ROADSIDE = "roadside", "现场检查"
    OFF_SITE = "off_site", "非现场"
    JOINT = "joint", "联合执法"


class Case(Record):
    """One case against one vehicle on one day. The fine computed by law stands beside the fine decided."""

    number = Number("CX{year}{seq:05}", "案号", year_of="filed_on")
    found_by = Choice(Found, "来源")
    doubted_pass = Link("overload.DoubtedPass", "过车记录", optional=True)
    point = Link("overload.WeighingPoint", "检测点", optional=True)
    plate = Plate("号牌号码", index=True)
    vehicle = Link("fleet.Vehicle", "车辆档案", optional=True)
    enterprise = Link("parties.Enterprise", "车属企业", optional=True)
    driver_name = Text("驾驶员", optional=True, max_length=30)
    source = Text("装载源头", optional=True, max_length=60)
    filed_on = Day("立案日期", index=True)
    gross_kg = Integer("车货总质量", unit="kg", total=False)
    limit_kg = Integer("限值", unit="kg", total=False)
    lawful_fine = Money("法定罚款", unit="元", optional=True)
    reduction_reason = LongText("裁量理由", optional=True, hint="决定金额与法定金额不同时必须写明")
    fine = Money("决定罚款", unit="元", optional=True)
    decide_by = Day("应作出决定日期", optional=True)
    decided_on = Day("决定日期", optional=True, index=True)
    pay_by = Day("应缴款日期", optional=True)
    paid_on = Day("缴款日期", optional=True)
    must_unload = Flag("应卸载")
    unloaded_t = Amount("卸载", unit="t", optional=True)
    unloaded_on = Day("卸载日期", optional=True)
    copy_by = Day("应抄告日期", optional=True)
    copied_on = Day("抄告日期", optional=True)
    closed_on = Day("结案日期", optional=True, index=True)
    photos = Photos("证据照片")

    @derive("gross_kg", "limit_kg", "filed_on")
    def derive_lawful_fine(self):
        """What Order 62 asks for the excess, on the day of filing."""
        judged = overload_fine(self.filed_on, gross_kg=self.gross_kg, limit_kg=self.limit_kg)
        return yuan(judged["fine_yuan"])

    @derive("filed_on")
    def derive_decide_by(self):
        return DECISION.due(self.filed_on)

    @derive("decided_on")
    def derive_pay_by(self):
        return PAYMENT.due(self.decided_on)

    @derive("closed_on")
    def derive_copy_by(self):
        return COPYING.due(self.closed_on)

    def faults(self):
        """Steps of a case follow one another; a fine is paid once decided."""
        steps = ["filed_on", "decided_on", "paid_on", "closed_on"]
        for earlier, later in pairwise(steps):
            first, then = getattr(self, earlier), getattr(self, later)
            if first and then and then < first:
                yield later, f"“{self.kinds[later].label}”早于“{self.kinds[earlier].label}”（{first}），请核对。"
        if self.gross_kg <= self.limit_kg:
            yield "gross_kg", "“车货总质量”没有超过限值，不构成超限。"

    class Flow(Workflow):
        filed = State("调查", start=True, due="decide_by", confirmed=True)
        decided = State("待执行", due="pay_by", confirmed=True)
        closed = State("已结案", final=True, confirmed=True)
        dropped = State("不予处罚", final=True, confirmed=True, tone="void")
        void = State("作废", final=True, tone="void")

        decide = Move(
            filed >> decided,
            "作出决定",
            by="overload_officer",
            takes=("fine", "reduction_reason", "decided_on"),
            needs=lambda case: (
                ("fine", "decided_on") + (() if case.fine in (None, case.lawful_fine) else ("reduction_reason",))
            ),
        )
        drop = Move(filed >> dropped, "不予处罚", by="overload_officer", comment=True, takes=("closed_on",))
        close = Move(
            decided >> closed,
            "结案",
            by="overload_officer",
            takes=("paid_on", "unloaded_t", "unloaded_on", "closed_on"),
            needs=lambda case: ("paid_on", "closed_on") + (("unloaded_t", "unloaded_on") if case.must_unload else ()),
            not_same_as="decide",
        )
        cancel = Move((filed | decided) >> void, "作废", by="director", comment=True)

    class Page(Ledger):
        title = "超限案件"
        menu = "治超管理"
        columns = "number filed_on plate enterprise gross_kg limit_kg fine decided_on paid_on unloaded_t state"
        filters = "filed_on enterprise point state found_by decided_on"
        search = "number plate driver_name source"
        names = "plate"
        form = [
            Section("案源", "found_by doubted_pass point filed_on"),
            Section("当事人", "plate vehicle enterprise driver_name source"),
            Section("事实", "gross_kg limit_kg must_unload photos"),
            Section("处理", "lawful_fine fine reduction_reason decide_by decided_on pay_by paid_on"),
            Section("卸载与结案", "unloaded_t unloaded_on closed_on copy_by copied_on"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone}
        imports = Sheet(
            "超限案件导入模板",
            columns="found_by point plate enterprise driver_name source filed_on gross_kg limit_kg must_unload",
        )
        exports = (
            "number found_by point plate enterprise driver_name source filed_on gross_kg limit_kg lawful_fine fine "
            "decided_on paid_on must_unload unloaded_t unloaded_on closed_on state"
        )
        sort = "-filed_on"
        example = dict(
            found_by=Found.ROADSIDE,
            plate="沪A00001",
            driver_name="钱示例",
            filed_on="2026-06-01",
            gross_kg=52_400,
            limit_kg=49_000,
            must_unload=True,
        )

    class Measures:
        filed = Count("立案", on="filed_on", unit="宗")
        vehicles = Count("查处超限车辆", on="filed_on", where=~Q(state="dropped"), distinct="plate", unit="台")
        decided = Count("作出处罚决定", on="decided_on", unit="宗")
        paid = Count("罚款到位", on="decided_on", where=Q(paid_on__isnull=False), unit="宗")
        fines = Sum("fine", "决定罚款", on="decided_on")
        fines_paid = Sum("fine", "已缴罚款", on="decided_on", where=Q(paid_on__isnull=False))
        must_unload = Count("应卸载", on="filed_on", where=Q(must_unload=True), unit="台")
        unloaded = Count("已卸载", on="filed_on", where=Q(must_unload=True, unloaded_on__isnull=False), unit="台")
        tonnes = Sum("unloaded_t", "卸载货物", on="unloaded_on")
        in_time = Count("按期决定", on="decided_on", where=Q(decided_on__lte=F("decide_by")), unit="宗")

    def __str__(self):
        return f"{self.number} {self.plate}"
