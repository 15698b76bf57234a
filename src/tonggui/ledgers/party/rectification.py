"""巡察整改台账: each problem that an inspection by the Party fed back, traced to its root, put right and struck off.

Basis: 中国共产党巡视工作条例 on rectification (对照、查问题、找根源、定举措、限时、销号). Several problems stand
under one opinion of the feedback; each has its own measure, day, leader and proof, and is struck off by somebody
other than who handed it in.
"""

from django.db.models import F, Q, TextChoices
from django.utils.text import Truncator

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Board,
    Choice,
    Count,
    Day,
    Files,
    Flag,
    Integer,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Paper,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    column,
    derive,
    within_unit,
)
from tonggui.statutes.party import RECTIFICATION_LEAD, RECTIFICATION_TERM


class ProblemKind(TextChoices):
    POLITICS = "politics", "贯彻上级决策部署"
    DISCIPLINE = "discipline", "全面从严治党"
    ORGANISATION = "organisation", "基层党组织建设"
    LEFT_OVER = "left_over", "以往整改落实"
    BUSINESS = "business", "业务履职"


REPORT = """{owner}：

根据{inspected_by}反馈意见（{feedback_no}）第{opinion_no}条，你单位存在以下问题：{content}

请对照问题查找根源，采取以下举措：{measures}

以上整改须于{due_on}前完成，并报送佐证材料。整改责任领导：{leader.name}。"""


class Rectification(Record):
    """One problem under one opinion. What came back after closing is opened again and marked."""

    number = Number("XCZ{year}{seq:04}", year_of="fed_back_on")
    inspected_by = Text("巡察机构", max_length=60)
    feedback_no = Text("反馈文号", optional=True, max_length=60)
    fed_back_on = Day("反馈日期")
    opinion_no = Integer("意见序号", least=1, most=200, total=False)
    source_opinion = LongText("反馈意见")
    kind = Choice(ProblemKind, "问题类别")
    content = LongText("具体问题")
    root_cause = LongText("问题根源", optional=True)
    measures = LongText("整改措施", optional=True)
    owner = Link("parties.Unit", "责任单位")
    leader = Link("parties.Person", "整改责任领导", optional=True)
    long_term = Flag("需长期坚持")
    due_on = Day("整改期限", optional=True)
    progress = LongText("最新进展", optional=True)
    evidence_files = Files("佐证材料")
    fixed_on = Day("整改完成日期", optional=True)
    closed_on = Day("销号日期", optional=True)
    came_back = Integer("反弹次数", unit="次", least=0, default=0, editable=False)

    @derive("fed_back_on")
    def derive_due_on(self):
        """The months of concentrated rectification, unless the group has set an earlier day."""
        return RECTIFICATION_TERM.due(self.fed_back_on)

    @column("逾期天数", unit="天")
    def overdue_days(self):
        """Whole days past the deadline, up to the closing day or today."""
        return max(0, ((self.closed_on or clock.today()) - self.due_on).days) if self.due_on else None

    def prepare(self):
        """A closed problem that is under way again has come back."""
        if self.state == "putting_right" and self.loaded.get("state") == "closed":
            self.came_back, self.closed_on, self.fixed_on = self.came_back + 1, None, None

    class Flow(Workflow):
        to_plan = State("待定举措", start=True, due="due_on", confirmed=True)
        putting_right = State("整改中", due="due_on", confirmed=True)
        fixed = State("待复查", due="due_on", confirmed=True)
        closed = State("已销号", final=True, confirmed=True)

        set_measures = Move(
            to_plan >> putting_right,
            "确定举措",
            by="party_officer",
            needs=("root_cause", "measures", "due_on", "leader"),
        )
        fix = Move(
            putting_right >> fixed,
            "提交整改",
            by=("clerk", "party_officer"),
            needs=("evidence_files", "progress"),
            sets={"fixed_on": clock.today},
        )
        accept = Move(
            fixed >> closed,
            "销号",
            by=("party_officer", "director"),
            sets={"closed_on": clock.today},
            not_same_as=("fix", "set_measures"),
        )
        reject = Move(fixed >> putting_right, "复查不通过", by=("party_officer", "director"), comment=True)
        relapse = Move(closed >> putting_right, "问题反弹", by=("party_officer", "director"), comment=True)

    class Page(Ledger):
        title = "巡察整改"
        columns = "number opinion_no kind content owner leader due_on overdue_days came_back state"
        filters = "fed_back_on owner kind state due_on long_term"
        search = "number content source_opinion feedback_no"
        form = [
            Section("反馈", "inspected_by feedback_no fed_back_on opinion_no source_opinion"),
            Section("问题", "kind content root_cause"),
            Section("整改", "measures owner unit leader due_on long_term progress evidence_files"),
        ]
        read = {"county": within_unit}
        write = {"party_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "巡察整改导入模板",
            columns=(
                "inspected_by feedback_no fed_back_on opinion_no source_opinion kind content root_cause measures owner "
                "leader due_on long_term"
            ),
        )
        exports = (
            "number inspected_by feedback_no fed_back_on opinion_no source_opinion kind content root_cause measures "
            "owner leader due_on overdue_days progress fixed_on closed_on came_back state"
        )
        watches = (
            Watch(
                "due_on",
                "巡察整改到期",
                lead=RECTIFICATION_LEAD,
                where=Q(state__in=("to_plan", "putting_right")),
                basis="巡视工作条例",
            ),
        )
        papers = (
            Paper("巡察反馈问题整改交办单", REPORT, to="owner", states="putting_right fixed", signs="交办人 承办人"),
        )
        pictures = (
            Board("整改看板", by="state", card="opinion_no owner due_on"),
            Bars("各意见下的问题", by="kind", stack="state"),
        )
        example = dict(
            inspected_by="县委第二巡察组（示例）",
            fed_back_on="2026-03-20",
            opinion_no=3,
            source_opinion="落实安全生产责任不够到位（示例）",
            kind=ProblemKind.BUSINESS,
            content="对渡口日常检查记录不全，签单发航未全部留痕",
            owner=None,
        )

    class Measures:
        found = Count("巡察反馈问题", on="fed_back_on", unit="个")
        closed = Count("巡察问题销号", on="closed_on", where=Q(state="closed"), unit="个")
        due = Count("到期巡察问题", on="due_on", unit="个")
        closed_in_time = Count(
            "按期销号巡察问题", on="due_on", where=Q(state="closed", closed_on__lte=F("due_on")), unit="个"
        )
        came_back = Count("反弹巡察问题", where=Q(came_back__gt=0), unit="个")

    def faults(self):
        """The deadline follows the feedback; a measure without a root is none."""
        if self.due_on and self.due_on < self.fed_back_on:
            yield "due_on", f"“整改期限”早于反馈日期 {self.fed_back_on}。"
        if self.measures and not self.root_cause:
            yield "root_cause", "请先写明问题根源，再定整改措施。"

    def __str__(self):
        return f"{self.number} {Truncator(self.content).chars(22)}"
