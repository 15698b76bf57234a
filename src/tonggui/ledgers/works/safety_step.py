"""安全同时台账: safety laid down, approved, checked and accepted together with each step of a project.

Basis: 安全生产法 第三十一条 (safety installations are designed, built and put to use with the main works) and the
bureau's rule that safety is 同时布置, 同时立项, 同时检查, 同时总结验收 (W16). A step that needs its part is not done
without it.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Amount,
    Choice,
    Confirming,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    LongText,
    Matrix,
    Money,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    anyone,
    column,
)


class Part(TextChoices):
    LAID_DOWN = "laid_down", "同时布置"
    APPROVED = "approved", "同时立项"
    CHECKED = "checked", "同时检查"
    ACCEPTED = "accepted", "同时总结验收"


class SafetyStep(Record):
    """One part of 安全同时 at one step of one project."""

    number = Number("AT{year}{seq:05}", year_of="settled_on")
    project = Link("works.Project", "项目")
    milestone = Link("works.Milestone", "对应节点")
    safety_part = Choice(Part, "同时环节")
    settled_on = Day("落实日期", index=True)
    safety_risks = LongText("安全风险点", hint="临水、高边坡、深基坑、起重吊装、涉路施工等")
    safety_measures = LongText("安全措施", hint="专项方案、防护设施、交通组织、人员配备")
    safety_cost = Money("安全生产费用", unit="万元", least=0, optional=True)
    contract_cost = Money("建安工程造价", unit="万元", least=0, optional=True)
    safety_lead = Link("parties.Person", "安全责任人", optional=True)
    site_score = Amount("平安工地评分", unit="分", places=1, least=0, most=100, optional=True, total=False)
    safety_files = Files("安全佐证")

    @column("安全费用比例", unit="%")
    def cost_rate(self):
        """Safety cost of the cost of the works, two decimals."""
        if not self.safety_cost or not self.contract_cost:
            return None
        return f"{self.safety_cost / self.contract_cost * 100:.2f}"

    def faults(self):
        """The step is one of the same project; an acceptance brings its site_score."""
        if self.milestone_id and self.project_id and self.milestone.project_id != self.project_id:
            yield "milestone", "“对应节点”属于另一个项目。"
        if self.safety_part == Part.ACCEPTED and self.site_score is None:
            yield "site_score", "同时总结验收须填平安工地评分。"

    class Flow(Confirming, enters="project_officer", checks=("safety_officer", "director")):
        pass

    class Page(Ledger):
        title = "安全同时"
        menu = "项目建设"
        columns = "number project milestone safety_part settled_on safety_risks cost_rate site_score safety_lead state"
        filters = "settled_on project safety_part state"
        search = "number project__name safety_risks safety_measures"
        form = [
            Section("环节", "project milestone safety_part settled_on safety_lead"),
            Section("风险与措施", "safety_risks safety_measures safety_files"),
            Section("投入与评价", "safety_cost contract_cost site_score"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "safety_officer": anyone, "director": anyone}
        imports = Sheet(
            "安全同时导入模板",
            columns=(
                "project milestone safety_part settled_on safety_risks safety_measures safety_cost "
                "contract_cost site_score"
            ),
        )
        exports = (
            "number project milestone safety_part settled_on safety_risks safety_measures safety_cost "
            "contract_cost cost_rate "
            "site_score state"
        )
        sort = "-settled_on"
        pictures = (Matrix("落实情况", down="safety_part", across="state"),)
        example = dict(
            project=None,
            milestone=None,
            safety_part=Part.APPROVED,
            settled_on="2026-04-20",
            safety_risks="临河桩基施工、跨路吊装",
            safety_measures="编制专项方案并经专家论证，设置钢便桥防护和水上救生设备",
            safety_cost="96",
            contract_cost="6400",
        )

    class Measures:
        settled = Count("安全同时落实", on="settled_on", unit="项")
        failed = Count("平安工地不合格", on="settled_on", where=Q(site_score__lt=70), unit="个")
        cost = Sum("safety_cost", "安全生产投入", on="settled_on")

    def __str__(self):
        return f"{self.project} {Part(self.safety_part).label}"
