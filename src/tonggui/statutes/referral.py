"""行刑衔接: the clocks of a case that looks like a crime, from the report to the hand-over of goods.

Basis: 行政执法机关移送涉嫌犯罪案件的规定 (2020) 第五条, 第八条, 第九条, 第十二条. The rule does not say which days it
counts; our own duties are counted in calendar days, which is stricter, and those of the police in working days.
"""

from datetime import date, datetime, timedelta

from tonggui.law.deadlines import Unit
from tonggui.law.declare import Parameter
from tonggui.statutes.enforcement import clock
from tonggui.statutes.sources import CHECKED, REFERRAL_RULE

UNSAID = "规定未写明是否工作日，自身义务从严按自然日计。"
APPROVAL = clock("移送审批期限", 3, Unit.DAY, REFERRAL_RULE.article(5), note=UNSAID)
POLICE_DECISION = clock(
    "公安机关决定立案期限",
    3,
    Unit.WORKING_DAY,
    REFERRAL_RULE.article(8),
    note="规定未写明是否工作日，对方期限按工作日计。",
)
RE_EXAMINATION = clock("提请复议期限", 3, Unit.DAY, REFERRAL_RULE.article(9), note=UNSAID)
GOODS_OVER = clock("移交涉案物品期限", 3, Unit.DAY, REFERRAL_RULE.article(12), note=UNSAID)
HAND_OVER_HOURS = Parameter(
    "批准后移送时限",
    unit="小时",
    source=REFERRAL_RULE.article(5),
    checked=CHECKED,
    values={REFERRAL_RULE.since or date.min: 24},
)


def hand_over_within(approved_at: datetime) -> datetime:
    """Until when an approved case must be with the police."""
    return approved_at + timedelta(hours=HAND_OVER_HOURS.on(approved_at.date()))
