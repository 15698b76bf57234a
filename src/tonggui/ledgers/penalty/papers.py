"""Papers of a penalty case, after the 24 forms attached to 交通运输行政执法程序规定.

The titles and what each must say are those of the national set, the words our own; nineteen of the forms are filled by
a case, the other five by what was seized or kept (`enforcement.Seizure`). Records of what is said and seen leave room
for the pen: they are signed page by page. docs/howto/overload-case.md says which form is made where.
"""

from tonggui.ledgers.penalty.words import Procedure
from tonggui.register.declare import Paper

FROM_DECISION = "decided served reminded court_applied interrupted closed archived"
FROM_NOTICE = f"noticed {FROM_DECISION}"
FROM_FILING = f"filed under_review cleared {FROM_NOTICE}"

PARTY = """
- 当事人 | 性质 | 地址 | 联系电话
- {party}【（{enterprise.credit_code}）】 | {party_kind} | {address} | {phone}
"""
OFFICERS = "执法人员：{lead_officer}（{lead_officer.certificate}）、{second_officer}（{second_officer.certificate}）"
ROOM = "\n\n".join(["＿" * 40] * 8)


def on_the_spot(case) -> bool:
    return case.procedure == Procedure.SPOT


def with_inquiry(case) -> bool:
    return case.procedure != Procedure.SPOT


