"""JT/T 808: the protocol between terminals on vehicles and the platform, in its editions of 2011, 2013 and 2019.

Basis: JT/T 808-2011, 808-2013 and 808-2019, chapters 4 (frame and head) and 8 (messages).
2011 and 2013 share a head; a message whose body differs tells them apart by its bytes.
"""

from tonggui.protocols.jt808.batch_report import BatchReport
from tonggui.protocols.jt808.frame import FRAMING
from tonggui.protocols.jt808.general import PlatformAnswer, ServerTime, ServerTimeQuery, TerminalAnswer
from tonggui.protocols.jt808.head import ENCRYPTION, Head
from tonggui.protocols.jt808.location_report import LocationReport
from tonggui.protocols.jt808.properties import Properties, PropertiesQuery
from tonggui.protocols.jt808.session import Authentication, Heartbeat, LogOut, Registration, RegistrationAnswer
from tonggui.protocols.jt808.vocabulary import StatusFlag
from tonggui.wire.protocol import Protocol

TERMINAL_ANSWER, HEARTBEAT, LOG_OUT, SERVER_TIME_QUERY = 0x0001, 0x0002, 0x0003, 0x0004
REGISTER, AUTHENTICATE, PROPERTIES = 0x0100, 0x0102, 0x0107
LOCATION_REPORT, BATCH_REPORT = 0x0200, 0x0704
GENERAL_ANSWER, SERVER_TIME, REGISTER_ANSWER, PROPERTIES_QUERY = 0x8001, 0x8004, 0x8100, 0x8107

STATUS_ACC_ON, STATUS_FIXED = int(StatusFlag.ACC_ON), int(StatusFlag.FIXED)
STATUS_SOUTH, STATUS_WEST = int(StatusFlag.SOUTH), int(StatusFlag.WEST)

JT808 = Protocol(
    "JT/T 808",
    framing=FRAMING,
    head=Head,
    messages=[
        TerminalAnswer, Heartbeat, LogOut, ServerTimeQuery, Registration, Authentication, Properties,
        LocationReport, BatchReport,
        PlatformAnswer, ServerTime, RegistrationAnswer, PropertiesQuery,
    ],
    encrypted_mask=ENCRYPTION,
)  # fmt: skip
