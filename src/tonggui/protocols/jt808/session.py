"""注册、鉴权、心跳、注销: how a terminal comes to be known, and is.

Basis: JT/T 808-2011 8.3 to 8.7; 808-2013 8.3, 8.5 to 8.8; 808-2019 8.3, 8.8 to 8.11. Before its authentication is
accepted a terminal may send nothing but 0x0100 and 0x0102.
"""

from tonggui.protocols.jt808.vocabulary import PLATE_COLORS, REGISTER_RESULTS
from tonggui.wire.declare import Example, Message, fixed_text, text, u8, u16


class Registration(
    Message, id=0x0100, title="终端注册",
    basis={2011: "JT/T 808-2011 8.4", 2013: "JT/T 808-2013 8.5", 2019: "JT/T 808-2019 8.8"},
    editions={"2013": ("2013", "2011"), "2019": ("2019",)},
):  # fmt: skip
    """Who made the terminal and on which vehicle it sits. Province and city 0 leave the choice to the platform.

    The 2019 text pads the model in front, 2013 behind, 2011 with spaces; zeros are taken off on both sides. Where the
    plate colour is 0 the plate is the vehicle's identification number (VIN).
    """

    province_id = u16("省域ID")
    city_id = u16("市县域ID")
    manufacturer_id = fixed_text("制造商ID", size={2011: 5, 2019: 11})
    terminal_model = fixed_text("终端型号", size={2011: 8, 2013: 20, 2019: 30})
    terminal_id = fixed_text("终端ID", size={2011: 7, 2019: 30})
    plate_color = u8("车牌颜色", names=PLATE_COLORS)
    plate = text("车辆标识")

    @classmethod
    def edition_of(cls, claimed: str, body: bytes) -> str:
        """2013 has its plate colour at byte 36, 2011 at byte 24: too short for the one, it is the other.

        A long 2011 body carries a VIN, whose letters at byte 36 are no colour.
        """
        if claimed != "2013":
            return claimed
        if len(body) <= 36:
            return "2011"
        return "2011" if body[36] not in PLATE_COLORS and body[24] in PLATE_COLORS else "2013"

    examples = [
        Example(
            "2011: the model has eight bytes",
            frame="7e01000021000123456789000a002800323132333400746b3132333435004348493132330001d4c1413132333435857e",
            edition="2011",
            reads=dict(province_id=40, manufacturer_id="1234", terminal_model="tk12345", plate="粤A12345"),
        ),
        Example(
            "2013: the model has twenty",
            frame="7e0100002d000123456789000a002800323132333400736d616c6c6368693132330000000000000000004348493132330001"
                  "d4c14131323334358a7e",
            edition="2013",
            reads=dict(city_id=50, terminal_model="smallchi123", terminal_id="CHI123", plate_color=1, plate="粤A12345"),
        ),
        Example(
            "2019: wider fields",
            frame="7e0100405301000000000172998417380000001f007363640000000000000000007777772e3830382e636f6d000000000000"
                  "0000000000000000000000000037363534333231000000000000000000000000000000000000000000000001b2e2413132"
                  "33343b7e",
            edition="2019",
            reads=dict(province_id=31, manufacturer_id="cd", terminal_model="www.808.com", terminal_id="7654321",
                       plate="测A1234"),
        ),
    ]  # fmt: skip


class RegistrationAnswer(
    Message, id=0x8100, title="终端注册应答",
    basis={2011: "JT/T 808-2011 8.5", 2013: "JT/T 808-2013 8.6", 2019: "JT/T 808-2019 8.9"},
):  # fmt: skip
    """The platform's answer; the code to authenticate with comes only with success."""

    ack_serial = u16("应答流水号")
    result = u8("结果", names=REGISTER_RESULTS)
    auth_code = text("鉴权码", optional=True)

    examples = [
        Example(
            "accepted",
            frame="7e8100400d01000000000138000000010007000100bcf8c8a8c2eb20313233ee7e",
            edition="2019",
            reads=dict(ack_serial=1, result=0, auth_code="鉴权码 123"),
        ),
    ]


class Authentication(
    Message, id=0x0102, title="终端鉴权",
    basis={2011: "JT/T 808-2011 8.7", 2013: "JT/T 808-2013 8.8", 2019: "JT/T 808-2019 8.11"},
    editions={"2013": ("2013",), "2019": ("2019", "2013")},
):  # fmt: skip
    """The code the platform gave at registration; since 2019 with the device's IMEI and software version.

    A 2019 terminal whose lengths do not add up has sent the code alone, as 2013 has it.
    """

    auth_code = text("鉴权码", length={2011: None, 2019: u8})
    imei = fixed_text("终端IMEI", size=15, since=2019)
    software_version = fixed_text("软件版本号", size=20, since=2019)

    examples = [
        Example(
            "2013",
            frame="7e010200090138000000010007bcf8c8a8c2eb313131097e",
            edition="2013",
            reads=dict(auth_code="鉴权码111"),
        ),
        Example(
            "2019: with IMEI and software version",
            frame="7e010240290100000000013800000001000705343536313231323334353637383930616263646576322e302e3030303030"
            "30303030303030303030417e",
            edition="2019",
            reads=dict(auth_code="45612", imei="1234567890abcde", software_version="v2.0.000000000000000"),
        ),
    ]  # fmt: skip


class Heartbeat(
    Message, id=0x0002, title="终端心跳",
    basis={2011: "JT/T 808-2011 8.3", 2013: "JT/T 808-2013 8.3", 2019: "JT/T 808-2019 8.3"},
):  # fmt: skip
    """An empty body: the terminal is alive."""

    examples = [Example("alive", frame="7e0002000001234567890100008a7e")]


class LogOut(
    Message, id=0x0003, title="终端注销",
    basis={2011: "JT/T 808-2011 8.6", 2013: "JT/T 808-2013 8.7", 2019: "JT/T 808-2019 8.10"},
):  # fmt: skip
    """An empty body: the terminal takes its registration back."""

    examples = [Example("gone", frame="7e00034000010000000001380000000100077d017e", edition="2019")]
