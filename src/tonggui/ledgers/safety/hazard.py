"""隐患台账: safety hazards found at transport businesses, from finding to closing.

Basis: 安全生产法 (2021) 第四十一条, 第六十五条第一款第三项 and 第一百零二条: hazards are found and treated, removed at
once or within a time limit; 交通运输安全生产事故隐患治理监督管理办法 for the two grades and the notice. A major hazard
has its five settled (五落实) before the notice goes out: responsibility, measures, funds, time limit, emergency plan.
"""

from datetime import date
from decimal import Decimal

from django.db.models import F, Q, TextChoices
from django.utils.text import Truncator

from tonggui.base import clock
from tonggui.ledgers.safety.domains import Domain, domain_of
from tonggui.ledgers.safety.hazard_flow import Grade, HazardFlow
from tonggui.ledgers.safety.papers import ORDER, REVIEW
from tonggui.ledgers.safety.repeats import last_like
from tonggui.register.declare import (
    Bars,
    Board,
    Choice,
    Count,
    Day,
    FollowUp,
    Handheld,
    Ledger,
    Link,
    LongText,
    Money,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Text,
    column,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.hazards import rectification_deadline


class Kind(TextChoices):
    PEOPLE = "people", "人员"
    THINGS = "things", "设施设备"
    SURROUNDINGS = "surroundings", "环境"
    MANAGEMENT = "management", "管理"


class Hazard(Record):
    """One hazard at one enterprise. It is struck off only by someone other than its fixer and its submitter."""

    number = Number("YH{year}{seq:05}", year_of="found_on")
    enterprise = Link("parties.Enterprise", "企业")
    domain = Choice(Domain, "领域")
    inspection = Link("safety.Inspection", "检查记录", optional=True, hint="在哪一次检查中发现")
    campaign = Link("safety.Campaign", "专项行动", optional=True)
    risk = Link("safety.Risk", "关联风险", optional=True, hint="哪一项风险的管控措施失效")
    grade = Choice(Grade, "等级")
    kind = Choice(Kind, "类别", default=Kind.THINGS)
    content = LongText("隐患内容")
    clause = Text("违反条款", optional=True)
    standard = Link("safety.Criterion", "判定标准", optional=True)
    criterion = Text("判定标准条目", optional=True, hint="重大隐患须注明所依据的判定标准条目")
    place = Place("位置", optional=True)
    found_on = Day("发现日期", index=True)
    found_photos = Photos("隐患照片")
    inspectors = Text("检查人员", optional=True)
    notice_no = Text("整改通知书号", optional=True, max_length=40, hint="留空时由系统编号")
    due_on = Day("整改期限", optional=True, index=True)
    responsible = Text("整改责任人", optional=True, max_length=30)
    measures = LongText("整改措施", optional=True)
    funds = Money("整改资金", optional=True, least=0)
    emergency_plan = LongText("应急预案", optional=True)
    fixed_on = Day("整改完成日期", optional=True)
    photos = Photos("整改照片")
    rechecked_on = Day("复查日期", optional=True)
    closed_on = Day("销号日期", optional=True, index=True)
    repeat_of = Link("safety.Hazard", "原隐患", optional=True, hint="同一企业同类隐患再次出现的，填原隐患编号")

    @derive("enterprise")
    def derive_domain(self):
        """The domain of the business, unless the officer has chosen another."""
        return domain_of(self.enterprise.business)

    @derive("grade", "found_on")
    def derive_due_on(self):
        """The deadline follows the grade, unless the officer has set one."""
        return rectification_deadline(self.grade, self.found_on)

    @derive("standard")
    def derive_criterion(self):
        """The words of the list's item on which the hazard rests."""
        return str(self.standard) if self.standard else ""

    @derive("inspection")
    def derive_campaign(self):
        """A hazard belongs to the campaign of the visit on which it was found."""
        return self.inspection.campaign if self.inspection else None

    @derive("enterprise", "standard", "clause", "found_on")
    def derive_repeat_of(self):
        """The last hazard of the same firm by the same item, within the months that make it a repeat."""
        return last_like(self)

    @column("每万元消除风险值")
    def risk_removed(self):
        """The risk's score for each 10,000 yuan that putting it right costs: what little money is best spent on."""
        if self.risk is None or not self.funds:
            return None
        return (self.risk.score / (self.funds / 10_000)).quantize(Decimal("0.1"))

    def prepare(self):
        """A hazard handed in as fixed without a day was fixed today."""
        if self.state == "fixed":
            self.fixed_on = self.fixed_on or clock.today()

    @column("逾期天数", unit="天")
    def overdue_days(self):
        """Whole days past the deadline, up to the closing day or today; None where no deadline is set."""
        return max(0, ((self.closed_on or clock.today()) - self.due_on).days) if self.due_on else None

    class Flow(HazardFlow):
        pass

    class Page(Ledger):
        title = "隐患台账"
        columns = "number enterprise domain grade content found_on due_on overdue_days unit state"
        filters = "found_on unit state domain grade enterprise due_on campaign"
        search = "number content notice_no enterprise__name"
        form = [
            Section("基本情况", "enterprise domain grade kind content clause standard criterion place repeat_of risk"),
            Section("发现", "found_on inspectors inspection campaign found_photos"),
            Section("整改", "notice_no due_on responsible measures funds emergency_plan photos"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"safety_officer": within_unit}
        imports = Sheet(
            "隐患导入模板",
            columns=(
                "enterprise domain grade kind content clause standard found_on inspectors campaign notice_no due_on "
                "responsible funds"
            ),
        )
        exports = (
            "number enterprise domain grade kind content clause standard found_on inspectors campaign notice_no due_on "
            "responsible funds risk_removed rechecked_on closed_on repeat_of state"
        )
        unit_from = "enterprise"
        map = "place"
        papers = (ORDER, REVIEW)
        pictures = (Board("整改看板", by="state", card="enterprise due_on"), Bars("各领域", by="domain", stack="grade"))
        follow_ups = (
            FollowUp("safety.listing", "挂牌督办", {"hazard": "self"}, states="found ordered fixed"),
            FollowUp("safety.extension", "申请延期", {"hazard": "self"}, states="ordered"),
        )
        handheld = Handheld(
            "登记隐患",
            "enterprise inspection grade kind content found_photos place found_on inspectors",
            moves="fix accept reject",
            nearest="enterprise",
        )
        example = dict(grade=Grade.MAJOR, enterprise=None, content="灭火器过期三具", found_on=date(2026, 10, 1))

    class Measures:
        found = Count("发现隐患", on="found_on", unit="处")
        major_found = Count("发现重大隐患", on="found_on", where=Q(grade=Grade.MAJOR), unit="处")
        repeated = Count("重复隐患", on="found_on", where=Q(repeat_of__isnull=False), unit="处")
        due = Count("到期隐患", on="due_on", unit="处")
        closed = Count("销号隐患", on="closed_on", where=Q(state="closed"), unit="处")
        closed_in_time = Count(
            "按期销号隐患", on="due_on", where=Q(state="closed", closed_on__lte=F("due_on")), unit="处"
        )

    def faults(self):
        """The order of days: found, then due, fixed, rechecked and closed; a repeated hazard has an earlier one."""
        for name in ("due_on", "fixed_on", "rechecked_on", "closed_on"):
            day = getattr(self, name)
            if day and self.found_on and day < self.found_on:
                yield name, f"“{self.kinds[name].label}”早于发现日期 {self.found_on}。"
        first = self.repeat_of
        if first is not None and (first.pk == self.pk or first.found_on > self.found_on):
            yield "repeat_of", "原隐患应是发现在先的另一处隐患。"
        elif first is not None and first.enterprise_id != self.enterprise_id:
            yield "repeat_of", f"原隐患属于{first.enterprise.short_name}，不是同一企业。"

    def __str__(self):
        return f"{self.number} {Truncator(self.content).chars(22)}"
