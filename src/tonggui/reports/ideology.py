"""意识形态工作报告: half-year and year report on ideological work, with almost no figures.

Basis: 党委（党组）意识形态工作责任制实施办法 (a report at least once a year). What is done is told by study,
publicity, sentiment and displays; a problem is named only where its ledger shows it.
"""

from pathlib import Path

from tonggui.indicators import party, rectification
from tonggui.measure.declare import CUSTOM, HALF, YEAR, AtMost, Report, named_in
from tonggui.reports.worded import rows, titled

WORDING = Path(__file__).with_name("ideology.txt")

ideology = Report(
    code="ideology",
    name="意识形态工作报告",
    every=(HALF, YEAR, CUSTOM),
    title=titled("意识形态工作报告"),
    wording=WORDING,
    figures=named_in(WORDING),
    splits=[
        rows(WORDING, "studies", "中心组学习", "activity", party.central_group),
        rows(WORDING, "open_problems", "党建类巡察问题", "rectification", rectification.open_problems),
    ],
    checks=[
        AtMost("R4", less="IDE-01N", more="IDE-01"),
        AtMost("R4", less="IDE-02", more="IDE-02N"),
        AtMost("R4", less="PUB-03W", more="PUB-03"),
    ],
)
