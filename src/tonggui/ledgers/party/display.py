"""宣传阵地台账: boards, billboards, screens, televisions and themed buses and stations that carry public messages.

Basis: the ideology responsibility of party groups (意识形态工作责任制): each display has a keeper, its content is
renewed and looked at. What has hung too long for its kind is warned of before it is stale.
"""

from datetime import timedelta

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Handheld,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    Watch,
    anyone,
    column,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.party import DISPLAY_FRESH_DAYS, DISPLAY_LEAD


class DisplayKind(TextChoices):
    BULLETIN = "bulletin", "宣传栏"
    BILLBOARD = "billboard", "广告牌"
    SCREEN = "screen", "电子屏"
    VEHICLE_TV = "vehicle_tv", "车载电视"
    THEMED_BUS = "themed_bus", "主题公交"
    THEMED_STATION = "themed_station", "主题车站"


ON_WHEELS = (DisplayKind.VEHICLE_TV, DisplayKind.THEMED_BUS)
THEMED = (DisplayKind.THEMED_BUS, DisplayKind.THEMED_STATION)


class Display(Record):
    """One display. `content` is what it shows now; earlier contents stand in its history."""

    number = Number("ZDW{seq:04}")
    name = Text("阵地名称", unique=True, max_length=60)
    kind = Choice(DisplayKind, "阵地类型")
    minder = Link("parties.Person", "阵地管理人员")
    enterprise = Link("parties.Enterprise", "企业", optional=True, hint="阵地由企业管理的")
    vehicle = Link("fleet.Vehicle", "车辆", optional=True, hint="车载电视和主题公交所在车辆")
    address = Text("地址", optional=True, max_length=120)
    place = Place("位置", optional=True)
    theme = Text("特色主题", optional=True, max_length=60)
    content = LongText("展示内容")
    updated_on = Day("内容更新日期")
    renew_by = Day("应更新日期", optional=True)
    looked_at_on = Day("阵地检查日期", optional=True)
    display_verdict = Text("阵地检查情况", optional=True, max_length=200)
    photos = Photos("阵地照片")

    @derive("kind", "updated_on", always=True)
    def derive_renew_by(self):
        """The day on which content of this kind becomes stale."""
        return self.updated_on + timedelta(days=DISPLAY_FRESH_DAYS.at(self.updated_on, self.kind))

    @column("内容已用天数", unit="天")
    def content_age(self):
        return (clock.today() - self.updated_on).days

    class Flow(Standing, keeps="party_officer"):
        refresh = Move(
            Standing.in_use >> Standing.in_use,
            "更新内容",
            by=("party_officer", "clerk"),
            needs=("content", "updated_on", "photos"),
        )
        look_at = Move(
            Standing.in_use >> Standing.in_use,
            "阵地检查",
            by="party_officer",
            needs=("display_verdict",),
            sets={"looked_at_on": clock.today},
            not_same_as="refresh",
        )

    class Page(Ledger):
        title = "宣传阵地"
        columns = "number name kind minder updated_on content_age renew_by looked_at_on unit state"
        filters = "updated_on unit kind state renew_by"
        search = "number name content address"
        names = "name"
        form = [
            Section("阵地", "name kind unit minder enterprise vehicle address place"),
            Section("内容", "theme content updated_on photos"),
            Section("检查", "display_verdict"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"party_officer": anyone, "clerk": within_unit}
        imports = Sheet(
            "宣传阵地导入模板",
            key="name",
            columns="kind unit minder enterprise vehicle address place theme content updated_on",
        )
        exports = (
            "number name kind unit minder enterprise vehicle address theme content updated_on renew_by looked_at_on "
            "display_verdict state"
        )
        sort = "renew_by"
        map = "place"
        watches = (
            Watch("renew_by", "宣传内容应更新", lead=DISPLAY_LEAD, where=Q(state="in_use"), tell="party_officer"),
        )
        pictures = (Bars("各类阵地", by="kind", stack="state"),)
        handheld = Handheld(
            "宣传阵地", "name kind minder address place content updated_on photos", moves="refresh look_at"
        )
        example = dict(
            name="示例县客运站电子屏",
            kind=DisplayKind.SCREEN,
            minder=None,
            content="文明出行、平安交通（示例）",
            updated_on="2026-05-10",
        )

    class Measures:
        displays = Count("宣传阵地", where=Q(state="in_use"), unit="个")
        updated = Count("更新宣传阵地", on="updated_on", unit="个")
        themed = Count("主题公交和主题车站", where=Q(kind__in=THEMED, state="in_use"), unit="个")
        looked_at = Count("检查宣传阵地", on="looked_at_on", unit="个")

    def faults(self):
        """What drives names its vehicle, what stands its address; nothing is renewed in the future."""
        if self.kind in ON_WHEELS and self.vehicle is None:
            yield "vehicle", f"{DisplayKind(self.kind).label}须填写车辆。"
        if self.kind in THEMED and not self.theme:
            yield "theme", f"{DisplayKind(self.kind).label}须填写特色主题。"
        if self.updated_on > clock.today():
            yield "updated_on", "“内容更新日期”在今天以后。"

    def __str__(self):
        return self.name
