"""The overload funnel as a picture: a bar a stage, as long as its count beside the widest, with each conversion."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tonggui.indicators.overload_funnel import OFF_ROAD, ROAD
from tonggui.measure.figures import Figure
from tonggui.measure.figureset import FigureSet
from tonggui.measure.indicators import Indicator
from tonggui.measure.reports import Report

FUNNELS = (("现场检查", ROAD), ("非现场检测", OFF_ROAD))
# The shortest bar that can still be seen and hit.
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Stage:
    """One bar: its word, the figure, its length in percent, the conversion from the stage before."""

    word: str
    text: str
    url: str
    length: int
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """One way of finding overload, stage by stage."""

    title: str
    stages: list[Stage]


def of_document(report: Report, figures: FigureSet, numbers: Mapping[str, int], url: str) -> list[Funnel]:
    """The funnels of a document that has their figures; each bar opens its figure's source."""
    if "OVR-40" not in {each.code for each in report.figures}:
        return []
    return funnels(
        lambda indicator: figures.get(indicator.code),
        lambda figure: f"{url}figures/{numbers[figure.key]}/#source",
    )


def funnels(find: Callable[[Indicator], Figure | None], link: Callable[[Figure], str]) -> list[Funnel]:
    """Both funnels from figures, wherever these come from; `link` says where a bar leads."""
    found = []
    for title, stages in FUNNELS:
        counted = [(word, find(one), find(step) if step else None) for word, one, step in stages]
        widest = max((figure.value or 0 for _, figure, _ in counted if figure), default=0)
        rows = [_stage(word, figure, step, widest, link) for word, figure, step in counted if figure]
        found.append(Funnel(title, rows))
    return found


def _stage(word: str, figure: Figure, step: Figure | None, widest, link) -> Stage:
    length = max(SHORTEST, round(figure.value / widest * 100)) if figure.value and widest else 0
    said = step.text.partition("（")[0] if step and step.known else ""
    return Stage(word, figure.text, link(figure), length, said, figure.reason)
