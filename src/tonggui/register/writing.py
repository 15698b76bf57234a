"""Writing records: numbers, derived fields, versions and history, the same for one record and for a hundred thousand.

Everything that changes a ledger ends here: `Record.save`, `bulk_create`, imports, moves and the machine's own work.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction

from tonggui.base import clock
from tonggui.register.actor import Act
from tonggui.register.coding import give_codes
from tonggui.register.errors import Conflict, Refused
from tonggui.register.upkeep import MANY, refresh_statistics


def write_one(record: Any, act: Act, save: Callable[[], None]) -> None:
    """Complete one record, save it, and write its line of history, all or nothing."""
    is_new = record._state.adding
    before = {} if is_new else _before(record)
    with transaction.atomic():
        if is_new:
            complete_new([record], act)
        else:
            complete(record, act)
        after = record.snapshot()
        if not is_new and after == before and not act.move:
            return
        record.version += 1
        record.changed_at = clock.now()
        record.created_at = record.created_at or record.changed_at
        try:
            save()
        except IntegrityError as problem:
            record.version -= 1
            raise Refused(_already_there(record, problem)) from problem
        except DatabaseError as problem:
            record.version -= 1
            raise Conflict("这一行刚被别人修改过。请刷新页面，看过新内容后再改。") from problem
        after = record.snapshot()
        _history([record], [before], [after], act)
        record._loaded = after


def create_many(
    model: Any, records: list[Any], act: Act, batch_size: int = 2000, tell: Callable[[int], None] | None = None
) -> list[Any]:
    """Write many new records with numbers, derived values and history, in batches inside one transaction.

    `tell` is called after each batch with how many records are written.
    """
    moment = clock.now()
    with transaction.atomic():
        complete_new(records, act)
        for first in range(0, len(records), batch_size):
            batch = records[first : first + batch_size]
            for record in batch:
                record.version, record.changed_at = 1, moment
                record.created_at = record.created_at or moment
            try:
                model._base_manager.bulk_create(batch)
            except IntegrityError as problem:
                raise Refused(_already_there(batch[0], problem)) from problem
            after = [record.snapshot() for record in batch]
            _history(batch, [{}] * len(batch), after, act)
            for record, values in zip(batch, after, strict=True):
                record._loaded = values
            if tell:
                tell(first + len(batch))
        if len(records) >= MANY:
            transaction.on_commit(refresh_statistics)
    return records


def change_many(
    model: Any, records: list[Any], act: Act, batch_size: int = 1000, tell: Callable[[int], None] | None = None
) -> None:
    """Write many changed records, each as `write_one` would, in batches inside one transaction.

    Conflict when a record was changed by somebody else since it was read, or occurs twice; then none is written.
    """
    with transaction.atomic():
        for first in range(0, len(records), batch_size):
            _change_batch(model, records[first : first + batch_size], act)
            if tell:
                tell(min(first + batch_size, len(records)))


def _change_batch(model: Any, records: list[Any], act: Act) -> None:
    rows = model._base_manager.filter(pk__in=[record.pk for record in records])
    # The rows stay locked until the transaction ends, so what is compared here is still so when it is written.
    versions = dict(rows.select_for_update().values_list("pk", "version"))
    moment, changed = clock.now(), []
    for record in records:
        if versions.pop(record.pk, None) != record.version:
            raise Conflict(f"{record.number} 刚被别人修改过，一行也没有写入。请重新核对。")
        before = _before(record)
        complete(record, act)
        if (after := record.snapshot()) != before:
            record.version, record.changed_at = record.version + 1, moment
            changed.append((record, before, after))
    if not changed:
        return
    # Every row exists and is locked: the insert always meets its row and replaces the columns of it.
    columns = [field.name for field in model._meta.concrete_fields if not field.primary_key]
    try:
        model._base_manager.bulk_create(
            [record for record, _, _ in changed],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=columns,
        )
    except IntegrityError as problem:
        raise Refused(_already_there(changed[0][0], problem)) from problem
    _history(*(list(part) for part in zip(*changed, strict=True)), act)
    for record, _, after in changed:
        record._loaded = after


def complete_new(records: list[Any], act: Act) -> None:
    """Complete records and number them: a number's year may be derived, and a field may follow from the number."""
    for record in records:
        complete(record, act)
    give_numbers(records)
    give_codes(records)
    for record in records:
        for derivation in record.ledger.derivations:
            if "number" in derivation.inputs:
                _derive(record, derivation)


