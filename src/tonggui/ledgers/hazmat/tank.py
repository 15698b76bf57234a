"""罐体检验台账: each tank of a tank vehicle, what it may hold, and until when its inspection is good.

Basis: 危险货物道路运输安全管理办法 第二十三条 (the tank suits the goods and is inspected); JT/T 617.4 and GB 18564 for
the tank and its list of media. A tank whose inspection has run out blocks the waybill.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.hazmat.goods import GoodsClass
from tonggui.register.declare import (
    Amount,
    Choice,
    Choices,
    Count,
    Day,
    Files,
    Ledger,
    Link,
    LongText,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Watch,
    Workflow,
    column,
    derive,
    own,
    within_unit,
)
from tonggui.statutes.hazmat import TANK_LEAD


class TankKind(TextChoices):
    NORMAL = "normal", "常压罐体"
    PRESSURE = "pressure", "压力容器罐体"
    MOBILE = "mobile", "移动罐柜"
    CRYOGENIC = "cryogenic", "低温绝热罐体"


RETEST = ("tested_on", "test_body", "tank_report_no", "valid_until")


class Tank(Record):
    """One tank on one vehicle."""

    number = Number("GT{seq:05}")
    tank_no = Text("罐体编号", unique=True, max_length=40)
    vehicle = Link("fleet.Vehicle", "车辆")
    enterprise = Link("parties.Enterprise", "所属企业", optional=True)
    kind = Choice(TankKind, "罐体类别", default=TankKind.NORMAL)
    tank_m3 = Amount("罐体容积", unit="m³", least=0, total=False)
    goods_classes = Choices(GoodsClass, "适装货物类别")
    media = LongText("适装介质", hint="联合国编号和名称，每种一行，如 UN1203 汽油")
    tested_on = Day("罐体检验日期", index=True)
    test_body = Text("罐体检验机构", max_length=60)
    tank_report_no = Text("罐体检验报告号", max_length=40)
    valid_until = Day("罐体检验有效期至", index=True)
    files = Files("罐体检验报告", optional=True)

    @derive("vehicle")
    def derive_enterprise(self):
        return self.vehicle.enterprise

    @column("罐体检验剩余天数", unit="天")
    def tank_days_left(self):
        """Whole days until the inspection runs out; negative once it has."""
        return (self.valid_until - clock.today()).days

    def why_not_load(self, un_no: str, goods_class: str, day) -> str:
        """Why the tank must not be loaded with these goods on a day, or the empty string."""
        if self.state != "in_use":
            return f"罐体 {self.tank_no} {self.state_now.label}。"
        if self.valid_until < day:
            return f"罐体 {self.tank_no} 的检验已于 {self.valid_until} 到期。"
        if f",{goods_class}," not in self.goods_classes or un_no.upper() not in self.media.upper():
            return f"罐体 {self.tank_no} 的适装介质中没有 {un_no}。"
        return ""

    def faults(self):
        """An inspection is good after it was made."""
        if self.valid_until <= self.tested_on:
            yield "valid_until", f"“罐体检验有效期至”不晚于检验日期 {self.tested_on}。"

    class Flow(Workflow):
        in_use = State("在用", start=True, confirmed=True, tone="done")
        tank_failed = State("检验不合格停用", confirmed=True, tone="waiting")
        scrapped = State("罐体报废", final=True, confirmed=True, tone="void")

        retest = Move(
            in_use >> in_use, "登记定期检验", by=("transport_officer", "clerk"), takes=(*RETEST, "files"), needs=RETEST
        )
        fail_test = Move(in_use >> tank_failed, "检验不合格", by=("transport_officer", "clerk"), comment=True)
        pass_test = Move(
            tank_failed >> in_use, "复检合格", by=("transport_officer", "clerk"), takes=(*RETEST, "files"), needs=RETEST
        )
        scrap = Move((in_use | tank_failed) >> scrapped, "罐体报废", by=("transport_officer", "clerk"), comment=True)

    class Page(Ledger):
        title = "罐体检验"
        columns = "number tank_no vehicle enterprise kind tank_m3 tested_on valid_until tank_days_left state"
        filters = "valid_until unit enterprise kind goods_classes state tested_on"
        search = "number tank_no tank_report_no vehicle__plate media"
        names = "tank_no"
        form = [
            Section("罐体", "tank_no vehicle enterprise kind tank_m3 goods_classes media"),
            Section("检验", "tested_on test_body tank_report_no valid_until files"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "罐体检验导入模板",
            key="tank_no",
            columns="vehicle kind tank_m3 goods_classes media tested_on test_body tank_report_no valid_until",
        )
        exports = (
            "number tank_no vehicle enterprise kind tank_m3 goods_classes media tested_on test_body tank_report_no "
            "valid_until state"
        )
        sort = "valid_until"
        unit_from = "vehicle"
        watches = (
            Watch(
                "valid_until",
                "罐体检验到期",
                lead=TANK_LEAD,
                where=Q(state="in_use"),
                basis="危险货物道路运输安全管理办法第二十三条",
            ),
        )
        example = dict(
            tank_no="示罐0001",
            vehicle=None,
            tank_m3="28.50",
            goods_classes=["3"],
            media="UN1203 汽油\nUN1202 柴油",
            tested_on="2026-01-15",
            test_body="示例检验检测有限公司",
            tank_report_no="示罐检2026001",
            valid_until="2027-01-14",
        )

    class Measures:
        tanks = Count("在用罐体", where=Q(state="in_use"), unit="个")
        tested = Count("罐体检验", on="tested_on", unit="个")

    def __str__(self):
        return self.tank_no
