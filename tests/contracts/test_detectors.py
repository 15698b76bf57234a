"""What every detector promises: its stories come true, however the stream is cut into batches."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tonggui.detectors import ALL
from tonggui.stream.stories import fix_number, play

STORIES = [pytest.param(d, s, id=f"{d}: {s}") for d in ALL for s in d.stories]


@pytest.mark.parametrize(("detector", "story"), STORIES)
def test_the_story_comes_true(detector, story):
    assert sorted(fix_number(story, alarm) for alarm in play(detector, story)) == story.fires_at


@pytest.mark.parametrize(("detector", "story"), STORIES)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_batches_may_be_cut_anywhere(detector, story, data):
    cuts = data.draw(st.lists(st.integers(0, story.length - 1), unique=True))
    assert_same(play(detector, story, cuts), play(detector, story))


@pytest.mark.parametrize(("detector", "story"), STORIES)
def test_one_fix_a_batch_is_the_same(detector, story):
    assert_same(play(detector, story, range(story.length)), play(detector, story))


@pytest.mark.parametrize("detector", ALL, ids=str)
def test_some_story_raises_it_and_some_does_not(detector):
    assert any(story.fires_at for story in detector.stories)
    assert any(not story.fires_at for story in detector.stories)


@pytest.mark.parametrize("detector", ALL, ids=str)
def test_an_alarm_keeps_its_evidence_and_its_frames(detector):
    story = next(story for story in detector.stories if story.fires_at)
    alarm = play(detector, story)[0]
    assert set(json.loads(alarm["evidence"])) == set(detector.evidence_columns)
    assert alarm["started_at"] <= alarm["raised_at"]
    assert alarm["frame_position"] <= alarm["raised_position"] < story.length


def test_codes_are_told_apart():
    assert len({detector.code for detector in ALL}) == len(ALL)


def assert_same(these, those):
    def plain(alarms):
        return sorted(
            ({k: "nan" if isinstance(v, float) and np.isnan(v) else v for k, v in row.items()} for row in alarms),
            key=lambda row: row["alarm_id"],
        )  # fmt: skip

    assert plain(these) == plain(those)
