"""Time primitives of detectors: when does a condition on rows become an alarm, and when does the alarm end?

Each keeps its state in arrays over terminals, so a batch is worked through in a fixed number of array operations
however many vehicles it holds, and cutting the stream into other batches changes nothing: tests compare each with a
loop over single rows.
"""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Protocol

import numpy as np

from tonggui.base.clock import SECOND, Micros
from tonggui.stream.rows import Rows, shifted

State = dict[str, np.ndarray]
NO_AREA = -1


class Raised(NamedTuple):
    """A rule is fulfilled. `row` is the row that did it (-1: the clock did); `first` the frame it began with."""

    order: int
    terminal: int
    area: int
    row: int
    started_at: Micros
    raised_at: Micros
    first_log: int
    first_position: int
    peak: float


class Ended(NamedTuple):
    """What was raised is over. `ended_at` is the last instant it is known to have held."""

    order: int
    terminal: int
    area: int
    ended_at: Micros
    peak: float


Change = Raised | Ended


class Hold(Protocol):
    """A time primitive. `step` changes `state` in place and returns the changes, in order for each vehicle.

    `every_fix` is true for one that wants every fix received, not only those good enough to judge by.
    """

    every_fix: ClassVar[bool]

    def begin(self) -> State:
        """The state before the first row."""
        ...

    def grow(self, state: State, terminals: int) -> None:
        """Make room for terminals seen for the first time."""
        ...

    def step(self, state: State, rows: Rows, holds: np.ndarray, watched: np.ndarray, clock: Micros) -> list[Change]:
        """Take in one batch. `holds` is the condition (a value a row; for `silent` a value a terminal), `watched` the
        quantity whose peak is kept (NaN: none), `clock` the instant up to which everything received is known."""
        ...


class _PerTerminal:
    """State with one entry a terminal; `FIELDS` names them with their types."""

    FIELDS: ClassVar[dict[str, str]]
    every_fix: ClassVar[bool] = False

    def begin(self) -> State:
        return {name: np.zeros(0, kind) for name, kind in self.FIELDS.items()}

    def grow(self, state: State, terminals: int) -> None:
        for name, kind in self.FIELDS.items():
            missing = terminals - len(state[name])
            if missing > 0:
                state[name] = np.concatenate((state[name], np.zeros(max(missing, len(state[name])), kind)))


@dataclass(frozen=True)
class Lasting(_PerTerminal):
    """See `lasting`."""

    least: Micros
    gap: Micros
    FIELDS: ClassVar = {
        "last": "i8",  # time of the last row
        "heard": "i8",  # and when it was received
        "held": "?",  # the condition at the last row
        "raised": "?",  # the stretch that is under way has been raised
        "since": "i8",  # start of that stretch
        "first_log": "i2",
        "first_position": "u8",
        "peak": "f8",
    }

    def step(self, state: State, rows: Rows, holds: np.ndarray, watched: np.ndarray, clock: Micros) -> list[Change]:
        changes = self._rows(state, rows, holds, watched) if len(rows) else []
        # A vehicle that fell silent while its alarm lasted: nothing is known beyond its last row. By our own clock,
        # for a terminal's may be minutes off.
        fallen_silent = np.flatnonzero(state["raised"] & (clock - state["heard"] > 2 * self.gap))
        for terminal in fallen_silent.tolist():
            ended_at, peak = int(state["last"][terminal]), float(state["peak"][terminal])
            changes.append(Ended(len(rows), terminal, NO_AREA, ended_at, peak))
        state["raised"][fallen_silent] = False
        return changes

    def _rows(self, state: State, rows: Rows, holds: np.ndarray, watched: np.ndarray) -> list[Change]:
        terminal, time, first = rows.terminal, rows.time, rows.first_of_terminal()
        carried = {name: state[name][terminal] for name in state}
        time_before = shifted(time, first, carried["last"])
        joined = holds & shifted(holds, first, carried["held"]) & (time - time_before <= self.gap)
        starts = holds & ~joined
        # Where the stretch of each row begins in this batch; `own` where it began here and not in an earlier batch.
        head = np.maximum.accumulate(np.where(starts | first, np.arange(len(rows)), 0))
        own = starts[head]
        since = np.where(own, time[head], carried["since"])
        reached = holds & (time - since >= self.least)
        reached_before = shifted(reached, first, carried["raised"])
        raising = np.flatnonzero(reached & ~(reached_before & joined))
        # A stretch raised at the row before is over where this row does not join it.
        ending = np.flatnonzero(reached_before & ~joined)

        before_peak = np.where(own, -np.inf, np.where(carried["held"], carried["peak"], -np.inf))
        peak_at_raising = np.fmax(_peaks(watched, head[raising], raising), before_peak[raising])
        in_batch = ending[~first[ending]] - 1
        peak_at_end = np.array(carried["peak"][ending])
        peak_at_end[~first[ending]] = np.fmax(_peaks(watched, head[in_batch], in_batch), before_peak[in_batch])

        last = np.flatnonzero(np.append(first[1:], True))
        peak_now = np.fmax(_peaks(watched, head[last], last), before_peak[last])
        log = np.where(own, rows.log[head], carried["first_log"])
        position = np.where(own, rows.frame_position[head], carried["first_position"])
        changes: list[Change] = [
            Raised(2 * row, number, NO_AREA, row, started, raised_at, first_log, first_position, _plain(peak))
            for row, number, started, raised_at, first_log, first_position, peak in zip(
                raising.tolist(),
                terminal[raising].tolist(),
                since[raising].tolist(),
                time[raising].tolist(),
                log[raising].tolist(),
                position[raising].tolist(),
                peak_at_raising.tolist(),
                strict=True,
            )
        ]
        changes += [
            Ended(2 * row - 1, number, NO_AREA, at, _plain(peak))
            for row, number, at, peak in zip(
                ending.tolist(),
                terminal[ending].tolist(),
                time_before[ending].tolist(),
                peak_at_end.tolist(),
                strict=True,
            )
        ]
        who = terminal[last]
        state["last"][who] = time[last]
        state["heard"][who] = rows.received_at[last]
        state["held"][who] = holds[last]
        state["raised"][who] = reached[last]
        state["since"][who] = since[last]
        state["first_log"][who] = log[last]
        state["first_position"][who] = position[last]
        state["peak"][who] = peak_now
        return sorted(changes)


