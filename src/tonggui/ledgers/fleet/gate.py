"""三关一监督台账: the entry gates of firm, vehicle and driver and the supervision of stations, each with what blocked
it.

Basis: 道路运输条例 第八条, 第九条 and 第二十二条 (who may carry passengers or goods, with which vehicles and
drivers); 道路运输车辆技术管理规定 for the technical grade. The validity of papers is read from the files, never
typed; what the officer sees (grade, record of conduct, station) is added. A blocked gate is a hazard unless it is put
right.
"""

from django.db.models import Q

from tonggui.ledgers.fleet.gate_flow import LOOKERS, GateFlow, obstacles
from tonggui.ledgers.fleet.gate_kinds import GateKind, TechnicalGrade
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Flag,
    FollowUp,
    Handheld,
    Ledger,
    Link,
    LongText,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    anyone,
    derive,
    own,
)


class Gate(Record):
    """One look at one gate. What blocked it is kept as it stood on that day."""

    number = Number("SG{year}{seq:05}", year_of="gate_on")
    kind = Choice(GateKind, "关口")
    enterprise = Link("parties.Enterprise", "企业")
    vehicle = Link("fleet.Vehicle", "车辆", optional=True)
    driver = Link("fleet.Driver", "受核驾驶员", optional=True)
    gate_on = Day("核关日期", index=True)
    technical_grade = Choice(TechnicalGrade, "车辆技术等级", optional=True)
    device_working = Flag("卫星定位正常", default=True)
    integrity = Text("诚信考核等级", optional=True, max_length=20)
    seen = Text("现场发现的问题", optional=True, max_length=200)
    not_passed = LongText("未过关事项", optional=True, hint="由档案和核关情况得出")
    put_right = LongText("整改情况", optional=True)
    opened_gate_on = Day("过关日期", optional=True)
    gatekeeper = Link("parties.Person", "核关人员", optional=True)

    @derive("enterprise", "kind", always=True)
    def derive_not_passed(self):
        """What keeps the gate shut, from the files and from what the officer saw; "无" when nothing does."""
        return "；".join(obstacles(self)) or "无"

    def faults(self):
        """The gate names what is checked, and it belongs to the firm."""
        if self.kind == GateKind.VEHICLE and self.vehicle is None:
            yield "vehicle", "车辆技术状况关应写明车辆。"
        if self.kind == GateKind.DRIVER and self.driver is None:
            yield "driver", "从业人员资格关应写明驾驶员。"
        if self.kind == GateKind.VEHICLE and not self.technical_grade:
            yield "technical_grade", "车辆技术状况关应写明车辆技术等级。"
        for name in ("vehicle", "driver"):
            one = getattr(self, name)
            if one is not None and one.enterprise_id != self.enterprise_id:
                yield name, f"{one}属于{one.enterprise.name}，不是该企业的。"

    class Flow(GateFlow):
        pass

    class Page(Ledger):
        title = "三关一监督"
        menu = "车辆监管"
        columns = "number gate_on kind enterprise vehicle driver not_passed opened_gate_on state"
        filters = "gate_on kind enterprise vehicle driver unit state"
        search = "number enterprise__name vehicle__plate driver__name not_passed"
        form = [
            Section("核关", "kind enterprise vehicle driver gate_on gatekeeper"),
            Section("情况", "technical_grade device_working integrity seen not_passed"),
            Section("结果", "put_right opened_gate_on"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = dict.fromkeys(LOOKERS, anyone)
        imports = Sheet(
            "三关一监督导入模板",
            columns="kind enterprise vehicle driver gate_on technical_grade device_working integrity seen",
        )
        exports = (
            "number kind enterprise vehicle driver gate_on technical_grade device_working integrity seen not_passed "
            "put_right opened_gate_on state"
        )
        sort = "-gate_on"
        unit_from = "enterprise"
        follow_ups = (
            FollowUp(
                "safety.hazard",
                "登记隐患",
                {"enterprise": "enterprise", "content": "not_passed", "found_on": "gate_on"},
                states="blocked",
            ),
        )
        handheld = Handheld("三关一监督", "kind enterprise vehicle driver gate_on technical_grade device_working seen")
        pictures = (Bars("各关口", by="kind", stack="state"),)
        example = dict(kind=GateKind.FIRM, enterprise=None, gate_on="2026-03-18", integrity="AA级")

    class Measures:
        looked = Count("核关", on="gate_on", unit="次")
        passed = Count("准予过关", on="gate_on", where=Q(state="passed_gate"), unit="次")
        blocked = Count("不予过关", on="gate_on", where=Q(state="blocked"), unit="次")
        firms = Count("核关企业", on="gate_on", where=Q(kind=GateKind.FIRM), distinct="enterprise", unit="家")

    def __str__(self):
        return f"{self.get_kind_display()} {self.driver or self.vehicle or self.enterprise}"
