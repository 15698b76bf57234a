"""拉单销号台账: what a dispatch meeting puts on its list, with an owner and a day, until somebody else strikes it
off.

Basis: the bureau's rule 定期调度、跟踪落实、拉单销号. An item is new, or it stands for what another ledger holds open
(a hazard, a road problem, a project, a difficulty), which it names instead of repeating. Proof comes from the owner;
the strike is another person's. What is not done by the next meeting is rolled to it, with a reason and a new day.
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
    Integer,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Watch,
    Workflow,
    anyone,
    column,
)
from tonggui.statutes.office import TASK_LEAD

OWNERS = (
    "clerk", "safety_officer", "enforcement_officer", "overload_officer", "transport_officer", "water_officer",
    "road_officer", "project_officer",
)  # fmt: skip
SOURCES = ("hazard", "problem", "project", "difficulty")


class Matter(TextChoices):
    SAFETY = "safety", "安全隐患"
    UPKEEP = "upkeep", "公路养护"
    WORKS = "works", "项目建设"
    TRANSPORT = "transport", "运输服务"
    ENFORCEMENT = "enforcement", "执法治超"
    MANAGEMENT = "management", "内部管理"


def on_the_list_already(item: "OpenItem") -> str:
    """One open entry of another ledger stands once on the list."""
    for name in SOURCES:
        key = getattr(item, f"{name}_id")
        twin = (
            key
            and OpenItem._base_manager.filter(Q(**{name: key}), state__in=("to_do", "to_strike"))
            .exclude(pk=item.pk)
            .first()
        )
        if twin:
            return f"{item.kinds[name].label}已在清单上（{twin.number}），不重复列单。"
    return ""


class OpenItem(Record):
    """One item of the list. `rolled` counts the meetings that have put it off."""

    number = Number("LD{year}{seq:04}", year_of="put_on")
    item_kind = Choice(Matter, "事项类别")
    content = LongText("事项内容")
    meeting = Link("office.Meeting", "调度会", optional=True)
    put_on = Day("列单日期", index=True)
    hazard = Link("safety.Hazard", "列单隐患", optional=True)
    problem = Link("roads.Problem", "列单路段问题", optional=True)
    project = Link("works.Project", "项目", optional=True)
    difficulty = Link("office.Difficulty", "列单困难问题", optional=True)
    owner = Link("parties.Unit", "责任单位")
    person = Link("parties.Person", "责任人员")
    due_on = Day("销号期限", index=True)
    rolled = Integer("转入下次调度次数", unit="次", default=0, editable=False, total=False)
    done_note = LongText("完成情况", optional=True)
    evidence_files = Files("佐证材料")
    closed_on = Day("销号日期", optional=True, index=True)

    @column("逾期天数", unit="天")
    def overdue_days(self):
        """Whole days past the day for striking off, up to the strike or today."""
        return max(0, ((self.closed_on or clock.today()) - self.due_on).days)

    def prepare(self):
        """An item that another meeting takes, for a later day, was put off once more than before."""
        before = self.loaded
        if before and before["meeting"] != self.meeting_id and str(before["due_on"]) < str(self.due_on):
            self.rolled = before["rolled"] + 1

    def faults(self):
        """The day for striking off follows the listing; an entry of another ledger is listed once."""
        if self.due_on < self.put_on:
            yield "due_on", f"“销号期限”早于列单日期 {self.put_on}。"
        if self.state in ("to_do", "to_strike") and (refusal := on_the_list_already(self)):
            yield "content", refusal

    class Flow(Workflow):
        to_do = State("待落实", start=True, confirmed=True, due="due_on")
        to_strike = State("待销号", confirmed=True, due="due_on")
        closed = State("已销号", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        claim = Move(
            to_do >> to_strike,
            "申请销号",
            by=OWNERS,
            takes=("done_note", "evidence_files"),
            needs=("done_note", "evidence_files"),
        )
        accept = Move(
            to_strike >> closed,
            "销号",
            by=("writer", "director", "safety_officer"),
            sets={"closed_on": clock.today},
            not_same_as="claim",
        )
        send_back = Move(to_strike >> to_do, "退回", by=("writer", "director", "safety_officer"), comment=True)
        roll = Move(
            to_do >> to_do,
            "转入下次调度",
            by=("writer", "director"),
            takes=("meeting", "due_on"),
            needs=("meeting", "due_on"),
            comment=True,
        )
        cancel = Move((to_do | to_strike) >> void, "作废", by="director", comment=True)

    class Page(Ledger):
        title = "拉单销号"
        columns = "number put_on item_kind content owner person due_on overdue_days rolled state"
        filters = "put_on due_on item_kind owner person meeting state"
        search = "number content done_note"
        form = [
            Section("事项", "item_kind content put_on meeting"),
            Section("来自哪一台账", "hazard problem project difficulty"),
            Section("责任", "owner person due_on"),
            Section("完成", "done_note evidence_files"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys((*OWNERS, "writer"), anyone)
        imports = Sheet("拉单销号导入模板", columns="item_kind content put_on meeting project owner person due_on")
        exports = (
            "number put_on item_kind content meeting hazard problem project difficulty owner person due_on rolled "
            "done_note closed_on overdue_days state"
        )
        sort = "due_on"
        unit_from = "owner"
        watches = (Watch("due_on", "清单事项到期", lead=TASK_LEAD, where=Q(state__in=("to_do", "to_strike"))),)
        pictures = (Board("销号看板", by="state", card="owner due_on"), Bars("各单位", by="owner", stack="state"))
        example = dict(
            item_kind=Matter.UPKEEP,
            content="示例：石湖乡道边沟堵塞清理",
            put_on="2026-03-05",
            owner=None,
            person=None,
            due_on="2026-03-31",
        )

    class Measures:
        listed = Count("列单事项", on="put_on", unit="项")
        struck = Count("销号事项", on="closed_on", where=Q(state="closed"), unit="项")
        struck_in_time = Count(
            "按期销号事项", on="due_on", where=Q(state="closed", closed_on__lte=F("due_on")), unit="项"
        )
        open_items = Count("未销号事项", where=Q(state__in=("to_do", "to_strike")), unit="项")

    def __str__(self):
        return f"{self.number} {Truncator(self.content).chars(22)}"
