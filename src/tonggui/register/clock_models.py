"""What the engines of time keep: warnings silenced for a while, and the day from which a duty is counted."""

from django.db import models

from tonggui.base import clock
from tonggui.register.accounts import Account


class WarningMute(models.Model):
    """One warning silenced: of one record, for the day that stood there, until a day, for a reason.

    It is never deleted: whoever lifts it before its end is kept too. A new day in the record warns again by itself.
    """

    ledger = models.CharField(max_length=64)
    record = models.BigIntegerField()
    field = models.CharField(max_length=64)
    day = models.DateField("所涉日期")
    until = models.DateField("暂不提醒至")
    why = models.TextField("理由")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField("操作人", max_length=64)
    at = models.DateTimeField("操作时间", default=clock.now)
    lifted_at = models.DateTimeField("解除时间", null=True)
    lifted_by = models.CharField("解除人", max_length=64, default="")

    class Meta:
        app_label = "register"
        verbose_name = "暂不提醒的预警"
        indexes = [models.Index(fields=("ledger", "field", "record"), name="mutes_of_watch")]

    def __str__(self) -> str:
        return f"{self.ledger} {self.record} {self.field} 至 {self.until}"


class DutyStart(models.Model):
    """The day from which one duty is counted, where the bureau has said so; `duty` is its key (`duties.py`)."""

    duty = models.CharField(max_length=160, unique=True)
    since = models.DateField("起算日期")
    actor_name = models.CharField("设定人", max_length=64)
    at = models.DateTimeField("设定时间", default=clock.now)

    class Meta:
        app_label = "register"
        verbose_name = "周期工作起算日"

    def __str__(self) -> str:
        return f"{self.duty} {self.since}"
