"""Where the telemetry plane is put together: which tables the store keeps."""

from tonggui.stream.store.tables import ALARMS, BAD_FRAMES, POSITIONS

TABLES = [POSITIONS, ALARMS, BAD_FRAMES]
