"""What approvals keep: asks, urgings, and the messages of the bell."""

from django.db import models
from django.db.models import Q

from tonggui.base import clock
from tonggui.register.accounts import Account


class Ask(models.Model):
    """One person asked for one thing on one record in one step; answered once, never edited or deleted.

    `waits`: the move named in `move` is not made before the answer. `version`: the record's version the answer is
    about. A consent to a joint move (会签) is an Ask that nobody had to ask for: made and answered at once, in `role`.
    """

    HANDED, ASSIGNED, OPINION, JOINT, COPY = "handed", "assigned", "opinion", "joint", "copy"
    KINDS = {HANDED: "转办", ASSIGNED: "交办", OPINION: "加签", JOINT: "会签", COPY: "抄送"}
    #: Kinds that give the step itself to one person.
    GIVES = (HANDED, ASSIGNED)
    ANSWERS = {
        "": "未答复",
        "agreed": "同意",
        "disagreed": "不同意",
        "done": "已办理",
        "passed": "已另行交办",
        "seen": "已阅",
        "withdrawn": "已撤销",
        "lapsed": "不再需要",
    }

    kind = models.CharField(max_length=16, choices=KINDS.items())
    ledger = models.CharField(max_length=64)
    record = models.BigIntegerField()
    record_number = models.CharField(max_length=32)
    step = models.CharField(max_length=32)
    move = models.CharField(max_length=64, default="")
    role = models.CharField(max_length=32, default="")
    asker = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    asker_name = models.CharField(max_length=64, default="")
    account = models.ForeignKey(Account, models.PROTECT, related_name="asks")
    account_name = models.CharField(max_length=64)
    words = models.TextField(default="")
    waits = models.BooleanField(default=False)
    due = models.DateField(null=True)
    version = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=16, default="", choices=ANSWERS.items())
    answer_words = models.TextField(default="")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "register"
        verbose_name = "办理请求"
        indexes = [
            models.Index(fields=("account", "answer", "kind"), name="asks_of_account"),
            models.Index(fields=("ledger", "record", "id"), name="asks_of_record"),
            # Steps that were given to one person leave the lists of all others.
            models.Index(fields=("ledger", "record"), condition=Q(answer=""), name="asks_open"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("ledger", "record", "move", "version", "account"),
                condition=Q(kind="joint", answer="agreed"),
                name="one_consent_a_version",
            )
        ]

    @property
    def title(self) -> str:
        return self.KINDS[self.kind]

    @property
    def answer_title(self) -> str:
        return self.ANSWERS[self.answer]

    @property
    def is_open(self) -> bool:
        return self.answer == ""

    def __str__(self) -> str:
        return f"{self.record_number} {self.title} {self.account_name}"


class Urging(models.Model):
    """Somebody who waits for a record has urged those on whom it waits: once a day each."""

    ledger = models.CharField(max_length=64)
    record = models.BigIntegerField()
    step = models.CharField(max_length=32)
    day = models.DateField()
    at = models.DateTimeField(default=clock.now)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=64)
    words = models.TextField(default="")

    class Meta:
        app_label = "register"
        verbose_name = "催办"
        constraints = [models.UniqueConstraint(fields=("ledger", "record", "account", "day"), name="one_urging_a_day")]

    def __str__(self) -> str:
        return f"{self.ledger} {self.record} {self.day}"


class Message(models.Model):
    """A line of the bell of one account. `ledger` and `record_number` say what it is about, for muting; both may be
    empty. `topic` names a standing cause, so that the same warning is not told twice."""

    KINDS = {"todo": "待办", "warning": "预警", "notice": "公告"}

    account = models.ForeignKey(Account, models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=16, choices=KINDS.items())
    title = models.CharField(max_length=200)
    text = models.TextField(default="")
    url = models.CharField(max_length=300, default="")
    ledger = models.CharField(max_length=64, default="")
    record_number = models.CharField(max_length=32, default="")
    topic = models.CharField(max_length=200, default="")
    at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "register"
        verbose_name = "消息"
        indexes = [
            models.Index(fields=("account", "kind", "id"), name="messages_of_account"),
            models.Index(fields=("account", "kind"), condition=Q(read_at=None), name="messages_unread"),
            models.Index(fields=("topic", "account"), condition=~Q(topic=""), name="messages_of_topic"),
        ]

    def __str__(self) -> str:
        return self.title


class Mute(models.Model):
    """Messages of one kind about a ledger, or one record of it, that a person will not hear of until a day."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="mutes")
    kind = models.CharField(max_length=16, choices=Message.KINDS.items())
    ledger = models.CharField(max_length=64, default="")
    record_number = models.CharField(max_length=32, default="")
    until = models.DateField()
    why = models.CharField(max_length=200)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "register"
        verbose_name = "免打扰"

    def __str__(self) -> str:
        return f"{self.kind} {self.ledger} {self.record_number}"
