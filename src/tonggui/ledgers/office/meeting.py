"""会议台账: the bureau's meetings, from the Party group's to the monthly safety meeting, with who came and what was
decided.

Basis: 安全生产法 第九条 and the bureau's own rule of a safety meeting every month and an analysis of the situation
every quarter. What was decided does not stay in the minutes: each item goes on as a task or onto the list to be
struck off.
"""

from decimal import Decimal

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Calendar,
    Choice,
    Confirming,
    Count,
    Day,
    Every,
    Files,
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
    anyone,
    column,
)
from tonggui.statutes.office import MEETING_GRACE


class MeetingKind(TextChoices):
    PARTY_GROUP = "party_group", "党组会"
    BUREAU = "bureau", "局务会"
    SAFETY = "safety", "安全例会"
    ANALYSIS = "analysis", "安全形势分析会"
    DISPATCH = "dispatch", "调度会"
    CAMPAIGN = "campaign", "专项行动会"
    DEPLOYMENT = "deployment", "动员部署会"
    TRADE = "trade", "行业企业会"
    OTHER = "other", "其他会议"


class Level(TextChoices):
    SUPERIOR = "superior", "上级召开"
    COUNTY = "county", "县级"
    BUREAU = "bureau", "局级"
    UNIT = "unit", "股室站所"


WRITERS = ("clerk", "writer", "safety_officer", "enforcement_officer", "water_officer", "party_officer")
SAFETY_KINDS = (MeetingKind.SAFETY, MeetingKind.ANALYSIS)


class Meeting(Record):
    """One meeting. A meeting of a campaign names it, and is counted there."""

    number = Number("HY{year}{seq:04}", year_of="held_on")
    name = Text("会议名称", max_length=80)
    kind = Choice(MeetingKind, "会议类别")
    meeting_level = Choice(Level, "会议层级", default=Level.BUREAU)
    held_on = Day("召开日期", index=True)
    room = Text("会议地点", optional=True, max_length=60)
    chair = Link("parties.Person", "主持人", optional=True)
    campaign = Link("safety.Campaign", "专项行动", optional=True)
    attending = Text("参会单位", optional=True, max_length=120)
    expected = Integer("应到人数", unit="人", least=1, most=2000)
    present = Integer("实到人数", unit="人", least=0, most=2000)
    absences = Text("缺席情况", optional=True, max_length=120, hint="姓名和原因")
    agenda = LongText("会议议题")
    studied = LongText("学习贯彻内容", optional=True, hint="传达学习的上级安全生产指示、文件")
    decided = LongText("议定事项", optional=True)
    minutes_file = Files("会议纪要")

    @column("到会率", unit="%")
    def attendance(self):
        """Percent of those expected who came, to one decimal."""
        return (Decimal(100) * self.present / self.expected).quantize(Decimal("0.1")) if self.expected else None

    class Flow(Confirming, enters=WRITERS, checks="director"):
        pass

    class Page(Ledger):
        title = "会议"
        columns = "number held_on kind name chair expected present attendance campaign state"
        filters = "held_on kind meeting_level state unit campaign"
        search = "number name agenda decided studied"
        names = "name"
        form = [
            Section("会议", "name kind meeting_level held_on room chair unit campaign"),
            Section("到会", "attending expected present absences"),
            Section("内容", "agenda studied decided minutes_file"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys(WRITERS, anyone)
        imports = Sheet(
            "会议导入模板",
            columns="name kind meeting_level held_on room chair campaign attending expected present absences agenda "
            "studied decided",
        )
        exports = (
            "number name kind meeting_level held_on room chair unit campaign attending expected present attendance "
            "absences agenda studied decided state"
        )
        sort = "-held_on"
        duties = (
            Every(
                "month",
                "安全例会",
                on="held_on",
                where=Q(kind=MeetingKind.SAFETY),
                grace=MEETING_GRACE,
                tell="safety_officer",
                basis="本局安全例会制度",
            ),
            Every(
                "quarter",
                "安全形势分析会",
                on="held_on",
                where=Q(kind=MeetingKind.ANALYSIS),
                grace=MEETING_GRACE,
                tell="safety_officer",
                basis="本局安全形势分析制度",
            ),
        )
        follow_ups = (
            FollowUp("office.task", "立为督办任务", {"meeting": "self", "assigned_on": "held_on"}),
            FollowUp("office.openitem", "列入销号清单", {"meeting": "self", "put_on": "held_on"}),
        )
        pictures = (Calendar("会议日历", on="held_on", text="name"),)
        example = dict(
            name="三月安全生产例会（示例）",
            kind=MeetingKind.SAFETY,
            held_on="2026-03-05",
            chair=None,
            expected=18,
            present=18,
            agenda="通报二月隐患整改情况，部署清明期间安全工作",
            decided="两客一危企业月底前完成动态监控自查",
        )

    class Measures:
        meetings = Count("召开会议", on="held_on", unit="次")
        safety = Count("安全例会", on="held_on", where=Q(kind=MeetingKind.SAFETY), unit="次")
        analyses = Count("安全形势分析会", on="held_on", where=Q(kind=MeetingKind.ANALYSIS), unit="次")
        of_campaigns = Count("专项行动会议", on="held_on", where=Q(campaign__isnull=False), unit="次")
        of_water = Count("水上专项行动会议", on="held_on", where=Q(campaign__domains__contains=",water,"), unit="次")
        studies = Count("安全生产专题学习", on="held_on", where=~Q(studied=""), unit="次")

    def faults(self):
        """Nobody came who was not expected, who stayed away has a reason, and a campaign's meeting names it."""
        if self.present > self.expected:
            yield "present", "“实到人数”多于“应到人数”，请核对。"
        elif self.present < self.expected and not self.absences:
            yield "absences", f"有 {self.expected - self.present} 人缺席，请写明姓名和原因。"
        if self.kind == MeetingKind.CAMPAIGN and self.campaign is None:
            yield "campaign", "专项行动会应写明是哪一个专项行动。"
        if self.kind in (*SAFETY_KINDS, MeetingKind.DISPATCH) and not self.decided:
            yield "decided", "安全会议和调度会应有议定事项。"

    def __str__(self):
        return self.name
