"""车辆台账: operating vehicles, what they may carry and for whom, and whether they are in operation.

Basis: 道路运输条例 (road transport permit of each vehicle); 道路运输车辆动态监督管理办法 (2022) 第三条 for the vehicles
that must carry a terminal; GA 36-2018 and JT/T 697.7 for plates and their colours.
"""

from django.db.models import Q, TextChoices, UniqueConstraint

from tonggui.base.clock import today
from tonggui.base.codes import PlateColor
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Flag,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Plate,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.dynamic_supervision import HEAVY_GOODS
from tonggui.statutes.licences import PERMIT_LEAD

Colour = TextChoices("Colour", [(color.name, (str(color.value), color.label)) for color in PlateColor])


class VehicleClass(TextChoices):
    COACH = "coach", "班线客车"
    CHARTER = "charter", "旅游包车"
    BUS = "bus", "公共汽车"
    TAXI = "taxi", "出租汽车"
    HAZMAT = "hazmat", "危险货物运输车"
    HEAVY = "heavy", "重型载货汽车"
    TRACTOR = "tractor", "半挂牵引车"
    LIGHT = "light", "普通载货汽车"
    TRAILER = "trailer", "挂车"
    TRAINING = "training", "教练车"
    SPECIAL = "special", "专项作业车"
    EMERGENCY = "emergency", "应急救援车"


KEY_CLASSES = (VehicleClass.COACH, VehicleClass.CHARTER, VehicleClass.HAZMAT)


class Vehicle(Record):
    """One vehicle, known by its plate and the plate's colour."""

    number = Number("CL{seq:06}")
    plate = Plate(index=True)
    plate_color = Choice(Colour, "号牌颜色")
    vin = Text("车辆识别代号", optional=True, max_length=17)
    vehicle_class = Choice(VehicleClass, "车辆类别")
    enterprise = Link("parties.Enterprise", "所属企业")
    gross_kg = Integer("最大总质量", unit="kg", optional=True, least=0, most=200_000, total=False)
    axles = Integer("轴数", optional=True, least=2, most=12, total=False, hint="牵引车只填本车，不含挂车")
    seats = Integer("核定载客", unit="人", optional=True, least=0, most=300)
    permit = Text("道路运输证号", optional=True, max_length=40)
    permit_first_on = Day(
        "道路运输证初次发放日期", optional=True, index=False, hint="初次核发之日；一超四罚按证照年度计算时从此日起算"
    )
    permit_until = Day("审验有效期至", optional=True, index=True)
    limit_kmh = Integer("企业限速", unit="km/h", optional=True, least=5, most=120, total=False)
    must_report = Flag("须装卫星定位", hint="按动态监督管理办法第三条由车辆类别和总质量得出")

    @derive("vehicle_class", always=True)
    def derive_must_report(self):
        """Coaches, hazmat vehicles and tractors; ordinary goods vehicles from the gross mass that counts as heavy."""
        if self.vehicle_class in (*KEY_CLASSES, VehicleClass.TRACTOR):
            return True
        heavy = (self.gross_kg or 0) >= HEAVY_GOODS.on(today())
        return heavy and self.vehicle_class in (VehicleClass.HEAVY, VehicleClass.LIGHT)

    class Flow(Workflow):
        operating = State("营运", start=True, confirmed=True, tone="done")
        suspended = State("停运", confirmed=True, tone="done")
        ended = State("注销", final=True, confirmed=True, tone="void")

        suspend = Move(operating >> suspended, "报停", by="clerk", comment=True)
        resume = Move(suspended >> operating, "恢复营运", by="clerk")
        end = Move((operating | suspended) >> ended, "注销", by="clerk", comment=True)

    class Page(Ledger):
        title = "车辆"
        columns = "number plate plate_color vehicle_class enterprise gross_kg permit permit_until unit state"
        filters = "permit_until unit state vehicle_class plate_color enterprise must_report plate"
        search = "plate number permit enterprise__name"
        names = "plate"
        form = [
            Section("车辆", "plate plate_color vin vehicle_class gross_kg axles seats must_report"),
            Section("营运", "enterprise permit permit_first_on permit_until limit_kmh"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"clerk": within_unit}
        imports = Sheet(
            "车辆导入模板",
            key="plate plate_color",
            columns="vin vehicle_class enterprise gross_kg axles seats permit permit_first_on permit_until limit_kmh",
        )
        exports = (
            "number plate plate_color vin vehicle_class enterprise gross_kg axles seats permit permit_first_on "
            "permit_until limit_kmh unit state"
        )
        sort = "number"
        dossier = "一车一档"
        unit_from = "enterprise"
        watches = (Watch("permit_until", "车辆审验到期", lead=PERMIT_LEAD, basis="道路运输证年度审验"),)
        example = dict(
            plate="示E00001",
            plate_color=Colour.YELLOW,
            vehicle_class=VehicleClass.COACH,
            enterprise=None,
            seats=45,
            permit="示字00000001",
        )

    class Measures:
        operating = Count("营运车辆", where=Q(state="operating"), unit="辆")
        must_report = Count("应入网车辆", where=Q(state="operating", must_report=True), unit="辆")
        key = Count("重点营运车辆", where=Q(state="operating", vehicle_class__in=KEY_CLASSES), unit="辆")

    class Meta:
        constraints = [UniqueConstraint(fields=("plate", "plate_color"), name="one_vehicle_of_a_plate")]

    def __str__(self):
        return self.plate
