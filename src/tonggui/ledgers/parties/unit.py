"""单位台账: the bureau, its sections and stations, as a tree. Who belongs where decides which rows they see.

Basis: the bureau's own 三定 order; division codes by GB/T 2260, names as on the unit's seal.
"""

from django.db.models import TextChoices

from tonggui.register.declare import (
    Choice,
    Count,
    Integer,
    Ledger,
    Link,
    Number,
    Phone,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    Tree,
    anyone,
    derive,
)


class UnitKind(TextChoices):
    BUREAU = "bureau", "局机关"
    SECTION = "section", "内设股室"
    CENTRE = "centre", "事业中心"
    BRIGADE = "brigade", "执法大队"
    STATION = "station", "基层站所"


class Unit(Record):
    """One unit. `path` lists the numbers from the root down to it, so that a part of the tree is one comparison."""

    number = Number("DW{seq:04}")
    name = Text("单位名称", unique=True, max_length=60)
    kind = Choice(UnitKind, "类别")
    parent = Link("parties.Unit", "上级单位", optional=True)
    guided_by = Link("parties.Unit", "业务指导单位", optional=True, hint="行政隶属以外，业务上受其指导的单位")
    mark = Text("机关代字", optional=True, max_length=20, hint="文书编号所用，如“示交”；下级单位不填则用上级的")
    path = Text("层级", optional=True, max_length=200, index=True)
    head = Text("单位负责人", optional=True, max_length=30)
    phone = Phone("电话", optional=True)
    staff = Integer("编制人数", unit="人", optional=True, least=0)

    class Flow(Standing, keeps="admin"):
        pass

    class Page(Ledger):
        title = "单位"
        columns = "number name kind parent head phone staff state"
        filters = "kind parent state"
        search = "number name head"
        names = "name"
        form = [Section("单位", "name kind parent guided_by mark"), Section("联系", "head phone staff")]
        read = {"county": anyone}
        write = {"admin": anyone}
        imports = Sheet("单位导入模板", key="name", columns="kind parent guided_by mark head phone staff")
        exports = "number name kind parent guided_by mark head phone staff state"
        sort = "path"
        pictures = (Tree("组织结构", parent="parent", note="head phone"),)
        example = dict(name="示例县交通运输局", kind=UnitKind.BUREAU, mark="示交", head="赵示例", staff=42)

    class Measures:
        units = Count("单位", unit="个")

    @derive("number", always=True)
    def derive_path(self):
        """/DW0001/DW0004/: the parent's path and the unit's own number."""
        return f"{self.parent.path if self.parent else '/'}{self.number}/"

    def faults(self):
        """A unit is not below itself, and only a leaf may move, so that no path below it goes stale."""
        if self.parent and self.pk and self.parent.path.startswith(self.path):
            yield "parent", "“上级单位”是本单位自己或其下级，请另选。"
        elif self.pk and self.loaded.get("parent") not in (None, self.parent_id) and self.has_children():
            yield "parent", "本单位还有下级单位，不能改换上级。请先移走下级单位。"
        if self.guided_by_id is not None and self.guided_by_id in (self.pk, self.parent_id):
            yield "guided_by", "“业务指导单位”应是上级单位以外的另一单位。"

    def has_children(self):
        """Whether other units hang below this one."""
        return Unit._base_manager.filter(parent=self.pk).exists()

    def __str__(self):
        return self.name
