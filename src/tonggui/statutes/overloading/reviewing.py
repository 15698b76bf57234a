"""非现场证据审核: how long the two reviews of a pass may take.

Basis: 行政处罚法 (2021) 第四十一条: what equipment recorded is evidence only after it was reviewed. No national text
sets the time; Guangdong gives 48 hours, Putian five working days, both from the receipt of the record and for both
reviews together. Five working days hold here unless the bureau sets hours, which then go before the days.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tonggui.base.clock import CHINA
from tonggui.law.deadlines import Unit
from tonggui.law.declare import Parameter
from tonggui.statutes.enforcement import clock
from tonggui.statutes.overloading.doubts import AXLE_SUM_SHARE
from tonggui.statutes.sources import BUREAU, CHECKED

_REVIEWING = BUREAU.part("非现场证据审核")
_START = date(2010, 1, 1)

REVIEW = clock(
    "非现场证据审核期限",
    {_START: 5},
    Unit.WORKING_DAY,
    _REVIEWING,
    local=True,
    note="国家未定；莆田为五个工作日。初审、复审合计，自收到记录起算。",
)
REVIEW_HOURS = Parameter(
    "非现场证据审核小时数",
    unit="小时",
    source=_REVIEWING,
    checked=CHECKED,
    values={_START: 0},
    local=True,
    note="按小时计的填写小时数（广东为48小时），填写后代替按工作日计的期限；0 表示按工作日计。",
)
REVIEW_LEAD = Parameter(
    "非现场证据审核提醒提前量", unit="日", source=_REVIEWING, checked=CHECKED, values={_START: 2}, local=True
)

POINT_NOTICE = clock(
    "监测设施启用前公告期",
    {_START: 15},
    Unit.DAY,
    BUREAU.part("检测点设置公告"),
    local=True,
    note="浙江省公路条例第三十八条为启用前十五日，其他省份请核对。",
)
AXLES_ASKED = Parameter(
    "过车证据须有各轴轴重",
    source=_REVIEWING,
    checked=CHECKED,
    values={_START: 1},
    local=True,
    note="1 为必须有；0 为可以没有，用于整车式衡器。数据标准未列为必填，有轴重的始终核对与总质量是否相符。",
)


def review_due(received_at: datetime) -> date:
    """The last day for both reviews of a record received then; of hours, the day in China in which they end."""
    day = received_at.astimezone(CHINA).date()
    hours = REVIEW_HOURS.on(day)
    return (received_at + timedelta(hours=hours)).astimezone(CHINA).date() if hours else REVIEW.due(day)


def usable_from(notice_on: date) -> date:
    """The first day whose passes at a point may be evidence: its setting-up was public for as long as is asked for."""
    return POINT_NOTICE.due(notice_on)


def axles_agree(on: date, axle_kg: Sequence[float], gross_kg: float) -> bool:
    """Whether the loads of the axles make up the gross mass, within the share beyond which the machine doubts them."""
    return abs(sum(axle_kg) - gross_kg) <= AXLE_SUM_SHARE.on(on) * gross_kg
