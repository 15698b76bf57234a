"""质保返修台账: a customer comes back within the warranty; the shop shows another cause in three days or repairs free.

Basis: 机动车维修管理规定, the clauses on the warranty: three days to show another cause; after rework the warranty
of the item runs anew; the same fault not solved after two repairs: the shop finds another shop and pays.
"""

from datetime import timedelta

from django.db.models import F, Q

from tonggui.base import clock
from tonggui.ledgers.repair.kinds import warranty_group
from tonggui.register.declare import (
    Count,
    Day,
    Files,
    Flag,
    FollowUp,
    Integer,
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
    derive,
    own,
    within_unit,
)
from tonggui.statutes.repair import CLAIM_ANSWER, FAILED_REPAIRS, warranty

SHOP = ("enterprise", "transport_officer", "clerk")


def why_not_refuse(claim) -> str:
    """Inside the warranty only a proven other cause frees the shop, and only within its days."""
    if not claim.within_warranty:
        return ""
    if clock.today() > claim.answer_by:
        return f"答复期限 {claim.answer_by} 已过，应无偿返修。"
    return "" if claim.other_cause else "在质量保证期内，须写明并证明非维修质量原因。"


def why_not_rework(claim) -> str:
    most = FAILED_REPAIRS.on(claim.claimed_on)
    return f"同一故障已修理 {most} 次，应另行安排其他企业维修。" if claim.second_failure else ""


def why_not_hand_over(claim) -> str:
    most = FAILED_REPAIRS.on(claim.claimed_on)
    return "" if claim.second_failure else f"同一故障经 {most} 次修理仍未解决的，才另行安排其他企业维修。"