def case_papers(law: str, subject: str, extra: str = "") -> tuple[Paper, ...]:
    """The forms that a case fills. `law`: what was broken and by which clause it is punished; `subject`: the thing
    looked at; `extra`: further states of the trade's procedure behind the decision."""
    decision, noticed, filed = (f"{states} {extra}".strip() for states in (FROM_DECISION, FROM_NOTICE, FROM_FILING))
    unpaid = "reminded court_applied interrupted"
    return (
        Paper(
            "立案登记表",
            f"案号：{{number}}\n\n案由：{{charge}}\n\n收到日期：{{received_on}}\n\n{PARTY}\n\n"
            f"违法行为发生：{{happened_on}}【，{{scene}}】\n\n"
            f"{subject}\n\n案件基本情况：{{facts}}\n\n立案依据：{law}\n\n"
            "经办机构意见：建议立案，由{lead_officer}、{second_officer}办理。\n\n立案日期：{filed_on}",
            number="filing_no",
            signs="经办机构负责人 负责人",
        ),
        Paper(
            "询问笔录",
            f"案由：{{charge}}　案号：{{number}}\n\n被询问人：＿＿＿＿　与案件关系：＿＿＿＿　{PARTY}\n\n{OFFICERS}\n\n"
            "询问时间：＿＿年＿＿月＿＿日＿＿时＿＿分至＿＿时＿＿分　地点：＿＿＿＿＿＿\n\n"
            "已向被询问人出示执法证件，告知其有申请回避、如实回答、陈述申辩的权利和义务。\n\n"
            f"问：请说明{{happened_on}}【在{{scene}}】的情况。\n\n答：\n\n{ROOM}",
            states=filed,
            signs="被询问人 询问人 记录人",
            when=with_inquiry,
        ),
        Paper(
            "勘验笔录",
            f"案由：{{charge}}　案号：{{number}}\n\n{subject}\n\n勘验场所：{{scene}}　天气：＿＿＿＿\n\n"
            f"勘验时间：＿＿年＿＿月＿＿日＿＿时＿＿分至＿＿时＿＿分\n\n{OFFICERS}\n\n勘验情况及结果：\n\n{ROOM}",
            states=filed,
            signs="当事人或者代理人 勘验人 见证人",
            when=with_inquiry,
        ),
        Paper(
            "现场笔录",
            f"案由：{{charge}}　案号：{{number}}\n\n执法地点：{{scene}}　"
            f"执法时间：{{happened_on}}\n\n{PARTY}\n\n{subject}\n\n"
            f"{OFFICERS}\n\n已出示执法证件，告知当事人权利义务。"
            f"现场情况：{{facts}}\n\n【当事人意见：{{spoken}}】\n\n{ROOM}",
            signs="当事人 执法人员 执法人员 见证人",
        ),
        Paper(
            "抽样取证凭证",
            f"案由：{{charge}}　案号：{{number}}\n\n{PARTY}\n\n{OFFICERS}\n\n抽样时间：＿＿＿＿　地点：{{scene}}\n\n"
            "- 序号 | 物品名称 | 规格及批号 | 数量 | 备注\n- 1 |  |  |  | \n- 2 |  |  |  | ",
            states=filed,
            signs="当事人或者代理人 执法人员 执法人员",
            copies="当事人 执法机构",
            when=with_inquiry,
        ),
        Paper(
            "责令改正违法行为通知书",
            f"经查，{{facts}}\n\n{law}\n\n现责令你（单位）于{{correct_by}}前改正上述违法行为。{{legal_remedies}}",
            number="correction_no",
            to="party",
            states=filed,
            copies="存根 送达",
            signs="当事人签收",
            when=lambda case: bool(case.correction_no),
        ),
        Paper(
            "违法行为通知书",
            f"经调查，{{facts}}\n\n{law}\n\n"
            "拟对你（单位）作出行政处罚：{intended_penalty}。\n\n"
            "依据《中华人民共和国行政处罚法》第四十四条、第四十五条，"
            "你（单位）有权【于{defend_by}前】向我单位陈述、申辩，"
            "逾期未提出的，视为放弃。陈述、申辩不会使处罚加重。\n\n"
            "【拟作出的处罚属于应当告知听证的，你（单位）可以于{hearing_by}前要求听证，逾期视为放弃。】",
            number="intent_no",
            to="party",
            states=noticed,
            copies="存根 送达",
            signs="当事人签收 执法人员 执法人员",
            dated="noticed_on",
            when=with_inquiry,
        ),
        Paper(
            "听证通知书",
            "你（单位）于{hearing_asked_on}就“{charge}”一案提出的听证要求已经受理。"
            "定于{hearing_on}公开举行听证，请准时"
            "出席，无正当理由缺席的，视为放弃听证。可以委托一至二人代理，有权申请主持人回避。",
            number="hearing_no",
            to="party",
            states="noticed",
            copies="存根 送达",
            when=lambda case: bool(case.hearing_no),
        ),
        Paper(
            "听证笔录",
            f"案由：{{charge}}　案号：{{number}}\n\n听证时间：{{hearing_on}}　"
            f"地点：＿＿＿＿\n\n主持人：＿＿＿＿　记录人：＿＿＿＿\n\n{PARTY}\n\n"
            f"案件调查人员：{{lead_officer}}、{{second_officer}}\n\n调查人员提出：{{facts}}证据：{{evidence_list}}\n\n"
            f"拟{{intended_penalty}}。\n\n【听证情况：{{hearing_record}}】\n\n{ROOM}",
            states=noticed,
            signs="当事人或者代理人 主持人 记录人",
            when=lambda case: bool(case.hearing_on),
        ),
        Paper(
            "当场行政处罚决定书",
            f"{PARTY}\n\n{subject}\n\n违法事实：{{facts}}\n\n{law}\n\n"
            "已当场告知你（单位）拟作出处罚的事实、理由、依据和权利，当事人意见：{spoken}\n\n"
            "【裁量理由：{reduction_reason}】\n\n决定：{penalty}。\n\n"
            "【缴款：{cash_ground}，当场收缴{fine_paid}元，出具统一制发的专用票据。】【请{payment_terms}】\n\n{legal_remedies}",
            number="penalty_no",
            to="party",
            states=decision,
            copies="当事人 执法机构",
            signs="当事人 执法人员 执法人员",
            dated="decided_on",
            when=on_the_spot,
        ),
        Paper(
            "行政处罚决定书",
            f"{PARTY}\n\n{subject}\n\n违法事实：{{facts}}\n\n【证据：{{evidence_list}}】\n\n"
            "我单位于{noticed_on}告知拟作出行政处罚的内容和事实、理由、依据以及依法享有的权利。"
            "【裁量理由：{reduction_reason}】\n\n"
            f"{law}\n\n决定：{{penalty}}。【没收违法所得{{confiscated}}元。】\n\n【请{{payment_terms}}】\n\n"
            "{legal_remedies}逾期不申请复议、不起诉又不履行的，我单位将依法申请人民法院强制执行。",
            number="penalty_no",
            to="party",
            states=decision,
            copies="存根 送达 归档",
            dated="decided_on",
            when=with_inquiry,
        ),
        Paper(
            "送达回证",
            "- 案号 | 受送达人 | 送达文书 | 送达方式 | 送达日期\n"
            "- {number} | {party} | 行政处罚决定书（{penalty_no}） | {served_how} | {served_on}\n\n"
            "应送达日期：{serve_by}　送达地点：＿＿＿＿＿＿\n\n"
            "代收人及与受送达人关系：＿＿＿＿＿＿\n\n备注：＿＿＿＿＿＿",
            to="party",
            states=decision,
            signs="受送达人 送达人 送达人 见证人",
        ),
        Paper(
            "分期（延期）缴纳罚款通知书",
            "你（单位）因{penalty_no}行政处罚决定应缴罚款{fine}元，"
            "申请分期（延期）缴纳。经审查，同意：{instalments}\n\n"
            "请于{pay_by}前缴清。逾期未按安排缴纳的，依法加处罚款并申请强制执行。",
            number="deferral_no",
            to="party",
            states="served reminded court_applied interrupted closed archived " + extra,
            copies="存根 送达",
            when=lambda case: bool(case.deferral_no),
        ),
        Paper(
            "催告书",
            "我单位于{decided_on}作出{penalty_no}行政处罚决定，"
            "你（单位）至{pay_by}未缴纳罚款{fine}元，【加处罚款{late_fine}元。】\n\n"
            "请于{apply_from}前履行，缴款方式为指定的银行或者电子支付系统。"
            "你（单位）有权陈述、申辩。无正当理由逾期仍不履行的，我单位"
            "将依法强制执行或者申请人民法院强制执行。",
            number="reminder_no",
            to="party",
            states=f"{unpaid} closed archived {extra}".strip(),
            copies="存根 送达",
            signs="当事人签收",
            dated="reminded_on",
            when=lambda case: bool(case.reminded_on),
        ),
        Paper(
            "行政强制执行决定书",
            "你（单位）未履行{penalty_no}行政处罚决定，"
            "我单位于{reminded_on}催告后仍未履行。依据《中华人民共和国行政强制法》"
            "第三十七条，决定于{compelled_on}起强制执行：＿＿＿＿＿＿＿＿＿＿\n\n{legal_remedies}",
            number="compulsion_no",
            to="party",
            states=unpaid,
            copies="存根 送达",
            when=lambda case: bool(case.compulsion_no),
        ),
        Paper(
            "代履行决定书",
            "你（单位）逾期未履行{penalty_no}决定的义务。"
            "依据《中华人民共和国行政强制法》第五十条、第五十一条，决定由我单位或者"
            "委托没有利害关系的第三人代履行：{substitute_work}\n\n"
            "代履行日期：{substitute_on}，费用由当事人承担。代履行前再次催告，届时履行的"
            "停止代履行。\n\n{legal_remedies}",
            number="substitute_no",
            to="party",
            states=unpaid,
            copies="存根 送达",
            when=lambda case: bool(case.substitute_no),
        ),
        Paper(
            "执行公告",
            "{party}未履行{penalty_no}行政处罚决定确定的义务，经催告仍未履行。现公告：＿＿＿＿＿＿＿＿＿＿\n\n"
            "【强制执行决定：{compulsion_no}，自{compelled_on}起执行。】\n\n"
            "【代履行决定：{substitute_no}，于{substitute_on}代履行：{substitute_work}】\n\n"
            "请有关单位和个人予以配合。",
            states=unpaid,
            when=lambda case: bool(case.compulsion_no or case.substitute_no),
        ),
        Paper(
            "中止（终结、恢复）行政强制执行通知书",
            "{penalty_no}行政处罚决定的强制执行，因{interruption_reason}，"
            "自{interrupted_on}起中止（　）／终结（　）／恢复（　）。\n\n"
            "中止的情形消失后恢复执行。【中止满{interrupted_until}未恢复执行的，不再执行。】",
            number="interruption_no",
            to="party",
            states=f"{unpaid} closed",
            copies="存根 送达",
            when=lambda case: bool(case.interruption_no),
        ),
        Paper(
            "结案报告",
            f"案由：{{charge}}　案号：{{number}}\n\n{PARTY}\n\n{subject}\n\n"
            "办理经过：{filed_on}立案，【{noticed_on}告知，】{decided_on}作出{penalty_no}决定，{served_on}送达。\n\n"
            "处罚及执行：{penalty}，【实缴{fine_paid}元，"
            "】【缴款日期{paid_on}。】【中止、终结事由：{interruption_reason}】\n\n"
            "建议结案。结案日期：{closed_on}",
            states=f"closed archived {extra}".strip(),
            signs="办案人员 办案人员 负责人",
        ),
    )
