"""Noted: what only the machine writes and people only read: the pictures of a pass, the loads of its axles."""

from collections.abc import Callable
from typing import Any

from django.db import models

from tonggui.register.errors import Invalid
from tonggui.register.kinds.base import Kind, Reading


class Noted(Kind, models.JSONField):
    """A list of JSON values. `words` gives the one line that a page shows of it; forms and sheets never ask for it."""

    control, filter, wide, empty, api_type, column_class = "noted", "", True, [], list[Any], "JSONField"
    column_keys = ()

    def __init__(self, label: str = "", *, words: Callable[[list[Any]], str] | None = None, **options: Any):
        options.pop("optional", None)
        super().__init__(label, optional=True, **options)
        self.words = words or (lambda value: f"{len(value)} 项")

    def read(self, raw: Any, reading: Reading) -> list[Any]:
        if not isinstance(raw, list):
            raise Invalid("应为列表；这一项由系统写入，不需要填写。")
        return list(raw)

    def show(self, value: Any) -> str:
        return self.words(value) if value else ""

    def entry(self, value: Any) -> Any:
        """No control shows it; what a machine sends back is the list itself."""
        return value or ""
