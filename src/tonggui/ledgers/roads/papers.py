"""公路文书: the job sheet for a repair, the order to clear road land, and the announcement of a closed road.

Basis: 公路安全保护条例 第四十七条 for repairs, 第十六条 and 第五十六条 with 公路法 第七十七条 and 第七十九条 for the
order, 第五十一条 for what an announcement says: reason, stretch, time, way round and its signs.
"""

from tonggui.register.declare import Paper

TASK = Paper(
    "养护派工单",
    """
请你单位按下列要求处治路段问题，并在期限内提交整治后照片申请复查：

- 问题编号 | 路线 | 路段 | 桩号 | 问题类别
- {number} | {road} | {section} | {stake} | {kind}

问题描述：{content}

工程类别：{works}。整改期限：{due_on}。【估算费用：{estimate}元。】【承修企业：{enterprise}。】

作业时应当穿着安全标志服，按规定设置作业标志；影响通行的，先行设置警示标志，需要封闭公路的另行办理公告。复查由他人进行，合格后销号。
""",
    number="task_no",
    to="owner",
    dated="dispatched_on",
    states="ordered fixed",
)

CORRECTION = Paper(
    "责令限期改正通知书",
    """
经查，你（单位）在{road}{section}【{stake}处】存在下列行为：{content}【，占用面积{occupied_m2}平方米】。

上述行为不符合{clause}的规定。现责令你（单位）于{due_on}前自行改正、恢复原状。

逾期不改正的，依照《中华人民共和国公路法》《公路安全保护条例》的规定处理。对本通知不服的，可以依法申请行政复议或者提起行政诉讼。
""",
    number="notice_no",
    to="party",
    states="ordered fixed closed referred",
    copies="存根 送达",
    signs="送达人 当事人",
)

ANNOUNCEMENT = Paper(
    "关于公路封闭施工的公告",
    """
因{closure_reason}需要，定于{closes_on}至{opens_on}对{road}【{start_stake}至{end_stake}段（{closed_km}公里）】实行{kind}。根据《公路安全保护条例》第五十一条，现公告如下：

受限车辆：{vehicles_barred}。

【绕行路线：{detour}】

【临时道路：{temporary_road}】

【标志设置：{signing}】

请过往车辆和行人按照现场标志通行，服从管理人员指挥，由此带来的不便，敬请谅解。
【现场联系人：{contact}】【　联系电话：{phone}】
""",
    number="announcement_no",
    states="announced closed opened",
    dated="announced_on",
)
