"""综合办公: how long the bureau has to answer deputies, citizens and callers, and how its own meetings and tasks
recur.

Basis: 代表法 第四十二条 for suggestions of deputies (proposals of the consultative conference are handled alike);
信访工作条例 第二十三条 and 第三十四条 for petitions. For the 12328 hotline and for questions put in public (阳光问政)
the bureau's own numbers stand until the text that binds it is entered.
"""

from datetime import date
from typing import Any

from tonggui.law.deadlines import Deadline, Unit
from tonggui.law.declare import Act, Article, Parameter
from tonggui.statutes.sources import BUREAU, CHECKED
from tonggui.statutes.working_days import CALENDAR

START = date(2014, 12, 1)
OWN = BUREAU.part("综合办公")

DEPUTIES_LAW = Act(
    "中华人民共和国全国人民代表大会和地方各级人民代表大会代表法",
    "2015年修正",
    since=date(2015, 8, 29),
    doubt="2025年再次修正，新文本的条号待核对；三个月、六个月的期限取自2015年文本。",
)
PETITION_RULE = Act("信访工作条例", since=date(2022, 5, 1), doubt="条号待核对；十五日、六十日、三十日已知。")


def period(title: str, length: int, unit: Unit, source: Article = OWN, **more: Any) -> Deadline:
    return Deadline(
        title,
        {source.act.since or START: length},
        unit,
        source,
        checked=CHECKED,
        calendar=CALENDAR,
        local=source is OWN,
        **more,
    )


def own(title: str, amount: Any, unit: str, note: str) -> Parameter:
    """A number that the bureau sets for itself."""
    return Parameter(
        title, unit=unit, source=OWN, checked=CHECKED, values={START: amount}, local=True, note=note or "本局自定。"
    )


# Suggestions and proposals
PROPOSAL_REPLY = period(
    "建议提案答复期限", 3, Unit.MONTH, DEPUTIES_LAW.article(42), note="自交办之日起；政协提案参照。"
)
COMPLEX_PROPOSAL_REPLY = period(
    "复杂建议提案答复期限", 6, Unit.MONTH, DEPUTIES_LAW.article(42), note="涉及面广、处理难度大的，自交办之日起。"
)
SECOND_PROPOSAL_REPLY = period("建议提案再次办理期限", 1, Unit.MONTH, note="代表、委员反馈不满意之日起；法律未定。")
PROPOSAL_LEAD = own("建议提案答复提醒提前期", (30, 10, 3), "日", "答复期限前多少日提醒承办单位。")

# What citizens ask
HOTLINE_ACCEPTANCE = period("热线诉求受理期限", 1, Unit.WORKING_DAY, note="12328、12345转办件；地方规程不一，待核对。")
HOTLINE_REPLY = period("热线诉求答复期限", 5, Unit.WORKING_DAY, note="自收到之日起；地方规程五至十个工作日不一。")
PUBLIC_QUESTION_REPLY = period("公开问政答复期限", 5, Unit.WORKING_DAY, note="阳光问政和网络留言，自收到之日起。")
PETITION_ACCEPTANCE = period("信访事项受理期限", 15, Unit.DAY, PETITION_RULE.article(23), note="自收到之日起告知。")
PETITION_REPLY = period("信访事项办结期限", 60, Unit.DAY, PETITION_RULE.article(34), note="自受理之日起。")
PETITION_EXTENSION = period(
    "信访事项延长期限", 30, Unit.DAY, PETITION_RULE.article(34), note="经单位负责人批准，最多。"
)
COMPLAINANT_KEPT = own("诉求人信息保存期限", 730, "日", "办结之日起，届满清除姓名和电话；法律未定日数。")

# Meetings and tasks
MEETING_GRACE = own("安全会议补录宽限", 5, "日", "期间结束后多少日内补录仍不算缺会。")
TASK_LEAD = own("督办任务到期提醒", (15, 3), "日", "完成期限前多少日提醒责任单位。")
DRAFT_LEAD = own("征求意见截止提醒", 3, "日", "征求意见截止前多少日提醒拟稿人。")
PROGRESS_REPORT_DAYS = own("督办任务进展报送间隔", 30, "日", "推进中的任务多少日内至少报一次进展。")
