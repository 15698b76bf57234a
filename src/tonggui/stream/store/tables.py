"""What the store keeps: tables declared once, for the one-machine engine and for a cluster.

Every table is a ReplacingMergeTree. Doubles are kept out by three barriers: the worker's window of recent keys, the
deduplication token of an insert (a replay after a crash stores nothing twice), and, last, the table itself, which
merges rows of one sorting key; queries that count add `LIMIT 1 BY` or FINAL.

Positions are partitioned by the day they were *received*: our clock is bounded, a terminal's is not, and one terminal
with random dates must not open a thousand partitions. Coordinates are whole micro-degrees, as JT/T 808 sends them:
exact, and small under Delta + ZSTD. `latitude` and `longitude` read them in degrees.
"""

from dataclasses import dataclass

TIME = "DateTime64(6, 'UTC')"
DELTA = "CODEC(Delta, ZSTD(1))"
PACKED = "CODEC(ZSTD(1))"
# Insert blocks whose tokens are remembered a table; a crash leaves at most the last batch in doubt.
DEDUPLICATION_WINDOW = 10_000


@dataclass(frozen=True, slots=True)
class Shape:
    """How tables are made: `engine` is a template over the table's name and its Replacing arguments."""

    engine: str
    window: str
    on_cluster: str = ""


ONE_MACHINE = Shape("ReplacingMergeTree({version})", "non_replicated_deduplication_window")
CLUSTER = Shape(
    "ReplicatedReplacingMergeTree('/clickhouse/tables/{{shard}}/{name}', '{{replica}}'{comma}{version})",
    "replicated_deduplication_window",
    " ON CLUSTER '{cluster}'",
)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns as (name, type and codec, meaning), the order on disk, the partition."""

    name: str
    title: str
    columns: tuple[tuple[str, str, str], ...]
    order_by: str
    partition_by: str = "tuple()"
    version: str = ""
    indexes: tuple[str, ...] = ()

    @property
    def stored(self) -> tuple[str, ...]:
        """Names of the columns an insert may give."""
        return tuple(name for name, form, _ in self.columns if " ALIAS " not in form)

    def create(self, shape: Shape = ONE_MACHINE) -> str:
        """The CREATE TABLE statement for a shape of store."""
        lines = [f"    {line}" for line in self._lines()]
        lines += [f"    INDEX {index}" for index in self.indexes]
        comma = ", " if self.version else ""
        engine = shape.engine.format(name=self.name, version=self.version, comma=comma)
        return (
            f"CREATE TABLE IF NOT EXISTS {self.name}{shape.on_cluster}\n(\n"
            + ",\n".join(lines)
            + f"\n)\nENGINE = {engine}\nPARTITION BY {self.partition_by}\nORDER BY ({self.order_by})\n"
            + f"SETTINGS {shape.window} = {DEDUPLICATION_WINDOW}, fsync_after_insert = 1, fsync_part_directory = 1\n"
            + f"COMMENT {_quoted(self.title)}"
        )

    def extend(self, shape: Shape = ONE_MACHINE) -> str:
        """The statement that gives a table of an earlier declaration the columns it lacks.

        Rows stored before have the empty value of each type there (0, '', false). Columns no longer declared stay.
        """
        lines = ",\n".join(f"    ADD COLUMN IF NOT EXISTS {line}" for line in self._lines())
        return f"ALTER TABLE {self.name}{shape.on_cluster}\n{lines}"

    def _lines(self) -> list[str]:
        return [f"{name} {form} COMMENT {_quoted(meaning)}" for name, form, meaning in self.columns]


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


_FRAME = (
    ("log", f"LowCardinality(String) {PACKED}", "frame log that holds the frame"),
    ("frame_position", f"UInt64 {DELTA}", "position of the frame in its log"),
)
_PLACE = (
    ("latitude_e6", f"Int32 {DELTA}", "micro-degrees, WGS-84, north positive"),
    ("longitude_e6", f"Int32 {DELTA}", "micro-degrees, WGS-84, east positive"),
    ("latitude", "Float64 ALIAS latitude_e6 / 1e6", "degrees"),
    ("longitude", "Float64 ALIAS longitude_e6 / 1e6", "degrees"),
)

POSITIONS = Table(
    "positions",
    "定位数据",
    (
        ("phone", f"String {PACKED}", "terminal number without leading zeros"),
        ("vehicle", f"LowCardinality(String) {PACKED}", "plate at the time of receipt, empty where unknown"),
        ("serial", f"UInt16 {DELTA}", "serial number of the message"),
        ("item", f"UInt16 {DELTA}", "place within a message that carries several positions, from 0"),
        ("time", f"{TIME} {DELTA}", "time of the fix by the terminal"),
        ("received_at", f"{TIME} {DELTA}", "time of receipt by the gateway"),
        *_PLACE,
        ("speed_kmh", f"Float32 {PACKED}", "km/h"),
        ("direction", f"UInt16 {PACKED}", "degrees clockwise from north"),
        ("altitude_m", f"Int16 {PACKED}", "metres"),
        ("alarm", f"UInt32 {PACKED}", "alarm flags of the message"),
        ("status", f"UInt32 {PACKED}", "status flags of the message"),
        ("mileage_km", f"Float64 {PACKED}", "odometer in km, NaN where not sent"),
        ("quality", f"UInt8 {PACKED}", "bits of stream.quality; 0 where nothing is wrong"),
        *_FRAME,
    ),
    order_by="phone, time, serial, item",
    partition_by="toYYYYMMDD(received_at)",
    indexes=("by_vehicle vehicle TYPE bloom_filter(0.01) GRANULARITY 1",),
)

ALARMS = Table(
    "alarms",
    "报警",
    (
        ("alarm_id", "String", "digest of detector, vehicle, area and start: the same alarm always has the same id"),
        ("type", "LowCardinality(String)", "code of the detector"),
        ("title", "LowCardinality(String)", "name of the detector"),
        ("phone", "String", "terminal number without leading zeros"),
        ("vehicle", "LowCardinality(String)", "plate, empty where unknown"),
        ("area", "LowCardinality(String)", "id of the area concerned, empty where none"),
        ("started_at", TIME, "when the condition began"),
        ("raised_at", TIME, "when the rule was fulfilled"),
        ("ended_at", f"Nullable({TIME})", "when it ended, NULL while it lasts"),
        *_PLACE,
        ("peak", "Float64", "highest value of the quantity watched, NaN where none"),
        ("evidence", "String", "JSON object of the columns the detector keeps, as of raised_at"),
        *_FRAME,
        ("raised_log", "LowCardinality(String)", "frame log of the frame that fulfilled the rule"),
        ("raised_position", "UInt64", "position of that frame"),
        ("version", "UInt64", "rises over all alarms; of one alarm_id the row with the highest holds"),
    ),
    order_by="started_at, alarm_id",
    version="version",
)

BAD_FRAMES = Table(
    "bad_frames",
    "无法使用的报文",
    (
        *_FRAME,
        ("received_at", f"{TIME} {DELTA}", "time of receipt by the gateway"),
        ("link", f"UInt32 {DELTA}", "connection it came over"),
        ("reason", f"UInt8 {PACKED}", "wire.framing.Reason"),
        ("phone", f"String {PACKED}", "terminal number where the header could be read"),
        ("message_id", f"UInt16 {PACKED}", "message where the header could be read"),
        ("size", f"UInt32 {PACKED}", "bytes"),
    ),
    order_by="received_at, log, frame_position",
    partition_by="toYYYYMMDD(received_at)",
)
