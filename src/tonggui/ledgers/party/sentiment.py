"""舆情台账: what people write about the bureau's work, whether it is so, how it was answered, and when.

Basis: 国办发〔2016〕61号, answers to public sentiment in time; who finds an item verifies it with the unit concerned,
a second person closes it. Posts are entered by hand from the forum or the platform; nothing is fetched.
"""

from datetime import timedelta

from django.db.models import F, Q, TextChoices
from django.utils.text import Truncator

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Board,
    Choice,
    Count,
    Day,
    FollowUp,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Photos,
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
from tonggui.statutes.party import ASKED_REPLY, REPLY_HOURS, VERIFY_HOURS


class Outlet(TextChoices):
    FORUM = "forum", "本地论坛"
    WEIBO = "weibo", "微博"
    SUNSHINE = "sunshine", "阳光问政"
    DOUYIN = "douyin", "抖音"
    WECHAT = "wechat", "微信"
    PRESS = "press", "新闻媒体"


class Heat(TextChoices):
    GENERAL = "general", "一般舆情"
    LARGER = "larger", "较大舆情"
    SERIOUS = "serious", "重大舆情"


class Sentiment(Record):
    """One post or topic. A raised level shortens its clock."""

    number = Number("YQX{year}{seq:04}")
    seen_at = Moment("舆情发现时间")
    outlet = Choice(Outlet, "舆情来源")
    heat = Choice(Heat, "舆情等级", default=Heat.GENERAL)
    content = LongText("舆情内容")
    post_url = Text("帖文地址", optional=True, max_length=300)
    views = Integer("阅读量", unit="次", optional=True, least=0)
    answering_unit = Link("parties.Unit", "回应单位")
    verify_until = Moment("应核实时间", optional=True)
    answer_on = Day("应回应日期", optional=True)
    answer_until = Moment("应回应时间", optional=True)
    looked_into_at = Moment("舆情核实时间", optional=True)
    facts_found = LongText("舆情核实情况", optional=True)
    guided_at = Moment("回应时间", optional=True)
    public_reply = LongText("回应内容", optional=True)
    screenshot_files = Photos("舆情截图")
    lessons = LongText("分析研判", optional=True, hint="成因、趋势和工作改进")

    @derive("seen_at", always=True)
    def derive_verify_until(self):
        return self.seen_at + timedelta(hours=VERIFY_HOURS.on(self._seen_on))

    @derive("seen_at", "outlet", "heat", always=True)
    def derive_answer_until(self):
        """Hours by the level; a question on the answering platform has that platform's working days."""
        if self.outlet == Outlet.SUNSHINE and self.heat == Heat.GENERAL:
            end = ASKED_REPLY.due(self._seen_on)
            return self.seen_at.astimezone(clock.CHINA).replace(year=end.year, month=end.month, day=end.day)
        return self.seen_at + timedelta(hours=REPLY_HOURS.at(self._seen_on, self.heat))

    @derive("answer_until", always=True)
    def derive_answer_on(self):
        return self.answer_until.astimezone(clock.CHINA).date()

    @property
    def _seen_on(self):
        return self.seen_at.astimezone(clock.CHINA).date()

    @column("回应历时", unit="小时")
    def hours_to_reply(self):
        """From the finding to the answer, in hours to one decimal; None before the answer."""
        return round((self.guided_at - self.seen_at).total_seconds() / 3600, 1) if self.guided_at else None

    class Flow(Workflow):
        raised = State("待核实", start=True, due="answer_on", confirmed=True)
        looked_into = State("待回应", due="answer_on", confirmed=True)
        guided = State("待办结", confirmed=True)
        wound_up = State("舆情已办结", final=True, confirmed=True)
        untrue = State("不实已澄清", final=True, confirmed=True)

        look_into = Move(
            raised >> looked_into,
            "核实",
            by="party_officer",
            needs=("facts_found",),
            takes=("facts_found", "heat", "answering_unit"),
            sets={"looked_into_at": clock.now},
        )
        guide = Move(
            looked_into >> guided,
            "回应引导",
            by=("party_officer", "clerk"),
            needs=("public_reply",),
            sets={"guided_at": clock.now},
        )
        clarify = Move(
            looked_into >> untrue,
            "澄清不实信息",
            by="party_officer",
            needs=("public_reply",),
            sets={"guided_at": clock.now},
            not_same_as="look_into",
        )
        wind_up = Move(
            guided >> wound_up,
            "办结舆情",
            by=("party_officer", "director"),
            needs=("lessons",),
            not_same_as=("guide", "look_into"),
        )
        answer_again = Move(guided >> looked_into, "重新回应", by=("party_officer", "director"), comment=True)

    class Page(Ledger):
        title = "舆情"
        columns = "number seen_at outlet heat content answering_unit answer_until hours_to_reply state"
        filters = "seen_at outlet heat state answering_unit"
        search = "number content facts_found"
        form = [
            Section("舆情", "seen_at outlet heat content post_url views screenshot_files unit answering_unit"),
            Section("核实和回应", "facts_found public_reply lessons"),
        ]
        read = {"county": within_unit}
        write = {"party_officer": within_unit, "writer": within_unit}
        imports = Sheet("舆情导入模板", columns="seen_at outlet heat content post_url views answering_unit")
        exports = (
            "number seen_at outlet heat content post_url views answering_unit looked_into_at facts_found answer_until "
            "guided_at hours_to_reply public_reply lessons state"
        )
        sort = "-seen_at"
        watches = (Watch("answer_on", "舆情回应到期", lead=1, where=Q(guided_at__isnull=True), tell="party_officer"),)
        pictures = (
            Board("舆情看板", by="state", card="outlet heat answer_until"),
            Bars("各来源", by="outlet", stack="heat"),
        )
        follow_ups = (
            FollowUp(
                "party.publicity",
                "发布回应稿件",
                {"sentiment": "self"},
                states="looked_into guided",
            ),
        )
        handheld = Handheld("舆情登记", "seen_at outlet heat content post_url answering_unit screenshot_files")
        example = dict(
            seen_at="2026-05-18 09:20",
            outlet=Outlet.FORUM,
            content="网帖反映乡道Y012路面坑槽多、下雨积水（示例）",
            answering_unit=None,
            views=1260,
        )

    class Measures:
        found = Count("发现舆情", on="seen_at", unit="条")
        answered = Count("回应舆情", on="seen_at", where=Q(guided_at__isnull=False), unit="条")
        answered_in_time = Count("按时回应舆情", on="seen_at", where=Q(guided_at__lte=F("answer_until")), unit="条")
        wound_up = Count("办结舆情", on="seen_at", where=Q(state__in=("wound_up", "untrue")), unit="条")

    def faults(self):
        """An answer follows what it answers."""
        if self.seen_at > clock.now():
            yield "seen_at", "“舆情发现时间”在现在以后。"

    def __str__(self):
        return f"{self.number} {Truncator(self.content).chars(22)}"
