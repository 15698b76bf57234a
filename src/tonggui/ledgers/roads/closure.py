"""公路封闭台账: roads closed or narrowed, why, until when, which way round, and whether the public was told in time.

Basis: 公路安全保护条例 第五十一条: works that close a road, or half its width over 2 km and for more than 30 days,
are announced at least 5 days before, with the way round and its signs; where there is none a temporary road is built;
emergencies excepted. 公路法 第三十二条 for the signs.
"""

from django.db.models import F, Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.roads.closure_flow import ClosureFlow, Reason
from tonggui.ledgers.roads.papers import ANNOUNCEMENT
from tonggui.ledgers.roads.stakes import kilometres, order_faults
from tonggui.register.declare import (
    Amount,
    Area,
    Calendar,
    Choice,
    Choices,
    Count,
    Day,
    Files,
    Flag,
    Ledger,
    Link,
    LongText,
    Number,
    Phone,
    Place,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    anyone,
    column,
    derive,
)
from tonggui.statutes.roads import latest_notice, must_announce


class ClosureKind(TextChoices):
    WHOLE = "whole", "全幅封闭"
    HALF = "half", "半幅封闭"
    LIMIT = "limit", "限载限高"
    ONE_WAY = "one_way", "单向通行"


class Channel(TextChoices):
    SITE = "site", "政府网站"
    PHONE = "phone", "微信公众号"
    RADIO = "radio", "广播电视"
    NOTICE = "notice", "现场公告"


class Closure(Record):
    """One closing of one stretch."""

    number = Number("FB{year}{seq:04}", year_of="closes_on")
    kind = Choice(ClosureKind, "管制方式")
    closure_reason = Choice(Reason, "封闭原因")
    road = Link("roads.Road", "路线")
    section = Link("roads.Section", "路段", optional=True)
    bridge = Link("roads.Bridge", "桥梁", optional=True)
    road_permit = Link("roads.Permit", "涉路施工许可", optional=True)
    start_stake = Text("起点桩号", optional=True, max_length=16, hint="如 K12+345")
    end_stake = Text("止点桩号", optional=True, max_length=16, hint="如 K15+020")
    closed_km = Amount("封闭里程", unit="公里", places=3, optional=True, least=0)
    vehicles_barred = Text("受限车辆", max_length=120, hint="如 所有车辆；总质量10吨以上货车")
    closes_on = Day("封闭日期")
    opens_on = Day("计划恢复日期")
    must_announce = Flag("应提前公告")
    announce_by = Day("最迟公告日期", optional=True)
    detour = LongText("绕行路线", optional=True)
    temporary_road = Text("临时道路", optional=True, max_length=120)
    signing = LongText("标志设置", optional=True, hint="两端施工标志、绕行路口标志")
    closed_area = Area("管制范围", optional=True)
    place = Place("位置", optional=True)
    approval = Files("批准文件")
    contact = Link("parties.Person", "现场负责人", optional=True)
    phone = Phone("联系电话", optional=True)
    announcement_no = Text("公告编号", optional=True, max_length=40)
    announced_on = Day("公告日期", optional=True)
    channels = Choices(Channel, "发布渠道", optional=True)
    opened_on = Day("实际恢复日期", optional=True)

    @derive("start_stake", "end_stake")
    def derive_closed_km(self):
        return kilometres(self.start_stake, self.end_stake)

    @derive("kind", "closes_on", "opens_on", always=True)
    def derive_must_announce(self):
        """Whether article 51 asks for an announcement."""
        days = (self.opens_on - self.closes_on).days
        return must_announce(self.kind, self.closed_km, days, self.closes_on)

    @derive("kind", "closes_on", always=True)
    def derive_announce_by(self):
        return latest_notice(self.closes_on, self.kind == ClosureKind.WHOLE)

    @column("超期天数", unit="天")
    def days_over(self):
        """Days past the planned opening, up to the real one or today."""
        return max(0, ((self.opened_on or clock.today()) - self.opens_on).days)

    class Flow(ClosureFlow):
        pass

    class Page(Ledger):
        title = "公路封闭"
        columns = (
            "number road start_stake end_stake kind closure_reason closes_on opens_on days_over announced_on state"
        )
        filters = "closes_on opens_on road state kind closure_reason section"
        search = "number detour announcement_no road__name"
        names = "number"
        form = [
            Section("管制", "kind closure_reason road section vehicles_barred bridge road_permit"),
            Section("范围", "start_stake end_stake closed_km place closed_area"),
            Section("时间", "closes_on opens_on opened_on"),
            Section("绕行", "detour temporary_road signing"),
            Section("公告", "announced_on channels announcement_no approval contact phone"),
        ]
        read = {"county": anyone, "road_chief": anyone}
        write = {"road_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "公路封闭导入模板",
            columns=(
                "kind closure_reason road section start_stake end_stake vehicles_barred closes_on opens_on detour "
                "temporary_road signing announced_on channels contact phone"
            ),
        )
        exports = (
            "number kind closure_reason road section start_stake end_stake closed_km vehicles_barred closes_on "
            "opens_on "
            "must_announce announce_by announced_on channels announcement_no detour temporary_road opened_on days_over "
            "state"
        )
        sort = "-closes_on"
        unit_from = "road"
        map = "place"
        watches = (
            Watch("announce_by", "封路公告到期", lead=10, where=Q(state="draft"), basis="公路安全保护条例第五十一条"),
            Watch("opens_on", "计划恢复通行", lead=7, where=Q(state="closed")),
        )
        papers = (ANNOUNCEMENT,)
        pictures = (Calendar("管制日历", on="closes_on", until="opens_on", text="road kind"),)
        example = dict(
            kind=ClosureKind.WHOLE,
            closure_reason=Reason.DISASTER,
            road=None,
            start_stake="K4+000",
            end_stake="K6+500",
            vehicles_barred="所有车辆",
            closes_on="2026-06-18",
            opens_on="2026-07-05",
            detour="经县道X007、乡道Y014绕行，约增加9公里",
            signing="两端设置施工标志，三处绕行路口设置绕行标志",
        )

    class Measures:
        closures = Count("公路封闭", on="closes_on", unit="次")
        in_time = Count("按期公告封闭", on="closes_on", where=Q(announced_on__lte=F("announce_by")), unit="次")
        opened = Count("恢复通行", on="opened_on", unit="次")
        late = Count("超期恢复", on="opened_on", where=Q(opened_on__gt=F("opens_on")), unit="次")

    def faults(self):
        """Stakes and days rise, and nothing opens before it closes."""
        yield from order_faults(self)
        for name in ("opens_on", "opened_on"):
            day = getattr(self, name)
            if day and day < self.closes_on:
                yield name, f"“{self.kinds[name].label}”早于封闭日期 {self.closes_on}。"

    def __str__(self):
        return f"{self.number} {self.road.name}"
