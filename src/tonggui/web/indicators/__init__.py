"""Pages of the indicators: the whole catalogue for a period and a unit, and each indicator with what it counts."""
