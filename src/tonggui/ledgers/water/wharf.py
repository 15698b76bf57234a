"""码头台账: wharves and who may operate them, with sand wharves and what they have for ships' waste and shore power.

Basis: 港口法 第二十二条 (licence of port operation) and 第三十二条 (plans against flood and typhoon); 长江保护法
第七十二条 (reception of ships' waste, shore power). Sand wharves (砂石码头) are counted apart while their campaign
runs.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Amount,
    Choice,
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
    Sum,
    Text,
    Watch,
    Workflow,
    anyone,
    column,
    own,
)
from tonggui.statutes.water import CERTIFICATE_LEAD


class WharfKind(TextChoices):
    PASSENGER = "passenger", "客运码头"
    BULK = "bulk", "散货码头"
    SAND = "sand", "砂石码头"
    HAZMAT = "hazmat", "危险货物码头"
    PUBLIC = "public", "公用码头"
    DUTY = "duty", "公务码头"


class Wharf(Record):
    """One wharf of one operator."""

    number = Number("MT{seq:04}")
    name = Text("码头名称", unique=True, max_length=60)
    kind = Choice(WharfKind, "码头类别")
    enterprise = Link("parties.Enterprise", "港口经营人", optional=True)
    waterway = Link("water.Waterway", "所在航段", optional=True)
    town = Link("parties.Town", "所属乡镇", optional=True)
    place = Place("位置", optional=True)
    licence = Text("港口经营许可证号", optional=True, max_length=40)
    licence_until = Day("港口经营许可有效期至", optional=True, index=True)
    berths = Integer("泊位", unit="个", least=1, most=100)
    berth_t = Integer("靠泊等级", unit="t", least=10, total=False)
    shore_m = Integer("占用岸线", unit="m", optional=True, least=0)
    yearly_wan_t = Amount("年通过能力", unit="万吨", optional=True, least=0)
    shore_power = Flag("岸电设施")
    takes_waste = Flag("污染物接收设施")
    flood_plan = Flag("防汛防台预案")
    checked_on = Day("最近安全检查日期", optional=True)

    @column("许可剩余天数", unit="天")
    def licence_days_left(self):
        return (self.licence_until - clock.today()).days if self.licence_until else None

    def why_not_resume(self) -> str:
        """Back to work only with a licence in force."""
        if self.licence_until and self.licence_until < clock.today():
            return f"港口经营许可已于 {self.licence_until} 到期。"
        return ""

    class Flow(Workflow):
        in_use = State("在用", start=True, confirmed=True, tone="done")
        halted_for_repair = State("停业整治", confirmed=True)
        ended = State("停用", final=True, tone="void")

        halt_for_repair = Move(
            in_use >> halted_for_repair, "责令停业整治", by="water_officer", comment=True, recall=False
        )
        resume = Move(
            halted_for_repair >> in_use,
            "恢复使用",
            by="water_officer",
            needs=("licence", "checked_on"),
            check=lambda wharf: wharf.why_not_resume(),
            recall=False,
        )
        end = Move((in_use | halted_for_repair) >> ended, "停用", by="water_officer", comment=True)

    class Page(Ledger):
        title = "码头"
        columns = "number name kind enterprise town berths berth_t licence_until licence_days_left takes_waste state"
        filters = "licence_until kind town state enterprise takes_waste"
        search = "number name licence"
        names = "name"
        form = [
            Section("码头", "name kind enterprise waterway town place"),
            Section("许可", "licence licence_until"),
            Section("规模", "berths berth_t shore_m yearly_wan_t"),
            Section("环保和安全", "shore_power takes_waste flood_plan checked_on"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"water_officer": anyone}
        imports = Sheet(
            "码头导入模板",
            key="name",
            columns=(
                "kind enterprise town licence licence_until berths berth_t shore_m yearly_wan_t shore_power takes_waste"
            ),
        )
        exports = (
            "number name kind enterprise waterway town licence licence_until berths berth_t shore_m yearly_wan_t "
            "shore_power takes_waste flood_plan checked_on place state"
        )
        sort = "number"
        map = "place"
        watches = (Watch("licence_until", "港口经营许可到期", lead=CERTIFICATE_LEAD, basis="港口法第二十二条"),)
        example = dict(
            name="示例北桥码头",
            kind=WharfKind.SAND,
            enterprise=None,
            licence="示港经证0001号",
            licence_until="2028-05-31",
            berths=2,
            berth_t=500,
            yearly_wan_t="60",
            takes_waste=True,
        )

    class Measures:
        wharves = Count("在册码头", unit="座")
        sand = Count("砂石码头", where=Q(kind="sand"), unit="座")
        halted = Count("停业整治码头", where=Q(state="halted_for_repair"), unit="座")
        capacity = Sum("yearly_wan_t", "码头年通过能力")

    def faults(self):
        """All but the bureau's own wharves are operated by licence."""
        if self.kind != WharfKind.DUTY and self.enterprise is None:
            yield "enterprise", "经营性码头须填港口经营人。"
        if self.licence and not self.licence_until:
            yield "licence_until", "填了许可证号的，须填许可有效期。"

    def __str__(self):
        return self.name
