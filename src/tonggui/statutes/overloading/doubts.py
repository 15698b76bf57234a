"""过车数据存疑: from which figure on the machine doubts a weighing and says so to the officer who reviews it.

Basis: 行政处罚法 article 41, a record of monitoring equipment must be true, clear, complete and accurate; the quality
rules of published standards for non-stop detection name what to look at and hardly ever a number. All are therefore the
bureau's own, and each says where its default comes from. A doubt changes neither limit nor fine.
"""

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tonggui.law.declare import Parameter
from tonggui.statutes.sources import BUREAU, CHECKED, OVERLIMIT_ORDER

START = OVERLIMIT_ORDER.since or date.min
REVIEW = BUREAU.part("过车数据核验")


def threshold(title: str, value: Any, unit: str, note: str) -> Parameter:
    """A figure of this chapter, the same for all days until the bureau sets another."""
    return Parameter(title, unit=unit, source=REVIEW, checked=CHECKED, values={START: value}, local=True, note=note)


# What one weighing shows by itself.
AXLE_SUM_SHARE = threshold(
    "轴重之和与总质量相差", 0.02, "", "公开的检测点数据规范取百分之一至百分之二，取上限；超过的审核不予通过。"
)
ONE_SIDED_SHARE = threshold(
    "一侧轮重占轴重", 0.65, "", "装载偏置一般不超过六成；半边驶出称台时一侧明显偏大。国家未定数值。"
)
ONE_SIDED_AXLE_KG = threshold("判断偏载的最小轴重", 2_000, "kg", "提升轴和空车轴轮重很小，左右之比没有意义。")
SPEED_JUMP_SHARE = threshold(
    "驶入驶出车速相差", 0.2, "", "占较高一方的比例。称台仅数米，匀速通过时相差很小；国家未定数值。"
)
ACCELERATION_MS2 = threshold(
    "过秤加减速度", 1.5, "m/s²", "加减速使轴重前后转移：此值时约为总质量的百分之四至六（重心高 1.5 m、轴距 4 至 6 m）。"
)
SLOWEST_KMH = threshold("过秤最低车速", 3, "km/h", "再低则接近停车，轴在传感器上停留。低速整车衡不适用。")
LOW_SPEED_SCALE_KMH = threshold(
    "低速衡车速上限",
    15,
    "km/h",
    "检定速度不超过此值的为低速衡，不按最低车速提示。GB/T 21296.1 分低、中、高速三类。",
)
SPEED_FROM_KMH = threshold("未登记检定速度范围时的最低车速", 0.5, "km/h", "直接执法用设备技术规范为 0.5 至 100 km/h。")
SPEED_TO_KMH = threshold("未登记检定速度范围时的最高车速", 100, "km/h", "直接执法用设备技术规范为 0.5 至 100 km/h。")
LIGHTEST_AXLE_KG = threshold("单轴最小轴重", 300, "kg", "实测货车单轴不低于此值（一万余辆动态称重实测，提升轴除外）。")
HEAVIEST_AXLE_KG = threshold("单轴最大轴重", 30_000, "kg", "为单轴限值 10 吨的三倍，再高多为传感器故障。")
SHORTEST_GAP_MM = threshold("最小轴距", 800, "mm", "小于轮胎直径，轴不可能这样近；实测最小为 1,000 mm。")
LONGEST_GAP_MM = threshold("最大轴距", 13_750, "mm", "为半挂车最大长度（GB 1589）；更大多为两车被并为一车。")
LONGEST_WHEELBASE_MM = threshold("最大首末轴距", 22_000, "mm", "为汽车列车最大长度（GB 1589，中置轴车辆运输列车）。")
SMALL_PLATE_AXLES = threshold("小型号牌车辆最多轴数", 2, "轴", "蓝色、渐变绿色号牌属小型汽车（GA 36）。")
EMPTY_KG = threshold(
    "各轴数空车最小质量",
    {2: 1_500, 3: 5_000, 4: 6_000, 5: 7_500, 6: 9_000},
    "kg",
    "低于实测各轴数货车最小总质量（4.6、7.0、7.1、8.7、12.1 t），二轴按轻型货车整备质量；六轴以上同六轴。",
)
IMPLAUSIBLE_RATE = threshold("超限率异常值", 4.5, "", "部分省统计时剔除百分之四百五十以上的数值。")
CLAIM_DIFFERENCE_KG = threshold("设备与平台计算超限相差", 100, "kg", "设备规则与平台规则不同时提示核对。")

