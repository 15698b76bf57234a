"""挂牌督办: a major hazard put on the county's, the city's or the province's list, urged on until it is written off.

Basis: 安全生产法 第四十一条第三款 (a county department supervises the removal of major hazards);
公路水运工程生产安全重大事故隐患挂牌督办制度(暂行) for the order of steps: verified, notice served, urged, written off.
"""

from django.db.models import Q, TextChoices
from django.utils.text import Truncator

from tonggui.base import clock
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Paper,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.responsibility import LISTING_LEAD

NOTICE = """{enterprise}：

经核实，你单位存在以下重大事故隐患：{hazard.content}。依据：{hazard.criterion}。

现决定对该隐患实施{level}挂牌督办，要求如下：{requirement}

整改期限至{due_on}。请落实整改责任、措施、资金、时限和预案，整改完成后书面申请核销。

【督办领导：{leader}。】"""


class Level(TextChoices):
    COUNTY = "county", "县级"
    CITY = "city", "市级"
    PROVINCE = "province", "省级"


class Listing(Record):
    """One hazard on the list; its own ledger keeps what is done to the hazard, this one who urges and until when."""

    number = Number("GP{year}{seq:03}", year_of="listed_on")
    hazard = Link("safety.Hazard", "督办隐患")
    enterprise = Link("parties.Enterprise", "企业", optional=True)
    level = Choice(Level, "督办级别", default=Level.COUNTY)
    notice_no = Text("督办通知书号", optional=True, max_length=40)
    listed_on = Day("挂牌日期", index=True)
    requirement = LongText("督办要求")
    due_on = Day("督办期限")
    leader = Link("parties.Person", "督办领导")
    progress = LongText("最新进展", optional=True)
    progress_on = Day("进展日期", optional=True)
    acceptance = Files("核销材料")
    lifted_on = Day("摘牌日期", optional=True)

    @derive("hazard")
    def derive_enterprise(self):
        return self.hazard.enterprise

    class Flow(Workflow):
        proposed = State("待批准", start=True)
        listed = State("督办中", due="due_on", confirmed=True)
        asked = State("待核销", due="due_on", confirmed=True)
        lifted = State("已摘牌", final=True, confirmed=True)
        refused = State("不予挂牌", final=True, tone="void")

        approve = Move(
            proposed >> listed, "批准挂牌", by="director", numbers={"notice_no": "{bureau}督办〔{year}〕{seq}号"}
        )
        refuse = Move(proposed >> refused, "不予挂牌", by="director", comment=True)
        report = Move(
            listed >> listed,
            "报送进展",
            by=("enterprise", "safety_officer"),
            needs=("progress",),
            takes=("progress",),
            sets={"progress_on": clock.today},
        )
        ask = Move(
            listed >> asked,
            "申请核销",
            by=("enterprise", "safety_officer"),
            needs=("acceptance",),
            takes=("acceptance",),
        )
        lift = Move(
            asked >> lifted,
            "核销摘牌",
            by="safety_officer",
            sets={"lifted_on": clock.today},
            not_same_as="ask",
            check=lambda listing: "" if listing.hazard.state == "closed" else "隐患还没有复查销号。",
        )
        keep = Move(asked >> listed, "继续督办", by="safety_officer", comment=True)

    class Page(Ledger):
        title = "挂牌督办"
        columns = "number hazard enterprise level listed_on due_on leader progress_on state"
        filters = "listed_on unit state level enterprise due_on"
        search = "number notice_no hazard__number enterprise__name"
        form = [
            Section("督办", "hazard level listed_on due_on leader requirement"),
            Section("进展", "notice_no progress progress_on acceptance lifted_on"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"safety_officer": within_unit}
        imports = Sheet("挂牌督办导入模板", columns="hazard level listed_on requirement due_on leader")
        exports = (
            "number hazard enterprise level notice_no listed_on requirement due_on leader progress progress_on "
            "lifted_on state"
        )
        unit_from = "hazard"
        watches = (Watch("due_on", "挂牌督办到期", lead=LISTING_LEAD, where=Q(state__in=("listed", "asked"))),)
        papers = (
            Paper(
                "重大事故隐患挂牌督办通知书",
                NOTICE,
                number="notice_no",
                to="enterprise",
                states="listed asked lifted",
                copies="存根、被督办单位",
            ),
        )
        example = dict(
            hazard=None,
            listed_on="2026-10-08",
            requirement="停用相关车辆，更换后经检验合格方可恢复",
            due_on="2026-10-31",
            leader=None,
        )

    class Measures:
        listed = Count("挂牌督办重大隐患", on="listed_on", unit="处")
        lifted = Count("摘牌重大隐患", on="lifted_on", where=Q(state="lifted"), unit="处")

    def faults(self):
        """Only a major hazard that is still open is listed; its deadline is not before the day of listing."""
        if self.hazard_id and self.hazard.grade != "major":
            yield "hazard", "只有重大隐患才挂牌督办。"
        if self.due_on and self.listed_on and self.due_on < self.listed_on:
            yield "due_on", "“督办期限”早于挂牌日期。"

    def __str__(self):
        return f"{self.number} {Truncator(self.hazard.content).chars(22)}"
