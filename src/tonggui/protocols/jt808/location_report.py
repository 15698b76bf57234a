"""位置信息汇报 0x0200: where a vehicle is and what its terminal says of it.

Basis: JT/T 808-2011 8.12, 808-2013 8.18, 808-2019 8.21, with the tables of alarm flags, status flags and additional
items; items 0x14 to 0x18 by JT/T 1078-2016 5.4. Coordinates are WGS-84 as sent; nothing is converted here.
"""

from tonggui.protocols.jt808.vocabulary import (
    AbnormalDriving,
    AlarmFlag,
    IoStatus,
    StatusFlag,
    VehicleSignal,
    VideoAlarm,
)
from tonggui.wire.declare import Example, Message, bcd_time, bits, dialect, flags, i16, item, raw, tlv, u8, u16, u32

AREA_KINDS = {0: "无特定位置", 1: "圆形区域", 2: "矩形区域", 3: "多边形区域", 4: "路段"}
PASS_KINDS = {1: "圆形区域", 2: "矩形区域", 3: "多边形区域", 4: "路线"}
VIDEO = "JT/T 1078-2016 5.4"
HEMISPHERE = "数值为绝对值，南纬、西经由状态位表示；最高位为 1 的不可能是绝对值，按补码读（部分终端如此发送）。"


class LocationReport(
    Message, id=0x0200, title="位置信息汇报",
    basis={2011: "JT/T 808-2011 8.12", 2013: "JT/T 808-2013 8.18", 2019: "JT/T 808-2019 8.21"},
):  # fmt: skip
    """A fix with alarms, status and a tail of optional items; sent by the terminal. The same in every edition."""

    alarm = flags(u32, AlarmFlag, "报警标志")
    status = flags(u32, StatusFlag, "状态")
    latitude = u32("纬度", scale=1e-6, unit="deg", negative_if=("status", StatusFlag.SOUTH), reading=HEMISPHERE)
    longitude = u32("经度", scale=1e-6, unit="deg", negative_if=("status", StatusFlag.WEST), reading=HEMISPHERE)
    altitude_m = i16(
        "高程", unit="m",
        reading="标准写作 WORD，未规定海平面以下的高程；终端按补码发送，这里按补码读。",
    )  # fmt: skip
    speed_kmh = u16("速度", scale=0.1, unit="km/h", column="f4")
    direction = u16("方向", unit="deg")
    time = bcd_time("时间", zone="+08:00")

    extras = tlv("附加信息", key=u8, length=u8, of={
        0x01: item(mileage_km=u32("里程", scale=0.1, unit="km")),
        0x02: item(fuel_l=u16("油量", scale=0.1, unit="L")),
        0x03: item(recorder_speed_kmh=u16("行驶记录功能获取的速度", scale=0.1, unit="km/h")),
        0x04: item(manual_alarm_event_id=u16("需要人工确认报警事件的ID"), since=2013),
        0x05: item(tyre_pressures=raw("胎压", size=30), since=2019, kept_raw=True,
                   reading="每轮一字节，从前到后、从左到右，FF 为未用；标准所写单位 Pa 一字节放不下，故保留原始字节。"),
        0x06: item(compartment_temperature_c=u16("车厢温度", sign="top", unit="℃"), since=2019, kept_raw=True,
                   reading="最高位为 1 表示零下，其余各位为数值。"),
        0x11: item("超速报警附加信息", location_type=u8("位置类型", names=AREA_KINDS),
                   area_id=u32("区域或路段ID", optional=True)),
        0x12: item("进出区域/路线报警附加信息", location_type=u8("位置类型", names=PASS_KINDS),
                   area_id=u32("区域或线路ID"), direction=u8("方向", names={0: "进", 1: "出"})),
        0x13: item("路段行驶时间不足/过长报警附加信息", segment_id=u32("路段ID"),
                   drive_time_s=u16("路段行驶时间", unit="s"), result=u8("结果", names={0: "不足", 1: "过长"})),
        0x14: item(video_alarm=flags(u32, VideoAlarm, "视频相关报警"), basis=VIDEO),
        0x15: item(video_signal_lost=u32("视频信号丢失报警状态"), basis=VIDEO),
        0x16: item(video_signal_blocked=u32("视频信号遮挡报警状态"), basis=VIDEO),
        0x17: item(storage_fault=u16("存储器故障报警状态"), basis=VIDEO),
        0x18: item("异常驾驶行为报警详细描述", basis=VIDEO,
                   abnormal_driving=flags(u16, AbnormalDriving, "异常驾驶行为类型"),
                   fatigue_level=u8("疲劳程度", optional=True),
                   reading="项目表写 2 字节，格式表另有第三字节疲劳程度：两种长度都读。"),
        0x25: item(vehicle_signal=flags(u32, VehicleSignal, "扩展车辆信号状态位"), since=2013),
        0x2A: item(io_status=flags(u16, IoStatus, "IO状态位"), since=2013),
        0x2B: item("模拟量", since=2013, analog=u32("模拟量"),
                   ad0=bits("analog", 0, 16, "AD0"), ad1=bits("analog", 16, 16, "AD1")),
        0x30: item(signal_strength=u8("无线通信网络信号强度"), since=2013),
        0x31: item(satellites=u8("GNSS定位卫星数"), since=2013),
    })  # fmt: skip

    examples = [
        Example(
            "a car at rest, a maker's item kept as bytes",
            frame="7e0200002f017028775424038d000000000000000a0189dbeb04ca653a0000001201472304070007440104000000003001"
                  "1b31010ee1012dea020001dc7e",
            reads=dict(latitude=25.811947, longitude=-80.37305, speed_kmh=1.8, direction=327, altitude_m=0,
                       mileage_km=0.0, signal_strength=27, satellites=14),
        ),
        Example(
            "a coach in the 2019 edition, with video alarms",
            frame="7e0200404201000000000134199055070212000400000014100102136792"
                  "06c4a97d01001300000002220720103957010400000e3e020200000302025825040000001030014531010814040000000115"
                  "040000000c797e",
            edition="2019",
            reads=dict(latitude=34.82613, longitude=113.551741, mileage_km=364.6, fuel_l=0.0, recorder_speed_kmh=60.0,
                       video_alarm=1, video_signal_lost=12, alarm=262144),
        ),
    ]  # fmt: skip


unsigned_altitude = dialect(LocationReport, title="高程按无符号数", fields={"altitude_m": u16("高程", unit="m")})
