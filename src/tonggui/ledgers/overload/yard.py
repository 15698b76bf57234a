"""货运源头单位台账: quarries, plants and depots that load goods vehicles, with their scale, camera and connection.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第二十八条, 第三十一条: a source yard weighs what leaves and the
local government publishes the key ones. Whether a yard is a key one follows from its yearly tonnage and the bureau's
own threshold, unless the list says otherwise. Visits are operations of kind 源头巡查; penalties are cases that name it.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Amount,
    Choice,
    Count,
    Day,
    Flag,
    FollowUp,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Place,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    anyone,
)
from tonggui.statutes.overloading.sites import KEY_YARD_TONNES
from tonggui.statutes.overloading.yards import SCALE_LEAD


class Goods(TextChoices):
    SAND = "sand", "砂石"
    CEMENT = "cement", "水泥及制品"
    COAL = "coal", "煤炭"
    STEEL = "steel", "钢材"
    ORE = "ore", "矿石"
    GRAIN = "grain", "粮食饲料"
    STATION = "station", "货运站场"
    OTHER = "other", "其他"


class Connection(TextChoices):
    ONLINE = "online", "已联网"
    LOCAL = "local", "未联网"
    DOWN = "down", "联网中断"


class Yard(Record):
    """One place where goods vehicles are loaded."""

    number = Number("YT{seq:04}")
    name = Text("名称", unique=True, max_length=60)
    enterprise = Link("parties.Enterprise", "经营企业", optional=True)
    goods_kind = Choice(Goods, "主要货物")
    town = Link("parties.Town", "乡镇", optional=True)
    address = Text("地址", optional=True, max_length=120)
    place = Place("位置", optional=True)
    load_person = Link("parties.Person", "装载责任人", optional=True)
    weigh_person = Link("parties.Person", "称重责任人", optional=True)
    invoice_person = Link("parties.Person", "开票责任人", optional=True)
    release_person = Link("parties.Person", "放行责任人", optional=True)
    staff_duties = LongText("源头岗位职责", optional=True, hint="装载、称重、开票、放行各岗位的职责和责任追究制度")
    yearly_t = Amount("年装载量", unit="t", least=0)
    key = Flag("重点源头单位", hint="按年装载量得出，可按政府公布的名单改")
    scale = Flag("已装称重设备")
    scale_certificate = Text("衡器检定证书号", optional=True, max_length=40)
    scale_until = Day("衡器检定有效期至", optional=True, index=True)
    camera = Flag("已装视频监控")
    connection = Choice(Connection, "联网状态", default=Connection.LOCAL)
    point = Link("overload.WeighingPoint", "检测点", optional=True, hint="厂区出口的源头称重点")
    last_weighed_at = Moment("最近称重时间", optional=True, index=False, hint="由出口称重点的数据得出")
    last_pictured_at = Moment("最近图像时间", optional=True, index=False)
    published_on = Day("公示日期", optional=True, index=True)
    delisted_on = Day("移出名单日期", optional=True)

    def prepare(self):
        """A yard that loads as much as the threshold is a key one from the start; a person may say otherwise later."""
        if self._state.adding and self.yearly_t >= KEY_YARD_TONNES.on(clock.today()):
            self.key = True

    def faults(self):
        """A scale in use has its certificate's last day."""
        if self.scale and self.scale_until is None:
            yield "scale_until", "已装称重设备的，请填写“衡器检定有效期至”。"

    class Flow(Workflow):
        listed_here = State("在册", start=True, confirmed=True, tone="done")
        published = State("已公示", confirmed=True, tone="done")
        ended = State("停用", final=True, confirmed=True, tone="void")

        publish_yard = Move(
            listed_here >> published,
            "列入公示名单",
            by=("overload_officer", "director"),
            takes=("published_on",),
            needs=("published_on",),
            recall=False,
        )
        delist = Move(
            published >> listed_here,
            "移出公示名单",
            by=("overload_officer", "director"),
            comment=True,
            sets={"delisted_on": clock.today, "key": False},
            recall=False,
        )
        end = Move((listed_here | published) >> ended, "停用", by="overload_officer", comment=True)

    class Page(Ledger):
        title = "货运源头单位"
        menu = "治超管理"
        columns = "number name goods_kind town yearly_t key scale scale_until connection published_on state"
        filters = "published_on unit goods_kind town key connection state scale_until"
        search = "number name address"
        names = "name"
        form = [
            Section("源头单位", "name enterprise goods_kind unit town address place"),
            Section("责任人员", "load_person weigh_person invoice_person release_person staff_duties"),
            Section("规模", "yearly_t key"),
            Section(
                "设备", "scale scale_certificate scale_until camera connection point last_weighed_at last_pictured_at"
            ),
            Section("公示", "published_on delisted_on"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "货运源头单位导入模板",
            key="name",
            columns=(
                "enterprise goods_kind unit town address load_person weigh_person invoice_person release_person "
                "yearly_t key scale scale_certificate scale_until camera connection"
            ),
        )
        exports = (
            "number name enterprise goods_kind town address load_person weigh_person invoice_person "
            "release_person yearly_t key scale scale_certificate scale_until camera connection last_weighed_at "
            "published_on state"
        )
        sort = "number"
        map = "place"
        watches = (Watch("scale_until", "源头衡器检定到期", lead=SCALE_LEAD, tell="overload_officer"),)
        follow_ups = (
            FollowUp("enforcement.operation", "登记源头巡查", {"yard": "self", "zone": "name"}),
            FollowUp("overload.loading", "登记装载", {"yard": "self"}),
            FollowUp("overload.yardmonth", "登记月报", {"yard": "self"}),
            FollowUp("enforcement.case", "立案查处", {"yard": "self", "party": "name", "enterprise": "enterprise"}),
        )
        example = dict(
            name="示例金桥砂石加工厂（示例）",
            goods_kind=Goods.SAND,
            address="示例县城关镇示例路 8 号",
            yearly_t="260000",
            scale=True,
            scale_until="2027-03-31",
            camera=True,
            connection=Connection.ONLINE,
        )

    class Measures:
        yards = Count("货运源头单位", where=~Q(state="ended"), unit="家")
        key_yards = Count("重点货运源头单位", where=Q(key=True) & ~Q(state="ended"), unit="家")
        published = Count("公示源头单位", where=Q(state="published"), unit="家")
        newly_published = Count("新公示源头单位", on="published_on", unit="家")
        online = Count("联网源头单位", where=Q(connection=Connection.ONLINE) & ~Q(state="ended"), unit="家")

    def __str__(self):
        return self.name
