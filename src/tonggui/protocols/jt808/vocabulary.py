"""Flags and codes of JT/T 808, with the words of the standard and the editions in which they differ.

Basis: JT/T 808-2011, 808-2013, 808-2019, tables of the location report and of the terminal's attributes;
JT/T 1078-2016 5.4 for the video items; JT/T 415-2006 5.4.12 and JT/T 697.7-2014 for plate colours.
"""

from tonggui.wire.declare import BitFlag


class AlarmFlag(BitFlag):
    """报警标志位 of the location report."""

    EMERGENCY = 0, "紧急报警"
    OVERSPEED = 1, "超速报警"
    FATIGUE = 2, "疲劳驾驶"
    DANGER = 3, "危险预警", {2019: "危险驾驶行为报警"}
    GNSS_FAULT = 4, "GNSS模块发生故障"
    ANTENNA_CUT = 5, "GNSS天线未接或被剪断"
    ANTENNA_SHORT = 6, "GNSS天线短路"
    UNDERVOLTAGE = 7, "终端主电源欠压"
    POWER_LOST = 8, "终端主电源掉电"
    DISPLAY_FAULT = 9, "终端LCD或显示器故障"
    TTS_FAULT = 10, "TTS模块故障"
    CAMERA_FAULT = 11, "摄像头故障"
    IC_CARD_FAULT = 12, "道路运输证IC卡模块故障"
    OVERSPEED_WARNING = 13, "超速预警"
    FATIGUE_WARNING = 14, "疲劳驾驶预警"
    FORBIDDEN_PERIOD = 15, "第15位", {2019: "违规行驶报警"}
    TYRE_PRESSURE = 16, "第16位", {2019: "胎压预警"}
    BLIND_SPOT = 17, "第17位", {2019: "右转盲区异常报警"}
    DAILY_DRIVING = 18, "当天累计驾驶超时"
    PARKED_TOO_LONG = 19, "超时停车"
    AREA = 20, "进出区域"
    ROUTE = 21, "进出路线"
    SEGMENT_TIME = 22, "路段行驶时间不足或过长"
    OFF_ROUTE = 23, "路线偏离报警"
    VSS_FAULT = 24, "车辆VSS故障"
    FUEL = 25, "车辆油量异常"
    STOLEN = 26, "车辆被盗"
    ILLEGAL_IGNITION = 27, "车辆非法点火"
    ILLEGAL_MOVEMENT = 28, "车辆非法位移"
    COLLISION = 29, "碰撞预警", {2019: "碰撞侧翻报警"}
    ROLLOVER = 30, "侧翻预警"
    ILLEGAL_DOOR = 31, "非法开门报警", {2019: "第31位"}


class StatusFlag(BitFlag):
    """状态位 of the location report. Bits 8 and 9 are no flags but one number, the load."""

    ACC_ON = 0, "ACC开"
    FIXED = 1, "定位"
    SOUTH = 2, "南纬"
    WEST = 3, "西经"
    OUT_OF_SERVICE = 4, "停运状态"
    ENCRYPTED = 5, "经纬度已加密"
    COLLISION_WARNING = 6, "第6位", {2019: "紧急刹车系统采集的前撞预警"}
    LANE_DEPARTURE = 7, "第7位", {2019: "车道偏移预警"}
    FUEL_CUT = 10, "油路断开"
    CIRCUIT_CUT = 11, "电路断开"
    DOORS_LOCKED = 12, "车门加锁"
    DOOR_1 = 13, "门1开（前门）"
    DOOR_2 = 14, "门2开（中门）"
    DOOR_3 = 15, "门3开（后门）"
    DOOR_4 = 16, "门4开（驾驶席门）"
    DOOR_5 = 17, "门5开（自定义）"
    GPS = 18, "使用GPS定位"
    BEIDOU = 19, "使用北斗定位"
    GLONASS = 20, "使用GLONASS定位"
    GALILEO = 21, "使用Galileo定位"
    MOVING = 22, "第22位", {2019: "车辆处于行驶状态"}

    @classmethod
    def named(cls, value: int, edition: str = "") -> list[str]:
        """The flags that are set, and the load where it is not 空车."""
        load = LOADS[value >> 8 & 3]
        return super().named(value & ~0x300, edition) + ([load] if load else [])


