"""逃检线索台账: trucks whose passes and tracks look like a way around the check, each to be looked into by a person.

Basis: 公路安全保护条例 第四十条, 第六十七条 (短途驳载 and other ways to evade the check). The platform compares the
passes and tracks of a truck over the last weeks (`statutes/overloading/evasion.py` says from when on); what it writes
are counts and times, never a verdict. An open clue grows with what follows; a closed one is opened anew only by acts
after it.
"""

from django.db.models import Q, TextChoices

from tonggui.register.declare import (
    Bars,
    Choice,
    Count,
    Day,
    Evidence,
    FollowUp,
    Integer,
    Ledger,
    Link,
    LongText,
    Moment,
    Move,
    Number,
    Plate,
    Record,
    Section,
    State,
    Watch,
    Workflow,
    anyone,
    derive,
)
from tonggui.statutes.overloading.evasion import VERIFICATION

OFFICERS = ("overload_officer", "enforcement_officer")


class Pattern(TextChoices):
    AROUND = "around", "绕行避站"
    SHORT_HAUL = "short_haul", "短途超载"
    SPLIT = "split", "分装转运"
    DODGE = "dodge", "干扰称重"
    ALTERED = "altered", "疑似改型"


class Evasion(Record):
    """One truck, one way, as far as it has been seen."""

    number = Number("TJ{year}{seq:05}", year_of="found_on")
    kind = Choice(Pattern, "逃检方式")
    plate = Plate("号牌号码", index=True)
    vehicle = Link("fleet.Vehicle", "车辆档案", optional=True)
    point = Link("overload.WeighingPoint", "检测点", optional=True)
    found_on = Day("发现日期", index=True)
    first_seen_at = Moment("最早出现时间", index=False)
    last_seen_at = Moment("最近出现时间", index=True)
    acts = Integer("出现次数", unit="次", least=1, total=False)
    acts_over = Integer("其中超限次数", unit="次", least=0, default=0, total=False)
    pattern_grounds = LongText("研判依据")
    verify_by = Day("应核查日期", optional=True, index=True)
    verification = LongText("核查结果", optional=True)
    evidence = Evidence()

    @derive("found_on")
    def derive_verify_by(self):
        return VERIFICATION.due(self.found_on)

    def faults(self):
        """The last time is not before the first, and no more were over the limit than there were."""
        if self.last_seen_at < self.first_seen_at:
            yield "last_seen_at", "“最近出现时间”早于最早出现时间，请核对。"
        if self.acts_over > self.acts:
            yield "acts_over", "“其中超限次数”多于出现次数，请核对。"

    class Flow(Workflow):
        to_verify = State("待核查", start=True, confirmed=True, due="verify_by")
        verifying = State("核查中", confirmed=True, due="verify_by")
        borne_out = State("线索属实", confirmed=True, final=True)
        unfounded = State("查无实据", confirmed=True, final=True, tone="void")

        start_check = Move(to_verify >> verifying, "开始核查", by=OFFICERS)
        prove = Move(
            (to_verify | verifying) >> borne_out,
            "核查属实",
            by=OFFICERS,
            takes=("verification",),
            needs=("verification",),
        )
        disprove = Move(
            (to_verify | verifying) >> unfounded,
            "查无实据",
            by=OFFICERS,
            takes=("verification",),
            needs=("verification",),
        )

    class Page(Ledger):
        title = "逃检线索"
        menu = "治超管理"
        columns = "number kind plate point acts acts_over last_seen_at verify_by pattern_grounds state"
        filters = "last_seen_at kind point state verify_by found_on"
        search = "number plate pattern_grounds"
        names = "plate"
        form = [
            Section(
                "线索",
                "kind plate vehicle point found_on first_seen_at last_seen_at acts acts_over pattern_grounds evidence",
            ),
            Section("核查", "verify_by verification"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone, "enforcement_officer": anyone}
        exports = (
            "number kind plate point found_on first_seen_at last_seen_at acts acts_over pattern_grounds verification "
            "state"
        )
        sort = "-last_seen_at"
        unit_from = "point"
        watches = (Watch("verify_by", "逃检线索应核查", lead=2, where=Q(state__in=("to_verify", "verifying"))),)
        pictures = (Bars("逃检方式", "kind", stack="state"), Bars("检测点", "point", stack="kind"))
        follow_ups = (
            FollowUp("enforcement.operation", "安排巡查", {"point": "point"}),
            FollowUp(
                "overload.modifiedtruck", "登记改型车", {"plate": "plate", "vehicle": "vehicle"}, states="borne_out"
            ),
            FollowUp(
                "enforcement.clue", "转违法线索", {"plate": "plate", "content": "pattern_grounds"}, states="borne_out"
            ),
        )
        example = dict(
            kind=Pattern.AROUND,
            plate="沪A00001",
            point=None,
            found_on="2026-06-30",
            first_seen_at="2026-06-02T05:10:00+08:00",
            last_seen_at="2026-06-29T04:55:00+08:00",
            acts=7,
            acts_over=5,
            pattern_grounds="近30日经示例绕行点 7 次，其中超限 5 次；同期未经示例检测站。",
        )

    class Measures:
        found = Count("逃检线索", on="found_on", unit="条")
        verified = Count("已核查逃检线索", on="found_on", where=Q(state__in=("borne_out", "unfounded")), unit="条")
        borne_out = Count("属实逃检线索", on="found_on", where=Q(state="borne_out"), unit="条")

    def __str__(self):
        return f"{self.plate} {self.get_kind_display()}"
