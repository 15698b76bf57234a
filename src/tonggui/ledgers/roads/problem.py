"""路段问题台账: what patrols, surveys and the public find on the roads, and the works that put it right.

Basis: 公路安全保护条例 第四十四条 and 第四十七条; the classes of works follow 公路养护工程管理办法 and, for major and
medium repair, the bureau's money bands. The half-year's 摸底排查…项, 大中修…条 and the money put in are counted here.
"""

from django.db.models import F, Q
from django.utils.text import Truncator

from tonggui.base import clock
from tonggui.ledgers.roads.papers import TASK
from tonggui.ledgers.roads.problem_flow import ProblemFlow, before_finding
from tonggui.ledgers.roads.problem_kinds import Origin, ProblemKind, Works
from tonggui.ledgers.roads.stakes import stake_faults
from tonggui.register.declare import (
    Amount,
    Bars,
    Board,
    Choice,
    Count,
    Day,
    FollowUp,
    Handheld,
    Ledger,
    Link,
    LongText,
    Money,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    Watch,
    anyone,
    column,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.roads import liability_end, problem_due, repair_class

REPAIRS = (Works.MEDIUM, Works.MAJOR)


class Problem(Record):
    """One problem at one place. Nobody strikes off what they fixed."""

    number = Number("LW{year}{seq:05}", year_of="found_on")
    origin = Choice(Origin, "问题来源")
    kind = Choice(ProblemKind, "问题类别")
    content = LongText("问题描述")
    section = Link("roads.Section", "路段")
    road = Link("roads.Road", "路线", optional=True)
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    stake = Text("桩号", optional=True, max_length=20, hint="如 K12+345")
    place = Place("位置", optional=True)
    bridge = Link("roads.Bridge", "桥梁", optional=True)
    patrol = Link("roads.Patrol", "巡查记录", optional=True, hint="在哪一次巡查中发现")
    found_on = Day("发现日期")
    first_problem = Link("roads.Problem", "原问题", optional=True, hint="同一路段同类问题再次出现的，填原问题编号")
    photos_before = Photos("整治前照片")
    estimate = Money("估算费用", optional=True, least=0)
    works = Choice(Works, "工程类别", optional=True, hint="填写估算费用后按费用划分大中小修")
    meeting = Link("roads.Dispatch", "调度会", optional=True)
    task_no = Text("派工单号", optional=True, max_length=40)
    dispatched_on = Day("派发日期", optional=True)
    owner = Link("parties.Unit", "责任单位", optional=True)
    enterprise = Link("parties.Enterprise", "承修企业", optional=True)
    due_on = Day("整改期限", optional=True)
    supervisor = Link("roads.Chief", "督办路长", optional=True)
    fixed_on = Day("整改完成日期", optional=True)
    photos_after = Photos("整治后照片")
    funds = Money("整改资金", optional=True, least=0)
    treated_km = Amount("整治里程", unit="公里", places=3, optional=True, least=0)
    liability_until = Day("缺陷责任期至", optional=True)
    rechecked_on = Day("复查日期", optional=True)
    closed_on = Day("销号日期", optional=True)

    @derive("section")
    def derive_road(self):
        return self.section.road

    @derive("section")
    def derive_town(self):
        return self.section.town

    @derive("estimate", "found_on")
    def derive_works(self):
        """Major, medium or minor repair by the money one place takes."""
        return repair_class(self.estimate, self.found_on)

    @derive("works", "found_on")
    def derive_due_on(self):
        return problem_due(self.works, self.found_on)

    @derive("works", "fixed_on")
    def derive_liability_until(self):
        """Medium and major repairs are answered for after they are done."""
        return liability_end(self.fixed_on) if self.works in REPAIRS else None

    @column("逾期天数", unit="天")
    def overdue_days(self):
        """Whole days past the deadline, up to the closing day or today."""
        return max(0, ((self.closed_on or clock.today()) - self.due_on).days) if self.due_on else None

    class Flow(ProblemFlow):
        pass

    class Page(Ledger):
        title = "路段问题"
        columns = "number found_on section town kind content works owner due_on overdue_days state"
        filters = "found_on town road state kind works origin owner due_on closed_on"
        search = "number content task_no section__name stake"
        names = "number"
        form = [
            Section("问题", "origin kind content section road town stake bridge place"),
            Section("发现", "found_on patrol first_problem photos_before"),
            Section("派发", "estimate works meeting task_no owner enterprise due_on supervisor"),
            Section("整治", "fixed_on photos_after funds treated_km liability_until"),
        ]
        read = {"county": anyone, "road_chief": within_unit, "enterprise": own("enterprise")}
        write = {"road_officer": anyone, "clerk": anyone, "road_chief": within_unit}
        imports = Sheet(
            "路段问题导入模板",
            columns="origin kind content section stake bridge found_on estimate works owner enterprise due_on",
        )
        exports = (
            "number origin kind content section road town stake bridge found_on first_problem estimate works task_no "
            "owner "
            "enterprise dispatched_on due_on fixed_on funds treated_km liability_until rechecked_on closed_on state"
        )
        sort = "-found_on"
        unit_from = "section"
        map = "place"
        watches = (Watch("liability_until", "缺陷责任期届满", tell="road_officer", where=Q(state="closed")),)
        papers = (TASK,)
        pictures = (
            Board("销号看板", by="state", card="section kind due_on owner"),
            Bars("各乡镇问题", by="town", stack="kind"),
        )
        follow_ups = (
            FollowUp("roads.site", "列入危险路段整治", {"problem": "self", "section": "section", "place": "place"}),
            FollowUp(
                "safety.hazard",
                "登记隐患",
                {"enterprise": "enterprise", "content": "content", "place": "place", "found_on": "found_on"},
            ),
        )
        handheld = Handheld(
            "路段问题",
            "kind origin section stake content found_on place photos_before",
            moves="fix accept reject",
            nearest="section",
        )
        example = dict(
            origin=Origin.PATROL,
            kind=ProblemKind.PAVEMENT,
            content="路面坑槽三处，最大约0.8平方米",
            section=None,
            stake="K3+120",
            found_on="2026-05-20",
            works=Works.MINOR,
        )

    class Measures:
        found = Count("排查养护问题", on="found_on", unit="项")
        closed = Count("发现问题中已销号", on="found_on", where=Q(state="closed"), unit="项")
        struck_off = Count("销号养护问题", on="closed_on", where=Q(state="closed"), unit="项")
        in_time = Count("按期销号养护问题", on="due_on", where=Q(state="closed", closed_on__lte=F("due_on")), unit="项")
        by_patrol = Count("巡查登记问题", on="found_on", where=Q(patrol__isnull=False), unit="处")
        by_patrol_closed = Count(
            "巡查登记问题已销号", on="found_on", where=Q(patrol__isnull=False, state="closed"), unit="处"
        )
        repeated = Count("重复养护问题", on="found_on", where=Q(first_problem__isnull=False), unit="项")
        repaired_roads = Count(
            "大中修公路", on="closed_on", where=Q(works__in=REPAIRS, state="closed"), distinct="road", unit="条"
        )
        repair_funds = Sum("funds", "大中修投入", on="closed_on", where=Q(works__in=REPAIRS, state="closed"))
        bridges_rebuilt = Count(
            "完成危桥改造", on="closed_on", where=Q(works=Works.BRIDGE, state="closed"), distinct="bridge", unit="座"
        )
        bridge_funds = Sum("funds", "危桥改造投入", on="closed_on", where=Q(works=Works.BRIDGE, state="closed"))
        funds = Sum("funds", "养护投入", on="closed_on", where=Q(state="closed"))
        treated = Sum("treated_km", "养护整治里程", on="closed_on", where=Q(state="closed"))

    def faults(self):
        """Days in their order, works on a bridge name the bridge, and what came again came later."""
        yield from before_finding(self)
        yield from stake_faults(self, "stake")
        if self.works == Works.BRIDGE and self.bridge is None:
            yield "bridge", "危桥改造须填写桥梁。"
        if self.first_problem and (self.first_problem.pk == self.pk or self.first_problem.found_on > self.found_on):
            yield "first_problem", "原问题应是发现在先的另一项问题。"
        elif self.first_problem and self.first_problem.section_id != self.section_id:
            yield "first_problem", "原问题不在同一路段。"

    def __str__(self):
        return f"{self.number} {Truncator(self.content).chars(22)}"
