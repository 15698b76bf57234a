"""班线改公交台账: a coach line turned into a bus line, its coaches_due bought back, its people taken on, its money.

Basis: 城市公共交通条例 第五十四条 (town and countryside developed together); the county's plan for 公车公营. Its steps
are those of the bureaus: canvass, valuation and agreement, buying back, settling the staff, running as a bus.
"""

from django.db.models import F, Q

from tonggui.register.actor import Actor
from tonggui.register.declare import (
    Bars,
    Board,
    Count,
    Day,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Money,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Watch,
    Workflow,
    anyone,
    column,
    derive,
    own,
)


def why_not_buy(conversion: "Conversion") -> str:
    """Everybody has signed before money is paid."""
    left = conversion.owners - conversion.agreed_owners
    return f"还有 {left} 户经营者没有签订协议。" if left > 0 else ""


def why_not_settle(conversion: "Conversion") -> str:
    """All coaches_due are bought back, by the rows of the fleet."""
    left = conversion.coaches_due - conversion.bought_back
    return f"还有 {left} 辆客车没有办结回购（应回购 {conversion.coaches_due} 辆）。" if left > 0 else ""


def why_not_run(conversion: "Conversion") -> str:
    """The staff is settled, and the change of the line has been carried out."""
    from tonggui.ledgers.transit.line_change import LineChange

    if left := conversion.staff_to_settle - conversion.staff_settled - conversion.staff_left:
        return f"还有 {left} 名从业人员没有安置或者结清。"
    done = LineChange._base_manager.filter(coach_line=conversion.coach_line_id, action="convert")
    if not done.filter(state__in=("in_effect", "reviewed_line")).exists():
        return "线路调整台账中还没有已实施的“班线改公交”调整。"
    return ""


def name_the_line(conversion: "Conversion", actor) -> None:
    """The bus line that came of it."""
    from tonggui.ledgers.transit.bus_line import BusLine

    conversion.line = BusLine._base_manager.filter(former_line=conversion.coach_line_id).order_by("-pk").first()
    conversion.save()
    coach_line = conversion.coach_line
    if coach_line.state in ("operating", "suspended"):
        coach_line.ledger.perform(coach_line, "convert", Actor.system("班线改公交"), conversion.number)


