"""危货运输: how long waybills and loading checks are kept, when a bill is closed, and what a firm must have.

Basis: 危险货物道路运输安全管理办法 (2019) for waybill and loading; 危险化学品安全管理条例 for toxic goods; 道路运输条例
(2023) 第二十三条 for the firm. The order on hazmat transport was revised in 2026; its new text is still to be compared.
"""

from datetime import date

from tonggui.law.deadlines import Unit
from tonggui.law.declare import Act, Parameter
from tonggui.statutes.licences import lead, period
from tonggui.statutes.sources import BUREAU, CHECKED, ROAD_TRANSPORT

LOCAL = date(2010, 1, 1)

HAZMAT_SAFETY = Act(
    "危险货物道路运输安全管理办法",
    "交通运输部令2019年第29号",
    since=date(2020, 1, 1),
    doubt="第二十二条至第二十六条已读；装货查验的条号和保存期限待核对。",
)
CHEMICALS = Act("危险化学品安全管理条例", "2013年修订", since=date(2013, 12, 7))
HAZMAT_ORDER = Act(
    "道路危险货物运输管理规定",
    "2026年修订",
    since=date(2026, 2, 13),
    doubt="修订文本未读，施行日期待核对；车辆年度审验和专用停车区域取自修订前的第二十一条、第三十二条。",
)

WAYBILL_KEPT = period("危险货物运单保存期限", 12, Unit.MONTH, HAZMAT_SAFETY.article(24), note="不少于。")
LOADING_CHECK_KEPT = period("装货查验记录保存期限", 12, Unit.MONTH, HAZMAT_SAFETY.part("装货查验"), note="待核对。")
TOXIC_PASS_DECISION = period(
    "剧毒化学品通行证审批期限",
    7,
    Unit.WORKING_DAY,
    CHEMICALS.article(50),
    note="由县级公安机关决定；条例只写“7日”，理解为工作日，待核对。",
)
WAYBILL_CLOSED_HOURS = Parameter(
    "危险货物运单办结时限",
    unit="小时",
    source=BUREAU.part("危货运单"),
    checked=CHECKED,
    values={LOCAL: 24},
    local=True,
    note="自到达起；办法未定时数，由本局确定。",
)
WAYBILL_START_HOURS = Parameter(
    "危险货物运单起运时限",
    unit="小时",
    source=BUREAU.part("危货运单"),
    checked=CHECKED,
    values={LOCAL: 24},
    local=True,
    note="签发后超过此时数仍未起运的，运单视为过期；办法未定时数，由本局确定。",
)
SPECIAL_VEHICLES = Parameter(
    "危货企业专用车辆最低数",
    unit="辆",
    source=ROAD_TRANSPORT.article(23),
    checked=CHECKED,
    values={LOCAL: 5},
    note="经检测合格的专用车辆。",
)
TANK_LEAD = lead("罐体检验到期提醒", (60, 30, 7), "过期的罐体不得派车。")
