"""超限运输许可: the class of an abnormal load and how long the authority has to decide.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) 第十四条; 行政许可法 第八十二条: its periods are working days. The
bounds of the classes and the days are known from copies, not from the order itself, and say so. Days spent on
strengthening works are not counted.
"""

from datetime import date

from tonggui.law.declare import Parameter
from tonggui.statutes.sources import CHECKED, OVERLIMIT_ORDER
from tonggui.statutes.working_days import CALENDAR

FIRST, SECOND, THIRD = "1", "2", "3"
_UNREAD = "第十四条原文未读，数值取自转载，待核对。"
_SINCE = OVERLIMIT_ORDER.since or date.min

CLASS_BOUNDS = Parameter(
    "大件运输分类上限",
    source=OVERLIMIT_ORDER.article(14),
    checked=CHECKED,
    values={
        _SINCE: {
            FIRST: {"height_m": 4.2, "width_m": 3.0, "length_m": 20.0, "gross_t": 0.0},
            SECOND: {"height_m": 4.5, "width_m": 3.75, "length_m": 28.0, "gross_t": 100.0},
        }
    },
    note=_UNREAD + "一类只是外廓超限，总质量不超过限值。",
)
DECISION_DAYS = Parameter(
    "大件运输许可审批期限",
    unit="工作日",
    source=OVERLIMIT_ORDER.article(14),
    checked=CHECKED,
    values={_SINCE: {FIRST: 2, SECOND: 5, THIRD: 15, "跨省1": 5, "跨省2": 10, "跨省3": 20}},
    note=_UNREAD + "后三项为跨省许可。",
)


def permit_class(on: date, *, height_m: float, width_m: float, length_m: float, gross_t: float, over_mass: bool) -> str:
    """The class of a load: the first whose bounds hold all of it; the third has none. `over_mass`: above the limit."""
    for name, bounds in CLASS_BOUNDS.on(on).items():
        fits = height_m <= bounds["height_m"] and width_m <= bounds["width_m"] and length_m <= bounds["length_m"]
        if fits and (not over_mass or gross_t <= bounds["gross_t"]):
            return name
    return THIRD


def decision_due(accepted_on: date, permit_class: str, crosses_provinces: bool, paused_days: int = 0) -> date:
    """The last working day for the decision on a permit."""
    days = DECISION_DAYS.at(accepted_on, f"跨省{permit_class}" if crosses_provinces else permit_class)
    return CALENDAR.after(accepted_on, int(days) + paused_days)
