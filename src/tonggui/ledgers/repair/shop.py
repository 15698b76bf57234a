"""维修企业台账: every filed repair shop, its class and trades, people and gear, its credit grade and electronic files.

Basis: 道路运输条例 (2023) 第四十条 and 第六十五条 (filing with the county); 机动车维修管理规定 (classes and trades;
records are truthful and uploaded); GB/T 16739 for the classes; 交办运〔2021〕82号 (class 1 and 2 shops all upload).
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Choices,
    Count,
    Day,
    Flag,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Phone,
    Place,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    Year,
    column,
    derive,
    own,
    within_unit,
)


class ShopClass(TextChoices):
    FIRST = "first", "一类"
    SECOND = "second", "二类"
    THIRD = "third", "三类"
    MOTORCYCLE = "motorcycle", "摩托车维修"


class Scope(TextChoices):
    COMPLETE = "complete", "整车修理"
    UNIT = "unit_repair", "总成修理"
    UPKEEP = "upkeep", "整车维护"
    SMALL = "small", "小修"
    SPECIAL = "special", "专项修理"
    HAZMAT = "hazmat", "危货车辆维修"
    RELEASE = "release", "竣工检验"
    RESCUE = "rescue", "维修救援"


class Credit(TextChoices):
    AAA = "AAA", "AAA"
    AA = "AA", "AA"
    A = "A", "A"
    B = "B", "B"
    NONE = "none", "未评"


class RepairShop(Record):
    """One shop at one address, filed with the bureau."""

    number = Number("WX{seq:04}")
    enterprise = Link("parties.Enterprise", "维修企业")
    name = Text("企业名称", optional=True, max_length=80)
    shop_class = Choice(ShopClass, "维修类别")
    scopes = Choices(Scope, "维修经营范围")
    filing_code = Text("备案编号", optional=True, max_length=40, hint="备案时由系统编号")
    shop_filed_on = Day("备案日期", optional=True, index=True)
    floor_m2 = Amount("生产厂房面积", unit="平方米", least=0, total=False)
    technicians = Integer("维修技术人员数", unit="人", least=0)
    final_inspectors = Integer("质量检验人员数", unit="人", least=0)
    bays = Integer("维修工位数", unit="个", least=0)
    workshop_gear = LongText("主要维修设备", optional=True)
    uploads = Flag("接入维修电子档案")
    uploads_since = Day("电子档案接入日期", optional=True, index=True)
    credit = Choice(Credit, "质量信誉等级", default=Credit.NONE)
    credit_year = Year("质量信誉考核年度", optional=True)
    phone = Phone("联系电话", optional=True)
    address = Text("地址", max_length=120)
    place = Place("位置", optional=True)
    exited_on = Day("退出日期", optional=True, index=True)

    @derive("enterprise", always=True)
    def derive_name(self):
        """The name under which jobs show the shop."""
        return self.enterprise.name

    @column("应接入未接入")
    def must_upload(self):
        """Class 1 and 2 shops must upload their records."""
        return "是" if self.shop_class in (ShopClass.FIRST, ShopClass.SECOND) and not self.uploads else "否"

    def faults(self):
        """A class wants its trades and its inspector; who uploads does so from a day; a grade is of a year."""
        if self.uploads and self.uploads_since is None:
            yield "uploads_since", "已接入维修电子档案的，请填写接入日期。"
        if self.shop_class in (ShopClass.THIRD, ShopClass.MOTORCYCLE) and ",complete," in self.scopes:
            yield "scopes", f"{ShopClass(self.shop_class).label}维修企业不得从事整车修理。"
        if ",release," in self.scopes and not self.final_inspectors:
            yield "final_inspectors", "承担竣工检验的，须有质量检验人员。"
        if self.credit != Credit.NONE and self.credit_year is None:
            yield "credit_year", "请填写质量信誉考核年度。"

    class Flow(Workflow):
        to_file = State("待备案", start=True)
        filed_shop = State("已备案", confirmed=True, tone="done")
        filing_ended = State("备案注销", final=True, confirmed=True, tone="void")

        file_shop = Move(
            to_file >> filed_shop,
            "予以备案",
            by=("transport_officer", "clerk"),
            sets={"shop_filed_on": clock.today},
            numbers={"filing_code": "{bureau}修备〔{year}〕{seq}号"},
        )
        change_shop = Move(
            filed_shop >> filed_shop,
            "变更备案",
            by=("transport_officer", "clerk"),
            takes=("shop_class", "scopes", "address", "technicians", "final_inspectors", "bays"),
            comment=True,
        )
        end_filing = Move(
            filed_shop >> filing_ended,
            "注销备案",
            by=("transport_officer", "clerk"),
            takes=("exited_on",),
            needs=("exited_on",),
            comment=True,
        )

    class Page(Ledger):
        title = "维修企业"
        columns = "number enterprise shop_class scopes filing_code uploads must_upload credit unit state"
        filters = "shop_filed_on unit shop_class scopes uploads credit state enterprise"
        search = "number name filing_code address"
        names = "number"
        form = [
            Section("企业", "enterprise shop_class scopes filing_code shop_filed_on exited_on"),
            Section("条件", "floor_m2 bays technicians final_inspectors workshop_gear"),
            Section("电子档案和信誉", "uploads uploads_since credit credit_year"),
            Section("联系", "address phone place"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "维修企业导入模板",
            key="filing_code",
            columns=(
                "enterprise shop_class scopes floor_m2 bays technicians final_inspectors workshop_gear uploads "
                "uploads_since credit credit_year address phone place"
            ),
        )
        exports = (
            "number enterprise shop_class scopes filing_code shop_filed_on floor_m2 bays technicians final_inspectors "
            "workshop_gear uploads uploads_since credit credit_year address phone place exited_on unit state"
        )
        sort = "number"
        unit_from = "enterprise"
        map = "place"
        pictures = (Bars("各类维修企业", by="shop_class", stack="uploads"),)
        follow_ups = (
            FollowUp("repair.repairjob", "登记维修记录", {"shop": "self"}, states="filed_shop"),
            FollowUp("repair.rescuepoint", "登记救援网点", {"shop": "self", "place": "place"}, states="filed_shop"),
            FollowUp("safety.inspection", "登记安全检查", {"enterprise": "enterprise"}),
        )
        example = dict(
            enterprise=None,
            shop_class=ShopClass.SECOND,
            scopes=["unit_repair", "upkeep", "small", "release"],
            filing_code="示修备〔2024〕1号",
            shop_filed_on="2024-06-03",
            floor_m2="820",
            technicians=12,
            final_inspectors=2,
            bays=10,
            uploads=True,
            uploads_since="2024-07-01",
            address="示例县城关镇示例汽修城 8 号",
        )

    class Measures:
        shops = Count("备案维修企业", where=Q(state="filed_shop"), unit="家")
        with_files = Count("接入电子档案的维修企业", where=Q(state="filed_shop", uploads=True), unit="家")
        newly_filed = Count("新备案维修企业", on="shop_filed_on", unit="家")

    def __str__(self):
        return self.name
