"""装载台账: each truck that a source yard loaded: in and out, tare and gross, against what it may weigh.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第二十八条, 第三十一条 and the provincial rules on source yards
(江西: kept for at least six months and sent on in real time). The yard keeps it and hands it in as a sheet or through
the API; the limit follows from the axles by law unless the yard gives one. A truck that was let go above its limit is
what the yard answers for.
"""

from django.db.models import Q, TextChoices

from tonggui.base.clock import CHINA
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    FollowUp,
    Integer,
    Ledger,
    Link,
    Moment,
    Move,
    Number,
    Photos,
    Plate,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Workflow,
    anyone,
    derive,
)
from tonggui.statutes.overloading import in_force, mass_limit
from tonggui.statutes.overloading.yards import LOADING_KEPT


class LoadResult(TextChoices):
    RELEASED = "released", "放行"
    RELOADED = "reloaded", "卸载后放行"
    HELD = "held", "不予放行"


class Loading(Record):
    """One truck at one yard. `gross_kg` is that with which it left, after reloading where there was any."""

    number = Number("ZZ{year}{seq:06}", year_of="out_on")
    yard = Link("overload.Yard", "货运源头单位")
    plate = Plate("号牌号码", index=True)
    axles = Integer("轴数", least=2, total=False)
    entered_at = Moment("进厂时间", optional=True, index=False)
    out_at = Moment("出厂时间", index=True)
    out_on = Day("出厂日期（装载）", optional=True, index=True)
    tare_kg = Integer("皮重", unit="kg", optional=True, least=0, total=False)
    gross_kg = Integer("车货总质量", unit="kg", least=1, total=False)
    limit_kg = Integer("限值", unit="kg", optional=True, total=False, hint="留空时由轴数按法定限值得出")
    net_kg = Integer("净重", unit="kg", optional=True)
    excess_kg = Integer("超限", unit="kg", default=0)
    load = Text("货物名称", max_length=60)
    sheet_no = Text("装载单号", max_length=40)
    driver_name = Text("驾驶员", optional=True, max_length=30)
    certificate = Text("从业资格证号", optional=True, max_length=20)
    transport_permit = Text("车辆道路运输证号", optional=True, max_length=40)
    weigher = Text("称重人员", optional=True, max_length=30)
    load_result = Choice(LoadResult, "装载结果", default=LoadResult.RELEASED)
    photos = Photos("照片")
    keep_until = Day("装载台账保存期至", optional=True)

    @derive("out_at", always=True)
    def derive_out_on(self):
        """The day in China on which the truck left."""
        return self.out_at.astimezone(CHINA).date()

    @derive("axles", "out_at")
    def derive_limit_kg(self):
        """The highest limit of so many axles: the type of the vehicle is not known here."""
        day = self.out_at.astimezone(CHINA).date()
        return int(mass_limit(day, axles=self.axles)["limit_kg"]) if in_force(day) else None

    @derive("gross_kg", "tare_kg", always=True)
    def derive_net_kg(self):
        """The goods themselves."""
        return self.gross_kg - self.tare_kg

    @derive("gross_kg", "limit_kg", always=True)
    def derive_excess_kg(self):
        """By how much the truck left above its limit."""
        return max(self.gross_kg - self.limit_kg, 0)

    @derive("out_on")
    def derive_keep_until(self):
        return LOADING_KEPT.due(self.out_on)

    def faults(self):
        """Weights and times fit; what was reloaded is no longer above its limit."""
        if self.tare_kg and self.tare_kg >= self.gross_kg:
            yield "tare_kg", "“皮重”不小于车货总质量，请核对。"
        if self.entered_at and self.out_at < self.entered_at:
            yield "out_at", "“出厂时间”早于进厂时间，请核对。"
        if self.load_result == LoadResult.RELOADED and self.limit_kg and self.gross_kg > self.limit_kg:
            yield "gross_kg", "“卸载后放行”的，请填写卸载后的车货总质量，应不超过限值。"

    class Flow(Workflow):
        on_sheet = State("已登记", start=True, final=True, confirmed=True, tone="done")
        void = State("作废", final=True, tone="void")

        cancel = Move(on_sheet >> void, "作废", by="overload_officer", comment=True)

    class Page(Ledger):
        title = "装载记录"
        menu = "治超管理"
        columns = "number out_at yard plate axles gross_kg limit_kg excess_kg net_kg load load_result state"
        filters = "out_on yard load_result axles state"
        search = "number plate sheet_no load"
        names = "number"
        form = [
            Section("装载", "yard plate axles load sheet_no entered_at out_at"),
            Section("称重", "tare_kg gross_kg limit_kg excess_kg net_kg load_result"),
            Section("人员证件", "driver_name certificate transport_permit weigher"),
            Section("留存", "photos keep_until"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "装载台账导入模板",
            key="yard sheet_no",
            columns=(
                "plate axles entered_at out_at tare_kg gross_kg limit_kg load driver_name certificate transport_permit "
                "weigher load_result"
            ),
        )
        exports = (
            "number yard sheet_no plate axles entered_at out_at tare_kg gross_kg limit_kg excess_kg net_kg load "
            "driver_name certificate transport_permit weigher load_result state"
        )
        sort = "-out_at"
        unit_from = "yard"
        pictures = (Bars("各源头单位装载", by="yard", of="net_kg", stack="load_result"),)
        follow_ups = (FollowUp("enforcement.case", "立案查处源头单位", {"yard": "yard", "received_on": "out_on"}),)
        example = dict(
            yard=None,
            plate="沪A00001",
            axles=6,
            entered_at="2026-05-12T08:10:00+08:00",
            out_at="2026-05-12T08:52:00+08:00",
            tare_kg=16_200,
            gross_kg=48_600,
            load="机制砂（示例）",
            sheet_no="ZZD20260512001",
        )

    class Measures:
        loadings = Count("源头装载车次", on="out_on", unit="车次")
        goods = Sum("net_kg", "源头装载货物", on="out_on")
        released_over = Count(
            "源头超限放行", on="out_on", where=Q(excess_kg__gt=0, load_result=LoadResult.RELEASED), unit="车次"
        )

    def __str__(self):
        return f"{self.plate} {self.sheet_no}"