@dataclass(frozen=True)
class Crossing(_PerTerminal):
    """See `entering` and `leaving`. Pairs of terminal and area are kept as one number, `terminal << 32 | area`."""

    kinds: frozenset[str]
    inward: bool
    FIELDS: ClassVar = {"known": "?"}

    def begin(self) -> State:
        return {**super().begin(), "inside": np.zeros(0, "i8")}

    def stand_inside(self, state: State, terminal: np.ndarray, area: np.ndarray) -> None:
        """Take pairs for inside without a crossing; only those of a kind that is looked at ever matter."""
        state["inside"] = np.union1d(state["inside"], _pairs(terminal, area))

    def step(self, state: State, rows: Rows, holds: np.ndarray, watched: np.ndarray, clock: Micros) -> list[Change]:
        if not len(rows):
            return []
        terminal, first = rows.terminal, rows.first_of_terminal()
        row, area = rows.inside
        wanted = np.isin(rows.area_kind[area], list(self.kinds))
        now = _pairs(row[wanted], area[wanted])
        # The same pairs as seen from the next row of the terminal, with those carried from the last batch.
        heads = np.flatnonzero(first)
        met = np.isin(terminal[heads], state["inside"] >> 32)
        carried_row, carried_area = _expand(state["inside"], terminal[heads[met]], heads[met])
        last = np.append(first[1:], True)
        before = np.concatenate((now[~last[now >> 32]] + (1 << 32), _pairs(carried_row, carried_area)))
        known = np.where(first, state["known"][terminal], True)

        entered = np.setdiff1d(now, before, assume_unique=True)
        left = np.setdiff1d(before, now, assume_unique=True)
        entered = entered[known[entered >> 32]]
        begins, ends = (entered, left) if self.inward else (left, entered)
        # An area that is no longer of these kinds, or gone, cannot be left with an alarm; an alarm about it can end.
        begins = begins[np.isin(rows.area_kind[begins & 0xFFFFFFFF], list(self.kinds))]

        state["known"][terminal[last]] = True
        gone = np.isin(state["inside"] >> 32, terminal[last])
        still = now[last[now >> 32]]
        stays = _pairs(terminal[still >> 32].astype("i8"), still & 0xFFFFFFFF)
        state["inside"] = np.sort(np.concatenate((state["inside"][~gone], stays)))
        changes: list[Change] = []
        for pair in begins.tolist():
            at, area_number = pair >> 32, pair & 0xFFFFFFFF
            who, when = int(terminal[at]), int(rows.time[at])
            frame = int(rows.log[at]), int(rows.frame_position[at])
            changes.append(Raised(2 * at, who, area_number, at, when, when, *frame, float("nan")))
        for pair in ends.tolist():
            at, area_number = pair >> 32, pair & 0xFFFFFFFF
            changes.append(Ended(2 * at - 1, int(terminal[at]), area_number, int(rows.time[at]), float("nan")))
        return sorted(changes, key=lambda change: change[:3])


