"""停航令台账: orders that keep ferries ashore, each with the reading that called for it and the one that lifted it.

Basis: 内河交通安全管理条例 第三十九条, 内河渡口渡船安全管理规定 第三十一条第一款: no ferry sails in flood, gale, fog
or heavy snow. The reading is held against the crossing's own stop line; while an order is in force no trip of it is
signed off.
"""

from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from tonggui.base import clock
from tonggui.ledgers.water.suspension_flow import MEASURED, Cause, SuspensionFlow
from tonggui.register.declare import (
    Amount,
    Choice,
    Count,
    Ledger,
    Link,
    LongText,
    Moment,
    Number,
    Paper,
    Record,
    Section,
    Sheet,
    Text,
    anyone,
    column,
    derive,
)
from tonggui.statutes.water import STOP_VISIBILITY, STOP_WIND

BELOW = (Cause.FOG, Cause.LOW_WATER)

NOTICE = """因{cause}，自{from_at}起，{ferry}停止一切渡运。

【实测值：{reading}；停航限值：{threshold}。】

{basis}

各渡口、渡船和签单员须严格执行，禁止冒险航行。恢复渡运时间另行通知。"""


class Suspension(Record):
    """One order, for one crossing, one reach, or without either for the whole county."""

    number = Number("TH{year}{seq:04}")
    order_no = Text("停航令号", optional=True, max_length=40)
    cause = Choice(Cause, "停航原因")
    ferry = Link("water.Ferry", "停航渡口", optional=True, hint="不填渡口和航段的，为全县渡口")
    waterway = Link("water.Waterway", "停航航段", optional=True)
    reading = Amount("实测值", optional=True, total=False, hint="风力（级）、能见度（米）或水位（米）")
    threshold = Amount("停航限值", optional=True, total=False)
    basis = LongText("停航依据", optional=True, hint="预警文号、施工批准文号或险情情况")
    from_at = Moment("停航时间")
    lift_reading = Amount("复航时实测值", optional=True, total=False)
    lifted_at = Moment("复航时间", optional=True)
    told = LongText("通知情况", optional=True, hint="何时以何方式通知哪些渡口、船主、学校")

    @derive("cause")
    def derive_threshold(self):
        """The crossing's own line, else the bureau's; None for causes that are not measured."""
        name = MEASURED.get(Cause(self.cause), ("",))[0]
        own = getattr(self.ferry, name) if name and self.ferry else None
        usual = {"stop_wind": STOP_WIND, "stop_visibility": STOP_VISIBILITY}.get(name)
        value = own if own is not None else usual.on(clock.today()) if usual else None
        return None if value is None else Decimal(str(value))

    def reaches(self, value) -> bool:
        """Whether a reading is at the stop line or beyond it."""
        return value <= self.threshold if self.cause in BELOW else value >= self.threshold

    @column("停航时长", unit="小时")
    def halted_hours(self):
        """Hours ashore so far, to one decimal; None before the order."""
        if self.state not in ("halted", "resumed"):
            return None
        return round(((self.lifted_at or clock.now()) - self.from_at).total_seconds() / 3600, 1)

    class Flow(SuspensionFlow):
        pass

    class Page(Ledger):
        title = "停航令"
        columns = "number order_no cause ferry waterway reading threshold from_at lifted_at halted_hours state"
        filters = "from_at cause ferry waterway state unit"
        search = "number order_no basis told"
        names = "order_no"
        form = [
            Section("停航", "cause ferry waterway from_at reading threshold basis told"),
            Section("复航", "lift_reading lifted_at"),
        ]
        read = {"county": anyone}
        write = {"water_officer": anyone, "duty_officer": anyone}
        imports = Sheet("停航令导入模板", columns="order_no cause ferry waterway reading basis from_at told lifted_at")
        exports = (
            "number order_no cause ferry waterway reading threshold basis from_at lift_reading lifted_at halted_hours "
            "told state"
        )
        sort = "-from_at"
        papers = (Paper("停航令", NOTICE, number="order_no", to="ferry", states="halted resumed"),)
        example = dict(
            cause=Cause.FOG,
            ferry=None,
            reading="200",
            from_at="2026-01-12 06:20",
            basis="江面大雾",
            told="电话通知签单员和学校",
        )

    class Measures:
        orders = Count("停航令", on="from_at", unit="次")
        fog = Count("大雾停航", on="from_at", where=Q(cause="fog"), unit="次")

    def faults(self):
        """Sailing begins again after it was stopped; an order names a crossing or a reach."""
        if self.lifted_at and self.lifted_at < self.from_at:
            yield "lifted_at", "“复航时间”早于“停航时间”。"
        if self.ferry and self.waterway:
            yield "waterway", "停航渡口和停航航段只填一项。"

    def __str__(self):
        return f"{self.get_cause_display()}停航 {self.order_no or self.number}"


def orders_over(ferry, moment: datetime):
    """Orders that cover a crossing at a moment: its own, its reach's, and those of the whole county."""
    covers = Q(ferry=ferry) | Q(ferry=None, waterway=None)
    if ferry.waterway_id:
        covers |= Q(waterway=ferry.waterway_id)
    running = Q(lifted_at=None) | Q(lifted_at__gt=moment)
    return Suspension._base_manager.filter(covers & running, state__in=("halted", "resumed"), from_at__lte=moment)
