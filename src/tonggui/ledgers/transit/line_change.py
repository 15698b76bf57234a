"""线路调整台账: every change of the bus network, with what was, what becomes and who gains or loses by it.

Basis: 城市公共交通条例 第十条, 第二十二条, 第二十三条, 第二十七条. The procedure stands in `line_change_flow.py`; what
was before is taken from the line itself, and the record page sets both side by side. Counts of summaries (新增, 优化,
加密, 延时, 更名, 停运, 改公交) are counts of changes carried out.
"""

from django.db.models import Q, TextChoices

from tonggui.law.deadlines import add_months
from tonggui.ledgers.transit.bus_line import LineKind, wrong_times
from tonggui.ledgers.transit.line_change_flow import ChangeFlow
from tonggui.ledgers.transit.line_compare import as_it_is, compare
from tonggui.register.declare import (
    Amount,
    Bars,
    Board,
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
    Paper,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    derive,
    own,
)
from tonggui.statutes.passenger import CHANGE_REPORTS, OPINION_DAYS


class Action(TextChoices):
    ADD = "add", "新增"
    OPTIMISE = "optimise", "优化"
    DENSIFY = "densify", "加密"
    EXTEND = "extend", "延时"
    RENAME = "rename", "更名"
    SUSPEND = "suspend", "停运"
    RESUME = "resume", "恢复"
    CONVERT = "convert", "班线改公交"
    WITHDRAW = "withdraw", "撤销"


NOTICE = """因{reason}，自{effective_on}起，对{changed_name}作如下调整：{action}。

【调整后里程：{new_km}公里。】【发车间隔：{new_headway}分钟。】【首班：{new_first}；末班：{new_last}。】

由此带来不便，敬请谅解。{today}"""


