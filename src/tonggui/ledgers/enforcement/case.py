"""执法案件台账: every penalty case outside overload, from the clue to the archived file, with its legal clocks.

Basis: 行政处罚法 (2021); 交通运输行政执法程序规定; 道路运输条例 (2023) 第六十三条 to 第七十条 and
网络预约出租汽车经营服务管理暂行办法 for illegal carriage. The procedure stands in `case_flow.py`, what it
checks in `case_checks.py`, the clocks in `case_clocks.py`, the papers in `case_papers.py`. The fine decided and the
fine paid are two fields; neither is ever ranked by person or team (行政处罚法 第七十四条).
"""

from django.db.models import F, Q

from tonggui.ledgers.enforcement.case_clocks import CaseClocks
from tonggui.ledgers.enforcement.case_flow import CaseFlow
from tonggui.ledgers.enforcement.case_kinds import ILLEGAL_CARRIAGE, CaseKind, PartyKind, Procedure, Service
from tonggui.ledgers.enforcement.case_page import CasePage
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Flag,
    Integer,
    Link,
    LongText,
    Money,
    Number,
    Photos,
    Place,
    Plate,
    Record,
    Sum,
    Text,
    out_of_order,
)
from tonggui.statutes.enforcement import HEARING_NOTICE

#: The days of a case in the order of its procedure.
STEPS = ("happened_on", "filed_on", "noticed_on", "decided_on", "served_on", "closed_on", "archived_on")


