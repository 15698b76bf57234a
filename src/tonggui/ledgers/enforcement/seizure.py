"""扣押保存台账: vehicles, goods and evidence taken in the course of enforcement, until they are back or dealt with.

Basis: 行政强制法 (2011) 第十八条 to 第二十八条: approval first, in urgent cases within 24 hours, thirty days and once
thirty more, at once back when lifted, no storage fee; 行政处罚法 (2021) 第五十六条 for evidence kept by registration,
seven working days; 道路运输条例 第六十二条 and 公路安全保护条例 第六十五条, 第六十七条, 第七十二条 for the grounds.
"""

from django.db.models import Q, TextChoices

from tonggui.base.clock import CHINA
from tonggui.ledgers.enforcement.hands import OFFICERS
from tonggui.ledgers.enforcement.seizure_flow import Measure, SeizureFlow
from tonggui.ledgers.enforcement.seizure_papers import SEIZURE_PAPERS
from tonggui.register.declare import (
    Board,
    Choice,
    Count,
    Day,
    Flag,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Number,
    Photos,
    Plate,
    Record,
    Section,
    Text,
    Watch,
    anyone,
    column,
    derive,
)
from tonggui.statutes.compulsion import approve_within, hold_until, return_within
from tonggui.statutes.enforcement import remedies


class Ground(TextChoices):
    NO_PERMIT = "no_permit", "无车辆营运证且无其他有效证明（道路运输条例第六十二条）"
    OVERSIZE = "oversize", "未随车携带超限运输通行证（公路安全保护条例第六十五条）"
    EVADING = "evading", "扰乱检测秩序、逃避检测（公路安全保护条例第六十七条）"
    REFUSING = "refusing", "拒绝接受路损现场调查（公路安全保护条例第七十二条）"
    EVIDENCE = "evidence", "证据可能灭失或者以后难以取得（行政处罚法第五十六条）"


OVERLOAD_GROUNDS = (Ground.OVERSIZE, Ground.EVADING)