class Conversion(Record):
    """One coach line on its way to a bus line."""

    number = Number("GZ{year}{seq:03}", year_of="converted_from")
    coach_line = Link("passenger.CoachLine", "客运班线")
    conversion_name = Text("改造项目名称", optional=True, max_length=60)
    enterprise = Link("parties.Enterprise", "承接公交企业")
    converted_from = Day("改造启动日期", index=True)
    finish_by = Day("计划完成日期", optional=True, index=True)
    owners = Integer("经营者户数", unit="户", least=0)
    agreed_owners = Integer("已签协议户数", unit="户", least=0, default=0)
    coaches_due = Integer("应回购客车", unit="辆", least=0)
    bought_back = Integer("已回购客车", unit="辆", least=0, default=0, hint="由公交车辆台账汇总")
    budget = Money("改造预算", least=0)
    paid_back = Money("已付回购款", default=0, least=0, hint="由公交车辆台账汇总")
    valuation = LongText("评估作价办法", optional=True)
    staff_to_settle = Integer("涉及从业人员", unit="人", least=0)
    staff_settled = Integer("转岗安置人员", unit="人", least=0, default=0)
    staff_left = Integer("自谋职业结清人员", unit="人", least=0, default=0)
    line = Link("transit.BusLine", "公交线路", optional=True)
    running_on = Day("通公交日期", optional=True, index=True)

    @derive("coach_line")
    def derive_conversion_name(self):
        return f"{self.coach_line}改公交"

    @column("回购进度", unit="%")
    def bought_share(self):
        return round(100 * self.bought_back / self.coaches_due) if self.coaches_due else None

    @column("预算执行", unit="%")
    def spent_share(self):
        return round(100 * self.paid_back / self.budget) if self.budget else None

    def faults(self):
        for part, whole in (("agreed_owners", "owners"), ("bought_back", "coaches_due")):
            if getattr(self, part) > getattr(self, whole):
                yield part, f"“{self.kinds[part].label}”多于“{self.kinds[whole].label}”。"
        if self.staff_settled + self.staff_left > self.staff_to_settle:
            yield "staff_settled", "安置与结清人员之和多于“涉及从业人员”。"
        if self.finish_by and self.finish_by < self.converted_from:
            yield "finish_by", "“计划完成日期”早于启动日期。"

    class Flow(Workflow):
        canvassing = State("摸底评估", start=True, due="finish_by")
        agreeing = State("签订协议", due="finish_by", tone="todo")
        buying = State("回购车辆", due="finish_by", tone="todo")
        settling = State("人员安置", due="finish_by", tone="todo")
        run_as_bus = State("已通公交", final=True, confirmed=True)
        given_up = State("终止改造", final=True, tone="void")

        value_fleet = Move(
            canvassing >> agreeing,
            "完成评估作价",
            by="transport_officer",
            takes=("valuation",),
            needs=("valuation",),
        )
        buy_back = Move(
            agreeing >> buying,
            "协议签订完毕",
            by="transport_officer",
            takes=("agreed_owners",),
            check=why_not_buy,
        )
        settle_staff = Move(buying >> settling, "回购完毕", by="transport_officer", check=why_not_settle)
        run_bus = Move(
            settling >> run_as_bus,
            "通公交",
            by=("transport_officer", "director"),
            takes=("staff_settled", "staff_left", "running_on"),
            needs=("running_on",),
            check=why_not_run,
            then=name_the_line,
        )
        stop_conversion = Move(
            (canvassing | agreeing | buying | settling) >> given_up, "终止改造", by="director", comment=True
        )

    class Page(Ledger):
        title = "班线改公交"
        columns = (
            "number conversion_name enterprise finish_by owners coaches_due bought_share spent_share running_on state"
        )
        filters = "converted_from running_on finish_by unit state enterprise"
        search = "number conversion_name coach_line__name"
        names = "conversion_name"
        form = [
            Section("项目", "coach_line conversion_name enterprise converted_from finish_by budget"),
            Section("车辆", "owners agreed_owners coaches_due bought_back paid_back valuation"),
            Section("人员", "staff_to_settle staff_settled staff_left"),
            Section("结果", "line running_on"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone}
        imports = Sheet(
            "班线改公交导入模板",
            columns="coach_line enterprise converted_from finish_by owners agreed_owners coaches_due budget "
            "staff_to_settle staff_settled staff_left",
        )
        exports = (
            "number coach_line enterprise converted_from finish_by owners agreed_owners coaches_due bought_back "
            "budget paid_back staff_to_settle staff_settled staff_left line running_on state"
        )
        unit_from = "coach_line"
        watches = (Watch("finish_by", "班线改公交到期", lead=30, where=~Q(state__in=("run_as_bus", "given_up"))),)
        pictures = (
            Board("改造看板", by="state", card="conversion_name coaches_due bought_back finish_by"),
            Bars("各企业回购", by="enterprise", of="bought_back"),
        )
        follow_ups = (
            FollowUp("transit.bus", "登记回购车辆", {"conversion": "self"}, states="agreeing buying"),
            FollowUp(
                "transit.linechange",
                "登记线路调整",
                {"coach_line": "coach_line", "enterprise": "enterprise"},
                states="buying settling",
            ),
        )
        example = dict(
            coach_line=None,
            enterprise=None,
            converted_from="2026-01-10",
            finish_by="2026-06-30",
            owners=6,
            coaches_due=6,
            budget="1800000",
            staff_to_settle=9,
        )

    class Measures:
        done = Count("完成班线改公交", on="running_on", unit="条")
        in_time = Count("按期完成班线改公交", on="running_on", where=Q(running_on__lte=F("finish_by")), unit="条")
        coaches = Sum("bought_back", "改造回购客车", on="running_on")
        settled = Sum("staff_settled", "改造安置人员", on="running_on")
        money = Sum("paid_back", "改造回购资金", on="running_on")

    def __str__(self):
        return self.conversion_name or self.number
