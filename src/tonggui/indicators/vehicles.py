"""动态监控指标 VEH: the assessment rates of the networked supervision of operating vehicles.

Basis: 全国重点营运车辆联网联控系统考核管理办法 (交运发〔2016〕160号). Rates over positions are counted by the telemetry
plane and handed in under the names below; installation and alarm handling come from the ledgers.
"""

from django.db.models import F, Q

from tonggui.ledgers.fleet.alarm import Alarm
from tonggui.ledgers.fleet.terminal import Terminal
from tonggui.ledgers.fleet.vehicle import Vehicle
from tonggui.measure.declare import AT_END, Fed, Ratio, Share, Total

ASSESSMENT = "交运发〔2016〕160号"

must_report = Total(
    "VEH-01M",
    "应入网车辆",
    "辆",
    of=Vehicle.Measures.must_report,
    during=AT_END,
    by=("vehicle_class",),
    basis=ASSESSMENT,
)
installed = Total(
    "VEH-01N",
    "已装卫星定位车辆",
    "辆",
    of=Terminal.Measures.installed,
    during=AT_END,
    where=Q(state="in_use"),
    among=("vehicle", must_report),
    basis=ASSESSMENT,
)
installed_rate = Ratio("VEH-01", "卫星定位安装率", over=installed, under=must_report, basis=ASSESSMENT)

online = Fed(
    "VEH-02",
    "车辆上线率",
    provider="vehicles.online",
    part_title="上线车辆",
    whole_title="入网车辆",
    basis=ASSESSMENT,
    places=2,
)
complete = Fed(
    "VEH-03",
    "轨迹完整率",
    provider="tracks.complete",
    part_title="轨迹完整里程",
    whole_title="行驶里程",
    basis=ASSESSMENT,
    places=2,
)
linked = Fed(
    "VEH-04",
    "平台连通率",
    provider="platform.linked",
    part_title="连通分钟数",
    whole_title="应连通分钟数",
    basis=ASSESSMENT,
    places=2,
)
valid = Fed(
    "VEH-05",
    "数据合格率",
    provider="records.valid",
    part_title="合格数据",
    whole_title="全部数据",
    basis=ASSESSMENT,
    places=2,
)
drifting = Fed(
    "VEH-05D",
    "卫星定位漂移车辆率",
    provider="vehicles.drifting",
    part_title="漂移车辆",
    whole_title="上线车辆",
    basis=ASSESSMENT,
    places=2,
)
networked = Fed(
    "VEH-07",
    "车辆入网率",
    provider="vehicles.networked",
    part_title="入网车辆",
    whole_title="应入网车辆",
    basis=ASSESSMENT,
    places=2,
)

alarms = Total("VEH-06", "报警", "条", of=Alarm.Measures.raised, by=("kind", "enterprise"), basis=ASSESSMENT)
alarms_verified = Total(
    "VEH-06V",
    "核实属实报警",
    "条",
    of=Alarm.Measures.verified,
    by=("kind", "enterprise"),
    basis=ASSESSMENT,
)
alarms_in_time = Share(
    "VEH-06T",
    "报警按期处置率",
    whole=Alarm.Measures.verified,
    part=Q(state="handled", handled_on__lte=F("due_on")),
    part_title="期限内处置完毕的",
    by=("kind", "enterprise"),
    basis=ASSESSMENT,
)
