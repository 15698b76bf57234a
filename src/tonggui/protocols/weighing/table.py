"""The table of weighing passes in the telemetry store.

Time leads the order: lists are asked for by time, newest first, and passes come nearly in that order, so parts hardly
overlap and reading each pass once (FINAL) costs next to nothing. The partition follows from the same time, so the rows
of one pass can only lie in one partition; a quarter, because an insert of ten years of passes must still be taken.
"""

from tonggui.stream.store.tables import DELTA, PACKED, TIME, Table

PASSES = Table(
    "passes",
    "称重过车数据",
    (
        ("record_no", f"String {PACKED}", "the device's number of the record; one sent twice is one"),
        ("site", "LowCardinality(String)", "code of the weighing point"),
        ("lane", "LowCardinality(String)", "lane as the device names it"),
        ("device", "LowCardinality(String)", "device that sent the pass"),
        ("calibrated_to", "Nullable(Date32)", "last day of the scale's certificate as registered at receipt"),
        ("usable", "Bool", "certificate valid on the day: the pass may found a case"),
        ("plate", f"String {PACKED}", "front plate, empty where not read"),
        ("plate_color", "LowCardinality(String)", "colour of the plate in words"),
        ("axles", "UInt8", "axles counted"),
        ("axle_groups", "LowCardinality(String)", "axle-group code (157), else sizes of the groups (1+2+3)"),
        ("gross_kg", f"Float64 {PACKED}", "kg as measured"),
        ("speed_kmh", f"Float32 {PACKED}", "km/h, NaN where not sent"),
        ("time", f"{TIME} {DELTA}", "time of the weighing by the device"),
        ("limit_kg", f"Float64 {PACKED}", "kg, by the law of the day"),
        ("excess_kg", f"Float64 {PACKED}", "kg above the limit"),
        ("rate", f"Float64 {PACKED}", "excess as a part of the limit"),
        ("fine_yuan", f"Float64 {PACKED}", "yuan, by the law of the day; no decision"),
        ("warning", "Bool", "above the limit by so little that a warning is due"),
        ("doubt", f"String {PACKED}", "what the machine doubts, in words"),
        ("received_at", f"{TIME} {DELTA}", "time of receipt"),
        ("log", f"LowCardinality(String) {PACKED}", "frame log that holds the frame"),
        ("frame_position", f"UInt64 {DELTA}", "position of the frame in its log"),
        ("media", f"String {PACKED}", "JSON list of pictures and videos: kind, sha256 or href, taken_at"),
        ("direction", "LowCardinality(String)", "direction as the device names it"),
        ("plate_rear", f"String {PACKED}", "rear plate, empty where not read"),
        ("axle_kg", f"Array(Float32) {PACKED}", "kg of each axle, front to back; empty where not sent"),
        ("doubt_codes", "Array(LowCardinality(String))", "codes of the doubts told in `doubt`, in the same order"),
        ("tolerance_kg", f"Float64 {PACKED}", "kg taken off the measured mass before it was judged; mostly 0"),
        ("adjusted_kg", f"Float64 DEFAULT gross_kg {PACKED}", "kg judged: measured less tolerance"),
        ("law_edition", "LowCardinality(String)", "values and readings of the law by which the pass was judged"),
    ),
    order_by="time, site, record_no",
    partition_by="toStartOfQuarter(time)",
    indexes=("by_frame frame_position TYPE minmax GRANULARITY 1",),
)
