"""How bureaus word their figures: the cues by which a figure of an old summary is heard as an indicator.

What a text plans for is no figure of an indicator, and so is what has changed against another period.
"""

import re

from tonggui.indicators.heard import enforcement, offices, projects, roads, safety, transport, water
from tonggui.texts.summary import Entry
from tonggui.texts.summary.cues import Cue, code_by

CUES: tuple[Cue, ...] = (
    *projects.CUES,
    *roads.CUES,
    *enforcement.CUES,
    *transport.CUES,
    *safety.CUES,
    *water.CUES,
    *offices.CUES,
)
_CHANGE = re.compile("(?:同比|环比|增长|下降|增加|减少|上升|提高|降低)(?:了)?$|^(?:增长|下降)")


def code_of(entry: Entry) -> str | None:
    """The code of the catalogue a figure stands for; None where that is not certain."""
    return None if entry.planned or _CHANGE.search(entry.item) else code_by(CUES, entry)