# What other passes and the register show.
CLONED_KMH = threshold(
    "同一号牌两点间车速上限", 120, "km/h", "按直线距离计算，实际路程更长；货车在公路上不可能持续超过此值。"
)
CLONED_KM = threshold("判断套牌的最小点距", 3, "km", "点距太近时，设备时钟误差即可造成虚高的车速。")
NEAR_IN_TIME_HOURS = threshold("核对前后过车的时段", 12, "小时", "更长的间隔内跨县往返都有可能，不再比较。")
SAME_TRIP_HOURS = threshold("同一行程认定时段", 4, "小时", "一事不二罚；国家未定时段和路线范围，由本局确定。")
SAME_TRIP_KM = threshold("同一行程认定范围", 80, "km", "两检测点直线距离在此范围内的，提示可能为同一行程。")
SAME_TRIP_SHARE = threshold("同一行程总质量相差", 0.10, "", "两次总质量相差更大的，多为另行装载。")
REPEATED_SECONDS = threshold("同一设备重复记录间隔", 10, "秒", "同一号牌在同一检测点此时间内出现两次，多为重复触发。")
CLOCK_BACK_SECONDS = threshold("设备时间倒退", 60, "秒", "后上报的记录检测时间更早；断网补传除外。")
HISTORY_DAYS = threshold("核对同车历史称重的天数", 180, "日", "货车改装、换挂后历史即失去可比性，不宜过长。")
HISTORY_PASSES = threshold("核对同车历史称重的最少次数", 10, "次", "次数太少，最大、最小值没有代表性。")
HEAVIER_SHARE = threshold("超过同车历史最大总质量", 0.30, "", "国家未定；超过三成多为误称、误识或套牌。")
LIGHTER_SHARE = threshold("低于同车历史最小总质量", 0.20, "", "空车质量随油量、备胎等变化一般不超过一成。")
USUAL_AXLES_SHARE = threshold("同车历史轴数一致比例", 0.95, "", "历史上几乎总是同一轴数的，本次不同即提示。")
LICENCE_TIMES = threshold("总质量为登记最大总质量的倍数", 3, "倍", "货车再超载也难以达到此倍数，多为号牌误识或套牌。")
DRIFT_SHARE = threshold(
    "检测点称重漂移", 0.05, "", "当日中位数与前四周之比；转向轴轴重随装载变化小。取 5 级衡使用中最大允许误差。"
)
DRIFT_DAYS = threshold("称重漂移对照天数", 28, "日", "四周，各星期几均等。")
DRIFT_TRUCKS = threshold("判断称重漂移的最少车数", 20, "台次", "当日六轴车太少时中位数不稳。")


def pass_thresholds(on: npt.NDArray[np.datetime64], axles: npt.NDArray[np.int64]) -> dict[str, npt.NDArray[Any]]:
    """The figures of each weighing by the day it was made, as columns for the doubts of `protocols.weighing`."""
    days = np.maximum(on, np.datetime64(START))
    columns = {name: np.asarray(parameter.on(days), dtype=np.float64) for name, parameter in _OF_ONE_PASS.items()}
    return columns | {"empty_kg": EMPTY_KG.at(days, np.clip(axles, 2, 6))}


_OF_ONE_PASS = {
    "axle_sum_most": AXLE_SUM_SHARE,
    "one_sided_most": ONE_SIDED_SHARE,
    "one_sided_from_kg": ONE_SIDED_AXLE_KG,
    "speed_jump_most": SPEED_JUMP_SHARE,
    "acceleration_most": ACCELERATION_MS2,
    "slowest_kmh": SLOWEST_KMH,
    "low_speed_scale_kmh": LOW_SPEED_SCALE_KMH,
    "usual_from_kmh": SPEED_FROM_KMH,
    "usual_to_kmh": SPEED_TO_KMH,
    "lightest_axle_least": LIGHTEST_AXLE_KG,
    "heaviest_axle_most": HEAVIEST_AXLE_KG,
    "gap_least_mm": SHORTEST_GAP_MM,
    "gap_most_mm": LONGEST_GAP_MM,
    "wheelbase_most_mm": LONGEST_WHEELBASE_MM,
    "small_plate_axles": SMALL_PLATE_AXLES,
    "rate_most": IMPLAUSIBLE_RATE,
    "claim_off_kg": CLAIM_DIFFERENCE_KG,
}
