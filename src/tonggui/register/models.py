"""What the register itself keeps: accounts, history, comments, attachments, saved views, number series."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import F

from tonggui.base import clock
from tonggui.register.accounts import Account, Token
from tonggui.register.actor import Act
from tonggui.register.approvals.kept import Ask, Message, Mute, Urging
from tonggui.register.clock_models import DutyStart, WarningMute
from tonggui.register.drafts import Draft
from tonggui.register.jobs import ExportRun, ImportRun


class Series(models.Model):
    """The last number taken in a series of a year (0 for a series that does not turn over)."""

    series = models.CharField(max_length=64)
    year = models.IntegerField()
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("series", "year"), name="series_of_year")]

    @classmethod
    def take(cls, series: str, year: int, count: int) -> int:
        """The first of `count` consecutive numbers, taken for good when the surrounding transaction commits."""
        row = cls.objects.filter(series=series, year=year)
        with transaction.atomic():
            if not row.update(last=F("last") + count):
                cls._begin(series, year)
                row.update(last=F("last") + count)
            return row.get().last - count + 1

    @classmethod
    def at_least(cls, series: str, year: int, last: int) -> None:
        """Numbers up to `last` are in use, given by hand or by an import."""
        row = cls.objects.filter(series=series, year=year)
        if not row.filter(last__gte=last).exists() and not row.filter(last__lt=last).update(last=last):
            cls._begin(series, year)
            row.filter(last__lt=last).update(last=last)

    @classmethod
    def _begin(cls, series: str, year: int) -> None:
        try:
            with transaction.atomic():
                cls.objects.create(series=series, year=year)
        except IntegrityError:
            pass  # another writer began it first; our update now waits for its row


class HistoryEntry(models.Model):
    """One change of one record: what it was, what it became, by whom, why and when.

    Number, version, state and unit stand in columns of their own, since every question about the past asks for them.
    `after` holds the whole record, which stood so from `at` to `until` (None: it still does), so that a ledger can be
    read as of any moment; `changes` maps each field that differs to [before, after].
    """

    ACTIONS = {
        "create": "新增",
        "change": "修改",
        "amend": "更正",
        "move": "办理",
        "recall": "撤回",
        "return": "退回",
        "import": "导入",
        "system": "系统",
        "purge": "清除",
        "print": "打印",
    }

    ledger = models.CharField(max_length=64)
    record = models.BigIntegerField()
    record_number = models.CharField(max_length=32)
    record_version = models.PositiveIntegerField()
    record_state = models.CharField(max_length=32)
    record_unit = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    action = models.CharField(max_length=16)
    move = models.CharField(max_length=64, default="")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=64)
    why = models.TextField(default="")
    request = models.CharField(max_length=64, default="")
    changes = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        verbose_name = "变更记录"
        indexes = [
            models.Index(fields=("ledger", "record", "id"), name="history_of_record"),
            # Answers count and order of a ledger as of a day by itself, without the wide lines.
            models.Index(fields=("ledger", "record_number", "record_unit", "at", "until"), name="history_as_of"),
            models.Index(fields=("request",), name="history_of_request"),
        ]

    @classmethod
    def write(cls, records: list[Any], before: list[dict], after: list[dict], act: Act) -> None:
        """One line for each record, in one insert."""
        moment = clock.now()
        entries = []
        for record, old, new in zip(records, before, after, strict=True):
            changes = {name: [old.get(name), value] for name, value in new.items() if old and old.get(name) != value}
            entries.append(
                cls(
                    ledger=record.ledger.key,
                    record=record.pk,
                    record_number=record.number,
                    record_version=record.version,
                    record_state=record.state,
                    record_unit=record.unit_id,
                    at=moment,
                    action=act.action or ("change" if old else "create"),
                    move=act.move,
                    account_id=act.actor.account_id,
                    actor_name=act.actor.name,
                    why=act.why,
                    request=act.request,
                    changes=changes,
                    after=new,
                )
            )
        changed = [record.pk for record, old in zip(records, before, strict=True) if old]
        if changed:
            lines = cls.objects.filter(ledger=records[0].ledger.key, record__in=changed, until__isnull=True)
            lines.update(until=moment)
        cls.objects.bulk_create(entries, batch_size=1000)

    @property
    def action_title(self) -> str:
        return self.ACTIONS.get(self.action, self.action)

    def __str__(self) -> str:
        return f"{self.record_number} {self.action_title}"


class PastLine(models.Model):
    """A line of history under names that no ledger uses, so that a ledger's own names are free for its past values."""

    line_ledger = models.CharField(max_length=64, db_column="ledger")
    line_record = models.BigIntegerField(db_column="record")
    line_number = models.CharField(max_length=32, db_column="record_number")
    line_state = models.CharField(max_length=32, db_column="record_state")
    line_unit = models.BigIntegerField(null=True, db_column="record_unit")
    line_version = models.PositiveIntegerField(db_column="record_version")
    line_at = models.DateTimeField(db_column="at")
    line_until = models.DateTimeField(null=True, db_column="until")
    line_after = models.JSONField(db_column="after")

    class Meta:
        managed = False
        db_table = "register_historyentry"

    def __str__(self) -> str:
        return f"{self.line_ledger} {self.line_record}"


