"""党建指标 PTY: points, activity and rank on the study platform, the kinds of Party activities, circulars passed on.

Basis: 中国共产党支部工作条例 (主题党日, 三会一课); 党委（党组）理论学习中心组学习规则. The platform's points are the
mean of the months' returns, its activity the active learners of all learners in them; the rank is that of the last
month.
"""

from tonggui.ledgers.office.document import Document
from tonggui.ledgers.party.activity import Activity
from tonggui.ledgers.party.study import Study
from tonggui.measure.declare import LAST_MONTH, SELF, Ratio, Told, Total

PLATFORM = "学习强国月报"
ACTIVITIES = "党组织活动登记"
EACH = {"activity": SELF, "kind": "kind"}

points_sum = Total("PTY-01S", "学习平台月平均积分合计", "分", of=Study.Measures.points, places=1, basis=PLATFORM)
returns = Total("PTY-01N", "学习平台月报期数", "期", of=Study.Measures.returns, basis=PLATFORM)
mean_points = Ratio("PTY-01", "学习平台平均积分", unit="分", over=points_sum, under=returns, basis=PLATFORM)
active = Total("PTY-02N", "学习平台活跃人数", "人次", of=Study.Measures.active, basis=PLATFORM)
learners = Total("PTY-02L", "学习平台参学人数", "人次", of=Study.Measures.learners, basis=PLATFORM)
activity_rate = Ratio("PTY-02", "学习平台活跃度", over=active, under=learners, basis=PLATFORM)


def _of_last_month(code: str, title: str, unit: str, field: str) -> Told:
    return Told(code, title, unit, of=Study.Measures.returns, field=field, during=LAST_MONTH, basis=PLATFORM)


rank = _of_last_month("PTY-02R", "学习平台排名", "名", "platform_rank")
units_ranked = _of_last_month("PTY-02U", "学习平台参加排名单位", "个", "units_ranked")


def _held(code: str, title: str, of) -> Total:
    return Total(code, title, "次", of=of, by={"activity": SELF}, names="subject", basis=ACTIVITIES)


theme_days = _held("PTY-04", "开展主题党日", Activity.Measures.theme_days)
central_group = _held("PTY-05", "中心组学习", Activity.Measures.central_group)
clean = _held("PTY-06", "召开廉政教育会议", Activity.Measures.clean)
culture = _held("PTY-08", "开展文体活动", Activity.Measures.culture)
circulars = Total("PTY-07", "传达通报", "份", of=Document.Measures.circulars, names="name", basis="文件传阅登记")

activities = Total(
    "PTY-09", "开展党建活动", "次", of=Activity.Measures.activities, by=EACH, names="subject", basis=ACTIVITIES
)
present = Total("PTY-09N", "参加党建活动人员", "人次", of=Activity.Measures.present, by=EACH, basis=ACTIVITIES)


def _of_activity(code: str, title: str, field: str) -> Told:
    return Told(code, title, of=Activity.Measures.activities, field=field, by={"activity": SELF}, basis=ACTIVITIES)


activity_kind = _of_activity("PTY-09K", "党建活动类别", "kind")
activity_subject = _of_activity("PTY-09S", "党建活动主题", "subject")
activity_day = _of_activity("PTY-09T", "党建活动日期", "held_on")
