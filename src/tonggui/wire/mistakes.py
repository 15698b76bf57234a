"""Mistakes in a declaration: they speak up when the file is loaded, in the file's own words."""

import difflib
import sys
from collections.abc import Iterable
from pathlib import Path


class DeclarationError(Exception):
    """A declaration that contradicts itself."""


def place_of(module: str) -> str:
    """The file of a module, from the package's folder on: "protocols/jt808/location_report.py"."""
    file = getattr(sys.modules.get(module), "__file__", None)
    if file is None:
        return module
    parts = Path(file).parts
    return "/".join(parts[parts.index("tonggui") + 1 :]) if "tonggui" in parts else Path(file).name


def mistake(owner: type, what: str) -> DeclarationError:
    """The error, with the file and the class in front."""
    return DeclarationError(f"{place_of(owner.__module__)}: {owner.__name__}{what}")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean "status"?`, or nothing where no known word is near."""
    near = difflib.get_close_matches(word, list(known), n=1)
    return f' Did you mean "{near[0]}"?' if near else ""
