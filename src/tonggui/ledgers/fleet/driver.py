"""从业人员台账: drivers and escorts of road transport, what they may drive and until when.

Basis: 道路运输从业人员管理规定, the qualification certificate; 道路旅客运输企业安全管理规范 for the file of a driver.
"""

from django.db.models import TextChoices

from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Ledger,
    Link,
    Number,
    Phone,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    Watch,
    anyone,
    own,
)
from tonggui.statutes.licences import CERTIFICATE_LEAD


class Qualification(TextChoices):
    PASSENGER = "passenger", "旅客运输驾驶员"
    FREIGHT = "freight", "货物运输驾驶员"
    HAZMAT = "hazmat", "危险货物运输驾驶员"
    ESCORT = "escort", "危险货物押运员"
    BUS = "bus", "公共汽车驾驶员"
    TAXI = "taxi", "出租汽车驾驶员"


class Licence(TextChoices):
    A1 = "A1", "A1"
    A2 = "A2", "A2"
    A3 = "A3", "A3"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    NONE = "none", "无（押运员）"


class Driver(Record):
    """One person in transport work, known by the number of the qualification certificate."""

    number = Number("CY{seq:06}")
    name = Text("姓名", max_length=30)
    person = Link("parties.Person", "人员档案", optional=True, hint="同一人在人员台账中的一行")
    certificate = Text("从业资格证号", unique=True, max_length=20)
    qualification = Choice(Qualification, "从业类别")
    licence = Choice(Licence, "准驾车型")
    enterprise = Link("parties.Enterprise", "所属企业")
    phone = Phone("联系电话", optional=True)
    certificate_first_on = Day(
        "资格证初次发放日期", optional=True, index=False, hint="初次核发之日；一超四罚按证照年度计算时从此日起算"
    )
    valid_until = Day("资格证有效期至", index=True)
    hired_on = Day("聘用日期", optional=True)

    class Flow(Standing, keeps=("clerk", "safety_officer")):
        pass

    class Page(Ledger):
        title = "从业人员"
        menu = "车辆监管"
        columns = "number name qualification licence enterprise valid_until state"
        filters = "valid_until enterprise qualification licence state"
        search = "number name certificate"
        names = "name certificate"
        form = [
            Section("人员", "name person phone enterprise hired_on"),
            Section("资格", "qualification certificate licence certificate_first_on valid_until"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"clerk": anyone, "safety_officer": anyone}
        imports = Sheet(
            "从业人员导入模板",
            key="certificate",
            columns="name qualification licence enterprise phone certificate_first_on valid_until hired_on",
        )
        unit_from = "enterprise"
        watches = (
            Watch("valid_until", "资格证到期", lead=CERTIFICATE_LEAD, basis="道路运输从业人员管理规定第二十九条"),
        )
        exports = (
            "number name person certificate qualification licence enterprise phone certificate_first_on valid_until "
            "hired_on state"
        )
        example = dict(
            name="赵示例",
            certificate="SL0000000001",
            qualification=Qualification.PASSENGER,
            licence=Licence.A1,
            enterprise=None,
            phone="13900000001",
            valid_until="2028-06-30",
            hired_on="2021-03-01",
        )

    class Measures:
        in_post = Count("在岗从业人员", unit="人")

    def faults(self):
        """The person of the file bears the driver's name and works for the driver's firm."""
        person = self.person
        if person and person.name != self.name:
            yield "person", f"“人员档案”是{person.name}，与从业人员姓名不同。"
        if person and person.enterprise_id and person.enterprise_id != self.enterprise_id:
            yield "person", "“人员档案”写的是另一家企业，请先核对。"

    def __str__(self):
        return f"{self.name}（{self.get_qualification_display()}）"
