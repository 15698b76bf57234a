"""The answer to a deputy or member, as it goes out: what the bureau did, its grade, and whom to call."""

from tonggui.register.declare import Paper

REPLY = Paper(
    "建议提案答复函",
    """
{movers}：

您提出的《{name}》（{proposal_no}）收悉。经与您沟通研究，现答复如下：

{answer}

办理结果：{outcome_class}。

【会同办理单位：{other_office}。】

感谢您对交通运输工作的关心和支持。

联系单位：{owner}　承办人员：{person}
""",
    number="answer_no",
    to="movers",
    states="replied again completed",
    dated="answered_on",
    copies="人大代表工作机构或政协提案机构 存档",
)
