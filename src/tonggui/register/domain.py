"""A folder of ledgers as a Django app: every module in it is loaded, and its declarations are checked.

`ledgers/safety/apps.py` holds no more than `class Safety(LedgerApp)`: its name for people, its place in the menu.
"""

from importlib import import_module
from pathlib import Path

from django.apps import AppConfig

_NOT_LEDGERS = {"__init__", "apps"}


class LedgerApp(AppConfig):
    """Base of a domain. `verbose_name` heads its group in the menu, `order` places the group.

    `ledgers` names its ledgers in the order in which people use them; one that is not named comes last.
    """

    default = False
    order = 100
    ledgers = ""

    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls.default = True
        cls.name = cls.__module__.rpartition(".")[0]

    def import_models(self) -> None:
        self.models = self.apps.all_models[self.label]
        for path in sorted(Path(self.path).glob("*.py")):
            if path.stem not in _NOT_LEDGERS:
                import_module(f"{self.name}.{path.stem}")

    def ready(self) -> None:
        from tonggui.register.registry import bind

        bind(self.label)
