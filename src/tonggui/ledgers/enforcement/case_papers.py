"""Papers of an enforcement case, after the 24 forms attached to 交通运输行政执法程序规定.

The titles and what each must say are those of the national set; the bureau's seal and signatures are put on the print.
"""

from tonggui.register.declare import Paper

PARTY = "当事人：{party}\n\n案由：{charge}"
RIGHT = "如不服本决定，可以自收到本决定书之日起六十日内申请行政复议，或者在六个月内向人民法院提起行政诉讼。"

PAPERS = (
    Paper(
        "立案登记表",
        "案号：{number}\n\n案件来源收到日期：{received_on}\n\n"
        + PARTY
        + "\n\n违法行为发生：{happened_on}，{scene}\n\n【车船：{plate}】\n\n"
        "受案意见：建议立案，由{lead_officer}、{second_officer}办理。\n\n立案日期：{filed_on}",
        number="filing_no",
        signs="经办机构负责人 负责人",
    ),
    Paper(
        "违法行为通知书",
        "{party}：\n\n经调查，你（单位）于{happened_on}在{scene}的行为涉嫌{charge}。\n\n{facts}\n\n"
        "拟对你（单位）作出罚款{noticed_fine}的行政处罚。你（单位）可以在{defend_by}前进行陈述、申辩。\n\n"
        "【如要求听证，请于{hearing_by}前提出，逾期视为放弃。】",
        number="intent_no",
        to="party",
        states="noticed decided served reminded court_applied closed archived",
        copies="存根",
        signs="当事人签收",
    ),
    Paper(
        "听证通知书",
        "{party}：\n\n关于“{charge}”一案，定于{hearing_on}公开举行听证，请准时出席，无正当理由缺席视为放弃。"
        "可以委托一至二人代理。",
        to="party",
        states="noticed",
    ),
    Paper(
        "行政处罚决定书",
        PARTY
        + "\n\n违法事实：{facts}\n\n证据：{evidence_list}\n\n决定：罚款{fine}。【没收违法所得{confiscated}。】\n\n"
        "请自收到本决定书之日起十五日内缴纳罚款。逾期不缴纳的，每日按罚款数额的百分之三加处罚款。\n\n" + RIGHT,
        number="penalty_no",
        to="party",
        states="decided served reminded court_applied closed archived",
        copies="当事人 执法机构",
    ),
    Paper(
        "送达回证",
        "- 送达文书 | 行政处罚决定书（{penalty_no}）\n- 受送达人 | {party}\n- 送达方式 | {served_how}\n"
        "- 送达日期 | {served_on}",
        states="served reminded court_applied closed archived",
        signs="受送达人 送达人 见证人",
    ),
    Paper(
        "催告书",
        "{party}：\n\n你（单位）未履行{penalty_no}行政处罚决定，应缴罚款{fine}，至今加处罚款{late_fine}元。"
        "请自收到本催告书之日起十个工作日内履行。逾期不履行的，将依法申请人民法院强制执行。",
        to="party",
        states="reminded court_applied",
    ),
    Paper(
        "结案报告",
        PARTY + "\n\n办理经过：{filed_on}立案，【{noticed_on}告知，】{decided_on}作出决定，{served_on}送达。\n\n"
        "执行情况：决定罚款{fine}，实缴{fine_paid}，缴款日期{paid_on}。\n\n建议结案。",
        states="closed archived",
        signs="办案人员 负责人",
    ),
)
