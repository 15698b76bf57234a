"""项目台账: transport construction projects, their money, their stage and what blocks them.

Basis: 政府投资条例 (2019) 第十六条 to 第十八条, the yearly plan names total, this year's investment and its sources;
第二十七条, start and progress are reported on line. Money is kept and entered in yuan;
documents turn it into 万元 or 亿元.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Choice,
    Confirming,
    Count,
    Day,
    Flag,
    Ledger,
    Link,
    LongText,
    Money,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    Year,
    anyone,
    column,
    within_unit,
)


class ProjectClass(TextChoices):
    TRUNK = "trunk", "国省干线"
    COUNTY = "county", "县道改造"
    TOWNSHIP = "township", "乡道提升"
    BRIDGE = "bridge", "危桥改造"
    STATION = "station", "客货运站场"
    PORT = "port", "港口码头"
    OTHER = "other", "其他"


class Level(TextChoices):
    PROVINCE = "province", "省重点"
    CITY = "city", "市重点"
    COUNTY = "county", "县重点"


class Stage(TextChoices):
    PLANNED = "planned", "前期工作"
    TENDER = "tender", "招标投标"
    BUILDING = "building", "在建"
    HANDED_OVER = "handed_over", "已交工"
    COMPLETED = "completed", "已竣工"


class Blocker(TextChoices):
    NONE = "none", "无"
    LAND = "land", "征地拆迁"
    FUNDS = "funds", "资金未到位"
    APPROVAL = "approval", "审批未完成"
    PIPES = "pipes", "管线迁改"
    WEATHER = "weather", "天气影响"
    OTHER = "other", "其他"


class Project(Record):
    """One project in one year's plan. Its progress is told month by month in the progress ledger."""

    number = Number("XM{year}{seq:03}")
    name = Text("项目名称", max_length=100)
    plan_year = Year("计划年度")
    is_key = Flag("重点项目")
    level = Choice(Level, "级别", optional=True)
    kind = Choice(ProjectClass, "类别")
    stage = Choice(Stage, "阶段")
    owner = Link("parties.Unit", "责任单位", optional=True)
    lead = Text("责任人", optional=True, max_length=30)
    content = LongText("建设内容", optional=True)
    place = Place("位置", optional=True)
    total = Money("总投资", unit="元")
    year_target = Money("年度计划投资", unit="元")
    started_on = Day("开工日期", optional=True)
    planned_finish = Day("计划完工日期", optional=True)
    blocker = Choice(Blocker, "制约因素", default=Blocker.NONE)
    blocked_from = Day("制约起始日期", optional=True)
    blocker_note = LongText("制约说明", optional=True)
    asked = LongText("需协调解决", optional=True)

    @column("年度计划", unit="万元")
    def year_target_wan(self):
        return f"{self.year_target / 10_000:.0f}"

    class Flow(Confirming, enters="project_officer", checks="director"):
        pass

    class Page(Ledger):
        title = "建设项目"
        menu = "项目建设"
        columns = "number name plan_year is_key kind stage year_target total planned_finish blocker state"
        filters = "plan_year owner state kind stage is_key blocker"
        search = "number name lead"
        names = "name"
        form = [
            Section("项目", "name plan_year is_key level kind stage owner lead content place"),
            Section("投资", "total year_target"),
            Section("进度", "started_on planned_finish blocker blocked_from blocker_note asked"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "director": anyone, "clerk": within_unit}
        imports = Sheet(
            "建设项目导入模板",
            columns=(
                "name plan_year is_key level kind stage lead content total year_target started_on planned_finish "
                "blocker"
            ),
        )
        exports = (
            "number name plan_year is_key level kind stage lead total year_target started_on planned_finish blocker "
            "blocked_from state"
        )
        map = "place"
        example = dict(
            name="示例县道X001改造工程",
            plan_year=2026,
            is_key=True,
            level=Level.COUNTY,
            kind=ProjectClass.COUNTY,
            stage=Stage.BUILDING,
            total="86000000",
            year_target="32000000",
            started_on="2026-03-01",
            planned_finish="2027-06-30",
        )

    class Measures:
        key = Count("重点项目", where=Q(is_key=True), unit="个")
        total = Sum("total", "总投资")
        key_target = Sum("year_target", "重点项目年度计划投资", where=Q(is_key=True))
        blocked = Count("受制约项目", where=~Q(blocker=Blocker.NONE), unit="个")

    def __str__(self):
        return self.name
