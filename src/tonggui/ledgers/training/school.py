"""驾校台账: every filed driving school, its level, what it teaches and where, and when its ground moved.

Basis: 道路运输条例 (2023) 第三十九条, 第六十五条 (filing with the county); 机动车驾驶员培训管理规定; GB/T 30340-2025
and GB/T 30341-2025 for level, ground and cars.
"""

from django.db.models import Q, TextChoices

from tonggui.base import clock
from tonggui.ledgers.training.kinds import TaughtClass
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Choices,
    Count,
    Day,
    FollowUp,
    Integer,
    Ledger,
    Link,
    Move,
    Number,
    Phone,
    Place,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Watch,
    Workflow,
    derive,
    own,
    within_unit,
)


class SchoolLevel(TextChoices):
    FIRST = "first", "一级驾校"
    SECOND = "second", "二级驾校"
    THIRD = "third", "三级驾校"


def why_not_file(school) -> str:
    """A school has at least one coach and one car, and a right to its ground."""
    lacking = [word for count, word in ((school.coach_total, "教练员"), (school.car_total, "教练车")) if not count]
    return f"不能备案，还没有{'、'.join(lacking)}。" if lacking else ""


class DrivingSchool(Record):
    """One school. Its coaches, cars and fences stand in their own ledgers."""

    number = Number("JX{seq:03}")
    enterprise = Link("parties.Enterprise", "驾培企业")
    name = Text("企业名称", optional=True, max_length=80)
    school_level = Choice(SchoolLevel, "驾校级别")
    taught_classes = Choices(TaughtClass, "培训车型")
    filing_code = Text("备案编号", optional=True, max_length=40, hint="备案时由系统编号")
    school_filed_on = Day("驾校备案日期", optional=True, index=True)
    grounds_m2 = Amount("训练场地面积", unit="平方米", least=0)
    ground_until = Day("场地租赁期限至", optional=True, index=True, hint="自有场地不填")
    car_total = Integer("教练车总数", unit="辆", least=0)
    coach_total = Integer("教练员总数", unit="人", least=0)
    phone = Phone("联系电话", optional=True)
    address = Text("地址", max_length=120)
    place = Place("位置", optional=True)
    relocated_on = Day("搬迁日期", optional=True, index=True)
    old_address = Text("搬迁前地址", optional=True, max_length=120)
    exited_on = Day("退出日期", optional=True, index=True)

    @derive("enterprise", always=True)
    def derive_name(self):
        """The name under which coaches and hours show the school."""
        return self.enterprise.name

    def faults(self):
        """A move says from where; a school leaves after it was filed."""
        if self.relocated_on and not self.old_address:
            yield "old_address", "已搬迁的，请填写搬迁前地址。"
        if self.old_address and self.old_address == self.address:
            yield "old_address", "“搬迁前地址”与现地址相同。"
        if self.exited_on and self.school_filed_on and self.exited_on < self.school_filed_on:
            yield "exited_on", f"“退出日期”早于备案日期 {self.school_filed_on}。"

    class Flow(Workflow):
        to_file = State("待备案", start=True)
        school_open = State("驾校在册", confirmed=True, tone="done")
        school_halted = State("暂停招生", confirmed=True, tone="waiting")
        filing_ended = State("备案注销", final=True, confirmed=True, tone="void")

        file_school = Move(
            to_file >> school_open,
            "准予备案",
            by=("transport_officer", "clerk"),
            sets={"school_filed_on": clock.today},
            numbers={"filing_code": "{bureau}驾备〔{year}〕{seq}号"},
            check=why_not_file,
        )
        move_ground = Move(
            school_open >> school_open,
            "登记搬迁",
            by=("transport_officer", "clerk"),
            takes=("relocated_on", "old_address", "address", "grounds_m2", "place"),
            needs=("relocated_on", "old_address"),
        )
        halt_school = Move(school_open >> school_halted, "责令暂停招生", by="director", comment=True)
        reopen_school = Move(school_halted >> school_open, "恢复招生", by="director", comment=True)
        end_filing = Move(
            (school_open | school_halted) >> filing_ended,
            "注销备案",
            by=("transport_officer", "clerk"),
            takes=("exited_on",),
            needs=("exited_on",),
            comment=True,
        )

    class Page(Ledger):
        title = "驾校"
        columns = (
            "number enterprise school_level taught_classes car_total coach_total grounds_m2 relocated_on unit state"
        )
        filters = "school_filed_on unit school_level taught_classes state enterprise relocated_on ground_until"
        search = "number name filing_code address"
        names = "number"
        form = [
            Section("驾校", "enterprise school_level taught_classes filing_code school_filed_on exited_on"),
            Section("条件", "grounds_m2 ground_until car_total coach_total"),
            Section("地址", "address place phone relocated_on old_address"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "驾校导入模板",
            key="filing_code",
            columns=(
                "enterprise school_level taught_classes grounds_m2 ground_until car_total coach_total address phone "
                "place"
            ),
        )
        exports = (
            "number enterprise school_level taught_classes filing_code school_filed_on grounds_m2 ground_until "
            "car_total coach_total address phone place relocated_on old_address exited_on unit state"
        )
        sort = "number"
        unit_from = "enterprise"
        map = "place"
        watches = (Watch("ground_until", "驾校场地租赁到期", lead=60, basis="机动车驾驶员培训管理规定（教练场地）"),)
        pictures = (Bars("各级驾校", by="school_level", of="car_total"),)
        follow_ups = (
            FollowUp("training.trainingfence", "划定电子围栏", {"school": "self"}, states="school_open"),
            FollowUp("training.coach", "登记教练员", {"school": "self"}, states="to_file school_open"),
            FollowUp("safety.inspection", "登记安全检查", {"enterprise": "enterprise"}),
        )
        example = dict(
            enterprise=None,
            school_level=SchoolLevel.SECOND,
            taught_classes=["C1", "C2"],
            filing_code="示驾备〔2024〕1号",
            grounds_m2="21000",
            car_total=42,
            coach_total=45,
            address="示例县城关镇示例驾校路 1 号",
        )

    class Measures:
        schools = Count("驾校", where=Q(state__in=("school_open", "school_halted")), unit="所")
        moved = Count("驾校搬迁", on="relocated_on", unit="所")
        newly_filed = Count("新备案驾校", on="school_filed_on", unit="所")
        cars = Sum("car_total", "驾校教练车")
        grounds = Sum("grounds_m2", "驾校训练场地面积")

    def __str__(self):
        return self.name
