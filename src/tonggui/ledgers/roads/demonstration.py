"""示范创建台账: towns, villages and roads that apply to be 四好农村路 examples, their scores and what they were named.

Basis: the yearly call for 四好农村路示范乡镇、示范村、示范路 and 最美农村路. The official score sheet was not found;
the five parts add up to 100 and their maxima are local parameters. One veto (a fatal liability accident, false data,
unpaid workers) ends an application.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.roads.demonstration_flow import SCORES, DemonstrationFlow
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Choices,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    Year,
    anyone,
    derive,
)
from tonggui.statutes.roads import DEMONSTRATION_PARTS, demonstration_review


class DemonstrationKind(TextChoices):
    TOWN = "town", "示范乡镇"
    VILLAGE = "village", "示范村"
    ROAD = "road", "示范路"
    BEAUTIFUL = "beautiful", "最美农村路"


class DemonstrationLevel(TextChoices):
    NATION = "nation", "国家级"
    PROVINCE = "province", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县级"


class Veto(TextChoices):
    ACCIDENT = "accident", "责任死亡事故"
    FALSE_DATA = "false_data", "数据造假"
    WAGES = "wages", "拖欠工资"


ROADS = (DemonstrationKind.ROAD, DemonstrationKind.BEAUTIFUL)


def part(label):
    """Points of one part of the score sheet."""
    return Amount(label, unit="分", places=1, optional=True, least=0, most=100, total=False)


class Demonstration(Record):
    """One application in one year's batch."""

    number = Number("SF{year}{seq:03}", year_of="declared_on")
    name = Text("创建名称", max_length=60)
    kind = Choice(DemonstrationKind, "创建类别")
    demonstration_level = Choice(DemonstrationLevel, "创建级别")
    batch = Year("创建年度")
    town = Link("parties.Town", "所在乡镇（村）")
    road = Link("roads.Road", "路线", optional=True)
    theme = Text("特色主题", optional=True, max_length=100, hint="如 产业路、旅游路、客货邮融合")
    declared_on = Day("申报日期")
    building_score = part("建设得分")
    management_score = part("管理得分")
    upkeep_score = part("养护得分")
    operation_score = part("运营得分")
    feature_score = part("特色得分")
    total_score = Amount("自评总分", unit="分", places=1, optional=True, total=False)
    vetoes = Choices(Veto, "否决事项", optional=True)
    evidence_files = Files("佐证材料")
    assessor = Text("创建评估人员", optional=True, max_length=60)
    named_on = Day("命名日期", optional=True)
    naming_no = Text("命名文号", optional=True, max_length=60)
    demonstration_review_by = Day("复核期限", optional=True)
    demonstration_reviewed_on = Day("复核日期", optional=True)

    @derive("declared_on", always=True)
    def derive_total_score(self):
        return sum(getattr(self, name) or 0 for name in SCORES)

    @derive("named_on")
    def derive_demonstration_review_by(self):
        return demonstration_review(self.named_on)

    class Flow(DemonstrationFlow):
        pass

    class Page(Ledger):
        title = "示范创建"
        columns = "number name kind demonstration_level batch town total_score named_on demonstration_review_by state"
        filters = "declared_on named_on town kind demonstration_level batch state"
        search = "number name theme naming_no"
        names = "name"
        form = [
            Section("创建", "name kind demonstration_level batch town road theme declared_on unit"),
            Section(
                "自评",
                "building_score management_score upkeep_score operation_score feature_score vetoes evidence_files",
            ),
            Section("结果", "assessor named_on naming_no demonstration_review_by demonstration_reviewed_on"),
        ]
        read = {"county": anyone, "road_chief": anyone}
        write = {"road_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "示范创建导入模板",
            columns=(
                "name kind demonstration_level batch town road theme declared_on building_score management_score "
                "upkeep_score operation_score feature_score assessor named_on naming_no"
            ),
        )
        exports = (
            "number name kind demonstration_level batch town road theme declared_on building_score management_score "
            "upkeep_score operation_score feature_score total_score named_on naming_no demonstration_review_by state"
        )
        sort = "-declared_on"
        watches = (Watch("demonstration_review_by", "示范复核到期", lead=60, where=Q(state="named")),)
        pictures = (Bars("各乡镇创建", by="town", stack="kind"),)
        example = dict(
            name="示例镇示范乡镇创建",
            kind=DemonstrationKind.TOWN,
            demonstration_level=DemonstrationLevel.CITY,
            batch=2026,
            town=None,
            theme="产业路带动果蔬外运",
            declared_on="2026-03-02",
            building_score="22.0",
            management_score="18.0",
            upkeep_score="22.5",
            operation_score="17.0",
            feature_score="8.0",
        )

    class Measures:
        towns = Count("创成示范乡镇", on="named_on", where=Q(kind="town", state="named"), unit="个")
        villages = Count("创成示范村", on="named_on", where=Q(kind="village", state="named"), unit="个")
        roads = Count("创成示范路", on="named_on", where=Q(kind__in=ROADS, state="named"), unit="条")
        named = Count("创成示范", on="named_on", where=Q(state="named"), unit="个")
        declared = Count("推荐示范创建", on="declared_on", unit="个")

    def faults(self):
        """Each part within its maximum, roads named, and no naming before the application."""
        for name, key in SCORES.items():
            most = DEMONSTRATION_PARTS.at(self.declared_on or clock.today(), key)
            if (getattr(self, name) or 0) > most:
                yield name, f"“{self.kinds[name].label}”最高 {most} 分。"
        if self.kind in ROADS and self.road is None:
            yield "road", "示范路、最美农村路须填写路线。"
        if self.named_on and self.named_on < self.declared_on:
            yield "named_on", f"“命名日期”早于申报日期 {self.declared_on}。"

    def __str__(self):
        return f"{self.batch} {self.name}"
