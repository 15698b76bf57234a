"""应急预案台账: plans with their editions, approval, filing, and the days of the next review and the next drill.

Basis: 生产安全事故应急条例 第五条 and 第六条 (plans are made, published, filed and revised when the law, the command,
the risk, the resources or a drill call for it), 第八条 (drills at least every two years). Every edition is a row;
publishing one ends the edition it replaces.
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.duty.plan_flow import PlanFlow
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Files,
    FollowUp,
    Ledger,
    Link,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    Tree,
    Watch,
    anyone,
    derive,
    within_unit,
)
from tonggui.statutes.duty import DRILL_INTERVAL, PLAN_REVIEW


class PlanKind(TextChoices):
    OVERALL = "overall", "综合预案"
    SPECIAL = "special", "专项预案"
    ON_SITE = "on_site", "现场处置方案"
    TOGETHER = "together", "部门联动预案"


class Hazard(TextChoices):
    """What a plan is against."""

    FLOOD = "flood", "防汛防台"
    ICE = "ice", "低温雨雪冰冻"
    ROAD = "road", "道路运输事故"
    HAZMAT = "hazmat", "危险货物事故"
    WATER = "water", "水上险情事故"
    BRIDGE = "bridge", "公路桥隧抢通"
    WORKS = "works", "工程建设事故"
    STATION = "station", "客运站场和大客流"
    EPIDEMIC = "epidemic", "公共卫生事件"
    TRANSPORT = "transport", "应急运输保障"


class Revision(TextChoices):
    LAW = "law", "法律标准变化"
    COMMAND = "command", "指挥机构调整"
    RISK = "risk", "风险变化"
    RESOURCES = "resources", "资源变化"
    DRILL = "drill", "演练和救援发现问题"
    DUE = "due", "到期评估"


class Plan(Record):
    """One edition of one plan."""

    number = Number("YA{year}{seq:03}")
    name = Text("预案名称", max_length=80)
    kind = Choice(PlanKind, "预案类别")
    against = Choice(Hazard, "针对事件")
    edition = Text("预案版本", max_length=20, hint="如 2026年版")
    replaces = Link("duty.Plan", "被修订预案", optional=True)
    revision = Choice(Revision, "修订原因", optional=True)
    document_no = Text("预案文号", optional=True, max_length=60)
    author = Text("编制部门", max_length=40)
    reviewed_on = Day("评审日期", optional=True)
    issued_on = Day("预案发布日期", optional=True, index=True)
    filed_on = Day("预案备案日期", optional=True)
    filed_with = Text("备案机关", optional=True, max_length=60)
    review_by = Day("应评估修订日期", optional=True, index=True)
    drilled_on = Day("最近演练日期", optional=True)
    drill_by = Day("应演练日期", optional=True, index=True)
    files = Files("预案文本")

    @derive("issued_on")
    def derive_review_by(self):
        return PLAN_REVIEW.due(self.issued_on)

    @derive("issued_on", always=True)
    def derive_drill_by(self):
        """Two years after the last drill, or after the plan came out."""
        return DRILL_INTERVAL.due(max(self.drilled_on or self.issued_on, self.issued_on))

    class Flow(PlanFlow):
        pass

    class Page(Ledger):
        title = "应急预案"
        columns = "number name kind against edition issued_on filed_on review_by drill_by unit state"
        filters = "issued_on kind against state review_by unit"
        search = "number name document_no edition"
        names = "name"
        form = [
            Section("预案", "name kind against edition author replaces revision files"),
            Section("发布备案", "document_no reviewed_on issued_on filed_on filed_with"),
            Section("评估和演练", "review_by drilled_on drill_by"),
        ]
        read = {"county": anyone}
        write = {"duty_officer": anyone, "safety_officer": anyone, "water_officer": within_unit}
        imports = Sheet(
            "应急预案导入模板",
            columns=(
                "name kind against edition author document_no reviewed_on issued_on filed_on filed_with drilled_on"
            ),
        )
        exports = (
            "number name kind against edition replaces revision document_no author reviewed_on issued_on filed_on "
            "filed_with review_by drilled_on drill_by state"
        )
        sort = "-issued_on"
        watches = (
            Watch(
                "review_by", "应急预案评估修订", lead=90, where=Q(state="current"), basis="生产安全事故应急条例第六条"
            ),
            Watch("drill_by", "应急预案演练", lead=90, where=Q(state="current"), basis="生产安全事故应急条例第八条"),
        )
        pictures = (Tree("版本沿革", parent="replaces", note="edition issued_on"),)
        follow_ups = (
            FollowUp("duty.drill", "登记演练", {"plan": "self"}, states="current"),
            FollowUp("duty.response", "启动应急响应", {"plan": "self"}, states="current"),
            FollowUp(
                "duty.plan",
                "修订",
                {"replaces": "self", "name": "name", "kind": "kind", "against": "against", "author": "author"},
                states="current",
            ),
        )
        example = dict(
            name="示例县交通运输防汛应急预案",
            kind=PlanKind.SPECIAL,
            against=Hazard.FLOOD,
            edition="2026年版",
            author="安全应急股",
            document_no="示交安〔2026〕8号",
            issued_on="2026-03-20",
        )

    class Measures:
        current = Count("现行预案", where=Q(state="current"), unit="个")
        revised = Count("修订预案", on="issued_on", where=Q(replaces__isnull=False), unit="个")
        issued = Count("发布预案", on="issued_on", unit="个")
        filed = Count("备案预案", on="filed_on", unit="个")

    def faults(self):
        """A plan does not replace itself, and a revision says why."""
        if self.replaces_id and self.replaces_id == self.pk:
            yield "replaces", "“被修订预案”不能是自己。"
        if self.replaces_id and not self.revision:
            yield "revision", "修订预案须填修订原因。"
        if self.filed_on and self.issued_on and self.filed_on < self.issued_on:
            yield "filed_on", f"“预案备案日期”早于“预案发布日期”（{self.issued_on}）。"

    def __str__(self):
        return f"{self.name}（{self.edition}）"
