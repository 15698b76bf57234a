"""One list of passes as its address asks for it: SQL under the asker's scope, exact counts and sums, a page of rows.

    q=…  <condition>=…  sort=-passed_at  page=2  size=50

A pass sent twice is one: every question reads FINAL. The keys of a page come from the columns of the order alone; only
the rows of the page are read in full.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from json import loads
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from tonggui.base import clock
from tonggui.base.clock import to_micros
from tonggui.register.filters import Chip
from tonggui.register.query import FACET_VALUES, SIZES, FacetValue
from tonggui.web import telemetry
from tonggui.web.passlist.columns import COLUMNS, Row
from tonggui.web.passlist.conditions import CONDITIONS
from tonggui.web.passlist.kinds import Choice, Condition
from tonggui.web.passlist.scope import PassScope

FACETS = ("point", "band", "axles")
KEY = ("time", "site", "record_no")
FRAME = ("log", "frame_position")
INSTANT = "%Y-%m-%d %H:%M:%S.%f"
# A word of a search as long as this is the number of a record; a plate is shorter.
RECORD_NO_FROM = 10
# Behind so many rows a page is looked for among the values of its column, instead of by sorting all before it.
DEEP = 20_000
# Columns with nearly as many values as rows, and one with values that cannot be compared (NaN), are sorted instead.
UNCOUNTED = ("record_no", "received_at", "speed_kmh")
A_DAY = 86_400_000_000
# Rows read at once for an export.
CHUNK = 50_000


class PassQuestion:
    """A list of passes for one scope. `ledger` is the list as pages name it (`page.PassList`)."""

    as_of = None
    overdue_count = 0

    def __init__(self, ledger: Any, scope: PassScope, query: QueryDict | dict[str, Any] | None = None):
        self.ledger, self.scope = ledger, scope
        self.query = (
            query if isinstance(query, QueryDict) else QueryDict(urlencode(query or {}, doseq=True), mutable=True)
        )

    # --- which rows ---------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        return self.query.get("q", "").strip()[:60]

    def rows_of(self, without: str = "") -> tuple[str, dict[str, Any]]:
        """`FROM … WHERE …` with its values, without one condition where its own facet is counted.

        What a plate or a number holds is the same for every copy of a pass and is tested first (PREWHERE), so that the
        other columns are read only where it holds.
        """
        early: list[str] = []
        parts, values = [self.scope.condition], self.scope.values
        for condition in CONDITIONS:
            if condition.name != without:
                found, bound = condition.where(self.query)
                (early if condition.early else parts).extend(found)
                values |= bound
        for place, word in enumerate(self.text.upper().split()[:4]):
            column = "record_no" if len(word) >= RECORD_NO_FROM else "plate"
            early.append(f"position({column}, %(word{place})s) > 0")
            values[f"word{place}"] = word
        first = f"PREWHERE {' AND '.join(early)} " if early else ""
        return f"FROM passes FINAL {first}WHERE {' AND '.join(parts)}", values

    @property
    def chips(self) -> list[Chip]:
        """Conditions in force, in words; each can be taken away."""
        found = [chip for condition in CONDITIONS for chip in condition.chips(self.query, self.scope)]
        return [*found, Chip("q", self.text, f"包含：{self.text}")] if self.text else found

    # --- order and pages ----------------------------------------------------------------------------------------

    @property
    def sort(self) -> str:
        asked = self.query.get("sort", "")
        column = COLUMNS.get(asked.lstrip("-"))
        return asked if column and column.sortable else "-passed_at"

    @property
    def column(self) -> str:
        """The column of the store that the list is sorted by."""
        return COLUMNS[self.sort.lstrip("-")].sql

    @property
    def falling(self) -> bool:
        return self.sort.startswith("-")

    def order(self, turned: bool = False) -> str:
        """By time in the order of the table, which is read only as far as the page; else by numbers alone.

        Equal values have an order too, so that a page is always the same page.
        """
        falling = self.falling != turned
        names = KEY if self.column == "time" else dict.fromkeys([self.column, "time", *FRAME])
        return ", ".join(f"{name} {'DESC' if falling else 'ASC'}" for name in names)

    @property
    def size(self) -> int:
        asked = self.query.get("size", "")
        return next((size for size in SIZES if asked == str(size)), SIZES[0])

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def page(self) -> int:
        asked = self.query.get("page", "")
        return min(max(1, int(asked)), self.pages) if asked.isdecimal() and len(asked) < 9 else 1

    @cached_property
    def rows(self) -> list[Row]:
        """The rows of the page. One in the last half is counted from the end, over fewer rows."""
        first = (self.page - 1) * self.size
        last = min(first + self.size, self.count)
        turned = first > self.count - last
        skip = self.count - last if turned else first
        rows, values = self.rows_of()
        with telemetry.store() as client:
            if skip > DEEP and self.column not in UNCOUNTED:
                near, skip = self._near(client, rows, values, skip, skip + last - first, turned)
                rows += near
            keys = client.query(
                f"SELECT time, log, frame_position {rows} ORDER BY {self.order(turned)} "
                f"LIMIT {last - first} OFFSET {skip}",
                parameters=values,
            ).result_rows
            if not keys:
                return []
            found = client.query(
                "SELECT * FROM passes FINAL WHERE time IN %(times)s AND (log, frame_position) IN %(frames)s",
                parameters={
                    "times": [f"{at:{INSTANT}}" for at, *_ in keys],
                    "frames": [tuple(key[1:]) for key in keys],
                },
            )
            by_frame = {(row["log"], row["frame_position"]): row for row in found.named_results()}
        ordered = [by_frame[key[1:]] for key in keys if key[1:] in by_frame]
        return [self.told(row) for row in (reversed(ordered) if turned else ordered)]

    def _near(
        self, client: Any, rows: str, values: dict[str, Any], skip: int, end: int, turned: bool
    ) -> tuple[str, int]:
        """Narrow a deep page to the days, or the values, that it shows; and how many rows of these come before it."""
        falling = "DESC" if self.falling != turned else "ASC"
        by_time = self.column == "time"
        value = f"intDiv(toUnixTimestamp64Micro(time), {A_DAY})" if by_time else self.column
        found = client.query(
            "SELECT value, before FROM (SELECT value, n, "
            f"sum(n) OVER (ORDER BY value {falling} ROWS UNBOUNDED PRECEDING) - n AS before "
            f"FROM (SELECT {value} AS value, count() AS n {rows} GROUP BY value)) "
            "WHERE before < %(end)s AND before + n > %(skip)s ORDER BY before",
            parameters={**values, "skip": skip, "end": end},
        ).result_rows
        if not found:
            return "", skip
        ends = sorted(value for value, _ in found)
        if by_time:
            values |= {"near": ends[0] * A_DAY, "far": (ends[-1] + 1) * A_DAY}
            between = "time >= fromUnixTimestamp64Micro(%(near)s) AND time < fromUnixTimestamp64Micro(%(far)s)"
        else:
            values |= {"near": ends[0], "far": ends[-1]}
            between = f"{self.column} >= %(near)s AND {self.column} <= %(far)s"
        return f" AND {between}", skip - found[0][1]

    def one(self, log: str, position: int) -> Row | None:
        """The pass of one frame, whatever else is asked; None where it lies outside the scope."""
        asked = "SELECT * FROM passes FINAL WHERE log = %(log)s AND frame_position = %(position)s AND "
        with telemetry.store() as client:
            values = {"log": log, "position": position, **self.scope.values}
            found = list(client.query(asked + self.scope.condition, parameters=values).named_results())
        return self.told(found[0]) if found else None

    def of_plate(self, plate: str, most: int) -> list[Row]:
        """The newest passes of a plate within the scope; none for a plate that was not read."""
        if not plate:
            return []
        asked = f"SELECT * FROM passes FINAL WHERE plate = %(plate)s AND {self.scope.condition}"
        with telemetry.store() as client:
            values = {"plate": plate, **self.scope.values}
            found = client.query(f"{asked} ORDER BY time DESC LIMIT {int(most)}", parameters=values)
            return [self.told(row) for row in found.named_results()]

    def told(self, row: Row) -> Row:
        """A row as pages read it: aware times, the point by name, media as a list."""
        row = {name: _utc(value) if isinstance(value, datetime) else value for name, value in row.items()}
        media = row.get("media") or "[]"
        return row | {"point": self.scope.name(row["site"]), "media": loads(media) if media.startswith("[") else []}

    def stream(self) -> Iterator[Row]:
        """Every row of the list in its order as it stood at the beginning: for exports."""
        rows_of, values = self.rows_of()
        rows_of += " AND received_at <= fromUnixTimestamp64Micro(%(asked_at)s)"
        values |= {"asked_at": to_micros(clock.now())}
        asked = f"SELECT * {rows_of} ORDER BY {self.order()} LIMIT {CHUNK} OFFSET "
        done = 0
        while True:
            with telemetry.store() as client:
                rows = list(client.query(f"{asked}{done}", parameters=values).named_results())
            yield from map(self.told, rows)
            done += len(rows)
            if len(rows) < CHUNK:
                return

    # --- counts -------------------------------------------------------------------------------------------------

    @cached_property
    def sums(self) -> dict[str, Any]:
        """Rows, those over the limit and the sums of columns: one pass over the filter."""
        rows_of, values = self.rows_of()
        summed = "".join(f", {column.totals} AS sum_{name}" for name, column in COLUMNS.items() if column.totals)
        asked = f"SELECT count() AS rows, countIf(excess_kg > 0) AS over{summed} {rows_of}"
        with telemetry.store() as client:
            return next(iter(client.query(asked, parameters=values).named_results()))

    @property
    def count(self) -> int:
        return int(self.sums["rows"])

    @property
    def totals(self) -> dict[str, Any]:
        return {name: self.sums[f"sum_{name}"] for name, column in COLUMNS.items() if column.totals}

    def facet(self, condition: Condition) -> list[FacetValue]:
        """Counts by value of one condition, most first, over all conditions but its own."""
        rows_of, values = self.rows_of(without=condition.name)
        asked = f"SELECT {condition.facet} AS value, count() AS n {rows_of} GROUP BY value ORDER BY n DESC, value"
        with telemetry.store() as client:
            counted = client.query(f"{asked} LIMIT {FACET_VALUES}", parameters=values).result_rows
        chosen, words = set(condition.given(self.query)), dict(condition.options(self.scope))
        named = [(condition.counted(value), n) for value, n in counted]
        found = [FacetValue(value, words.get(value, value), n, value in chosen) for value, n in named if value]
        if not isinstance(condition, Choice):
            return found
        places = list(words)
        return sorted(found, key=lambda one: places.index(one.value))

    @property
    def facet_conditions(self) -> list[Condition]:
        return [condition for condition in CONDITIONS if condition.name in FACETS]

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


def _utc(at: datetime) -> datetime:
    """The store keeps UTC; its client hands instants over without a zone."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)
