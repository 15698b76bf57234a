"""应急演练台账: drills with their evaluation, the problems they showed and what became of them.

Basis: 生产安全事故应急条例 第八条 (departments at least every two years; transport of dangerous goods and
construction at least every half-year); 内河渡口渡船安全管理规定 第十五条 (large crossings every month, others every
quarter). An approved drill sets the plan's own clock anew.
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.duty.drill_duties import DRILL_DUTIES
from tonggui.register.declare import (
    Choice,
    Confirming,
    Count,
    Day,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    own,
)


class DrillKind(TextChoices):
    FIELD = "field", "实战演练"
    TABLETOP = "tabletop", "桌面推演"
    UNANNOUNCED = "unannounced", "双盲演练"
    SINGLE = "single", "单项演练"


class Verdict(TextChoices):
    GOOD = "good", "优秀"
    FAIR = "fair", "合格"
    POOR = "poor", "不合格"


class Drill(Record):
    """One drill, of the bureau's own plan, at one crossing or of one enterprise."""

    number = Number("YL{year}{seq:03}", year_of="held_on")
    kind = Choice(DrillKind, "演练类别")
    subject = Text("演练科目", max_length=80)
    held_on = Day("演练日期", index=True)
    plan = Link("duty.Plan", "适用预案", optional=True)
    ferry = Link("water.Ferry", "演练渡口", optional=True)
    enterprise = Link("parties.Enterprise", "演练企业", optional=True)
    venue = Text("演练地点", max_length=60)
    people = Integer("参演人员", unit="人次", least=1, most=5000)
    vehicles = Integer("参演车辆", unit="台次", least=0, default=0)
    launches = Integer("参演船艇", unit="艘次", least=0, default=0)
    partners = Text("参演单位", optional=True)
    observers = Integer("观摩人员", unit="人次", least=0, default=0)
    evaluator = Link("parties.Person", "演练评估人", optional=True)
    verdict = Choice(Verdict, "评估结论", optional=True)
    evaluation = LongText("演练评估", optional=True)
    problems = LongText("演练发现问题", optional=True)
    problems_found = Integer("演练问题数", unit="个", least=0, default=0)
    revise = Flag("须修订预案")
    reported_on = Day("演练报送日期", optional=True, hint="法定演练单位向监管部门报送")
    photos = Photos("演练照片")
    place = Place("位置", optional=True)

    def set_plan_clock(self) -> None:
        """The plan's next drill counts from this one."""
        plan = self.plan
        if plan and (plan.drilled_on is None or plan.drilled_on < self.held_on):
            plan.drilled_on = self.held_on
            plan.save()

    def why_not_approve(self) -> str:
        """A drill counts when it was evaluated (生产安全事故应急演练评估)."""
        return "" if self.verdict and self.evaluation else "演练还没有评估结论和演练评估。"

    class Flow(Confirming, enters=("duty_officer", "safety_officer", "water_officer"), checks="director"):
        approve = Move(
            Confirming.submitted >> Confirming.confirmed,
            "审核通过",
            by="director",
            not_same_as="submit",
            check=lambda drill: drill.why_not_approve(),
            then=lambda drill, actor: drill.set_plan_clock(),
        )

    class Page(Ledger):
        title = "应急演练"
        columns = "number held_on kind subject plan ferry enterprise people verdict problems_found state"
        filters = "held_on kind plan ferry enterprise state unit"
        search = "number subject venue partners problems"
        names = "subject"
        form = [
            Section("演练", "kind subject held_on plan ferry enterprise venue place"),
            Section("规模", "people vehicles launches partners observers"),
            Section("评估", "evaluator verdict evaluation problems problems_found revise reported_on photos"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"duty_officer": anyone, "safety_officer": anyone, "water_officer": anyone}
        imports = Sheet(
            "应急演练导入模板",
            columns=(
                "kind subject held_on plan ferry enterprise venue people vehicles launches partners verdict evaluation"
            ),
        )
        exports = (
            "number kind subject held_on plan ferry enterprise venue people vehicles launches partners observers "
            "evaluator verdict evaluation problems problems_found revise reported_on state"
        )
        sort = "-held_on"
        map = "place"
        duties = DRILL_DUTIES
        follow_ups = (
            FollowUp(
                "safety.hazard", "登记隐患", {"content": "problems", "found_on": "held_on", "enterprise": "enterprise"}
            ),
            FollowUp("duty.plan", "修订预案", {"replaces": "plan"}, states="confirmed"),
        )
        example = dict(
            kind=DrillKind.FIELD,
            subject="渡船失火人员落水救援",
            held_on="2026-05-20",
            plan=None,
            ferry=None,
            venue="江口渡口",
            people=46,
            vehicles=3,
            launches=4,
            partners="海事、消防、江口镇政府（示例）",
            verdict=Verdict.FAIR,
            evaluation="响应及时，救生衣穿着规范；通信衔接不畅",
            problems="对讲机频道不统一",
            problems_found=1,
        )

    class Measures:
        drills = Count("应急演练", on="held_on", unit="次")
        field = Count("实战演练", on="held_on", where=~Q(kind="tabletop"), unit="次")
        ferry = Count("渡口演练", on="held_on", where=Q(ferry__isnull=False), unit="次")
        people = Sum("people", "参演人员", on="held_on")
        problems = Sum("problems_found", "演练发现问题", on="held_on")

    def faults(self):
        """Problems counted are problems written down."""
        if self.problems_found and not self.problems:
            yield "problems", "有演练问题数的，须写明演练发现问题。"

    def __str__(self):
        return f"{self.held_on} {self.subject}"