@dataclass(frozen=True)
class Silent(_PerTerminal):
    """See `silent`."""

    limit: Micros
    every_fix: ClassVar = True
    FIELDS: ClassVar = {"heard": "i8", "raised": "?", "log": "i2", "position": "u8"}

    def step(self, state: State, rows: Rows, holds: np.ndarray, watched: np.ndarray, clock: Micros) -> list[Change]:
        changes: list[Change] = []
        if len(rows):
            # Rows are in the order of their fixes; what counts here is when they were received.
            order = np.lexsort((rows.received_at, rows.terminal))
            first = np.append(True, np.diff(rows.terminal[order]) != 0)
            who = rows.terminal[order[first]]
            back = state["raised"][who]
            for number, at in zip(who[back].tolist(), rows.received_at[order[first]][back].tolist(), strict=True):
                changes.append(Ended(0, number, NO_AREA, at, float("nan")))
            state["raised"][who] = False
            last = order[np.append(first[1:], True)]
            state["heard"][who] = rows.received_at[last]
            state["log"][who], state["position"][who] = rows.log[last], rows.frame_position[last]
        watched_for = np.zeros(len(state["heard"]), bool)
        watched_for[: len(holds)] = holds[: len(watched_for)]
        quiet = watched_for & (state["heard"] > 0) & ~state["raised"] & (clock - state["heard"] > self.limit)
        for number in np.flatnonzero(quiet).tolist():
            heard = int(state["heard"][number])
            frame = int(state["log"][number]), int(state["position"][number])
            changes.append(Raised(1, number, NO_AREA, -1, heard, clock, *frame, float("nan")))
        state["raised"] |= quiet
        return changes


def lasting(*, seconds: float = 0, more_than: float | None = None, gap: float = 60) -> Lasting:
    """The condition holds without break for so many seconds (`more_than`: for longer than that).

    Between two rows of a stretch at most `gap` seconds may lie: what nobody reported cannot be asserted, so two fixes
    four minutes apart never make a stretch.
    """
    least = round(seconds * SECOND) if more_than is None else round(more_than * SECOND) + 1
    return Lasting(least, round(gap * SECOND))


def entering(*kinds: str) -> Crossing:
    """A vehicle known to be outside an area of one of these kinds is inside; ends when it is outside again."""
    return Crossing(frozenset(kinds), inward=True)


def leaving(*kinds: str) -> Crossing:
    """A vehicle known to be inside an area of one of these kinds is outside; ends when it is back."""
    return Crossing(frozenset(kinds), inward=False)


def silent(*, more_than: float) -> Silent:
    """Nothing has come from a terminal for longer than so many seconds of our clock; ends with its next frame.

    A terminal never heard is not silent but unknown. The condition is one value a terminal: whom to watch.
    """
    return Silent(round(more_than * SECOND))


def _peaks(watched: np.ndarray, start: np.ndarray, stop: np.ndarray) -> np.ndarray:
    """The greatest value in each stretch of rows start..stop, both included."""
    if not len(start):
        return np.zeros(0)
    bounds = np.column_stack((start, stop + 1)).ravel()
    return np.fmax.reduceat(np.append(watched, np.nan), bounds)[::2]


def _pairs(high: np.ndarray, low: np.ndarray) -> np.ndarray:
    return high.astype("i8") << 32 | low.astype("i8")


def _expand(inside: np.ndarray, terminals: np.ndarray, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For terminals (rising) and the row each begins at: a (row, area) pair for every area it was last inside."""
    start = np.searchsorted(inside, terminals.astype("i8") << 32)
    stop = np.searchsorted(inside, (terminals.astype("i8") + 1) << 32)
    count = stop - start
    at = np.repeat(start - np.concatenate(([0], np.cumsum(count)[:-1])), count) + np.arange(count.sum())
    return np.repeat(rows, count), inside[at] & 0xFFFFFFFF


def _plain(peak: float) -> float:
    return peak if np.isfinite(peak) else float("nan")
