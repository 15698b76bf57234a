"""防控人员台账: who works where infection comes in, how far each is vaccinated or why not, and the next test.

Basis: the controlled name list of the last national plans (名单管理); 个人信息保护法 第二十八条, health data is
sensitive: it is read by few and emptied when somebody has been off the post long enough. Vaccination is a state with
a reason code, so that a return of counts always balances.
"""

from datetime import timedelta

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Files,
    FollowUp,
    Integer,
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
    column,
    derive,
    within_unit,
)
from tonggui.statutes.health import (
    DEFERRAL_LEAD,
    FULL_DOSES,
    PRIVACY_LAW,
    TEST_EVERY_DAYS,
    TEST_LEAD,
    WORKER_KEPT_DAYS,
)


class Exposure(TextChoices):
    BORDER = "border", "接触跨境货车"
    STATION = "station", "站场一线"
    CHECKPOINT = "checkpoint", "检查点"
    OFFICE = "office", "机关后勤"


class NotBecause(TextChoices):
    ALLERGY = "allergy", "严重过敏史"
    CHRONIC = "chronic", "严重慢性疾病"
    NERVES = "nerves", "神经系统疾病"
    ACUTE = "acute", "急性发热疾病"
    PREGNANT = "pregnant", "妊娠或哺乳"
    OTHER_DOSE = "other_dose", "近期接种其他疫苗"
    RECOVERED = "recovered", "近期感染康复"
    AWAY = "away", "出差外派"
    UNWILLING = "unwilling", "本人不愿"


#: The reasons that each state of vaccination may rest on.
REASONS = {
    "contraindicated": {NotBecause.ALLERGY, NotBecause.CHRONIC, NotBecause.NERVES},
    "put_off": {
        NotBecause.ACUTE,
        NotBecause.PREGNANT,
        NotBecause.OTHER_DOSE,
        NotBecause.RECOVERED,
        NotBecause.AWAY,
        NotBecause.CHRONIC,
    },
    "refusing": {NotBecause.UNWILLING},
}


def why_not(state, label):
    """A check that the reason code belongs to the state it would lead to."""

    def check(worker):
        reason = worker.not_vaccinated_because
        return "" if reason in REASONS[state] else f"“{NotBecause(reason).label}”不是{label}的原因。"

    return check


