"""检查台账: one visit of inspectors to one place, with who went and how many vehicles they took.

Basis: 安全生产法 (2021) 第六十八条, time, place, content and findings are recorded in writing and signed by both sides;
第六十九条 for joint inspections. The counts of people and vehicles sent (人次, 车次) of every summary come from here:
each visit counts its own people, and a joint visit is one visit. Where the inspected side refuses to sign, 第六十八条
has the inspectors write that down.
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.safety.domains import Domain
from tonggui.ledgers.safety.papers import VISIT
from tonggui.register.declare import (
    Bars,
    Calendar,
    Choice,
    Confirming,
    Count,
    Day,
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
    own,
    within_unit,
)


class InspectionKind(TextChoices):
    ROUTINE = "routine", "日常检查"
    SPECIAL = "special", "专项检查"
    HOLIDAY = "holiday", "节前检查"
    SEASONAL = "seasonal", "季节性检查"
    UNANNOUNCED = "unannounced", "四不两直"
    RECHECK = "recheck", "复查"


class Inspection(Record):
    """One visit. Hazards found on it stand in the hazard ledger and name it."""

    number = Number("JCH{year}{seq:05}", year_of="visited_on")
    kind = Choice(InspectionKind, "检查类型")
    domain = Choice(Domain, "领域")
    campaign = Link("safety.Campaign", "专项行动", optional=True)
    enterprise = Link("parties.Enterprise", "受检企业", optional=True)
    subject = Text("受检对象", max_length=80, hint="企业、站场、路段或工地的名称")
    place = Place("位置", optional=True)
    visited_on = Day("检查日期", index=True)
    staff = Integer("出动人员", unit="人次", least=1, most=500)
    vehicles = Integer("出动车辆", unit="车次", least=0, most=200)
    inspectors = Text("检查人员", max_length=120, hint="执法检查不少于两人")
    partners = Text("联合单位", optional=True, max_length=120)
    hazards_found = Integer("发现问题", unit="处", least=0)
    findings = LongText("检查情况", optional=True)
    photos = Photos("检查照片")
    inspector_signature = Photos("检查人员签名")
    inspected_signature = Photos("受检单位签名")
    refused_to_sign = Text("拒签情况", optional=True, max_length=120, hint="受检单位负责人拒绝签字的，写明经过")

    class Flow(
        Confirming, enters=("safety_officer", "clerk", "overload_officer"), checks=("director", "safety_officer")
    ):
        pass

    class Page(Ledger):
        title = "安全检查"
        menu = "安全监管"
        columns = "number visited_on kind domain subject staff vehicles hazards_found unit state"
        filters = "visited_on unit state kind domain campaign"
        search = "number subject inspectors campaign__name"
        names = "subject"
        form = [
            Section("检查", "kind domain campaign visited_on enterprise subject place"),
            Section("出动", "unit staff vehicles inspectors partners"),
            Section("结果", "hazards_found findings photos"),
            Section("签名", "inspector_signature inspected_signature refused_to_sign"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {
            "safety_officer": within_unit,
            "clerk": within_unit,
            "overload_officer": within_unit,
            "director": anyone,
        }
        imports = Sheet(
            "安全检查导入模板",
            columns=(
                "kind domain campaign visited_on enterprise subject staff vehicles inspectors partners "
                "hazards_found findings"
            ),
        )
        exports = (
            "number kind domain campaign visited_on enterprise subject staff vehicles inspectors partners "
            "hazards_found findings state"
        )
        sort = "-visited_on"
        map = "place"
        papers = (VISIT,)
        pictures = (
            Calendar("日历", on="visited_on", text="subject staff"),
            Bars("各月检查", by="visited_on", stack="domain"),
        )
        follow_ups = (
            FollowUp(
                "safety.hazard",
                "登记隐患",
                {
                    "inspection": "self",
                    "enterprise": "enterprise",
                    "domain": "domain",
                    "campaign": "campaign",
                    "found_on": "visited_on",
                    "inspectors": "inspectors",
                    "place": "place",
                },
            ),
        )
        handheld = Handheld(
            "安全检查",
            "kind domain campaign enterprise subject place visited_on staff vehicles inspectors partners findings "
            "hazards_found photos inspector_signature inspected_signature refused_to_sign",
            nearest="enterprise",
            signs="inspector_signature inspected_signature",
            then="submit",
        )
        example = dict(
            kind=InspectionKind.ROUTINE,
            domain=Domain.ROAD,
            subject="示例客运站",
            visited_on="2026-05-12",
            staff=4,
            vehicles=1,
            inspectors="孙示例、李示例",
            hazards_found=2,
        )

    class Measures:
        visits = Count("开展检查", on="visited_on", unit="次")
        staff = Sum("staff", "出动人员", on="visited_on")
        vehicles = Sum("vehicles", "出动车辆", on="visited_on")
        stations = Count("检查站场", on="visited_on", where=Q(domain=Domain.STATION), unit="次")

    def __str__(self):
        return f"{self.visited_on} {self.subject}"
