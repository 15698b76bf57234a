"""Small decisions behind bad input: which speeds disagree with the way, what is answered to what nobody declared."""

import numpy as np
import pytest

from tonggui.base.clock import SECOND
from tonggui.protocols.jt808.conduct import Conduct
from tonggui.protocols.jt808.frame import FRAMING
from tonggui.stream.admission import Standing
from tonggui.stream.conduct import Then
from tonggui.stream.quality import Quality, further_than_its_speed
from tonggui.wire.framing import Reason
from tonggui.wire.intake import Kind

DEGREES_A_METRE = 1 / 111_195


def disagrees(kmh_before, kmh_after, metres, seconds):
    """Whether a way to the east, at 31° north, disagrees with the speeds at its ends."""
    east = metres * DEGREES_A_METRE / np.cos(np.radians(31.0))

    def fix(time, longitude, speed):
        return {
            "time": np.array([int(time * SECOND)]),
            "latitude_e6": np.array([31_000_000], np.int32),
            "longitude_e6": np.array([round(longitude * 1e6)], np.int32),
            "speed_kmh": np.array([speed], np.float32),
        }

    before, after = fix(1_000, 121.0, kmh_before), fix(1_000 + seconds, 121.0 + east, kmh_after)
    return bool(further_than_its_speed(before, after)[0])


@pytest.mark.parametrize(
    ("kmh_before", "kmh_after", "metres", "seconds", "found"),
    [
        (27.8, 27.8, 278, 10, True),  # 100 km/h, in m/s
        (25.0, 25.0, 375, 15, True),  # 90 km/h, in m/s
        (100, 100, 278, 10, False),
        (0, 0, 110, 15, False),  # from stop to stop
        (0, 100, 250, 10, False),  # the faster end counts
        (8.3, 8.3, 125, 15, False),  # 30 km/h in m/s: no proof
        (27.8, 27.8, 862, 31, False),  # too far apart to be compared
        (27.8, 27.8, 278, 0, False),
        (27.8, 27.8, 278, -10, False),  # a late report
        (120, 120, 20, 10, False),  # a winding road
    ],
)
def test_a_way_longer_than_its_speed(kmh_before, kmh_after, metres, seconds, found):
    assert disagrees(kmh_before, kmh_after, metres, seconds) is found


def test_every_mark_has_its_own_bit_and_words():
    assert len({mark.label for mark in Quality}) == len(Quality)
    assert sum(int(mark) for mark in Quality) < 256


def attended(message_id):
    head = message_id.to_bytes(2, "big") + bytes.fromhex("0000") + bytes.fromhex("013900000001") + b"\0\1"
    return Conduct(b"secret of the test").attend(head, FRAMING.head(head), Standing(known=True), inside=True)


def test_an_unknown_message_is_told_that_it_is_not_supported():
    outcome = attended(0x0F7F)
    assert (outcome.reason, outcome.general, outcome.then) == (Reason.UNKNOWN_MESSAGE, 3, Then.ENTER)
    assert Conduct.kinds[0x0F7F] == Kind.SPECIAL


@pytest.mark.parametrize("message_id", [0x8001, 0x8100, 0x8F00])
def test_a_message_of_a_platform_is_kept_and_not_answered(message_id):
    outcome = attended(message_id)
    assert outcome.reason == Reason.UNKNOWN_MESSAGE and outcome.general is None and outcome.own is None
