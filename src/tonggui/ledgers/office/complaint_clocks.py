"""The clocks of a complaint by the avenue on which it came: when it is accepted, when answered."""

from datetime import date

from django.db.models import TextChoices

from tonggui.statutes.office import (
    HOTLINE_ACCEPTANCE,
    HOTLINE_REPLY,
    PETITION_ACCEPTANCE,
    PETITION_REPLY,
    PUBLIC_QUESTION_REPLY,
)


class Avenue(TextChoices):
    HOTLINE = "hotline", "12328 热线"
    CITY_LINE = "city_line", "12345 热线"
    IN_PUBLIC = "in_public", "阳光问政"
    FORUM = "forum", "网络留言"
    PETITION = "petition", "信访"
    VISIT = "visit", "来访来电"


PUBLIC = (Avenue.IN_PUBLIC, Avenue.FORUM)


def accept_due(avenue: str, received_on: date) -> date:
    """The last day for accepting: fifteen days for a petition, the hotline's working days for all else."""
    return (PETITION_ACCEPTANCE if avenue == Avenue.PETITION else HOTLINE_ACCEPTANCE).due(received_on)


def reply_due(avenue: str, received_on: date, accepted_on: date | None) -> date:
    """The last day for the answer; a petition's runs from its acceptance, or from the last day for that."""
    if avenue == Avenue.PETITION:
        return PETITION_REPLY.due(accepted_on or accept_due(avenue, received_on))
    return (PUBLIC_QUESTION_REPLY if avenue in PUBLIC else HOTLINE_REPLY).due(received_on)
