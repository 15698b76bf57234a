"""申辩意见台账: each argument of the party in an overload case, and how it was answered.

Basis: 行政处罚法 (2021) 第四十五条: the party may state and defend; facts, reasons and evidence it brings are checked,
and what stands is adopted; nothing is made heavier for it. No decision is made while an argument is unanswered.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Board,
    Choice,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Record,
    Section,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    derive,
)
from tonggui.statutes.overloading.handling import ARGUMENT_ANSWER


class Verdict(TextChoices):
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    REJECTED = "rejected", "不采纳"


class Argument(Record):
    """One argument. What is said in one letter for three reasons is three rows."""

    number = Number("SB{year}{seq:05}", year_of="argued_on")
    overload_case = Link("overload.Case", "超限案件")
    argued_on = Day("提出申辩日期", index=True)
    argued_by = Text("申辩人", max_length=40)
    argument = LongText("申辩意见")
    argument_files = Files("申辩材料")
    weigh_by = Day("应复核申辩日期", optional=True)
    verdict_given = Choice(Verdict, "采纳情况", optional=True)
    verdict_reason = LongText("采纳或者不采纳的理由", optional=True, hint="逐项写明复核的事实、证据和结论")
    weighed_on = Day("申辩复核日期", optional=True)

    @derive("argued_on")
    def derive_weigh_by(self):
        return ARGUMENT_ANSWER.due(self.argued_on)

    def faults(self):
        """Answered after it was made."""
        if self.weighed_on and self.weighed_on < self.argued_on:
            yield "weighed_on", f"“申辩复核日期”早于提出申辩日期 {self.argued_on}。"

    class Flow(Workflow):
        argued = State("待复核申辩", start=True, due="weigh_by")
        weighed = State("已复核申辩", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        weigh = Move(
            argued >> weighed,
            "复核申辩",
            by=("overload_officer", "legal_officer"),
            takes=("verdict_given", "verdict_reason", "weighed_on"),
            needs=("verdict_given", "verdict_reason", "weighed_on"),
        )
        cancel = Move(argued >> void, "作废", by="overload_officer", comment=True)

    class Page(Ledger):
        title = "申辩意见"
        menu = "治超管理"
        columns = "number overload_case argued_on argued_by argument weigh_by verdict_given weighed_on state"
        filters = "argued_on unit verdict_given state weigh_by"
        search = "number argued_by argument"
        names = "number"
        form = [
            Section("申辩", "overload_case argued_on argued_by argument argument_files"),
            Section("复核", "weigh_by verdict_given verdict_reason weighed_on"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone, "legal_officer": anyone}
        exports = "number overload_case argued_on argued_by argument verdict_given verdict_reason weighed_on unit state"
        sort = "-argued_on"
        unit_from = "overload_case"
        watches = (Watch("weigh_by", "申辩意见应复核", lead=2, where=Q(state="argued"), basis="行政处罚法第四十五条"),)
        pictures = (Board("复核情况", by="state", card="argued_by verdict_given weigh_by"),)
        example = dict(
            overload_case=None,
            argued_on="2026-06-05",
            argued_by="钱示例",
            argument="称车辆装有空气悬架，限值应当增加一吨（示例）。",
        )

    class Measures:
        argued = Count("提出申辩", on="argued_on", confirmed=False, unit="条")
        adopted = Count("采纳申辩", on="weighed_on", where=Q(verdict_given__in=("adopted", "partly")), unit="条")

    def __str__(self):
        return f"{self.number} {self.argued_by}"


def unanswered(case) -> list[str]:
    """Numbers of a case's arguments that nobody has weighed yet."""
    return list(Argument._base_manager.filter(overload_case=case, state="argued").values_list("number", flat=True))
