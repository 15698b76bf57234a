"""巡航台账: patrols on the water, alone or with 水务, 渔政, 公安 and others, and what they checked and found.

Basis: 内河交通安全管理条例 第五十九条 and 第六十条 (patrol of crowded waters and ferries); 长江保护法 第五十三条 for
the fishing ban, in which transport lends boats and eyes and hands clues over. A patrol with partners is one patrol of
this bureau.
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.parties.departments import Department
from tonggui.register.declare import (
    Amount,
    Choice,
    Choices,
    Confirming,
    Count,
    Day,
    Every,
    FollowUp,
    Handheld,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
)


class PatrolKind(TextChoices):
    ROUTINE = "routine", "日常巡航"
    FERRY = "ferry", "渡口巡查"
    FISHING_BAN = "fishing_ban", "禁捕巡查"
    FLOOD = "flood", "汛期巡查"
    NIGHT = "night", "夜间巡查"


class Patrol(Record):
    """One outing. Hazards found on it go on into the hazard ledger."""

    number = Number("XH{year}{seq:04}", year_of="patrolled_on")
    kind = Choice(PatrolKind, "巡航类别")
    patrolled_on = Day("巡航日期", index=True)
    partners = Choices(Department, "联合单位", optional=True)
    leading = Text("牵头单位", optional=True, max_length=40)
    waterway = Link("water.Waterway", "巡航航段", optional=True)
    route = Text("巡航路线", max_length=120, hint="起讫地点，途经渡口和码头")
    km = Amount("巡航里程", unit="km", optional=True, least=0)
    hours = Amount("巡航时长", unit="小时", optional=True, least=0, places=1)
    staff = Integer("出动人员", unit="人次", least=1, most=500)
    launches = Integer("出动船艇", unit="艘次", least=0, default=0)
    vehicles = Integer("出动车辆", unit="车次", least=0, default=0)
    boats_checked = Integer("检查船舶", unit="艘次", least=0)
    ferries_checked = Integer("检查渡口", unit="处次", least=0, default=0)
    unregistered_found = Integer("查获三无船舶", unit="艘", least=0, default=0)
    gear_removed = Integer("清理违规渔具", unit="具", least=0, default=0)
    taught = Integer("宣传教育", unit="人次", least=0, default=0)
    clues = Integer("移交线索", unit="件", least=0, default=0)
    clues_to = Text("线索移交单位", optional=True, max_length=40)
    hazards_found = Integer("发现问题", unit="处", least=0, default=0)
    findings = LongText("检查情况", optional=True)
    photos = Photos("巡航照片")
    place = Place("位置", optional=True)

    class Flow(Confirming, enters="water_officer", checks="director"):
        pass

    class Page(Ledger):
        title = "水上巡航"
        columns = "number patrolled_on kind partners route staff launches boats_checked hazards_found state"
        filters = "patrolled_on kind partners state waterway unit"
        search = "number route leading findings"
        names = "route"
        form = [
            Section("巡航", "kind patrolled_on partners leading waterway route km hours"),
            Section("出动", "staff launches vehicles unit"),
            Section("检查", "boats_checked ferries_checked hazards_found findings"),
            Section("禁捕和线索", "unregistered_found gear_removed taught clues clues_to"),
            Section("现场", "photos place"),
        ]
        read = {"county": anyone}
        write = {"water_officer": anyone}
        imports = Sheet(
            "水上巡航导入模板",
            columns=(
                "kind patrolled_on partners leading waterway route staff launches vehicles boats_checked "
                "ferries_checked unregistered_found gear_removed clues clues_to hazards_found findings"
            ),
        )
        exports = (
            "number kind patrolled_on partners leading waterway route km hours staff launches vehicles boats_checked "
            "ferries_checked unregistered_found gear_removed taught clues clues_to hazards_found findings state"
        )
        sort = "-patrolled_on"
        map = "place"
        duties = (
            Every("month", "水上巡航", on="patrolled_on", tell="water_officer", basis="内河交通安全管理条例第五十九条"),
            Every("quarter", "联合巡航", on="patrolled_on", where=~Q(partners=""), tell="water_officer"),
        )
        follow_ups = (
            FollowUp(
                "safety.hazard",
                "登记隐患",
                {"content": "findings", "found_on": "patrolled_on", "place": "place"},
            ),
        )
        handheld = Handheld(
            "水上巡航", "kind patrolled_on partners route staff launches boats_checked findings photos place"
        )
        example = dict(
            kind=PatrolKind.FISHING_BAN,
            patrolled_on="2026-04-16",
            partners="水务、渔政、公安",
            leading="示例县交通运输局",
            waterway=None,
            route="江口渡口至北桥码头",
            staff=9,
            launches=2,
            boats_checked=14,
            gear_removed=3,
            taught=26,
            hazards_found=1,
            findings="一艘渡船救生衣老化",
        )

    class Measures:
        patrols = Count("水上巡航", on="patrolled_on", unit="次")
        joint = Count("联合巡航", on="patrolled_on", where=~Q(partners=""), unit="次")
        staff = Sum("staff", "巡航出动人员", on="patrolled_on")
        boats_checked = Sum("boats_checked", "检查船舶", on="patrolled_on")
        unregistered = Sum("unregistered_found", "查获三无船舶", on="patrolled_on")
        gear = Sum("gear_removed", "清理违规渔具", on="patrolled_on")
        clues = Sum("clues", "移交线索", on="patrolled_on")
        hazards = Sum("hazards_found", "巡航发现问题", on="patrolled_on")

    def faults(self):
        """Clues went to somebody, findings are written down, and launches need people aboard."""
        if self.clues and not self.clues_to:
            yield "clues_to", "移交线索的，须填线索移交单位。"
        if self.hazards_found and not self.findings:
            yield "findings", "发现问题的，须写明检查情况。"
        if self.launches > self.staff:
            yield "launches", "“出动船艇”多于“出动人员”，请核对。"

    def __str__(self):
        return f"{self.patrolled_on} {self.route}"
