"""通用应答与服务器时间: answers that fit most messages, and the platform's clock.

Basis: JT/T 808-2013 8.1, 8.2; JT/T 808-2019 8.1, 8.2, 8.4, 8.5.
"""

from tonggui.protocols.jt808.vocabulary import PLATFORM_RESULTS, TERMINAL_RESULTS
from tonggui.wire.declare import Example, Message, bcd_time, dialect, u8, u16


class TerminalAnswer(
    Message, id=0x0001, title="终端通用应答",
    basis={2011: "JT/T 808-2011 8.1", 2013: "JT/T 808-2013 8.1", 2019: "JT/T 808-2019 8.1"},
):  # fmt: skip
    """The terminal says what became of a message of the platform."""

    ack_serial = u16("应答流水号")
    ack_id = u16("应答ID", hex=True)
    result = u8("结果", names=TERMINAL_RESULTS)

    examples = [
        Example(
            "done",
            frame="7e0001000501380000000100070000810300b97e",
            reads=dict(ack_serial=0, ack_id=0x8103, result=0),
        ),
    ]


class PlatformAnswer(
    Message, id=0x8001, title="平台通用应答",
    basis={2011: "JT/T 808-2011 8.2", 2013: "JT/T 808-2013 8.2", 2019: "JT/T 808-2019 8.2"},
):  # fmt: skip
    """The platform says what became of a message of the terminal. Tonggui sends it only when the message is durable."""

    ack_serial = u16("应答流水号")
    ack_id = u16("应答ID", hex=True)
    result = u8("结果", names=PLATFORM_RESULTS)

    examples = [
        Example(
            "stored",
            frame="7e800100050138000000010007007b020000c27e",
            reads=dict(ack_serial=123, ack_id=0x0200, result=0),
        ),
    ]


class ServerTimeQuery(Message, id=0x0004, title="查询服务器时间请求", basis="JT/T 808-2019 8.4"):
    """An empty body: what time is it? Since 2019."""

    examples = [Example("asked", frame="7e00044000010000000001380000000100077a7e", edition="2019")]


class ServerTime(Message, id=0x8004, title="查询服务器时间应答", basis="JT/T 808-2019 8.5"):
    """The platform's clock. Since 2019. `utc_server_time` is the other reading of its zone."""

    time = bcd_time(
        "服务器时间", zone="+08:00",
        reading="2019 版此处写作 UTC，而标准通则为 GMT+8，各家实现不一：这里按 GMT+8 读。",
    )  # fmt: skip

    examples = [
        Example(
            "told",
            frame="7e8004400601000000001234567890120001191202101010517e",
            edition="2019",
            reads=dict(time="2019-12-02T10:10:10+08:00"),
        ),
    ]


utc_server_time = dialect(ServerTime, title="按UTC读", fields={"time": bcd_time("服务器时间", zone="+00:00")})
