"""治超日报: one day of overload control, written by the platform the next morning and issued by a person."""

from pathlib import Path

from tonggui.measure.declare import DAY, Report
from tonggui.reports.overload_parts import CHECKS, FIGURES, SPLITS, titled

daily = Report(
    code="overload_daily",
    name="治超日报",
    every=DAY,
    title=titled("日报"),
    wording=Path(__file__).with_name("overload_bulletin.txt"),
    figures=FIGURES,
    splits=SPLITS,
    checks=CHECKS,
    steps=True,
    series="治超日报",
)
