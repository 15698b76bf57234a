"""处罚案件的共有字段: what every penalty case records, in the order of its procedure.

Basis: 行政处罚法 (2021); 交通运输行政执法程序规定 and its 24 forms, whose facts these fields are; 行政强制法 (2011) for
what follows an unpaid fine. A trade adds its own number, act and facts.
"""

from typing import Any

from tonggui.ledgers.penalty.clocks import PenaltyClocks
from tonggui.ledgers.penalty.words import CashGround, PartyKind, Procedure, Service
from tonggui.register.declare import (
    Choice,
    Day,
    Flag,
    Integer,
    Link,
    LongText,
    Money,
    Phone,
    Photos,
    Record,
    Text,
    out_of_order,
)
from tonggui.statutes.enforcement import HEARING_NOTICE

#: The days of a case in the order of its procedure.
STEPS = ("happened_on", "filed_on", "noticed_on", "decided_on", "served_on", "closed_on", "archived_on")


class PenaltyCase(PenaltyClocks, Record):
    """One act of one party, from what was found to the archived file."""

    procedure = Choice(Procedure, "办案程序", default=Procedure.ORDINARY)
    charge = Text("案由", max_length=80)
    party = Text("当事人", max_length=80)
    party_kind = Choice(PartyKind, "当事人性质")
    enterprise = Link("parties.Enterprise", "当事企业", optional=True)
    phone = Phone("联系电话", optional=True)
    address = Text("地址", optional=True, max_length=120)
    vehicle = Link("fleet.Vehicle", "车辆档案", optional=True)
    yard = Link("overload.Yard", "货运源头单位", optional=True)
    received_on = Day("收到日期", index=True)
    happened_on = Day("违法行为日期", hint="连续或者继续状态的，为行为终了之日")
    grave = Flag("适用五年时效", hint="涉及公民生命健康安全、金融安全且有危害后果")
    limitation_until = Day("追究时效届满日期", optional=True)
    scene = Text("事发地点", max_length=60)
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
    correction_no = Text("责令改正通知书号", optional=True, max_length=40)
    correct_by = Day("应改正日期", optional=True)
    noticed_on = Day("告知日期", optional=True, hint="违法行为通知书送达当事人之日")
    noticed_fine = Money("拟罚款", optional=True, least=0)
    intent_no = Text("违法行为通知书号", optional=True, max_length=40)
    defend_by = Day("陈述申辩截止日期", optional=True)
    waived = Flag("放弃陈述申辩", hint="须有当事人书面记录")
    spoken = LongText("当事人意见", optional=True, hint="当场陈述、申辩的内容，没有的写“无”")
    party_signature = Photos("当事人签名")
    hearing_offered = Flag("已告知听证权利")
    hearing_by = Day("要求听证截止日期", optional=True)
    hearing_asked_on = Day("要求听证日期", optional=True)
    hearing_no = Text("听证通知书号", optional=True, max_length=40)
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
    instalments = LongText("分期延期安排", optional=True, hint="每期的期限和数额")
    deferral_no = Text("分期延期通知书号", optional=True, max_length=40)
    fine_paid = Money("实缴罚款", optional=True, least=0)
    paid_on = Day("缴款日期", optional=True)
    cash_ground = Choice(CashGround, "当场收缴依据", optional=True)
    cash_by = Day("应交回罚款日期", optional=True)
    cash_on = Day("交回罚款日期", optional=True, index=False)
    bank_by = Day("应缴存银行日期", optional=True)
    banked_on = Day("缴存银行日期", optional=True, index=False)
    reminded_on = Day("催告日期", optional=True)
    reminder_no = Text("催告书号", optional=True, max_length=40)
    apply_from = Day("可申请强制执行日期", optional=True)
    apply_by = Day("申请强制执行截止日期", optional=True)
    enforcement_asked_on = Day("申请强制执行日期", optional=True)
    compulsion_no = Text("强制执行决定书号", optional=True, max_length=40)
    compelled_on = Day("强制执行决定日期", optional=True, index=False)
    substitute_no = Text("代履行决定书号", optional=True, max_length=40)
    substitute_work = LongText("代履行内容", optional=True, hint="代履行的事项、履行人、预算费用")
    substitute_on = Day("代履行日期", optional=True, index=False)
    interruption_no = Text("中止执行通知书号", optional=True, max_length=40)
    interrupted_on = Day("中止执行日期", optional=True, index=False)
    interruption_reason = LongText("中止终结事由", optional=True)
    interrupted_until = Day("中止期满日期", optional=True)
    quashed_on = Day("撤销日期", optional=True, index=False)
    withdraw_by = Day("应撤回公示日期", optional=True)
    withdrawn_on = Day("撤回公示日期", optional=True, index=False)
    close_by = Day("应结案日期", optional=True)
    closed_on = Day("结案日期", optional=True, index=True)
    archive_by = Day("应归档日期", optional=True)
    archived_on = Day("归档日期", optional=True)

    class Meta:
        abstract = True

    def outside_band(self) -> bool:
        """Whether the fine decided leaves the band of the line that the case names."""
        return self.discretion_id is not None and self.fine is not None and not self.discretion.holds(self.fine)

    def off_the_law(self) -> bool:
        """Whether the fine decided is not the one that the law computes, where it computes one."""
        return False

    def faults(self):
        """Steps follow one another; the hearing is told in time."""
        yield from out_of_order(self, STEPS)
        if self.hearing_on and self.hearing_told_on and self.hearing_told_on > HEARING_NOTICE.latest(self.hearing_on):
            yield "hearing_told_on", f"听证通知迟了，最迟应为 {HEARING_NOTICE.latest(self.hearing_on)}。"

    def when_filed(self, actor: Any) -> None:
        """What filing brings about elsewhere: nothing, unless the trade says so."""

    def when_served(self, actor: Any) -> None:
        """What a decision that has taken effect brings about elsewhere."""

    def when_quashed(self, actor: Any) -> None:
        """What goes with a decision that no longer stands."""
