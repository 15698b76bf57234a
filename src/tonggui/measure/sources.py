"""What kinds of indicator need to read their ledgers: sources, what reading them gives, and the values of a split."""

from tonggui.measure.reading import (
    NOTHING_REGISTERED,
    WHOLE_MONTHS,
    Reading,
    ahead,
    counted,
    read,
    registered,
)
from tonggui.measure.source import (
    ABOVE,
    ACTOR,
    BELOW,
    COUNTED,
    SELF,
    AsOf,
    Condition,
    During,
    Source,
    end_of,
    place,
    resolved,
)
from tonggui.measure.splitting import scopes_of

__all__ = [
    "ABOVE", "ACTOR", "BELOW", "COUNTED", "NOTHING_REGISTERED", "SELF", "WHOLE_MONTHS", "AsOf", "Condition", "During",
    "Reading", "Source", "ahead", "counted", "end_of", "place", "read", "registered", "resolved", "scopes_of",
]  # fmt: skip
