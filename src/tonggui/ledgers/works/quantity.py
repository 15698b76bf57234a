"""工程量清单: the items of a project that a dispatch report counts (桩基 根, 土方 万方), planned and done.

Basis: 建设工程质量管理条例 第三十七条: no quantity counts that the engineer has not signed. The plan is that of the
approved drawings; more is done only under a 设计变更 with its document. What was done comes from the monthly rows.
"""

from decimal import Decimal

from django.db.models import TextChoices

from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Confirming,
    Count,
    Day,
    FollowUp,
    Ledger,
    Link,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    column,
)


class WorkItem(TextChoices):
    EARTH = "earth", "土石方"
    SUBGRADE = "subgrade", "路基"
    BASE = "base", "路面基层"
    SURFACE = "surface", "路面面层"
    PILES = "piles", "桩基"
    PIERS = "piers", "墩柱"
    BEAMS = "beams", "梁板"
    TUNNEL = "tunnel", "隧道开挖"
    CONCRETE = "concrete", "混凝土"
    CULVERT = "culvert", "涵洞"
    GUARDRAIL = "guardrail", "护栏"
    BUILDING = "building", "房建主体"
    DREDGING = "dredging", "疏浚"
    OTHER = "other", "其他"


class Measured(TextChoices):
    PIECES = "pieces", "根"
    PLATES = "plates", "片"
    SITES = "sites", "座"
    KM = "km", "公里"
    METRES = "metres", "延米"
    SQUARE = "square", "平方米"
    CUBIC = "cubic", "立方米"
    CUBIC_WAN = "cubic_wan", "万立方米"
    TONNES = "tonnes", "吨"


class Quantity(Record):
    """One item of one project."""

    number = Number("GC{year}{seq:05}")
    project = Link("works.Project", "项目")
    work_item = Choice(WorkItem, "工程项")
    name = Text("工程项名称", max_length=60, hint="如 主桥桩基、K3+200至K5+000路基")
    measured_in = Choice(Measured, "计量单位")
    planned_quantity = Amount("设计数量", places=3, least=0)
    changed_quantity = Amount("变更后数量", places=3, least=0, optional=True)
    change_no = Text("设计变更文号", optional=True, max_length=60)
    design_changed_on = Day("设计变更日期", optional=True)
    weight = Amount("造价权重", unit="%", least=0, most=100, optional=True, total=False, hint="占建安费的比例")
    done_quantity = Amount("累计完成数量", places=3, least=0, default=Decimal(0), editable=False)

    @property
    def allowed(self) -> Decimal:
        """What may be done: as changed, where the change has its document, else as designed."""
        return self.planned_quantity if self.changed_quantity is None else self.changed_quantity

    @column("完成比例", unit="%")
    def done_rate(self):
        """Done of the quantity as designed or changed, one decimal."""
        return f"{self.done_quantity / self.allowed * 100:.1f}" if self.allowed else None

    def faults(self):
        """A changed quantity rests on a document, and is not below what is done."""
        if self.changed_quantity is not None and not self.change_no:
            yield "change_no", "数量变更须有设计变更文号。"
        if self.done_quantity > self.allowed:
            yield "changed_quantity", f"已累计完成 {self.done_quantity:f}，大于设计（变更后）数量。"

    class Flow(Confirming, enters="project_officer", checks="director"):
        pass

    class Page(Ledger):
        title = "工程量清单"
        menu = "项目建设"
        columns = "number project work_item name measured_in planned_quantity done_quantity done_rate state"
        filters = "project work_item state measured_in"
        search = "number name project__name change_no"
        names = "name"
        form = [
            Section("工程项", "project work_item name measured_in planned_quantity weight"),
            Section("设计变更", "changed_quantity change_no design_changed_on"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "director": anyone}
        imports = Sheet(
            "工程量清单导入模板",
            key="project name",
            columns="work_item measured_in planned_quantity weight changed_quantity change_no design_changed_on",
        )
        exports = (
            "number project work_item name measured_in planned_quantity weight changed_quantity "
            "change_no done_quantity "
            "done_rate state"
        )
        pictures = (Bars("各工程项", by="work_item", stack="state"),)
        follow_ups = (FollowUp("works.quantitymonth", "报本月数量", {"quantity_item": "self"}, states="confirmed"),)
        example = dict(
            project=None,
            work_item=WorkItem.PILES,
            name="示例大桥桩基",
            measured_in=Measured.PIECES,
            planned_quantity="128",
            weight="18.5",
        )

    class Measures:
        items = Count("工程项", unit="项")
        planned = Sum("planned_quantity", "设计工程量")
        allowed = Sum("changed_quantity", "设计（变更后）工程量", or_else="planned_quantity")
        done = Sum("done_quantity", "完成工程量")

    def __str__(self):
        return f"{self.project} {self.name}"
