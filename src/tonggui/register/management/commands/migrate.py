"""migrate, which makes the tables of an empty database straight from the declarations.

Every ledger is linked with others, and Django renders all models again after each step of a migration: with a hundred
ledgers a first start took minutes. An empty database has nothing to carry over, so its tables are made as they are now
and the migrations recorded as applied. A database that holds anything is migrated step by step, as ever;
`tests/machinery/test_tables.py` shows that both ways end in the same tables.
"""

from typing import Any

from django.apps import apps
from django.core.management.commands.migrate import Command as DjangoCommand
from django.db import connections, models


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        narrowed = ("app_label", "migration_name", "plan", "check_unapplied", "fake", "fake_initial", "prune")
        if not any(options.get(name) for name in narrowed) and not connection.introspection.table_names():
            make_tables(connection)
            options["fake"] = True
        super().handle(*args, **options)


def make_tables(connection: Any) -> None:
    """The tables of every model that has one, with their indexes and constraints."""
    with connection.schema_editor() as editor:
        for model in apps.get_models(include_auto_created=True):
            if _has_table(model):
                editor.create_model(model)


def _has_table(model: type[models.Model]) -> bool:
    return model._meta.managed and not model._meta.proxy and not model._meta.auto_created
