"""Long work of one person as rows that outlive every process: a sheet on its way in, a list on its way out.

A row is taken up by `tonggui tasks` (`sheets/work.py`). While it stands in one of its `WAITS` states, whoever works on
it may be ended at any moment: the work is taken up again from the row alone.
"""

from typing import ClassVar

from django.db import models

from tonggui.base import clock
from tonggui.register.accounts import Account


class Job(models.Model):
    """What all long work has: whose it is, of which ledger, where it stands, and why it went no further."""

    kind: ClassVar[str] = ""
    STATES: ClassVar[dict[str, str]] = {}
    WAITS: ClassVar[tuple[str, ...]] = ()  # states in which the work is the machine's
    CANCELS: ClassVar[tuple[str, ...]] = ()  # states in which its person may still call it off

    ledger = models.CharField(max_length=64)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=16)
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField(default=clock.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    @property
    def state_title(self) -> str:
        return self.STATES[self.state]

    @property
    def waits(self) -> bool:
        """Whether the machine has it in hand, so that a page asks again."""
        return self.state in self.WAITS

    @property
    def can_cancel(self) -> bool:
        return self.state in self.CANCELS

    def moved(self, *before: str, **values: object) -> bool:
        """Set values if the row still stands in one of the states `before`; False where somebody was quicker."""
        if not type(self).objects.filter(pk=self.pk, state__in=before).update(**values):
            return False
        for name, value in values.items():
            setattr(self, name, value)
        return True

    def __str__(self) -> str:
        return self.file_name


class ImportRun(Job):
    """One sheet on its way into a ledger: how its columns are read, what is wrong with it, and what came of it.

    reading → (mapping → reading →) checked → (confirmed → writing →) done. In `mapping` a person says which column
    fills which field; `mapping` holds the proposal, and afterwards what was said. A small sheet is read, checked and
    written within the request and never stands in `reading`, `confirmed` or `writing`.
    """

    kind = "import"
    STATES = {
        "reading": "正在核对",
        "mapping": "待对应列",
        "checked": "待确认",
        "confirmed": "准备写入",
        "writing": "正在写入",
        "done": "已导入",
        "dropped": "已放弃",
        "refused": "未接收",
        "failed": "没有完成",
    }
    WAITS = ("reading", "confirmed", "writing")
    CANCELS = ("reading", "mapping", "checked", "confirmed")

    state = models.CharField(max_length=16, default="checked")
    digest = models.CharField(max_length=64)
    stored = models.CharField(max_length=64, default="")  # name of the file while it waits to be read
    mapping = models.JSONField(default=dict)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    preview = models.JSONField(default=list)
    needs_reason = models.BooleanField(default=False)
    why = models.TextField(default="")
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)  # rows of totals and notes

    class Meta:
        verbose_name = "导入"
        indexes = [models.Index(fields=("account", "-id"), name="imports_of_account")]


class KnownForm(models.Model):
    """A form of sheet whose columns somebody once put in place: the next one with these heads is read the same way."""

    ledger = models.CharField(max_length=64)
    signature = models.CharField(max_length=64)
    name = models.CharField(max_length=200)  # of the file it was first seen in
    mapping = models.JSONField(default=dict)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    used_at = models.DateTimeField(default=clock.now)
    uses = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "列对应"
        constraints = [models.UniqueConstraint(fields=("ledger", "signature"), name="one_reading_of_a_form")]

    def __str__(self) -> str:
        return self.name


class ExportRun(Job):
    """One list on its way out as a sheet: its question, kept as the list's address asked it."""

    kind = "export"
    STATES = {"waiting": "正在生成", "done": "可以下载", "dropped": "已取消", "failed": "没有完成", "expired": "已过期"}
    WAITS = ("waiting",)
    CANCELS = ("waiting",)

    state = models.CharField(max_length=16, default="waiting")
    query = models.TextField(default="")
    size = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = "导出"
        indexes = [models.Index(fields=("account", "-id"), name="exports_of_account")]
