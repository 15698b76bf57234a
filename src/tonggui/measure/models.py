"""What measure keeps: documents with their figures, who has read them, and nil returns."""

from django.conf import settings
from django.db import models

from tonggui.base import clock
from tonggui.measure.baselines import Baseline, OldText
from tonggui.measure.cowriting.models import SetAside, TextVersion, TypedSource, Variant, Writer
from tonggui.measure.figures import Figure
from tonggui.measure.figureset import FigureSet
from tonggui.measure.periods import Period
from tonggui.measure.reports import Report, report
from tonggui.measure.wording.models import WordingVersion


class NilReturn(models.Model):
    """零报告: somebody's statement that a unit's month of a ledger is empty because nothing happened.

    It counts once a second person has confirmed it. Without a unit it speaks for the bureau as a whole.
    """

    ledger = models.CharField("台账", max_length=64)
    month = models.DateField("月份")
    unit = models.ForeignKey("parties.Unit", models.PROTECT, null=True, related_name="+", verbose_name="单位")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField("报告人", max_length=64)
    made_at = models.DateTimeField("报告时间", default=clock.now)
    confirmed_by = models.CharField("核实人", max_length=64, default="")
    confirmed_at = models.DateTimeField("核实时间", null=True)

    class Meta:
        verbose_name = "零报告"
        constraints = [
            models.UniqueConstraint(fields=("ledger", "month", "unit"), name="one_nil_return_of_a_unit"),
            models.UniqueConstraint(
                fields=("ledger", "month"), condition=models.Q(unit=None), name="one_nil_return_of_the_bureau"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.month:%Y-%m}"


class Document(models.Model):
    """One document of a report for a period. A draft may be written and refreshed; a sealed one never changes.

    A document of a series is issued (签发) by a person with its number once it is sealed. `scheduled` marks the one
    that the platform wrote by itself when its period was over: there is never a second of the same period. One that
    was rewritten by a person `replaces` the one before it.

    `drafted` is what the wording wrote, so that a refresh knows what a hand has changed since; `reworded` holds the
    paragraphs kept against another sentence of the wording (`refreshing`). `skin` and the fields after it are its head
    (`head`); an empty one is the report's.
    """

    DRAFT, SEALED = "draft", "sealed"
    STATES = {DRAFT: "草稿", SEALED: "已封存"}

    report_code = models.CharField(max_length=64)
    period_code = models.CharField("期间", max_length=32)
    issuer = models.CharField("署名", max_length=64)
    dated = models.DateField("成文日期", default=clock.today)
    state = models.CharField("状态", max_length=16, default=DRAFT)
    text = models.TextField("正文")
    made_by = models.CharField("起草人", max_length=64)
    made_at = models.DateTimeField("起草时间", default=clock.now)
    figured_at = models.DateTimeField("取数时间", default=clock.now)
    sealed_by = models.CharField("封存人", max_length=64, default="")
    sealed_at = models.DateTimeField("封存时间", null=True)
    seal = models.CharField("封存印记", max_length=64, default="")
    scheduled = models.BooleanField(default=False)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replacement")
    number = models.CharField("期号", max_length=64, default="")
    issued_by = models.CharField("签发人", max_length=64, default="")
    issued_at = models.DateTimeField("签发时间", null=True)
    drafted = models.TextField(default="")
    reworded = models.JSONField(default=list)
    skin = models.CharField("版式", max_length=16, default="")
    heading = models.CharField("标题", max_length=200, default="")
    subtitle = models.CharField("题下行", max_length=100, default="")
    document_no = models.CharField("发文字号", max_length=40, default="")
    signatory = models.CharField("签发人", max_length=40, default="")
    addressee = models.CharField("主送机关", max_length=200, default="")
    copies = models.CharField("抄送机关", max_length=200, default="")

    class Meta:
        verbose_name = "文书"
        indexes = [models.Index(fields=("report_code", "period_code"), name="documents_of_period")]
        constraints = [
            models.UniqueConstraint(
                fields=("report_code", "period_code"),
                condition=models.Q(scheduled=True),
                name="one_scheduled_document_of_a_period",
            ),
            models.UniqueConstraint(
                fields=("number",), condition=~models.Q(number=""), name="one_document_of_a_number"
            ),
        ]

    @property
    def report(self) -> Report:
        return report(self.report_code)

    @property
    def period(self) -> Period:
        return Period.parse(self.period_code)

    @property
    def title(self) -> list[str]:
        """The lines of the title: its own, or the report's."""
        return self.heading.split() or list(self.report.title(self.issuer, self.period))

    @property
    def is_sealed(self) -> bool:
        return self.state == self.SEALED

    @property
    def state_title(self) -> str:
        return self.STATES[self.state]

    @property
    def is_issued(self) -> bool:
        return self.issued_at is not None

    @property
    def replaced_by(self) -> "Document | None":
        """The document a person wrote in place of this one, None while there is none."""
        return getattr(self, "replacement", None)

    @property
    def stage(self) -> tuple[str, str]:
        """Where a document of a series stands, in words and in the tone of its badge."""
        if self.is_issued:
            return "已签发", "done"
        if self.replaced_by is not None:
            return "已改写", "void"
        return ("待签发", "todo") if self.is_sealed else ("修改中", "todo")

    @property
    def url(self) -> str:
        return f"/documents/{self.pk}/"

    def figures(self) -> FigureSet:
        """The figures as the document keeps them."""
        return FigureSet.of(self.period, (row.figure for row in self.rows.all()))

    def __str__(self) -> str:
        return "".join(self.title)


class DocumentFigure(models.Model):
    """One figure as a document keeps it: its number in the annex, its key, and the whole of it as JSON.

    `added`: by a writer, beyond the figures of the report.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="rows")
    n = models.PositiveIntegerField("序号")
    key = models.CharField(max_length=96)
    kept = models.JSONField()
    added = models.BooleanField(default=False)

    class Meta:
        verbose_name = "文书指标"
        ordering = ("n",)
        constraints = [
            models.UniqueConstraint(fields=("document", "n"), name="figure_number_in_document"),
            models.UniqueConstraint(fields=("document", "key"), name="figure_key_in_document"),
        ]

    @property
    def figure(self) -> Figure:
        return Figure.from_json(self.kept)

    def __str__(self) -> str:
        return f"{self.document_id} {self.key}"


class Reading(models.Model):
    """That a person of the bureau has opened a sealed document, and when first."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="readings")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField("阅读人", max_length=64)
    at = models.DateTimeField("阅读时间", default=clock.now)

    class Meta:
        verbose_name = "文书阅读"
        ordering = ("at",)
        constraints = [models.UniqueConstraint(fields=("document", "account"), name="one_reading_of_a_person")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.name}"


__all__ = [
    "Baseline",
    "Document",
    "DocumentFigure",
    "NilReturn",
    "OldText",
    "Reading",
    "SetAside",
    "TextVersion",
    "TypedSource",
    "Variant",
    "WordingVersion",
    "Writer",
]
