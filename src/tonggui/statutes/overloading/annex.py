"""车货总质量限值的取值与理解: the limits of article 3 and of the annex, its corrections, and what both leave open.

Basis: 超限运输车辆行驶公路管理规定 (2016年第62号令) article 3; 公路货运车辆超限超载认定标准, drawings and notes.
"""

from datetime import date

from tonggui.law.declare import Parameter, Reading
from tonggui.statutes.overloading.layouts import Layout
from tonggui.statutes.sources import CHECKED, HIGHWAY_PROTECTION, OVERLIMIT_ORDER, OVERLIMIT_STANDARD

START = OVERLIMIT_ORDER.since or date.min
ARTICLE = OVERLIMIT_ORDER.article(3, 1)
APPLYING = OVERLIMIT_ORDER.article(3, 2)
DRAWINGS = OVERLIMIT_STANDARD.part("图示")
NOTES = OVERLIMIT_STANDARD.part("备注")

MASS_LIMIT = Parameter(
    "车货总质量限值",
    unit="kg",
    source=ARTICLE,
    checked=CHECKED,
    values={
        START: {
            Layout.TRUCK_2: 18_000,
            Layout.TRUCK_3: 25_000,
            Layout.TRAIN_3: 27_000,
            Layout.TRUCK_4: 31_000,
            Layout.TRAIN_4: 36_000,
            Layout.CENTRE_AXLE_3_1: 35_000,
            Layout.FULL_TRAILER_4: 36_000,
            Layout.TRAIN_5: 43_000,
            Layout.ARTICULATED_2_3: 42_000,
            Layout.TRAIN_6: 49_000,
            Layout.TRAIN_6_SINGLE_DRIVE: 46_000,
        }
    },
    note="35吨与42吨两项见认定标准图示，其余见第三条。",
)
SINGLE_TYRE_DEDUCTION = Parameter("单轮胎扣减质量", unit="kg", source=APPLYING, checked=CHECKED, values={START: 3_000})
AIR_SUSPENSION_ADDITION = Parameter("空气悬架增加质量", unit="kg", source=NOTES, checked=CHECKED, values={START: 1_000})
AIR_SUSPENSION_SPACING = Parameter(
    "空气悬架四轴铰接列车半挂车轴距",
    unit="mm",
    source=NOTES,
    checked=CHECKED,
    values={START: 1_800},
    note="半挂车轴距不小于此值的四轴铰接列车方可增加。",
)

TWO_PLUS_THREE = Reading(
    "two_plus_three",
    "二轴牵引车加三轴半挂车的限值",
    DRAWINGS,
    {"annex": "按认定标准图示，42吨", "article": "按第三条五轴汽车列车，43吨"},
    default="annex",
)
SINGLE_TYRES = Reading(
    "single_tyres",
    "单轮胎的扣减",
    APPLYING,
    {"per_axle": "每少两条轮胎（一轴）扣减一次", "once": "不论几轴只扣减一次"},
    default="per_axle",
)
AXLE_SUM = Reading(
    "axle_sum",
    "总质量与各轴最大允许轴荷之和",
    APPLYING,
    {"apart": "车型限值已含轴荷要求，不另作比较", "binding": "限值不超过各轴（轴组）最大允许轴荷之和"},
    default="apart",
)
PERMIT = Reading(
    "permit",
    "通行证载明质量低于车型限值",
    HIGHWAY_PROTECTION.article(35),
    {"higher": "通行证不减少本可装载的质量，取两者较高者", "stated": "一律以通行证载明的总质量为限值"},
    default="higher",
)
