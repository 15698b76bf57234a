"""Pages of rules and parameters, as the law's own machinery writes them."""

import importlib
import pkgutil

import tonggui.statutes
from tonggui.law import reference


def pages() -> dict[str, str]:
    for module in pkgutil.walk_packages(tonggui.statutes.__path__, "tonggui.statutes."):
        importlib.import_module(module.name)
    return {f"rules/{path}": text for path, text in reference.pages().items()}
