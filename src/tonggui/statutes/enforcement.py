"""行政处罚期限: the clocks of an administrative case, from filing to the copy sent to the place of registration.

Basis: 行政处罚法, whose 2, 3, 5 and 7 days are working days (article 85); its longer periods are calendar days.
Overload cases add the copy of Order 62 article 44.
"""

from datetime import date
from typing import Any

import numpy as np

from tonggui.law.acts import Article
from tonggui.law.deadlines import Deadline, Unit
from tonggui.law.declare import Example, Given, Gives, Parameter, Step, rule
from tonggui.law.rules import Columns
from tonggui.statutes.sources import (
    BUREAU,
    CHECKED,
    CIVIL_PROCEDURE_LAW,
    COMPULSION_LAW,
    ENFORCEMENT_PROCEDURE,
    LITIGATION_LAW,
    OVERLIMIT_ORDER,
    PENALTY_LAW,
    REVIEW_LAW,
)
from tonggui.statutes.working_days import CALENDAR


def clock(title: str, length: int | dict[date, int], unit: Unit, source: Article, **more: Any) -> Deadline:
    """A deadline of this chapter, checked with the rest of it, on the national calendar."""
    return Deadline(title, length, unit, source, checked=CHECKED, calendar=CALENDAR, **more)


FILING = clock(
    "立案期限", 7, Unit.WORKING_DAY, BUREAU.part("立案"), local=True,
    note="全国规定为“及时”（程序规定第六十二条），七个工作日为部分县的做法。",
)  # fmt: skip
EVIDENCE_KEPT = clock("登记保存证据处理期限", 7, Unit.WORKING_DAY, PENALTY_LAW.article(56))
DEFENCE = clock(
    "陈述申辩期限", 5, Unit.WORKING_DAY, BUREAU.part("陈述申辩"), local=True,
    note="处罚法未定日数；部分地方为三日，本系统取五个工作日。",
)  # fmt: skip
HEARING_REQUEST = clock("申请听证期限", 5, Unit.WORKING_DAY, PENALTY_LAW.article(64, None, 1))
HEARING_NOTICE = clock("听证通知提前期", 7, Unit.WORKING_DAY, PENALTY_LAW.article(64, None, 2))
DECISION = clock("作出处罚决定期限", 90, Unit.DAY, PENALTY_LAW.article(60))
DECISION_EXTENSION = clock(
    "处罚决定延长期限", 30, Unit.DAY, ENFORCEMENT_PROCEDURE.article(78), note="条号和日数待核对；理解为须经负责人批准。"
)
SERVICE = clock("送达处罚决定书期限", 7, Unit.WORKING_DAY, PENALTY_LAW.article(61))
ANNOUNCED_SERVICE = clock("公告送达期限", 30, Unit.DAY, CIVIL_PROCEDURE_LAW.article(95))
PAYMENT = clock("缴纳罚款期限", 15, Unit.DAY, PENALTY_LAW.article(67), moves=True)
SEIZURE = clock("扣押期限", 30, Unit.DAY, COMPULSION_LAW.article(25))
REMINDER = clock("催告后申请强制执行期限", 10, Unit.WORKING_DAY, COMPULSION_LAW.article(54))
COURT_ENFORCEMENT = clock("申请法院强制执行期限", 3, Unit.MONTH, COMPULSION_LAW.article(53))
PUBLICITY = clock(
    "处罚结果公示期限",
    7,
    Unit.WORKING_DAY,
    BUREAU.part("行政执法公示"),
    local=True,
    note="国办发〔2018〕118号，原文待核对；理解为自作出处罚决定之日起计。",
)
LIMITATION = clock("处罚追究时效", 2, Unit.YEAR, PENALTY_LAW.article(36))
LIMITATION_GRAVE = clock("处罚追究时效（涉及生命健康和金融安全且有危害后果）", 5, Unit.YEAR, PENALTY_LAW.article(36))
COPYING = clock("抄告车籍地期限", 7, Unit.WORKING_DAY, OVERLIMIT_ORDER.article(44), note="自案件办结起算。")
OWNER_COMES = clock(
    "当事人接受调查期限",
    15,
    Unit.DAY,
    BUREAU.part("非现场执法"),
    local=True,
    moves=True,
    note="取浙江省公路条例第四十条的日数。",
)

