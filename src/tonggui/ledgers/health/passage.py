"""卡口登记台账: each vehicle or party that a checkpoint looks at, and the checked mark that spares it the next one.

Basis: 逢车必查、逢人必检 and 一检通认. Whoever is let through gets a mark for some hours; the next point finds it by
the plate or by its number and waves them on, so nobody is checked twice. Names, phones and temperatures are kept no
longer than the bureau has set (个人信息保护法 第十九条); the counts stay.
"""

from datetime import timedelta
from decimal import Decimal

from django.db.models import Q

from tonggui.base import clock
from tonggui.register.declare import (
    Amount,
    Bars,
    Count,
    Day,
    Handheld,
    Integer,
    Ledger,
    Link,
    Moment,
    Move,
    Number,
    Phone,
    Photos,
    Plate,
    Purge,
    Record,
    Section,
    Sheet,
    State,
    Sum,
    Text,
    Workflow,
    anyone,
    derive,
)
from tonggui.statutes.health import FEVER, MARK_HOURS, PRIVACY_LAW, TRAVELLER_KEPT_DAYS


class Passage(Record):
    """One vehicle, or one party on foot without a plate."""

    number = Number("KK{year}{seq:07}", year_of="came_on")
    checkpoint = Link("health.Checkpoint", "检查点")
    came_at = Moment("到达检查点时间")
    came_on = Day("登记日期", optional=True)
    plate = Plate(optional=True, hint="步行的不填")
    vehicle = Link("fleet.Vehicle", "车辆", optional=True)
    persons = Integer("同行人数", unit="人", least=1, most=100)
    travellers = Text("人员姓名", optional=True, max_length=200)
    phone = Phone("联系电话", optional=True)
    came_from = Text("来自何地", max_length=60)
    going_to = Text("前往何地", optional=True, max_length=60)
    temperature = Amount("最高体温", unit="℃", places=1, least=34, most=43, optional=True, total=False)
    shown_mark = Text("出示标识号", optional=True, max_length=40, hint="前一检查点发给的已检标识号")
    recognised_from = Link("health.Passage", "互认的登记", optional=True)
    mark_no = Text("已检标识号", optional=True, max_length=40)
    mark_until = Moment("标识有效至", optional=True)
    sent_on_to = Text("留观去向", optional=True, max_length=80)
    photos = Photos("登记照片")

    @derive("came_at", always=True)
    def derive_came_on(self):
        return self.came_at.astimezone(clock.CHINA).date()

    @derive("came_at", always=True)
    def derive_recognised_from(self):
        """The last passage whose mark still holds, by the plate or by the number shown; None where there is none."""
        same = Q(plate=self.plate) if self.plate else Q(pk__in=())
        if self.shown_mark:
            same |= Q(mark_no=self.shown_mark)
        held = Passage._base_manager.filter(same, came_at__lte=self.came_at, mark_until__gte=self.came_at)
        return held.filter(state="let_through").exclude(pk=self.pk).order_by("-came_at").first()

    def prepare(self):
        """Who is let through carries a mark from the moment of the check."""
        if self.state == "let_through" and self.mark_until is None:
            self.mark_until = self.came_at + timedelta(hours=MARK_HOURS.on(self.came_on))

    @property
    def is_feverish(self) -> bool:
        fever = Decimal(str(FEVER.on(self.came_on)))
        return self.temperature is not None and self.temperature >= fever

    def why_not_let_through(self) -> str:
        """Nobody is checked twice, and nobody with a fever goes on."""
        if self.is_feverish:
            return f"体温 {self.temperature} ℃ 异常，应留观。"
        if self.recognised_from is not None:
            return f"已在{self.recognised_from.checkpoint.name}检查，请凭已检标识放行，不重复检查。"
        return ""

    def why_not_recognise(self) -> str:
        if self.is_feverish:
            return f"体温 {self.temperature} ℃ 异常，应留观。"
        return "" if self.recognised_from is not None else "没有有效的已检标识，请检查后放行。"

    class Flow(Workflow):
        arrived_here = State("待检查", start=True)
        let_through = State("检查放行", final=True, confirmed=True)
        waved_on = State("凭标识放行", final=True, confirmed=True)
        observed = State("留观转送", final=True, confirmed=True)
        turned_back = State("已劝返", final=True, confirmed=True)

        let_go = Move(
            arrived_here >> let_through,
            "放行",
            by=("clerk", "duty_officer"),
            needs=("temperature",),
            takes=("mark_no",),
            numbers={"mark_no": "{bureau}检〔{year}〕{seq}"},
            check=lambda passage: passage.why_not_let_through(),
        )
        recognise = Move(
            arrived_here >> waved_on,
            "凭已检标识放行",
            by=("clerk", "duty_officer"),
            check=lambda passage: passage.why_not_recognise(),
        )
        keep_for_observation = Move(
            arrived_here >> observed, "留观", by=("clerk", "duty_officer"), needs=("temperature", "sent_on_to")
        )
        turn_back = Move(arrived_here >> turned_back, "劝返", by=("clerk", "duty_officer"), comment=True)

    class Page(Ledger):
        title = "卡口登记"
        columns = "number came_at checkpoint plate persons came_from temperature mark_no mark_until state"
        filters = "came_on checkpoint state unit"
        search = "number plate mark_no came_from"
        names = "number"
        form = [
            Section("到达", "checkpoint came_at plate vehicle persons came_from going_to"),
            Section("人员", "travellers phone temperature photos"),
            Section("一检通认", "shown_mark sent_on_to"),
        ]
        read = {"clerk": anyone, "duty_officer": anyone, "safety_officer": anyone, "director": anyone}
        write = {"clerk": anyone, "duty_officer": anyone}
        imports = Sheet(
            "卡口登记导入模板",
            columns="checkpoint came_at plate persons travellers phone came_from going_to temperature shown_mark",
        )
        exports = (
            "number checkpoint came_at plate persons came_from going_to temperature shown_mark mark_no mark_until "
            "sent_on_to state"
        )
        sort = "-came_at"
        unit_from = "checkpoint"
        purges = (
            Purge(
                "travellers phone temperature going_to photos",
                after="came_on",
                days=TRAVELLER_KEPT_DAYS,
                basis=f"{PRIVACY_LAW.title}第十九条",
            ),
        )
        pictures = (Bars("各检查点人数", by="checkpoint", of="persons", stack="state"),)
        handheld = Handheld(
            "卡口登记",
            "checkpoint plate persons came_from going_to temperature travellers phone shown_mark came_at photos",
            moves="let_go recognise keep_for_observation turn_back",
            big="new",
        )
        example = dict(
            checkpoint=None,
            came_at="2026-05-12 10:05",
            came_on="2026-05-12",
            plate="示A00001",
            persons=3,
            travellers="周示例等",
            phone="13900000005",
            came_from="示例市（示例）",
            temperature="36.5",
        )

    class Measures:
        vehicles = Count("检查车辆", on="came_on", where=~Q(plate="") & ~Q(state="waved_on"), unit="辆次")
        people = Sum("persons", "检查人员", on="came_on", where=~Q(state="waved_on"))
        waved_on = Count("凭标识放行", on="came_on", where=Q(state="waved_on"), unit="辆次")
        observed = Count("留观转送", on="came_on", where=Q(state="observed"), unit="起")
        turned_back = Count("劝返", on="came_on", where=Q(state="turned_back"), unit="起")

    def faults(self):
        """Somebody on foot is named, so that the mark finds its bearer."""
        if not self.plate and not self.travellers:
            yield "travellers", "没有号牌的，请填写人员姓名。"

    def __str__(self):
        return f"{self.number} {self.plate}".rstrip()
