"""行政区划台账: the county's towns, villages and hamlets, as a tree.

Basis: GB/T 2260 for the county's code and GB/T 10114 for towns and villages below it. Roads, ferries, hamlets, chiefs
and boats all name their place here, so that "by town" means the same in every ledger.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Choice,
    Count,
    Integer,
    Ledger,
    Link,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    Tree,
    anyone,
)


class TownKind(TextChoices):
    TOWN = "town", "乡镇（街道）"
    VILLAGE = "village", "建制村（社区）"
    HAMLET = "hamlet", "自然村（组）"


class Town(Record):
    """One place of the administrative tree below the county."""

    number = Number("QH{seq:05}")
    name = Text("名称", unique=True, max_length=40, hint="村名与别处重名时，前面加乡镇名")
    kind = Choice(TownKind, "层次")
    parent = Link("parties.Town", "上级区划", optional=True)
    code = Text("区划代码", optional=True, max_length=15)
    households = Integer("户数", unit="户", optional=True, least=0)
    people = Integer("人口", unit="人", optional=True, least=0)
    place = Place("位置", optional=True)

    class Flow(Standing, keeps=("admin", "clerk")):
        pass

    class Page(Ledger):
        title = "行政区划"
        columns = "number name kind parent code households people state"
        filters = "kind parent state"
        search = "number name code"
        names = "name"
        form = [Section("区划", "name kind parent code"), Section("规模", "households people place")]
        read = {"county": anyone, "road_chief": anyone}
        write = {"admin": anyone, "clerk": anyone, "road_officer": anyone}
        imports = Sheet("行政区划导入模板", key="name", columns="kind parent code households people place")
        exports = "number name kind parent code households people place state"
        sort = "number"
        map = "place"
        pictures = (Tree("区划树", parent="parent", note="kind households people"),)
        example = dict(name="示例村示例组", kind=TownKind.HAMLET, households=26, people=108)

    class Measures:
        towns = Count("区划", unit="个")
        villages = Count("建制村（社区）", where=Q(kind=TownKind.VILLAGE, state="in_use"), unit="个")

    def faults(self):
        """A place does not lie below itself, and the three layers keep their order."""
        order = list(TownKind.values)
        if self.parent and self.parent_id == self.pk:
            yield "parent", "“上级区划”不能是自己。"
        elif self.parent and order.index(self.parent.kind) >= order.index(self.kind):
            yield "parent", f"{self.get_kind_display()}的上级不能是{self.parent.get_kind_display()}。"

    def __str__(self):
        return self.name
