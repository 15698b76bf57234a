"""The catalogue of indicators: code, title, unit and how each is computed."""

from tonggui.measure.indicators import all_indicators
from tonggui.run.reference.tables import table


def pages() -> dict[str, str]:
    import tonggui.indicators  # noqa: F401  loading declares them

    rows = [
        (indicator.code, indicator.title, indicator.unit, indicator.kind, indicator.basis)
        for indicator in all_indicators()
    ]
    head = ["code", "title", "unit", "form", "basis"]
    return {"indicators/README.md": "\n".join(["# Indicators", "", *table(head, rows), ""])}
