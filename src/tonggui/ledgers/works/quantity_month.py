"""形象进度台账: how much of each item was done in each month.

Basis: the monthly 形象进度 return (公路建设项目形象进度 form of the investment statistics). The sum of the months never
exceeds the design unless a 设计变更 stands in the list of quantities; only confirmed months move the item's total.
"""

from decimal import Decimal

from django.db.models import Sum as SqlSum

from tonggui.register.actor import acting
from tonggui.register.declare import (
    Amount,
    Bars,
    Confirming,
    Count,
    Ledger,
    Link,
    LongText,
    Month,
    Move,
    Number,
    Photos,
    Record,
    Section,
    Sheet,
    Sum,
    anyone,
)


def add_up(row, actor) -> None:
    """The item's total is the sum of its confirmed months."""
    item = row.quantity_item
    item.done_quantity = _confirmed(row.months())
    with acting(actor, f"{row.month:%Y-%m}形象进度 {row.state_now.label}", action="system"):
        item.save()


def why_not_approve(row) -> str:
    """No more is done than was designed or changed."""
    item = row.quantity_item
    total = _confirmed(row.months().exclude(pk=row.pk)) + row.done_month
    if total > item.allowed:
        return f"累计 {total:f} 大于设计数量 {item.allowed:f}。确有设计变更的，先在工程量清单登记变更文号。"
    return ""


def _confirmed(months) -> Decimal:
    return months.filter(state="confirmed").aggregate(all=SqlSum("done_month"))["all"] or Decimal(0)


class QuantityMonth(Record):
    """One item in one month."""

    number = Number("XX{year}{seq:05}", year_of="month")
    quantity_item = Link("works.Quantity", "工程量项")
    month = Month("月份", index=True)
    done_month = Amount("本月完成数量", places=3, least=0)
    signing_engineer = Link("parties.Person", "签认监理工程师", optional=True)
    site_note = LongText("施工部位", optional=True)
    photos = Photos("部位照片")

    def months(self):
        """All months of the item."""
        return QuantityMonth._base_manager.filter(quantity_item=self.quantity_item_id)

    class Flow(Confirming, enters="project_officer", checks="director"):
        approve = Move(
            Confirming.submitted >> Confirming.confirmed,
            "审核通过",
            by="director",
            not_same_as="submit",
            check=why_not_approve,
            then=add_up,
        )
        amend = Move(
            Confirming.confirmed >> Confirming.amending, "更正", by="project_officer", comment=True, then=add_up
        )
        cancel = Move(
            (Confirming.draft | Confirming.submitted | Confirming.amending | Confirming.confirmed) >> Confirming.void,
            "作废",
            by="director",
            comment=True,
            then=add_up,
        )

    class Page(Ledger):
        title = "形象进度月报"
        menu = "项目建设"
        columns = "number quantity_item month done_month signing_engineer site_note state"
        filters = "month quantity_item state"
        search = "number quantity_item__name site_note"
        form = [
            Section("本月完成", "quantity_item month done_month signing_engineer"),
            Section("部位", "site_note photos"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "director": anyone}
        imports = Sheet("形象进度导入模板", key="quantity_item month", columns="done_month signing_engineer site_note")
        exports = "number quantity_item month done_month signing_engineer site_note state"
        sort = "-month"
        pictures = (Bars("各月完成", by="month", of="done_month"),)
        example = dict(quantity_item=None, month="2026-06", done_month="16", site_note="3号至6号墩")

    class Measures:
        months = Count("形象进度月份", on="month", unit="个")
        done = Sum("done_month", "本期完成工程量", on="month")

    class Meta:
        unique_together = [("quantity_item", "month")]

    def __str__(self):
        return f"{self.quantity_item} {self.month:%Y-%m}"
