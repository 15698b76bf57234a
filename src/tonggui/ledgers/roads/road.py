"""公路台账: the roads of the county, by number, administrative grade and class.

Basis: 公路法 第六条 and 公路安全保护条例 第七十五条 for the grades; GB/T 917-2017 for the letter of a number (G
national, S provincial, X county, Y township, C village, Z special); JTG B01-2014 for the classes. Who keeps a road
follows from its grade: 公路法 第八条, and village roads by the township (农村公路条例, in force 2025-09-15).
"""

import re

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Count,
    FollowUp,
    Ledger,
    Link,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    Standing,
    Sum,
    Text,
    Year,
    anyone,
    derive,
)


class Grade(TextChoices):
    NATIONAL = "G", "国道"
    PROVINCIAL = "S", "省道"
    COUNTY = "X", "县道"
    TOWNSHIP = "Y", "乡道"
    VILLAGE = "C", "村道"
    SPECIAL = "Z", "专用公路"


class RoadClass(TextChoices):
    EXPRESSWAY = "0", "高速公路"
    FIRST = "1", "一级"
    SECOND = "2", "二级"
    THIRD = "3", "三级"
    FOURTH = "4", "四级"
    BELOW = "9", "等外"


class Surface(TextChoices):
    ASPHALT = "asphalt", "沥青混凝土"
    CEMENT = "cement", "水泥混凝土"
    SIMPLE = "simple", "简易铺装"
    OTHER_HARD = "other_hard", "其他硬化"
    GRAVEL = "gravel", "砂石"
    EARTH = "earth", "土路"


#: Surfaces that make a hard road (硬化路); gravel and earth do not.
HARD = (Surface.ASPHALT, Surface.CEMENT, Surface.SIMPLE, Surface.OTHER_HARD)
RURAL = (Grade.COUNTY, Grade.TOWNSHIP, Grade.VILLAGE)


class Keeper(TextChoices):
    TRUNK = "trunk", "国省干线养护机构"
    COUNTY = "county", "县级公路养护机构"
    TOWNSHIP = "township", "乡镇人民政府"
    OWNER = "owner", "专用单位"


_KEEPER = {
    Grade.COUNTY: Keeper.COUNTY,
    Grade.TOWNSHIP: Keeper.TOWNSHIP,
    Grade.VILLAGE: Keeper.TOWNSHIP,
    Grade.SPECIAL: Keeper.OWNER,
}
_CODE = re.compile(r"([GSXYCZ])[0-9A-Z]{1,4}(\d{6})?")


class Road(Record):
    """One road within the county. Its sections hold what changes along it."""

    number = Number("LX{seq:04}")
    code = Text("路线编号", unique=True, max_length=12, hint="如 X001；外县同号的，后面加六位县级区划代码")
    name = Text("路线名称", max_length=60)
    admin_grade = Choice(Grade, "行政等级")
    road_class = Choice(RoadClass, "公路技术等级")
    road_km = Amount("公路里程", unit="公里", places=3, least=0)
    start_place = Text("起点", max_length=40)
    end_place = Text("止点", max_length=40)
    surface = Choice(Surface, "路面类型", default=Surface.CEMENT)
    surface_width_m = Amount("路面宽度", unit="米", places=1, optional=True, least=1, most=60)
    opened_year = Year("建成年份", optional=True)
    keeper_body = Choice(Keeper, "管养主体")
    maintainer = Link("parties.Enterprise", "养护单位", optional=True, hint="承担日常养护的企业")
    place = Place("位置", optional=True, hint="路线中点，地图上标注用")

    @derive("admin_grade")
    def derive_keeper_body(self):
        """Who has to keep the road follows from its grade."""
        return _KEEPER.get(self.admin_grade, Keeper.TRUNK)

    class Flow(Standing, keeps=("road_officer", "clerk")):
        pass

    class Page(Ledger):
        title = "公路"
        columns = "number code name admin_grade road_class road_km start_place end_place keeper_body maintainer state"
        filters = "admin_grade road_class surface keeper_body unit state"
        search = "number code name start_place end_place"
        names = "name code"
        form = [
            Section("路线", "code name admin_grade road_class unit"),
            Section("起讫", "road_km start_place end_place place"),
            Section("路面", "surface surface_width_m opened_year"),
            Section("管养", "keeper_body maintainer"),
        ]
        read = {"county": anyone, "road_chief": anyone}
        write = {"road_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "公路导入模板",
            key="code",
            columns=(
                "name admin_grade road_class road_km start_place end_place surface surface_width_m opened_year "
                "keeper_body maintainer place"
            ),
        )
        exports = (
            "number code name admin_grade road_class road_km start_place end_place surface surface_width_m "
            "opened_year keeper_body maintainer unit state"
        )
        sort = "code"
        map = "place"
        pictures = (Bars("各级里程", by="admin_grade", of="road_km", stack="road_class"),)
        follow_ups = (FollowUp("roads.section", "登记路段", {"road": "self"}),)
        dossier = "一路一档"
        example = dict(
            code="X001",
            name="示例县道",
            admin_grade=Grade.COUNTY,
            road_class=RoadClass.THIRD,
            road_km="18.600",
            start_place="城关镇",
            end_place="江口镇",
            surface_width_m="6.5",
        )

    class Measures:
        roads = Count("公路", unit="条")
        rural = Count("农村公路", where=Q(admin_grade__in=RURAL), unit="条")
        township = Count("乡道", where=Q(admin_grade=Grade.TOWNSHIP), unit="条")
        length = Sum("road_km", "公路里程")
        rural_length = Sum("road_km", "农村公路里程", where=Q(admin_grade__in=RURAL))
        township_length = Sum("road_km", "乡道里程", where=Q(admin_grade=Grade.TOWNSHIP))
        hard_length = Sum("road_km", "硬化路里程", where=Q(surface__in=HARD))
        classed_length = Sum("road_km", "等级公路里程", where=~Q(road_class=RoadClass.BELOW))

    def faults(self):
        """The letter of a number written by GB/T 917 is the letter of its grade."""
        found = _CODE.fullmatch(self.code.upper())
        if found and found[1] != self.admin_grade:
            yield "code", f"“路线编号”{self.code}的首字母是{Grade(found[1]).label}，与行政等级不符。"

    def __str__(self):
        return f"{self.code} {self.name}"
