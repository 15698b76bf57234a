"""治超漏斗: checked → suspected → guided → confirmed → fined → unloaded, on the road and off it, with each conversion.

On the road the counts are those of operations of kind 路面治超 and of the cases they founded; off it (非现场) those
of passes, their two reviews and the cases founded on them: nobody is guided and nothing is unloaded there. Fined and
unloaded are of the cases filed in the period; goods are unloaded before a decision, so that step is of those
confirmed. A stage larger than the one before it was registered elsewhere: it is named before printing
(`reports/overload_parts.py`), never hidden.
"""

from django.db.models import Q

from tonggui.indicators import overload_passes
from tonggui.indicators.overload import RETURNS, unloaded_by_the_end
from tonggui.ledgers.enforcement.operation import Operation
from tonggui.ledgers.overload.case import Case
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.measure.declare import Ratio, Step, Total

ON_THE_ROAD = Q(kind="overload")
ROADSIDE = Q(found_by__in=("roadside", "joint"))
OFF_SITE = Q(found_by="off_site")


def fined_by_the_end(period):
    return Q(fine__gt=0, decided_on__lte=period.end)


def _operations(code: str, title: str, measure) -> Total:
    return Total(code, title, "台", of=measure, where=ON_THE_ROAD, by=("point",), basis=RETURNS)


checked = _operations("OVR-40", "路面检查货车", Operation.Measures.checked)
suspected = _operations("OVR-41", "路面疑似超限", Operation.Measures.suspected)
guided = _operations("OVR-42", "路面引导检测", Operation.Measures.guided)
confirmed = _operations("OVR-43", "路面确认超限", Operation.Measures.found_over)
fined = Total(
    "OVR-44",
    "现场案件罚款",
    "台",
    of=Case.Measures.filed,
    where=lambda period: ROADSIDE & fined_by_the_end(period),
    basis=RETURNS,
)
unloaded = Total(
    "OVR-45",
    "现场案件卸载",
    "台",
    of=Case.Measures.filed,
    where=lambda period: ROADSIDE & unloaded_by_the_end(period),
    basis=RETURNS,
)
suspected_step = Ratio("OVR-41S", "疑似占检查", over=suspected, under=checked)
guided_step = Ratio("OVR-42S", "引导占疑似", over=guided, under=suspected)
confirmed_step = Ratio("OVR-43S", "确认占引导", over=confirmed, under=guided)
fined_step = Step("OVR-44S", "罚款占确认", over=fined, under=confirmed)
unloaded_step = Step("OVR-45S", "卸载占确认", over=unloaded, under=confirmed)

accepted = Total(
    "OVR-46",
    "复审入库",
    "台次",
    of=DoubtedPass.Measures.accepted,
    by=("point",),
    basis="行政处罚法第四十一条；按过车日期计",
)
off_site_cases = Total("OVR-47", "非现场立案", "宗", of=Case.Measures.filed, where=OFF_SITE, basis=RETURNS)
off_site_fined = Total(
    "OVR-48",
    "非现场案件罚款",
    "台",
    of=Case.Measures.filed,
    where=lambda period: OFF_SITE & fined_by_the_end(period),
    basis=RETURNS,
)
accepted_step = Step("OVR-46S", "入库占超限", over=accepted, under=overload_passes.over)
off_site_cases_step = Step("OVR-47S", "立案占入库", over=off_site_cases, under=accepted)
off_site_fined_step = Step("OVR-48S", "罚款占立案", over=off_site_fined, under=off_site_cases)

ROAD = (
    ("检查", checked, None),
    ("疑似", suspected, suspected_step),
    ("引导", guided, guided_step),
    ("确认", confirmed, confirmed_step),
    ("罚款", fined, fined_step),
    ("卸载", unloaded, unloaded_step),
)
OFF_ROAD = (
    ("检测", overload_passes.valid, None),
    ("超限", overload_passes.over, overload_passes.rate),
    ("入库", accepted, accepted_step),
    ("立案", off_site_cases, off_site_cases_step),
    ("罚款", off_site_fined, off_site_fined_step),
)
FUNNEL = [
    *(figure for _, figure, _ in (*ROAD, *OFF_ROAD)),
    *(step for _, _, step in (*ROAD, *OFF_ROAD) if step is not None),
]
