"""A page for each detector, with its stories."""

import importlib
import pkgutil

import tonggui.detectors
from tonggui.run.reference.tables import table
from tonggui.stream.declare import Detector


def pages() -> dict[str, str]:
    found = {}
    for module in pkgutil.iter_modules(tonggui.detectors.__path__, "tonggui.detectors."):
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Detector):
                found[f"detectors/{value.code}.md"] = page(value)
    return found


def page(detector: Detector) -> str:
    """One detector."""
    lines = [f"# {detector.title} `{detector.code}`", "", f"Basis: {detector.basis}.", ""]
    if detector.reading:
        lines += [f"Reading: {detector.reading}", ""]
    lines += [
        f"Evidence kept: {', '.join(f'`{name}`' for name in detector.evidence_columns) or 'the frames alone'}.",
        "",
        "## Stories",
        "",
    ]
    lines += table(
        ["story", "seconds between fixes", "fires at fix"],
        ((story.title, story.every, "、".join(map(str, story.fires_at)) or "never") for story in detector.stories),
    )
    return "\n".join([*lines, ""])
