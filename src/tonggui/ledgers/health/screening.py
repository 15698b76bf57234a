"""检测应检台账: each test that a listed person owes by a day, taken or missed, with its result.

Basis: the interval of the post (名单管理). When a sample is registered the person's next day follows and the next row
is opened, so that the list of who is due tomorrow needs no typing. A positive result is told upward at once.
"""

from django.db.models import F, Q, TextChoices

from tonggui.ledgers.health.worker import Worker
from tonggui.register.actor import acting
from tonggui.register.declare import (
    Calendar,
    Choice,
    Count,
    Day,
    Handheld,
    Ledger,
    Link,
    Move,
    Number,
    Purge,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    derive,
    within_unit,
)
from tonggui.statutes.health import PRIVACY_LAW, TEST_LEAD, TRAVELLER_KEPT_DAYS


class Method(TextChoices):
    NUCLEIC = "nucleic", "核酸"
    ANTIGEN = "antigen", "抗原"


class TestResult(TextChoices):
    NEGATIVE = "negative", "阴性"
    POSITIVE = "positive", "阳性"
    RETEST = "retest", "待复检"


def carry_on(screening, actor):
    """Tell the register the day of the test, and open the row of the next one."""
    worker = Worker._base_manager.get(pk=screening.worker_id)
    if worker.last_test_on is None or worker.last_test_on < screening.sampled_on:
        worker.last_test_on = screening.sampled_on
        with acting(actor, "登记采样", action="change"):
            worker.save()
    waiting = Screening._base_manager.filter(worker=worker.pk, state="to_sample")
    if worker.next_test_by and not waiting.exists():
        following = Screening(
            worker=worker,
            unit=worker.unit,
            test_by=worker.next_test_by,
            test_method=screening.test_method,
            is_example=screening.is_example,
        )
        with acting(actor, "下一次应检", action="create"):
            following.save()


class Screening(Record):
    """One test of one person."""

    number = Number("HS{year}{seq:06}", year_of="test_by")
    worker = Link("health.Worker", "应检人员")
    test_by = Day("应检截止日期")
    test_method = Choice(Method, "检测方式", default=Method.NUCLEIC)
    sampled_on = Day("采样日期", optional=True)
    sampled_where = Text("采样机构", optional=True, max_length=60)
    test_result = Choice(TestResult, "检测结果", optional=True)
    missed_because = Text("未检原因", optional=True, max_length=120)

    @derive("worker")
    def derive_test_by(self):
        """The day that follows from the register, unless another is set."""
        return self.worker.next_test_by

    class Flow(Workflow):
        to_sample = State("待采样", start=True, due="test_by", confirmed=True)
        sampled = State("待出结果", confirmed=True)
        resulted = State("已出结果", final=True, confirmed=True)
        not_sampled = State("未检", final=True, confirmed=True, tone="void")

        sample = Move(
            to_sample >> sampled,
            "登记采样",
            by=("clerk", "safety_officer"),
            needs=("sampled_on",),
            takes=("sampled_where",),
            then=carry_on,
        )
        enter_result = Move(
            sampled >> resulted, "登记结果", by=("clerk", "safety_officer"), needs=("test_result",), recall=False
        )
        note_missed = Move(
            to_sample >> not_sampled, "登记未检", by=("clerk", "safety_officer"), needs=("missed_because",)
        )

    class Page(Ledger):
        title = "检测应检"
        columns = "number worker test_by test_method sampled_on sampled_where test_result unit state"
        filters = "test_by unit worker test_method test_result state"
        search = "number worker__number missed_because"
        form = [
            Section("应检", "worker test_by test_method"),
            Section("检测", "sampled_on sampled_where test_result missed_because"),
        ]
        read = {"clerk": within_unit, "safety_officer": within_unit, "director": within_unit}
        write = {"clerk": within_unit, "safety_officer": within_unit}
        imports = Sheet(
            "检测应检导入模板",
            key="worker test_by",
            columns="test_method sampled_on sampled_where test_result missed_because",
        )
        exports = "number worker test_by test_method sampled_on sampled_where test_result missed_because state"
        sort = "test_by"
        unit_from = "worker"
        watches = (Watch("test_by", "检测到期", lead=TEST_LEAD, where=Q(state="to_sample")),)
        purges = (
            Purge(
                "test_result missed_because",
                after="test_by",
                days=TRAVELLER_KEPT_DAYS,
                basis=f"{PRIVACY_LAW.title}第十九条",
            ),
        )
        pictures = (Calendar("应检日历", on="test_by", text="worker test_method"),)
        handheld = Handheld("检测登记", "worker test_by test_method sampled_on sampled_where", moves="sample")
        example = dict(worker=None, test_by="2026-05-20")

    class Measures:
        due = Count("应检", on="test_by", unit="人次")
        done = Count("已检", on="test_by", where=Q(sampled_on__isnull=False), unit="人次")
        in_time = Count("按时检测", on="test_by", where=Q(sampled_on__lte=F("test_by")), unit="人次")

    def faults(self):
        """Who was tested was not missed."""
        if self.test_result and self.missed_because:
            yield "missed_because", "有检测结果的不应填写未检原因。"

    def __str__(self):
        return f"{self.number} {self.test_by}"
