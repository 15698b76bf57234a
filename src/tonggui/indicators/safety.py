"""安全检查指标 SAF: visits made, people and vehicles sent.

Basis: 安全生产法 (2021) 第六十八条 (written records), 第六十九条 (joint inspections). 人次 and 车次 add up
over visits: a person on three visits counts three times, a joint visit counts once.
"""

from tonggui.ledgers.safety.inspection import Inspection
from tonggui.measure.declare import Total

RETURNS = "安全监管月报"
SPLITS = ("domain", "kind", "unit")

vehicles = Total("SAF-06", "出动检查车辆", "车次", of=Inspection.Measures.vehicles, by=SPLITS, basis=RETURNS)
staff = Total("SAF-07", "出动检查人员", "人次", of=Inspection.Measures.staff, by=SPLITS, basis=RETURNS)
visits = Total("SAF-09", "开展安全检查", "次", of=Inspection.Measures.visits, by=SPLITS, basis=RETURNS)
