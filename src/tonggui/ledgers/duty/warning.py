"""预警接收台账: warnings of weather, flood and geology, to whom they were passed on, who confirmed and what was done.

Basis: 突发事件应对法 (2024) 第六十三条: four levels, red, orange, yellow and blue; what is received is passed on
within the bureau's own minutes. A warning leads on to a stop order for ferries or to a response by plan.
"""

from datetime import timedelta

from django.db.models import F, Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.duty.warning_flow import WarningFlow
from tonggui.register.declare import (
    Calendar,
    Choice,
    Choices,
    Count,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    anyone,
    column,
    derive,
)
from tonggui.statutes.duty import WARNING_PASSED


class WarningKind(TextChoices):
    RAIN = "rain", "暴雨"
    FLOOD = "flood", "洪水"
    WIND = "wind", "大风"
    FOG = "fog", "大雾"
    TYPHOON = "typhoon", "台风"
    LANDSLIDE = "landslide", "地质灾害"
    ICE = "ice", "道路结冰"
    THUNDER = "thunder", "雷电"
    HEAT = "heat", "高温"


class Colour(TextChoices):
    BLUE = "blue", "蓝色（Ⅳ级）"
    YELLOW = "yellow", "黄色（Ⅲ级）"
    ORANGE = "orange", "橙色（Ⅱ级）"
    RED = "red", "红色（Ⅰ级）"


class Receiver(TextChoices):
    TOWNS = "towns", "乡镇（街道）"
    FERRIES = "ferries", "渡口渡船"
    COACHES = "coaches", "客运企业"
    HAZMAT = "hazmat", "危货企业"
    SITES = "sites", "在建工程"
    UPKEEP = "upkeep", "养护站"
    WHARVES = "wharves", "码头"
    STAFF = "staff", "局属单位"


class Warning(Record):
    """One warning received by the bureau."""

    number = Number("YJ{year}{seq:04}")
    kind = Choice(WarningKind, "预警类别")
    colour = Choice(Colour, "预警级别")
    issuer = Text("预警发布单位", max_length=60)
    content = LongText("预警内容")
    area = Text("预警范围", max_length=80, default="全县")
    received_at = Moment("预警接收时间")
    valid_to = Moment("预警有效至", optional=True)
    mode = Link("duty.Mode", "应急值守期", optional=True)
    pass_by = Moment("应转发时间", optional=True)
    receivers = Choices(Receiver, "转发对象", optional=True)
    passed_at = Moment("转发时间", optional=True)
    told = Integer("应回执单位", unit="个", optional=True, least=0)
    confirmed = Integer("已回执单位", unit="个", optional=True, least=0)
    unconfirmed = Text("未回执单位", optional=True)
    measures_taken = LongText("应对措施", optional=True, hint="停航、停运、停工、转移和巡查情况")
    resources = LongText("调用资源", optional=True, hint="队伍、车辆、物资")
    lifted_at = Moment("预警解除时间", optional=True)

    @derive("received_at")
    def derive_pass_by(self):
        day = self.received_at.astimezone(clock.CHINA).date()
        return self.received_at + timedelta(minutes=WARNING_PASSED.on(day))

    @column("转发用时", unit="分钟")
    def minutes_to_pass(self):
        return int((self.passed_at - self.received_at).total_seconds() // 60) if self.passed_at else None

    class Flow(WarningFlow):
        pass

    class Page(Ledger):
        title = "预警接收"
        columns = "number received_at kind colour issuer area minutes_to_pass confirmed lifted_at state"
        filters = "received_at kind colour state mode"
        search = "number issuer content area"
        form = [
            Section("预警", "kind colour issuer content area received_at valid_to mode"),
            Section("转发", "pass_by receivers passed_at told confirmed unconfirmed"),
            Section("应对", "measures_taken resources lifted_at"),
        ]
        read = {"county": anyone}
        write = {"duty_officer": anyone}
        imports = Sheet(
            "预警接收导入模板",
            columns="kind colour issuer content area received_at valid_to receivers passed_at measures_taken lifted_at",
        )
        exports = (
            "number kind colour issuer content area received_at valid_to pass_by receivers passed_at minutes_to_pass "
            "told confirmed unconfirmed measures_taken resources lifted_at state"
        )
        sort = "-received_at"
        pictures = (Calendar("预警日历", on="received_at", until="lifted_at", text="kind colour"),)
        follow_ups = (
            FollowUp("water.suspension", "发布停航令", {"basis": "content", "from_at": "received_at"}),
            FollowUp("duty.response", "启动应急响应", {"warning": "self", "reason": "content"}),
        )
        example = dict(
            kind=WarningKind.RAIN,
            colour=Colour.ORANGE,
            issuer="示例县气象台",
            content="未来3小时全县降雨量将达50毫米以上",
            received_at="2026-03-01 15:20",
            receivers="乡镇（街道）、渡口渡船、在建工程",
            told=24,
            confirmed=24,
        )

    class Measures:
        received = Count("接收预警", on="received_at", unit="次")
        high = Count("橙色以上预警", on="received_at", where=Q(colour__in=["orange", "red"]), unit="次")
        in_time = Count("按时转发预警", on="received_at", where=Q(passed_at__lte=F("pass_by")), unit="次")

    def faults(self):
        """A warning is passed on and lifted after it came; no more confirm than were told."""
        for name in ("passed_at", "lifted_at", "valid_to"):
            moment = getattr(self, name)
            if moment and moment < self.received_at:
                yield name, f"“{self.kinds[name].label}”早于“预警接收时间”。"
        if self.confirmed is not None and self.told is not None and self.confirmed > self.told:
            yield "confirmed", "“已回执单位”多于“应回执单位”。"

    def __str__(self):
        return f"{self.get_kind_display()}{self.get_colour_display()}预警 {self.number}"
