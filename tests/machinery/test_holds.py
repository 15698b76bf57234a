"""The time primitives against loops over single rows, for many vehicles and any cutting into batches."""

import json
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tonggui.base.clock import SECOND
from tonggui.stream.alarms import AlarmBook, alarm_id
from tonggui.stream.declare import Detector, Story
from tonggui.stream.holds import NO_AREA, Ended, Raised, entering, lasting, leaving, silent
from tonggui.stream.rows import Rows

TERMINALS = 3
AREAS = 3
NAN = float("nan")


@st.composite
def fixes(draw):
    """Fixes of a few vehicles in the order of their time, with a condition, a speed and the areas each lies in."""
    time = dict.fromkeys(range(TERMINALS), 1_000)
    found = []
    for _ in range(draw(st.integers(1, 40))):
        terminal = draw(st.integers(0, TERMINALS - 1))
        time[terminal] += draw(st.sampled_from([1, 5, 10, 20, 21, 100]))
        found.append(
            {
                "terminal": terminal,
                "time": time[terminal] * SECOND,
                "holds": draw(st.booleans()),
                "speed": draw(st.integers(0, 120)) * 1.0,
                "inside": draw(st.frozensets(st.integers(0, AREAS - 1), max_size=2)),
            }
        )
    return found


def batches(rows, cuts):
    bounds = [0, *sorted(cuts), len(rows)]
    return [rows[a:b] for a, b in pairwise(bounds) if b > a]


