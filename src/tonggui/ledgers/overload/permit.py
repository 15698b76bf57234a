"""超限运输许可台账: permits for loads that cannot be divided, from the application to their last day on the road.

Basis: 公路安全保护条例 第三十五条 to 第三十八条, 第六十五条; 超限运输车辆行驶公路管理规定 (2016年第62号令) 第十四条,
第二十七条: only what cannot be divided may be permitted, and inside a county the county decides. The class follows from
the measures of the load, the last day for the decision from the class.
"""

from datetime import date

from django.db.models import F, Q, TextChoices

from tonggui.base.clock import today
from tonggui.ledgers.overload.papers import PERMIT_PAPERS
from tonggui.ledgers.overload.permit_flow import PermitFlow
from tonggui.register.declare import (
    Amount,
    Choice,
    Count,
    Day,
    Flag,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Plate,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    anyone,
    column,
    derive,
)
from tonggui.statutes.overloading.permits import decision_due, permit_class


class PermitClass(TextChoices):
    FIRST = "1", "一类"
    SECOND = "2", "二类"
    THIRD = "3", "三类"


class Permit(Record):
    """One permit for one vehicle, one load and one route."""

    number = Number("XK{year}{seq:04}", year_of="accepted_on")
    plate = Plate("号牌号码", index=True)
    trailer_plate = Plate("挂车号牌", optional=True)
    vehicle = Link("fleet.Vehicle", "车辆档案", optional=True)
    enterprise = Link("parties.Enterprise", "承运企业", optional=True)
    carrier = Text("承运人", max_length=80)
    load = Text("货物名称", max_length=80)
    indivisible = Flag("不可解体", hint="可解体物品不予许可")
    load_length_m = Amount("车货总长", unit="m", least=1, most=100, total=False)
    load_width_m = Amount("车货总宽", unit="m", least=1, most=20, total=False)
    load_height_m = Amount("车货总高", unit="m", least=1, most=20, total=False)
    gross_t = Amount("车货总重", unit="t", least=1, most=2000, total=False)
    over_mass = Flag("总质量超限")
    crosses_provinces = Flag("跨省运输")
    permit_class = Choice(PermitClass, "许可类别", optional=True)
    permit_route = LongText("通行路线")
    accepted_on = Day("受理日期", index=True)
    works_days = Integer("加固改造天数", unit="工作日", default=0, least=0, hint="不计入审批期限")
    permit_by = Day("应作出许可决定日期", optional=True)
    decided_on = Day("决定日期", optional=True, index=True)
    pass_no = Text("超限通行证号", optional=True, max_length=40)
    valid_from = Day("通行有效期自", optional=True)
    runs_until = Day("通行有效期至", optional=True, index=True)
    trips = Integer("准予通行次数", unit="次", optional=True, least=1)

    @derive("load_length_m", "load_width_m", "load_height_m", "gross_t", "over_mass", "accepted_on")
    def derive_permit_class(self):
        """The first class whose bounds hold the load."""
        return permit_class(
            self.accepted_on,
            height_m=float(self.load_height_m),
            width_m=float(self.load_width_m),
            length_m=float(self.load_length_m),
            gross_t=float(self.gross_t),
            over_mass=self.over_mass,
        )

    @derive("accepted_on", "permit_class", "crosses_provinces", "works_days")
    def derive_permit_by(self):
        """Two, five or fifteen working days by class, longer across provinces."""
        return decision_due(self.accepted_on, self.permit_class, self.crosses_provinces, self.works_days)

    @column("通行剩余天数", unit="天")
    def run_days_left(self):
        """Days until the permit's last day, for one that is granted."""
        return (self.runs_until - today()).days if self.runs_until and self.state == "may_run" else None

    @classmethod
    def held_on(cls, plate: str, day: date) -> "Permit | None":
        """The permit that a vehicle held on a day, as tractor or trailer."""
        granted = cls._base_manager.filter(Q(plate=plate) | Q(trailer_plate=plate), state__in=("may_run", "lapsed"))
        return granted.filter(valid_from__lte=day, runs_until__gte=day).order_by("-pk").first()

    def faults(self):
        """Days in order."""
        if self.runs_until and self.valid_from and self.runs_until < self.valid_from:
            yield "runs_until", f"“通行有效期至”早于起始日期 {self.valid_from}。"
        if self.decided_on and self.decided_on < self.accepted_on:
            yield "decided_on", f"“决定日期”早于受理日期 {self.accepted_on}。"

    class Flow(PermitFlow):
        pass

    class Page(Ledger):
        title = "超限运输许可"
        menu = "治超管理"
        columns = "number plate carrier load permit_class accepted_on permit_by pass_no runs_until run_days_left state"
        filters = "accepted_on unit permit_class state runs_until permit_by"
        search = "number plate carrier load pass_no"
        names = "pass_no"
        form = [
            Section("承运", "carrier enterprise plate trailer_plate vehicle"),
            Section("货物", "load indivisible load_length_m load_width_m load_height_m gross_t over_mass"),
            Section("路线", "permit_route crosses_provinces"),
            Section("审批", "accepted_on permit_class works_days permit_by decided_on"),
            Section("通行证", "pass_no valid_from runs_until trips"),
        ]
        read = {"county": anyone}
        write = {"road_officer": anyone, "overload_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "超限运输许可导入模板",
            columns=(
                "plate trailer_plate carrier load indivisible load_length_m load_width_m load_height_m gross_t "
                "over_mass crosses_provinces permit_route accepted_on"
            ),
        )
        exports = (
            "number plate trailer_plate carrier load load_length_m load_width_m load_height_m gross_t "
            "permit_class permit_route accepted_on permit_by decided_on pass_no valid_from runs_until state"
        )
        sort = "-accepted_on"
        watches = (
            Watch("permit_by", "应作出许可决定", lead=1, where=Q(state="accepted_application"), tell="road_officer"),
            Watch("runs_until", "超限通行证到期", lead=3, where=Q(state="may_run")),
        )
        papers = PERMIT_PAPERS
        example = dict(
            plate="示H00008",
            trailer_plate="示H0008挂",
            carrier="示例大件运输有限公司（示例）",
            load="风力发电机叶片（示例）",
            indivisible=True,
            load_length_m="26.5",
            load_width_m="3.2",
            load_height_m="4.3",
            gross_t="46",
            permit_route="示例县道X001 K0 至 K18，示例大道 K3 至 K9",
            accepted_on="2026-05-11",
        )

    class Measures:
        accepted = Count("受理超限运输许可", on="accepted_on", confirmed=False, unit="件")
        granted = Count("办理超限运输许可", on="decided_on", where=~Q(state="not_permitted"), unit="件")
        in_time = Count("按期办理许可", on="decided_on", where=Q(decided_on__lte=F("permit_by")), unit="件")

    def __str__(self):
        return f"{self.pass_no or self.number} {self.plate}"
