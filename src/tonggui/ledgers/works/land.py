"""征地拆迁台账: the parcels (亩) and houses (户) a project needs in one town: planned, agreed, cleared.

Basis: 土地管理法 第四十七条 and 第四十八条: agreements are signed and compensation is paid before anybody moves.
Numbers only grow while the work goes on; a number that was too high is put right by 更正 with its reason.
"""

from django.db.models import F, Q

from tonggui.ledgers.works.land_flow import LandFlow
from tonggui.register.declare import (
    Amount,
    Bars,
    Count,
    Day,
    Every,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Money,
    Number,
    Record,
    Section,
    Sheet,
    Sum,
    Text,
    anyone,
    column,
)

PAIRS = (
    ("area_agreed", "area_planned"),
    ("area_cleared", "area_agreed"),
    ("houses_agreed", "houses_planned"),
    ("houses_cleared", "houses_agreed"),
    ("compensation_paid", "compensation_due"),
)
GROWING = ("area_agreed", "area_cleared", "houses_agreed", "houses_cleared", "compensation_paid")


class Land(Record):
    """One project in one town."""

    number = Number("ZD{year}{seq:04}")
    project = Link("works.Project", "项目")
    town = Link("parties.Town", "乡镇")
    village = Text("涉及村组", optional=True, max_length=80)
    approval_doc_no = Text("批复文号", optional=True, max_length=60, hint="用地批复或先行用地批复")
    standard_no = Text("补偿标准文号", optional=True, max_length=60)
    area_planned = Amount("应征面积", unit="亩", least=0)
    area_agreed = Amount("已签面积", unit="亩", least=0)
    area_cleared = Amount("已交地面积", unit="亩", least=0)
    houses_planned = Integer("应拆户数", unit="户", least=0)
    houses_agreed = Integer("已签户数", unit="户", least=0)
    houses_cleared = Integer("已腾房户数", unit="户", least=0)
    graves_left = Integer("待迁坟墓", unit="座", least=0, optional=True)
    lines_left = Text("待迁杆线", optional=True, max_length=80)
    compensation_due = Money("应付补偿", unit="万元", least=0, optional=True)
    compensation_paid = Money("已付补偿", unit="万元", least=0, optional=True)
    counted_on = Day("统计日期", index=True)
    clear_by = Day("应交地日期", optional=True, index=True)
    land_officer = Link("parties.Person", "包保人员", optional=True)
    sticking = LongText("未签原因", optional=True)

    @column("交地比例", unit="%")
    def area_rate(self):
        """Land handed over of land needed, one decimal."""
        return f"{self.area_cleared / self.area_planned * 100:.1f}" if self.area_planned else None

    @column("腾房比例", unit="%")
    def house_rate(self):
        """Households gone of those that must go, one decimal."""
        return f"{self.houses_cleared / self.houses_planned * 100:.1f}" if self.houses_planned else None

    def faults(self):
        """Cleared ≤ agreed ≤ planned; what was reached is not lost, except while a row is put right."""
        for less, more in PAIRS:
            low, high = getattr(self, less) or 0, getattr(self, more) or 0
            if low > high:
                yield (
                    less,
                    f"“{self.kinds[less].label}”大于“{self.kinds[more].label}”（{self.kinds[more].show(high)}）。",
                )
        if self.state == "correcting" or self.loaded.get("state") == "correcting":
            return
        for name in GROWING:
            kind = self.kinds[name]
            before = kind.load(self.loaded.get(name))
            if before is not None and (getattr(self, name) or 0) < before:
                yield name, f"“{kind.label}”比上次的 {kind.show(before)} 减少了。上次有误的，请办理“更正数据”。"

    class Flow(LandFlow):
        pass

    class Page(Ledger):
        title = "征地拆迁"
        menu = "项目建设"
        columns = (
            "number project town area_planned area_cleared area_rate houses_planned houses_cleared house_rate clear_by "
            "state"
        )
        filters = "counted_on project town state clear_by"
        search = "number project__name village sticking"
        form = [
            Section("范围", "project town village approval_doc_no standard_no land_officer clear_by"),
            Section("土地", "area_planned area_agreed area_cleared graves_left lines_left"),
            Section("房屋", "houses_planned houses_agreed houses_cleared"),
            Section("补偿", "compensation_due compensation_paid"),
            Section("进展", "counted_on sticking"),
        ]
        read = {"county": anyone}
        write = {"project_officer": anyone, "director": anyone}
        imports = Sheet(
            "征地拆迁导入模板",
            columns=(
                "project town village area_planned area_agreed area_cleared houses_planned houses_agreed "
                "houses_cleared compensation_due compensation_paid counted_on clear_by sticking"
            ),
        )
        exports = (
            "number project town village area_planned area_agreed area_cleared area_rate houses_planned houses_agreed "
            "houses_cleared house_rate compensation_due compensation_paid counted_on clear_by state"
        )
        duties = (Every("month", "征拆进度更新", on="counted_on", per="project", of=Q(blocked_by__contains="征拆")),)
        pictures = (
            Bars("各乡镇待征", by="town", of="area_planned", stack="state"),
            Bars("各项目应拆", by="project", of="houses_planned"),
        )
        follow_ups = (FollowUp("works.coordination", "提请协调", {"project": "project", "town": "town"}),)
        example = dict(
            project=None,
            town=None,
            area_planned="126.50",
            area_agreed="110",
            area_cleared="86.2",
            houses_planned=42,
            houses_agreed=30,
            houses_cleared=21,
            compensation_due="2860",
            compensation_paid="1900",
            counted_on="2026-06-25",
        )

    class Measures:
        area_planned = Sum("area_planned", "应征土地")
        area_cleared = Sum("area_cleared", "已交土地")
        houses_planned = Sum("houses_planned", "应拆房屋")
        houses_cleared = Sum("houses_cleared", "已拆房屋")
        open = Count("未清零征拆", where=Q(area_cleared__lt=F("area_planned")), unit="处")

    def __str__(self):
        return f"{self.project} {self.town}"
