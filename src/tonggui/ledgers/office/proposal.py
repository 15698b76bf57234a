"""议案提案台账: what deputies and members of the consultative conference put to the bureau, from receipt to their
verdict.

Basis: 代表法 第四十二条: answered within three months of being handed over, six where the matter is wide and hard;
the member is spoken with before the answer, and a member who is not satisfied is answered again. Proposals of the
consultative conference are handled alike. A helper office (会办) gives its opinion to the lead office, in the same
time.
"""

from django.db.models import F, Q
from django.utils.text import Truncator

from tonggui.ledgers.office.proposal_flow import HANDLERS, ProposalFlow
from tonggui.ledgers.office.proposal_kinds import Outcome, Part, ProposalKind, Topic, Verdict
from tonggui.ledgers.office.proposal_paper import REPLY
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Files,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    anyone,
    derive,
)
from tonggui.statutes.office import COMPLEX_PROPOSAL_REPLY, PROPOSAL_LEAD, PROPOSAL_REPLY, SECOND_PROPOSAL_REPLY

CONGRESS = (ProposalKind.MOTION, ProposalKind.SUGGESTION)


class Proposal(Record):
    """One motion, suggestion or proposal, in the part that the bureau has in it."""

    number = Number("JY{year}{seq:03}", year_of="received_on")
    kind = Choice(ProposalKind, "建议提案类别")
    proposal_no = Text("建议提案编号", max_length=30)
    name = Text("建议提案标题", max_length=120)
    session = Text("届次", optional=True, max_length=40)
    movers = Text("领衔代表、委员", max_length=60)
    cosigners = Integer("附议人数", unit="人", least=0, default=0, total=False)
    phone = Text("代表、委员联系电话", optional=True, max_length=20)
    topic = Choice(Topic, "归类")
    handling_part = Choice(Part, "办理分工", default=Part.SOLE)
    other_office = Text("会办、主办单位", optional=True, max_length=80)
    received_on = Day("收到日期", index=True)
    complex_one = Flag("涉及面广、处理难度大")
    reply_by = Day("应答复日期", index=True, optional=True)
    owner = Link("parties.Unit", "责任单位", optional=True)
    person = Link("parties.Person", "责任人员", optional=True)
    contacted_on = Day("沟通日期", optional=True)
    contact_notes = LongText("沟通情况", optional=True, hint="日期、方式、代表或委员的意见，逐次写")
    answer = LongText("答复意见", optional=True)
    answer_no = Text("答复文号", optional=True, max_length=60, hint="留空时由系统编号")
    first_answered_on = Day("首次答复日期", optional=True, index=True)
    answered_on = Day("答复日期", optional=True)
    outcome_class = Choice(Outcome, "办理结果类别", optional=True)
    member_verdict = Choice(Verdict, "代表、委员评价", optional=True)
    verdict_on = Day("评价日期", optional=True)
    verdict_note = Text("评价意见", optional=True, max_length=120)
    second_by = Day("再次答复期限", optional=True)
    files = Files("建议提案原件")

    @derive("received_on", "complex_one")
    def derive_reply_by(self):
        """Three months from being handed over, six where the matter is wide and hard."""
        return (COMPLEX_PROPOSAL_REPLY if self.complex_one else PROPOSAL_REPLY).due(self.received_on)

    @derive("verdict_on", "member_verdict")
    def derive_second_by(self):
        """The day by which a dissatisfied member is answered again."""
        if self.verdict_on and self.member_verdict == Verdict.DISSATISFIED:
            return SECOND_PROPOSAL_REPLY.due(self.verdict_on)
        return self.second_by

    def prepare(self):
        """The first answer is the one that the time limit is about."""
        self.first_answered_on = self.first_answered_on or self.answered_on

    def faults(self):
        """A shared proposal names the other office; days follow the receipt."""
        if self.handling_part != Part.SOLE and not self.other_office:
            yield "other_office", "主办、会办的，请写明另一承办单位。"
        for name in ("contacted_on", "answered_on", "verdict_on"):
            day = getattr(self, name)
            if day and day < self.received_on:
                yield name, f"“{self.kinds[name].label}”早于收到日期 {self.received_on}。"

    class Flow(ProposalFlow):
        pass

    class Page(Ledger):
        title = "建议提案办理"
        columns = "number proposal_no kind name owner reply_by first_answered_on member_verdict state"
        filters = "received_on reply_by kind handling_part topic owner outcome_class member_verdict state"
        search = "number proposal_no name movers answer_no"
        names = "proposal_no"
        form = [
            Section("建议提案", "kind proposal_no name session movers cosigners phone files"),
            Section("交办", "received_on handling_part other_office topic complex_one reply_by owner person"),
            Section("沟通和答复", "contacted_on contact_notes answer outcome_class answer_no answered_on"),
            Section("评价", "member_verdict verdict_on verdict_note second_by"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys(HANDLERS, anyone)
        imports = Sheet(
            "建议提案导入模板",
            key="proposal_no kind",
            columns="name session movers cosigners topic handling_part other_office received_on complex_one owner "
            "person",
        )
        exports = (
            "number kind proposal_no name session movers cosigners topic handling_part other_office received_on "
            "reply_by owner person contacted_on answer_no first_answered_on answered_on outcome_class member_verdict "
            "verdict_on state"
        )
        sort = "reply_by"
        watches = (
            Watch(
                "reply_by",
                "建议提案答复到期",
                lead=PROPOSAL_LEAD,
                where=Q(state__in=("received", "doing")),
                tell=HANDLERS,
                basis="代表法第四十二条",
            ),
            Watch("second_by", "建议提案再次答复到期", lead=PROPOSAL_LEAD, where=Q(state="again"), tell=HANDLERS),
        )
        papers = (REPLY,)
        pictures = (Bars("各类建议提案", by="kind", stack="state"), Bars("办理结果", by="outcome_class", stack="kind"))
        follow_ups = (FollowUp("office.openitem", "列入销号清单", {"content": "name", "owner": "owner"}),)
        example = dict(
            kind=ProposalKind.SUGGESTION,
            proposal_no="示例第012号",
            name="关于加密石湖乡公交班次的建议（示例）",
            session="示例县第十八届人大五次会议",
            movers="吴示例",
            cosigners=4,
            topic=Topic.BUS,
            received_on="2026-02-20",
        )

    class Measures:
        congress = Count("办理人大议案建议", on="received_on", where=Q(kind__in=CONGRESS), unit="件")
        conference = Count("办理政协提案", on="received_on", where=Q(kind=ProposalKind.PROPOSAL), unit="件")
        received = Count("收到建议提案", on="received_on", unit="件")
        due = Count("应答复建议提案", on="reply_by", unit="件")
        replied = Count("已答复建议提案", on="reply_by", where=Q(first_answered_on__isnull=False), unit="件")
        in_time = Count("按期答复建议提案", on="reply_by", where=Q(first_answered_on__lte=F("reply_by")), unit="件")
        outcome_a = Count("A类建议提案", on="first_answered_on", where=Q(outcome_class=Outcome.A), unit="件")
        outcome_b = Count("B类建议提案", on="first_answered_on", where=Q(outcome_class=Outcome.B), unit="件")
        outcome_c = Count("C类建议提案", on="first_answered_on", where=Q(outcome_class=Outcome.C), unit="件")
        outcome_d = Count("D类建议提案", on="first_answered_on", where=Q(outcome_class=Outcome.D), unit="件")
        judged = Count("已评价建议提案", on="first_answered_on", where=~Q(member_verdict=""), unit="件")
        satisfied = Count(
            "满意建议提案",
            on="first_answered_on",
            where=Q(member_verdict__in=(Verdict.SATISFIED, Verdict.FAIRLY)),
            unit="件",
        )

    def __str__(self):
        return f"{self.proposal_no} {Truncator(self.name).chars(22)}"
