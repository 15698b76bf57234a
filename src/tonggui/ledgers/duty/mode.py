"""防汛应急值守期台账: periods in which duty, checks and rosters are stricter: flood season, typhoon, ice, holidays.

Basis: 生产安全事故应急条例 第十四条 (emergency duty); 防洪法 第四十一条 (the flood season is set by the flood
command). A period says how many people each shift has and how often gauges are read; shifts written within it belong
to it, and only within it is a missing shift a fault of it.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Calendar,
    Choice,
    Count,
    Day,
    Integer,
    Ledger,
    LongText,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    anyone,
    column,
)


class ModeKind(TextChoices):
    FLOOD = "flood", "防汛"
    TYPHOON = "typhoon", "防台风"
    ICE = "ice", "防低温雨雪冰冻"
    SPRING = "spring", "春运"
    HOLIDAY = "holiday", "节假日"


class Level(TextChoices):
    """Levels of a response, I the highest."""

    IV = "IV", "Ⅳ级"
    III = "III", "Ⅲ级"
    II = "II", "Ⅱ级"
    I = "I", "Ⅰ级"  # noqa: E741 - the level is called so


class Mode(Record):
    """One period, in the level of its response."""

    number = Number("ZS{year}{seq:03}", year_of="begins_on")
    name = Text("值守期名称", max_length=60)
    kind = Choice(ModeKind, "值守类别")
    response_level = Choice(Level, "应急响应级别", optional=True)
    basis = Text("值守依据", max_length=120, hint="防汛指挥机构或上级通知的文号")
    begins_on = Day("值守开始日期", index=True)
    ends_on = Day("值守结束日期", optional=True, index=True)
    least_staff = Integer("每班最少人数", unit="人", least=1, most=20, default=2, total=False)
    gauge_hours = Integer("水位观测间隔", unit="小时", optional=True, least=1, most=24, total=False)
    checks = LongText("巡查要求", optional=True, hint="对临水临崖路段、桥涵、渡口、在建工程的巡查安排")
    forms = LongText("报送要求", optional=True, hint="每日何时向谁报送何表")

    @column("值守天数", unit="天")
    def days(self):
        """Days so far, the last one included."""
        if self.state == "draft":
            return None
        return (min(self.ends_on or clock.today(), clock.today()) - self.begins_on).days + 1

    def why_not_start(self) -> str:
        """One period of a kind runs at a time."""
        running = Mode._base_manager.filter(kind=self.kind, state="running").exclude(pk=self.pk).first()
        return f"“{running.name}”还在值守，请先结束。" if running else ""

    class Flow(Workflow):
        draft = State("草稿", start=True)
        running = State("值守中", confirmed=True, tone="todo", due="ends_on")
        over = State("已结束", final=True, confirmed=True)
        void = State("作废", final=True, tone="void")

        start = Move(draft >> running, "进入值守", by=("duty_officer", "director"), check=lambda m: m.why_not_start())
        adjust = Move(
            running >> running,
            "调整级别",
            by=("duty_officer", "director"),
            takes=("response_level", "least_staff", "gauge_hours"),
            comment=True,
        )
        finish = Move(running >> over, "结束值守", by="director", needs=("ends_on",))
        cancel = Move(draft >> void, "作废", by="duty_officer", comment=True)

    class Page(Ledger):
        title = "应急值守期"
        columns = "number name kind response_level begins_on ends_on days least_staff gauge_hours state"
        filters = "begins_on kind response_level state ends_on"
        search = "number name basis"
        names = "name"
        form = [
            Section("值守期", "name kind response_level basis begins_on ends_on"),
            Section("要求", "least_staff gauge_hours checks forms"),
        ]
        read = {"county": anyone}
        write = {"duty_officer": anyone}
        imports = Sheet(
            "应急值守期导入模板",
            columns="name kind response_level basis begins_on ends_on least_staff gauge_hours checks forms",
        )
        exports = (
            "number name kind response_level basis begins_on ends_on days least_staff gauge_hours checks forms state"
        )
        sort = "-begins_on"
        pictures = (Calendar("值守日历", on="begins_on", until="ends_on", text="name"),)
        example = dict(
            name="示例县2026年汛期",
            kind=ModeKind.FLOOD,
            response_level=Level.IV,
            basis="示防汛〔2026〕3号",
            begins_on="2026-04-01",
            ends_on="2026-09-30",
            least_staff=2,
            gauge_hours=8,
            checks="每日巡查渡口、临水临崖路段和在建桥梁",
        )

    class Measures:
        modes = Count("应急值守期", on="begins_on", unit="次")
        floods = Count("防汛值守期", on="begins_on", where=Q(kind="flood"), unit="次")

    def faults(self):
        """A period ends after it began."""
        if self.ends_on and self.ends_on < self.begins_on:
            yield "ends_on", f"“值守结束日期”早于“值守开始日期”（{self.begins_on}）。"

    def __str__(self):
        return self.name


def mode_on(day):
    """The period that holds on a day, the highest level first; None outside of all."""
    open_ended = Q(ends_on=None) | Q(ends_on__gte=day)
    running = Mode._base_manager.filter(open_ended, begins_on__lte=day, state__in=("running", "over"))
    order = list(Level.values)
    return max(running, key=lambda m: order.index(m.response_level) if m.response_level else -1, default=None)
