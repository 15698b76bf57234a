"""网约车平台台账: platforms licensed to arrange rides in the county, from application to leaving.

Basis: 网络预约出租汽车经营服务管理暂行办法 第五条 to 第十一条: a local office, data joined to the supervision platform,
filed with the telecommunications and public security authorities; 行政许可法 第八十二条 for working days (S-29).
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Choices,
    Count,
    Day,
    Flag,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
    column,
    derive,
    own,
)
from tonggui.statutes.licences import BUSINESS_LICENCE_LEAD, LICENCE_DECISION


class Area(TextChoices):
    COUNTY = "county", "本县"
    CITY = "city", "全市"
    AIRPORT = "airport", "机场高铁站"


CONDITIONS = {
    "local_office": "没有本地服务机构",
    "data_joined": "没有接入网约车监管信息交互平台",
    "icp_filed": "没有电信主管部门互联网备案",
    "police_filed": "没有公安机关计算机信息系统安全备案",
    "carrier_insured": "没有为乘客购买承运人责任险",
}


def why_not_license(platform: "Platform") -> str:
    """What of 第五条 to 第七条 is missing."""
    missing = [why for name, why in CONDITIONS.items() if not getattr(platform, name)]
    return f"{'；'.join(missing)}。" if missing else ""


class Platform(Record):
    """One platform company in the county."""

    number = Number("WPT{seq:03}")
    brand = Text("平台品牌", unique=True, max_length=30)
    enterprise = Link("parties.Enterprise", "平台公司")
    service_areas = Choices(Area, "平台经营区域")
    accepted_on = Day("受理日期")
    permit_by = Day("应作出许可决定日期", optional=True)
    local_office = Text("本地服务机构", optional=True, max_length=80)
    complaint_line = Text("平台投诉电话", optional=True, max_length=20)
    data_joined = Flag("数据接入监管平台")
    icp_filed = Text("互联网备案号", optional=True, max_length=40)
    police_filed = Text("公安备案号", optional=True, max_length=40)
    carrier_insured = Flag("承运人责任险有效")
    platform_cars = Integer("申报车辆", unit="辆", least=0, default=0)
    licence = Text("网络预约出租汽车经营许可证号", optional=True, max_length=40)
    licensed_on = Day("平台许可日期", optional=True, index=True)
    licence_until = Day("平台许可有效期至", optional=True, index=True)
    exited_on = Day("退出日期", optional=True)

    @derive("accepted_on")
    def derive_permit_by(self):
        return LICENCE_DECISION.due(self.accepted_on)

    @column("接入情况", numeric=False)
    def joined_up(self):
        return "已接入" if self.data_joined else "未接入"

    def faults(self):
        if self.licensed_on and self.licensed_on < self.accepted_on:
            yield "licensed_on", f"“平台许可日期”早于受理日期 {self.accepted_on}。"
        if self.licence_until and self.licensed_on and self.licence_until < self.licensed_on:
            yield "licence_until", "“平台许可有效期至”早于许可日期。"

    class Flow(Workflow):
        under_licensing = State("许可审查", start=True, due="permit_by")
        platform_licensed = State("持证经营", confirmed=True, tone="done")
        orders_halted = State("暂停新增派单", confirmed=True, tone="todo")
        exited = State("已退出", final=True, confirmed=True, tone="void")
        denied = State("不予许可", final=True, tone="void")

        grant_platform = Move(
            under_licensing >> platform_licensed,
            "许可平台经营",
            by=("transport_officer", "director"),
            takes=("licence", "licensed_on", "licence_until"),
            needs=("licence", "licensed_on", "licence_until"),
            check=why_not_license,
            recall=False,
        )
        deny = Move(under_licensing >> denied, "不予许可", by=("transport_officer", "director"), comment=True)
        halt_orders = Move(platform_licensed >> orders_halted, "暂停派单整改", by="transport_officer", comment=True)
        resume_orders = Move(
            orders_halted >> platform_licensed, "恢复派单", by="transport_officer", check=why_not_license
        )
        exit_platform = Move(
            (platform_licensed | orders_halted) >> exited,
            "平台退出",
            by="transport_officer",
            takes=("exited_on",),
            needs=("exited_on",),
            comment=True,
        )

    class Page(Ledger):
        title = "网约车平台"
        columns = "number brand enterprise service_areas platform_cars joined_up licence licence_until state"
        filters = "licence_until state enterprise data_joined"
        search = "number brand licence enterprise__name"
        names = "brand"
        form = [
            Section("平台", "brand enterprise service_areas accepted_on permit_by platform_cars"),
            Section("条件", "local_office complaint_line data_joined icp_filed police_filed carrier_insured"),
            Section("许可", "licence licensed_on licence_until exited_on"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "网约车平台导入模板",
            key="brand",
            columns="enterprise service_areas accepted_on local_office complaint_line data_joined icp_filed "
            "police_filed carrier_insured platform_cars",
        )
        exports = (
            "number brand enterprise service_areas accepted_on permit_by local_office complaint_line data_joined "
            "icp_filed police_filed carrier_insured platform_cars licence licensed_on licence_until exited_on state"
        )
        sort = "number"
        unit_from = "enterprise"
        watches = (
            Watch(
                "licence_until", "网约车平台许可到期", lead=BUSINESS_LICENCE_LEAD, where=Q(state="platform_licensed")
            ),
        )
        example = dict(
            brand="示例出行",
            enterprise=None,
            service_areas=["county"],
            accepted_on="2026-01-08",
            local_office="示例县示例路8号",
            complaint_line="4000000000",
            data_joined=True,
            icp_filed="示ICP备00000001号",
            police_filed="示公网安备000001号",
            carrier_insured=True,
            platform_cars=60,
        )

    class Measures:
        platforms = Count("持证网约车平台", where=Q(state="platform_licensed"), unit="家")
        licensed = Count("许可网约车平台", on="licensed_on", unit="家")

    def __str__(self):
        return self.brand
