"""The forms of vendors, one file each; a file that declares a `VENDOR` here is known without being named anywhere.

docs/howto/add-a-weighing-vendor.md says how to add one.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from typing import Any

from tonggui.protocols.weighing.media import with_media
from tonggui.protocols.weighing.vendor import Vendor


def declared() -> tuple[Vendor, ...]:
    """The vendors of all files of this folder."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(importlib.import_module(f"{__name__}.{name}").VENDOR for name in names)


VENDORS = declared()
_BY_KEY = {key: vendor for vendor in VENDORS for key in vendor.known_by}


def vendor_of(item: Mapping[str, Any]) -> Vendor | None:
    """The vendor whose form an item has; None for our own."""
    return next((_BY_KEY[key] for key in item if key in _BY_KEY), None)


def ours(item: Mapping[str, Any]) -> Mapping[str, Any]:
    """An item of any form under our names."""
    vendor = vendor_of(item)
    return vendor.ours(item) if vendor else with_media(item)
