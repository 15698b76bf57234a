"""渡口台账: crossings approved by the county, with who answers for each and when its ferries stay ashore.

Basis: 内河交通安全管理条例 第三十五条 (approval by the county), 第三十七条, 第三十九条; 内河渡口渡船安全管理规定
第六条, 第十五条, 第三十一条. Five things are fixed (五定): crossing, ferry, ferryman, responsibility, quota. Each
crossing has its own stop line; what it leaves empty is the bureau's.
"""

from django.db.models import Q

from tonggui.base import clock
from tonggui.register.declare import (
    Amount,
    Count,
    Day,
    Flag,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    anyone,
    derive,
    own,
)
from tonggui.statutes.water import STOP_VISIBILITY, STOP_WIND, drills_monthly, must_sign_off


class Ferry(Record):
    """One crossing. Whether its trips are signed off and how often it drills follow from its passengers."""

    number = Number("DK{seq:03}")
    name = Text("渡口名称", unique=True, max_length=40)
    waterway = Link("water.Waterway", "所在航段", optional=True)
    town = Link("parties.Town", "所属乡镇")
    far_town = Link("parties.Town", "对岸乡镇（村）", optional=True)
    place = Place("位置", optional=True)
    approval_no = Text("设渡批准文号", max_length=60, hint="县级人民政府批准文件")
    approved_on = Day("设渡批准日期", optional=True)
    enterprise = Link("parties.Enterprise", "渡运企业", optional=True)
    town_chief = Link("parties.Person", "乡镇责任人", optional=True)
    village_chief = Link("parties.Person", "村级责任人", optional=True)
    signer = Link("parties.Person", "签单员", optional=True)
    distance_m = Integer("渡运距离", unit="m", least=1, most=20_000, total=False)
    hours = Text("渡运时间", max_length=40, hint="如 06:30 至 18:30")
    market_days = Text("赶集日", optional=True, max_length=40, hint="如 逢1、4、7")
    school_run = Flag("学生渡口")
    school_days = Text("上下学渡运时段", optional=True, max_length=60, hint="如 周日下午、周五下午")
    daily = Integer("日均渡运量", unit="人次", least=0)
    peak = Integer("高峰日渡运量", unit="人次", least=0, total=False)
    capacity = Integer("渡口最大渡船定额", unit="人", least=1, most=2000, total=False)
    must_sign = Flag("须签单发航")
    monthly_drill = Flag("须每月演练")
    stop_wind = Integer("停航风力", unit="级", least=3, most=12, total=False, optional=True)
    stop_visibility = Integer("停航能见度", unit="m", least=10, most=5000, total=False, optional=True)
    stop_level = Amount("封渡高水位", unit="m", optional=True, total=False)
    low_level = Amount("封渡低水位", unit="m", optional=True, total=False)
    noticed = Flag("设有公告牌", default=True, hint="渡口守则、定额、抗风等级、乘客须知")

    @derive("daily", "peak", "school_run", always=True)
    def derive_must_sign(self):
        return must_sign_off(self.daily, self.peak, self.school_run, clock.today())

    @derive("daily", "capacity", always=True)
    def derive_monthly_drill(self):
        return drills_monthly(self.daily, self.capacity, clock.today())

    @derive("daily")
    def derive_stop_wind(self):
        """The bureau's wind, unless the crossing is stricter."""
        return STOP_WIND.on(clock.today())

    @derive("daily")
    def derive_stop_visibility(self):
        return STOP_VISIBILITY.on(clock.today())

    class Flow(Workflow):
        open = State("在渡", start=True, confirmed=True, tone="done")
        laid_up = State("停渡", confirmed=True, tone="waiting")
        ended = State("已撤渡", final=True, tone="void")

        lay_up = Move(open >> laid_up, "长期停渡", by="water_officer", comment=True)
        resume = Move(laid_up >> open, "恢复渡运", by="water_officer", needs=("signer", "town_chief"), comment=True)
        end = Move((open | laid_up) >> ended, "撤渡", by="director", comment=True)

    class Page(Ledger):
        title = "渡口"
        columns = "number name town distance_m daily school_run must_sign stop_wind stop_level signer state"
        filters = "approved_on town state school_run must_sign waterway"
        search = "number name approval_no market_days"
        names = "name"
        form = [
            Section("渡口", "name waterway town far_town distance_m place approval_no approved_on"),
            Section("责任", "enterprise town_chief village_chief signer"),
            Section("渡运", "hours market_days school_run school_days daily peak capacity noticed"),
            Section("停航条件", "stop_wind stop_visibility stop_level low_level"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"water_officer": anyone}
        imports = Sheet(
            "渡口导入模板",
            key="name",
            columns=(
                "waterway town approval_no approved_on enterprise distance_m hours market_days school_run daily peak "
                "capacity stop_wind stop_visibility stop_level low_level"
            ),
        )
        exports = (
            "number name waterway town far_town approval_no approved_on enterprise town_chief village_chief signer "
            "distance_m hours market_days school_run daily peak capacity must_sign monthly_drill stop_wind "
            "stop_visibility stop_level low_level place state"
        )
        sort = "number"
        map = "place"
        example = dict(
            name="示例江口渡口",
            town=None,
            signer=None,
            town_chief=None,
            approval_no="示府函〔2019〕12号",
            distance_m=260,
            hours="06:30 至 18:30",
            market_days="逢1、4、7",
            school_run=True,
            school_days="周五、周日下午",
            daily=180,
            peak=520,
            capacity=30,
            stop_level="38.5",
        )

    class Measures:
        open = Count("在册渡口", unit="处")
        school = Count("学生渡口", where=Q(school_run=True), unit="处")

    def faults(self):
        """The peak is the highest day; water stops the ferry above one line and below another."""
        if self.peak < self.daily:
            yield "peak", "“高峰日渡运量”少于“日均渡运量”，请核对。"
        if self.stop_level is not None and self.low_level is not None and self.low_level >= self.stop_level:
            yield "low_level", "“封渡低水位”应低于“封渡高水位”。"
        if self.school_days and not self.school_run:
            yield "school_run", "填了上下学渡运时段的，应是学生渡口。"

    def __str__(self):
        return self.name
