"""罚款离散度报告: whether the same act and degree is fined alike, by the lines of the published discretion table.

Basis: 行政处罚法 (2021) 第三十四条, 第七十四条. Neither officers, teams nor units appear; a median over few cases says
little, so the count stands in every row.
"""

from pathlib import Path

from tonggui.indicators.overload_fines import enforcement, overload
from tonggui.measure.declare import HALF, AtMost, Report, Split


def title(issuer, period):
    return issuer, f"罚款离散度报告（{period.label}）"


fines = Report(
    code="overload_fines",
    name="罚款离散度报告",
    every=HALF,
    title=title,
    wording=Path(__file__).with_name("overload_fines.txt"),
    figures=[one for kind in (overload, enforcement) for one in (kind.fined, kind.banded, kind.outside)],
    splits=[
        Split("overload", title="超限案件裁量条目", by="discretion", of=overload.rows),
        Split("enforcement", title="其他执法裁量条目", by="discretion", of=enforcement.rows),
    ],
    checks=[AtMost("R4", less="OVR-70B", more="OVR-70N"), AtMost("R4", less="ENF-20B", more="ENF-20N")],
)
