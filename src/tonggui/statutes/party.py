"""党建与宣传: how often a branch meets, when a vote counts, how fast an answer is due, and what the bureau has set.

Basis: 中国共产党支部工作条例（试行） and 中国共产党党组工作条例 for meetings and quorums; 国办发〔2016〕61号 for
answers to public sentiment; 中国共产党纪律处分条例 and 中国共产党问责条例 for how long a sanction lasts. The other
numbers are the bureau's own.
"""

from datetime import date
from typing import Any

from tonggui.law.deadlines import Deadline, Unit
from tonggui.law.declare import Act, Article, Parameter
from tonggui.statutes.sources import BUREAU, CHECKED
from tonggui.statutes.working_days import CALENDAR

START = date(2018, 10, 28)
#: The first day of what the bureau sets for itself: before any month that its books hold.
LOCAL = date(2000, 1, 1)
BRANCH_RULES = Act("中国共产党支部工作条例（试行）", since=START, doubt="条号待核对，周期取自常用转载文本。")
GROUP_RULES = Act("中国共产党党组工作条例", "2019年修订", since=date(2019, 4, 6), doubt="条号待核对。")
STUDY_RULES = Act("中国共产党党委（党组）理论学习中心组学习规则", since=date(2017, 1, 30), doubt="条号待核对。")
SENTIMENT_RULES = Act("关于在政务公开工作中进一步做好政务舆情回应的通知", "国办发〔2016〕61号", since=date(2016, 7, 30))
INSPECTION_RULES = Act(
    "中国共产党巡视工作条例", "2024年修订", since=date(2024, 2, 8), doubt="施行日期和整改期限的条文待核对。"
)
DISCIPLINE_RULES = Act("中国共产党纪律处分条例", "2023年修订", since=date(2024, 1, 1), doubt="条号待核对。")


def local(title: str, value: Any, unit: str, part: str, note: str, source: Article | None = None) -> Parameter:
    """A value the bureau sets, under the heading of its own rule or of the rule that leaves it open."""
    return Parameter(
        title, unit=unit, source=source or BUREAU.part(part), checked=CHECKED, values={LOCAL: value}, local=True,
        note=note,
    )  # fmt: skip


ACTIVITY_PERIOD = local(
    "党内组织生活周期",
    {
        "general_meeting": "quarter", "committee": "month", "group_meeting": "month", "theme_day": "month",
        "central_group": "quarter", "organisation_life": "year", "democratic_life": "year",
    },
    "", "", "条例用“一般”，上级另有要求的由本局调整；党课没有统一次数，不作周期提醒。", BRANCH_RULES.part("组织生活"),
)  # fmt: skip
BRANCH_GRACE = local("组织生活补录宽限", 5, "日", "党建台账", "周期结束后补录台账的日数。")
VOTING_ATTENDANCE = Parameter(
    "党员大会表决到会比例下限", unit="%", source=BRANCH_RULES.part("党员大会"), checked=CHECKED, values={START: 50},
    note="表决须有半数以上有表决权的党员到会。",
)  # fmt: skip
GROUP_ATTENDANCE = Parameter(
    "党组会议到会比例下限", unit="%", source=GROUP_RULES.part("议事规则"), checked=CHECKED,
    values={date(2019, 4, 6): {"decision": 50, "appointment": 66.6, "project": 50, "funds": 50}},
    note="半数以上成员到会方可召开，讨论决定干部任免须三分之二以上到会；比例保留一位小数，条号待核对。",
)  # fmt: skip
FOREFRONT_SHARE = local(
    "“前列”表述的位次范围", 25, "%", "文字材料", "位次在参加排名单位的这一比例以内的，方可写“前列”。"
)
STUDY_GRACE = local("学习强国月报宽限", 10, "日", "学习强国月报", "月末以后报送上月情况的日数。")
DISPLAY_FRESH_DAYS = local(
    "宣传阵地内容更新周期",
    {"bulletin": 90, "billboard": 180, "screen": 30, "vehicle_tv": 30, "themed_bus": 365, "themed_station": 365},
    "日", "意识形态阵地", "全国没有统一周期，由本局按阵地类型定。",
)  # fmt: skip
DISPLAY_LEAD = local("宣传阵地更新提醒", 10, "日", "意识形态阵地", "本局自定。")
VERIFY_HOURS = local("舆情核实时限", 4, "小时", "舆情处置", "通知只规定回应时限，核实时限由本局定。")
REPLY_HOURS = Parameter(
    "政务舆情回应时限", unit="小时", source=SENTIMENT_RULES.part("提高政务舆情回应实效"), checked=CHECKED,
    values={date(2016, 7, 30): {"serious": 24, "larger": 48, "general": 48}},
    note="特别重大、重大突发事件的政务舆情最迟5小时内发布权威信息、24小时内举行新闻发布会，其他48小时内回应；"
    "重大舆情取24小时，须5小时内发布的另按突发事件办理。",
)  # fmt: skip
ASKED_REPLY = Deadline(
    "阳光问政答复期限", {START: 5}, Unit.WORKING_DAY, BUREAU.part("阳光问政"), checked=CHECKED, calendar=CALENDAR,
    local=True, note="由当地问政平台的约定确定，缺省五个工作日。",
)  # fmt: skip
SUBMISSIONS_A_QUARTER = local("通讯员每季度投稿篇数", 2, "篇", "通讯员队伍", "本局自定。")
RECTIFICATION_TERM = Deadline(
    "巡察反馈集中整改期限", {START: 6}, Unit.MONTH, INSPECTION_RULES.part("整改"), checked=CHECKED, calendar=CALENDAR,
    local=True, note="2024年修订后为六个月，此前通行为两个月；县级巡察另有通知的由本局调整。",
)  # fmt: skip
RECTIFICATION_LEAD = local("巡察整改到期提醒", (60, 30, 7), "日", "巡察整改", "本局自定。")
ASSESSMENT_WEIGHTS = local(
    "述评考学分值比重", {"report": 30, "review": 30, "exam": 40}, "%", "述学评学考学", "三项合计应为一百。"
)
ASSESSMENT_GRADES = local(
    "考核等次分数线", {"excellent": 90, "good": 80, "passed": 60}, "分", "年度目标考核", "低于最低线的为不合格。"
)
SANCTION_MONTHS = Parameter(
    "问责影响期", unit="个月", source=DISCIPLINE_RULES.part("纪律处分"), checked=CHECKED,
    values={START: {"criticism": 0, "admonition": 6, "transfer": 12, "warning": 12, "serious_warning": 18,
                    "removal": 24}},
    note="警告一年、严重警告一年半、撤职二年；诫勉六个月、组织调整一年取自组织处理规定；条号待核对。",
)  # fmt: skip
SANCTION_LEAD = local("问责影响期届满提醒", 30, "日", "问责台账", "本局自定。")
STAY_DAYS = local("驻村队员每月在村天数", 20, "日", "驻村帮扶", "上级要求多为每月不少于二十天，由本局按当地文件定。")
STAY_GRACE = local("驻村考勤报送宽限", 5, "日", "驻村帮扶", "本局自定。")
TERM_LEAD = local("驻村期满提醒", 60, "日", "驻村帮扶", "本局自定。")