SPOT_COPY = clock("当场处罚备案期限", 5, Unit.WORKING_DAY, ENFORCEMENT_PROCEDURE.article(61, None, 8))
COURT_ACTION = clock("提起行政诉讼期限", 6, Unit.MONTH, LITIGATION_LAW.article(46), moves=True)
REVIEW_REQUEST = clock("申请行政复议期限", 60, Unit.DAY, REVIEW_LAW.article(20), moves=True)
ARCHIVING = clock(
    "案卷归档期限", 30, Unit.DAY, BUREAU.part("案卷归档"), local=True, note="国家规定未定日数，由本局确定，自结案起算。"
)
CASH_TO_UNIT = clock(
    "当场收缴罚款交回单位期限", 2, Unit.WORKING_DAY, PENALTY_LAW.article(71), note="水上自抵岸之日起计。"
)
CASH_TO_BANK = clock("罚款缴存银行期限", 2, Unit.WORKING_DAY, PENALTY_LAW.article(71))
CLOSING = clock(
    "结案报告期限",
    10,
    Unit.WORKING_DAY,
    BUREAU.part("结案"),
    local=True,
    note="国家规定未定日数，由本局确定，自缴清罚款之日起计。",
)
WITHDRAWAL = clock("撤回公开的处罚决定期限", 3, Unit.WORKING_DAY, PENALTY_LAW.article(48))
INTERRUPTION = clock("中止执行期限", 3, Unit.YEAR, COMPULSION_LAW.article(39))
DISCRETION_CHECK = clock(
    "裁量基准核对期限",
    1,
    Unit.YEAR,
    BUREAU.part("裁量基准"),
    local=True,
    note="法律、规章修改后应及时调整，至少每年核对一次。",
)

LATE_FINE_RATE = Parameter(
    "加处罚款日率", source=PENALTY_LAW.article(72, 1, 1), checked=CHECKED, values={PENALTY_LAW.since or date.min: 0.03}
)
SPOT_FINE = Parameter(
    "当场处罚罚款上限",
    unit="元",
    source=PENALTY_LAW.article(51),
    checked=CHECKED,
    values={PENALTY_LAW.since or date.min: {"person": 200, "entity": 3000}},
)
SPOT_CASH = Parameter(
    "当场收缴罚款上限",
    unit="元",
    source=PENALTY_LAW.article(68),
    checked=CHECKED,
    values={PENALTY_LAW.since or date.min: 100},
)
HEARING_FINE = Parameter(
    "应当告知听证的罚款",
    unit="元",
    source=PENALTY_LAW.article(63),
    checked=CHECKED,
    values={PENALTY_LAW.since or date.min: {"person": 5_000, "entity": 50_000}},
    local=True,
    note="“较大数额”由省级规定，常见为公民一千元至五千元、单位一万元至五万元，请按本省规定设定。",
)
CERTIFICATE_LEAD = Parameter(
    "执法证到期提醒提前量",
    unit="日",
    source=BUREAU.part("执法证件管理"),
    checked=CHECKED,
    values={date(2010, 1, 1): 60},
    local=True,
)
DECISION_LEAD = Parameter(
    "处罚决定到期提醒提前量",
    unit="日",
    source=BUREAU.part("办案期限提醒"),
    checked=CHECKED,
    values={date(2010, 1, 1): (30, 15, 7)},
    local=True,
)
COURT_LEAD = Parameter(
    "申请强制执行到期提醒提前量",
    unit="日",
    source=BUREAU.part("办案期限提醒"),
    checked=CHECKED,
    values={date(2010, 1, 1): (45, 15)},
    local=True,
)
REPORTER_KEPT = Parameter(
    "举报人信息保存日数",
    unit="日",
    source=BUREAU.part("个人信息保护"),
    checked=CHECKED,
    values={date(2010, 1, 1): 365},
    local=True,
    note="答复举报人之日起计；个人信息保护法第十九条只要求为实现目的所必要的最短时间。",
)
DAY = date(2026, 11, 21)


