"""四统一标识台账: stop signs, body marks, working clothes and badges of rural service, each with its own code.

Basis: the 金通工程 of Sichuan and the county's copy of it: one mark, one stop sign, one look of vehicle, one sign of
staff. A code is scheme, kind, running number and check sign (GB/T 17710); a lost badge is issued again under a new
code, and the old one stays void and still leads here. Coverage is counted by line and by firm.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Bars,
    Choice,
    Coded,
    Count,
    Day,
    Handheld,
    Integer,
    Ledger,
    Link,
    Matrix,
    Move,
    Number,
    Photos,
    Place,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Workflow,
    anyone,
    derive,
    own,
)


class SignKind(TextChoices):
    BOARD = "zp", "站牌"
    BODY = "cs", "车身标识"
    CLOTHES = "gf", "工作服"
    BADGE = "gp", "工牌"


class Serves(TextChoices):
    RURAL = "rural", "城乡公交"
    COACH = "coach", "农村班线"
    BOOKED = "booked", "预约响应"


#: What each kind is put on: the field that must say it, and its word.
CARRIED_BY = {
    SignKind.BOARD: ("stop", "站牌须填公交站点。"),
    SignKind.BODY: ("vehicle", "车身标识须填车辆。"),
    SignKind.CLOTHES: ("driver", "工作服须填穿用的驾驶员。"),
    SignKind.BADGE: ("driver", "工牌须填持有的驾驶员。"),
}


class Sign(Record):
    """One sign, one badge, or the sets of clothes of one person."""

    number = Number("BZ{year}{seq:05}", year_of="issued_on")
    code = Coded("JT-{kind}-{seq:05}-{check}", "标识编码")
    kind = Choice(SignKind, "标识类别")
    serves = Choice(Serves, "服务类型", default=Serves.RURAL)
    line = Link("transit.BusLine", "公交线路", optional=True)
    coach_line = Link("passenger.CoachLine", "客运班线", optional=True)
    enterprise = Link("parties.Enterprise", "使用企业", optional=True)
    stop = Link("transit.BusStop", "公交站点", optional=True)
    vehicle = Link("fleet.Vehicle", "车辆", optional=True)
    driver = Link("fleet.Driver", "持证驾驶员", optional=True)
    quantity_made = Integer("制发数量", least=1, most=20, default=1, hint="站牌、车身标识、工牌一件一码；工作服按套")
    size = Text("服装尺码", optional=True, max_length=10)
    issued_on = Day("制发日期", index=True)
    put_up_at = Day("安装领用日期", optional=True)
    place = Place("位置", optional=True)
    photos = Photos("标识照片")
    scrapped_on = Day("标识报废日期", optional=True)

    @derive("stop")
    def derive_line(self):
        return self.stop.line if self.stop else None

    @derive("line")
    def derive_enterprise(self):
        return self.line.enterprise if self.line else None

    def prepare(self):
        """The firm of the driver or vehicle, where no line says it."""
        if self.enterprise is None:
            carrier = self.driver or self.vehicle or self.coach_line
            self.enterprise = carrier.enterprise if carrier else None

    def faults(self):
        """Each kind is on the thing it is for; one code is one piece, except clothes, which come in sets."""
        field, sentence = CARRIED_BY[SignKind(self.kind)]
        if getattr(self, f"{field}_id") is None:
            yield field, sentence
        if self.kind != SignKind.CLOTHES and self.quantity_made != 1:
            yield "quantity_made", f"{self.get_kind_display()}一件一码，数量为 1。"
        if self.kind == SignKind.CLOTHES and not self.size:
            yield "size", "工作服须填服装尺码。"
        if self.put_up_at and self.put_up_at < self.issued_on:
            yield "put_up_at", f"“安装领用日期”早于制发日期 {self.issued_on}。"

    class Flow(Workflow):
        made = State("待安装领用", start=True, confirmed=True)
        worn = State("使用中", confirmed=True, tone="done")
        worn_out = State("破损待换", confirmed=True, tone="todo")
        scrapped = State("报废收回", final=True, confirmed=True, tone="void")

        hand_out = Move(
            made >> worn,
            "安装领用",
            by=("transport_officer", "enterprise"),
            takes=("put_up_at", "photos"),
            needs=("put_up_at",),
        )
        report_worn = Move(worn >> worn_out, "报破损", by=("transport_officer", "enterprise"), comment=True)
        mend = Move(worn_out >> worn, "修复使用", by=("transport_officer", "enterprise"))
        scrap = Move(
            (made | worn | worn_out) >> scrapped,
            "收回报废",
            by="transport_officer",
            takes=("scrapped_on",),
            needs=("scrapped_on",),
            comment=True,
        )

    class Page(Ledger):
        title = "四统一标识"
        columns = "number code kind serves line coach_line vehicle driver issued_on put_up_at state"
        filters = "issued_on put_up_at unit state kind serves line coach_line enterprise"
        search = "number code line__name driver__name"
        names = "code"
        form = [
            Section("标识", "kind serves line coach_line enterprise issued_on quantity_made size"),
            Section("用在", "stop vehicle driver put_up_at place photos scrapped_on"),
        ]
        read = {"county": anyone, "enterprise": own("enterprise")}
        write = {"transport_officer": anyone, "clerk": anyone}
        imports = Sheet(
            "四统一标识导入模板",
            columns="kind serves line coach_line stop vehicle driver issued_on quantity_made size put_up_at place",
        )
        exports = (
            "number code kind serves line coach_line enterprise stop vehicle driver quantity_made size issued_on "
            "put_up_at scrapped_on state"
        )
        unit_from = "line"
        map = "place"
        labels = "kind line vehicle driver"
        pictures = (Matrix("覆盖情况", "kind", "serves"), Bars("各企业标识", by="enterprise", stack="kind"))
        handheld = Handheld(
            "标识安装领用", "kind stop vehicle driver issued_on place photos", moves="hand_out report_worn mend"
        )
        example = dict(
            kind=SignKind.BADGE,
            driver=None,
            line=None,
            issued_on="2026-03-10",
        )

    class Measures:
        boards = Sum("quantity_made", "制发站牌", on="issued_on", where=Q(kind=SignKind.BOARD))
        bodies = Sum("quantity_made", "制发车身标识", on="issued_on", where=Q(kind=SignKind.BODY))
        clothes = Sum("quantity_made", "制发工作服", on="issued_on", where=Q(kind=SignKind.CLOTHES))
        badges = Sum("quantity_made", "制发工牌", on="issued_on", where=Q(kind=SignKind.BADGE))
        boards_up = Sum("quantity_made", "安装站牌", on="put_up_at", where=Q(kind=SignKind.BOARD))
        lines = Count("标识覆盖线路", on="issued_on", distinct="line", unit="条")
        rural_lines = Count(
            "标识覆盖城乡公交线路", on="issued_on", where=Q(serves=Serves.RURAL), distinct="line", unit="条"
        )
        coach_lines = Count("标识覆盖客运班线", on="issued_on", distinct="coach_line", unit="条")
        put_up = Count("已安装领用标识", on="put_up_at", unit="件")

    def __str__(self):
        return f"{self.get_kind_display()} {self.code}"
