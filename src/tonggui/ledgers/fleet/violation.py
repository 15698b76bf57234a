"""动态违规处理台账: what a firm did with a driver who sped, tired or overfilled, and whether the same driver does it
again.

Basis: 道路运输车辆动态监督管理办法 (2022) 第二十五条: the firm handles violations in time and keeps the record for
three years; 第三十五条: below nine in ten handled is an offence of the firm. The row may come from an alarm; the firm
says what it did, and the bureau's monitor looks at it.
"""

from datetime import timedelta

from django.db.models import F, Q, TextChoices

from tonggui.law.deadlines import add_months
from tonggui.ledgers.fleet.violation_flow import ViolationFlow
from tonggui.register.declare import (
    Bars,
    Choice,
    Choices,
    Count,
    Day,
    Files,
    Flag,
    Integer,
    Ledger,
    Link,
    Money,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    anyone,
    derive,
    own,
)
from tonggui.statutes.dynamic_supervision import RETRAINED_FROM, VIOLATION_HANDLING_DAYS, VIOLATION_MONTHS


class ViolationKind(TextChoices):
    OVERSPEED = "overspeed", "超速"
    FATIGUE = "fatigue", "疲劳驾驶"
    OVERCROWDED = "overcrowded", "超员"
    OVERLOAD = "overload", "超载"
    ROUTE = "route", "偏离路线"
    NIGHT = "night", "夜间禁行"
    PHONE = "phone", "接打手机"
    SMOKING = "smoking", "行车吸烟"
    COVERED = "covered", "遮挡摄像头"
    OFFLINE = "offline", "故意断电离线"


class Step(TextChoices):
    EDUCATED = "educated", "批评教育"
    STUDIED = "studied", "停班学习"
    FINED = "fined", "企业罚款"
    POINTS = "points", "安全记分"
    MOVED = "moved", "调离岗位"
    DISMISSED = "dismissed", "解除聘用"


def counted(violation: "Violation"):
    """The driver's violations in the months that count, up to and with this one."""
    first = add_months(violation.violated_on, -VIOLATION_MONTHS.on(violation.violated_on))
    rows = Violation._base_manager.exclude(state__in=("unfounded", "void"))
    return rows.filter(driver=violation.driver_id, violated_on__gt=first, violated_on__lte=violation.violated_on)


class Violation(Record):
    """One violation of one driver, and what the firm did."""

    number = Number("WG{year}{seq:05}", year_of="violated_on")
    alarm = Link("fleet.Alarm", "来源报警", optional=True)
    vehicle = Link("fleet.Vehicle", "车辆")
    enterprise = Link("parties.Enterprise", "所属企业", optional=True)
    driver = Link("fleet.Driver", "违规驾驶员", optional=True)
    kind = Choice(ViolationKind, "违规类别")
    violated_on = Day("违规日期", index=True)
    detail = Text("违规情形", optional=True, max_length=200)
    due_on = Day("违规处理期限", optional=True, index=True)
    driver_count = Integer("期内违规次数", unit="次", optional=True, editable=False, total=False)
    must_retrain = Flag("须重新培训")
    steps = Choices(Step, "处理措施", optional=True)
    firm_fine = Money("企业处罚金额", optional=True, least=0)
    halted_days = Text("停班期间", optional=True, max_length=40)
    handled_on = Day("处理日期", optional=True)
    retrained_on = Day("培训完成日期", optional=True)
    files = Files("处理材料")

    @derive("vehicle")
    def derive_enterprise(self):
        """The firm of the vehicle."""
        return self.vehicle.enterprise

    @derive("violated_on")
    def derive_due_on(self):
        """The last day on which the firm handles it in time, by the bureau's own parameter."""
        return self.violated_on + timedelta(days=VIOLATION_HANDLING_DAYS.on(self.violated_on))

    def prepare(self):
        """How often the driver has violated within the months that count, and whether that asks for training."""
        if self.driver_id and self.violated_on:
            self.driver_count = 1 + counted(self).exclude(pk=self.pk).count()
            self.must_retrain = self.driver_count >= RETRAINED_FROM.on(self.violated_on)

    def faults(self):
        """Handled after it happened; an amount belongs to a fine; the driver is one of the vehicle's firm."""
        for name in ("handled_on", "retrained_on"):
            day = getattr(self, name)
            if day and day < self.violated_on:
                yield name, f"“{self.kinds[name].label}”早于违规日期 {self.violated_on}。"
        if self.firm_fine and f",{Step.FINED}," not in (self.steps or ""):
            yield "steps", "填了企业处罚金额的，处理措施应含企业罚款。"
        if self.driver and self.enterprise_id and self.driver.enterprise_id != self.enterprise_id:
            yield "driver", f"该驾驶员属于{self.driver.enterprise.name}，不是车辆所属企业的人员，请核对。"

    class Flow(ViolationFlow):
        pass

    class Page(Ledger):
        title = "动态违规处理"
        menu = "车辆监管"
        columns = "number violated_on kind vehicle driver enterprise driver_count steps due_on state"
        filters = "violated_on due_on kind enterprise driver vehicle must_retrain state"
        search = "number vehicle__plate driver__name detail"
        form = [
            Section("违规", "alarm vehicle driver kind violated_on detail"),
            Section("处理", "due_on steps firm_fine halted_days handled_on files"),
            Section("培训", "must_retrain retrained_on"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"monitor": anyone, "safety_officer": anyone}
        imports = Sheet(
            "动态违规处理导入模板",
            columns="vehicle driver kind violated_on detail steps firm_fine handled_on retrained_on",
        )
        exports = (
            "number vehicle enterprise driver kind violated_on detail due_on steps firm_fine halted_days handled_on "
            "must_retrain retrained_on state"
        )
        sort = "-violated_on"
        unit_from = "vehicle"
        watches = (Watch("due_on", "动态违规处理到期", lead=1, where=Q(state="found")),)
        pictures = (Bars("各企业违规", by="enterprise", stack="kind"), Bars("各月违规", by="violated_on", stack="kind"))
        example = dict(
            vehicle=None,
            driver=None,
            kind=ViolationKind.FATIGUE,
            violated_on="2026-04-12",
            detail="示例：连续驾驶四小时十二分未休息",
        )

    class Measures:
        found = Count("动态违规", on="violated_on", where=~Q(state="unfounded"), unit="起")
        handled = Count("已处理动态违规", on="violated_on", where=Q(handled_on__isnull=False), unit="起")
        in_time = Count("按期处理动态违规", on="violated_on", where=Q(handled_on__lte=F("due_on")), unit="起")
        drivers = Count("违规驾驶员", on="violated_on", distinct="driver", unit="人")
        retrained = Count("违规后重新培训", on="retrained_on", unit="人次")

    def __str__(self):
        return f"{self.vehicle.plate} {self.get_kind_display()} {self.violated_on}"
