"""源头单位月报: what a yard said it produced, what its exit weighed, and what the road weighed of the same trucks.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第三十一条, technical monitoring of key source yards; the standard
of being online is that of one province (`statutes.overloading.yards`). The numbers are counted from the yard's own
weighing point each day while the month runs (`bridge/yard_months.py`); the yard declares its output. What lies too far
apart is told in words and explained, and only then settled.
"""

from django.db.models import Q

from tonggui.base import clock
from tonggui.law.deadlines import add_months
from tonggui.ledgers.overload.yard_differences import differences
from tonggui.register.declare import (
    Amount,
    Bars,
    Count,
    Day,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Month,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Watch,
    Workflow,
    anyone,
    derive,
)
from tonggui.statutes.overloading.yards import MONTH_EXPLAINED, ONLINE_LOOKED_AT, is_online


def why_not_settled(row: "YardMonth") -> str:
    """A month ends before it is settled, and its output was declared."""
    if add_months(row.month, 1) > clock.today():
        return f"{row.month:%Y年%-m月}还没有结束。"
    if row.declared_t is None:
        return "源头单位还没有申报产量，请先填写“申报产量”。"
    return ""


def why_not_without_a_word(row: "YardMonth") -> str:
    return why_not_settled(row) or ("存在差异，请先要求源头单位说明。" if row.difference_note else "")


class YardMonth(Record):
    """One yard in one month; masses in t. `exit_t` and `road_t` are of the same trips, weighed at both places."""

    number = Number("YB{year}{seq:05}", year_of="month")
    yard = Link("overload.Yard", "货运源头单位")
    month = Month("月份", index=True)
    declared_t = Amount("申报产量", unit="t", optional=True, least=0, hint="源头单位申报的当月产量或发运量")
    loadings = Integer("装载车次", unit="车次", default=0)
    loaded_t = Amount("装载货物", unit="t", default=0)
    released_over = Integer("超限放行车次", unit="车次", default=0)
    weighed_trucks = Integer("出口称重车次", unit="辆次", default=0)
    weighed_t = Amount("出口称重总质量", unit="t", default=0)
    over_trucks = Integer("出口超限车次", unit="辆次", default=0)
    over_20 = Integer("超限20%至50%车次", unit="辆次", default=0)
    over_50 = Integer("超限50%至100%车次", unit="辆次", default=0)
    over_100 = Integer("超限100%以上车次", unit="辆次", default=0)
    days_with_data = Integer("有称重数据天数", unit="天", default=0, total=False)
    days_pictured = Integer("有图像天数", unit="天", default=0, total=False)
    met_online = Flag("达到上线标准")
    road_trucks = Integer("路面比对车次", unit="辆次", default=0)
    exit_t = Amount("比对车次出口称重", unit="t", default=0)
    road_t = Amount("比对车次路面称重", unit="t", default=0)
    difference_note = LongText("比对差异", optional=True)
    explanation = LongText("情况说明", optional=True)
    tallied_at = Moment("统计更新时间", optional=True, index=False)
    look_on = Day("上线检查日期", optional=True, index=True)
    explain_by = Day("应说明日期", optional=True, index=True)

    @derive("month")
    def derive_look_on(self):
        """The day of the month on which a yard without data is asked."""
        return self.month.replace(day=int(ONLINE_LOOKED_AT.on(self.month)))

    @derive("month")
    def derive_explain_by(self):
        """Differences are explained within days of the month's end."""
        return MONTH_EXPLAINED.due(add_months(self.month, 1))

    def prepare(self):
        """Whether the month counts as online, and what lies apart, follow from its numbers."""
        self.met_online = is_online(self.month, self.days_with_data, float(self.weighed_t), self.weighed_trucks)
        self.difference_note = "；".join(differences(self))

    class Flow(Workflow):
        running = State("统计中", start=True, confirmed=True)
        to_explain = State("差异待说明", due="explain_by", confirmed=True, tone="todo")
        month_settled = State("月报已核定", final=True, confirmed=True)

        ask_why = Move(
            running >> to_explain,
            "要求说明",
            by="overload_officer",
            check=lambda row: "" if row.difference_note else "没有需要说明的差异。",
        )
        explain_month = Move(
            to_explain >> month_settled,
            "说明并核定",
            by="overload_officer",
            takes=("declared_t", "explanation"),
            needs=("explanation",),
            check=why_not_settled,
        )
        settle_month = Move(
            running >> month_settled,
            "核定月报",
            by="overload_officer",
            takes=("declared_t",),
            check=why_not_without_a_word,
        )

    class Page(Ledger):
        title = "源头单位月报"
        menu = "治超管理"
        columns = (
            "number month yard declared_t loaded_t weighed_trucks weighed_t over_trucks days_with_data met_online "
            "difference_note state"
        )
        filters = "month yard met_online state look_on explain_by"
        search = "number yard__name"
        names = "number"
        form = [
            Section("月报", "yard month declared_t tallied_at"),
            Section("装载台账", "loadings loaded_t released_over"),
            Section("出口称重", "weighed_trucks weighed_t over_trucks over_20 over_50 over_100"),
            Section("上线", "days_with_data days_pictured met_online look_on"),
            Section("路面比对", "road_trucks exit_t road_t"),
            Section("差异", "explanation difference_note explain_by"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone, "clerk": anyone}
        imports = Sheet("源头单位月报导入模板", key="yard month", columns="declared_t")
        exports = (
            "number month yard declared_t loadings loaded_t released_over weighed_trucks weighed_t over_trucks over_20 "
            "over_50 over_100 days_with_data days_pictured met_online road_trucks exit_t road_t difference_note "
            "explanation state"
        )
        sort = "-month"
        unit_from = "yard"
        watches = (
            Watch(
                "look_on",
                "源头单位本月无称重数据",
                lead=0,
                where=Q(state="running", days_with_data=0),
                tell="overload_officer",
            ),
            Watch("explain_by", "源头月报差异应说明", lead=5, where=Q(state="to_explain"), tell="overload_officer"),
        )
        pictures = (Bars("各源头单位称重", by="yard", of="weighed_t"), Bars("各月称重", by="month", of="weighed_t"))
        follow_ups = (FollowUp("enforcement.operation", "登记源头巡查", {"yard": "yard"}),)
        example = dict(
            yard=None,
            month="2026-05",
            declared_t="21600",
            loadings=700,
            loaded_t="21000",
            weighed_trucks=702,
            weighed_t="32500",
            days_with_data=27,
        )

    class Measures:
        months = Count("源头单位月报", on="month", unit="家")
        online_months = Count("源头单位上线", on="month", where=Q(met_online=True), unit="家")
        trucks = Sum("weighed_trucks", "源头称重车次", on="month")
        over_trucks = Sum("over_trucks", "源头超限车次", on="month")
        over_20 = Sum("over_20", "源头超限20%至50%", on="month")
        over_50 = Sum("over_50", "源头超限50%至100%", on="month")
        over_100 = Sum("over_100", "源头超限100%以上", on="month")

    def __str__(self):
        return f"{self.yard} {self.month:%Y-%m}"
