"""Kinds that hold evidence: Files, and Photos that must be pictures.

The column keeps the ids of attachments, so that the history of a record says which files it had on a day. The files
themselves are kept once, under their digest (`attachments.py`).
"""

import re
from typing import Any

from django.db import models

from tonggui.register.errors import Invalid
from tonggui.register.kinds.base import Kind, Reading


class Files(Kind, models.JSONField):
    """A list of attachments; always optional, since a move may ask for it (`needs`) when it matters."""

    control, filter, wide, empty, api_type, column_class = "files", "", True, [], list[int], "JSONField"
    column_keys = ()
    types = ("pdf", "docx", "xlsx", "doc", "xls", "wps", "et", "ofd", "jpg", "jpeg", "png", "webp", "txt", "zip")

    def __init__(self, label: str = "", **options: Any):
        options.pop("optional", None)
        super().__init__(label, optional=True, **options)

    def read(self, raw: Any, reading: Reading) -> list[int]:
        items = [str(item).strip() for item in (raw if isinstance(raw, list | tuple) else str(raw).split(","))]
        if not all(re.fullmatch(r"[0-9]{1,18}", item) for item in items):
            raise Invalid(f"不是附件编号：{str(raw)[:40]}。")
        return [int(item) for item in items]

    def show(self, value: Any) -> str:
        return f"{len(value)} 份" if value else ""

    def dump(self, value: Any) -> Any:
        return list(value or [])

    def load(self, data: Any) -> Any:
        return list(data or [])

    def cell(self, value: Any) -> Any:
        return None

    def entry(self, value: Any) -> Any:
        return ",".join(map(str, value or []))


class Photos(Files):
    """Pictures taken as evidence."""

    types = ("jpg", "jpeg", "png", "webp")

    def show(self, value: Any) -> str:
        return f"{len(value)} 张" if value else ""
