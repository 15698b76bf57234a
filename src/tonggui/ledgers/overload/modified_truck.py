"""改型车台账: goods vehicles altered to carry more, until they are as approved again.

Basis: 道路运输条例 (2023) 第六十九条 (altering a licensed vehicle: 5,000 to 20,000 yuan), 公路安全保护条例 第六十三条;
超限运输车辆行驶公路管理规定 (2016年第62号令) 第四十五条: vehicles that do not match their licence are recorded and
copied to the traffic police. What remains (剩余改型车) has been found and not been accepted as restored.
"""

from django.db.models import F, Q, TextChoices

from tonggui.ledgers.overload.modified_truck_flow import ModifiedTruckFlow
from tonggui.register.declare import (
    Board,
    Choice,
    Choices,
    Count,
    Day,
    FollowUp,
    Handheld,
    Ledger,
    Link,
    LongText,
    Number,
    Photos,
    Plate,
    Record,
    Section,
    Sheet,
    Text,
    Watch,
    anyone,
    derive,
)
from tonggui.statutes.overloading.sites import RESTORE


class Alteration(TextChoices):
    BOARDS = "boards", "加高栏板"
    LENGTH = "length", "加长货箱"
    WIDTH = "width", "加宽货箱"
    SPRINGS = "springs", "加装钢板弹簧"
    TYRES = "tyres", "改换轮胎"
    TANK = "tank", "改装罐体"
    FRAME = "frame", "改动车架"


class HowFound(TextChoices):
    ROAD = "road", "路面检查"
    YARD = "yard", "源头巡查"
    CHECK = "check", "年度审验"
    REPORT = "report", "举报"


class ModifiedTruck(Record):
    """One vehicle found altered."""

    number = Number("GX{year}{seq:04}", year_of="found_on")
    plate = Plate("号牌号码", index=True)
    vehicle = Link("fleet.Vehicle", "车辆档案", optional=True)
    enterprise = Link("parties.Enterprise", "车属企业", optional=True)
    owner_name = Text("车主", max_length=40)
    alterations = Choices(Alteration, "改装项目")
    how_found = Choice(HowFound, "发现方式", default=HowFound.ROAD)
    found_on = Day("发现日期", index=True)
    scene = Text("事发地点", max_length=60)
    detail = LongText("情况", optional=True, hint="实测尺寸与行驶证登记尺寸")
    photos = Photos("改装照片")
    restore_by = Day("应恢复日期", optional=True, index=True)
    restore_order_no = Text("责令恢复通知书号", optional=True, max_length=40)
    restored_on = Day("恢复原状日期", optional=True, index=True)
    restored_photos = Photos("恢复照片")
    copied_on = Day("抄告日期", optional=True)

    @derive("found_on")
    def derive_restore_by(self):
        return RESTORE.due(self.found_on)

    def faults(self):
        """Restored and copied after it was found."""
        for name in ("restored_on", "copied_on"):
            day = getattr(self, name)
            if day and day < self.found_on:
                yield name, f"“{self.kinds[name].label}”早于发现日期 {self.found_on}。"

    class Flow(ModifiedTruckFlow):
        pass

    class Page(Ledger):
        title = "改型车"
        menu = "治超管理"
        columns = "number plate owner_name alterations found_on scene restore_by restored_on copied_on state"
        filters = "found_on unit how_found alterations state restore_by"
        search = "number plate owner_name restore_order_no"
        names = "plate"
        form = [
            Section("车辆", "plate vehicle enterprise owner_name"),
            Section("改装", "alterations how_found found_on scene detail photos"),
            Section("恢复", "restore_by restore_order_no restored_on restored_photos"),
            Section("抄告", "copied_on"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone, "enforcement_officer": anyone}
        imports = Sheet(
            "改型车导入模板",
            key="plate found_on",
            columns="owner_name alterations how_found scene restore_by restored_on",
        )
        exports = "number plate owner_name alterations how_found found_on scene restore_by restored_on copied_on state"
        sort = "-found_on"
        watches = (Watch("restore_by", "改型车应恢复原状", lead=3, where=Q(state="told_to_restore")),)
        pictures = (Board("恢复进度", by="state", card="alterations restore_by"),)
        follow_ups = (
            FollowUp(
                "enforcement.case",
                "立案查处",
                {"plate": "plate", "party": "owner_name", "happened_on": "found_on", "scene": "scene"},
            ),
        )
        handheld = Handheld("改型车登记", "plate owner_name alterations found_on scene photos")
        example = dict(
            plate="示G00012",
            owner_name="郑示例",
            alterations="加高栏板、加装钢板弹簧",
            found_on="2026-04-09",
            scene="示例大道 K3+200",
        )

    class Measures:
        found = Count("发现改型车", on="found_on", unit="台")
        restored = Count("恢复改型车", on="restored_on", unit="台")
        remaining = Count("剩余改型车", where=~Q(state__in=("as_approved", "written_off")), unit="台")
        restored_in_time = Count(
            "按期恢复改型车", on="restored_on", where=Q(restored_on__lte=F("restore_by")), unit="台"
        )

    def __str__(self):
        return f"{self.plate} {self.number}"
