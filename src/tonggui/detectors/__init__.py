"""Detectors: rules over the stream of fixes, one file a kind. `ALL` is what the stream process runs.

Their codes are those of the alarm ledger (`ledgers/fleet/alarm.py`).
"""

from tonggui.detectors.area import area_entered, area_left
from tonggui.detectors.overspeed import overspeed
from tonggui.detectors.silence import silence
from tonggui.stream.declare import Detector

ALL: tuple[Detector, ...] = (overspeed, area_entered, area_left, silence)
