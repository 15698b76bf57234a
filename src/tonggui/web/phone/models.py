"""What came in from phones: one row for each entry that was written, made in the transaction that wrote it."""

from django.db import models

from tonggui.base import clock
from tonggui.register.models import Account


class Received(models.Model):
    """An entry of a phone by the id that the phone gave it, and the answer it got.

    The id is inserted before anything is written and stays only if all of it is, so an entry counts once however often
    it is sent, and a refused one may be corrected and sent again under its own id. `digest` tells a repetition from an
    entry that was changed after it had been taken. `made_at` and `sent_at` are by the phone's clock, as it gave them;
    `received_at` is by ours, and ours rules.
    """

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    ledger = models.CharField("台账", max_length=64)
    record = models.BigIntegerField(null=True)
    record_number = models.CharField("编号", max_length=32, default="")
    record_title = models.CharField("名称", max_length=200, default="")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField("手机填写时间", null=True)
    sent_at = models.DateTimeField("手机上传时间", null=True)
    received_at = models.DateTimeField("收到时间", default=clock.now)
    answer = models.JSONField(default=dict)

    class Meta:
        app_label = "web"
        verbose_name = "手机上报"
        indexes = [models.Index(fields=("account", "received_at"), name="received_of_account")]

    def __str__(self) -> str:
        return f"{self.ledger} {self.record_number}"
