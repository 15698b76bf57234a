"""行刑衔接台账: cases that look like a crime, on their way to the police and back.

Basis: 行政执法机关移送涉嫌犯罪案件的规定 (2020) 第五条 to 第十二条; 行政处罚法 (2021) 第二十七条: a penalty may not
take the place of a referral, and a case that is not prosecuted comes back. Our own clocks run in calendar days, those
of the police in working days, as `statutes.referral` says.
"""

from django.db.models import Q, TextChoices

from tonggui.base.clock import CHINA
from tonggui.ledgers.enforcement.referral_flow import OFFICERS, ReferralFlow
from tonggui.register.declare import (
    Choice,
    Count,
    Day,
    Ledger,
    Link,
    LongText,
    Moment,
    Number,
    Paper,
    Record,
    Section,
    Text,
    Watch,
    anyone,
    derive,
)
from tonggui.statutes.referral import APPROVAL, GOODS_OVER, POLICE_DECISION, RE_EXAMINATION, hand_over_within


class Offence(TextChoices):
    DANGEROUS_DRIVING = "dangerous_driving", "危险驾驶罪（刑法第一百三十三条之一）"
    MAJOR_ACCIDENT = "major_accident", "重大责任事故罪（刑法第一百三十四条）"
    DANGEROUS_WORK = "dangerous_work", "危险作业罪（刑法第一百三十四条之一）"
    DANGEROUS_GOODS = "dangerous_goods", "危险物品肇事罪（刑法第一百三十六条）"
    FORGERY = "forgery", "伪造、变造、买卖证件印章罪（刑法第二百八十条）"
    OBSTRUCTION = "obstruction", "妨害公务罪（刑法第二百七十七条）"
    FALSE_PAPERS = "false_papers", "提供虚假证明文件罪（刑法第二百二十九条）"
    OTHER = "other", "其他"


class Referral(Record):
    """One case handed to the police of the same level, by at least two officers' written report."""

    number = Number("YS{year}{seq:04}", year_of="referral_reported_on")
    case = Link("enforcement.Case", "执法案件", optional=True)
    overload_case = Link("overload.Case", "超限案件", optional=True)
    offence = Choice(Offence, "涉嫌罪名")
    referral_reported_on = Day("书面报告日期", index=True)
    reporters = Text("核查人员", max_length=60, hint="专案组不少于两人")
    grounds = LongText("移送理由")
    approve_on = Day("应作出移送决定日期", optional=True)
    approved_at = Moment("批准时间", optional=True)
    hand_over_by = Moment("应移送时间", optional=True)
    referred_at = Moment("移送时间", optional=True)
    referred_on = Day("移送日期", optional=True, index=True)
    receiver = Text("承接单位", optional=True, max_length=60)
    referral_receipt = Text("移送回执号", optional=True, max_length=40)
    police_by = Day("公安机关应决定日期", optional=True)
    police_decided_on = Day("公安机关决定日期", optional=True)
    goods_by = Day("应移交物品日期", optional=True)
    goods_on = Day("移交物品日期", optional=True)
    reexamine_by = Day("提请复议截止日期", optional=True)
    reexamined_on = Day("提请复议日期", optional=True)
    criminal_outcome = LongText("刑事处理结果", optional=True)

    @derive("referral_reported_on")
    def derive_approve_on(self):
        return APPROVAL.due(self.referral_reported_on)

    @derive("approved_at")
    def derive_hand_over_by(self):
        return hand_over_within(self.approved_at)

    @derive("referred_at", always=True)
    def derive_referred_on(self):
        """The day in China of the hand-over."""
        return self.referred_at.astimezone(CHINA).date()

    @derive("referred_on")
    def derive_police_by(self):
        return POLICE_DECISION.due(self.referred_on)

    @derive("police_decided_on")
    def derive_goods_by(self):
        """Goods and material follow within three days once the police have opened the case."""
        return GOODS_OVER.due(self.police_decided_on)

    @derive("police_decided_on")
    def derive_reexamine_by(self):
        return RE_EXAMINATION.due(self.police_decided_on)

    @property
    def referred(self):
        """The case that goes to the police, of whichever trade."""
        return self.case or self.overload_case

    def faults(self):
        """One case, approved before it is handed over, decided after."""
        if (self.case_id is None) == (self.overload_case_id is None):
            yield "case", "请填写“执法案件”或者“超限案件”其中一项。"
        if self.referred_at and self.approved_at and self.referred_at < self.approved_at:
            yield "referred_at", "“移送时间”早于批准时间，请核对。"
        if self.police_decided_on and self.referred_on and self.police_decided_on < self.referred_on:
            yield "police_decided_on", f"“公安机关决定日期”早于移送日期 {self.referred_on}。"

    class Flow(ReferralFlow):
        pass

    class Page(Ledger):
        title = "行刑衔接"
        columns = (
            "number case overload_case offence referral_reported_on approve_on referred_at receiver police_by "
            "police_decided_on state"
        )
        filters = "referral_reported_on unit offence state referred_on"
        search = "number receiver referral_receipt"
        names = "number"
        form = [
            Section("移送", "case overload_case offence referral_reported_on reporters grounds approve_on approved_at"),
            Section("交接", "hand_over_by referred_at receiver referral_receipt"),
            Section(
                "公安机关", "police_by police_decided_on reexamine_by reexamined_on goods_by goods_on criminal_outcome"
            ),
        ]
        read = {"county": anyone}
        write = dict.fromkeys((*OFFICERS, "legal_officer"), anyone)
        exports = (
            "number case overload_case offence referral_reported_on approved_at referred_at receiver referral_receipt "
            "police_decided_on goods_on criminal_outcome state"
        )
        sort = "-referral_reported_on"
        unit_from = "case"
        watches = (
            Watch("approve_on", "应决定是否移送", lead=1, where=Q(state="to_decide"), tell="director"),
            Watch("hand_over_by", "应移送公安机关", lead=1, where=Q(state="approved")),
            Watch("police_by", "公安机关应决定", lead=0, where=Q(state="handed")),
            Watch("reexamine_by", "提请复议期限届满", lead=1, where=Q(state="police_refused")),
            Watch("goods_by", "应移交涉案物品", lead=1, where=Q(state="opened_by_police", goods_on__isnull=True)),
        )
        papers = (
            Paper(
                "涉嫌犯罪案件移送书",
                "【{case.party}一案（{case.number}）】【{overload_case.party}一案（{overload_case.number}）】"
                "，涉嫌{offence}。\n\n{grounds}\n\n"
                "依据《行政执法机关移送涉嫌犯罪案件的规定》第五条，现移送你单位处理。\n\n"
                "附：案件情况的调查报告、涉案物品清单、有关检验报告或者鉴定意见。",
                number="number",
                to="receiver",
                states="approved handed police_refused reexamined opened_by_police concluded returned",
                signs="移送人 接收人",
            ),
        )
        example = dict(
            case=None,
            offence=Offence.FORGERY,
            referral_reported_on="2026-05-18",
            reporters="孙示例、李示例",
            grounds="所持道路运输证经查询系伪造（示例）。",
        )

    class Measures:
        handed = Count("移送公安机关", on="referred_on", unit="件")
        opened = Count(
            "公安机关立案", on="referred_on", where=Q(state__in=("opened_by_police", "concluded")), unit="件"
        )
        approved = Count("同意移送", on="referral_reported_on", where=Q(approved_at__isnull=False), unit="件")

    def __str__(self):
        return f"{self.number} {self.referred}"
