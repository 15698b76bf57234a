"""三重一大台账: what the leading group decided of weight, in which order its members spoke, and how they voted.

Basis: 关于进一步推进国有企业贯彻落实“三重一大”决策制度的意见 as bureaus apply it; 中国共产党党组工作条例 for
attendance and majority (more than half of all who should be there). The first in charge speaks last (一把手末位表态),
which the order of speaking shows.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Board,
    Choice,
    Count,
    Day,
    Files,
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
from tonggui.statutes.party import GROUP_ATTENDANCE


class ItemKind(TextChoices):
    DECISION = "decision", "重大决策"
    APPOINTMENT = "appointment", "重要干部任免"
    PROJECT = "project", "重要项目安排"
    FUNDS = "funds", "大额资金使用"


class Body(TextChoices):
    PARTY_GROUP = "party_group", "党组会议"
    BUREAU = "bureau", "局务会议"
    DIRECTORS = "directors", "局长办公会"


class Decision(Record):
    """One item of one meeting. `speaking_order` has one name a line, in the order in which they spoke."""

    number = Number("SZY{year}{seq:04}", year_of="heard_on")
    kind = Choice(ItemKind, "议题类别")
    subject = Text("议题名称", max_length=100)
    body = Choice(Body, "议事会议", default=Body.PARTY_GROUP)
    heard_on = Day("上会日期")
    first_leader = Link("parties.Person", "一把手")
    project = Link("works.Project", "项目", optional=True)
    item_money = Money("议题金额", optional=True, least=0)
    background = LongText("议题说明", optional=True, hint="事前调研、征求意见、合法性审查的情况")
    group_due = Integer("应到成员", unit="人", least=1, most=60)
    group_present = Integer("到会成员", unit="人", least=0, most=60)
    speaking_order = LongText("发言顺序", optional=True, hint="每行一人；一把手最后表态")
    votes_for = Integer("赞成票", unit="票", least=0, optional=True)
    votes_against = Integer("反对票", unit="票", least=0, optional=True)
    votes_abstained = Integer("弃权票", unit="票", least=0, optional=True)
    decided = LongText("议定事项", optional=True)
    minutes_files = Files("会议记录扫描件")
    carried_out_on = Day("决议落实日期", optional=True)
    outcome = LongText("执行情况", optional=True)

    @column("赞成率", unit="%")
    def approval_rate(self):
        """Votes for of all who should be there, in percent to one decimal; None before the vote."""
        return None if self.votes_for is None else round(100 * self.votes_for / self.group_due, 1)

    def speakers(self):
        """Names in the order in which they spoke."""
        return [line.strip() for line in self.speaking_order.splitlines() if line.strip()]

    def why_not_vote(self) -> str:
        """Attendance for the kind of item, the first in charge last, and votes that add up to those present."""
        least = GROUP_ATTENDANCE.at(self.heard_on, self.kind)
        if 100 * self.group_present < least * self.group_due:
            return f"到会 {self.group_present} 人，不到应到成员的 {least:g}%。"
        if len(self.speakers()) < 2 or self.speakers()[-1] != self.first_leader.name:
            return f"一把手应末位表态，发言顺序的最后一人应是{self.first_leader.name}。"
        cast = (self.votes_for or 0) + (self.votes_against or 0) + (self.votes_abstained or 0)
        if cast != self.group_present:
            return f"赞成、反对、弃权合计 {cast} 票，与到会 {self.group_present} 人不符。"
        return ""

    def carried(self) -> bool:
        """More than half of all who should be there are for it."""
        return 2 * (self.votes_for or 0) > self.group_due

    def why_not_resolve(self) -> str:
        return self.why_not_vote() or ("" if self.carried() else f"赞成 {self.votes_for} 票，未超过应到成员的半数。")

    def why_not_vote_down(self) -> str:
        return self.why_not_vote() or ("赞成票已超过应到成员的半数。" if self.carried() else "")

    class Flow(Workflow):
        tabled = State("拟上会", start=True)
        resolved = State("议定通过", confirmed=True)
        voted_down = State("未获通过", final=True, confirmed=True)
        postponed = State("已缓议")
        carried_out = State("决议已落实", final=True, confirmed=True)

        resolve = Move(
            tabled >> resolved,
            "议定",
            by="party_officer",
            needs=("background", "speaking_order", "votes_for", "votes_against", "votes_abstained", "decided"),
            takes=("speaking_order", "votes_for", "votes_against", "votes_abstained", "decided", "minutes_files"),
            check=lambda item: item.why_not_resolve(),
        )
        vote_down = Move(
            tabled >> voted_down,
            "表决未通过",
            by="party_officer",
            needs=("speaking_order", "votes_for", "votes_against", "votes_abstained"),
            takes=("speaking_order", "votes_for", "votes_against", "votes_abstained", "minutes_files"),
            check=lambda item: item.why_not_vote_down(),
        )
        postpone = Move(tabled >> postponed, "缓议", by="party_officer", comment=True)
        table_again = Move(postponed >> tabled, "再次上会", by="party_officer", takes=("heard_on", "background"))
        carry_out = Move(
            resolved >> carried_out,
            "落实完毕",
            by=("party_officer", "director"),
            needs=("outcome",),
            sets={"carried_out_on": clock.today},
        )

    class Page(Ledger):
        title = "三重一大"
        columns = "number heard_on body kind subject item_money group_present approval_rate state"
        filters = "heard_on kind body state unit"
        search = "number subject decided"
        names = "subject"
        form = [
            Section("议题", "kind subject body heard_on unit project item_money background"),
            Section("会议", "first_leader group_due group_present speaking_order minutes_files"),
            Section("表决", "votes_for votes_against votes_abstained decided"),
            Section("落实", "outcome"),
        ]
        read = {"director": anyone, "party_officer": anyone, "writer": anyone, "admin": anyone}
        write = {"party_officer": anyone}
        imports = Sheet(
            "三重一大导入模板",
            columns="kind subject body heard_on first_leader item_money background group_due group_present",
        )
        exports = (
            "number kind subject body heard_on first_leader project item_money group_due group_present speaking_order "
            "votes_for votes_against votes_abstained approval_rate decided carried_out_on state"
        )
        sort = "-heard_on"
        pictures = (Board("议题看板", by="state", card="heard_on kind item_money"),)
        example = dict(
            kind=ItemKind.FUNDS,
            subject="农村公路水毁修复资金安排（示例）",
            heard_on="2026-06-10",
            first_leader=None,
            item_money="1200000",
            background="建设养护股已现场核查，财务和法制审核通过。",
            group_due=7,
            group_present=7,
            speaking_order="李示例\n孙示例\n周示例",
        )

    class Measures:
        heard = Count("三重一大上会", on="heard_on", unit="项")
        carried = Count("三重一大通过", on="heard_on", where=~Q(state="voted_down"), unit="项")
        money = Sum("item_money", "三重一大议定金额", on="heard_on", where=~Q(state="voted_down"))

    def faults(self):
        """No more come than belong; money items name their money."""
        if self.group_present > self.group_due:
            yield "group_present", f"“到会成员”多于应到的 {self.group_due} 人。"
        if self.kind == ItemKind.FUNDS and not self.item_money:
            yield "item_money", "大额资金使用须写明金额。"

    def __str__(self):
        return self.subject
