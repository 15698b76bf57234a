"""What the bell shows on every page: unread messages by kind, with the warnings, some seconds old at most."""

import time

from tonggui.register import warnings
from tonggui.register.actor import Actor
from tonggui.register.approvals import bell

KEPT_SECONDS = 20

_kept: dict[int, tuple[float, dict[str, int]]] = {}


def rings(actor: Actor) -> dict[str, int]:
    """How much is new in each tab of the bell: 待办 and 公告 unread, 预警 in force."""
    at, counts = _kept.get(actor.account_id, (0.0, {}))
    if not counts or time.monotonic() - at > KEPT_SECONDS:
        counts = bell.unread(actor.account)
        counts["warning"] += warnings.count_for(actor)
        _kept[actor.account_id] = (time.monotonic(), counts)
    return counts


def forget(actor: Actor) -> None:
    """Count again at the next look: the person has just read or muted something."""
    _kept.pop(actor.account_id, None)
