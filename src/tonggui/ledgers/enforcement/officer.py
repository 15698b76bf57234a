"""执法人员台账: who holds an enforcement certificate, for which certified_trades, and until when.

Basis: 行政处罚法 (2021) 第四十二条, 第五十五条: at least two officers with certificates, shown before acting;
第五十八条: who first takes up legal review has passed the national legal examination. A case asks this ledger whether
its two officers held a certificate on the day it was filed.
"""

from datetime import date

from django.db.models import TextChoices

from tonggui.register.declare import (
    Choice,
    Choices,
    Count,
    Day,
    Flag,
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
)
from tonggui.statutes.enforcement import CERTIFICATE_LEAD


class Trade(TextChoices):
    ROAD = "road", "公路路政"
    TRANSPORT = "transport", "道路运政"
    WATERWAY = "waterway", "航道行政"
    SHIPPING = "shipping", "水路运政"
    PORT = "port", "港口行政"
    MARITIME = "maritime", "地方海事行政"
    WORKS = "works", "工程质量监督"


class Duty(TextChoices):
    FIELD = "field", "执法办案"
    REVIEW = "review", "法制审核"
    FILES = "files", "案件管理"
    OVERSIGHT = "oversight", "执法监督"


class Officer(Record):
    """One certificate holder; `unit` is the brigade or squadron in which the officer serves."""

    number = Number("ZF{seq:04}")
    person = Link("parties.Person", "人员")
    certificate = Text("执法证号", unique=True, max_length=30)
    certified_trades = Choices(Trade, "执法门类")
    enforcement_duty = Choice(Duty, "执法岗位", default=Duty.FIELD)
    issued_on = Day("发证日期")
    valid_until = Day("执法证有效期至", index=True)
    exam_on = Day("最近培训考试日期", optional=True)
    legal_exam = Flag("通过法律职业资格考试", hint="初次从事法制审核的人员应当通过")

    def certified_on(self, day: date) -> bool:
        """Whether the certificate was issued and had not ended on a day."""
        return self.issued_on <= day <= self.valid_until

    def faults(self):
        """A certificate ends after it begins; a reviewer has the examination."""
        if self.valid_until <= self.issued_on:
            yield "valid_until", f"“执法证有效期至”应晚于发证日期 {self.issued_on}。"
        if self.enforcement_duty == Duty.REVIEW and not self.legal_exam:
            yield "legal_exam", "初次从事法制审核的人员，应当通过国家统一法律职业资格考试取得法律职业资格。"

    class Flow(Workflow):
        certified = State("持证在岗", start=True, confirmed=True, tone="done")
        withheld = State("证件暂扣", tone="waiting")
        cancelled = State("证件注销", final=True, tone="void")

        withhold = Move(certified >> withheld, "暂扣证件", by=("legal_officer", "director"), comment=True)
        restore_post = Move(withheld >> certified, "恢复上岗", by=("legal_officer", "director"), comment=True)
        renew_certificate = Move(
            certified >> certified,
            "换证",
            by=("legal_officer", "admin"),
            takes=("issued_on", "valid_until", "exam_on"),
            needs=("issued_on", "valid_until"),
        )
        cancel_certificate = Move(
            (certified | withheld) >> cancelled, "注销证件", by=("legal_officer", "director"), comment=True
        )

    class Page(Ledger):
        title = "执法人员"
        columns = "number person certificate certified_trades enforcement_duty issued_on valid_until unit state"
        filters = "valid_until unit certified_trades enforcement_duty state"
        search = "number certificate person__name"
        names = "certificate"
        form = [
            Section("人员", "person unit enforcement_duty certified_trades"),
            Section("证件", "certificate issued_on valid_until exam_on legal_exam"),
        ]
        read = {"county": anyone}
        write = {"legal_officer": anyone, "admin": anyone}
        imports = Sheet(
            "执法人员导入模板",
            key="certificate",
            columns="person unit certified_trades enforcement_duty issued_on valid_until exam_on legal_exam",
        )
        exports = "number person certificate certified_trades enforcement_duty issued_on valid_until exam_on unit state"
        sort = "number"
        unit_from = "person"
        watches = (
            Watch(
                "valid_until",
                "执法证到期",
                lead=CERTIFICATE_LEAD,
                tell=("legal_officer", "enforcement_officer"),
                basis="行政处罚法第五十五条",
            ),
        )
        example = dict(
            person=None,
            certificate="示执000001",
            certified_trades="公路路政、道路运政",
            issued_on="2024-05-01",
            valid_until="2029-04-30",
        )

    class Measures:
        certified = Count("持证执法人员", unit="人")

    def __str__(self):
        return f"{self.person}（{self.certificate}）"
