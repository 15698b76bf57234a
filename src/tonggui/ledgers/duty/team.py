"""应急队伍台账: who can be called out, with their people, machines and vehicles, and until when they have agreed to
come.

Basis: 生产安全事故应急条例 第九条 to 第十二条 (rescue teams, their training, agreements with neighbours);
应急运输保障 asks for vehicles and drivers named beforehand.
"""

from django.db.models import TextChoices

from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Integer,
    Ledger,
    Link,
    LongText,
    Number,
    Phone,
    Place,
    Record,
    Section,
    Sheet,
    Standing,
    Sum,
    Text,
    Watch,
    anyone,
    own,
)


class TeamKind(TextChoices):
    REPAIR = "repair", "公路抢险保通队伍"
    TRANSPORT = "transport", "应急运输保障队伍"
    RESCUE = "rescue", "水上救助队伍"
    HAZMAT = "hazmat", "危货处置队伍"
    EXPERTS = "experts", "应急专家组"


class Team(Record):
    """One team, of the bureau or of an enterprise by agreement."""

    number = Number("YD{seq:04}")
    name = Text("队伍名称", unique=True, max_length=60)
    kind = Choice(TeamKind, "队伍类别")
    enterprise = Link("parties.Enterprise", "依托企业", optional=True)
    captain = Link("parties.Person", "队长")
    phone = Phone("队伍值班电话")
    members = Integer("队员人数", unit="人", least=1, most=2000)
    trucks = Integer("应急车辆", unit="台", least=0, default=0)
    coaches = Integer("应急客车", unit="台", least=0, default=0)
    boats = Integer("应急船艇", unit="艘", least=0, default=0)
    machines = Integer("应急机械", unit="台", least=0, default=0)
    equipment = LongText("主要装备", optional=True, hint="型号、数量、存放地点")
    arrives_within = Integer("集结时限", unit="分钟", least=5, most=1440, total=False)
    radius_km = Integer("覆盖半径", unit="km", least=1, most=500, optional=True, total=False)
    agreement_until = Day("应急协议有效期至", optional=True)
    trained_on = Day("最近培训日期", optional=True)
    place = Place("位置", optional=True)

    class Flow(Standing, keeps="duty_officer"):
        pass

    class Page(Ledger):
        title = "应急队伍"
        columns = "number name kind enterprise captain phone members trucks machines arrives_within state"
        filters = "agreement_until kind enterprise state unit"
        search = "number name equipment"
        names = "name"
        form = [
            Section("队伍", "name kind enterprise captain phone members place"),
            Section("装备", "trucks coaches boats machines equipment"),
            Section("保障", "arrives_within radius_km agreement_until trained_on"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"duty_officer": anyone, "safety_officer": anyone}
        imports = Sheet(
            "应急队伍导入模板",
            key="name",
            columns="kind enterprise captain phone members trucks coaches boats machines equipment arrives_within",
        )
        exports = (
            "number name kind enterprise captain phone members trucks coaches boats machines equipment arrives_within "
            "radius_km agreement_until trained_on place state"
        )
        sort = "number"
        map = "place"
        watches = (Watch("agreement_until", "应急协议到期", lead=30),)
        example = dict(
            name="示例公路应急抢险一队",
            kind=TeamKind.REPAIR,
            captain=None,
            phone="13900000005",
            members=24,
            trucks=5,
            machines=3,
            equipment="装载机2台、挖掘机1台、应急照明车1台",
            arrives_within=40,
            radius_km=35,
        )

    class Measures:
        teams = Count("应急队伍", unit="支")
        members = Sum("members", "应急队员")
        trucks = Sum("trucks", "应急车辆")
        machines = Sum("machines", "应急机械")

    def faults(self):
        """A team that rests on an enterprise says until when it has agreed."""
        if self.enterprise and not self.agreement_until:
            yield "agreement_until", "依托企业的队伍须填应急协议有效期。"

    def __str__(self):
        return self.name