@rule(
    "加处罚款",
    PENALTY_LAW.article(72, 1, 1),
    since=PENALTY_LAW.since or date.min,
    parameters=(LATE_FINE_RATE,),
    takes=(
        Given("fine_yuan", "罚款", dtype="float64", unit="元"),
        Given("days_late", "逾期日数", unit="日"),
    ),
    gives=(Gives("late_fine_yuan", "加处罚款", "元"),),
    steps=(
        Step(
            "逾期 {days_late} 日，加处罚款 {late_fine_yuan} 元",
            PENALTY_LAW.article(72, 1, 1),
            lambda row: row["days_late"] > 0,
        ),
    ),
    reading="Days of administrative review or court (article 73) are left out by the caller.",
    examples=[
        Example("in time", DAY, dict(fine_yuan=1_000, days_late=0), dict(late_fine_yuan=0)),
        Example("one day late", DAY, dict(fine_yuan=1_000, days_late=1), dict(late_fine_yuan=30)),
        Example(
            "forty days late: not above the fine", DAY, dict(fine_yuan=1_000, days_late=40), dict(late_fine_yuan=1_000)
        ),
    ],
)
def late_fine(on: Any, fine_yuan: Any, days_late: Any) -> Columns:
    """Late fine in yuan for each fine: a share of it for each day, at most the fine itself."""
    late = fine_yuan * LATE_FINE_RATE.on(on) * np.maximum(days_late, 0)
    return {"late_fine_yuan": np.minimum(np.round(late, 2), fine_yuan)}


def heard_until(noticed_on: date, *, hearing_offered: bool = False) -> date:
    """The last day on which the party may state and defend and, where it was told so, ask for a hearing."""
    defence = DEFENCE.due(noticed_on)
    return max(defence, HEARING_REQUEST.due(noticed_on)) if hearing_offered else defence


def earliest_decision(noticed_on: date, *, hearing_offered: bool = False) -> date:
    """The first day a decision may be made after the notice of intended penalty was served."""
    return CALENDAR.after(heard_until(noticed_on, hearing_offered=hearing_offered), 1)


def late_fine_so_far(fine: Any, decided_on: date | None, pay_by: date | None, until: date) -> str | None:
    """加处罚款 in yuan for a fine not paid `until` a day; None before the day for payment or without a fine."""
    days_late = (until - pay_by).days if pay_by else 0
    if not fine or days_late <= 0:
        return None
    return f"{late_fine(decided_on, fine_yuan=float(fine), days_late=days_late)['late_fine_yuan']:.2f}"


def remedies(decided_on: date) -> str:
    """复议和诉讼的途径和期限, as a decision must say them (article 59)."""
    review, action = REVIEW_REQUEST.length.on(decided_on), COURT_ACTION.length.on(decided_on)
    return (
        f"如不服本决定，可以自收到本决定书之日起{review}日内依法申请行政复议，或者在{action}个月内依法提起行政诉讼。"
        "行政复议、行政诉讼期间，处罚不停止执行，法律另有规定的除外。"
    )


def payment_terms(decided_on: date) -> str:
    """Until when and how a fine is paid and what lateness costs, as a decision must say them."""
    days, rate = PAYMENT.length.on(decided_on), LATE_FINE_RATE.on(decided_on)
    return (
        f"自收到本决定书之日起{days}日内到指定的银行或者通过电子支付系统缴纳罚款。到期不缴纳的，每日按罚款数额的"
        f"{rate:.0%}加处罚款，加处罚款的数额不超出罚款的数额。"
    )


def court_window(served_on: date) -> date:
    """The last day to apply to the court: three months after the party's six months for a lawsuit are over."""
    return COURT_ENFORCEMENT.due(COURT_ACTION.due(served_on))
