"""Where the telemetry plane is put together: which logs are read by which protocol, what is detected, what is kept."""

from tonggui import detectors
from tonggui.protocols.jt808 import BATCH_REPORT, JT808, LOCATION_REPORT
from tonggui.protocols.weighing import PASSES
from tonggui.run import weighing
from tonggui.stream.reports import PositionReports
from tonggui.stream.sources import Source
from tonggui.stream.store.tables import ALARMS, BAD_FRAMES, POSITIONS

TABLES = [POSITIONS, ALARMS, PASSES, BAD_FRAMES]
REPORTS = PositionReports(JT808, LOCATION_REPORT, BATCH_REPORT)
SOURCES = [
    Source("jt808-*", REPORTS.read, POSITIONS, "卫星定位", REPORTS),
    weighing.SOURCE,
]
DETECTORS = detectors.ALL
