"""客运站台账: coach stations, how large they are, what equipment they have for their checks, and who runs them.

Basis: JT/T 200-2020 for the grades; 汽车客运站安全生产规范 第二十六条, 第二十七条 (scanners of the first two grades,
a place and people for the safety check); 道路运输条例 第三十九条 for the licence. Visits of inspectors stand in the
ledger of inspections.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
    Number,
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
)
from tonggui.statutes.licences import BUSINESS_LICENCE_LEAD
from tonggui.statutes.passenger import BUS_TRANSFER_M, CROWD_SHARE, SCANNER_GRADES, station_grade


class StationGrade(TextChoices):
    FIRST = "first", "一级"
    SECOND = "second", "二级"
    THIRD = "third", "三级"
    CONVENIENT = "convenient", "便捷车站"
    STOP = "stop", "招呼站"


GRADED = (StationGrade.FIRST, StationGrade.SECOND, StationGrade.THIRD)


class Station(Record):
    """One coach station. Its crowd line (大客流阈值) follows its design unless the bureau has set another."""

    number = Number("KYZ{seq:03}")
    name = Text("客运站名称", unique=True, max_length=60)
    enterprise = Link("parties.Enterprise", "站场经营者")
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    place = Place("位置", optional=True)
    daily_capacity = Integer("设计日发量", unit="人次", least=1, most=200_000)
    grade = Choice(StationGrade, "站级")
    grade_rated_on = Day("站级核定日期", optional=True)
    licence = Text("站场经营许可证号", optional=True, max_length=40)
    licence_until = Day("站场许可有效期至", optional=True, index=True)
    scanners = Integer("行包安检机", unit="台", least=0, most=100, default=0)
    check_bays = Integer("例检工位", unit="个", least=0, most=100, default=0)
    check_staff = Integer("例检员人数", unit="人", least=0, most=500, default=0)
    ticket_gates = Integer("实名验票设备", unit="台", least=0, default=0)
    gate_cameras = Integer("出站口摄像头", unit="个", least=0, default=0)
    bus_stop_m = Integer("至公交站距离", unit="米", least=0, optional=True, total=False)
    crowd_line = Integer("大客流阈值", unit="人次", least=1, optional=True, total=False)
    town_service = Flag("乡镇运输服务站", hint="客货邮等多站合一的乡镇站")

    @derive("daily_capacity")
    def derive_grade(self):
        """The grade that the design answers to; the one certified may be another."""
        return station_grade(self.daily_capacity, clock.today())

    @derive("daily_capacity")
    def derive_crowd_line(self):
        return max(1, self.daily_capacity * CROWD_SHARE.on(clock.today()) // 100)

    @column("公交换乘", numeric=False)
    def bus_transfer(self):
        """Whether a graded station lies near enough to a bus stop for one walk."""
        if self.bus_stop_m is None or self.grade not in GRADED:
            return None
        return "合格" if self.bus_stop_m <= BUS_TRANSFER_M.on(clock.today()) else "偏远"

    def faults(self):
        """Large stations look into luggage with machines; who checks coaches has a bay and people for it."""
        if self.grade in SCANNER_GRADES.on(clock.today()) and not self.scanners:
            yield "scanners", f"{self.get_grade_display()}客运站应当配备行包安检机。"
        if self.check_bays and not self.check_staff:
            yield "check_staff", "设有例检工位的，应当配备例检员。"

    class Flow(Standing, keeps=("clerk", "transport_officer")):
        pass

    class Page(Ledger):
        title = "客运站"
        columns = "number name grade enterprise daily_capacity scanners check_bays licence_until bus_transfer state"
        filters = "licence_until unit state grade enterprise town town_service"
        search = "number name licence enterprise__name"
        names = "name"
        form = [
            Section("客运站", "name enterprise town place daily_capacity grade grade_rated_on town_service"),
            Section("许可", "licence licence_until"),
            Section("设施", "scanners check_bays check_staff ticket_gates gate_cameras bus_stop_m crowd_line"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"clerk": anyone, "transport_officer": anyone}
        imports = Sheet(
            "客运站导入模板",
            key="name",
            columns=(
                "enterprise town place daily_capacity grade grade_rated_on licence licence_until scanners check_bays "
                "check_staff ticket_gates bus_stop_m"
            ),
        )
        exports = (
            "number name enterprise town daily_capacity grade grade_rated_on licence licence_until scanners check_bays "
            "check_staff ticket_gates gate_cameras bus_stop_m bus_transfer crowd_line town_service state"
        )
        sort = "number"
        unit_from = "enterprise"
        map = "place"
        watches = (Watch("licence_until", "站场许可到期", lead=BUSINESS_LICENCE_LEAD, basis="道路运输条例第三十九条"),)
        pictures = (Bars("各级客运站", by="grade"), Bars("设计日发量", by="town", of="daily_capacity"))
        follow_ups = (
            FollowUp("safety.inspection", "登记站场检查", {"enterprise": "enterprise", "subject": "name"}),
            FollowUp("passenger.dailyflow", "填报客流日报", {"station": "self"}, states="in_use"),
        )
        example = dict(
            name="示例县汽车客运站",
            enterprise=None,
            daily_capacity=2400,
            grade=StationGrade.SECOND,
            licence="示站字000001号",
            licence_until="2028-06-30",
            scanners=2,
            check_bays=2,
            check_staff=4,
            ticket_gates=2,
            bus_stop_m=120,
            place="121.455, 31.251",
        )

    class Measures:
        stations = Count("客运站", unit="个")
        graded = Count("三级以上客运站", where=Q(grade__in=GRADED), unit="个")
        town_services = Count("乡镇运输服务站", where=Q(town_service=True), unit="个")
        with_scanner = Count("配备安检机的客运站", where=Q(scanners__gt=0), unit="个")

    def __str__(self):
        return self.name
