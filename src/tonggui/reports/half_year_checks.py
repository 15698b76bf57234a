"""What must hold between the figures of the half-year summary before it is printed (R1 to R20 of the rules for it).

Rates, full coverage, lists with 等, units and typed digits are asked of every document; these are the sums, limits and
dates that only this summary knows to belong together.
"""

from tonggui.measure.declare import AtMost, Balance, Dated, InOrder, NotFalling, RateOf, SumOf

# A part and the whole that it is of: none may be above it.
PART_OF = (
    ("HAZ-03", "HAZ-01"),
    ("HAZ-02", "HAZ-01"),
    ("HAZ-05R", "HAZ-01"),
    ("SAF-01R", "SAF-01"),
    ("SAF-02", "SAF-01"),
    ("OVR-09P", "OVR-09"),
    ("OVR-18R", "OVR-18N"),
    ("ENF-03J", "ENF-03"),
    ("ENF-03C", "ENF-03"),
    ("ENF-04", "ENF-01"),
    ("ENF-04C", "ENF-02"),
    ("ENF-09", "ENF-08"),
    ("ENF-11N", "ENF-11"),
    ("RRD-03", "RRD-02"),
    ("RRD-07", "RRD-04"),
    ("RRD-09N", "RRD-09"),
    ("MNT-02", "MNT-01"),
    ("BUS-09W", "BUS-09"),
    ("PAX-07", "PAX-07V"),
    ("PAX-08A", "PAX-08"),
    ("RPR-01", "RPR-01S"),
    ("DRV-01", "DRV-01S"),
    ("STN-04F", "STN-04"),
    ("HZM-02N", "HZM-01"),
    ("HZM-03W", "HZM-03"),
    ("VEH-01N", "VEH-01M"),
    ("WTR-04", "WTR-04N"),
    ("EPI-02", "EPI-01"),
    ("IDE-01N", "IDE-01"),
    ("IDE-02", "IDE-02N"),
    ("PRP-03", "PRP-03N"),
    ("PRP-04S", "PRP-04N"),
    ("FIN-01", "FIN-02"),
)
# Places treated, by what was done there: one place may have several remedies, yet none more than there are places.
REMEDIES = ("MNT-07C", "MNT-07W", "MNT-07G", "MNT-07H", "MNT-07L")

CHECKS = [
    SumOf("R1", total="HAZ-01", parts="HAZ-01"),
    SumOf("R1", total="PRJ-12", parts="PRJ-12"),
    SumOf("R1", total="FIN-02", parts="FIN-02"),
    *(AtMost("R1", less=remedy, more="MNT-07") for remedy in REMEDIES),
    Balance("R1", whole="TSK-02N", parts=("TSK-02D", "TSK-02A", "TSK-02C", "TSK-02O")),
    Balance("R1", whole="PRP-03N", parts=("PRP-01", "PRP-02")),
    SumOf("R2", total="PRJ-03", parts="PRJ-06"),
    SumOf("R2", total="PRJ-04", parts="PRJ-07"),
    RateOf("R3", rate="PRJ-09", part="PRJ-04", whole="PRJ-03"),
    RateOf("R3", rate="PRJ-08", part="PRJ-07", whole="PRJ-06"),
    *(AtMost("R4", less=part, more=whole) for part, whole in PART_OF),
    Balance("R5", whole="EPI-01", parts=("EPI-02", "EPI-03", "EPI-04", "EPI-04R", "EPI-04W")),
    NotFalling("R9", of="PRJ-07"),
    Dated("R16", of="TSK-04T", planned=True),
    Dated("R16", of="TSK-03C", planned=True),
    Dated("R16", of="PRJ-16F", planned=True),
    InOrder("R17", stages=("PRJ-16F", "PRJ-16")),
    AtMost("R19", less="VEH-06V", more="VEH-06"),
]
