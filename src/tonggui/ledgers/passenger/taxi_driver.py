"""出租汽车驾驶员证台账: certificates of taxi drivers, cruising and ride-hailing, from background check to registration.

Basis: 网络预约出租汽车经营服务管理暂行办法 第十四条 (three years of driving; no crime of traffic, danger or violence;
no drugs, no drink; no 12 points in the last three periods); 出租汽车驾驶员从业资格管理规定 for the examination, the
registration of three years and the continuing education within it.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.law.deadlines import add_months
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Flag,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    column,
    derive,
    own,
)
from tonggui.statutes.licences import CERTIFICATE_LEAD
from tonggui.statutes.passenger import DRIVING_YEARS, TAXI_REGISTRATION, TAXI_TRAINING_HOURS


class TaxiKind(TextChoices):
    CRUISE = "cruise", "巡游出租汽车"
    HAILING = "hailing", "网络预约出租汽车"


class Honour(TextChoices):
    AAA = "aaa", "AAA级"
    AA = "aa", "AA级"
    A = "a", "A级"
    B = "b", "B级"


BACKGROUND = {
    "no_crime": "有交通肇事、危险驾驶犯罪记录",
    "no_drugs": "有吸毒记录",
    "no_drink": "有饮酒后驾驶记录",
    "no_violence": "有暴力犯罪记录",
    "no_twelve": "最近连续三个记分周期内有记满十二分记录",
}


def why_not_certify(taxi_driver: "TaxiDriver") -> str:
    """The background, the years behind the wheel and the examination."""
    found = [why for name, why in BACKGROUND.items() if not getattr(taxi_driver, name)]
    years = DRIVING_YEARS.on(taxi_driver.certificate_asked_on)
    if add_months(taxi_driver.first_licensed_on, 12 * years) > taxi_driver.certificate_asked_on:
        found.append(f"驾驶经历不满 {years} 年")
    if not taxi_driver.exam_passed_on:
        found.append("没有通过从业资格考试")
    return f"{'；'.join(found)}。" if found else ""


def why_not_register(taxi_driver: "TaxiDriver") -> str:
    """A further registration asks for the lessons of the last one."""
    least = TAXI_TRAINING_HOURS.on(clock.today())
    if taxi_driver.state == "registered_taxi" and taxi_driver.lesson_hours < least:
        return f"本注册期继续教育 {taxi_driver.lesson_hours} 学时，不足 {least} 学时。"
    return ""


class TaxiDriver(Record):
    """One certificate of one person; who drives both kinds has two."""

    number = Number("CZJ{seq:05}")
    driver = Link("fleet.Driver", "出租汽车驾驶员")
    taxi_kind = Choice(TaxiKind, "从业范围")
    certificate_asked_on = Day("资格申请日期", index=True)
    first_licensed_on = Day("初次领取驾驶证日期")
    no_crime = Flag("无交通肇事危险驾驶犯罪")
    no_drugs = Flag("无吸毒记录")
    no_drink = Flag("无酒后驾驶记录")
    no_violence = Flag("无暴力犯罪记录")
    no_twelve = Flag("三周期无满分记录")
    exam_passed_on = Day("资格考试合格日期", optional=True)
    taxi_certificate = Text("出租汽车驾驶员证号", optional=True, max_length=40)
    certified_on = Day("驾驶员证核发日期", optional=True, index=True)
    platform = Link("passenger.Platform", "所属平台", optional=True)
    enterprise = Link("parties.Enterprise", "注册企业", optional=True)
    registration_on = Day("注册日期", optional=True)
    registration_until = Day("注册有效期至", optional=True, index=True)
    lesson_hours = Integer("继续教育学时", unit="学时", least=0, default=0)
    integrity = Choice(Honour, "诚信考核等级", optional=True)

    @derive("platform")
    def derive_enterprise(self):
        return self.platform.enterprise if self.platform else None

    @derive("registration_on")
    def derive_registration_until(self):
        return TAXI_REGISTRATION.due(self.registration_on)

    @column("注册剩余天数", unit="天")
    def registration_left(self):
        return (self.registration_until - clock.today()).days if self.registration_until else None

    def faults(self):
        """A ride-hailing driver is registered with a platform; days follow one another."""
        if self.state == "registered_taxi" and self.taxi_kind == TaxiKind.HAILING and self.platform is None:
            yield "platform", "网络预约出租汽车驾驶员应当注册到平台。"
        if self.certificate_asked_on < self.first_licensed_on:
            yield "certificate_asked_on", "“资格申请日期”早于初次领取驾驶证日期。"
        if self.exam_passed_on and self.exam_passed_on < self.certificate_asked_on:
            yield "exam_passed_on", f"“资格考试合格日期”早于申请日期 {self.certificate_asked_on}。"

    class Flow(Workflow):
        background = State("背景核查", start=True)
        certified_driver = State("持证待注册", confirmed=True)
        registered_taxi = State("已注册上岗", confirmed=True, tone="done", due="registration_until")
        cancelled = State("证件注销", final=True, confirmed=True, tone="void")
        uncertified = State("不予发证", final=True, tone="void")

        certify = Move(
            background >> certified_driver,
            "核发驾驶员证",
            by="transport_officer",
            takes=("exam_passed_on", "taxi_certificate", "certified_on"),
            needs=("exam_passed_on", "certified_on"),
            check=why_not_certify,
            numbers={"taxi_certificate": "出租驾〔{year}〕{seq}号"},
        )
        not_certified = Move(background >> uncertified, "不予发证", by="transport_officer", comment=True)
        register_driver = Move(
            (certified_driver | registered_taxi) >> registered_taxi,
            "注册上岗",
            by="transport_officer",
            takes=("platform", "enterprise", "registration_on"),
            needs=("enterprise", "registration_on"),
            check=why_not_register,
        )
        cancel_certificate = Move(
            (certified_driver | registered_taxi) >> cancelled, "注销证件", by="transport_officer", comment=True
        )

    class Page(Ledger):
        title = "出租汽车驾驶员证"
        columns = "number driver taxi_kind enterprise taxi_certificate registration_until lesson_hours integrity state"
        filters = "registration_until certified_on state taxi_kind enterprise integrity"
        search = "number taxi_certificate driver__name"
        form = [
            Section("申请", "driver taxi_kind certificate_asked_on first_licensed_on"),
            Section("背景核查", "no_crime no_drugs no_drink no_violence no_twelve exam_passed_on"),
            Section("证件", "taxi_certificate certified_on"),
            Section("注册", "platform enterprise registration_on registration_until lesson_hours integrity"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "出租汽车驾驶员证导入模板",
            columns="driver taxi_kind certificate_asked_on first_licensed_on no_crime no_drugs no_drink no_violence "
            "no_twelve exam_passed_on taxi_certificate certified_on platform enterprise registration_on "
            "lesson_hours integrity",
        )
        exports = (
            "number driver taxi_kind certificate_asked_on first_licensed_on exam_passed_on taxi_certificate "
            "certified_on platform enterprise registration_on registration_until lesson_hours integrity state"
        )
        unit_from = "driver"
        watches = (Watch("registration_until", "出租汽车驾驶员注册到期", lead=CERTIFICATE_LEAD),)
        example = dict(
            driver=None,
            taxi_kind=TaxiKind.CRUISE,
            certificate_asked_on="2026-01-20",
            first_licensed_on="2016-05-01",
            no_crime=True,
            no_drugs=True,
            no_drink=True,
            no_violence=True,
            no_twelve=True,
        )

    class Measures:
        registered = Count("注册出租汽车驾驶员", where=Q(state="registered_taxi"), unit="人")
        hailing = Count("注册网约车驾驶员", where=Q(state="registered_taxi", taxi_kind=TaxiKind.HAILING), unit="人")
        certified = Count("核发出租汽车驾驶员证", on="certified_on", unit="本")

    def __str__(self):
        return self.taxi_certificate or self.number
