"""How bureaus word their figures: the cues by which a figure of an old summary is heard as an indicator.

What a text plans for is no figure of an indicator, and so is what has changed against another period. Two rows of the
catalogue are plans themselves: the township roads of a programme (RRD-04 to RRD-06) and the tasks of the next period.
"""

import re

from tonggui.indicators.heard import offices, overload, projects, roads, safety, transport
from tonggui.indicators.heard.hearing import Cue, code_by
from tonggui.texts.summary import Entry
from tonggui.texts.summary.when import plans

CUES: tuple[Cue, ...] = (
    *roads.CUES,
    *projects.CUES,
    *overload.CUES,
    *transport.CUES,
    *safety.CUES,
    *offices.CUES,
)
_CHANGE = re.compile(
    "(?:同比|环比|增长|下降|增加|减少|上升|提高|降低|(?<!改造)提升|压减|回落)(?:了)?$|^(?:同比|环比)?(?:增长|下降|减少)"
)
_PAST = re.compile("(?:累计|已经|共).*同期|月，?[^，。]{0,4}累计")
_PROGRAMME = tuple(cue for cue in CUES if cue.code in ("RRD-04", "RRD-05", "RRD-06"))


def code_of(entry: Entry) -> str | None:
    """The code of the catalogue a figure stands for; None where that is not certain."""
    if _CHANGE.search(entry.item):
        return None
    if code := code_by(offices.TASKS, entry):
        return code
    if any(plans(title) for title in entry.heading.split("；")) and not _PAST.search(entry.sentence):
        return None
    planned = entry.planned and not _PAST.search(entry.sentence)
    return code_by(_PROGRAMME if planned else CUES, entry)
