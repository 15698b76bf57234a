"""How the platform behaves towards a terminal of JT/T 808: who is let in, and the answers that are not the general one.

Basis: JT/T 808-2013 and 2019, chapters 6 to 8. A terminal registers (0x0100), is given an authentication code (0x8100),
and authenticates with it (0x0102) on every connection; before that nothing else is taken from it. The code is a keyed
digest of the terminal's number: it needs no table, and a code given out stays good however often the platform starts.

A message that no declaration describes is kept and answered "not supported", so the terminal need not repeat it. One
that only a platform sends is kept and not answered: two platforms wired together must not answer each other for ever.
"""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from hashlib import sha256

from tonggui.base.clock import CHINA
from tonggui.protocols.jt808 import (
    AUTHENTICATE,
    JT808,
    LOG_OUT,
    REGISTER,
    REGISTER_ANSWER,
    SERVER_TIME,
    SERVER_TIME_QUERY,
    TERMINAL_ANSWER,
)
from tonggui.protocols.jt808.frame import FRAMING, HEAD_2019
from tonggui.stream.admission import Standing
from tonggui.stream.conduct import Outcome, Then
from tonggui.wire.framing import Head, Reason
from tonggui.wire.intake import AnswerForm, Kind

DONE, FAILED, UNSUPPORTED = 0, 1, 3
REGISTERED, NO_SUCH_TERMINAL = 0, 4

CODE_DIGITS = 20

FROM_PLATFORM = 0x8000
"""Messages from this number on go from the platform to the terminal (JT/T 808-2019, annex B)."""


def is_supported(message_id: int) -> bool:
    """Whether a terminal may send this message and its declaration is here."""
    return message_id in JT808.messages and message_id < FROM_PLATFORM


@dataclass(frozen=True, slots=True)
class Conduct:
    """The behaviour of this platform. `secret` keys the authentication codes.

    The edition of 2019 calls the time of 0x8004 UTC although the standard's times are +08:00 elsewhere, and platforms
    differ: `clock` is the zone that this site's terminals expect.
    """

    secret: bytes
    clock: tzinfo = CHINA

    framing = FRAMING
    kinds = {message_id: Kind.SPECIAL for message_id in range(1 << 16) if not is_supported(message_id)} | {
        TERMINAL_ANSWER: Kind.SILENT,
        REGISTER: Kind.SPECIAL,
        LOG_OUT: Kind.SPECIAL,
        SERVER_TIME_QUERY: Kind.SPECIAL,
        AUTHENTICATE: Kind.SPECIAL,
    }
    forms = (
        AnswerForm(bytes.fromhex("80010005") + bytes(13), (4, 6), 10, 12, 14, 16),
        AnswerForm(bytes.fromhex("80014005") + bytes(18), (4, 11), 15, 17, 19, 21),
    )

    def code(self, identity: str) -> str:
        """The authentication code of a terminal."""
        return hmac.new(self.secret, identity.encode(), sha256).hexdigest()[:CODE_DIGITS]

    def attend(self, clean: bytes, head: Head, standing: Standing, inside: bool) -> Outcome:
        """Decide on a message that needs its own answer, or whose sender is not let in yet on its connection."""
        if head.message_id == REGISTER:
            return self._register(head, standing)
        if not standing.known:
            return Outcome(Reason.UNKNOWN_TERMINAL, self._general(head, FAILED))
        if head.message_id == AUTHENTICATE:
            return self._authenticate(clean, head, standing)
        if not inside and not standing.trusted:
            return Outcome(Reason.NOT_AUTHENTICATED, self._general(head, FAILED))
        if not is_supported(head.message_id):
            return Outcome(Reason.UNKNOWN_MESSAGE, self._general(head, UNSUPPORTED), then=Then.ENTER)
        if head.message_id == LOG_OUT:
            return Outcome(Reason.OK, DONE, then=Then.LEAVE)
        if head.message_id == SERVER_TIME_QUERY:
            now = datetime.now(UTC).astimezone(self.clock)
            return Outcome(Reason.OK, own=(SERVER_TIME, bytes.fromhex(f"{now:%y%m%d%H%M%S}")), then=Then.ENTER)
        return Outcome(Reason.OK, self._general(head, DONE), then=Then.ENTER)

    def write(self, asked: bytes, head: Head, message_id: int, body: bytes, serial: int) -> bytes:
        """A message to the sender of `asked`, in the edition of its head, ready for the wire."""
        newer = head.layout is HEAD_2019
        attributes = len(body) | (HEAD_2019.value if newer else 0)
        copied = asked[4 : head.layout.serial_at]
        numbers = message_id.to_bytes(2, "big") + attributes.to_bytes(2, "big")
        return FRAMING.frame(numbers + copied + serial.to_bytes(2, "big") + body)

    def _register(self, head: Head, standing: Standing) -> Outcome:
        serial = head.serial.to_bytes(2, "big")
        if not standing.known:
            return Outcome(Reason.UNKNOWN_TERMINAL, own=(REGISTER_ANSWER, serial + bytes((NO_SUCH_TERMINAL,))))
        code = self.code(head.identity).encode()
        return Outcome(Reason.OK, own=(REGISTER_ANSWER, serial + bytes((REGISTERED,)) + code))

    def _authenticate(self, clean: bytes, head: Head, standing: Standing) -> Outcome:
        body = clean[head.body_start : head.body_end]
        # 2019 puts a length before the code, and what the terminal is behind it.
        said = body[1 : 1 + body[0]] if head.layout is HEAD_2019 and body else body
        said = said.strip(b"\0 ")
        codes = [self.code(head.identity).encode()]
        if standing.authentication:
            codes.append(standing.authentication.encode("gb18030"))
        if standing.trusted or any(hmac.compare_digest(said, code) for code in codes):
            return Outcome(Reason.OK, DONE, then=Then.ENTER)
        return Outcome(Reason.NOT_AUTHENTICATED, FAILED, then=Then.LEAVE)

    @staticmethod
    def _general(head: Head, result: int) -> int | None:
        is_answer = head.message_id == TERMINAL_ANSWER or head.message_id >= FROM_PLATFORM
        return None if is_answer else result
