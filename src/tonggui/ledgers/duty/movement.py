"""物资出入库台账: what comes into a depot, is issued, returned, scrapped or counted anew; the stock is what they
leave.

Basis: 生产安全事故应急条例 第十三条; a movement is entered by the keeper and posted by another person, and none may
be posted that would leave less than nothing.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Choice,
    Day,
    Handheld,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Workflow,
    anyone,
    derive,
    within_unit,
)


class MovementKind(TextChoices):
    IN = "in", "入库"
    ISSUE = "issue", "领用"
    RETURN = "return", "归还"
    SCRAP = "scrap", "报废"
    SURPLUS = "surplus", "盘盈"
    LOSS = "loss", "盘亏"


_OUT = (MovementKind.ISSUE, MovementKind.SCRAP, MovementKind.LOSS)


class SupplyMovement(Record):
    """One movement of one kind of thing."""

    number = Number("CR{year}{seq:05}", year_of="moved_on")
    supply = Link("duty.Supply", "应急物资")
    kind = Choice(MovementKind, "出入库类别")
    quantity = Integer("出入库数量", least=1, most=10_000_000)
    change = Integer("库存变动", optional=True)
    moved_on = Day("出入库日期", index=True)
    taker = Link("parties.Person", "经手人员")
    purpose = Text("用途", max_length=80, hint="采购批次、领用事由、报废原因")
    response = Link("duty.Response", "应急响应", optional=True)
    issue = Link("duty.SupplyMovement", "原领用单", optional=True, hint="归还时填写")
    photos = Photos("出入库照片")

    @derive("kind", "quantity", always=True)
    def derive_change(self):
        """The quantity, below zero for what goes out."""
        return -self.quantity if self.kind in _OUT else self.quantity

    def why_not_post(self) -> str:
        """Nothing goes out that is not there, and no more comes back than was issued."""
        there = self.supply.stock_now()
        if there + self.change < 0:
            return f"{self.supply.name}现有库存 {there} {self.supply.counted_in}，不足 {self.quantity}。"
        if self.issue:
            returned = SupplyMovement._base_manager.filter(issue=self.issue_id, state="posted").exclude(pk=self.pk)
            left = self.issue.quantity - sum(returned.values_list("quantity", flat=True))
            if self.quantity > left:
                return f"原领用单还有 {left} {self.supply.counted_in}未归还，不能归还 {self.quantity}。"
        return ""

    def why_not_cancel(self) -> str:
        """What came in and has gone out again cannot be taken back."""
        if self.state == "posted" and self.supply.stock_now() - self.change < 0:
            return "这批物资已被领用，作废后库存将成负数。请先办理归还。"
        return ""

    def tell_supply(self) -> None:
        """The stock is computed again when the supply is written."""
        self.supply.save()

    class Flow(Workflow):
        draft = State("待过账", start=True)
        posted = State("已过账", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        post = Move(
            draft >> posted,
            "过账",
            by=("duty_officer", "director"),
            check=lambda movement: movement.why_not_post(),
            then=lambda movement, actor: movement.tell_supply(),
        )
        cancel = Move(
            (draft | posted) >> void,
            "作废",
            by="director",
            comment=True,
            check=lambda movement: movement.why_not_cancel(),
            then=lambda movement, actor: movement.tell_supply(),
        )

    class Page(Ledger):
        title = "物资出入库"
        columns = "number moved_on supply kind quantity change taker purpose response state"
        filters = "moved_on supply kind state response unit"
        search = "number purpose supply__name"
        form = [
            Section("物资", "supply kind quantity moved_on"),
            Section("经手", "taker purpose response issue photos"),
        ]
        read = {"county": anyone}
        write = {"duty_officer": anyone, "road_officer": within_unit, "water_officer": within_unit}
        imports = Sheet("物资出入库导入模板", columns="supply kind quantity moved_on taker purpose")
        exports = "number supply kind quantity change moved_on taker purpose response issue state"
        sort = "-moved_on"
        unit_from = "supply"
        handheld = Handheld("物资出入库", "supply kind quantity moved_on taker purpose photos")
        example = dict(
            supply=None, kind=MovementKind.IN, quantity=60, moved_on="2026-03-10", taker=None, purpose="年度补充采购"
        )

    class Measures:
        taken_in = Sum("quantity", "物资入库", on="moved_on", where=Q(kind="in"))
        issued = Sum("quantity", "物资领用", on="moved_on", where=Q(kind="issue"))
        scrapped = Sum("quantity", "物资报废", on="moved_on", where=Q(kind="scrap"))

    def faults(self):
        """A return names the issue it belongs to, of the same supply."""
        if self.issue and self.kind != MovementKind.RETURN:
            yield "issue", "只有归还才填原领用单。"
        elif self.issue and (self.issue.supply_id != self.supply_id or self.issue.kind != MovementKind.ISSUE):
            yield "issue", "原领用单应是同一物资的领用单。"

    def __str__(self):
        return f"{self.get_kind_display()} {self.supply.name} {self.quantity}"
