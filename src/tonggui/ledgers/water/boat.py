"""船舶台账: every boat the county answers for: ferries, cargo and sand boats, township boats, pontoons, and boats
without name, registration and home port (三无船舶).

Basis: 内河交通安全管理条例 第六条 and 第七条 (survey, registration, mark); 内河渡口渡船安全管理规定 第十六条 (wind
grade stated; from 20 m a certificate of the passenger quota), 第十七条 (mark, quota displayed), 第十八条 (no night
without equipment).
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.water.boat_flow import BoatFlow
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Count,
    Day,
    Flag,
    Integer,
    Ledger,
    Link,
    Number,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    anyone,
    column,
    derive,
    own,
)
from tonggui.statutes.water import CERTIFICATE_LEAD, QUOTA_CERTIFICATE_LENGTH


class BoatKind(TextChoices):
    FERRY = "ferry", "渡船"
    PASSENGER = "passenger", "客船"
    CARGO = "cargo", "货船"
    SAND = "sand", "采运砂船"
    FISHING = "fishing", "渔船"
    TOWNSHIP = "township", "乡镇自用船"
    UNREGISTERED = "unregistered", "三无船舶"
    PONTOON = "pontoon", "趸船"
    WASTE = "waste", "污染物接收船"
    PATROL = "patrol", "巡航艇"


CARRIES_PEOPLE = (BoatKind.FERRY, BoatKind.PASSENGER)
GIVES_WASTE = (BoatKind.PASSENGER, BoatKind.CARGO, BoatKind.SAND)


class Boat(Record):
    """One boat. A boat without papers leaves this ledger only by registration or by being broken up."""

    number = Number("CB{seq:04}")
    name = Text("船名", max_length=40, hint="无船名的填发现地点和序号")
    kind = Choice(BoatKind, "船舶类别")
    registration = Text("船舶登记号", optional=True, max_length=40)
    ship_id = Text("船舶识别号", optional=True, max_length=30)
    mmsi = Text("海上移动识别码", optional=True, max_length=9, hint="九位数字，中国船舶以 412、413、414 开头")
    ferry = Link("water.Ferry", "所在渡口", optional=True)
    town = Link("parties.Town", "所属乡镇", optional=True)
    enterprise = Link("parties.Enterprise", "所属企业", optional=True)
    owner_person = Link("parties.Person", "船舶所有人", optional=True)
    master = Link("water.Crew", "责任驾驶员", optional=True, hint="五定中的定渡工")
    capacity = Integer("载客定额", unit="人", optional=True, least=1, most=2000)
    quota_certificate = Text("乘客定额证书号", optional=True, max_length=40)
    wind_grade = Integer("抗风等级", unit="级", optional=True, least=1, most=12, total=False)
    night = Flag("具备夜航条件")
    material = Text("船体材料", optional=True, max_length=20)
    length_m = Amount("船长", unit="m", optional=True, least=0, total=False)
    tonnage = Amount("总吨位", unit="总吨", optional=True, least=0)
    power_kw = Amount("主机功率", unit="kW", optional=True, least=0)
    life_jackets = Integer("配备救生衣", unit="件", optional=True, least=0)
    survey_until = Day("检验证书有效期至", optional=True, index=True)
    registered_until = Day("登记证书有效期至", optional=True)
    insured_until = Day("船舶保险有效期至", optional=True)
    gives_waste = Flag("须交付污染物")
    broken_up_on = Day("拆解日期", optional=True)

    @derive("kind", always=True)
    def derive_gives_waste(self):
        return self.kind in GIVES_WASTE

    def may_sail(self, day) -> str:
        """Why this boat may not leave on a day, or the empty string."""
        if self.state != "operating":
            return f"{self.name}已{self.state_now.label}。"
        for name in ("survey_until", "registered_until"):
            until = getattr(self, name)
            if until and until < day:
                return f"{self.name}的“{self.kinds[name].label}”为 {until}，已过期。"
        return "" if self.survey_until else f"{self.name}没有检验证书有效期。"

    @column("检验剩余天数", unit="天")
    def survey_days_left(self):
        return (self.survey_until - clock.today()).days if self.survey_until else None

    class Flow(BoatFlow):
        pass

    class Page(Ledger):
        title = "船舶"
        columns = "number name kind ferry capacity wind_grade survey_until survey_days_left life_jackets unit state"
        filters = "survey_until kind ferry town state enterprise"
        search = "number name registration ship_id mmsi"
        names = "name"
        form = [
            Section("船舶", "name kind registration ship_id mmsi material length_m tonnage power_kw"),
            Section("归属", "ferry town enterprise owner_person master unit"),
            Section("载客", "capacity quota_certificate wind_grade night life_jackets"),
            Section("证书", "survey_until registered_until insured_until"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"water_officer": anyone}
        imports = Sheet(
            "船舶导入模板",
            key="name",
            columns=(
                "kind registration ship_id mmsi ferry town enterprise master capacity quota_certificate wind_grade "
                "night length_m tonnage power_kw life_jackets survey_until registered_until insured_until"
            ),
        )
        exports = (
            "number name kind registration ship_id mmsi ferry town enterprise master capacity quota_certificate "
            "wind_grade night material length_m tonnage power_kw life_jackets survey_until registered_until "
            "insured_until state"
        )
        sort = "number"
        watches = (
            Watch("survey_until", "船舶检验到期", lead=CERTIFICATE_LEAD, basis="内河交通安全管理条例第六条"),
            Watch("registered_until", "船舶登记证书到期", lead=CERTIFICATE_LEAD),
            Watch("insured_until", "船舶保险到期", lead=CERTIFICATE_LEAD),
        )
        pictures = (Bars("各类船舶", by="kind"),)
        example = dict(
            name="示例渡001",
            kind=BoatKind.FERRY,
            registration="示登2019000001",
            ferry=None,
            master=None,
            capacity=30,
            wind_grade=6,
            length_m="14.8",
            power_kw="66",
            life_jackets=36,
            survey_until="2027-04-30",
            registered_until="2029-04-30",
        )

    class Measures:
        boats = Count("在册船舶", unit="艘")
        ferries = Count("在册渡船", where=Q(kind="ferry"), unit="艘")
        unregistered = Count("在册三无船舶", where=Q(kind="unregistered"), unit="艘")
        broken_up = Count("拆解船舶", on="broken_up_on", where=Q(state="broken_up"), confirmed=False, unit="艘")

    def faults(self):
        """Boats with passengers have quota, wind grade and jackets for all; long ones a certificate of the quota."""
        if self.kind == BoatKind.UNREGISTERED and self.registration:
            yield "registration", "已有船舶登记号的不是三无船舶，请改类别。"
        if self.mmsi and not (self.mmsi.isdigit() and len(self.mmsi) == 9):
            yield "mmsi", "海上移动识别码是九位数字。"
        if self.kind not in CARRIES_PEOPLE:
            return
        for name in ("capacity", "wind_grade", "life_jackets"):
            if getattr(self, name) is None:
                yield name, f"载客船舶须填“{self.kinds[name].label}”。"
        if self.capacity and self.life_jackets is not None and self.life_jackets < self.capacity:
            yield "life_jackets", f"救生衣 {self.life_jackets} 件，少于载客定额 {self.capacity} 人。"
        longest = QUOTA_CERTIFICATE_LENGTH.on(clock.today())
        if self.length_m and self.length_m >= longest and not self.quota_certificate:
            yield "quota_certificate", f"船长 {longest} 米以上的渡船、客船须持乘客定额证书。"

    def __str__(self):
        return self.name