class Seizure(Record):
    """What was taken from one party at one time."""

    number = Number("KY{year}{seq:05}", year_of="taken_on")
    kind = Choice(Measure, "措施类别")
    ground = Choice(Ground, "实施依据")
    case = Link("enforcement.Case", "执法案件", optional=True)
    overload_case = Link("overload.Case", "超限案件", optional=True)
    operation = Link("enforcement.Operation", "执法行动", optional=True)
    party = Text("当事人", max_length=80)
    plate = Plate("号牌号码", optional=True, index=True)
    vehicle = Link("fleet.Vehicle", "车辆档案", optional=True)
    scene = Text("事发地点", max_length=60)
    goods = LongText("物品清单", hint="名称、规格、数量、成色，一式两份")
    taken_at = Moment("实施时间")
    taken_on = Day("实施日期", optional=True, index=True)
    urgent = Flag("情况紧急当场实施")
    approve_by = Moment("补办批准期限", optional=True)
    approved_at = Moment("批准时间", optional=True)
    kept_at = Text("保管地点", max_length=60)
    custodian = Link("parties.Person", "保管人", optional=True)
    tested_days = Integer("检测鉴定天数", unit="天", default=0, least=0, hint="不计入期限，须书面告知当事人")
    extended_on = Day("批准延期日期", optional=True)
    due_on = Day("处理期限", optional=True, index=True)
    measure_no = Text("强制措施决定书号", optional=True, max_length=40)
    released_at = Moment("解除时间", optional=True)
    return_by = Moment("应返还时间", optional=True)
    returned_on = Day("返还日期", optional=True)
    disposal = LongText("处理结果", optional=True, hint="没收、销毁、拍卖或者随案移送的依据和去向")
    photos = Photos("物品照片")

    @derive("taken_at", always=True)
    def derive_taken_on(self):
        """The day in China on which the measure was taken."""
        return self.taken_at.astimezone(CHINA).date()

    @derive("taken_at", "urgent")
    def derive_approve_by(self):
        """Twenty-four hours for an urgent measure; any other is approved before."""
        return approve_within(self.taken_at) if self.urgent else None

    @derive("taken_on", "kind", "tested_days", always=True)
    def derive_due_on(self):
        """Seven working days for registered evidence; thirty days, or sixty, for a seizure; tests do not count."""
        return hold_until(self.kind == Measure.EVIDENCE, self.taken_on, self.extended_on is not None, self.tested_days)

    @derive("released_at")
    def derive_return_by(self):
        """What was lifted goes back at once."""
        return return_within(self.released_at)

    def faults(self):
        """Registered evidence has its own ground; approval of what was not urgent comes first; days in order."""
        if (self.kind == Measure.EVIDENCE) != (self.ground == Ground.EVIDENCE):
            yield "ground", "“实施依据”与措施类别不符：先行登记保存依据行政处罚法第五十六条。"
        if self.approved_at and not self.urgent and self.approved_at > self.taken_at:
            yield "approved_at", "非紧急情况应当在实施前报经批准；当场实施的请勾选“情况紧急当场实施”。"
        if self.released_at and self.released_at < self.taken_at:
            yield "released_at", "“解除时间”早于实施时间，请核对。"
        if self.returned_on and self.returned_on < self.taken_at.astimezone(CHINA).date():
            yield "returned_on", "“返还日期”早于实施时间，请核对。"

    @column("救济途径", numeric=False)
    def legal_remedies(self):
        """The sentence of a decision on review and lawsuit, with the terms of its day."""
        return remedies(self.taken_on)

    class Flow(SeizureFlow):
        pass

    class Page(Ledger):
        title = "扣押保存"
        columns = "number taken_at kind party plate kept_at due_on extended_on returned_on unit state"
        filters = "taken_on unit kind ground state due_on"
        search = "number party plate measure_no"
        names = "number"
        form = [
            Section("对象", "case overload_case operation kind ground party plate vehicle goods photos"),
            Section("实施", "taken_at scene urgent approve_by approved_at measure_no"),
            Section("保管", "kept_at custodian tested_days extended_on due_on"),
            Section("解除处理", "released_at return_by returned_on disposal"),
        ]
        read = {"county": anyone}
        write = dict.fromkeys((*OFFICERS, "director"), anyone)
        exports = (
            "number taken_at kind ground party plate goods kept_at urgent approved_at due_on extended_on released_at "
            "returned_on disposal unit state"
        )
        sort = "-taken_at"
        watches = (
            Watch(
                "due_on", "扣押保存期限届满", lead=7, where=Q(state__in=("taken", "held")), basis="行政强制法第二十五条"
            ),
            Watch(
                "approve_by", "应补办批准", lead=1, where=Q(state="taken"), tell="director", basis="行政强制法第十九条"
            ),
            Watch("return_by", "应返还财物", lead=1, where=Q(state="lifted"), basis="行政强制法第二十八条"),
        )
        papers = SEIZURE_PAPERS
        pictures = (Board("在押情况", by="state", card="kind plate due_on"),)
        example = dict(
            kind=Measure.VEHICLE,
            ground=Ground.NO_PERMIT,
            party="李示例",
            plate="示F00017",
            scene="示例县汽车客运中心出站口",
            goods="白色七座面包车一辆，钥匙一把，车况完好",
            taken_at="2026-06-25T08:10:00+08:00",
            urgent=True,
            kept_at="城东停车场",
        )

    class Measures:
        vehicles = Count("暂扣车船", on="taken_on", where=Q(kind=Measure.VEHICLE), unit="台")
        overload_vehicles = Count(
            "治超暂扣车辆", on="taken_on", where=Q(kind=Measure.VEHICLE, ground__in=OVERLOAD_GROUNDS), unit="台"
        )
        evidence = Count("先行登记保存", on="taken_on", where=Q(kind=Measure.EVIDENCE), unit="件")
        extended = Count("延长扣押", on="taken_on", where=Q(extended_on__isnull=False), unit="件")

    def __str__(self):
        return f"{self.number} {self.plate or self.party}"
