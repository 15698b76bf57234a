"""Loads every indicator and every report when Django starts, so that each code is known and no two are the same."""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig

_FOLDERS = ("indicators", "reports")


class Reports(AppConfig):
    name = "tonggui.reports"
    verbose_name = "文书"

    def ready(self) -> None:
        package = Path(self.path).parent
        for folder in _FOLDERS:
            for path in sorted((package / folder).glob("*.py")):
                if path.stem not in ("__init__", "apps"):
                    import_module(f"tonggui.{folder}.{path.stem}")
