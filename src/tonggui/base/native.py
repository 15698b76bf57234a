"""The compiled module, or None where it was not built or TONGGUI_NATIVE=0 asks for the plain forms."""

import os
from types import ModuleType

native: ModuleType | None = None
if os.environ.get("TONGGUI_NATIVE") != "0":
    try:
        from tonggui import _native as native  # type: ignore[no-redef]
    except ImportError:
        native = None
