"""电子围栏台账: areas on the map in which vehicles are watched, limited or not wanted.

Basis: 道路运输车辆动态监督管理办法 (2022) 第二十三条, limits of route, area and night times are set and watched;
危险化学品安全管理条例 第四十九条, restricted areas of dangerous goods are fixed by the county's police.
"""

from django.db.models import TextChoices

from tonggui.register.declare import (
    Area,
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
)


class Purpose(TextChoices):
    WATCHED = "watched", "进出提醒"
    FORBIDDEN = "forbidden", "禁止驶入"
    SPEED = "speed", "区域限速"


class Applies(TextChoices):
    ALL = "all", "全部车辆"
    PASSENGER = "passenger", "两客"
    HAZMAT = "hazmat", "危险货物"
    FREIGHT = "freight", "重载货车"


class WatchedArea(Record):
    """A polygon with its purpose. It works from the day it is put into force until it is lifted."""

    number = Number("WL{seq:04}")
    name = Text("名称", unique=True, max_length=40)
    purpose = Choice(Purpose, "用途")
    applies_to = Choice(Applies, "适用车辆")
    limit_kmh = Integer("限速", unit="km/h", optional=True, least=5, most=120, total=False)
    polygon = Area("范围")
    basis = LongText("划定依据", optional=True)
    in_force_from = Day("启用日期", optional=True, index=True)
    lifted_on = Day("解除日期", optional=True)

    class Flow(Workflow):
        drawn = State("待启用", start=True)
        in_force = State("启用", confirmed=True, tone="done")
        lifted = State("已解除", final=True, confirmed=True, tone="void")

        enforce = Move(
            drawn >> in_force,
            "启用",
            by="monitor",
            needs=lambda area: ("limit_kmh",) if area.purpose == Purpose.SPEED else (),
            takes=("in_force_from",),
        )
        lift = Move(in_force >> lifted, "解除", by="monitor", takes=("lifted_on",), comment=True)

    class Page(Ledger):
        title = "电子围栏"
        menu = "车辆监管"
        columns = "number name purpose applies_to limit_kmh in_force_from state"
        filters = "in_force_from purpose applies_to state"
        search = "number name"
        names = "name"
        form = [
            Section("围栏", "name purpose applies_to limit_kmh polygon"),
            Section("依据", "basis in_force_from lifted_on"),
        ]
        read = {"county": anyone}
        write = {"monitor": anyone}
        imports = Sheet("电子围栏导入模板", key="name", columns="purpose applies_to limit_kmh polygon basis")
        exports = "number name purpose applies_to limit_kmh polygon basis in_force_from lifted_on state"
        map = "polygon"
        example = dict(
            name="示例危货禁行区",
            purpose=Purpose.FORBIDDEN,
            applies_to=Applies.HAZMAT,
            polygon={
                "type": "Polygon",
                "coordinates": [[[121.47, 31.22], [121.49, 31.22], [121.49, 31.24], [121.47, 31.24], [121.47, 31.22]]],
            },
        )

    class Measures:
        in_force = Count("启用围栏", unit="个")

    def __str__(self):
        return self.name
