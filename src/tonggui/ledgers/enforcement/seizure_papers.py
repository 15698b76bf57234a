"""扣押保存文书: the decisions to take, to prolong and to lift, with the list of what was taken.

Five of the 24 national forms: two for evidence kept by registration, three for a vehicle or goods that are held.
"""

from tonggui.ledgers.enforcement.seizure_flow import Measure
from tonggui.register.declare import Paper

KEPT = "held lifted given_back dealt_with"
LIFTED = "lifted given_back"


def registered(seizure) -> bool:
    return seizure.kind == Measure.EVIDENCE


def compulsory(seizure) -> bool:
    return not registered(seizure)


SEIZURE_PAPERS = (
    Paper(
        "证据登记保存清单",
        "依据{ground}，对下列证据先行登记保存，当事人或者有关人员不得销毁或者转移。应于{due_on}前作出处理决定。\n\n"
        "- 保存时间 | 保存地点 | 物品\n- {taken_at} | {kept_at} | {goods}",
        number="measure_no",
        to="party",
        states=f"taken {KEPT}",
        copies="当事人 执法机构",
        signs="当事人 执法人员 执法人员",
        when=registered,
    ),
    Paper(
        "解除证据登记保存决定书",
        "对{measure_no}登记保存的下列证据，现决定自{released_at}起解除登记保存：\n\n{goods}",
        to="party",
        states=LIFTED,
        copies="当事人 执法机构",
        signs="领取人 经办人",
        when=registered,
    ),
    Paper(
        "行政强制措施决定书",
        "你（单位）于{taken_at}在{scene}涉嫌违法，依据{ground}，决定实施{kind}，期限至{due_on}。"
        "\n\n物品清单：{goods}\n\n存放地点：{kept_at}。保管期间不收取保管费用。\n\n{legal_remedies}",
        number="measure_no",
        to="party",
        states=KEPT,
        copies="当事人 执法机构",
        signs="执法人员 当事人",
        when=compulsory,
    ),
    Paper(
        "延长行政强制措施期限通知书",
        "{measure_no}决定采取的行政强制措施，因情况复杂，经批准延长期限，自{extended_on}起办理，延长至{due_on}。\n\n"
        "延长理由：＿＿＿＿＿＿＿＿＿＿\n\n{legal_remedies}",
        to="party",
        states=KEPT,
        copies="当事人 执法机构",
        signs="当事人签收",
        when=lambda seizure: seizure.extended_on is not None,
    ),
    Paper(
        "解除行政强制措施决定书",
        "现决定自{released_at}起解除{measure_no}对下列财物采取的措施，请即领回：\n\n{goods}",
        to="party",
        states=LIFTED,
        signs="领取人 经办人",
        when=compulsory,
    ),
)
