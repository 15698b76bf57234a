"""涉路施工许可台账: works that others do on, over, under or beside a road, from application to acceptance.

Basis: 公路安全保护条例 第二十七条 (what needs a permit), 第二十八条 (three documents; decision within 20 days of
acceptance; the police agree where traffic is affected), 第二十九条 (acceptance after the works).
"""

from itertools import pairwise

from django.db.models import F, Q, TextChoices

from tonggui.ledgers.roads.permit_flow import Material, PermitFlow
from tonggui.ledgers.roads.stakes import order_faults
from tonggui.register.declare import (
    Choice,
    Choices,
    Count,
    Day,
    Files,
    Flag,
    FollowUp,
    Ledger,
    Link,
    LongText,
    Number,
    Phone,
    Place,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    anyone,
    derive,
)
from tonggui.statutes.roads import PERMIT_DECISION


class PermitKind(TextChoices):
    OCCUPY = "occupy", "占用、挖掘公路或改线"
    CROSS = "cross", "跨越、穿越公路"
    LAY = "lay", "公路用地内架设埋设"
    ATTACH = "attach", "利用桥隧涵铺设"
    SIGN = "sign", "悬挂非公路标志"
    JUNCTION = "junction", "增设改造平交道口"
    ZONE = "zone", "控制区内埋设"


STEPS = ("applied_on", "accepted_on", "decided_on", "works_from", "works_until")


class Permit(Record):
    """One application and the works it was for."""

    number = Number("SG{year}{seq:04}", year_of="applied_on")
    kind = Choice(PermitKind, "涉路施工类别")
    applicant = Text("申请单位", max_length=80)
    enterprise = Link("parties.Enterprise", "施工单位", optional=True)
    phone = Phone("联系电话", optional=True)
    section = Link("roads.Section", "路段")
    road = Link("roads.Road", "路线", optional=True)
    start_stake = Text("起点桩号", optional=True, max_length=16, hint="如 K12+345")
    end_stake = Text("止点桩号", optional=True, max_length=16, hint="如 K15+020")
    place = Place("位置", optional=True)
    content = LongText("施工内容")
    materials = Choices(Material, "申请材料", optional=True)
    documents = Files("材料扫描件")
    affects_traffic = Flag("影响交通安全", hint="须征得公安机关交通管理部门同意")
    police_agreed_on = Day("公安交管同意日期", optional=True)
    applied_on = Day("许可申请日期")
    accepted_on = Day("受理日期", optional=True)
    decide_by = Day("应作出决定日期", optional=True)
    decided_on = Day("决定日期", optional=True)
    permit_no = Text("许可决定书号", optional=True, max_length=40)
    works_from = Day("许可施工起始日期", optional=True)
    works_until = Day("许可施工截止日期", optional=True)
    protection = LongText("防护措施", optional=True)
    works_passed_on = Day("工程验收日期", optional=True)
    restoration = LongText("路产恢复情况", optional=True, hint="恢复后的路产不低于原有技术标准")

    @derive("section")
    def derive_road(self):
        return self.section.road

    @derive("accepted_on")
    def derive_decide_by(self):
        return PERMIT_DECISION.due(self.accepted_on)

    class Flow(PermitFlow):
        pass

    class Page(Ledger):
        title = "涉路施工许可"
        columns = "number applied_on applicant kind section decide_by works_from works_until permit_no state"
        filters = "applied_on works_until road state kind section decide_by affects_traffic"
        search = "number applicant permit_no content"
        names = "number"
        form = [
            Section("申请", "kind applicant enterprise phone applied_on materials documents"),
            Section("施工", "section road start_stake end_stake place content affects_traffic protection"),
            Section("审查", "accepted_on decide_by police_agreed_on"),
            Section("决定", "decided_on permit_no works_from works_until"),
            Section("验收", "works_passed_on restoration"),
        ]
        read = {"county": anyone}
        write = {"road_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "涉路施工许可导入模板",
            columns=(
                "kind applicant enterprise phone section start_stake end_stake content materials affects_traffic "
                "police_agreed_on applied_on accepted_on decided_on permit_no works_from works_until"
            ),
        )
        exports = (
            "number kind applicant enterprise section road start_stake end_stake content affects_traffic applied_on "
            "accepted_on decide_by decided_on permit_no works_from works_until works_passed_on restoration state"
        )
        sort = "-applied_on"
        unit_from = "section"
        map = "place"
        watches = (
            Watch("decide_by", "涉路施工许可决定到期", lead=5, where=Q(state="reviewing")),
            Watch("works_until", "许可施工期届满", lead=10, where=Q(state="licensed")),
        )
        follow_ups = (
            FollowUp(
                "roads.closure", "办理封闭", {"road_permit": "self", "road": "road", "section": "section"}, "licensed"
            ),
        )
        example = dict(
            kind=PermitKind.CROSS,
            applicant="示例供水有限公司",
            section=None,
            start_stake="K2+100",
            end_stake="K2+140",
            content="顶管穿越埋设DN600供水管",
            materials="design,safety,emergency",
            affects_traffic=False,
            applied_on="2026-04-07",
        )

    class Measures:
        applied = Count(
            "受理涉路施工", on="accepted_on", where=~Q(state__in=("applied", "void")), confirmed=False, unit="件"
        )
        licensed = Count("准予涉路施工", on="decided_on", where=~Q(state="denied"), unit="件")
        in_time = Count("按期决定涉路施工", on="decided_on", where=Q(decided_on__lte=F("decide_by")), unit="件")
        works_passed = Count("验收涉路施工", on="works_passed_on", unit="件")

    def faults(self):
        """Steps follow one another."""
        yield from order_faults(self)
        dated = [name for name in STEPS if getattr(self, name)]
        for earlier, later in pairwise(dated):
            if getattr(self, later) < getattr(self, earlier):
                yield later, f"“{self.kinds[later].label}”早于“{self.kinds[earlier].label}”。"

    def __str__(self):
        return f"{self.number} {self.applicant}"
