"""超限案件文书: the notice of the intended fine, the decision, and the proof of its service.

Basis: 行政处罚法 (2021) 第四十四条, 第四十五条 (what the party is told, and its right to be heard), 第五十九条 (content
of a decision), 第六十一条 (service), 第六十七条, 第七十二条 (payment); the forms follow 交通运输行政执法程序规定.
Reviews and lawsuits are named without their days: those are the party's by law, not by this paper.
"""

from tonggui.register.declare import Paper

FACTS = """
当事人【{enterprise}（统一社会信用代码：{enterprise.credit_code}），】驾驶员{driver_name}，于{filed_on}被查明：号牌号码为{plate}的车辆
【在{point}】车货总质量{gross_kg}kg，限值{limit_kg}kg，违法超限运输。【装载源头：{source}。】
"""

NOTICE = Paper(
    "违法行为通知书",
    f"""{FACTS}
上述行为违反了《公路安全保护条例》第三十三条、《超限运输车辆行驶公路管理规定》第二十七条的规定。依据《公路安全保护条例》第六十四条、
《超限运输车辆行驶公路管理规定》第四十三条的规定，拟对你（单位）处以罚款{{noticed_fine}}元（人民币{{noticed_fine:大写}}）的行政处罚。

依据《中华人民共和国行政处罚法》第四十四条、第四十五条的规定，你（单位）有权于{{defend_by}}前向我单位陈述、申辩；逾期未陈述、申辩的，视为放弃。
当事人进行陈述、申辩不会被加重处罚。
""",
    number="number",
    to="plate",
    states="noticed decided served closed copied",
    signs="执法人员 执法人员 当事人",
    copies="存根 送达",
    dated="noticed_on",
)

DECISION = Paper(
    "行政处罚决定书",
    f"""{FACTS}
以上事实有称重检测数据、现场照片和询问笔录等证据证实。

我单位于{{noticed_on}}告知当事人拟作出的行政处罚的内容和事实、理由、依据以及依法享有的权利。【裁量理由：{{reduction_reason}}。】

上述行为违反了《公路安全保护条例》第三十三条、《超限运输车辆行驶公路管理规定》第二十七条的规定。依据《公路安全保护条例》第六十四条、
《超限运输车辆行驶公路管理规定》第四十三条的规定，决定给予罚款{{fine}}元（人民币{{fine:大写}}）的行政处罚。

当事人应当自收到本决定书之日起在法定期限内【（即{{pay_by}}前）】到指定的银行或者通过电子支付系统缴纳罚款。到期不缴纳的，依照《中华人民共和国
行政处罚法》第七十二条第一款第一项加处罚款。

对本决定不服的，可以依法申请行政复议或者提起行政诉讼；复议、诉讼期间，处罚不停止执行，法律另有规定的除外。逾期不申请复议、不起诉又不履行的，
我单位将依法申请人民法院强制执行。
""",
    number="number",
    to="plate",
    states="decided served closed copied",
    copies="存根 送达 归档",
    dated="decided_on",
)

SERVICE = Paper(
    "送达回证",
    """
- 案号 | 受送达人 | 送达文书 | 送达日期
- {number} | {plate} {driver_name} | 行政处罚决定书 | {served_on}

送达方式：直接送达（　）　留置送达（　）　邮寄送达（　）　电子送达（　）　公告送达（　）

应送达日期：{serve_by}

备注：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿
""",
    number="number",
    to="plate",
    states="decided served closed copied",
    signs="受送达人 送达人 送达人",
)

CASE_PAPERS = (NOTICE, DECISION, SERVICE)

PERMIT_PAPERS = (
    Paper(
        "超限运输车辆通行证",
        "- 承运人 | {carrier}\n- 车辆 | {plate}【，挂车{trailer_plate}】\n- 货物 | {load}\n"
        "- 长、宽、高 | {load_length_m} m、{load_width_m} m、{load_height_m} m\n- 车货总重 | {gross_t} t\n"
        "- 路线 | {permit_route}\n- 有效期 | {valid_from} 至 {runs_until}\n\n"
        "应随车携带，按指定的时间、路线和速度行驶，并悬挂明显标志。不得租借、转让。",
        number="pass_no",
        states="may_run lapsed",
    ),
)