class Worker(Record):
    """One person at one exposed post."""

    number = Number("FKR{seq:05}")
    person = Link("parties.Person", "人员")
    employee_no = Text("工号", optional=True, max_length=30)
    enterprise = Link("parties.Enterprise", "企业", optional=True)
    post_risk = Choice(Exposure, "防控岗位")
    border_point = Link("health.BorderPoint", "跨境作业点", optional=True)
    on_post_from = Day("上岗日期")
    on_post_until = Day("离岗日期", optional=True)
    doses = Integer("接种剂次", unit="剂", least=0, most=6, default=0, total=False)
    last_dose_on = Day("末次接种日期", optional=True)
    not_vaccinated_because = Choice(NotBecause, "未接种原因", optional=True)
    put_off_until = Day("暂缓接种至", optional=True)
    medical_proof = Files("禁忌或暂缓证明")
    last_test_on = Day("最近检测日期", optional=True)
    next_test_by = Day("应检日期", optional=True)

    @derive("post_risk", "on_post_from", always=True)
    def derive_next_test_by(self):
        """The interval of the post from the last test, or from the first day; None where no test is asked for."""
        since = self.last_test_on or self.on_post_from
        days = int(TEST_EVERY_DAYS.at(since, self.post_risk))
        return since + timedelta(days=days) if days and not self.on_post_until else None

    @column("全程接种", numeric=False)
    def fully_vaccinated(self):
        return "是" if self.doses >= FULL_DOSES.on(clock.today()) else "否"

    class Flow(Workflow):
        to_vaccinate = State("待接种", start=True, confirmed=True)
        vaccinated = State("已接种", confirmed=True)
        contraindicated = State("接种禁忌", confirmed=True)
        put_off = State("暂缓接种", due="put_off_until", confirmed=True)
        refusing = State("未同意接种", confirmed=True)
        off_post = State("已离岗", final=True, tone="void")

        vaccinate = Move(
            (to_vaccinate | vaccinated | put_off | refusing) >> vaccinated,
            "登记接种",
            by=("clerk", "safety_officer"),
            needs=("doses", "last_dose_on"),
            sets={"not_vaccinated_because": "", "put_off_until": None},
            check=lambda worker: "" if worker.doses else "接种剂次应不少于一剂。",
        )
        rule_out = Move(
            (to_vaccinate | put_off | refusing) >> contraindicated,
            "登记禁忌",
            by=("clerk", "safety_officer"),
            needs=("not_vaccinated_because", "medical_proof"),
            check=why_not("contraindicated", "接种禁忌"),
        )
        put_off_dose = Move(
            (to_vaccinate | put_off | refusing) >> put_off,
            "登记暂缓",
            by=("clerk", "safety_officer"),
            needs=("not_vaccinated_because", "put_off_until"),
            check=why_not("put_off", "暂缓接种"),
        )
        note_refusal = Move(
            (to_vaccinate | put_off) >> refusing,
            "登记未同意",
            by=("clerk", "safety_officer"),
            needs=("not_vaccinated_because",),
            check=why_not("refusing", "未同意接种"),
        )
        leave_post = Move(
            (to_vaccinate | vaccinated | contraindicated | put_off | refusing) >> off_post,
            "离岗",
            by=("clerk", "safety_officer"),
            needs=("on_post_until",),
        )

    class Page(Ledger):
        title = "防控人员"
        columns = "number person post_risk unit doses fully_vaccinated last_test_on next_test_by put_off_until state"
        filters = "on_post_from unit post_risk state enterprise next_test_by"
        search = "number person__name employee_no"
        names = "number"
        form = [
            Section("人员", "person employee_no unit enterprise post_risk border_point on_post_from on_post_until"),
            Section("接种", "doses last_dose_on not_vaccinated_because put_off_until medical_proof"),
            Section("检测", "last_test_on"),
        ]
        read = {"clerk": within_unit, "safety_officer": within_unit, "director": within_unit}
        write = {"clerk": within_unit, "safety_officer": within_unit}
        imports = Sheet(
            "防控人员导入模板",
            columns=(
                "person employee_no unit enterprise post_risk border_point on_post_from doses last_dose_on last_test_on"
            ),
        )
        exports = (
            "number person unit enterprise post_risk border_point on_post_from on_post_until doses last_dose_on "
            "not_vaccinated_because put_off_until last_test_on next_test_by state"
        )
        sort = "number"
        watches = (
            Watch("next_test_by", "应检到期", lead=TEST_LEAD, basis="名单管理"),
            Watch("put_off_until", "暂缓接种到期", lead=DEFERRAL_LEAD, where=Q(state="put_off")),
        )
        purges = (
            Purge(
                "employee_no not_vaccinated_because medical_proof last_test_on",
                after="on_post_until",
                days=WORKER_KEPT_DAYS,
                basis=f"{PRIVACY_LAW.title}第十九条",
            ),
        )
        pictures = (Bars("各岗位接种", by="post_risk", stack="state"),)
        follow_ups = (FollowUp("health.screening", "登记应检", {"worker": "self", "test_by": "next_test_by"}),)
        example = dict(person=None, post_risk=Exposure.BORDER, on_post_from="2026-03-01", doses=0)

    class Measures:
        in_scope = Count("防控人员", unit="人")
        vaccinated = Count("已接种防控人员", where=Q(state="vaccinated"), unit="人")
        two_doses = Count("接种两剂以上防控人员", where=Q(doses__gte=2), unit="人")
        contraindicated = Count("接种禁忌防控人员", where=Q(state="contraindicated"), unit="人")
        put_off = Count("暂缓接种防控人员", where=Q(state="put_off"), unit="人")
        refusing = Count("未同意接种防控人员", where=Q(state="refusing"), unit="人")
        at_border = Count("接触跨境货车人员", where=Q(post_risk=Exposure.BORDER), unit="人")

    def faults(self):
        """A dose has its day; who left came first."""
        if self.doses and not self.last_dose_on:
            yield "last_dose_on", "填写了“接种剂次”的，须填写“末次接种日期”。"
        if self.on_post_until and self.on_post_until < self.on_post_from:
            yield "on_post_until", "“离岗日期”早于上岗日期。"

    def __str__(self):
        return f"{self.number} {self.person.name}"
