"""Which passes wait for whom, in which order, and how many."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Length

from tonggui.base import clock
from tonggui.base.clock import CHINA
from tonggui.ledgers.overload.doubted_pass import DoubtedPass
from tonggui.protocols.weighing.doubts import Look
from tonggui.register.actor import Actor
from tonggui.register.models import HistoryEntry
from tonggui.web.desk import leases

KEY = "overload.doubtedpass"
ROLE = "overload_officer"
#: The orders of the queue: their words and what they sort by, the oldest deadline behind all of them.
SORTS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "deadline": ("期限最早", ()),
    "doubt": ("存疑最多", (Length("doubt").desc(),)),
    "rate": ("超限率最高", (F("rate").desc(),)),
}
BEHIND = (F("pass_review_by").asc(nulls_last=True), F("passed_at").asc(), F("pk").asc())
STEPS = {"found": "待初审", "reviewed": "待复审"}
LOOKS = {look.name.lower(): look.label for look in Look}
DONE = ("review", "accept", "send_back", "reject")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person wants to see: conditions and order, as they stand in the address."""

    point: str = ""
    day: date | None = None
    look: str = ""
    step: str = ""
    sort: str = "deadline"

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Wanted":
        """From an address or a request; what is none of ours is left out."""
        try:
            day = date.fromisoformat(str(given.get("day", "")))
        except ValueError:
            day = None
        return cls(
            point=str(given.get("point") or ""),
            day=day,
            look=str(given.get("look")) if given.get("look") in LOOKS else "",
            step=str(given.get("step")) if given.get("step") in STEPS else "",
            sort=str(given.get("sort")) if given.get("sort") in SORTS else "deadline",
        )

    @property
    def condition(self) -> Q:
        found = Q(state=self.step) if self.step else Q(state__in=STEPS)
        if self.point:
            found &= Q(point__number=self.point)
        if self.day:
            found &= Q(passed_on=self.day)
        if self.look:
            # SQLite keeps the signs of JSON escaped, PostgreSQL as they are.
            label = LOOKS[self.look]
            found &= Q(doubts_text__contains=f'"look": {json.dumps(label)}') | Q(doubts_text__contains=f'"{label}"')
        return found


def waiting(actor: Actor, wanted: Wanted) -> QuerySet[DoubtedPass]:
    """The passes that the actor may review: a second review is for another person than the first."""
    first = HistoryEntry.objects.filter(ledger=KEY, record=OuterRef("pk"), move="review").order_by("-id")
    rows = DoubtedPass.objects.visible_to(actor)
    if wanted.look:
        rows = rows.annotate(doubts_text=Cast("doubts", TextField()))
    rows = rows.filter(wanted.condition).annotate(reviewer=Subquery(first.values("account")[:1]))
    return rows.exclude(state="reviewed", reviewer=actor.account_id)


def give(
    actor: Actor, wanted: Wanted, have: Collection[str], passed_over: Collection[str], most: int
) -> list[DoubtedPass]:
    """The next passes for a person, leased: none that somebody else has, none that the person has or passed over."""
    rows = waiting(actor, wanted).exclude(number__in=[*have, *passed_over])
    rows = rows.exclude(pk__in=leases.of_others(actor).values("record")).order_by(*SORTS[wanted.sort][1], *BEHIND)
    held = set(DoubtedPass.objects.visible_to(actor).filter(number__in=list(have)).values_list("pk", flat=True))
    found = list(rows.select_related("point", "vehicle__enterprise", "permit", "yard", "unit")[: max(0, most)])
    own = leases.take(actor, held | {record.pk for record in found})
    return [record for record in found if record.pk in own]


def counts(actor: Actor, wanted: Wanted) -> dict[str, Any]:
    """How many the person has done today, how many wait, and who else is looking."""
    morning = datetime.combine(clock.today(), time(), CHINA)
    done = HistoryEntry.objects.filter(ledger=KEY, account=actor.account_id, move__in=DONE, at__gte=morning)
    return {"today": done.count(), "waiting": waiting(actor, wanted).count(), "looking": leases.looking(actor)}
