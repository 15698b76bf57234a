"""桥梁台账: each bridge with its condition, its load limit and what is done about it when it is dangerous.

Basis: 公路安全保护条例 第四十八条, bridges are inspected and rated at intervals, and what is unsafe is repaired and
made known; JTG/T H21-2011 for the five classes. Class 4 or 5 is a dangerous bridge (危桥). A bridge of class 5 that
is neither closed nor under rebuilding is a major hazard (交办公路〔2023〕59号 第五条).
"""

from django.db.models import Q

from tonggui.base import clock
from tonggui.ledgers.roads.bridge_flow import BridgeFlow
from tonggui.ledgers.roads.bridge_kinds import Measure, Rating, Size, Structure
from tonggui.register.declare import (
    Amount,
    Board,
    Choice,
    Choices,
    Count,
    Day,
    Flag,
    FollowUp,
    Ledger,
    Link,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    Year,
    anyone,
    column,
    derive,
)
from tonggui.statutes.roads import DANGEROUS, bridge_size, next_bridge_check


class Bridge(Record):
    """One bridge. Its rating comes from the inspections that name it."""

    number = Number("QL{seq:04}")
    code = Text("桥梁编码", optional=True, max_length=20, hint="路线编号＋县级区划代码＋L＋四位顺序号")
    name = Text("桥名", max_length=40)
    road = Link("roads.Road", "路线")
    section = Link("roads.Section", "路段", optional=True)
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    stake = Text("桩号", optional=True, max_length=20, hint="桥梁中心桩号，如 K12+345")
    place = Place("位置", optional=True)
    crosses = Text("跨越物", optional=True, max_length=40, hint="河流、沟渠、铁路或道路的名称")
    structure = Choice(Structure, "上部结构")
    bridge_length_m = Amount("桥梁全长", unit="米", places=1, least=0)
    span_m = Amount("最大单孔跨径", unit="米", places=1, optional=True, least=0, total=False)
    bridge_size = Choice(Size, "桥梁规模")
    opened_year = Year("建成年份", optional=True)
    load_limit_t = Amount("限载", unit="吨", places=1, optional=True, least=1, total=False)
    engineer = Link("parties.Person", "桥梁养护工程师", optional=True)
    rating = Choice(Rating, "技术状况等级", optional=True, hint="定期检查审核通过后自动更新")
    rated_on = Day("评定日期", optional=True)
    next_check_on = Day("下次检查期限", optional=True)
    dangerous = Flag("危桥")
    safeguards = Choices(Measure, "管控措施", optional=True)
    rebuild_year = Year("计划改造年度", optional=True)
    project = Link("works.Project", "项目", optional=True)
    rebuilt_on = Day("改造完工日期", optional=True)
    photos = Photos("桥梁照片")

    @derive("section")
    def derive_town(self):
        return self.section.town

    @derive("bridge_length_m")
    def derive_bridge_size(self):
        return bridge_size(self.bridge_length_m, self.span_m, clock.today())

    @derive("rating", "rated_on")
    def derive_next_check_on(self):
        """The worse the class, the sooner the next inspection."""
        return next_bridge_check(self.rating, self.rated_on)

    @derive("rating", always=True)
    def derive_dangerous(self):
        return self.rating in DANGEROUS

    @column("处置要求", numeric=False)
    def demand(self):
        """What the rating asks for and is not done yet."""
        if self.rating == Rating.FIFTH and self.state in ("in_use", "restricted"):
            return "五类桥未封闭、未改造，属重大隐患"
        return "四类桥应限载限速，列入改造" if self.rating == Rating.FOURTH and self.state == "in_use" else ""

    class Flow(BridgeFlow):
        pass

    class Page(Ledger):
        title = "桥梁"
        columns = "number name road stake bridge_length_m bridge_size rating next_check_on load_limit_t demand state"
        filters = "next_check_on road town state rating dangerous bridge_size structure rebuild_year"
        search = "number name code stake crosses road__name"
        names = "name"
        form = [
            Section("桥梁", "name code road section town stake place crosses unit"),
            Section("结构", "structure bridge_length_m span_m bridge_size opened_year load_limit_t"),
            Section("技术状况", "rating rated_on next_check_on engineer photos"),
            Section("危桥处置", "safeguards rebuild_year project rebuilt_on"),
        ]
        read = {"county": anyone, "road_chief": anyone}
        write = {"road_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "桥梁导入模板",
            key="name road",
            columns=(
                "code section town stake place crosses structure bridge_length_m span_m bridge_size opened_year "
                "load_limit_t "
                "rating rated_on engineer rebuild_year"
            ),
        )
        exports = (
            "number name code road section town stake crosses structure bridge_length_m span_m bridge_size opened_year "
            "load_limit_t rating rated_on next_check_on dangerous safeguards rebuild_year rebuilt_on state"
        )
        sort = "number"
        unit_from = "road"
        map = "place"
        watches = (Watch("next_check_on", "桥梁检查到期", where=~Q(state="ended"), basis="公路安全保护条例第四十八条"),)
        pictures = (Board("技术状况", by="rating", card="road next_check_on demand"),)
        follow_ups = (
            FollowUp("roads.bridgecheck", "登记检查", {"bridge": "self"}),
            FollowUp("roads.problem", "登记问题", {"bridge": "self", "section": "section", "place": "place"}),
            FollowUp("roads.closure", "办理封闭", {"bridge": "self", "road": "road", "section": "section"}),
            FollowUp("safety.hazard", "登记隐患", {"place": "place"}),
        )
        example = dict(
            name="示例北桥",
            road=None,
            stake="K7+320",
            crosses="示例河",
            structure=Structure.BEAM,
            bridge_length_m="48.0",
            span_m="16.0",
            opened_year=1996,
            rating=Rating.THIRD,
            rated_on="2026-03-18",
        )

    class Measures:
        bridges = Count("桥梁", unit="座")
        dangerous = Count("危桥", where=Q(dangerous=True), unit="座")
        unguarded = Count("未管控五类桥", where=Q(rating="5", state__in=("in_use", "restricted")), unit="座")
        rebuilt = Count("改造危桥", on="rebuilt_on", unit="座")
        rated = Count("评定桥梁", on="rated_on", unit="座")

    def __str__(self):
        return f"{self.name}（{self.stake}）" if self.stake else self.name
