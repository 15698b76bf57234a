"""治超月度分析: one month, with the provincial statistics that only a month gives: valid points, devices, yards."""

from pathlib import Path

from tonggui.indicators import overload, overload_passes, overload_work
from tonggui.measure.declare import MONTH, Report
from tonggui.reports.overload_parts import CHECKS, FIGURES, SPLITS, titled

monthly = Report(
    code="overload_monthly",
    name="治超月度分析",
    every=MONTH,
    title=titled("月度分析"),
    wording=Path(__file__).with_name("overload_bulletin.txt"),
    figures=[
        *FIGURES,
        overload.penalty_rate,
        overload.unloading_rate,
        overload.remaining_trucks,
        overload.yards_penalised,
        overload.yards_published,
        overload_passes.valid_sites,
        overload_passes.intact_rate,
        overload_passes.yards_online,
        *overload_passes.YARD_BANDS,
        overload_work.off_site_closed,
    ],
    splits=SPLITS,
    checks=CHECKS,
    steps=True,
    series="治超月度分析",
)
