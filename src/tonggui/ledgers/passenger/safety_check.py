"""车辆例检台账: the safety check of a coach before it leaves its station, and the pass notice that runs out by itself.

Basis: 汽车客运站安全生产规范 第二十七条 (named inspectors, a report form, a pass notice for what passed; what was not
checked is stopped). Eight visible areas are looked at without dismantling. The notice holds 24 hours (H-11); a failed
coach goes to repair and is checked again by somebody, not necessarily the same.
"""

from datetime import timedelta

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Choice,
    Choices,
    Count,
    Day,
    FollowUp,
    Handheld,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Paper,
    Photos,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    anyone,
    column,
    derive,
    own,
)
from tonggui.statutes.passenger import PASS_NOTICE_HOURS


class Item(TextChoices):
    STEERING = "steering", "转向系"
    BRAKES = "brakes", "制动系"
    TRANSMISSION = "transmission", "传动系"
    LIGHTS = "lights", "照明信号"
    TYRES = "tyres", "轮胎"
    SUSPENSION = "suspension", "悬架"
    BODY = "body", "车身"
    SAFETY = "safety", "安全锤、灭火器、应急门窗"
    SATELLITE = "satellite", "卫星定位和视频"


class Condition(TextChoices):
    SOUND = "sound", "无异常"
    ODD = "odd", "有异响异味"
    FAULTY = "faulty", "有故障"


PASS_NOTICE = """{vehicle}（{carrier_firm}）于{checked_at}在{station}进行安全例行检查，未发现不合格项目，准予报班。

本通知单有效至{good_until}，逾期须重新例检。"""

REPAIR_NOTICE = """{vehicle}（{carrier_firm}）于{checked_at}在{station}进行安全例检，以下项目不合格：{failed_items}。

【情况：{check_findings}】

车辆应立即维修，复检合格前不得报班发车。"""

PERFORMED_BY = ("enterprise", "transport_officer")


def why_not_pass(check: "SafetyCheck") -> str:
    """What failed is named; a coach with a failed item does not pass before it was repaired."""
    if check.state == "checking" and check.failed_items:
        return f"{check.kinds['failed_items'].show(check.failed_items)}不合格，应退回维修。"
    return ""


