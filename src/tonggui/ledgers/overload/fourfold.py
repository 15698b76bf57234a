"""一超四罚核查台账: vehicle, driver, enterprise and source yard of each effective overload case, counted and followed.

Basis: 公路安全保护条例 第六十六条; 超限运输车辆行驶公路管理规定 (2016年第62号令) 第三十二条, 第四十四条, 第四十六条.
One row for each of the four, opened by `open_checks` on the day on which the decision was served, because each goes
to its own authority with its own days. 黑名单和信用记录 are kept where article 32 names them; whether the national
list of 2017 is still in force is not certain, so nothing is entered there by itself.
"""

from django.db.models import Q

from tonggui.ledgers.overload.fourfold_flow import FourfoldFlow
from tonggui.ledgers.overload.fourfold_kinds import Checked, Level
from tonggui.ledgers.overload.fourfold_open import open_checks, withdraw_checks
from tonggui.register.declare import (
    Amount,
    Bars,
    Choice,
    Count,
    Day,
    Integer,
    Ledger,
    Link,
    LongText,
    Matrix,
    Number,
    Paper,
    Plate,
    Record,
    Section,
    Sum,
    Text,
    Watch,
    anyone,
    derive,
)
from tonggui.statutes.overloading.counted_acts import ANSWER, CHECK

__all__ = ["Fourfold", "open_checks", "withdraw_checks"]


class Fourfold(Record):
    """One of the four checks of one case: whom, how often within the year, what follows, who decides, what came."""

    number = Number("YC{year}{seq:05}", year_of="took_effect_on")
    overload_case = Link("overload.Case", "超限案件")
    checked_party = Choice(Checked, "核查对象")
    subject_name = Text("对象名称", max_length=80)
    plate = Plate("号牌号码", index=True)
    vehicle = Link("fleet.Vehicle", "车辆档案", optional=True)
    driver = Link("fleet.Driver", "驾驶员档案", optional=True)
    enterprise = Link("parties.Enterprise", "车属企业", optional=True)
    yard = Link("overload.Yard", "货运源头单位", optional=True)
    acted_on = Day("计次日期", optional=True, hint="违法超限运输之日或处罚决定生效之日，由本局参数确定")
    took_effect_on = Day("生效日期", index=True)
    repeat_no = Integer("第几次", default=0, total=False, hint="按本局认定的年度")
    counted_from = Day("计算年度起日", optional=True)
    counted_to = Day("计算年度止日", optional=True)
    rolling_no = Integer("连续十二个月次数", unit="次", default=0, total=False)
    anniversary_no = Integer("证照年度次数", unit="次", default=0, total=False)
    vehicles_over = Integer("超限车辆数", unit="辆", optional=True, total=False)
    vehicles_owned = Integer("在册货车数", unit="辆", optional=True, total=False)
    owned_on = Day("在册数取数日期", optional=True)
    over_share = Amount("超限车辆占比", unit="%", optional=True, total=False)
    level = Choice(Level, "计次等级")
    counting = LongText("计次说明", optional=True)
    follows = Text("应当处理", optional=True, max_length=100)
    handling_body = Text("处理机关", optional=True, max_length=60)
    verify_by = Day("应核查日期", optional=True)
    copy_by = Day("应抄告日期", optional=True, index=True)
    warned_on = Day("警示日期", optional=True)
    copied_on = Day("抄告日期", optional=True)
    reply_by = Day("应答复日期", optional=True)
    answered_on = Day("答复日期", optional=True)
    result = LongText("处置结果", optional=True)
    blacklisted_on = Day(
        "列入黑名单日期", optional=True, hint="依照第62号令第三十二条列入的；列入国家名单的口径请先核实"
    )
    credit_note = LongText("信用记录", optional=True)

    @derive("took_effect_on")
    def derive_verify_by(self):
        return CHECK.due(self.took_effect_on)

    @derive("copied_on")
    def derive_reply_by(self):
        return ANSWER.due(self.copied_on)

    class Flow(FourfoldFlow):
        pass

    class Page(Ledger):
        title = "一超四罚"
        menu = "治超管理"
        columns = (
            "number took_effect_on checked_party subject_name repeat_no over_share level follows verify_by "
            "copied_on state"
        )
        filters = "took_effect_on checked_party level state enterprise yard copied_on"
        search = "number subject_name plate overload_case__number"
        names = "number"
        form = [
            Section("核查", "overload_case checked_party subject_name plate vehicle driver enterprise yard"),
            Section(
                "计次", "level took_effect_on acted_on repeat_no counted_from counted_to rolling_no anniversary_no"
            ),
            Section("企业占比", "vehicles_over vehicles_owned owned_on over_share"),
            Section("说明", "counting"),
            Section("处置", "follows handling_body verify_by warned_on copy_by copied_on reply_by answered_on result"),
            Section("信用", "blacklisted_on credit_note"),
        ]
        read = {"county": anyone}
        write = {"overload_officer": anyone}
        exports = (
            "number took_effect_on checked_party subject_name plate enterprise yard repeat_no rolling_no "
            "anniversary_no vehicles_over vehicles_owned owned_on over_share level follows handling_body copied_on "
            "answered_on result state"
        )
        unit_from = "overload_case"
        detail = "overload/fourfold_acts.html"
        watches = (
            Watch("verify_by", "一超四罚应核查", lead=2, where=Q(state="to_verify"), tell="overload_officer"),
            Watch(
                "copy_by",
                "一超四罚应抄告",
                lead=2,
                where=Q(state="to_verify", level__in=(Level.REACHED, Level.REVOCABLE)),
                tell="overload_officer",
                basis="超限运输车辆行驶公路管理规定第四十四条",
            ),
            Watch("reply_by", "一超四罚应答复", lead=2, where=Q(state="copied"), tell="overload_officer"),
        )
        pictures = (
            Matrix("对象与等级", down="checked_party", across="level"),
            Bars("各对象核查", by="checked_party", stack="level"),
        )
        papers = (
            Paper(
                "一超四罚抄告函",
                "{handling_body}：\n\n我单位查处的{overload_case.number}号违法超限运输案件处罚决定已于{took_effect_on}生效。"
                "经核查，{subject_name}（{checked_party}）为年度内第{repeat_no}次：\n\n{counting}\n\n【应当处理：{follows}。】\n\n"
                "依照《超限运输车辆行驶公路管理规定》第四十四条抄告你单位，请依法处理，并将结果反馈我单位。\n\n"
                "附：行政处罚决定书等案件材料。",
                number="number",
                to="handling_body",
                states="to_verify copied handled",
                dated="copied_on",
            ),
        )
        example = dict(
            overload_case=None,
            checked_party=Checked.VEHICLE,
            subject_name="沪A00001",
            plate="沪A00001",
            took_effect_on="2026-06-15",
            repeat_no=4,
            level=Level.REACHED,
            handling_body="车籍地道路运输管理机构",
        )

    class Measures:
        checks = Count("一超四罚核查", on="took_effect_on", unit="项")
        reached = Count(
            "达到处置标准", on="took_effect_on", where=Q(level__in=(Level.REACHED, Level.REVOCABLE)), unit="项"
        )
        copied = Count("一超四罚抄告", on="copied_on", unit="项")
        handled = Count("一超四罚处置", on="answered_on", where=Q(state="handled"), unit="项")
        repeat_no = Sum("repeat_no", "第几次", on="took_effect_on")
        repeated = Count("屡次违法超限", on="took_effect_on", where=Q(repeat_no__gte=2), unit="项")

    def __str__(self):
        return f"{self.get_checked_party_display()} {self.subject_name}"
