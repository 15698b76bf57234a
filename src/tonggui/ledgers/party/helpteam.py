"""驻村帮扶队台账: the team that the bureau sends to a village, until when, and who leads it.

Basis: 关于向重点乡村持续选派驻村第一书记和工作队的意见 (2021): teams of at least three for two years as a rule. Days
in the village and projects stand in their own ledgers and name the team.
"""

from django.db.models import Q

from tonggui.register.declare import (
    Count,
    Day,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Record,
    Section,
    Sheet,
    Standing,
    Sum,
    Text,
    Watch,
    anyone,
)
from tonggui.statutes.party import TERM_LEAD


class HelpTeam(Record):
    """One team in one village for one term."""

    number = Number("BFD{seq:03}")
    name = Text("帮扶队名称", unique=True, max_length=60)
    town = Link("parties.Town", "帮扶村")
    first_secretary = Link("parties.Person", "驻村第一书记")
    helpers = Integer("驻村队员人数", unit="人", least=1, most=30)
    sent_from = Day("驻村起始日期")
    sent_until = Day("驻村期满日期")
    help_goals = LongText("帮扶任务", optional=True)
    poor_households = Integer("监测帮扶户", unit="户", least=0, optional=True)

    class Flow(Standing, keeps="party_officer"):
        pass

    class Page(Ledger):
        title = "驻村帮扶队"
        columns = "number name town first_secretary helpers sent_from sent_until poor_households unit state"
        filters = "sent_until town state unit"
        search = "number name first_secretary__name"
        names = "name"
        form = [
            Section("帮扶队", "name town unit first_secretary helpers sent_from sent_until"),
            Section("任务", "help_goals poor_households"),
        ]
        read = {"county": anyone}
        write = {"party_officer": anyone}
        imports = Sheet(
            "驻村帮扶队导入模板",
            key="name",
            columns="town unit first_secretary helpers sent_from sent_until help_goals poor_households",
        )
        exports = "number name town unit first_secretary helpers sent_from sent_until help_goals poor_households state"
        watches = (Watch("sent_until", "驻村期满", lead=TERM_LEAD, where=Q(state="in_use"), tell="party_officer"),)
        follow_ups = (
            FollowUp("party.stay", "登记考勤", {"help_team": "self"}, states="in_use"),
            FollowUp("party.helpproject", "登记帮扶项目", {"help_team": "self"}, states="in_use"),
        )
        example = dict(
            name="示例县交通运输局驻东岗村工作队",
            town=None,
            first_secretary=None,
            helpers=3,
            sent_from="2025-05-10",
            sent_until="2027-05-09",
        )

    class Measures:
        teams = Count("驻村帮扶队", where=Q(state="in_use"), unit="支")
        helpers = Sum("helpers", "驻村队员", where=Q(state="in_use"))

    def faults(self):
        """The term ends after it begins."""
        if self.sent_until <= self.sent_from:
            yield "sent_until", "“驻村期满日期”应在起始日期以后。"

    def __str__(self):
        return self.name