class WarrantyClaim(Record):
    """One return of one vehicle for one fault of one job."""

    number = Number("ZB{year}{seq:05}", year_of="claimed_on")
    job = Link("repair.RepairJob", "维修记录")
    enterprise = Link("parties.Enterprise", "维修企业", optional=True)
    claimed_on = Day("提出返修日期", index=True)
    claim_km = Integer("返修时里程", unit="km", least=0, total=False)
    fault_item = Text("返修项目", max_length=60, hint="同一故障写法一致，如 离合器打滑")
    fault = LongText("故障情况")
    within_warranty = Flag("在质量保证期内")
    nth = Integer("第几次返修", optional=True, least=1, total=False)
    second_failure = Flag("多次修理未解决")
    answer_by = Day("返修应答复日期", optional=True)
    answered_on = Day("答复日期", optional=True)
    other_cause = LongText("非维修质量原因", optional=True, hint="自然磨损、使用不当、未按规定使用等，附证明")
    files = Files("原因证明材料")
    reworked_on = Day("返修完成日期", optional=True, index=True)
    new_warranty_until = Day("重新计算的质保期至", optional=True)
    taken_over_by = Link("repair.RepairShop", "另行安排的企业", optional=True)

    @derive("job")
    def derive_enterprise(self):
        return self.job.enterprise

    @derive("job", "claimed_on", "claim_km", always=True)
    def derive_within_warranty(self):
        """By the job's own warranty, or by the one that an earlier rework began anew."""
        earlier = self._earlier().exclude(new_warranty_until=None).order_by("-new_warranty_until").first()
        renewed = earlier is not None and self.claimed_on <= earlier.new_warranty_until
        return renewed or self.job.covers(self.claimed_on, self.claim_km)

    @derive("job", "fault_item", "claimed_on", always=True)
    def derive_nth(self):
        return self._earlier().count() + 1

    @derive("nth", always=True)
    def derive_second_failure(self):
        """The job itself and each rework are repairs of the fault."""
        return self.nth >= FAILED_REPAIRS.on(self.claimed_on)

    @derive("claimed_on", always=True)
    def derive_answer_by(self):
        return CLAIM_ANSWER.due(self.claimed_on)

    @derive("reworked_on", always=True)
    def derive_new_warranty_until(self):
        if self.reworked_on is None:
            return None
        job = self.job
        return self.reworked_on + timedelta(
            days=warranty(job.vehicle_sort, warranty_group(job.kind), self.reworked_on)[1]
        )

    def _earlier(self):
        """Reworks of the same fault of the same job before this claim."""
        same = WarrantyClaim._base_manager.filter(job=self.job_id, fault_item=self.fault_item, state="reworked")
        return same.exclude(pk=self.pk).filter(claimed_on__lte=self.claimed_on)

    def faults(self):
        """After the release, and not with fewer kilometres."""
        if self.job.released_on and self.claimed_on < self.job.released_on:
            yield "claimed_on", f"“提出返修日期”早于出厂日期 {self.job.released_on}。"
        if self.claim_km < self.job.mileage_km:
            yield "claim_km", f"“返修时里程”少于进厂里程 {self.job.mileage_km:,} km。"

    class Flow(Workflow):
        claimed = State("待答复", start=True, due="answer_by", confirmed=True)
        reworking = State("返修中", confirmed=True)
        reworked = State("返修完成", final=True, confirmed=True)
        claim_refused = State("不属质保", final=True, confirmed=True, tone="void")
        elsewhere = State("已另行安排维修", final=True, confirmed=True)

        accept_claim = Move(
            claimed >> reworking, "同意返修", by=SHOP, sets={"answered_on": clock.today}, check=why_not_rework
        )
        refuse_claim = Move(
            claimed >> claim_refused,
            "答复不属质保",
            by=SHOP,
            takes=("other_cause", "files"),
            sets={"answered_on": clock.today},
            comment=True,
            check=why_not_refuse,
        )
        finish_rework = Move(reworking >> reworked, "返修合格", by=SHOP, sets={"reworked_on": clock.today})
        go_elsewhere = Move(
            claimed >> elsewhere,
            "另行安排维修",
            by=SHOP,
            takes=("taken_over_by",),
            needs=("taken_over_by",),
            sets={"answered_on": clock.today},
            check=why_not_hand_over,
        )

    class Page(Ledger):
        title = "质保返修"
        columns = "number claimed_on job fault_item within_warranty nth answer_by answered_on unit state"
        filters = "claimed_on unit enterprise within_warranty second_failure state answer_by"
        search = "number fault_item job__plate job__number"
        form = [
            Section("返修", "job enterprise claimed_on claim_km fault_item fault within_warranty nth second_failure"),
            Section("答复", "answer_by answered_on other_cause files"),
            Section("处理", "reworked_on new_warranty_until taken_over_by"),
        ]
        read = {"county": within_unit, "enterprise": own("enterprise")}
        write = {"enterprise": own("enterprise"), "transport_officer": within_unit, "clerk": within_unit}
        imports = Sheet("质保返修导入模板", key="job claimed_on fault_item", columns="claim_km fault")
        exports = (
            "number job claimed_on claim_km fault_item fault within_warranty nth second_failure answer_by answered_on "
            "other_cause reworked_on new_warranty_until taken_over_by state"
        )
        sort = "-claimed_on"
        unit_from = "job"
        watches = (
            Watch(
                "answer_by",
                "质保返修应答复",
                lead=1,
                where=Q(state="claimed"),
                tell=("transport_officer", "enterprise"),
                basis="机动车维修管理规定（质量保证期）",
            ),
        )
        follow_ups = (
            FollowUp("enforcement.clue", "登记违法线索", {"content": "fault"}, states="claimed claim_refused"),
        )
        example = dict(
            job=None, claimed_on="2026-04-10", claim_km=91200, fault_item="离合器打滑", fault="更换后一个月起步打滑"
        )

    class Measures:
        claims = Count("质保返修", on="claimed_on", unit="件")
        reworked = Count("返修完成", on="reworked_on", unit="件")
        in_time = Count("按期答复的质保返修", on="claimed_on", where=Q(answered_on__lte=F("answer_by")), unit="件")
        elsewhere = Count("另行安排维修", on="answered_on", where=Q(state="elsewhere"), unit="件")

    def __str__(self):
        return f"{self.number} {self.fault_item}"
