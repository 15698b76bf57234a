"""检查与隐患文书: the record of a visit, the notice that orders a hazard put right, and the opinion after the recheck.

Basis: 安全生产法 (2021) 第六十五条第一款第三项 and 第一百零二条 for the order, 第六十八条 for the written record signed
by both sides; 交通运输安全生产事故隐患治理监督管理办法 for what a notice names: hazard, basis, measures, day, review.
"""

from tonggui.register.declare import Paper

VISIT = Paper(
    "现场检查记录",
    """
被检查单位：{subject}【（统一社会信用代码：{enterprise.credit_code}）】

检查时间：{visited_on}　检查类型：{kind}【　专项行动：{campaign}】

检查人员：{inspectors}　出动人员：{staff}人次　出动车辆：{vehicles}车次

【联合检查单位：{partners}】

检查情况：本次检查发现问题{hazards_found}处。【{findings}】

以上记录经被检查单位现场负责人核对。被检查单位负责人拒绝签字的，由检查人员将情况记录在案。
""",
    number="number",
    signs="检查人员 检查人员 被检查单位负责人",
    copies="存档 被检查单位",
    dated="visited_on",
)

ORDER = Paper(
    "责令限期整改通知书",
    """
经查，你单位存在下列事故隐患：

- 隐患编号 | 隐患内容 | 隐患等级 | 整改期限
- {number} | {content} | {grade} | {due_on}

【上述情况不符合{clause}的规定。】【判定为重大事故隐患的依据：{criterion}。】

依据《中华人民共和国安全生产法》第六十五条第一款第三项的规定，现责令你单位于{due_on}前整改完毕，达到法律、法规、规章和标准规定的要求。
由此造成事故的，依法追究有关人员的责任。

【整改责任人：{responsible}。】【整改措施：{measures}。】【整改资金：{funds}元。】【应急预案：{emergency_plan}。】

整改期间，你单位应当采取措施，防止发生生产安全事故；整改完成后，将整改情况书面报我单位申请复查。逾期未整改或者整改不合格的，
依照《中华人民共和国安全生产法》第一百零二条等规定处理。

对本通知书不服的，可以依法申请行政复议或者提起行政诉讼；复议、诉讼期间不停止执行，法律另有规定的除外。
""",
    number="notice_no",
    to="enterprise",
    states="ordered fixed closed",
    signs="检查人员 检查人员 被检查单位负责人",
    copies="存根 送达",
)

REVIEW = Paper(
    "整改复查意见书",
    """
我单位于{found_on}检查发现你单位存在事故隐患（隐患编号：{number}）：{content}。【已以《责令限期整改通知书》（{notice_no}）责令你单位于{due_on}前整改。】

【你单位于{fixed_on}报告整改完成。】【采取的整改措施：{measures}。】

经{rechecked_on}现场复查，意见如下：该隐患{state}。

【复查合格，于{closed_on}予以销号。】请你单位巩固整改成果，落实安全生产主体责任，防止同类隐患重复发生。
""",
    number="notice_no",
    to="enterprise",
    states="ordered fixed closed",
    signs="复查人员 复查人员 被复查单位负责人",
    copies="存根 送达",
)
