"""扣押保存文书: the decisions to take, to prolong and to lift, with the list of what was taken."""

from tonggui.register.declare import Paper

SEIZURE_PAPERS = (
    Paper(
        "行政强制措施决定书",
        "{party}：\n\n你（单位）于{taken_at}在{scene}涉嫌违法，依据{ground}，决定实施{kind}，期限至{due_on}。"
        "\n\n物品清单：{goods}\n\n存放地点：{kept_at}。保管期间不收取保管费用。\n\n"
        "如不服本决定，可以自收到之日起六十日内申请行政复议，或者在六个月内提起行政诉讼。",
        number="measure_no",
        to="party",
        states="held lifted given_back dealt_with",
        copies="当事人 执法机构",
        signs="执法人员 当事人",
    ),
    Paper(
        "解除行政强制措施决定书",
        "{party}：\n\n现决定自{released_at}起解除{measure_no}对下列财物采取的措施，请即领回：\n\n{goods}",
        to="party",
        states="lifted given_back",
        signs="领取人 经办人",
    ),
)
