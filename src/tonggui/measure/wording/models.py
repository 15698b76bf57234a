"""The bureau's own wordings of reports: every version stays, with who wrote it, when and why."""

from django.conf import settings
from django.db import models

from tonggui.base import clock


class WordingVersion(models.Model):
    """文书句式: the wording of a report as the bureau has it from a moment on; the highest `n` is in force.

    `sections` holds the sections in order, each with level, heading, text and whether it is on. A version `is_default`
    when the bureau went back to the wording that came with the report.
    """

    report_code = models.CharField(max_length=64)
    n = models.PositiveIntegerField("版次")
    sections = models.JSONField("小节", default=list)
    is_default = models.BooleanField("默认句式", default=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_by = models.CharField("修改人", max_length=64)
    made_at = models.DateTimeField("修改时间", default=clock.now)
    reason = models.CharField("修改原因", max_length=200)

    class Meta:
        verbose_name = "文书句式"
        ordering = ("-n",)
        constraints = [models.UniqueConstraint(fields=("report_code", "n"), name="one_wording_of_a_number")]

    def __str__(self) -> str:
        return f"{self.report_code} {self.n}"
