"""违法线索台账: what citizens, other departments and patrols report of illegal carriage and other breaches.

Basis: 交通运输行政执法程序规定 第六十二条 (sources of a case, filing "及时"); 行政处罚法 (2021) 第五十四条. Each
report has its place and time, so that patrols go where it happens (黑车, 摩的, 农用车载人); a proven one becomes a
case, which says so here by itself. Who reported is kept no longer than needed.
"""

from django.db.models import Q, TextChoices

from tonggui.ledgers.enforcement.clue_flow import ClueFlow
from tonggui.ledgers.enforcement.hands import OFFICERS
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    FollowUp,
    Handheld,
    Ledger,
    Link,
    LongText,
    Moment,
    Number,
    Phone,
    Photos,
    Place,
    Plate,
    Purge,
    Record,
    Section,
    Sheet,
    Text,
    anyone,
    derive,
)
from tonggui.statutes.enforcement import FILING, REPORTER_KEPT


class ClueKind(TextChoices):
    UNLICENSED = "unlicensed", "非法营运（黑车）"
    RIDE_HAILING = "ride_hailing", "违规网约车"
    TAXI = "taxi", "出租汽车违规"
    MOTORCYCLE = "motorcycle", "摩托车载客"
    FARM_VEHICLE = "farm_vehicle", "农用车载人"
    PASSENGER = "passenger", "客运违规"
    OVERLOAD = "overload", "超限超载"
    SPILL = "spill", "抛洒滴漏"
    HAZMAT = "hazmat", "危险货物"
    ROAD = "road", "侵占损坏公路"
    WATER = "water", "水路违法"
    OTHER = "other", "其他"


class Channel(TextChoices):
    HOTLINE = "hotline", "12328 热线"
    CITIZEN = "citizen", "群众举报"
    POLICE = "police", "公安交警抄告"
    DEPARTMENT = "department", "其他部门移送"
    SUPERIOR = "superior", "上级交办"
    PATROL = "patrol", "巡查发现"
    MONITOR = "monitor", "监控发现"


ILLEGAL_CARRIAGE = (ClueKind.UNLICENSED, ClueKind.RIDE_HAILING, ClueKind.MOTORCYCLE, ClueKind.FARM_VEHICLE)


class Clue(Record):
    """One report of one happening at one place."""

    number = Number("XS{year}{seq:05}", year_of="received_on")
    kind = Choice(ClueKind, "线索类别")
    channel = Choice(Channel, "线索来源")
    received_on = Day("收到日期", index=True)
    happened_at = Moment("事发时间", optional=True)
    scene = Text("事发地点", max_length=60)
    town = Link("parties.Town", "乡镇", optional=True)
    place = Place("位置", optional=True)
    plate = Plate("号牌号码", optional=True, index=True)
    content = LongText("线索内容")
    photos = Photos("线索照片")
    reporter = Text("举报人", optional=True, max_length=30)
    phone = Phone("举报人电话", optional=True)
    file_by = Day("应决定立案日期", optional=True)
    verification = LongText("核查结果", optional=True)
    receiver = Text("承接单位", optional=True, max_length=60)
    reporter_answered_on = Day("答复举报人日期", optional=True)

    @derive("received_on")
    def derive_file_by(self):
        """The day by which filing is decided."""
        return FILING.due(self.received_on)

    def faults(self):
        """Answered after it was received."""
        if self.reporter_answered_on and self.reporter_answered_on < self.received_on:
            yield "reporter_answered_on", f"“答复举报人日期”早于收到日期 {self.received_on}。"

    class Flow(ClueFlow):
        pass

    class Page(Ledger):
        title = "违法线索"
        columns = "number received_on kind channel scene town plate file_by unit state"
        filters = "received_on unit kind channel town state file_by"
        search = "number scene plate content"
        names = "number"
        form = [
            Section("线索", "kind channel received_on happened_at scene town place plate content photos"),
            Section("举报人", "reporter phone"),
            Section("办理", "unit file_by verification receiver reporter_answered_on"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys((*OFFICERS, "duty_officer", "clerk"), anyone)
        imports = Sheet(
            "违法线索导入模板", columns="kind channel received_on happened_at scene town plate content reporter phone"
        )
        exports = (
            "number received_on kind channel scene town plate content verification receiver reporter_answered_on state"
        )
        sort = "-received_on"
        map = "place"
        purges = (
            Purge("reporter phone", after="reporter_answered_on", days=REPORTER_KEPT, basis="个人信息保护法第十九条"),
        )
        pictures = (Bars("高发乡镇", by="town", stack="kind"), Bars("线索来源", by="channel", stack="kind"))
        follow_ups = (
            FollowUp(
                "enforcement.case",
                "转立案查处",
                {"clue": "self", "received_on": "received_on", "plate": "plate", "scene": "scene"},
                states="proven",
            ),
        )
        handheld = Handheld("线索上报", "kind channel received_on scene plate content photos place", moves="prove")
        example = dict(
            kind=ClueKind.UNLICENSED,
            channel=Channel.HOTLINE,
            received_on="2026-05-06",
            happened_at="2026-05-06T07:40:00+08:00",
            scene="示例县汽车客运中心出站口",
            plate="示F00017",
            content="一辆七座面包车在出站口揽客，往江口镇每人收费十五元。",
            reporter="陈示例",
        )

    class Measures:
        to_verify = Count("收到线索", on="received_on", unit="条")
        illegal = Count("非法营运线索", on="received_on", where=Q(kind__in=ILLEGAL_CARRIAGE), unit="条")
        proven = Count("核查属实线索", on="received_on", where=Q(state__in=("proven", "turned")), unit="条")
        copied_by_police = Count("交警抄告线索", on="received_on", where=Q(channel=Channel.POLICE), unit="条")

    def __str__(self):
        return f"{self.received_on} {self.scene}"
