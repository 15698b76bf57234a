"""考核评分台账: how a subordinate unit was scored: 述学, 评学 and 考学, or the points of a yearly target assessment.

Basis: the bureau's yearly assessment plan. Parts are weighed by the bureau's own weights, additions and deductions
need their reason, the grade follows from the points; whoever was held to account in the year is not excellent.
"""

from decimal import Decimal

from django.db.models import Q, TextChoices

from tonggui.ledgers.party.accountability import Accountability
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Confirming,
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
    Year,
    derive,
    within_unit,
)
from tonggui.statutes.party import ASSESSMENT_GRADES, ASSESSMENT_WEIGHTS


class AssessmentKind(TextChoices):
    STUDY = "study", "述学评学考学"
    IDEOLOGY = "ideology", "意识形态责任制"
    YEARLY = "yearly", "年度目标考核"
    BRANCH = "branch", "支部书记述职评议"


class Rank(TextChoices):
    EXCELLENT = "excellent", "优秀"
    GOOD = "good", "良好"
    PASSED = "passed", "合格"
    FAILED = "failed", "不合格"


class Assessment(Record):
    """One unit in one assessment. Parts are scored of a hundred."""

    number = Number("KHP{year}{seq:04}", year_of="scored_on")
    kind = Choice(AssessmentKind, "考核类别")
    scored_year = Year("考核年度")
    scored_unit = Link("parties.Unit", "被考核单位")
    scored_on = Day("考核日期")
    report_points = Amount("述职述学得分", unit="分", places=1, least=0, most=100, total=False)
    review_points = Amount("民主评议得分", unit="分", places=1, least=0, most=100, total=False)
    exam_points = Amount("考试考核得分", unit="分", places=1, least=0, most=100, total=False)
    added_points = Amount("加分", unit="分", places=1, least=0, most=20, default=Decimal("0.0"), total=False)
    deducted_points = Amount("扣分", unit="分", places=1, least=0, most=100, default=Decimal("0.0"), total=False)
    points_reason = LongText("加扣分理由", optional=True)
    final_points = Amount("考核得分", unit="分", places=1, optional=True, total=False)
    rank_word = Choice(Rank, "考核等次", optional=True)
    score_sheets = Files("评分表")

    @derive(
        "report_points", "review_points", "exam_points", "added_points", "deducted_points", "scored_on", always=True
    )
    def derive_final_points(self):
        """Parts by their weights, plus additions, less deductions, between 0 and 100."""
        parts = {"report": self.report_points, "review": self.review_points, "exam": self.exam_points}
        weights = ASSESSMENT_WEIGHTS.on(self.scored_on)
        weighed = sum(points * Decimal(str(weights[name])) / 100 for name, points in parts.items())
        total = weighed + self.added_points - self.deducted_points
        return min(Decimal(100), max(Decimal(0), total)).quantize(Decimal("0.1"))

    @derive("final_points", "scored_on")
    def derive_rank_word(self):
        """The highest grade whose line the points reach."""
        lines = ASSESSMENT_GRADES.on(self.scored_on)
        reached = [name for name, line in lines.items() if self.final_points >= Decimal(str(line))]
        return max(reached, key=lines.get, default=Rank.FAILED)

    def not_excellent(self) -> str:
        """A sentence when the grade is excellent although the unit was held to account in the year that is scored."""
        found = Accountability._base_manager.filter(blamed_unit=self.scored_unit_id, state="imposed")
        if self.rank_word != Rank.EXCELLENT or not found.filter(blamed_on__year=self.scored_year).exists():
            return ""
        return f"{self.scored_unit.name}在 {self.scored_year} 年度受到问责，不能评为优秀。"

    class Flow(Confirming, enters="party_officer", checks="director"):
        approve = Move(
            Confirming.submitted >> Confirming.confirmed,
            "审核通过",
            by="director",
            not_same_as="submit",
            check=lambda score: score.not_excellent(),
        )

    class Page(Ledger):
        title = "考核评分"
        columns = (
            "number scored_year kind scored_unit report_points review_points exam_points final_points rank_word state"
        )
        filters = "scored_on scored_unit kind rank_word state"
        search = "number scored_unit__name"
        form = [
            Section("考核", "kind scored_year scored_unit scored_on"),
            Section("得分", "report_points review_points exam_points added_points deducted_points points_reason"),
            Section("结果", "rank_word score_sheets"),
        ]
        read = {"county": within_unit}
        write = {"party_officer": within_unit}
        imports = Sheet(
            "考核评分导入模板",
            key="kind scored_year scored_unit",
            columns="scored_on report_points review_points exam_points added_points deducted_points points_reason",
        )
        exports = (
            "number kind scored_year scored_unit scored_on report_points review_points exam_points added_points "
            "deducted_points points_reason final_points rank_word state"
        )
        sort = "-scored_on"
        pictures = (Bars("等次分布", by="rank_word", stack="kind"),)
        follow_ups = (
            FollowUp(
                "party.accountability",
                "启动问责",
                {"assessment": "self", "blamed_unit": "scored_unit"},
                states="confirmed",
            ),
        )
        example = dict(
            kind=AssessmentKind.STUDY,
            scored_year=2026,
            scored_unit=None,
            scored_on="2026-06-25",
            report_points="92.0",
            review_points="88.0",
            exam_points="90.0",
        )

    class Measures:
        scored = Count("考核单位", on="scored_on", unit="个")
        excellent = Count("考核优秀单位", on="scored_on", where=Q(rank_word=Rank.EXCELLENT), unit="个")
        failed = Count("考核不合格单位", on="scored_on", where=Q(rank_word=Rank.FAILED), unit="个")

    def faults(self):
        """Points off or on are explained."""
        if (self.added_points or self.deducted_points) and not self.points_reason:
            yield "points_reason", "有加分或扣分的，请写明理由。"

    def __str__(self):
        return f"{self.scored_year} {self.scored_unit.name}"
