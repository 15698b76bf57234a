"""专项行动: the campaigns of the trade (百日行动, 安全生产月, 打非治违), each once, with its plan, dates and goals.

What a campaign claims in a summary (meetings, outings, people, hazards) is never typed here: inspections, operations,
meetings and hazards name their campaign, and are counted. Basis: the superior's plan of the campaign and the bureau's
own.
"""

from django.db.models import TextChoices

from tonggui.ledgers.safety.domains import Domain
from tonggui.register.declare import (
    Bars,
    Calendar,
    Choice,
    Choices,
    Count,
    Day,
    Files,
    FollowUp,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    within_unit,
)
from tonggui.statutes.responsibility import CAMPAIGN_LEAD


class CampaignKind(TextChoices):
    RECTIFICATION = "rectification", "专项整治"
    INSPECTION = "inspection", "大检查大排查"
    SEASON = "season", "重点时段保障"
    PUBLICITY = "publicity", "宣传教育活动"
    CRACKDOWN = "crackdown", "打非治违"
    REFORM = "reform", "专题攻坚"


class Campaign(Record):
    """One campaign. A part of a larger one (三年行动 and its 专题) names it."""

    number = Number("ZX{year}{seq:03}", year_of="starts_on")
    name = Text("行动名称", unique=True, max_length=60)
    kind = Choice(CampaignKind, "类别")
    domains = Choices(Domain, "涉及领域")
    whole = Link("safety.Campaign", "所属行动", optional=True, hint="专题写明属于哪个总行动")
    order_no = Text("部署文号", optional=True, max_length=60, hint="上级或本局部署文件的文号")
    leader = Link("parties.Person", "牵头领导", optional=True)
    starts_on = Day("行动开始日期", index=True)
    ends_on = Day("行动结束日期")
    goals = LongText("目标任务")
    plan = Files("实施方案")
    summary = LongText("行动总结", optional=True, hint="做法、成效、问题；数字由台账统计，不在这里填写")

    class Flow(Workflow):
        planned = State("筹备", start=True)
        running = State("进行中", due="ends_on", confirmed=True)
        summarised = State("已总结", final=True, confirmed=True)
        dropped = State("取消", final=True, tone="void")

        launch = Move(
            planned >> running, "启动", by=("safety_officer", "enforcement_officer"), needs=("plan",), takes=("plan",)
        )
        conclude = Move(
            running >> summarised,
            "总结",
            by=("safety_officer", "enforcement_officer"),
            needs=("summary",),
            takes=("summary",),
        )
        drop = Move((planned | running) >> dropped, "取消", by="director", comment=True)

    class Page(Ledger):
        title = "专项行动"
        columns = "number name kind domains starts_on ends_on unit leader state"
        filters = "starts_on unit state kind domains whole"
        search = "number name order_no"
        names = "name"
        form = [
            Section("行动", "name kind domains whole order_no"),
            Section("时间与责任", "starts_on ends_on unit leader"),
            Section("内容", "goals plan summary"),
        ]
        read = {"county": anyone}
        write = {"safety_officer": within_unit, "enforcement_officer": within_unit, "clerk": within_unit}
        imports = Sheet("专项行动导入模板", key="name", columns="kind domains order_no unit starts_on ends_on goals")
        exports = "number name kind domains whole order_no unit leader starts_on ends_on goals summary state"
        sort = "-starts_on"
        watches = (Watch("ends_on", "专项行动到期应总结", lead=CAMPAIGN_LEAD),)
        pictures = (
            Calendar("日历", on="starts_on", until="ends_on", text="name"),
            Bars("各类行动", by="kind", stack="state"),
        )
        follow_ups = (
            FollowUp("safety.inspection", "登记检查", {"campaign": "self"}, states="running"),
            FollowUp("safety.hazard", "登记隐患", {"campaign": "self"}, states="running"),
        )
        example = dict(
            name="道路运输安全整治百日行动（示例）",
            kind=CampaignKind.RECTIFICATION,
            domains=[Domain.ROAD, Domain.STATION],
            starts_on="2026-03-01",
            ends_on="2026-06-08",
            goals="两客一危企业检查全覆盖，重大隐患动态清零",
        )

    class Measures:
        run = Count("开展专项行动", on="starts_on", unit="项")

    def faults(self):
        """A campaign ends after it began, and a part lies within its whole."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            yield "ends_on", "“行动结束日期”早于开始日期。"
        if self.whole and self.whole_id == self.pk:
            yield "whole", "“所属行动”不能是自己。"
        elif self.whole and self.starts_on and self.ends_on and not self.is_within(self.whole):
            yield "whole", f"起止日期超出了“{self.whole.name}”的 {self.whole.starts_on} 至 {self.whole.ends_on}。"

    def is_within(self, whole):
        return whole.starts_on <= self.starts_on and self.ends_on <= whole.ends_on

    def __str__(self):
        return self.name
