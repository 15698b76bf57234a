"""What co-writing keeps: versions of a text, who has it open, what could not be merged, sources of typed figures."""

from django.conf import settings
from django.db import models

from tonggui.base import clock


class TextVersion(models.Model):
    """正文版本: the text of a document as one person left it. `n` goes up with every change of the text.

    What one person writes within some minutes is one version, so that the history can be read by people.
    """

    document = models.ForeignKey("measure.Document", models.CASCADE, related_name="versions")
    n = models.PositiveIntegerField()
    text = models.TextField("正文")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=64)
    begun_at = models.DateTimeField(default=clock.now)
    at = models.DateTimeField(default=clock.now)
    why = models.CharField(max_length=64, default="")

    class Meta:
        verbose_name = "正文版本"
        ordering = ("-n",)
        constraints = [models.UniqueConstraint(fields=("document", "n"), name="one_text_of_a_number")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.n}"


class Writer(models.Model):
    """One open page of the workbench: whose it is, in which paragraph the cursor stands, the last save it sent.

    A save that comes again because its answer was lost is known by `saved` and done once.
    """

    document = models.ForeignKey("measure.Document", models.CASCADE, related_name="writers")
    session = models.CharField(max_length=36)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=64)
    place = models.IntegerField(default=-1)
    saved = models.CharField(max_length=36, default="")
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "撰写人"
        constraints = [models.UniqueConstraint(fields=("document", "session"), name="one_writer_of_a_session")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.name}"


class Variant(models.Model):
    """两种写法: a paragraph that two people changed in the same words. `kept` is in the text, `other` waits here."""

    document = models.ForeignKey("measure.Document", models.CASCADE, related_name="variants")
    kept = models.TextField()
    kept_by = models.CharField(max_length=64, default="")
    other = models.TextField()
    other_by = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)
    chosen = models.CharField(max_length=8, default="")
    chosen_by = models.CharField(max_length=64, default="")
    chosen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "两种写法"
        ordering = ("at",)

    def __str__(self) -> str:
        return f"{self.document_id} {self.other[:20]}"


class TypedSource(models.Model):
    """The file that a typed figure rests on: its name, and the file itself where it was given."""

    document = models.ForeignKey("measure.Document", models.CASCADE, related_name="typed_sources")
    key = models.CharField(max_length=16)
    source = models.CharField("来源文件", max_length=200)
    attachment = models.ForeignKey("register.Attachment", models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "手工数字来源"
        constraints = [models.UniqueConstraint(fields=("document", "key"), name="one_source_of_a_typed_figure")]

    def __str__(self) -> str:
        return f"{self.key} {self.source}"


class SetAside(models.Model):
    """A finding about the wording that a writer has looked at and left, with the reason."""

    document = models.ForeignKey("measure.Document", models.CASCADE, related_name="set_aside")
    rule = models.CharField(max_length=64)
    words = models.CharField(max_length=200)
    reason = models.CharField("理由", max_length=200)
    name = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "不采纳的修改建议"
        constraints = [models.UniqueConstraint(fields=("document", "rule", "words"), name="one_answer_to_a_finding")]

    def __str__(self) -> str:
        return f"{self.rule} {self.words}"
