"""Which ledger an indicator is counted from, for the list of figures."""

from functools import cache

from tonggui.measure.indicators import SAMPLE, Indicator, all_indicators


@cache
def ledger_titles() -> dict[str, str]:
    """The title of the first ledger of each indicator; those of passes and positions have none."""
    return {each.code: title for each in all_indicators() if (title := _title(each))}


def _title(each: Indicator) -> str:
    try:
        return next((source.ledger.title for source in each.sources(SAMPLE)), "")
    except (LookupError, TypeError, NotImplementedError):
        return ""
