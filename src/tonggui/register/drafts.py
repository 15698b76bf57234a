"""Drafts: a half-filled form kept for the one who was filling it. A draft is not a record and nobody else sees it."""

from django.db import models

from tonggui.base import clock
from tonggui.register.accounts import Account


class Draft(models.Model):
    """What was typed into the form of a new record (`number` is '') or of an existing one, as it was typed."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="drafts")
    ledger = models.CharField(max_length=64)
    number = models.CharField(max_length=32, default="")
    version = models.PositiveIntegerField(default=0)
    values = models.JSONField(default=dict)
    saved_at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "register"
        verbose_name = "草稿"
        constraints = [models.UniqueConstraint(fields=("account", "ledger", "number"), name="one_draft_of_a_form")]

    def __str__(self) -> str:
        return f"{self.ledger} {self.number}"
