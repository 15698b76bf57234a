"""企业台账: the transport businesses the bureau licenses and supervises.

Basis: 道路运输条例 第十条, 第二十四条 (licence by kind of business); GB 32100-2015 for the social credit code.
"""

from datetime import date

from django.db.models import TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Choice,
    Count,
    CreditCode,
    Day,
    Ledger,
    Number,
    Phone,
    Place,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    Watch,
    column,
    own,
    within_unit,
)
from tonggui.statutes.licences import BUSINESS_LICENCE_LEAD


class Business(TextChoices):
    PASSENGER = "passenger", "道路客运"
    TOURIST = "tourist", "旅游客运"
    FREIGHT = "freight", "普通货运"
    HAZMAT = "hazmat", "危险货物运输"
    BUS = "bus", "公共汽车"
    TAXI = "taxi", "出租汽车"
    STATION = "station", "客货运站场"
    TRAINING = "training", "驾驶培训"
    REPAIR = "repair", "机动车维修"
    WATER = "water", "水路运输"
    WORKS = "works", "交通工程施工"
    SOURCE = "source", "货运源头"


class Enterprise(Record):
    """One business. `unit` is the unit of the bureau that supervises it."""

    number = Number("QY{seq:05}")
    name = Text("企业名称", unique=True, max_length=80)
    credit_code = CreditCode(optional=True, index=True)
    business = Choice(Business, "经营类别")
    licence = Text("经营许可证号", optional=True, max_length=40)
    licence_first_on = Day(
        "许可初次发放日期", optional=True, index=False, hint="初次核发之日；一超四罚按证照年度计算时从此日起算"
    )
    licence_until = Day("许可有效期至", optional=True, index=True)
    manager = Text("负责人", optional=True, max_length=30)
    safety_manager = Text("安全管理人员", optional=True, max_length=30)
    phone = Phone("联系电话", optional=True)
    address = Text("地址", optional=True, max_length=120)
    place = Place("位置", optional=True)

    class Flow(Standing, keeps="clerk"):
        pass

    class Page(Ledger):
        title = "企业"
        columns = "number name business unit manager phone licence_until licence_days_left state"
        filters = "licence_until unit state business"
        search = "number name credit_code manager"
        names = "name credit_code"
        form = [
            Section("企业", "name credit_code business unit"),
            Section("许可", "licence licence_first_on licence_until"),
            Section("联系", "manager safety_manager phone address place"),
        ]
        read = {"county": within_unit, "enterprise": own("self")}
        write = {"clerk": within_unit, "admin": within_unit}
        imports = Sheet(
            "企业导入模板",
            key="name",
            columns=(
                "credit_code business unit licence licence_first_on licence_until manager safety_manager phone address "
                "place"
            ),
        )
        exports = (
            "number name credit_code business unit licence licence_first_on licence_until manager safety_manager phone "
            "address place state"
        )
        sort = "number"
        dossier = "一企一档"
        map = "place"
        watches = (
            Watch("licence_until", "经营许可到期", lead=BUSINESS_LICENCE_LEAD, basis="道路运输条例第十条、第二十四条"),
        )
        example = dict(
            name="示例客运有限公司",
            business=Business.PASSENGER,
            licence="示运管许可字000001号",
            licence_until=date(2028, 6, 30),
            manager="钱示例",
            phone="13800000000",
        )

    class Measures:
        in_business = Count("在营企业", unit="家")

    @column("许可剩余天数", unit="天")
    def licence_days_left(self):
        """Whole days until the licence ends; negative once it has."""
        return (self.licence_until - clock.today()).days if self.licence_until else None

    def __str__(self):
        return self.name
