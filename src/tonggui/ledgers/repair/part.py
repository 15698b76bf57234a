"""配件登记备案台账: each lot of parts a shop buys, its kind and origin, and the job into which it went.

Basis: 机动车维修管理规定 第三十一条: parts are recorded and traceable, their certificates checked and kept, original,
equivalent (同质) and remanufactured parts told apart and priced openly; the old part goes back to the customer.
"""

from django.db.models import F, Q, TextChoices

from tonggui.base import clock
from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Files,
    Flag,
    Integer,
    Ledger,
    Link,
    Money,
    Move,
    Number,
    Record,
    Section,
    Sheet,
    State,
    Text,
    Workflow,
    derive,
    own,
    within_unit,
)


class PartKind(TextChoices):
    ORIGINAL = "original", "原厂配件"
    EQUIVALENT = "equivalent", "同质配件"
    REMANUFACTURED = "remanufactured", "再制造件"
    USED = "used", "修复件和旧件"


TRACE = {
    "part_code": "配件编码",
    "maker": "制造商",
    "supplier": "供应商",
    "bought_on": "购进日期",
    "part_certificate_no": "产品合格证号",
}


def why_not_file(part) -> str:
    """What is missing for the part to be traced back; a used part needs no certificate of the maker."""
    wanted = [name for name in TRACE if name != "part_certificate_no" or part.kind != PartKind.USED]
    lacking = [TRACE[name] for name in wanted if not getattr(part, name)]
    return f"不可追溯，还缺：{'、'.join(lacking)}。" if lacking else ""


def why_not_fit(part) -> str:
    """A part goes into a job of its own shop, and not more pieces than were bought."""
    if part.job and part.job.shop_id != part.shop_id:
        return f"维修记录 {part.job.number} 不是本企业的。"
    if part.fitted and part.fitted > part.bought:
        return f"装车 {part.fitted} 件，多于购进的 {part.bought} 件。"
    return ""


class RepairPart(Record):
    """One lot of one part at one shop."""

    number = Number("PJ{year}{seq:06}", year_of="bought_on")
    shop = Link("repair.RepairShop", "承修方")
    enterprise = Link("parties.Enterprise", "维修企业", optional=True)
    name = Text("配件名称", max_length=60)
    part_code = Text("配件编码", optional=True, max_length=40)
    part_model = Text("配件规格", optional=True, max_length=60)
    kind = Choice(PartKind, "配件类别", default=PartKind.ORIGINAL)
    maker = Text("制造商", optional=True, max_length=60)
    supplier = Text("供应商", optional=True, max_length=60)
    bought_on = Day("购进日期", index=True)
    bought = Integer("购进数量", unit="件", least=1)
    price = Money("明示售价", optional=True, least=0, total=False)
    part_certificate_no = Text("产品合格证号", optional=True, max_length=60)
    files = Files("进货票据和合格证")
    traceable = Flag("来源可追溯")
    job = Link("repair.RepairJob", "维修记录", optional=True)
    fitted = Integer("装车数量", unit="件", optional=True, least=1)
    fitted_on = Day("装车日期", optional=True, index=True)
    old_part_returned = Flag("旧件已交还", hint="旧件交还托修方并由其签字")

    @derive("shop")
    def derive_enterprise(self):
        return self.shop.enterprise

    def prepare(self):
        """Whether the way back to the maker is complete."""
        self.traceable = not why_not_file(self)

    def faults(self):
        """What goes into a vehicle was bought before."""
        if self.fitted_on and self.fitted_on < self.bought_on:
            yield "fitted_on", f"“装车日期”早于购进日期 {self.bought_on}。"

    class Flow(Workflow):
        stocked = State("待登记备案", start=True)
        part_filed = State("已登记备案", confirmed=True, tone="done")
        in_vehicle = State("已装车", final=True, confirmed=True)
        recalled = State("召回下架", final=True, confirmed=True, tone="void")

        file_part = Move(
            stocked >> part_filed, "登记备案", by=("enterprise", "clerk", "transport_officer"), check=why_not_file
        )
        fit_part = Move(
            part_filed >> in_vehicle,
            "装车使用",
            by=("enterprise", "clerk", "transport_officer"),
            takes=("job", "fitted", "old_part_returned"),
            needs=("job", "fitted"),
            sets={"fitted_on": clock.today},
            check=why_not_fit,
        )
        recall_part = Move(
            (stocked | part_filed) >> recalled, "召回下架", by=("enterprise", "transport_officer"), comment=True
        )

    class Page(Ledger):
        title = "配件登记备案"
        columns = "number shop name part_code kind maker supplier bought_on traceable state"
        filters = "bought_on unit enterprise kind traceable state fitted_on"
        search = "number name part_code maker supplier part_certificate_no job__plate"
        names = "number"
        form = [
            Section("配件", "shop enterprise name part_code part_model kind maker"),
            Section("来源", "supplier bought_on bought price part_certificate_no files traceable"),
            Section("使用", "job fitted fitted_on old_part_returned"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"enterprise": own("enterprise"), "transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet(
            "配件登记备案导入模板",
            key="part_code bought_on",
            columns="shop name part_model kind maker supplier bought price part_certificate_no",
        )
        exports = (
            "number shop name part_code part_model kind maker supplier bought_on bought price part_certificate_no "
            "traceable job fitted fitted_on old_part_returned state"
        )
        sort = "-bought_on"
        unit_from = "shop"
        pictures = (Bars("配件类别", by="kind", of="bought"),)
        example = dict(
            shop=None,
            name="离合器总成",
            part_code="LHQ-430",
            kind=PartKind.ORIGINAL,
            maker="示例离合器有限公司",
            supplier="示例汽配经营部",
            bought_on="2026-02-20",
            bought=2,
            price="1980",
            part_certificate_no="HG20260115",
        )

    class Measures:
        lots = Count("登记备案配件", on="bought_on", where=Q(state__in=("part_filed", "in_vehicle")), unit="批")
        equivalent = Count(
            "同质配件和再制造件", on="bought_on", where=Q(kind__in=("equivalent", "remanufactured")), unit="批"
        )
        fitted_lots = Count("装车配件", on="fitted_on", where=Q(fitted_on__gte=F("bought_on")), unit="批")

    def __str__(self):
        return f"{self.number} {self.name}"
