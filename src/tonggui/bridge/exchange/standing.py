"""How the exchange stands, by kind, for its page: what is open, what was turned down, how far behind each way is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Min, Q

from tonggui.ledgers.overload.provincial_item import ProvincialItem, ProvincialKind
from tonggui.ledgers.overload.upload_item import UploadItem, UploadKind
from tonggui.register.actor import Actor

OPEN = Q(state__in=("to_upload", "dispatched"))


@dataclass(frozen=True, slots=True)
class KindUp:
    """One kind on its way up; `oldest` is since when the oldest item waits for its receipt."""

    kind: str
    title: str
    to_upload: int = 0
    dispatched: int = 0
    receipted: int = 0
    turned_down: int = 0
    oldest: datetime | None = None
    last_receipt: datetime | None = None

    @property
    def behind(self) -> int:
        return self.to_upload + self.dispatched


@dataclass(frozen=True, slots=True)
class KindDown:
    """One kind that comes down."""

    kind: str
    title: str
    rows: int = 0
    not_used: int = 0
    last: datetime | None = None


def ups(actor: Actor) -> list[KindUp]:
    """Every kind that goes up, in its declared order, by one query."""
    states = {"receipted": "upload_receipted"} | {name: name for name in ("to_upload", "dispatched", "turned_down")}
    counts = {name: Count("pk", filter=Q(state=state)) for name, state in states.items()}
    found = (
        UploadItem.objects.visible_to(actor)
        .order_by()
        .values("kind")
        .annotate(**counts, oldest=Min("created_at", filter=OPEN), last_receipt=Max("receipted_at"))
    )
    return [KindUp(title=UploadKind(kind).label, **row) for kind, row in _in_order(found, UploadKind.values)]


def downs(actor: Actor) -> list[KindDown]:
    """Every kind that comes down, in its declared order, by one query."""
    found = (
        ProvincialItem.objects.visible_to(actor)
        .order_by()
        .values("kind")
        .annotate(rows=Count("pk"), not_used=Count("pk", filter=~Q(not_used_for="")), last=Max("handed_down_at"))
    )
    return [KindDown(title=ProvincialKind(kind).label, **row) for kind, row in _in_order(found, ProvincialKind.values)]


def _in_order(rows: Iterable[dict], kinds: list[str]) -> list[tuple[str, dict]]:
    """Each kind with its row; one that has none yet stands there all the same."""
    by_kind = {row["kind"]: row for row in rows}
    return [(kind, by_kind.get(kind, {"kind": kind})) for kind in kinds]