class SafetyCheck(Record):
    """One check of one coach."""

    number = Number("LJ{year}{seq:06}", year_of="checked_on")
    station = Link("passenger.Station", "例检客运站")
    enterprise = Link("parties.Enterprise", "站场企业", optional=True)
    vehicle = Link("fleet.Vehicle", "车辆")
    carrier_firm = Link("parties.Enterprise", "承运客运企业", optional=True)
    checked_at = Moment("例检时间")
    checked_on = Day("例检日期", optional=True, index=True)
    checker = Link("parties.Person", "例检员", optional=True)
    condition = Choice(Condition, "驾驶员报告车况", default=Condition.SOUND)
    failed_items = Choices(Item, "不合格项目", optional=True)
    check_findings = LongText("例检情况", optional=True)
    pass_notice_no = Text("合格通知单号", optional=True, max_length=40)
    good_until = Moment("合格通知单有效至", optional=True)
    repaired_at = Moment("复检时间", optional=True)
    photos = Photos("例检照片")
    checker_signature = Photos("例检员签名")
    driver_signature = Photos("驾驶员签名")

    @derive("station")
    def derive_enterprise(self):
        return self.station.enterprise

    @derive("vehicle")
    def derive_carrier_firm(self):
        return self.vehicle.enterprise

    @derive("checked_at", always=True)
    def derive_checked_on(self):
        return self.checked_at.astimezone(clock.CHINA).date()

    def prepare(self):
        """The notice runs from the check that was passed: the first one, or the one after the repair."""
        if self.state == "check_passed" and self.good_until is None:
            passed_at = self.repaired_at or self.checked_at
            self.good_until = passed_at + timedelta(hours=PASS_NOTICE_HOURS.on(self.checked_on))

    @column("剩余有效时间", unit="小时")
    def hours_left(self):
        """Whole hours for which the notice still holds; 0 once it has run out, None without one."""
        if self.good_until is None:
            return None
        return max(0, int((self.good_until - clock.now()).total_seconds() // 3600))

    def holds_at(self, moment) -> bool:
        """Whether a coach may report for a trip with this check at a moment."""
        return self.state == "check_passed" and self.checked_at <= moment <= self.good_until

    def faults(self):
        """What the driver reported as a fault cannot be found without any failed item."""
        if self.condition == Condition.FAULTY and not self.failed_items:
            yield "failed_items", "驾驶员报告有故障的，应查明并勾选不合格项目。"
        if self.repaired_at and self.repaired_at < self.checked_at:
            yield "repaired_at", "“复检时间”早于“例检时间”。"

    class Flow(Workflow):
        checking = State("检查中", start=True)
        check_passed = State("例检合格", final=True, confirmed=True)
        in_repair = State("退回维修", confirmed=True, tone="todo")
        void = State("作废", final=True, tone="void")

        let_pass = Move(
            checking >> check_passed,
            "判定合格",
            by=PERFORMED_BY,
            check=why_not_pass,
            numbers={"pass_notice_no": "例检〔{year}〕{seq}号"},
        )
        fail = Move(
            checking >> in_repair, "判定不合格", by=PERFORMED_BY, takes=("failed_items",), needs=("failed_items",)
        )
        pass_again = Move(
            in_repair >> check_passed,
            "维修后复检合格",
            by=PERFORMED_BY,
            takes=("check_findings",),
            sets={"repaired_at": clock.now},
            numbers={"pass_notice_no": "例检〔{year}〕{seq}号"},
        )
        cancel = Move((checking | in_repair) >> void, "作废", by="transport_officer", comment=True)

    class Page(Ledger):
        title = "车辆例检"
        columns = "number checked_at station vehicle failed_items pass_notice_no good_until hours_left state"
        filters = "checked_on unit station state vehicle carrier_firm failed_items"
        search = "number pass_notice_no vehicle__plate"
        names = "pass_notice_no"
        form = [
            Section("车辆", "station vehicle checked_at checker condition"),
            Section("例检", "failed_items check_findings photos checker_signature driver_signature"),
            Section("通知单", "pass_notice_no good_until repaired_at"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "enterprise": own("enterprise")}
        imports = Sheet(
            "车辆例检导入模板",
            key="vehicle checked_at",
            columns="station checker condition failed_items check_findings pass_notice_no",
        )
        exports = (
            "number station vehicle carrier_firm checked_at checker condition failed_items check_findings "
            "pass_notice_no good_until repaired_at state"
        )
        sort = "-checked_at"
        unit_from = "station"
        papers = (
            Paper(
                "安全例检合格通知单", PASS_NOTICE, number="pass_notice_no", states="check_passed", signs="例检员 驾驶员"
            ),
            Paper(
                "车辆例检不合格维修通知单", REPAIR_NOTICE, to="carrier_firm", states="in_repair", signs="例检员 驾驶员"
            ),
        )
        pictures = (Bars("各月例检", by="checked_on"), Bars("各站例检", by="station"))
        follow_ups = (
            FollowUp("passenger.departure", "报班", {"station": "station", "vehicle": "vehicle"}, "check_passed"),
        )
        handheld = Handheld(
            "车辆例检",
            "station vehicle checked_at condition failed_items check_findings photos "
            "checker_signature driver_signature",
            moves="let_pass fail pass_again",
            nearest="station",
            signs="checker_signature driver_signature",
        )
        example = dict(station=None, vehicle=None, checked_at="2026-03-01 06:20")

    class Measures:
        checks = Count("车辆例检", on="checked_on", unit="车次")
        failed = Count("例检不合格", on="checked_on", where=~Q(failed_items=""), unit="车次")
        vehicles = Count("参加例检客车", on="checked_on", distinct="vehicle", unit="辆")

    def __str__(self):
        return f"{self.vehicle} {self.checked_at.astimezone(clock.CHINA):%Y-%m-%d %H:%M}"
