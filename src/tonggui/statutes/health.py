"""疫情与卡口: how often exposed staff are tested, how long a checked mark is good, and how long personal data is kept.

Basis: 传染病防治法 for reporting and control, 个人信息保护法 第十九条 for the shortest necessary time of keeping. The
national plans that set test intervals and checkpoints have lapsed and come back with each epidemic, so every number
here is the bureau's own, after the last plans that were in force.
"""

from datetime import date
from typing import Any

from tonggui.law.declare import Act, Parameter
from tonggui.statutes.sources import BUREAU, CHECKED

START = date(2020, 1, 20)
PRIVACY_LAW = Act("中华人民共和国个人信息保护法", since=date(2021, 11, 1))
LAPSED = "全国方案已随防控政策调整停止执行，再次启动时由本局按当时方案确定。"


def local(title: str, value: Any, unit: str, part: str, note: str = LAPSED) -> Parameter:
    """A value the bureau sets for itself."""
    return Parameter(
        title, unit=unit, source=BUREAU.part(part), checked=CHECKED, values={START: value}, local=True, note=note
    )


TEST_EVERY_DAYS = local(
    "防控人员检测间隔", {"border": 2, "station": 7, "checkpoint": 3, "office": 0}, "日", "名单管理",
    "接触跨境货车人员隔日一检、站场一线每周一检取自当时的高风险岗位要求；零为不要求。" + LAPSED,
)  # fmt: skip
FULL_DOSES = local("全程接种剂次", 2, "剂", "疫苗接种")
DEFERRAL_LEAD = local("暂缓接种到期提醒", 7, "日", "疫苗接种", "本局自定。")
TEST_LEAD = local("应检提醒", 1, "日", "名单管理", "本局自定。")
TALLY_PERIOD = local("接种统计周期", "none", "", "疫苗接种", "day、week、month之一，none为不要求。" + LAPSED)
MARK_HOURS = local("已检标识有效时长", 24, "小时", "一检通认")
FEVER = local("体温异常界限", 37.3, "℃", "卡口登记")
OUTSIDE_MINUTES = local("跨境货车离点时限", 10, "分钟", "跨境闭环管理")
ANOMALY_VERIFY_MINUTES = local("跨境轨迹异常核实时限", 30, "分钟", "跨境闭环管理")
ANOMALY_REPORT_MINUTES = local("跨境轨迹异常上报时限", 120, "分钟", "跨境闭环管理")
SUPERVISION_DAYS = local("跨境作业点督导间隔", 7, "日", "跨境闭环管理")
TRAVELLER_KEPT_DAYS = Parameter(
    "卡口登记个人信息保存期", unit="日", source=PRIVACY_LAW.article(19), checked=CHECKED,
    values={START: 30}, local=True, note="法律要求为实现处理目的所必要的最短时间，日数由本局确定。",
)  # fmt: skip
WORKER_KEPT_DAYS = Parameter(
    "防控人员健康信息保存期", unit="日", source=PRIVACY_LAW.article(19), checked=CHECKED,
    values={START: 180}, local=True, note="自离岗之日起算；接种和健康信息属敏感个人信息，日数由本局确定。",
)  # fmt: skip
