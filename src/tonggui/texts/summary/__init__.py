"""Old summaries read: the figures of an official text with unit, what is counted, period and certainty."""

from tonggui.texts.summary.reader import Entry, Reading, read_file, read_summary
from tonggui.texts.summary.sights import Sight, sights

__all__ = ["Entry", "Reading", "Sight", "read_file", "read_summary", "sights"]
