"""百吨王倒查台账: a vehicle of a hundred tonnes and more, traced back: who loaded it, past which points, who let it in.

Basis: no law defines a 百吨王; the mass, the order on the same day and the working days to its result are the bureau's
own (`statutes.overloading.counted_acts`). Who may answer: 公路安全保护条例 第六十四条, 第六十六条, 第六十八条 (whoever
ordered the driver to overload), the provincial rules on source yards and on expressway entrances. The record is opened
by the machine when the pass arrives (`bridge/hundred_tonnes.py`), with the points that the store knows.
"""

from django.db.models import F, Q

from tonggui.register.declare import (
    Count,
    Day,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Plate,
    Record,
    Section,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    derive,
)
from tonggui.statutes.overloading.counted_acts import TRACE_RESULT


class HundredTonne(Record):
    """One tracing of one pass."""

    number = Number("BD{year}{seq:04}", year_of="ordered_on")
    doubted_pass = Link("overload.DoubtedPass", "过车记录")
    plate = Plate("号牌号码", index=True, optional=True, hint="未识别的留空")
    passed_at = Moment("过车时间")
    point = Link("overload.WeighingPoint", "检测点")
    gross_kg = Integer("车货总质量", unit="kg", total=False)
    ordered_on = Day("倒查立项日期", index=True)
    trace_by = Day("应查清日期", optional=True, index=True)
    points_passed = LongText("经过的检测点", optional=True, hint="立项时由过车记录得出")
    source_trace = LongText("装载源头线索", optional=True, hint="机器给出的线索，须由人核实")
    yard = Link("overload.Yard", "货运源头单位", optional=True)
    loaded_by = Text("装载责任人员", optional=True, max_length=60)
    let_in = LongText("放行情况", optional=True, hint="经过的站点、入口由谁放行，有无称重、有无发现")
    liability = LongText("责任认定", optional=True)
    traced_on = Day("查清日期", optional=True, index=True)

    @derive("ordered_on")
    def derive_trace_by(self):
        """The bureau's own working days for a result."""
        return TRACE_RESULT.due(self.ordered_on)

    def faults(self):
        """The result comes after the order."""
        if self.traced_on and self.traced_on < self.ordered_on:
            yield "traced_on", f"“查清日期”早于倒查立项日期 {self.ordered_on}。"

    class Flow(Workflow):
        tracing = State("倒查中", start=True, due="trace_by", confirmed=True)
        traced = State("已查清", final=True, confirmed=True)
        misweighed = State("误测撤销", final=True, confirmed=True, tone="void")

        finish_tracing = Move(
            tracing >> traced,
            "登记倒查结果",
            by="overload_officer",
            takes=("yard", "loaded_by", "let_in", "liability", "traced_on"),
            needs=("loaded_by", "let_in", "liability", "traced_on"),
        )
        call_off = Move(tracing >> misweighed, "撤销倒查", by="director", comment=True)

    class Page(Ledger):
        title = "百吨王倒查"
        menu = "治超管理"
        columns = "number ordered_on plate passed_at point gross_kg yard trace_by traced_on state"
        filters = "ordered_on point yard state trace_by"
        search = "number plate liability"
        names = "number"
        form = [
            Section("过车", "doubted_pass plate passed_at point gross_kg"),
            Section("倒查", "ordered_on trace_by points_passed source_trace"),
            Section("结果", "yard loaded_by let_in liability traced_on"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone}
        exports = (
            "number ordered_on plate passed_at point gross_kg points_passed source_trace yard loaded_by let_in "
            "liability traced_on state"
        )
        sort = "-ordered_on"
        unit_from = "doubted_pass"
        watches = (
            Watch("trace_by", "百吨王应查清", lead=5, where=Q(state="tracing"), tell=("overload_officer", "director")),
        )
        follow_ups = (FollowUp("enforcement.case", "立案查处源头单位", {"yard": "yard"}),)
        example = dict(
            doubted_pass=None,
            plate="沪A00001",
            passed_at="2026-06-01T09:12:00+08:00",
            point=None,
            gross_kg=103_400,
            ordered_on="2026-06-01",
        )

    class Measures:
        found = Count("百吨王", on="ordered_on", where=~Q(state="misweighed"), unit="辆次")
        traced = Count("百吨王查清", on="traced_on", where=Q(state="traced"), unit="辆次")
        in_time = Count("百吨王按期查清", on="traced_on", where=Q(traced_on__lte=F("trace_by")), unit="辆次")

    def __str__(self):
        return f"{self.plate or '未识别'} {self.gross_kg / 1000:.1f} t"