LOADS = {0: "", 1: "半载", 2: "载重状态保留值", 3: "满载"}
"""Bits 8 and 9 of the status; 0 is 空车, which needs no word."""


class VehicleSignal(BitFlag):
    """扩展车辆信号状态位, item 0x25."""

    LOW_BEAM = 0, "近光灯"
    HIGH_BEAM = 1, "远光灯"
    RIGHT_TURN = 2, "右转向灯"
    LEFT_TURN = 3, "左转向灯"
    BRAKE = 4, "制动"
    REVERSE = 5, "倒挡"
    FOG = 6, "雾灯"
    POSITION_LAMP = 7, "示廓灯"
    HORN = 8, "喇叭"
    AIR_CONDITIONING = 9, "空调"
    NEUTRAL = 10, "空挡"
    RETARDER = 11, "缓速器工作"
    ABS = 12, "ABS工作"
    HEATER = 13, "加热器工作"
    CLUTCH = 14, "离合器状态"


class IoStatus(BitFlag):
    """IO状态位, item 0x2A."""

    DEEP_SLEEP = 0, "深度休眠"
    SLEEP = 1, "休眠"


class VideoAlarm(BitFlag):
    """视频相关报警, item 0x14 of JT/T 1078."""

    SIGNAL_LOST = 0, "视频信号丢失报警"
    LENS_COVERED = 1, "视频信号遮挡报警"
    STORAGE_FAULT = 2, "存储单元故障报警"
    OTHER_FAULT = 3, "其他视频设备故障报警"
    OVERLOAD = 4, "客车超员报警"
    ABNORMAL_DRIVING = 5, "异常驾驶行为报警"
    RECORDING_THRESHOLD = 6, "特殊报警录像达到存储阈值报警"


class AbnormalDriving(BitFlag):
    """异常驾驶行为, item 0x18 of JT/T 1078."""

    FATIGUE = 0, "疲劳"
    PHONE = 1, "打电话"
    SMOKING = 2, "抽烟"


class TerminalType(BitFlag):
    """终端类型 of the terminal's attributes."""

    PASSENGER = 0, "适用客运车辆"
    HAZMAT = 1, "适用危险品车辆"
    GOODS = 2, "适用普通货运车辆"
    TAXI = 3, "适用出租车辆"
    HARD_DISK = 6, "支持硬盘录像"
    SPLIT_UNIT = 7, "分体机"
    TRAILER = 8, "第8位", {2019: "适用挂车"}


class GnssModule(BitFlag):
    """GNSS模块属性."""

    GPS = 0, "支持GPS定位"
    BEIDOU = 1, "支持北斗定位"
    GLONASS = 2, "支持GLONASS定位"
    GALILEO = 3, "支持Galileo定位"


class RadioModule(BitFlag):
    """通信模块属性."""

    GPRS = 0, "支持GPRS通信"
    CDMA = 1, "支持CDMA通信"
    TD_SCDMA = 2, "支持TD-SCDMA通信"
    WCDMA = 3, "支持WCDMA通信"
    CDMA2000 = 4, "支持CDMA2000通信"
    TD_LTE = 5, "支持TD-LTE通信"
    OTHER = 7, "支持其他通信方式"


PLATE_COLORS = {
    0: "未上牌", 1: "蓝色", 2: "黄色", 3: "黑色", 4: "白色", 5: "绿色", 9: "其他",
    91: "农黄色", 92: "农绿色", 93: "黄绿色", 94: "渐变绿色",
}  # fmt: skip

TERMINAL_RESULTS = {0: "成功/确认", 1: "失败", 2: "消息有误", 3: "不支持"}
PLATFORM_RESULTS = {**TERMINAL_RESULTS, 4: "报警处理确认"}
REGISTER_RESULTS = {0: "成功", 1: "车辆已被注册", 2: "数据库中无该车辆", 3: "终端已被注册", 4: "数据库中无该终端"}
BATCH_TYPES = {0: "正常位置批量汇报", 1: "盲区补报"}
