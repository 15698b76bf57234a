"""查询终端属性: what a terminal is made of.

Basis: JT/T 808-2013 8.14, 8.15; JT/T 808-2019 8.17, 8.18. Not in 2011.
"""

from tonggui.protocols.jt808.vocabulary import GnssModule, RadioModule, TerminalType
from tonggui.wire.declare import Example, Message, bcd, fixed_text, flags, text, u8, u16


class PropertiesQuery(
    Message, id=0x8107, title="查询终端属性", basis={2013: "JT/T 808-2013 8.14", 2019: "JT/T 808-2019 8.17"}
):
    """An empty body: tell what you are."""

    examples = [Example("asked", frame="7e8107400001000000000138000000010007f87e", edition="2019")]


class Properties(
    Message, id=0x0107, title="查询终端属性应答", basis={2013: "JT/T 808-2013 8.15", 2019: "JT/T 808-2019 8.18"},
    editions={"2013": ("2013",), "2019": ("2019", "2019-wide")},
):  # fmt: skip
    """Type, maker, versions and modules of a terminal."""

    terminal_type = flags(u16, TerminalType, "终端类型")
    manufacturer_id = fixed_text(
        "制造商ID", size={2013: 5, 2019: 5, "2019-wide": 11},
        reading="2019 版表中为 5 字节，也有终端按注册消息的 11 字节发送：先按 5 字节读，长度不合时按 11 字节读。",
    )  # fmt: skip
    terminal_model = fixed_text("终端型号", size={2013: 20, 2019: 30})
    terminal_id = fixed_text("终端ID", size={2013: 7, 2019: 30})
    iccid = bcd(
        "终端SIM卡ICCID", size=10,
        reading="2013 版表中起始字节印作 42；按各字段长度应紧接终端ID（34），终端均如此发送。",
    )  # fmt: skip
    hardware_version = text("终端硬件版本号", length=u8)
    firmware_version = text("终端固件版本号", length=u8)
    gnss_attr = flags(u8, GnssModule, "GNSS模块属性")
    comm_attr = flags(u8, RadioModule, "通信模块属性")

    examples = [
        Example(
            "2013",
            frame="7e0107004904546000563500030000584300000043354c000000000000000000000000000000000039383837313235898830"
                  "30000131882455001943354c5f56322e3620323032362f30362f30342031353a33310301f47e",
            edition="2013",
            reads=dict(manufacturer_id="XC", terminal_model="C5L", iccid="89883030000131882455", gnss_attr=3),
        ),
        Example(
            "2019 with eleven bytes of maker",
            frame="7e0107407f01000008686280748662930096000f000000000000000000000000000000000000000000000000000000000000"
                  "0000000000000000000000300000000000000000000000000000000000000000000000000000000000898608331923307605"
                  "0122454332303041455548415230314132364d31365f363936303939323035323131303606362e322e383403ffe97e",
            edition="2019-wide",
            reads=dict(terminal_type=15, manufacturer_id="", iccid="89860833192330760501", firmware_version="6.2.84"),
        ),
    ]  # fmt: skip
