"""进出区域报警: a vehicle enters an area it must not enter, or enters or leaves one that is watched.

Basis: 道路运输车辆动态监督管理办法 (2022), duty to set and watch areas; JT/T 808 knows the same alarms of the terminal
(进出区域). Areas come from the ledger of areas with their purpose; which vehicles they concern is set there.
"""

from tonggui.stream.declare import Detector, Story, entering, leaving

BASIS = "道路运输车辆动态监督管理办法 第二十三条"
READING = (
    "Entering and leaving are seen between two fixes of one vehicle; a vehicle first heard inside an area has not "
    "entered it. However far apart the fixes are: the crossing lies somewhere between them."
)

area_entered = Detector(
    "area_entered",
    "驶入区域报警",
    basis=BASIS,
    reading=READING,
    hold=entering("watched", "forbidden"),
    evidence="speed_kmh latitude longitude",
    stories=[
        Story("from outside to inside", every=30, inside=[[], [], ["a"], ["a"]], fires_at=[2]),
        Story("first heard inside", every=30, inside=[["a"], ["a"]], fires_at=[]),
        Story("out and in again", every=30, inside=[[], ["a"], [], ["a"]], fires_at=[1, 3]),
        Story("two areas that overlap", every=30, inside=[[], ["a"], ["a", "b"], ["b"]], fires_at=[1, 2]),
        Story("hours between two fixes", every=7200, inside=[[], ["a"]], fires_at=[1]),
    ],
)

area_left = Detector(
    "area_left",
    "驶出区域报警",
    basis=BASIS,
    reading=READING,
    hold=leaving("watched"),
    evidence="speed_kmh latitude longitude",
    stories=[
        Story("from inside to outside", every=30, inside=[["a"], ["a"], [], []], fires_at=[2]),
        Story("first heard outside", every=30, inside=[[], []], fires_at=[]),
        Story("from one area to its neighbour", every=30, inside=[["a"], ["b"]], fires_at=[1]),
    ],
)
