"""消息头: the head of every message, as a table like any other.

Basis: JT/T 808-2013 4.4.3 and JT/T 808-2019 4.4.3. Where the digits of the phone are no digits, they stay as sent.
"""

from typing import Any

from tonggui.wire.declare import Message, bcd, bits, u8, u16
from tonggui.wire.layout import Read

ENCRYPTION = 0x1C00
IN_PARTS = 0x2000


class Head(Message, id=0, title="消息头", basis={2011: "JT/T 808-2013 4.4.3", 2019: "JT/T 808-2019 4.4.3"}):
    """What the message is, whose it is, and how long."""

    message_id = u16("消息ID", hex=True)
    attributes = u16("消息体属性", hex=True)
    body_length = bits("attributes", 0, 10, "消息体长度", unit="字节")
    encryption = bits("attributes", 10, 3, "数据加密方式", names={0: "不加密", 1: "RSA"})
    fragmented = bits("attributes", 13, 1, "分包", names={0: "否", 1: "是"})
    protocol_version = u8("协议版本号", since=2019)
    phone = bcd("终端手机号", size={2013: 6, 2019: 10})
    serial = u16("消息流水号")
    package_total = u16("消息总包数", when=("attributes", IN_PARTS))
    package_index = u16("包序号", when=("attributes", IN_PARTS))

    @classmethod
    def plain(cls, read: Read) -> dict[str, Any]:
        """As JSON: the attributes as what they say, not as a number."""
        out = super().plain(read)
        out.pop("attributes", None)
        if "fragmented" in out:
            out["fragmented"] = bool(out["fragmented"])
        return out
