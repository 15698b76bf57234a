"""Conduct: what a protocol tells the gateway about its manners, so that the gateway need not know the protocol."""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple, Protocol

from tonggui.stream.admission import Standing
from tonggui.wire.framing import Framing, Head, Reason
from tonggui.wire.intake import AnswerForm, Kind


class Then(Enum):
    """What becomes of the sender's session."""

    NOTHING = 0
    ENTER = 1
    LEAVE = 2


class Outcome(NamedTuple):
    """The decision on one message: its reason in the log, the result code of its general answer or None for none, an
    own answer (message id, body), and what becomes of the session."""

    reason: Reason
    general: int | None = None
    own: tuple[int, bytes] | None = None
    then: Then = Then.NOTHING


class Conduct(Protocol):
    """The manners of one protocol."""

    framing: Framing
    kinds: Mapping[int, Kind]
    forms: tuple[AnswerForm, ...]

    def attend(self, clean: bytes, head: Head, standing: Standing, inside: bool) -> Outcome:
        """Decide on a message that is SPECIAL or whose sender is not yet let in (`inside`) on its connection."""

    def write(self, asked: bytes, head: Head, message_id: int, body: bytes, serial: int) -> bytes:
        """A message to the sender of `asked`, ready for the wire."""
