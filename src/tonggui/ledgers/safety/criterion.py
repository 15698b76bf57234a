"""重大事故隐患判定标准: the items of the trades' lists by which a hazard is a major one, each with its days in force.

Basis: 安全生产法 第一百一十八条: the ministries write the lists. A hazard called major must rest on one item of a
list in force on the day it was found. The bureau enters the items from the lists' own text.
"""

from tonggui.ledgers.safety.domains import Domain
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Ledger,
    LongText,
    Number,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    anyone,
)


class Criterion(Record):
    """One item of one list."""

    number = Number("PD{seq:04}")
    name = Text("标准名称", max_length=80, hint="标准名称")
    document_no = Text("标准文号", max_length=60)
    item = Text("条款项", max_length=40, hint="如：第三条第二项")
    domain = Choice(Domain, "领域")
    content = LongText("判定情形")
    in_force_from = Day("启用日期")
    in_force_until = Day("失效日期", optional=True)

    class Flow(Standing, keeps=("safety_officer", "admin")):
        pass

    class Page(Ledger):
        title = "重大隐患判定标准"
        columns = "number name item domain content in_force_from in_force_until state"
        filters = "in_force_from domain state"
        search = "number name item content"
        names = "item"
        form = [
            Section("标准", "name document_no item domain"),
            Section("内容", "content in_force_from in_force_until"),
        ]
        read = {"county": anyone}
        write = {"safety_officer": anyone, "admin": anyone}
        imports = Sheet(
            "重大隐患判定标准导入模板",
            key="document_no item",
            columns="name domain content in_force_from in_force_until",
        )
        exports = "number name document_no item domain content in_force_from in_force_until state"
        sort = "number"
        example = dict(
            name="道路运输企业和城市客运企业安全生产重大事故隐患判定标准（试行）",
            document_no="交办运〔2023〕52号",
            item="第三条第一项",
            domain=Domain.ROAD,
            content="未取得经营许可或者超越许可事项、有效期从事经营的",
            in_force_from="2023-10-01",
        )

    class Measures:
        items = Count("在用判定条目", unit="条")

    def holds_on(self, day):
        """Whether the item was in force on a day."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)

    def faults(self):
        if self.in_force_until and self.in_force_from and self.in_force_until < self.in_force_from:
            yield "in_force_until", "“失效日期”早于启用日期。"

    def __str__(self):
        return f"{self.name} {self.item}"