class Comment(models.Model):
    """A remark on a record. It can be answered by another, never edited."""

    ledger = models.CharField(max_length=64)
    record = models.BigIntegerField()
    at = models.DateTimeField(default=clock.now)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=64)
    text = models.TextField()

    class Meta:
        verbose_name = "意见"
        indexes = [models.Index(fields=("ledger", "record", "id"), name="comments_of_record")]

    def __str__(self) -> str:
        return self.text[:40]


class Attachment(models.Model):
    """A file given as evidence, kept once under its SHA-256. Records hold the ids of theirs.

    `taken` says when and where a picture was taken, as far as the one who took it let the phone say so: `at` (ISO),
    `longitude` and `latitude` (WGS-84, degrees), `accuracy` (metres).
    """

    digest = models.CharField(max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=200)
    kind = models.CharField("类型", max_length=16)
    size = models.BigIntegerField("字节数")
    ledger = models.CharField(max_length=64)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)
    taken = models.JSONField("拍摄", default=dict)

    class Meta:
        verbose_name = "附件"

    @property
    def is_picture(self) -> bool:
        return self.kind in ("jpg", "png", "webp")

    @property
    def taken_words(self) -> str:
        """When and where it was taken, in words; the empty string where the phone said nothing."""
        words = []
        if at := self.taken.get("at"):
            words.append(datetime.fromisoformat(at).astimezone(clock.CHINA).strftime("%Y-%m-%d %H:%M 拍摄"))
        if "longitude" in self.taken:
            words.append(f"{self.taken['longitude']:.5f}, {self.taken['latitude']:.5f}")
            words.append(f"误差约 {self.taken['accuracy']:.0f} 米")
        return "，".join(words)

    def __str__(self) -> str:
        return self.name


class SavedView(models.Model):
    """The address of a list under a name: of one person, or of everyone who reads the ledger."""

    ledger = models.CharField(max_length=64)
    name = models.CharField("名称", max_length=64)
    address = models.CharField(max_length=2000)
    account = models.ForeignKey(Account, models.CASCADE, related_name="views")
    shared = models.BooleanField("共享", default=False)
    role = models.CharField("默认角色", max_length=32, default="")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "常用查询"
        constraints = [models.UniqueConstraint(fields=("ledger", "account", "name"), name="one_view_of_a_name")]

    def __str__(self) -> str:
        return self.name


__all__ = [
    "Account",
    "Ask",
    "Attachment",
    "Comment",
    "Draft",
    "DutyStart",
    "ExportRun",
    "HistoryEntry",
    "ImportRun",
    "Message",
    "Mute",
    "PastLine",
    "SavedView",
    "Series",
    "Token",
    "Urging",
    "WarningMute",
]