class Case(CaseClocks, Record):
    """One act of one party. A case found on an operation or from a clue names it."""

    number = Number("AJ{year}{seq:05}", "案号", year_of="received_on")
    kind = Choice(CaseKind, "案件类别")
    procedure = Choice(Procedure, "办案程序", default=Procedure.ORDINARY)
    charge = Text("案由", max_length=80)
    clue = Link("enforcement.Clue", "违法线索", optional=True)
    operation = Link("enforcement.Operation", "执法行动", optional=True)
    party = Text("当事人", max_length=80)
    party_kind = Choice(PartyKind, "当事人性质")
    enterprise = Link("parties.Enterprise", "当事企业", optional=True)
    yard = Link("overload.Yard", "货运源头单位", optional=True)
    plate = Plate("号牌号码", optional=True, index=True)
    vehicle = Link("fleet.Vehicle", "车辆档案", optional=True)
    received_on = Day("收到日期", index=True)
    happened_on = Day("违法行为日期", hint="连续或者继续状态的，为行为终了之日")
    grave = Flag("适用五年时效", hint="涉及公民生命健康安全、金融安全且有危害后果")
    limitation_until = Day("追究时效届满日期", optional=True)
    scene = Text("事发地点", max_length=60)
    place = Place("位置", optional=True)
    file_by = Day("应决定立案日期", optional=True)
    filed_on = Day("立案日期", optional=True, index=True)
    filing_no = Text("立案登记号", optional=True, max_length=40)
    lead_officer = Link("enforcement.Officer", "主办人员", optional=True)
    second_officer = Link("enforcement.Officer", "协办人员", optional=True)
    facts = LongText("违法事实", optional=True)
    evidence_list = LongText("证据目录", optional=True, hint="每件写明种类、来源、两名取证人")
    photos = Photos("证据照片")
    discretion = Link("enforcement.Discretion", "裁量基准条目", optional=True)
    major = Flag("重大执法决定", hint="涉及重大公共利益、情节疑难复杂、涉及多个法律关系等")
    legal_reviewed_on = Day("法制审核日期", optional=True)
    review_opinion = LongText("法制审核意见", optional=True)
    noticed_on = Day("告知日期", optional=True, hint="违法行为通知书送达当事人之日")
    noticed_fine = Money("拟罚款", optional=True, least=0)
    intent_no = Text("违法行为通知书号", optional=True, max_length=40)
    defend_by = Day("陈述申辩截止日期", optional=True)
    waived = Flag("放弃陈述申辩", hint="须有当事人书面记录")
    hearing_offered = Flag("已告知听证权利")
    hearing_by = Day("要求听证截止日期", optional=True)
    hearing_asked_on = Day("要求听证日期", optional=True)
    hearing_told_on = Day("听证通知日期", optional=True)
    hearing_notice_by = Day("最迟通知听证日期", optional=True)
    hearing_on = Day("听证日期", optional=True)
    hearing_record = LongText("听证情况", optional=True)
    extended = Flag("已批准延期")
    paused_days = Integer("扣除天数", unit="天", default=0, least=0, hint="听证、检测、鉴定、公告所用天数")
    decide_by = Day("应作出决定日期", optional=True)
    discussed_on = Day("集体讨论日期", optional=True)
    discussion = LongText("集体讨论意见", optional=True)
    fine = Money("决定罚款", optional=True, least=0)
    confiscated = Money("没收违法所得", optional=True, least=0)
    reduction_reason = LongText("裁量理由", optional=True, hint="超出裁量基准的必须写明")
    penalty_no = Text("处罚决定书号", optional=True, max_length=40)
    decided_on = Day("决定日期", optional=True, index=True)
    spot_copy_by = Day("应备案日期", optional=True)
    spot_copied_on = Day("当场处罚备案日期", optional=True)
    serve_by = Day("应送达日期", optional=True)
    served_on = Day("送达日期", optional=True)
    served_how = Choice(Service, "送达方式", optional=True)
    publish_by = Day("应公示日期", optional=True)
    published_on = Day("公示日期", optional=True)
    pay_by = Day("应缴款日期", optional=True)
    fine_paid = Money("实缴罚款", optional=True, least=0)
    paid_on = Day("缴款日期", optional=True)
    reminded_on = Day("催告日期", optional=True)
    apply_from = Day("可申请强制执行日期", optional=True)
    apply_by = Day("申请强制执行截止日期", optional=True)
    enforcement_asked_on = Day("申请强制执行日期", optional=True)
    closed_on = Day("结案日期", optional=True, index=True)
    archive_by = Day("应归档日期", optional=True)
    archived_on = Day("归档日期", optional=True)

    def outside_band(self) -> bool:
        """Whether the fine decided leaves the band of the line that the case names."""
        return self.discretion_id is not None and self.fine is not None and not self.discretion.holds(self.fine)

    def faults(self):
        """Steps follow one another; one act is punished once; the hearing is told in time."""
        yield from out_of_order(self, STEPS)
        if self.plate and (twin := self.twin()):
            yield (
                "plate",
                f"{self.plate} {self.happened_on} 因同一案由已有案件 {twin.number}，同一行为不得给予两次罚款。",
            )
        if self.hearing_on and self.hearing_told_on and self.hearing_told_on > HEARING_NOTICE.latest(self.hearing_on):
            yield "hearing_told_on", f"听证通知迟了，最迟应为 {HEARING_NOTICE.latest(self.hearing_on)}。"

    def twin(self) -> "Case | None":
        """Another case of the same vehicle, day and act."""
        same = Case._base_manager.filter(plate=self.plate, happened_on=self.happened_on, charge=self.charge)
        return same.exclude(pk=self.pk).exclude(state__in=("void", "not_filed")).first()

    class Flow(CaseFlow):
        pass

    class Page(CasePage):
        pass

    class Measures:
        filed = Count("立案查处", on="filed_on", unit="件")
        trucks = Count("查处货车", on="filed_on", where=Q(kind=CaseKind.FREIGHT), distinct="plate", unit="辆")
        illegal = Count("查处非法营运", on="filed_on", where=Q(kind__in=ILLEGAL_CARRIAGE), unit="台次")
        illegal_decided = Count(
            "其中作出处罚", on="filed_on", where=Q(kind__in=ILLEGAL_CARRIAGE, decided_on__isnull=False), unit="台次"
        )
        taxis = Count("查处出租汽车违规", on="filed_on", where=Q(kind=CaseKind.TAXI), unit="台次")
        yards = Count(
            "处罚源头单位", on="decided_on", where=Q(yard__isnull=False, fine__gt=0), distinct="yard", unit="家"
        )
        decided = Count("处罚决定", on="decided_on", unit="件")
        decided_in_time = Count("按期作出决定", on="decided_on", where=Q(decided_on__lte=F("decide_by")), unit="件")
        spot = Count("当场处罚", on="decided_on", where=Q(procedure=Procedure.SPOT), unit="件")
        fined = Count("作出罚款决定", on="decided_on", where=Q(fine__gt=0), unit="件")
        banded = Count("有裁量条目的罚款", on="decided_on", where=Q(fine__gt=0, discretion__isnull=False), unit="件")
        fines = Sum("fine", "执法案件决定罚款", on="decided_on")
        fines_paid = Sum("fine_paid", "执法案件实缴罚款", on="paid_on")
        reviewed = Count("经法制审核", on="legal_reviewed_on", unit="件")
        heard = Count("举行听证", on="hearing_on", unit="次")
        with_police = Count("移送公安机关案件", on="filed_on", where=Q(state="with_police"), unit="件")
        closed = Count("执法案件结案", on="closed_on", unit="件")

    def __str__(self):
        return f"{self.number} {self.party} {self.charge}"
