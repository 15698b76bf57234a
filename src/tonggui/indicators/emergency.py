"""应急指标 EMG: plans revised, drills held, materials in stock.

Basis: 生产安全事故应急条例 第五条 (plans), 第八条 (drills), 第十三条 (materials); 突发事件应急预案管理办法. Pieces are
added up only with pieces: what is measured by weight, volume or length (融雪剂 in tonnes) stands in its own split.
"""

from django.db.models import Q

from tonggui.ledgers.duty.drill import Drill
from tonggui.ledgers.duty.plan import Plan
from tonggui.ledgers.duty.supply import Supply
from tonggui.measure.declare import AT_END, SELF, Told, Total

PLANS = "突发事件应急预案管理办法"
DRILLS = "生产安全事故应急条例第八条"
STORES = "生产安全事故应急条例第十三条"
MEASURED = ("吨", "千克", "公斤", "立方米", "方", "升", "米", "公里", "t", "kg", "m³", "L", "m")


def in_date(period):
    return Q(state="in_use") & (Q(expires_on__isnull=True) | Q(expires_on__gte=period.end))


def pieces_in_date(period):
    return in_date(period) & ~Q(counted_in__in=MEASURED)


plans_revised = Total(
    "EMG-01", "修订应急预案", "个", of=Plan.Measures.revised, by=("kind", "against"), names="name", basis=PLANS
)
drills = Total(
    "EMG-01D",
    "开展应急演练",
    "次",
    of=Drill.Measures.drills,
    by={"drill": SELF, "kind": "kind"},
    names="subject",
    basis=DRILLS,
)
drill_people = Total(
    "EMG-01N", "应急演练参演人员", "人次", of=Drill.Measures.people, by={"drill": SELF, "kind": "kind"}, basis=DRILLS
)
drill_subject = Told(
    "EMG-01S", "应急演练科目", of=Drill.Measures.drills, field="subject", by={"drill": SELF}, basis=DRILLS
)
drill_day = Told("EMG-01T", "应急演练日期", of=Drill.Measures.drills, field="held_on", by={"drill": SELF}, basis=DRILLS)
stock = Total(
    "EMG-02",
    "储备应急物资",
    "件",
    of=Supply.Measures.stock,
    during=AT_END,
    where=pieces_in_date,
    by=("kind",),
    basis=STORES,
)
stock_kinds = Total(
    "EMG-02N",
    "储备应急物资品种",
    "种",
    of=Supply.Measures.kinds,
    during=AT_END,
    where=in_date,
    by=("kind", "counted_in"),
    names="name",
    basis=STORES,
)
