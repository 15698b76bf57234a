"""路长台账: who answers for which road, in four steps from the county's head to the village's.

Basis: 交公路发〔2020〕111号: a general chief for the county, county chiefs for county roads, township chiefs for a
township's roads, village chiefs for a village's. Appointment names the chief on the sections; names and telephones
are made public.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.actor import acting
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Files,
    FollowUp,
    Ledger,
    Link,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Tree,
    Watch,
    Workflow,
    anyone,
)


class ChiefLevel(TextChoices):
    GENERAL = "general", "总路长"
    COUNTY = "county", "县级路长"
    TOWNSHIP = "township", "乡级路长"
    VILLAGE = "village", "村级路长"


#: What a chief of each level answers for; the general chief answers for the county.
CHARGE = {ChiefLevel.COUNTY: ("road",), ChiefLevel.TOWNSHIP: ("town",), ChiefLevel.VILLAGE: ("section",)}


def needed_to_appoint(chief):
    """The document of the appointment, and what the level answers for."""
    return ("appointment_no", "appointed_on", *CHARGE.get(chief.chief_level, ()))


def name_on_section(chief, actor):
    """A village chief's section shows its chief from the appointment on."""
    section = chief.section
    if section is None or section.chief_id == chief.person_id:
        return
    section.chief = chief.person
    with acting(actor, f"{chief.number} 任命", action="change"):
        section.save()


class Chief(Record):
    """One appointment. Another term or another road is another appointment."""

    number = Number("LZ{seq:04}")
    person = Link("parties.Person", "人员")
    chief_level = Choice(ChiefLevel, "路长级别")
    chief_above = Link("roads.Chief", "上级路长", optional=True)
    road = Link("roads.Road", "路线", optional=True)
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    section = Link("roads.Section", "路段", optional=True)
    warden = Link("parties.Person", "乡村道专管员", optional=True, hint="协助路长工作的专管员")
    chief_duties = Text("路长职责", optional=True, max_length=200)
    appointment_no = Text("任命文号", optional=True, max_length=40)
    document = Files("任命文件")
    appointed_on = Day("任命日期", optional=True)
    term_until = Day("任期至", optional=True)
    published_on = Day("公示日期", optional=True)
    left_on = Day("离任日期", optional=True)

    class Flow(Workflow):
        nominated = State("拟任", start=True)
        serving = State("在任", confirmed=True, tone="done")
        left = State("离任", final=True, confirmed=True, tone="void")

        appoint = Move(
            nominated >> serving,
            "任命",
            by="road_officer",
            takes=("appointment_no", "appointed_on", "document", "road", "town", "section"),
            needs=needed_to_appoint,
            then=name_on_section,
        )
        publicise = Move(
            serving >> serving,
            "公示路长",
            by="road_officer",
            takes=("published_on",),
            needs=("published_on",),
            recall=False,
        )
        relieve = Move(serving >> left, "离任", by="road_officer", sets={"left_on": clock.today}, comment=True)

    class Page(Ledger):
        title = "路长"
        columns = "number person chief_level road town section appointed_on published_on term_until state"
        filters = "appointed_on chief_level town road person state"
        search = "number person__name appointment_no road__name town__name"
        names = "number"
        form = [
            Section("路长", "person chief_level chief_above warden chief_duties unit"),
            Section("责任范围", "road town section"),
            Section("任命", "appointment_no appointed_on term_until document"),
            Section("公示", "published_on"),
        ]
        read = {"county": anyone, "road_chief": anyone}
        write = {"road_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "路长导入模板",
            columns=(
                "person chief_level chief_above road town section warden chief_duties appointment_no appointed_on "
                "term_until"
            ),
        )
        exports = (
            "number person chief_level chief_above road town section warden chief_duties appointment_no appointed_on "
            "term_until published_on left_on state"
        )
        sort = "number"
        watches = (Watch("term_until", "路长任期届满", where=Q(state="serving"), tell="road_officer"),)
        pictures = (Tree("路长体系", parent="chief_above", note="person chief_level town"),)
        follow_ups = (FollowUp("roads.board", "设立公示牌", {"keeper_chief": "self", "section": "section"}, "serving"),)
        example = dict(
            person=None,
            chief_level=ChiefLevel.VILLAGE,
            section=None,
            appointment_no="示路长办〔2026〕3号",
            appointed_on="2026-01-20",
            chief_duties="每周巡路，发现问题当日上报，组织村民爱路护路",
        )

    class Measures:
        serving = Count("在任路长", where=Q(state="serving"), unit="名")
        county = Count("县级路长", where=Q(state="serving", chief_level="county"), unit="名")
        township = Count("乡级路长", where=Q(state="serving", chief_level="township"), unit="名")
        village = Count("村级路长", where=Q(state="serving", chief_level="village"), unit="名")
        published = Count("已公示路长", where=Q(state="serving", published_on__isnull=False), unit="名")

    def faults(self):
        """Chiefs stand in their order, and a term ends after it began."""
        order = list(ChiefLevel.values)
        if self.chief_above and order.index(self.chief_above.chief_level) >= order.index(self.chief_level):
            yield (
                "chief_above",
                f"{self.get_chief_level_display()}的上级不能是{self.chief_above.get_chief_level_display()}。",
            )
        if self.appointed_on and self.term_until and self.term_until <= self.appointed_on:
            yield "term_until", f"“任期至”应晚于“任命日期”（{self.appointed_on}）。"
        if self.appointed_on and self.published_on and self.published_on < self.appointed_on:
            yield "published_on", f"“公示日期”早于“任命日期”（{self.appointed_on}）。"

    def __str__(self):
        return f"{self.get_chief_level_display()} {self.person.name}"
