"""Short leases: a pass on somebody's desk is given to nobody else until it is decided, let go, or left too long."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, QuerySet

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.web.desk.models import Lease

#: How long a pass stays with a person whose browser is silent; it speaks with every decision and each minute.
LONG = timedelta(minutes=3)


def of_others(actor: Actor) -> QuerySet[Lease]:
    """The leases that hold against somebody now."""
    return Lease.objects.filter(until__gt=clock.now()).exclude(account=actor.account_id)


def take(actor: Actor, records: Iterable[int]) -> set[int]:
    """Lease records, or lease them anew; which of them are the actor's now. Those of others stay theirs."""
    wanted, now = list(records), clock.now()
    until = now + LONG
    # One UPDATE and one INSERT that gives way: of two people who ask at once one gets each record.
    Lease.objects.filter(record__in=wanted, until__lte=now).update(account=actor.account_id, until=until)
    fresh = [Lease(record=record, account_id=actor.account_id, until=until) for record in wanted]
    Lease.objects.bulk_create(fresh, ignore_conflicts=True)
    own = Lease.objects.filter(record__in=wanted, account=actor.account_id)
    own.update(until=until)
    return set(own.values_list("record", flat=True))


def let_go(actor: Actor, records: Iterable[int]) -> None:
    """Give records back to whoever comes next."""
    Lease.objects.filter(record__in=list(records), account=actor.account_id).delete()


def looking(actor: Actor) -> list[dict[str, object]]:
    """Who else has how many passes on the desk."""
    rows = of_others(actor).values_list("account__name", "account__username").annotate(passes=Count("pk"))
    return [{"name": name or username, "passes": passes} for name, username, passes in rows.order_by("-passes")]


def holder(record: int, actor: Actor) -> str:
    """Who else is looking at a record now, or the empty string."""
    lease = of_others(actor).filter(record=record).select_related("account").first()
    return "" if lease is None else lease.account.name or lease.account.username
