"""困难问题与建议台账: what the bureau cannot solve alone, what it costs, what is asked of whom, and what came of it.

Basis: the part 困难问题及建议 of every summary. A difficulty without figures convinces nobody, so its impact is
written with numbers and with the place where they come from; a difficulty once raised stays until it is answered and
solved.
"""

from django.db.models import Q, TextChoices
from django.utils.text import Truncator

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Choice,
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
    Workflow,
    anyone,
    column,
)

RAISERS = ("clerk", "writer", "safety_officer", "road_officer", "water_officer", "transport_officer", "project_officer")


class Field(TextChoices):
    ORGANISATION = "organisation", "机构编制"
    STAFF = "staff", "人员力量"
    MONEY = "money", "资金缺口"
    EQUIPMENT = "equipment", "设施装备"
    RULE = "rule", "政策标准"
    MARKET = "market", "企业经营"
    LAND = "land", "用地征拆"
    COOPERATION = "cooperation", "部门协同"


class Difficulty(Record):
    """One difficulty and what is asked for. `times_raised` says in how many papers it went up."""

    number = Number("KN{year}{seq:04}", year_of="gathered_on")
    difficulty_field = Choice(Field, "困难类别")
    gathered_on = Day("梳理日期", index=True)
    content = LongText("困难问题描述")
    project = Link("works.Project", "项目", optional=True)
    task = Link("office.Task", "受阻任务", optional=True)
    impact = LongText("影响说明", hint="写明数量：多少人、多少公里、多少车、停了几条线")
    affected = Integer("影响数量", optional=True, least=0, total=False)
    affected_in = Text("影响数量单位", optional=True, max_length=10, hint="人、公里、辆、处")
    gap_money = Money("资金需求", optional=True, least=0)
    figures_from = Text("数据出处", optional=True, max_length=100, hint="哪个台账、哪份文件")
    ask = LongText("建议和请求", optional=True)
    asked_of = Text("请求解决单位", optional=True, max_length=60)
    raised_by_no = Text("提出文号", optional=True, max_length=60)
    put_up_on = Day("提出日期", optional=True, index=True)
    times_raised = Integer("提出次数", unit="次", default=0, editable=False, total=False)
    follow_note = LongText("跟进情况", optional=True)
    followed_on = Day("跟进日期", optional=True)
    answer = LongText("答复意见", optional=True)
    answered_on = Day("答复日期", optional=True)

    @column("等待答复天数", unit="天")
    def waiting_days(self):
        """Whole days from being raised to the answer or today."""
        return ((self.answered_on or clock.today()) - self.put_up_on).days if self.put_up_on else None

    def prepare(self):
        """A difficulty that goes up has been raised once more than before."""
        if self.state == "put_up" and self.loaded.get("state") != "put_up":
            self.times_raised = (self.loaded.get("times_raised") or 0) + 1

    def faults(self):
        """Figures have a unit and a source; days in order."""
        if self.affected is not None and not self.affected_in:
            yield "affected_in", "请写明影响数量的单位。"
        if (self.affected is not None or self.gap_money) and not self.figures_from:
            yield "figures_from", "请写明数据出处，报送的数字要能追溯。"
        if self.put_up_on and self.put_up_on < self.gathered_on:
            yield "put_up_on", f"“提出日期”早于梳理日期 {self.gathered_on}。"
        if self.answered_on and self.put_up_on and self.answered_on < self.put_up_on:
            yield "answered_on", f"“答复日期”早于提出日期 {self.put_up_on}。"

    class Flow(Workflow):
        gathered = State("梳理", start=True)
        put_up = State("已提出待答复", confirmed=True, tone="waiting")
        replied = State("已答复", confirmed=True, tone="todo")
        solved = State("已解决", confirmed=True, final=True)
        unsolved = State("未获解决", confirmed=True, final=True, tone="waiting")
        void = State("作废", final=True, tone="void")

        put_it_up = Move(
            (gathered | unsolved) >> put_up,
            "提出",
            by=(*RAISERS, "director"),
            takes=("ask", "asked_of", "raised_by_no", "put_up_on"),
            needs=("ask", "asked_of", "put_up_on"),
        )
        follow_up = Move(
            put_up >> put_up,
            "跟进",
            by=RAISERS,
            takes=("follow_note",),
            needs=("follow_note",),
            sets={"followed_on": clock.today},
        )
        answer_it = Move(
            put_up >> replied,
            "登记答复",
            by=RAISERS,
            takes=("answer", "answered_on"),
            needs=("answer", "answered_on"),
        )
        solve = Move((put_up | replied) >> solved, "确认解决", by=(*RAISERS, "director"), comment=True)
        give_up = Move((put_up | replied) >> unsolved, "未获解决", by=(*RAISERS, "director"), comment=True)
        cancel = Move(gathered >> void, "作废", by=RAISERS, comment=True)

    class Page(Ledger):
        title = "困难问题与建议"
        columns = "number gathered_on difficulty_field content asked_of put_up_on waiting_days answered_on state"
        filters = "gathered_on put_up_on difficulty_field unit project state"
        search = "number content ask asked_of raised_by_no"
        form = [
            Section("困难", "difficulty_field gathered_on unit content project task"),
            Section("影响", "impact affected affected_in gap_money figures_from"),
            Section("建议", "ask asked_of raised_by_no put_up_on"),
            Section("跟进和答复", "follow_note followed_on answer answered_on"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys(RAISERS, anyone)
        imports = Sheet(
            "困难问题导入模板",
            columns="difficulty_field gathered_on content project impact affected affected_in gap_money figures_from "
            "ask asked_of",
        )
        exports = (
            "number gathered_on difficulty_field content project impact affected affected_in gap_money figures_from "
            "ask asked_of raised_by_no put_up_on times_raised follow_note followed_on answer answered_on state"
        )
        sort = "-gathered_on"
        pictures = (Bars("各类困难", by="difficulty_field", stack="state"),)
        follow_ups = (FollowUp("office.openitem", "列入销号清单", {"difficulty": "self", "content": "content"}),)
        example = dict(
            difficulty_field=Field.EQUIPMENT,
            gathered_on="2026-05-20",
            content="船舶污染物接收缺少趸船和吸油污船",
            impact="辖区 6 处码头的生活污水只能由陆上车辆接收",
            affected=6,
            affected_in="处",
            figures_from="码头台账",
            ask="建议县财政安排购置吸油污船",
            asked_of="示例县人民政府",
        )

    class Measures:
        raised = Count("提出困难问题", on="put_up_on", unit="项")
        answered = Count("已答复困难问题", on="answered_on", unit="项")
        solved = Count("已解决困难问题", on="put_up_on", where=Q(state="solved"), unit="项")
        gap = Sum("gap_money", "困难问题资金需求", on="put_up_on")

    def __str__(self):
        return f"{self.number} {Truncator(self.content).chars(22)}"
