"""项目台账: transport construction projects, their money, their parties, their stage, and how they keep their plan.

Basis: 政府投资条例 (2019) 第十六条 to 第十八条, the yearly plan names total, this year's investment and its sources;
第二十七条, start and progress are reported on line. Step, latest return and what blocks the project come from the
ledgers of milestones, months and blockers, never by hand. Money is typed in 万元 and kept in yuan.
"""

from decimal import Decimal

from django.db.models import Q

from tonggui.ledgers.works.project_kinds import Level, ProjectClass
from tonggui.ledgers.works.steps import FundSource, Stage, Step
from tonggui.register.declare import (
    Amount,
    Bars,
    Board,
    Choice,
    Choices,
    Confirming,
    Count,
    Day,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Money,
    Month,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    Watch,
    Year,
    anyone,
    column,
    within_unit,
)
from tonggui.statutes.works import light_of, month_end, time_share


class Project(Record):
    """One project in one year's plan."""

    number = Number("XM{year}{seq:03}")
    name = Text("项目名称", max_length=100)
    plan_year = Year("计划年度")
    is_key = Flag("重点项目")
    level = Choice(Level, "级别", optional=True)
    kind = Choice(ProjectClass, "类别")
    stage = Choice(Stage, "阶段", hint="办结节点后自动更新")
    latest_step = Choice(Step, "最近办结节点", optional=True, editable=False)
    national_code = Text("项目代码", optional=True, max_length=40, hint="全国投资项目在线审批监管平台赋码")
    owner = Link("parties.Unit", "责任单位", optional=True)
    lead = Text("责任人", optional=True, max_length=30)
    content = LongText("建设内容", optional=True)
    road = Link("roads.Road", "路线", optional=True)
    town = Link("parties.Town", "乡镇", optional=True)
    place = Place("位置", optional=True)
    client = Link("parties.Enterprise", "业主单位", optional=True, hint="本局自建的留空")
    designer = Link("parties.Enterprise", "设计单位", optional=True)
    supervising_firm = Link("parties.Enterprise", "监理单位", optional=True)
    contractor = Link("parties.Enterprise", "承建单位", optional=True)
    works_km = Amount("建设里程", unit="公里", places=3, optional=True, least=0)
    formation_m = Amount("设计路基宽度", unit="米", places=1, optional=True, least=0, total=False)
    bridges_m = Amount("桥梁总长", unit="米", places=1, optional=True, least=0)
    floor_area = Amount("建筑面积", unit="平方米", optional=True, least=0)
    parking_area = Amount("停车场面积", unit="平方米", optional=True, least=0)
    chargers = Integer("充电桩数量", unit="个", optional=True, least=0)
    berths_built = Integer("泊位数量", unit="个", optional=True, least=0)
    capacity_wkw = Amount("装机容量", unit="万千瓦", optional=True, least=0)
    earthwork_wm3 = Amount("土石方总量", unit="万立方米", optional=True, least=0)
    funders = Choices(FundSource, "出资渠道", optional=True)
    total = Money("总投资", unit="万元")
    year_target = Money("年度计划投资", unit="万元")
    started_on = Day("开工日期", optional=True)
    planned_finish = Day("计划完工日期", optional=True)
    told_month = Month("最近月报月份", optional=True, editable=False)
    told_year = Money("最近月报年度投资", unit="万元", optional=True, editable=False)
    blocked_by = Text("当前制约", optional=True, max_length=120, editable=False)

    @column("年度投资进度", unit="%")
    def target_rate(self):
        """Done of the year's plan by the latest return, one decimal; None where the plan of the year is nothing."""
        return f"{self._done_share():.1f}" if self.year_target else None

    @column("超前滞后", unit="个百分点")
    def ahead(self):
        """Share done less time share at the end of the latest returned month (PRJ-17); negative: it lags."""
        day = self._told_until()
        return f"{self._done_share() - time_share(day):.1f}" if self.year_target and day else None

    @column("三色预警", numeric=False)
    def light(self):
        """绿灯, 黄灯 or 红灯 by the bureau's thresholds; a project of no plan or without a return has none."""
        day = self._told_until()
        return light_of(self._done_share(), day) if self.year_target and day else "无月报"

    def _done_share(self) -> Decimal:
        done = self.told_year if self._told_until() else None
        return Decimal(done or 0) / self.year_target * 100

    def _told_until(self):
        """The last day of the latest returned month of the plan's year."""
        month = self.told_month
        if month is None or month.year != self.plan_year:
            return None
        return month_end(month)

    def faults(self):
        """A year's plan is part of the whole; works end after they begin."""
        if self.total is not None and self.year_target is not None and self.year_target > self.total:
            yield "year_target", "“年度计划投资”大于总投资，请核对单位和数字。"
        if self.started_on and self.planned_finish and self.planned_finish < self.started_on:
            yield "planned_finish", f"“计划完工日期”早于开工日期 {self.started_on}。"

    class Flow(Confirming, enters="project_officer", checks="director"):
        pass

    class Page(Ledger):
        title = "建设项目"
        menu = "项目建设"
        columns = "number name is_key kind stage year_target target_rate light blocked_by planned_finish state"
        filters = "plan_year owner state kind stage is_key level town total"
        search = "number name lead national_code"
        names = "name"
        form = [
            Section("项目", "name plan_year is_key level kind stage national_code owner lead content"),
            Section("地点", "road town place"),
            Section("参建单位", "client designer supervising_firm contractor"),
            Section(
                "技术指标",
                "works_km formation_m bridges_m floor_area parking_area chargers berths_built "
                "capacity_wkw earthwork_wm3",
            ),
            Section("投资", "funders total year_target"),
            Section("工期", "started_on planned_finish"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "director": anyone, "clerk": within_unit}
        imports = Sheet(
            "建设项目导入模板",
            columns=(
                "name plan_year is_key level kind stage national_code lead content road town works_km bridges_m "
                "floor_area funders total year_target started_on planned_finish"
            ),
        )
        exports = (
            "number name plan_year is_key level kind stage latest_step lead road town works_km "
            "funders total year_target "
            "told_month told_year target_rate light blocked_by started_on planned_finish state"
        )
        map = "place"
        detail = "works/project_page.html"
        watches = (
            Watch(
                "planned_finish",
                "计划完工",
                lead=60,
                where=~Q(stage__in=[Stage.HANDED_OVER, Stage.COMPLETED]),
                basis="政府投资条例第二十四条",
            ),
        )
        pictures = (
            Board("三色看板", by="light", card="target_rate ahead stage blocked_by", order="红灯 黄灯 绿灯 无月报"),
            Board("阶段看板", by="stage", card="latest_step planned_finish blocked_by"),
            Bars("投资构成", by="kind", of="year_target", stack="level"),
        )
        follow_ups = (
            FollowUp("works.progress", "报月进度", {"project": "self"}),
            FollowUp("works.milestone", "列节点", {"project": "self"}),
            FollowUp("works.blocker", "报制约因素", {"project": "self"}),
            FollowUp("works.coordination", "提请协调", {"project": "self"}),
        )
        dossier = "一项一档"
        example = dict(
            name="示例县道X001改造工程",
            plan_year=2026,
            is_key=True,
            level=Level.COUNTY,
            kind=ProjectClass.COUNTY,
            stage=Stage.BUILDING,
            works_km="12.4",
            funders=[FundSource.PROVINCE, FundSource.COUNTY],
            total="8600",
            year_target="3200",
            started_on="2026-03-01",
            planned_finish="2027-06-30",
        )

    class Measures:
        key = Count("重点项目", where=Q(is_key=True), unit="个")
        total = Sum("total", "总投资")
        key_target = Sum("year_target", "重点项目年度计划投资", where=Q(is_key=True))
        township = Count("乡道提升项目", where=Q(kind=ProjectClass.TOWNSHIP), unit="条")
        township_total = Sum("total", "乡道提升总投资", where=Q(kind=ProjectClass.TOWNSHIP))
        listed = Count("列入计划项目", unit="个")
        other = Count("其他项目", where=Q(is_key=False), unit="个")
        target = Sum("year_target", "全部项目年度计划投资")
        township_km = Sum("works_km", "乡道提升里程", where=Q(kind=ProjectClass.TOWNSHIP))
        started = Count("新开工项目", on="started_on", unit="个")
        service_points = Count("新开工运输服务站", on="started_on", where=Q(kind=ProjectClass.SERVICE_POINT), unit="个")
        works_km = Sum("works_km", "建设里程")
        bridges_m = Sum("bridges_m", "桥梁总长")
        floor_area = Sum("floor_area", "建筑面积")
        berths_built = Sum("berths_built", "建设泊位数量")
        capacity = Sum("capacity_wkw", "装机容量")
        earthwork = Sum("earthwork_wm3", "土石方总量")
        parking = Sum("parking_area", "停车场建设面积")
        chargers = Sum("chargers", "充电桩建设数量")
        blocked = Count("受制约项目", where=~Q(blocked_by=""), unit="个")

    def __str__(self):
        return self.name
