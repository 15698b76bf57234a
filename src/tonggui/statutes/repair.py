"""维修管理: how long the warranty of a repair lasts, and the clocks of a claim and of the electronic file.

Basis: 机动车维修管理规定 第三十七条 and following (the warranty by vehicle and work, whichever of distance and days
comes first; the shop's three days to show another cause; two failed repairs); JT/T 1132-2017 for the file.
"""

from datetime import date

from tonggui.law.deadlines import Unit
from tonggui.law.declare import Act, Parameter
from tonggui.statutes.licences import period
from tonggui.statutes.sources import BUREAU, CHECKED

LOCAL = date(2010, 1, 1)

REPAIR_ORDER = Act(
    "机动车维修管理规定",
    "2023年修正",
    since=date(2023, 11, 10),
    doubt="修正令号、施行日期和质量保证期的条号待核对；各类期限已读转载文本。",
)
WARRANTY_CLAUSE = REPAIR_ORDER.part("质量保证期")


def _warranty(what: str, km: int, days: int) -> Parameter:
    """Distance and days from the day the vehicle left the shop; the first to be reached ends the warranty."""
    return Parameter(
        f"{what}质量保证期",
        unit="公里、日",
        source=WARRANTY_CLAUSE,
        checked=CHECKED,
        values={LOCAL: {"km": km, "days": days}},
        note="自出厂之日起，里程和日期先到者为准。",
    )


WARRANTIES = {
    "car": {
        "major": _warranty("汽车整车修理和总成修理", 20_000, 100),
        "second": _warranty("汽车二级维护", 5_000, 30),
        "minor": _warranty("汽车一级维护、小修和专项修理", 2_000, 10),
    },
    "motorcycle": {
        "major": _warranty("摩托车整车修理和总成修理", 7_000, 80),
        "minor": _warranty("摩托车维护、小修和专项修理", 800, 10),
    },
    "other": {
        "major": _warranty("其他机动车整车修理和总成修理", 6_000, 60),
        "minor": _warranty("其他机动车维护、小修和专项修理", 700, 7),
    },
}
"""By sort of vehicle and of work; where second-level maintenance has no line of its own it counts as minor."""

CLAIM_ANSWER = period(
    "质保期内返修答复期限", 3, Unit.DAY, WARRANTY_CLAUSE, note="逾期不能证明是其他原因造成的，应无偿返修。"
)
FAILED_REPAIRS = Parameter(
    "应另行安排维修的返修次数",
    unit="次",
    source=WARRANTY_CLAUSE,
    checked=CHECKED,
    values={LOCAL: 2},
    note="同一故障经此次数修理仍不能正常使用的，由原维修企业联系其他企业并承担费用。",
)
UPLOAD_HOURS = Parameter(
    "维修记录上传时限",
    unit="小时",
    source=BUREAU.part("汽车维修电子健康档案"),
    checked=CHECKED,
    values={LOCAL: 24},
    local=True,
    note="自结算起；文件只要求实时上传，未定时数，由本局确定。",
)
FILE_KEPT = period("机动车维修档案保存期限", 2, Unit.YEAR, REPAIR_ORDER.part("维修档案"), note="待核对。")


def warranty(vehicle: str, work: str, day: date) -> tuple[int, int]:
    """Kilometres and days of the warranty of work done on a day."""
    lines = WARRANTIES[vehicle]
    held = lines.get(work, lines["minor"]).on(day)
    return held["km"], held["days"]
