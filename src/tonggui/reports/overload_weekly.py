"""治超周报: one week of overload control, Monday to Sunday, written on the bureau's weekday after it."""

from pathlib import Path

from tonggui.measure.declare import WEEK, Report
from tonggui.reports.overload_parts import CHECKS, FIGURES, SPLITS, titled

weekly = Report(
    code="overload_weekly",
    name="治超周报",
    every=WEEK,
    title=titled("周报"),
    wording=Path(__file__).with_name("overload_bulletin.txt"),
    figures=FIGURES,
    splits=SPLITS,
    checks=CHECKS,
    steps=True,
    series="治超周报",
)
