"""A list page's question, read from its address: which rows, in which order, which page, with counts and totals.

    q=…  <filter>=…  overdue=1  state=…  sort=-found_on  page=2  size=50  as_of=2026-06-30

Whatever the address says, a page costs the same few queries: one for count and totals, one for the ids of the page
(over an index), one for its rows with their links; facets are one query each and asked for separately.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet, Sum
from django.http import QueryDict

from tonggui.base import clock
from tonggui.register.actor import Actor
from tonggui.register.filters import Chip, Filter, filter_of
from tonggui.register.kinds import Kind, Link
from tonggui.register.spans import days
from tonggui.register.spine import ABOUT, about, asked_record

SIZES = (20, 50, 100)
# Values of one facet that are counted; what is beyond them is reached by the filter.
FACET_VALUES = 12
# Names of linked records are long; so many fill a line of the list's page.
LINKED_FACET_VALUES = 4
# Rows that a search may find before it is counted and paged like any other list.
SEARCH_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: its word, how many rows have it, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


class ListQuery:
    """One list, for one actor, as its address asks for it."""

    def __init__(self, bound: Any, actor: Actor, query: QueryDict | dict[str, Any] | None = None):
        self.ledger, self.actor = bound, actor
        self.query = query if isinstance(query, QueryDict) else _as_query(query or {})

    # --- which rows ---------------------------------------------------------------------------------------------

    @cached_property
    def filters(self) -> list[Filter]:
        """Filters of the query bar, and those of any other field that the address names."""
        shown = list(self.ledger.filters)
        names = {filter_.name for filter_ in shown}
        for name, kind in self.ledger.kinds.items():
            if name not in names and kind.filter:
                further = filter_of(self.ledger, name)
                if any(parameter in self.query for parameter in further.parameters):
                    shown.append(further)
        return shown

    @property
    def text(self) -> str:
        return self.query.get("q", "").strip()

    @property
    def as_of(self) -> Any:
        """The day at whose end the ledger is read, or None for now."""
        span = days(self.query.get("as_of", ""))
        return span.end if span else None

    @property
    def overdue(self) -> bool:
        return self.query.get("overdue") == "1"

    def condition(self, without: str = "") -> Q:
        """What the address asks for, without one filter where its own facet is counted."""
        found = Q()
        for filter_ in self.filters:
            if filter_.name != without:
                found &= filter_.q(self.query)
        if self.overdue:
            found &= self.overdue_condition()
        return found & self._concerning() & self._searched()

    @cached_property
    def concerned(self) -> Any:
        """The record that `about` names, whose rows are asked for; None where it is not for the actor to see."""
        return asked_record(self.query.get(ABOUT, ""), self.actor) if ABOUT in self.query else None

    def _concerning(self) -> Q:
        if not self.query.get(ABOUT):
            return Q()
        found = self.concerned and about(self.ledger, self.concerned)
        return found[0] if found else Q(pk__in=())

    def _searched(self) -> Q:
        """Every word must occur in one of the searched fields."""
        found = Q()
        for word in self.text.split()[:8]:
            anywhere = Q()
            for path in self.ledger.search:
                anywhere |= self._contains(path, word)
            found &= anywhere
        return found

    def _contains(self, path: str, word: str) -> Q:
        """The word in a field. A linked record is searched once in its own ledger, not again for every row."""
        link, _, rest = path.partition("__")
        if not rest:
            return Q(**{f"{path}__icontains": word})
        linked = self.ledger.kinds[link].related_model._base_manager
        return Q(**{f"{link}__in": linked.filter(**{f"{rest}__icontains": word}).values("pk")})

    def overdue_condition(self) -> Q:
        """Rows in a state whose day has passed."""
        found = Q(pk__in=())
        for state in self.ledger.flow.due:
            found |= Q(**{"state": state.name, f"{state.due}__lt": clock.today()})
        return found

    @cached_property
    def rows(self) -> QuerySet:
        """All rows that the address asks for and the actor may see, unordered."""
        return self._base.filter(self.condition())

    @property
    def _base(self) -> QuerySet:
        if self.as_of:
            return self.ledger.as_of(self.as_of, self.actor).order_by()
        return self.ledger.query(self.actor).order_by()

    @property
    def chips(self) -> list[Chip]:
        """Conditions in force, in words; each can be taken away."""
        found = [chip for filter_ in self.filters for chip in filter_.chips(self.query, self.actor)]
        if self.text:
            found.append(Chip("q", self.text, f"包含：{self.text}"))
        if self.query.get(ABOUT):
            named = f"{self.concerned.ledger.title} {self.concerned}" if self.concerned else "看不到的记录"
            found.append(Chip(ABOUT, self.query[ABOUT], f"与{named}有关"))
        if self.overdue:
            found.append(Chip("overdue", "1", "已逾期"))
        if self.as_of:
            found.append(Chip("as_of", self.query["as_of"], f"截至 {self.as_of} 的台账"))
        return found

    # --- order and pages ----------------------------------------------------------------------------------------

    @property
    def sort(self) -> str:
        """Field to sort by, with a minus for falling; an unknown one falls back to the ledger's own order."""
        asked = self.query.get("sort", "")
        return asked if asked.lstrip("-") in self.sortable else self.ledger.page.sort

    @cached_property
    def sortable(self) -> list[str]:
        """Fields a list may be sorted by: all that are stored in one column."""
        return [name for name, kind in self.ledger.kinds.items() if kind.filter]

    @property
    def size(self) -> int:
        asked = self.query.get("size", "")
        return next((size for size in SIZES if asked == str(size)), SIZES[0])

    @property
    def page(self) -> int:
        asked = self.query.get("page", "")
        return min(max(1, int(asked)), self.pages) if asked.isdecimal() and len(asked) < 9 else 1

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.size))

    def ordered(self) -> QuerySet:
        """The rows in order; equal values stay in the order of entry."""
        return self._in_order(self.rows)

    def _in_order(self, rows: QuerySet) -> QuerySet:
        falling = self.sort.startswith("-")
        field = self.sort.lstrip("-")
        tie = "-pk" if falling else "pk"
        # Numbers of one series rise with the id; sorting by both would defeat the index.
        return rows.order_by(self.sort) if field == "number" else rows.order_by(self.sort, tie)

    @cached_property
    def records(self) -> list[Any]:
        """The records of this page, with the links that the list shows."""
        # The ids come from an index alone; only the rows of one page are read in full.
        return self.read(self._page_ids())

    def read(self, ids: list[int]) -> list[Any]:
        """The records of some ids of `narrowed` or `ordered`, in that order, with the links that the list shows."""
        if self.as_of:
            from tonggui.register.history import records_of, with_ids

            return records_of(self.ledger, with_ids(ids))
        found = self.ledger.query(self.actor).select_related(*self.ledger.links).in_bulk(ids)
        return [found[pk] for pk in ids if pk in found]

    def _page_ids(self) -> list[int]:
        """The ids of the page. One that lies in the last half is counted from the end, over fewer rows."""
        first = (self.page - 1) * self.size
        last = min(first + self.size, self.count)
        if self._found is not None:
            return self._found[first:last]
        ids = self.ordered().values_list("pk", flat=True)
        if first <= self.count - last:
            return list(ids[first:last])
        return list(ids.reverse()[self.count - last : self.count - first])[::-1]

    def stream(self) -> Iterator[Any]:
        """Every record of the list in order, with its links, a thousand at a time: for exports and prints."""
        if self.as_of:
            from tonggui.register.history import records_of

            lines = self.ordered().iterator(chunk_size=1000)
            while chunk := list(islice(lines, 1000)):
                yield from records_of(self.ledger, chunk)
        else:
            yield from self.ordered().select_related(*self.ledger.links).iterator(chunk_size=1000)

    # --- counts -------------------------------------------------------------------------------------------------

    @cached_property
    def _found(self) -> list[int] | None:
        """The ids that a search finds, in order, when they are few: one pass over the texts gives page and count."""
        if not self.text:
            return None
        # Unordered, so that the texts are read as they lie on the disk; the few that are found are sorted after.
        ids = list(self.rows.values_list("pk", flat=True)[: SEARCH_AT_ONCE + 1])
        if len(ids) > SEARCH_AT_ONCE:
            return None
        return list(self._in_order(self._base.filter(pk__in=ids)).values_list("pk", flat=True))

    @property
    def narrowed(self) -> QuerySet:
        """The rows asked for; those of a search that found few are known by their ids."""
        return self.rows if self._found is None else self._base.filter(pk__in=self._found)

    @property
    def overdue_count(self) -> int:
        """How many of the rows are past their day; 0 of the past, and where nothing can be late."""
        if self.as_of or not self.ledger.flow.due:
            return 0
        return self.narrowed.filter(self.overdue_condition()).count()

    @cached_property
    def _sums(self) -> dict[str, Any]:
        summed = {f"sum_{kind.name}": Sum(kind.name) for kind in self.totalled}
        if self._found is not None and not summed:
            return {"rows": len(self._found)}
        return self.narrowed.aggregate(rows=Count("pk"), **summed)

    @property
    def totalled(self) -> list[Kind]:
        """Columns that have a total."""
        return [kind for kind in self.ledger.columns if isinstance(kind, Kind) and kind.totals]

    @property
    def count(self) -> int:
        return self._sums["rows"] if self._found is None else len(self._found)

    @property
    def totals(self) -> dict[str, Any]:
        """The sum of each numeric column over all rows of the filter, by field name; None over no values."""
        return {kind.name: self._sums[f"sum_{kind.name}"] for kind in self.totalled}

    @property
    def facet_names(self) -> list[str]:
        """Fields counted in the strip under the query bar: state first, then choices, flags and links filtered on."""
        filtered = [filter_.kind for filter_ in self.ledger.filters]
        names = [kind.name for kind in filtered if kind.facet or isinstance(kind, Link)]
        return list(dict.fromkeys(["state", *names]))

    def facet(self, name: str) -> list[FacetValue]:
        """Counts by value of one field, most first, over all conditions but the field's own."""
        kind = self.ledger.kinds[name]
        rows = self._base.filter(self.condition(without=name)) if name in self.query else self.narrowed
        most = LINKED_FACET_VALUES if isinstance(kind, Link) else FACET_VALUES
        counted = list(rows.values_list(name).annotate(rows=Count("pk")).order_by("-rows", name)[:most])
        chosen = set(self.query.getlist(name))
        if isinstance(kind, Link):
            linked = kind.related_model._base_manager.in_bulk([value for value, _ in counted if value])
            named = [(linked[value].number, linked[value].short_name, n) for value, n in counted if value in linked]
        else:
            named = [(kind.entry(value), kind.show(value), n) for value, n in counted if not kind.is_empty(value)]
        return [FacetValue(value, label, n, value in chosen) for value, label, n in named]

    # --- addresses ----------------------------------------------------------------------------------------------

    def address(self, **changes: Any) -> str:
        """This list's address with some parameters replaced; None takes one away. A change returns to page 1."""
        query = self.query.copy()
        if "page" not in changes:
            query.pop("page", None)
        for name, value in changes.items():
            query.pop(name, None)
            if isinstance(value, list | tuple):
                query.setlist(name, [str(one) for one in value])
            elif value is not None:
                query[name] = str(value)
        return f"{self.ledger.url}?{query.urlencode()}" if query else self.ledger.url


def _as_query(values: dict[str, Any]) -> QueryDict:
    return QueryDict(urlencode(values, doseq=True), mutable=True)
