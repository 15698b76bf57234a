"""安全生产工作总结: half-year and year summary of safety work.

Order of published safety summaries: accidents first, then duty, teaching, hazards and campaigns, key periods and
floods, what went well, what did not, what comes next. That nothing happened is said only on complete nil returns.
"""

from pathlib import Path

from tonggui.indicators import hazards, safety
from tonggui.measure.declare import CUSTOM, HALF, QUARTER, YEAR, AtMost, Report, SumOf, named_in
from tonggui.reports.worded import rows, titled

WORDING = Path(__file__).with_name("safety_summary.txt")

safety_summary = Report(
    code="safety_summary",
    name="安全生产工作总结",
    every=(HALF, YEAR, QUARTER, CUSTOM),
    title=titled("安全生产工作总结"),
    wording=WORDING,
    figures=named_in(WORDING),
    splits=[
        rows(WORDING, "domains", "领域", "domain", hazards.found),
        rows(WORDING, "inspected", "检查领域", "domain", safety.visits),
        rows(WORDING, "campaigns", "专项行动", "campaign", safety.campaigns),
    ],
    checks=[
        SumOf("R1", total="HAZ-01", parts="HAZ-01"),
        AtMost("R4", less="HAZ-03", more="HAZ-01"),
        AtMost("R4", less="HAZ-02", more="HAZ-01"),
        AtMost("R4", less="HAZ-05R", more="HAZ-01"),
        AtMost("R4", less="SAF-01R", more="SAF-01"),
        AtMost("R4", less="SAF-02", more="SAF-01"),
        AtMost("R4", less="HZM-02N", more="HZM-01"),
        AtMost("R4", less="STN-04F", more="STN-04"),
        AtMost("R4", less="VEH-01N", more="VEH-01M"),
        AtMost("R19", less="VEH-06V", more="VEH-06"),
    ],
)
