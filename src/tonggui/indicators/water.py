"""水上交通指标 WTR: meetings of campaigns, patrols with people and boats checked, ferry trips, pollutants, equipment.

Basis: 内河交通安全管理条例; 内河渡口渡船安全管理规定 第三十一条 (签单发航); 船舶水污染物转移处置联合监管. People sent
are those of patrols and of enforcement on the water; an outing stands in one of the two ledgers. 艘次 adds up over
patrols.
"""

from django.db.models import Q

from tonggui.ledgers.enforcement.operation import Operation
from tonggui.ledgers.enforcement.participation import Participation
from tonggui.ledgers.office.meeting import Meeting
from tonggui.ledgers.water.equipment import EquipmentNeed
from tonggui.ledgers.water.patrol import Patrol
from tonggui.ledgers.water.pollutant import Pollutant
from tonggui.ledgers.water.suspension import Suspension
from tonggui.ledgers.water.voyage import Voyage
from tonggui.measure.declare import AT_END, Joint, Share, Together, Total

RETURNS = "水上交通安全监管月报"
FERRIES = "内河渡口渡船安全管理规定"
WASTE = "船舶水污染物接收转运处置联单"
KG_A_TONNE = 1000

meetings = Total(
    "WTR-01", "水上专项行动会议", "次", of=Meeting.Measures.of_water, by=("kind", "campaign"), basis=RETURNS
)
patrol_staff = Total("WTR-02N", "水上巡航出动人员", "人次", of=Patrol.Measures.staff, by=("kind",), basis=RETURNS)
water_enforcement_staff = Joint(
    "WTR-02E",
    "水上执法出动人员",
    "人次",
    of=Operation.Measures.staff,
    own=Operation.Measures.own_staff,
    joined=Participation.Measures.staff,
    link="operation",
    joined_unit="joined_unit",
    where=Q(kind="water"),
    basis=RETURNS,
)
staff = Together("WTR-02", "水上交通出动人员", "人次", plus=(patrol_staff, water_enforcement_staff), basis=RETURNS)
boats_checked = Total("WTR-03", "检查船舶", "艘次", of=Patrol.Measures.boats_checked, by=("kind",), basis=RETURNS)
patrols = Total("WTR-04N", "开展水上巡航", "次", of=Patrol.Measures.patrols, by=("kind",), basis=RETURNS)
joint_patrols = Total("WTR-04", "开展联合巡航", "次", of=Patrol.Measures.joint, by=("kind",), basis=RETURNS)
signed = Total("WTR-05", "签单发航", "班次", of=Voyage.Measures.signed, by=("ferry",), basis=FERRIES)
signed_share = Share(
    "WTR-05P",
    "签单发航率",
    whole=Voyage.Measures.asked,
    part=~Q(state="refused"),
    part_title="签单放行的",
    by=("ferry",),
    basis=FERRIES,
)
suspensions = Total("WTR-06", "发布停航令", "次", of=Suspension.Measures.orders, by=("cause",), basis=FERRIES)
sewage = Total("WTR-07", "接收船舶污水", "立方米", of=Pollutant.Measures.volume, by=("kind",), places=2, basis=WASTE)
garbage = Total(
    "WTR-07G",
    "接收船舶垃圾",
    "吨",
    of=Pollutant.Measures.garbage,
    by=("kind",),
    per=KG_A_TONNE,
    places=2,
    basis=WASTE,
)
equipment_gap = Total(
    "WTR-08",
    "水上装备缺口",
    "艘",
    of=EquipmentNeed.Measures.gap,
    during=AT_END,
    year="year",
    by=("craft",),
    names="craft",
    basis="水上装备需求",
)
equipment_cost = Total(
    "WTR-08C",
    "水上装备所需资金",
    "万元",
    of=EquipmentNeed.Measures.cost,
    during=AT_END,
    year="year",
    by=("craft",),
    basis="水上装备需求",
)
