"""What the bell shows on every page: unread messages by kind, with the warnings, some seconds old at most."""

from tonggui.base.kept import Kept
from tonggui.register import warnings
from tonggui.register.actor import Actor
from tonggui.register.approvals import bell

_kept: Kept[dict[str, int]] = Kept(20)


def rings(actor: Actor) -> dict[str, int]:
    """How much is new in each tab of the bell: 待办 and 公告 unread, 预警 in force."""
    return _kept.get(actor.account_id, lambda: _count(actor))


def _count(actor: Actor) -> dict[str, int]:
    counts = bell.unread(actor.account)
    counts["warning"] += warnings.count_for(actor)
    return counts


def forget(actor: Actor) -> None:
    """Count again at the next look: the person has just read or muted something."""
    _kept.forget(actor.account_id)
