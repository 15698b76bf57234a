"""党建、意识形态、宣传、驻村 PTY, IDE, PUB, VIL."""

from datetime import date

import pytest

from indicators.cases import AFTER, BEFORE, HALF, INSIDE, Case, cases, row, rows_in_value_out, write
from tonggui.measure.indicators import indicator

study = row("party.study", state="审核通过", month=date(2026, 6, 1))
activity = row("party.activity", state="审核通过", held_on=INSIDE)
circular = row(
    "office.document", state="issued", kind="circular", forwards=True, source_no="示纪〔2026〕1号", issued_on=INSIDE
)
sentiment = row("party.sentiment", state="wound_up", seen_at="2026-05-18 09:20")
display = row("party.display", state="in_use")
told = row(
    "party.publicity", state="审核通过", published_day=INSIDE, kind="leaflet", sessions=1, people_reached=0, copies=0
)
team = row("party.helpteam", state="in_use")
stay = row("party.stay", state="审核通过", month=date(2026, 5, 1))

MONTHS = [
    study(mean_points="42.6", learners=86, active_learners=81, platform_rank=5, units_ranked=42),
    study(month=date(2026, 5, 1), mean_points="40.0", learners=84, active_learners=79, platform_rank=9),
    study(month=date(2025, 12, 1), mean_points="10.0"),
    study(month=date(2026, 4, 1), mean_points="90.0", state="草稿"),
]
PLATFORM = ("PTY-01", "PTY-01N", "PTY-01S", "PTY-02", "PTY-02N", "PTY-02L", "PTY-02R", "PTY-02U")
HELD = [
    activity(subject="甲"),
    activity(subject="乙", kind="central_group"),
    activity(subject="丙", kind="clean"),
    activity(subject="丁", kind="culture", present=20),
    activity(subject="戊", kind="lesson"),
    activity(subject="己", state="草稿"),
]
OTHERS = [activity(kind="lesson"), activity(kind="culture", held_on=AFTER)]
HEARD = [
    sentiment(),
    sentiment(state="raised"),
    sentiment(state="untrue"),
    sentiment(seen_at="2026-07-01 09:20"),
]
DISPLAYS = [
    display(name="甲", updated_on=INSIDE),
    display(name="乙", updated_on=BEFORE, kind="themed_bus"),
    display(name="丙", updated_on=INSIDE, kind="themed_station", state="ended"),
]
PUBLISHED = [
    told(copies=400, people_reached=320),
    told(kind="guide", guides=15, people_reached=10),
    told(kind="article", pieces=2, medium="paper", copies=0),
    told(kind="post", pieces=30, medium="wechat", copies=0),
    told(kind="training", people_reached=60),
    told(copies=9, state="待审核"),
    told(copies=9, published_day=BEFORE),
]
OUTSIDE = [told(published_day=AFTER, copies=5)]
PUBLICITY = ("PUB-01", "PUB-02", "PUB-03", "PUB-03N", "PUB-03W", "PUB-04", "PUB-04N")
VILLAGE = [team(name="甲", helpers=3), stay(help_team="甲"), stay(help_team="甲", month=date(2026, 7, 1))]

CASES = [
    *cases("mean of the months' points, the rank of the last", MONTHS, {
        "PTY-01": "41.3分", "PTY-01N": "2期", "PTY-01S": "82.6分", "PTY-02": "94.1%", "PTY-02N": "160人次",
        "PTY-02L": "170人次", "PTY-02R": "5名", "PTY-02U": "42个",
    }),
    *cases("returns of another year", MONTHS[2:3], dict.fromkeys(PLATFORM, "—")),
    *cases("by kind of activity", HELD, {
        "PTY-04": "1次", "PTY-05": "1次", "PTY-06": "1次", "PTY-08": "1次", "PTY-09": "5次",
    }),
    *cases("only others, or later", OTHERS, {"PTY-04": "0次", "PTY-05": "0次", "PTY-06": "0次", "PTY-08": "0次"}),
    Case("PTY-09S", "what it was about", HELD, "乙", by="activity", of="2026-03-01 乙"),
    Case("PTY-09T", "on which day", HELD, "2026年3月1日", by="activity", of="2026-03-01 乙"),
    Case("PTY-09K", "of which kind", HELD, "中心组学习", by="activity", of="2026-03-01 乙"),
    Case("PTY-07", "forwarded circulars", [circular(), circular(kind="notice"), circular(issued_on=AFTER)], "1份"),
    Case("PTY-07", "the bureau's own", [circular(forwards=False, source_no="")], "0份"),
    *cases("ended, answered or untrue, of all that were found", HEARD, {
        "IDE-01": "3条", "IDE-01N": "2条", "IDE-01P": "66.7%（3条中2条）",
    }),
    *cases("found in another period", HEARD[3:], {"IDE-01": "—", "IDE-01N": "—", "IDE-01P": "—"}),
    *cases("updated in the period; themed and in use", DISPLAYS, {"IDE-02": "2个", "IDE-02N": "2个", "IDE-03": "1个"}),
    *cases("not updated since", [display(updated_on=BEFORE)], {"IDE-02": "—", "IDE-02N": "1个", "IDE-03": "0个"}),
    *cases("each kind in its unit", PUBLISHED, {
        "PUB-01": "400份", "PUB-02": "15个", "PUB-03": "32条", "PUB-03N": "2篇", "PUB-03W": "30条", "PUB-04": "60人次",
        "PUB-04N": "390人次",
    }),
    *cases("another period", OUTSIDE, dict.fromkeys(PUBLICITY, "—")),
    Case("PUB-03", "by channel", PUBLISHED, "30条", by="medium", of="微信公众号"),
    *cases("the team and its months", VILLAGE, {
        "VIL-01": "3人", "VIL-01N": "1支", "VIL-01D": "22天", "VIL-01V": "31户次", "VIL-01S": "3件",
    }),
    *cases("a team that has come home", [team(state="ended"), stay(month=date(2026, 7, 1))], {
        "VIL-01": "0人", "VIL-01N": "0支", "VIL-01D": "—", "VIL-01V": "—", "VIL-01S": "—",
    }),
]  # fmt: skip

test_rows_in_value_out = rows_in_value_out(CASES)


@pytest.mark.django_db
def test_kinds_lie_within_all_and_channels_add_up():
    write([*HELD, *PUBLISHED])
    value = {code: indicator(code).figure(HALF).value for code in (
        "PTY-04", "PTY-05", "PTY-06", "PTY-08", "PTY-09", "PUB-03", "PUB-03N", "PUB-03W", "PUB-04", "PUB-04N",
    )}  # fmt: skip
    assert sum(value[code] for code in ("PTY-04", "PTY-05", "PTY-06", "PTY-08")) <= value["PTY-09"]
    assert value["PUB-03N"] + value["PUB-03W"] == value["PUB-03"] and value["PUB-04"] <= value["PUB-04N"]
    assert sum(part.value for part in indicator("PUB-03").split(HALF, "medium")) == value["PUB-03"]
    assert indicator("PTY-09").figure(HALF).names == ("甲", "乙", "丙", "丁", "戊")