def columns(batch):
    """A batch as rows sorted by terminal and time, with the condition and the watched speed."""
    order = sorted(range(len(batch)), key=lambda i: (batch[i]["terminal"], batch[i]["time"]))
    rows = [batch[i] for i in order]
    time = np.array([r["time"] for r in rows], "i8")
    pairs = [(i, area) for i, r in enumerate(rows) for area in sorted(r["inside"])]
    return (
        Rows(
            {
                "terminal": np.array([r["terminal"] for r in rows], "i4"),
                "time": time,
                "received_at": time,
                "log": np.zeros(len(rows), "i2"),
                "frame_position": (time // SECOND).astype("u8"),
                "inside": tuple(np.array(pairs, "i8").reshape(-1, 2).T),
                "area_kind": np.array(["watched", "watched", "other"]),
            }
        ),
        np.array([r["holds"] for r in rows]),
        np.array([r["speed"] for r in rows]),
    )


def run(hold, rows, cuts, clock=0):
    state = hold.begin()
    hold.grow(state, TERMINALS)
    changes = []
    for batch in batches(rows, cuts):
        found, holds, watched = columns(batch)
        changes += hold.step(state, found, holds, watched, clock)
    return changes


def plain(changes):
    """Changes of each vehicle in order, without the number that only orders them within a batch."""
    kept = [("raised", c.terminal, c.area, c.started_at, c.raised_at, c.first_position, c.peak) if isinstance(c, Raised)
            else ("ended", c.terminal, c.area, c.ended_at, c.peak) for c in changes]  # fmt: skip
    return [
        [tuple(None if v != v else v for v in c) for c in kept if c[1] == terminal] for terminal in range(TERMINALS)
    ]


def lasting_row_by_row(rows, least, gap):
    found = [[] for _ in range(TERMINALS)]
    before = [None] * TERMINALS
    for row in rows:
        n, time = row["terminal"], row["time"]
        was = before[n]
        joins = bool(was and was["holds"] and row["holds"] and time - was["time"] <= gap)
        if was and was["raised"] and not joins:
            found[n].append(("ended", n, NO_AREA, was["time"], was["peak"]))
        now = {"time": time, "holds": row["holds"], "raised": False, "since": time, "peak": row["speed"]}
        if joins:
            now |= {"since": was["since"], "peak": max(was["peak"], row["speed"]), "raised": was["raised"]}
        if row["holds"] and not now["raised"] and time - now["since"] >= least:
            now["raised"] = True
            found[n].append(("raised", n, NO_AREA, now["since"], time, now["since"] // SECOND, now["peak"]))
        before[n] = now
    return found


def crossings_row_by_row(rows, inward):
    found = [[] for _ in range(TERMINALS)]
    before = [None] * TERMINALS
    for row in rows:
        n, time, inside = row["terminal"], row["time"], row["inside"] - {2}
        if before[n] is not None:
            entered, left = inside - before[n], before[n] - inside
            begins, ends = (entered, left) if inward else (left, entered)
            found[n] += [("ended", n, area, time, None) for area in sorted(ends)]
            found[n] += [("raised", n, area, time, time, time // SECOND, None) for area in sorted(begins)]
        before[n] = inside
    return found


CUTS = st.lists(st.integers(1, 39), max_size=6, unique=True)


@given(fixes(), CUTS)
@settings(max_examples=300, deadline=None)
def test_lasting_is_the_loop_over_rows(rows, cuts):
    hold = lasting(seconds=25, gap=20)
    assert plain(run(hold, rows, cuts)) == lasting_row_by_row(rows, 25 * SECOND, 20 * SECOND)


@given(fixes(), CUTS)
@settings(max_examples=100, deadline=None)
def test_lasting_longer_than_is_strict(rows, cuts):
    hold = lasting(more_than=25, gap=20)
    assert plain(run(hold, rows, cuts)) == lasting_row_by_row(rows, 25 * SECOND + 1, 20 * SECOND)


@pytest.mark.parametrize(("declare", "inward"), [(entering, True), (leaving, False)])
@given(rows=fixes(), cuts=CUTS)
@settings(max_examples=200, deadline=None)
def test_crossings_are_the_loop_over_rows(declare, inward, rows, cuts):
    assert plain(run(declare("watched"), rows, cuts)) == crossings_row_by_row(rows, inward)


@given(st.lists(st.tuples(st.sampled_from([1, 5, 30]), st.frozensets(st.integers(0, TERMINALS - 1))), max_size=40))
@settings(max_examples=200, deadline=None)
def test_silent_is_the_loop_over_ticks(ticks):
    hold, limit = silent(more_than=20), 20 * SECOND
    state = hold.begin()
    hold.grow(state, TERMINALS)
    heard, raised, expected, found = {}, set(), [], []
    clock = 1_000 * SECOND
    for pause, who in ticks:
        clock += pause * SECOND
        batch = [{"terminal": n, "time": clock, "holds": True, "speed": 0.0, "inside": ()} for n in sorted(who)]
        rows, _, watched = columns(batch)
        watched_for = np.array([True, True, False])
        for change in hold.step(state, rows, watched_for, watched, clock):
            kind = "raised" if isinstance(change, Raised) else "ended"
            found.append((clock, kind, change.terminal, change.started_at if kind == "raised" else change.ended_at))
        expected += [(clock, "ended", n, clock) for n in sorted(who & raised)]
        raised -= who
        heard |= dict.fromkeys(who, clock)
        quiet = [n for n in sorted(heard) if n != 2 and n not in raised and clock - heard[n] > limit]
        expected += [(clock, "raised", n, heard[n]) for n in quiet]
        raised |= set(quiet)
    assert found == expected


def test_an_alarm_of_a_vehicle_that_falls_silent_ends_at_its_last_fix():
    rows = [{"terminal": 0, "time": t * SECOND, "holds": True, "speed": 1.0, "inside": ()} for t in range(100, 150, 10)]
    hold = lasting(seconds=20, gap=20)
    state = hold.begin()
    hold.grow(state, 1)
    assert [type(c) for c in hold.step(state, *columns(rows), 150 * SECOND)] == [Raised]
    nothing = columns([])
    assert hold.step(state, *nothing, 170 * SECOND) == []
    (ended,) = hold.step(state, *nothing, 190 * SECOND)
    assert (type(ended), ended.ended_at) == (Ended, 140 * SECOND)


def raised(started, at, terminal=0):
    return Raised(0, terminal, NO_AREA, 0, started, at, 0, 0, NAN)


def ended(at, terminal=0):
    return Ended(1, terminal, NO_AREA, at, NAN)


def describe(change):
    return {"phone": f"1390000000{change.terminal}", "area": ""}


def test_stretches_within_the_merge_are_one_alarm():
    book = AlarmBook("overspeed", merge=60)
    first = book.write([raised(0, 30), ended(50)], describe)
    second = book.write([raised(100, 130), ended(200)], describe)
    third = book.write([raised(300, 330)], describe)
    assert first[0]["alarm_id"] == second[0]["alarm_id"] != third[0]["alarm_id"]
    assert (first[0]["ended_at"], second[0]["ended_at"], third[0]["ended_at"]) == (50, 200, None)


def test_a_book_goes_on_after_a_restart():
    book = AlarmBook("overspeed", merge=60)
    book.write([raised(0, 30)], describe)
    again = AlarmBook("overspeed", merge=60)
    again.load(json.loads(json.dumps(book.dump())))
    assert again.write([ended(50)], describe) == book.write([ended(50)], describe)


def test_the_end_of_an_unknown_alarm_is_nothing():
    assert AlarmBook("overspeed").write([ended(50)], describe) == []


def test_ids_differ_by_what_an_alarm_is_about():
    ids = {
        alarm_id(*about)
        for about in [("a", "1", "", 0), ("b", "1", "", 0), ("a", "2", "", 0), ("a", "1", "x", 0), ("a", "1", "", 1)]
    }
    assert len(ids) == 5


def story(**columns):
    return Story("a story", every=1, **columns)


def test_mistakes_in_a_declaration_speak_up():
    with pytest.raises(ValueError, match="overspeed: tell at least one story"):
        Detector("overspeed", "超速", basis="", hold=lasting(seconds=1))
    with pytest.raises(ValueError, match="a code is one identifier"):
        Detector("over speed", "超速", basis="", hold=lasting(seconds=1), stories=[story(speed=[1], fires_at=[])])
    with pytest.raises(ValueError, match=r"fires_at \[3\] of 2 fixes"):
        Detector("overspeed", "超速", basis="", hold=lasting(seconds=1), stories=[story(speed=[1, 2], fires_at=[3])])
    with pytest.raises(ValueError, match="must agree"):
        story(speed=[1, 2], limit=[1], fires_at=[])
    with pytest.raises(AttributeError, match='Did you mean "speed_kmh"'):
        _ = Rows({"time": np.zeros(0), "speed_kmh": np.zeros(0)}).speed_kph