def complete(record: Any, act: Act) -> None:
    """Fill what the declaration says follows by itself: state, unit, derived fields."""
    ledger = record.ledger
    if not record.state:
        record.state = ledger.flow.start.name
    if record.unit_id is None and record._state.adding:
        record.unit = ledger.unit_for(record, act.actor)
    for derivation in record.ledger.derivations:
        _derive(record, derivation)
    if hook := getattr(record, "prepare", None):
        hook()


def _derive(record: Any, derivation: Any) -> None:
    kinds, target = record.kinds, record.kinds[derivation.target]
    empty = target.is_empty(target.value_of(record))
    if not derivation.always and not empty and not _still_derived(record, derivation):
        return
    if any(kinds[name].is_empty(kinds[name].value_of(record)) for name in derivation.inputs):
        return
    target.set_on(record, derivation.function(record))


def _still_derived(record: Any, derivation: Any) -> bool:
    """Whether an input has changed while the target still holds what was derived from the inputs before."""
    now, before = record.snapshot(), record.loaded
    if not before or now[derivation.target] != before[derivation.target]:
        return False
    if all(now[name] == before[name] for name in derivation.inputs):
        return False
    earlier = type(record)()
    for name, value in before.items():
        record.kinds[name].restore(earlier, value)
    target = record.kinds[derivation.target]
    return target.dump(derivation.function(earlier)) == before[derivation.target]


def give_numbers(records: Iterable[Any]) -> None:
    """A number for each record that has none, in order; numbers given by hand push their series on.

    The counter row is raised by one UPDATE inside the caller's transaction, so two writers never take the same number.
    """
    from tonggui.register.models import Series

    wanting: dict[tuple[str, int], list[Any]] = defaultdict(list)
    highest: dict[tuple[str, int], int] = {}
    for record in records:
        kind = record.kinds["number"]
        if not record.number:
            wanting[kind.series, kind.year_for(record)].append(record)
        elif found := kind.split(record.number):
            key = (kind.series, found[0])
            highest[key] = max(highest.get(key, 0), found[1])
    for (series, year), last in highest.items():
        Series.at_least(series, year, last)
    for (series, year), waiting in wanting.items():
        first = Series.take(series, year, len(waiting))
        for seq, record in enumerate(waiting, first):
            record.number = record.kinds["number"].write(year, seq)


def _before(record: Any) -> dict[str, Any]:
    """The stored values, for a record that was not read in full."""
    if record.loaded:
        return record.loaded
    stored = type(record)._base_manager.filter(pk=record.pk).first()
    if stored is None:
        raise Conflict("这一行已经不在了，请刷新页面。")
    return stored.snapshot()


def _history(records: list[Any], before: list[dict], after: list[dict], act: Act) -> None:
    from tonggui.register.approvals.asking import step_left
    from tonggui.register.models import HistoryEntry

    HistoryEntry.write(records, before, after, act)
    # What was asked of people in a step ends with the step, however it was left.
    steps = zip(records, before, after, strict=True)
    if left := [one for one, old, new in steps if old and (act.move or old["state"] != new["state"])]:
        step_left(left, act.actor.account_id)


def _already_there(record: Any, problem: Exception) -> str:
    """A unique value was used before: say which field, as far as the database tells."""
    said = str(problem)
    labels = [kind.label for name, kind in record.kinds.items() if kind.unique and f"{name}" in said]
    for constraint in record._meta.constraints:
        if constraint.name in said or all(name in said for name in getattr(constraint, "fields", ())):
            labels = [record.kinds[name].label for name in constraint.fields]
    what = "、".join(labels) or "编号"
    return f"{record.ledger.title}里已有相同“{what}”的行。请核对，或修改已有的那一行。"
