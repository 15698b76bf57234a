"""安全监管月报: the form of the month, sent upward: accidents, visits and hazards by domain, with the year so far.

Basis: the monthly statistics of hazards found and treated (安全生产事故隐患排查治理暂行规定 第十四条). A column that no
ledger holds and no nil return covers is a dash: it is not known, and is not zero.
"""

from pathlib import Path

from tonggui.indicators.year_so_far import hazards_found
from tonggui.measure.declare import FORM, MONTH, AtMost, Report, SumOf, named_in
from tonggui.reports.worded import rows, titled

WORDING = Path(__file__).with_name("safety_monthly.txt")

safety_monthly = Report(
    code="safety_monthly",
    name="安全监管月报",
    every=MONTH,
    title=titled("安全监管月报"),
    wording=WORDING,
    figures=named_in(WORDING),
    splits=[rows(WORDING, "domains", "领域", "domain", hazards_found)],
    checks=[
        SumOf("R1", total="HAZ-01", parts="HAZ-01"),
        SumOf("R1", total="HAZ-01Y", parts="HAZ-01Y"),
        AtMost("R4", less="HAZ-03", more="HAZ-01"),
        AtMost("R4", less="HAZ-02", more="HAZ-01"),
        AtMost("R4", less="HAZ-03Y", more="HAZ-01Y"),
        AtMost("R4", less="SAF-02", more="SAF-01"),
        AtMost("R9", less="HAZ-01", more="HAZ-01Y"),
        AtMost("R9", less="SAF-09", more="SAF-09Y"),
        AtMost("R9", less="SAF-01", more="SAF-01Y"),
    ],
    skin=FORM,
    landscape=True,
)
