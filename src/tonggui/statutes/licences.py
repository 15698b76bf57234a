"""证照期限: how long licences, certificates, checks and policies of road transport hold, and how early each is watched.

Basis: 道路运输条例 (2023), 道路运输从业人员管理规定 and 道路运输车辆技术管理规定 for the lengths; JJG 907 for scales.
No rule says how early a bureau reminds: those numbers are its own, several for several reminders, the longest first.
"""

from datetime import date
from typing import Any

from tonggui.law.deadlines import Deadline, Unit
from tonggui.law.declare import Act, Article, Parameter
from tonggui.statutes.sources import BUREAU, CHECKED, DYNAMIC_SUPERVISION, ROAD_TRANSPORT
from tonggui.statutes.working_days import CALENDAR

START = date(2010, 1, 1)

STAFF_ORDER = Act(
    "道路运输从业人员管理规定",
    "2022年修正",
    since=date(2022, 11, 10),
    doubt="2026年已修订，新文本未读；第二十九条和诚信考核周期取自修订前的文本，施行日期待核对。",
)
VEHICLE_TECHNIQUE = Act(
    "道路运输车辆技术管理规定", "交通运输部令2023年第3号", since=date(2023, 6, 1), doubt="施行日期待核对。"
)
SCALE_RULE = Act("动态公路车辆自动衡器检定规程", "JJG 907-2006", since=date(2006, 8, 23), doubt="施行日期待核对。")


def lead(title: str, days: Any, note: str = "") -> Parameter:
    """How many days ahead a day is warned of; several numbers for several reminders."""
    source = BUREAU.part("到期提醒")
    return Parameter(
        title, unit="日", source=source, checked=CHECKED, values={START: days}, local=True, note=note or "本局自定。"
    )


def period(title: str, length: Any, unit: Unit, source: Article, **more: Any) -> Deadline:
    return Deadline(title, {START: length}, unit, source, checked=CHECKED, calendar=CALENDAR, **more)


# How early a day is warned of
CERTIFICATE_LEAD = lead("从业资格证到期提醒", (60, 30, 7), "换证应在届满三十日前申请，首次提醒早于该日。")
PERMIT_LEAD = lead("车辆审验到期提醒", (60, 30, 7))
BUSINESS_LICENCE_LEAD = lead("经营许可到期提醒", (90, 60, 30), "班线许可期限较长，续办需时。")
SCALE_LEAD = lead("称重设备检定到期提醒", (60, 30, 7), "过期的检测记录不得作为执法依据。")
INSURANCE_LEAD = lead("承运人责任险到期提醒", (30, 7))
CONTRACT_LEAD = lead("系统服务合同到期提醒", (60, 30))

# How long papers hold
CERTIFICATE_HOLDS = period("从业资格证有效期", 6, Unit.YEAR, STAFF_ORDER.article(29))
CERTIFICATE_RENEWAL = period(
    "从业资格证换证申请", 30, Unit.DAY, STAFF_ORDER.article(29), note="在有效期届满前此日数以前提出。"
)
CERTIFICATE_VOID = period("从业资格证逾期注销", 180, Unit.DAY, STAFF_ORDER.article(29), note="逾期未换证满此日数的。")
INTEGRITY_ASSESSMENT = period(
    "从业人员诚信考核周期",
    12,
    Unit.MONTH,
    STAFF_ORDER.part("诚信考核"),
    note="自初次领证之日起；条号待核对。",
)
VEHICLE_INSPECTION = period(
    "道路运输车辆检验检测周期", 12, Unit.MONTH, VEHICLE_TECHNIQUE.article(21), note="自首次经检验之日起一百二十个月内。"
)
OLD_VEHICLE_INSPECTION = period(
    "老旧道路运输车辆检验检测周期", 6, Unit.MONTH, VEHICLE_TECHNIQUE.article(21), note="满一百二十个月后。"
)
SCALE_VERIFICATION = period(
    "称重设备检定周期",
    12,
    Unit.MONTH,
    SCALE_RULE.part("检定周期"),
    local=True,
    note="待核对：有的省对非现场执法点要求六个月。",
)
LINE_LICENCE_YEARS = Parameter(
    "客运班线经营期限",
    unit="年",
    source=ROAD_TRANSPORT.article(14),
    checked=CHECKED,
    values={START: (4, 8)},
    note="最短、最长年限。",
)
STOPPING_NOTICE = period(
    "终止客运经营提前告知", 30, Unit.DAY, ROAD_TRANSPORT.article(15), note="经营者在终止前此日数告知许可机关。"
)
LICENCE_DECISION = period("道路运输许可决定期限", 20, Unit.WORKING_DAY, ROAD_TRANSPORT.article(10))
STATION_DECISION = period("站场许可决定期限", 15, Unit.WORKING_DAY, ROAD_TRANSPORT.article(39))

# Clocks of dynamic supervision that the measure leaves to the bureau
SILENT_VEHICLE_DAYS = Parameter(
    "车辆无数据上报日数",
    unit="日",
    source=DYNAMIC_SUPERVISION.article(26),
    checked=CHECKED,
    values={START: 3},
    local=True,
    note="管理办法只要求设备故障的车辆不得继续经营；日数取常用的“三日未上线”。",
)
DEVICE_REPAIR_HOURS = Parameter(
    "卫星定位装置修复时限",
    unit="小时",
    source=DYNAMIC_SUPERVISION.article(26),
    checked=CHECKED,
    values={START: 24},
    local=True,
    note="管理办法未定时数，由本局确定。",
)
MONTHLY_ASSESSMENT = period(
    "动态监管月度考核公布期限", 5, Unit.WORKING_DAY, BUREAU.part("动态监管考核"), local=True, note="自次月首日起。"
)
