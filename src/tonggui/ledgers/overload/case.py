"""超限案件台账: from a reviewed pass or a roadside check to the closed and copied case, with its legal clocks.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第四十三条, 第四十四条; 行政处罚法 (2021) 第四十四条, 第四十五条,
第六十条 to 第六十七条, 第七十二条; 公路安全保护条例 第六十四条, 第六十六条. Watched are the defence, the decision, its
service and publicity, payment and the copy; the procedure itself stands in `case_flow.py`.
"""

from django.db.models import F, Q, TextChoices

from tonggui.base.money import yuan
from tonggui.ledgers.overload.case_flow import CaseFlow, late_fine_of, steps_out_of_order
from tonggui.ledgers.overload.papers import CASE_PAPERS
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
    Number,
    Photos,
    Plate,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    column,
    derive,
)
from tonggui.statutes.enforcement import COPYING, DECISION, DEFENCE, PAYMENT, PUBLICITY, SERVICE
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
    noticed_on = Day("告知日期", optional=True, hint="违法行为通知书送达当事人之日")
    noticed_fine = Money("拟罚款", unit="元", optional=True)
    defend_by = Day("陈述申辩截止日期", optional=True)
    waived = Flag("放弃陈述申辩", hint="须有当事人书面记录")
    reduction_reason = LongText("裁量理由", optional=True, hint="决定金额与法定金额不同时必须写明")
    fine = Money("决定罚款", unit="元", optional=True)
    decide_by = Day("应作出决定日期", optional=True)
    decided_on = Day("决定日期", optional=True, index=True)
    serve_by = Day("应送达日期", optional=True)
    served_on = Day("送达日期", optional=True)
    publish_by = Day("应公示日期", optional=True)
    published_on = Day("公示日期", optional=True)
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

    @derive("noticed_on")
    def derive_defend_by(self):
        return DEFENCE.due(self.noticed_on)

    @derive("decided_on")
    def derive_serve_by(self):
        return SERVICE.due(self.decided_on)

    @derive("decided_on")
    def derive_publish_by(self):
        return PUBLICITY.due(self.decided_on)

    @derive("served_on")
    def derive_pay_by(self):
        """Payment runs from the day the party received the decision."""
        return PAYMENT.due(self.served_on)

    @derive("closed_on")
    def derive_copy_by(self):
        return COPYING.due(self.closed_on)

    @column("加处罚款", unit="元")
    def late_fine(self):
        return late_fine_of(self)

    def faults(self):
        """Steps of a case follow one another."""
        yield from steps_out_of_order(self)
        if self.gross_kg <= self.limit_kg:
            yield "gross_kg", "“车货总质量”没有超过限值，不构成超限。"

    class Flow(CaseFlow):
        pass

    class Page(Ledger):
        title = "超限案件"
        menu = "治超管理"
        columns = (
            "number filed_on plate enterprise gross_kg limit_kg fine late_fine decided_on paid_on unloaded_t state"
        )
        filters = "filed_on enterprise point state found_by decided_on"
        search = "number plate driver_name source"
        names = "plate"
        form = [
            Section("案源", "found_by doubted_pass point filed_on"),
            Section("当事人", "plate vehicle enterprise driver_name source"),
            Section("事实", "gross_kg limit_kg must_unload photos"),
            Section("告知", "lawful_fine noticed_on noticed_fine defend_by waived"),
            Section("决定", "decide_by fine reduction_reason decided_on serve_by served_on publish_by published_on"),
            Section("执行", "pay_by paid_on unloaded_t unloaded_on"),
            Section("结案", "closed_on copy_by copied_on"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone}
        imports = Sheet(
            "超限案件导入模板",
            columns="found_by point plate enterprise driver_name source filed_on gross_kg limit_kg must_unload",
        )
        exports = (
            "number found_by point plate enterprise driver_name source filed_on gross_kg limit_kg lawful_fine "
            "noticed_on fine decided_on served_on published_on paid_on late_fine must_unload unloaded_t unloaded_on "
            "closed_on copied_on state"
        )
        sort = "-filed_on"
        papers = CASE_PAPERS
        example = dict(
            found_by=Found.ROADSIDE,
            plate="沪A00001",
            driver_name="钱示例",
            filed_on="2026-06-01",
            gross_kg=52_400,
            limit_kg=49_000,
            must_unload=True,
            noticed_on="2026-06-03",
            noticed_fine="1500",
        )

    class Measures:
        filed = Count("立案", on="filed_on", unit="宗")
        vehicles = Count("查处超限车辆", on="filed_on", where=~Q(state="dropped"), distinct="plate", unit="台")
        decided = Count("作出处罚决定", on="decided_on", unit="宗")
        fined = Count("作出罚款决定", on="decided_on", where=Q(fine__gt=0), unit="宗")
        paid = Count("罚款到位", on="decided_on", where=Q(paid_on__isnull=False), unit="宗")
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
