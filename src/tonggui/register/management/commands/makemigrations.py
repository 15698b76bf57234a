"""makemigrations, with the indexes of a new ledger written inside its CreateModel.

Django writes every index of a new model as an operation of its own, and after each of them renders again every model
that is linked with it. All ledgers are linked with each other, so a first start would take minutes; folded in, it takes
seconds, and the tables are the same.
"""

from collections.abc import Iterable
from typing import Any

from django.core.management.commands.makemigrations import Command as DjangoCommand
from django.db.migrations import AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation


class Command(DjangoCommand):
    def write_migration_files(self, changes: dict[str, list[Any]], update_previous_migration_paths: Any = None) -> None:
        for migrations in changes.values():
            for migration in migrations:
                migration.operations = folded(migration.operations)
        super().write_migration_files(changes, update_previous_migration_paths)


def folded(operations: Iterable[Operation]) -> list[Operation]:
    """The same operations, with each index of a model made here inside its CreateModel.

    An index over a field that is added later (a link to a model made later) stays where it is.
    """
    kept: list[Operation] = []
    made: dict[str, CreateModel] = {}
    later: set[tuple[str, str]] = set()
    for operation in operations:
        if isinstance(operation, CreateModel):
            made[operation.name_lower] = operation
        elif isinstance(operation, AddField):
            later.add((operation.model_name_lower, operation.name_lower))
        elif isinstance(operation, AddIndex) and operation.model_name_lower in made:
            model = operation.model_name_lower
            if not any((model, field) in later for field in operation.index.fields):
                made[model].options.setdefault("indexes", []).append(operation.index)
                continue
        kept.append(operation)
    return kept
