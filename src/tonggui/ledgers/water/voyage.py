"""航次签单台账: each trip of a ferry is looked at and signed off before it leaves, or refused with its reasons.

Basis: 内河渡口渡船安全管理规定 第十二条 and 第十四条 (passengers of each trip counted and truly recorded), 第十八条
(night), 第三十一条; local rules of 签单发航: no signature when papers are incomplete, a stop order is in force, the
boat is overloaded or life jackets are not worn. The clerk signs on the phone at the bank.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.water.voyage_flow import VoyageFlow
from tonggui.register.declare import (
    Amount,
    Choice,
    Choices,
    Count,
    Day,
    Handheld,
    Integer,
    Ledger,
    Link,
    Moment,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    column,
    derive,
)


class Heading(TextChoices):
    OVER = "over", "去程"
    BACK = "back", "返程"


class Weather(TextChoices):
    FINE = "fine", "晴"
    CLOUDY = "cloudy", "多云"
    RAIN = "rain", "小到中雨"
    DOWNPOUR = "downpour", "大到暴雨"
    FOG = "fog", "雾"
    SNOW = "snow", "雪"


class Refusal(TextChoices):
    OVERLOAD = "overload", "超员超载"
    JACKETS = "jackets", "未穿救生衣"
    WEATHER = "weather", "天气水情不适航"
    HALTED = "halted", "停航令生效"
    PAPERS = "papers", "证书过期不齐"
    BOAT = "boat", "船舶状况不良"
    CREW = "crew", "船员不在岗或酒后"
    MIXED = "mixed", "人畜危货混载"


class Voyage(Record):
    """One trip. Boat and master are those fixed for the crossing unless the clerk names others."""

    number = Number("HC{year}{seq:06}", year_of="sailed_on")
    ferry = Link("water.Ferry", "渡口")
    boat = Link("water.Boat", "渡船")
    master = Link("water.Crew", "当班渡工船员")
    heading = Choice(Heading, "航向", default=Heading.OVER)
    sailed_on = Day("发航日期", index=True)
    sailed_at = Moment("发航时间")
    passengers = Integer("乘客人数", unit="人", least=0, most=2000)
    students = Integer("学生人数", unit="人", least=0, default=0)
    cars = Integer("随渡车辆", unit="辆", least=0, default=0)
    jackets_worn = Integer("穿着救生衣", unit="件", least=0)
    weather = Choice(Weather, "天气", default=Weather.FINE)
    wind = Integer("实测风力", unit="级", least=0, most=12, total=False, default=2)
    visibility_m = Integer("实测能见度", unit="m", least=0, optional=True, total=False)
    water_level = Amount("实测水位", unit="m", optional=True, total=False)
    signer = Text("签单人", optional=True, max_length=30)
    counted = Integer("视频清点人数", unit="人", optional=True, least=0)
    refusals = Choices(Refusal, "拒签原因", optional=True)
    arrived_at = Moment("到达时间", optional=True)
    photos = Photos("发航照片")
    place = Place("位置", optional=True)

    @derive("sailed_at")
    def derive_sailed_on(self):
        return self.sailed_at.astimezone(clock.CHINA).date()

    @derive("boat")
    def derive_master(self):
        """The ferryman fixed for the boat."""
        return self.boat.master

    @column("核定余位", unit="人")
    def seats_left(self):
        return self.boat.capacity - self.passengers if self.boat.capacity is not None else None

    class Flow(VoyageFlow):
        pass

    class Page(Ledger):
        title = "航次签单"
        columns = "number sailed_at ferry boat heading passengers seats_left jackets_worn weather master state"
        filters = "sailed_on ferry boat state weather"
        search = "number signer"
        form = [
            Section("航次", "ferry boat master heading sailed_at"),
            Section("乘载", "passengers students cars jackets_worn counted"),
            Section("气象水情", "weather wind visibility_m water_level"),
            Section("签单", "signer refusals photos place"),
        ]
        read = {"county": anyone}
        write = {"water_officer": anyone}
        imports = Sheet(
            "航次签单导入模板",
            columns="ferry boat master heading sailed_at passengers students cars jackets_worn weather wind signer",
        )
        exports = (
            "number ferry boat master heading sailed_at arrived_at passengers students cars jackets_worn counted "
            "weather wind visibility_m water_level signer refusals state"
        )
        sort = "-sailed_at"
        unit_from = "ferry"
        map = "place"
        handheld = Handheld(
            "签单发航",
            "ferry boat master sailed_at passengers students jackets_worn weather wind refusals photos place",
            moves="sign refuse arrive",
            big="sign",
            nearest="ferry",
        )
        example = dict(
            ferry=None,
            boat=None,
            master=None,
            sailed_at="2026-03-01 08:10",
            sailed_on="2026-03-01",
            passengers=18,
            students=6,
            jackets_worn=18,
            signer="吴示例",
        )

    class Measures:
        signed = Count("签单发航", on="sailed_on", where=~Q(state="refused"), unit="航次")
        asked = Count("申请发航", on="sailed_on", unit="航次")
        refused = Count("拒签", on="sailed_on", where=Q(state="refused"), unit="航次")
        passengers = Sum("passengers", "渡运乘客", on="sailed_on", where=~Q(state="refused"))
        students = Sum("students", "渡运学生", on="sailed_on", where=~Q(state="refused"))

    def faults(self):
        """Students are passengers; the boat is one of the crossing's; the trip ends after it began."""
        if self.students > self.passengers:
            yield "students", "“学生人数”多于“乘客人数”。"
        if self.boat.ferry_id not in (None, self.ferry_id):
            yield "boat", f"{self.boat.name}是{self.boat.ferry.name}的渡船，不在本渡口渡运。"
        if self.arrived_at and self.arrived_at < self.sailed_at:
            yield "arrived_at", "“到达时间”早于“发航时间”。"

    def __str__(self):
        return f"{self.sailed_at.astimezone(clock.CHINA):%Y-%m-%d %H:%M} {self.boat.name}"
