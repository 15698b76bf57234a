"""人员台账: everybody the other ledgers name, once: officers, crew, coaches, road chiefs, keepers, contacts.

Who somebody is stands here; what they may do (a certificate, a post in a roster) stands in the ledger of that trade,
which links here. Basis: 个人信息保护法 第六条: no more is collected than the purpose needs, so there is no number of
the identity card in this ledger.
"""

from django.db.models import TextChoices

from tonggui.register.declare import (
    Choice,
    Count,
    Ledger,
    Link,
    Number,
    Phone,
    Record,
    Section,
    Sheet,
    Standing,
    Text,
    anyone,
    own,
)


class PersonKind(TextChoices):
    STAFF = "staff", "局系统人员"
    TOWN = "town", "乡镇（街道）人员"
    VILLAGE = "village", "村（社区）人员"
    ENTERPRISE = "enterprise", "企业人员"
    PARTNER = "partner", "其他部门人员"


class Person(Record):
    """One person. `unit` is where a member of the bureau works, `enterprise` whom anybody else works for."""

    number = Number("RY{seq:06}")
    name = Text("姓名", max_length=30)
    kind = Choice(PersonKind, "人员类别", default=PersonKind.STAFF)
    enterprise = Link("parties.Enterprise", "所属企业", optional=True)
    town = Link("parties.Town", "所在乡镇（村）", optional=True)
    organisation = Text("工作单位", optional=True, max_length=60, hint="局系统和企业以外的单位")
    post = Text("职务", optional=True, max_length=40)
    phone = Phone("联系电话", optional=True)

    class Flow(Standing, keeps=("admin", "clerk")):
        pass

    class Page(Ledger):
        title = "人员"
        columns = "number name kind post unit enterprise town phone state"
        filters = "unit kind enterprise town state"
        search = "number name post"
        names = "name"
        form = [Section("人员", "name kind unit enterprise town organisation"), Section("联系", "post phone")]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"admin": anyone, "clerk": anyone}
        imports = Sheet("人员导入模板", columns="name kind unit enterprise town organisation post phone")
        exports = "number name kind unit enterprise town organisation post phone state"
        sort = "number"
        dossier = "一人一档"
        example = dict(name="周示例", kind=PersonKind.STAFF, post="股长", phone="13900000002")

    class Measures:
        people = Count("在册人员", unit="人")

    def __str__(self):
        return f"{self.name}（{self.post}）" if self.post else self.name
