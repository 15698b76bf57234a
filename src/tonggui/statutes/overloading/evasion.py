"""逃检研判: from when on passes and tracks of one truck are looked into as a way around the check.

Basis: 公路安全保护条例 article 67 (evading the check by short-haul transfer and the like), article 40 (what is
suspected is led to the nearest station). No text says how often is often: every figure is the bureau's own, chosen so
that a clue is worth an officer's hour. A clue is no finding of fact.
"""

from datetime import date
from typing import Any

from tonggui.law.deadlines import Unit
from tonggui.law.declare import Parameter
from tonggui.statutes.enforcement import clock
from tonggui.statutes.sources import BUREAU, CHECKED, HIGHWAY_PROTECTION

STUDY = BUREAU.part("逃检研判")
START = HIGHWAY_PROTECTION.since or date.min


def figure(title: str, value: Any, unit: str, note: str) -> Parameter:
    """A figure of this chapter, the same for all days until the bureau sets another."""
    return Parameter(title, unit=unit, source=STUDY, checked=CHECKED, values={START: value}, local=True, note=note)


LOOK_BACK = figure("逃检研判期间", 30, "日", "向前查看的日数。")
AROUND_TIMES = figure("绕行避站次数", 3, "次", "研判期间经绕行路段的次数，其中至少一次超限。")
AROUND_SHARE = figure("绕行避站占比", 0.8, "", "经绕行路段的次数占经绕行路段和站点总次数的比例。")
STATION_REACH_M = figure("站点绕行查看半径", 3000, "米", "卫星定位轨迹进入此范围才查看是否绕行。")
STATION_PASSED_M = figure("视为经过站点的距离", 250, "米", "轨迹距站点不超过此数即视为经过。")
TURN_BACK_DEGREES = figure("视为穿过站点范围的角度", 90, "度", "驶入与驶出方向的夹角不小于此数视为穿过，更小的是折返。")
SHORT_TRIPS = figure("短途往返每日次数", 6, "次", "同一车辆一日过车次数。")
SHORT_OVER = figure("短途往返超限次数", 2, "次", "当日其中超限的次数。")
SPLIT_DROP = figure("分装减重比例", 0.25, "", "过站时比前一次轻、比后一次轻的比例。")
SPLIT_HOURS = figure("分装查看时长", 6, "小时", "前后两次过车相隔不超过此数。")
SPLIT_TIMES = figure("分装转运次数", 2, "次", "研判期间出现的次数。")
DODGE_TIMES = figure("干扰称重次数", 3, "次", "研判期间跨道、跟车或设备标记逃检的次数。")
ALTERED_SHARE = figure("疑似改型装载倍数", 1.5, "", "实测总质量与行驶证总质量之比；未改型车辆一般装不下。")
ALTERED_TIMES = figure("疑似改型次数", 3, "次", "研判期间达到装载倍数的次数。")
VERIFICATION = clock(
    "逃检线索核查期限", {START: 10}, Unit.WORKING_DAY, STUDY, local=True, note="法律未定日数，由本局确定。"
)
