"""通讯员台账: who writes for the bureau, for which unit and field, and when last trained.

The half-year report on ideology counts the writers and what each has sent and had accepted, so a writer is a record
and every text names one. A unit without a writer shows as a gap.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Flag,
    FollowUp,
    Ledger,
    Link,
    Number,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    anyone,
)


class Beat(TextChoices):
    GENERAL = "general", "综合"
    ROADS = "roads", "公路建设养护"
    TRANSPORT = "transport", "道路运输"
    WATER = "water", "水上交通"
    ENFORCEMENT = "enforcement", "综合执法"
    PARTY = "party", "党建"


class Correspondent(Record):
    """One writer of one unit."""

    number = Number("TXY{seq:04}")
    person = Link("parties.Person", "人员")
    beat = Choice(Beat, "报道领域", default=Beat.GENERAL)
    joined_on = Day("入队日期")
    is_core = Flag("骨干通讯员")
    trained_on = Day("最近培训日期", optional=True)
    strengths = Text("写作专长", optional=True, max_length=80)

    class Flow(Standing, keeps="party_officer"):
        pass

    class Page(Ledger):
        title = "通讯员"
        columns = "number person unit beat is_core joined_on trained_on state"
        filters = "joined_on unit beat is_core state"
        search = "number person__name strengths"
        names = "number"
        form = [Section("通讯员", "person unit beat is_core joined_on"), Section("培养", "trained_on strengths")]
        read = {"county": anyone}
        write = {"party_officer": anyone}
        imports = Sheet("通讯员导入模板", key="person", columns="unit beat is_core joined_on trained_on strengths")
        exports = "number person unit beat is_core joined_on trained_on strengths state"
        sort = "number"
        unit_from = "person"
        pictures = (Bars("各单位通讯员", by="unit", stack="beat"),)
        follow_ups = (FollowUp("party.submission", "登记投稿", {"correspondent": "self"}, states="in_use"),)
        example = dict(person=None, beat=Beat.ROADS, joined_on="2026-01-05", is_core=True)

    class Measures:
        writers = Count("通讯员", where=Q(state="in_use"), unit="人")
        trained = Count("培训通讯员", on="trained_on", unit="人")

    def __str__(self):
        return self.person.name