class LineChange(Record):
    """One change of one line. Empty new values stay as they are."""

    number = Number("XT{year}{seq:04}", year_of="drawn_up_on")
    action = Choice(Action, "调整方式")
    line = Link("transit.BusLine", "公交线路", optional=True, hint="新增和班线改公交的，实施后自动生成")
    coach_line = Link("passenger.CoachLine", "客运班线", optional=True)
    changed_name = Text("调整后线路名称", optional=True, max_length=40)
    line_kind = Choice(LineKind, "调整线路类型", optional=True)
    enterprise = Link("parties.Enterprise", "公交企业", optional=True)
    drawn_up_on = Day("方案拟订日期", index=True)
    reason = LongText("调整理由", optional=True, hint="客流调查、群众诉求、道路条件")
    start_place = Text("起点", optional=True, max_length=40)
    end_place = Text("止点", optional=True, max_length=40)
    new_km = Amount("调整后里程", unit="公里", places=1, least=0, most=300, optional=True, total=False)
    new_stops = Integer("调整后站点", unit="个", least=2, most=200, optional=True, total=False)
    new_headway = Integer("调整后间隔", unit="分钟", least=1, most=720, optional=True, total=False)
    new_first = Text("调整后首班", optional=True, max_length=5)
    new_last = Text("调整后末班", optional=True, max_length=5)
    new_trips = Integer("调整后日班次", unit="班", least=0, most=2000, optional=True, total=False)
    new_vehicles = Integer("调整后配车", unit="辆", least=0, most=500, optional=True, total=False)
    before = LongText("调整前", optional=True)
    people_better = Integer("受益人口", unit="人", least=0, optional=True)
    people_worse = Integer("受影响人口", unit="人", least=0, optional=True)
    cost_change = Money("年成本变化", optional=True)
    urgent_change = Flag("紧急调整", hint="抢险、突发事件等，可不经征求意见和提前公告")
    opinion_from = Day("征求意见日期", optional=True)
    consult_until = Day("征求意见截止日期", optional=True)
    opinions = Integer("收到意见", unit="条", least=0, default=0)
    announced_on = Day("公告日期", optional=True)
    effective_on = Day("线路实施日期", optional=True, index=True)
    evaluate_by = Day("应评估日期", optional=True)
    riders_before = Integer("调整前日均客流", unit="人次", least=0, optional=True, total=False)
    riders_after = Integer("调整后日均客流", unit="人次", least=0, optional=True, total=False)
    review_note = LongText("评估意见", optional=True)

    @derive("line")
    def derive_line_kind(self):
        return self.line.kind if self.line else ""

    @derive("line")
    def derive_enterprise(self):
        return self.line.enterprise if self.line else None

    @derive("line")
    def derive_changed_name(self):
        return self.line.name if self.line else ""

    @derive("opinion_from")
    def derive_consult_until(self):
        return OPINION_DAYS.due(self.opinion_from)

    @derive("effective_on")
    def derive_evaluate_by(self):
        """The last of the reports after the change."""
        return add_months(self.effective_on, max(CHANGE_REPORTS.on(self.effective_on)))

    def prepare(self):
        """What the line was is noted while it still is so."""
        if self.state in ("", "drawing_up", "asking", "change_decided", "announced") and (
            was := self.line or self.coach_line
        ):
            self.before = as_it_is(was)

    @property
    def compared(self) -> list[dict]:
        """Each figure before and after with its difference, for the record page."""
        return compare(self)

    def faults(self):
        """A line for a change of a line, none yet for a new one; the days in order."""
        new = self.action in (Action.ADD, Action.CONVERT)
        stops_coaches = self.action in (Action.SUSPEND, Action.RESUME) and self.coach_line_id
        if not new and self.line_id is None and not stops_coaches:
            yield "line", "请选择要调整的公交线路；停运、恢复也可以选客运班线。"
        elif new and self.line_id and self.state in ("", "drawing_up", "asking", "change_decided"):
            yield "line", "新增和班线改公交的线路在实施后自动生成，不必选择。"
        if new and not self.line_kind:
            yield "line_kind", "新增线路须注明线路类型。"
        if self.effective_on and self.effective_on < self.drawn_up_on:
            yield "effective_on", f"“线路实施日期”早于方案拟订日期 {self.drawn_up_on}。"
        yield from wrong_times(self, "new_first", "new_last")

    class Flow(ChangeFlow):
        pass

    class Page(Ledger):
        title = "线路调整"
        columns = (
            "number drawn_up_on action line_kind changed_name enterprise announced_on effective_on evaluate_by state"
        )
        filters = "effective_on drawn_up_on unit state action line_kind line enterprise"
        search = "number changed_name reason"
        names = "changed_name"
        form = [
            Section(
                "调整", "action line coach_line changed_name line_kind enterprise drawn_up_on reason urgent_change"
            ),
            Section("走向", "start_place end_place new_km new_stops"),
            Section("运行", "new_headway new_first new_last new_trips new_vehicles"),
            Section("利弊", "people_better people_worse cost_change"),
            Section("程序", "opinion_from consult_until opinions announced_on effective_on evaluate_by"),
            Section("评估", "riders_before riders_after review_note"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "enterprise": own("enterprise")}
        imports = Sheet(
            "线路调整导入模板",
            columns=(
                "action line coach_line changed_name line_kind enterprise drawn_up_on reason start_place "
                "end_place new_km new_stops new_headway new_first new_last new_trips new_vehicles people_better "
                "people_worse cost_change"
            ),
        )
        exports = (
            "number action line changed_name line_kind enterprise drawn_up_on reason new_km new_stops new_headway "
            "new_first new_last new_trips new_vehicles people_better people_worse cost_change opinions announced_on "
            "effective_on riders_before riders_after state"
        )
        sort = "-drawn_up_on"
        unit_from = "enterprise"
        detail = "transit/line_compared.html"
        papers = (Paper("公交线路调整公告", NOTICE, states="announced in_effect reviewed_line", dated="announced_on"),)
        pictures = (
            Board("调整看板", by="state", card="action changed_name effective_on"),
            Bars("各类调整", by="action", stack="line_kind"),
        )
        example = dict(
            action=Action.DENSIFY,
            line=None,
            drawn_up_on="2026-03-02",
            reason="早高峰满载率超过九成（示例）",
            new_headway=8,
            new_vehicles=11,
            people_better=12_000,
            cost_change="180000",
        )

    class Measures:
        cross_city = Count(
            "新增跨市公交线路", on="effective_on", where=Q(action="add", line_kind="cross_city"), unit="条"
        )
        rural = Count("新增城乡公交线路", on="effective_on", where=Q(action="add", line_kind="rural"), unit="条")
        micro = Count("新增微循环公交线路", on="effective_on", where=Q(action="add", line_kind="micro"), unit="条")
        added = Count("新增公交线路", on="effective_on", where=Q(action="add"), unit="条")
        optimised = Count("优化公交线路", on="effective_on", where=Q(action="optimise"), distinct="line", unit="条")
        renamed = Count("更名公交线路", on="effective_on", where=Q(action="rename"), unit="条")
        denser = Count("加密班次线路", on="effective_on", where=Q(action="densify"), distinct="line", unit="条")
        longer = Count("延长运营时间线路", on="effective_on", where=Q(action="extend"), distinct="line", unit="条")
        converted = Count("班线改公交", on="effective_on", where=Q(action="convert"), unit="条")
        suspended = Count("停运客运线路", on="effective_on", where=Q(action="suspend"), unit="条")
        opinions = Sum("opinions", "线路调整收到意见", on="effective_on")

    def __str__(self):
        return f"{self.get_action_display()} {self.changed_name or self.number}"
