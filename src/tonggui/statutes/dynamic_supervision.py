"""道路运输车辆动态监督: driving time, speed, retention and staff, as numbers that detectors and ledgers read.

Basis: 道路运输车辆动态监督管理办法 (2022), 道路旅客运输企业安全管理规范, 道路运输条例, and the notes to the tables of
全国重点营运车辆联网联控系统考核管理办法. Where the texts leave a number open the value is the bureau's and says so.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tonggui.law.acts import Article
from tonggui.law.declare import Parameter
from tonggui.statutes.sources import (
    BUREAU,
    CHECKED,
    DYNAMIC_SUPERVISION,
    NETWORK_ASSESSMENT,
    PASSENGER_SAFETY,
    ROAD_TRANSPORT,
)

START = date(2014, 7, 1)  # the first edition of the measure; the values below have not changed since unless dated


def value(title: str, amount: Any, unit: str, source: Article, **more: Any) -> Parameter:
    """A parameter of this chapter: one amount since START, or a mapping of amounts by day."""
    values = amount if isinstance(amount, Mapping) and isinstance(next(iter(amount)), date) else {START: amount}
    return Parameter(title, unit=unit, source=source, checked=CHECKED, values=values, **more)


DRIVING = DYNAMIC_SUPERVISION.article(24)
NOTES = NETWORK_ASSESSMENT.part("考核表说明")
OWN = BUREAU.part("动态监控")

# Speed
SPEEDING_LASTS = value("超速持续时间", 30, "s", NOTES, note="连续超过限速多于此时间方计一次超速。")
SPEEDING_MERGES = value("超速合并计次时间", 60, "s", NOTES, note="此时间内多次报警计一次。")
NIGHT_SPEED_SHARE = value("客车夜间限速比例", 0.8, "", DRIVING, note="夜间限速不高于日间限速的此比例。")
NIGHT_HOURS = value("夜间时段", (22, 6), "时", OWN, local=True, note="起、止小时，待核对；理解为二十二时至次日六时。")
SPEEDING_GRADES = value(
    "超速分级",
    (0.10, 0.20, 0.50),
    "",
    BUREAU.part("超速分级"),
    local=True,
    note="参照道路交通安全违法行为记分管理办法的档次。",
)

# Driving time and rest
CONTINUOUS_DAY = value("日间连续驾驶时间", 4 * 3600, "s", DRIVING)
CONTINUOUS_NIGHT = value("夜间连续驾驶时间", 2 * 3600, "s", DRIVING, note="客运车辆。")
CONTINUOUS_ALL = value(
    "道路运输连续驾驶时间", {ROAD_TRANSPORT.since or START: 4 * 3600}, "s", ROAD_TRANSPORT.article(28)
)
REST_LASTS = value("每次停车休息时间", 20 * 60, "s", DRIVING)
REST_SPEED = value("视为停车的速度", 5, "km/h", OWN, local=True, note="低于此速度视为停车，以吸收定位漂移。")
DRIVING_24H = value("二十四小时累计驾驶时间", 8 * 3600, "s", DRIVING, note="客车驾驶员，原则上。")
DRIVING_7_DAYS = value("任意连续七日累计驾驶时间", 44 * 3600, "s", PASSENGER_SAFETY.article(38), note="客车驾驶员。")
NIGHT_STOP_HOURS = value(
    "长途客车停止运行时段", (2, 5), "时", PASSENGER_SAFETY.article(38), note="凌晨，或实行接驳运输。"
)

# Position data
LONGITUDES = value("合格数据经度范围", (73 + 33 / 60, 135 + 5 / 60), "°", NOTES)
LATITUDES = value("合格数据纬度范围", (3 + 51 / 60, 53 + 33 / 60), "°", NOTES)
SPEEDS = value("合格数据速度范围", (0, 160), "km/h", NOTES)
ALTITUDES = value("合格数据海拔范围", (-200, 6500), "m", NOTES)
TRACK_BREAK_DISTANCE = value(
    "轨迹中断距离", 2_000, "m", OWN, local=True, note="考核办法未定；相邻两点超过此距离为不完整。"
)
TRACK_BREAK_TIME = value("轨迹中断时间", 5 * 60, "s", OWN, local=True, note="考核办法未定；行驶中超过此时间为不完整。")
DRIFT_SPEED = value("漂移判定速度", 160, "km/h", OWN, local=True, note="考核办法未定；两点间推算速度超过此值为漂移。")
OFFLINE_DISPLACEMENT = value("离线位移距离", 2_000, "m", OWN, local=True, note="离线前后两点超过此距离为离线位移。")
OFFLINE_ALARM = value("离线报警时间", 10 * 60, "s", OWN, local=True)

# Duties of the enterprise
HANDLING_RATE = value(
    "违规处理率", {date(2022, 2, 14): 0.90}, "", DYNAMIC_SUPERVISION.article(35), note="低于此值应责令改正。"
)
ALARM_HANDLING_DAYS = value(
    "报警处置期限", 3, "日", OWN, local=True, note="自报警之日起；管理办法只要求及时处理，未定日数，由本局确定。"
)
VIOLATION_HANDLING_DAYS = value(
    "动态违规处理期限", 3, "日", OWN, local=True, note="企业自违规之日起处理驾驶员的日数；管理办法只要求及时处理。"
)
VIOLATION_MONTHS = value("驾驶员违规计次期间", 12, "个月", OWN, local=True, note="同一驾驶员的违规在此期间内累计。")
RETRAINED_FROM = value("须培训的违规次数", 3, "次", OWN, local=True, note="期间内达到此次数的驾驶员须重新培训。")
DEVICE_LEAD = value("终端安装到期提醒", (30, 7), "日", OWN, local=True, note="应装日期前多少日提醒企业和经办。")
VEHICLES_PER_MONITOR = value("每名专职监控人员车辆数", 100, "辆", DYNAMIC_SUPERVISION.article(21))
MONITORS_AT_LEAST = value("专职监控人员最少人数", 2, "人", DYNAMIC_SUPERVISION.article(21))
POSITIONS_KEPT = value("动态监控数据保存期限", 6, "个月", DYNAMIC_SUPERVISION.article(25))
VIOLATIONS_KEPT = value("违法驾驶信息及处理情况保存期限", 36, "个月", DYNAMIC_SUPERVISION.article(25))
HEAVY_GOODS = value("重型载货汽车总质量", 12_000, "kg", DYNAMIC_SUPERVISION.article(3), note="总质量不小于此值。")
