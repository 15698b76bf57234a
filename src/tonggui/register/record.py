"""Record: what every row of every ledger has, and how a declaration becomes a ledger.

`class Hazard(Record)` with its inner `Flow`, `Page` and `Measures` is the whole declaration; this module gathers its
parts when the class is made. Names are checked, and the ledger bound, when all ledgers are loaded (`registry.py`).
"""

from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.base import ModelBase

from tonggui.base import clock
from tonggui.register.actor import current_act
from tonggui.register.kinds import Flag, Kind, Link, Moment, Status
from tonggui.register.ledger import Computed, Derive, Ledger
from tonggui.register.measures import Measure
from tonggui.register.scope import ScopedManager
from tonggui.register.workflow import Standing


class RecordBase(ModelBase):
    """Gathers the parts of a declaration and hands the finished class to the registry."""

    def __new__(mcs, name: str, bases: tuple[type, ...], members: dict[str, Any], **options: Any):
        model = super().__new__(mcs, name, bases, members, **options)
        # Migrations make bare copies of models; those are not ledgers.
        if not model._meta.abstract and model.__module__ != "__fake__":
            from tonggui.register.registry import declare

            parts = _gather(model)
            model.kinds = parts.kinds
            _index(model)
            declare(model, parts)
        return model


@dataclass
class Parts:
    """What a declaration consists of, in its order, by name."""

    kinds: dict[str, Kind]
    derivations: list[Derive]
    computed: dict[str, Computed]
    measures: dict[str, Measure]


def _gather(model: Any) -> Parts:
    """The parts of a record class; its measures and its state are told what they belong to."""
    fields = {field.name: field for field in model._meta.local_fields if isinstance(field, Kind)}
    marked = [value for base in reversed(model.__mro__) for value in vars(base).values()]
    computed = [value.computes for value in marked if isinstance(getattr(value, "computes", None), Computed)]
    measures = {name: m for name, m in vars(getattr(model, "Measures", object)).items() if isinstance(m, Measure)}
    for name, measure in measures.items():
        measure.bind(model, name)
    fields["state"].flow = model.Flow.procedure
    return Parts(
        kinds={**fields, **getattr(model, "_places", {})},
        derivations=[value.derives for value in marked if isinstance(getattr(value, "derives", None), Derive)],
        computed={one.name: one for one in computed},
        measures=measures,
    )


def _index(model: Any) -> None:
    """Index what lists are narrowed, counted and sorted by, always with the unit that bounds what a reader sees.

    With the unit in it, an index answers a count or a facet by itself, without touching the rows; bench/ledgers has
    the figures over 200,000 rows.
    """
    filtered = set(model.Page.filters.split())
    found = [models.Index(fields=("unit", "number"))] if "number" in model.kinds else []
    for name, kind in model.kinds.items():
        counted = name in filtered and kind.filter not in ("", "text")
        if (kind.indexed or counted) and not kind.unique and name != "unit":
            found.append(models.Index(fields=(name, "unit")))
    found += [models.Index(fields=("state", due, "unit")) for due in sorted({s.due for s in model.Flow.procedure.due})]
    summed = [name for name in model.Page.columns.split() if getattr(model.kinds.get(name), "totals", False)]
    if summed:
        # The count and the sums over a list are then answered without touching the wide rows.
        found.append(models.Index(fields=("unit", "state", *summed)))
    for index in found:
        index.set_name_with_model(model)
    model._meta.indexes = [*model._meta.indexes, *found]
    # Migrations look at what Meta declared.
    model._meta.original_attrs["indexes"] = model._meta.indexes


class Record(models.Model, metaclass=RecordBase):
    """One row of a ledger. A concrete record declares its `number` and whatever else it is about.

    Written only inside `with acting(actor):`, directly by `save()` or through its ledger (`create`, `change`,
    `perform`); every writing leaves a line of history and raises `version`.
    """

    state = Status()
    unit = Link("parties.Unit", "所属单位", optional=True)
    is_example = Flag("示例", hint="演示用的虚构数据")
    version = models.PositiveIntegerField("版本", default=0, editable=False)
    created_at = Moment("录入时间", optional=True, index=False, editable=False)
    changed_at = Moment("更新时间", optional=True, index=False, editable=False)

    objects = ScopedManager()

    class Meta:
        abstract = True

    class Flow(Standing, keeps="admin"):
        pass

    class Page(Ledger):
        pass

    ledger: Any  # BoundLedger, set by the registry
    kinds: dict[str, Kind] = {}

    @classmethod
    def from_db(cls, db, field_names, values):
        record = super().from_db(db, field_names, values)
        if not record.get_deferred_fields():
            # Only what was read is noted; a snapshot of it is made for the few records that are then changed.
            record._read = {
                name: copy(value) if isinstance(value, list | dict) else value
                for name, value in vars(record).items()
                if name != "_state"
            }
        return record

    def snapshot(self) -> dict[str, Any]:
        """All declared values as history keeps them; reads no other row."""
        return {name: kind.snapshot(self) for name, kind in type(self).kinds.items() if name != "changed_at"}

    @property
    def loaded(self) -> dict[str, Any]:
        """The values as they were read from the database; empty for a new record."""
        if not hasattr(self, "_loaded"):
            if not hasattr(self, "_read"):
                return {}
            as_read = type(self)()
            vars(as_read).update(self._read)
            self._loaded = as_read.snapshot()
        return self._loaded

    is_past = False  # a copy of how the record once stood (`history.records_of`)

    def save(self, *args: Any, **options: Any) -> None:
        if self.is_past:
            raise TypeError("a record read from history cannot be saved")
        from tonggui.register.writing import write_one

        # An update that finds no row of the read version must fail, never turn into an insert.
        options.setdefault("force_update", not self._state.adding)
        write_one(self, current_act(), lambda: super(Record, self).save(*args, **options))

    def delete(self, *args: Any, **options: Any) -> None:
        raise TypeError("records are never deleted; they are voided by a move of their workflow")

    def _do_update(self, base_qs, using, pk_val, values, update_fields, forced_update):
        # The version that was read must still be the one stored: two people never overwrite each other unseen.
        return super()._do_update(
            base_qs.filter(version=self.version - 1), using, pk_val, values, update_fields, forced_update
        )

    # --- how people see it --------------------------------------------------------------------------------------

    @property
    def short_name(self) -> str:
        """What a link to the record shows: its first name field, else its number."""
        names = self.ledger.names
        return str(getattr(self, names[0])) if names else self.number

    @property
    def sheet_name(self) -> str:
        """What a sheet writes for a link to the record: its name, with the number behind it unless it is unique."""
        names = self.ledger.names
        if not names or self.kinds[names[0]].unique:
            return self.short_name
        return f"{self.short_name}（{self.number}）"

    @property
    def url(self) -> str:
        return f"/ledgers/{self.ledger.key}/{self.number}/"

    @property
    def state_now(self) -> Any:
        return self.ledger.flow.state(self.state)

    @property
    def due_day(self) -> Any:
        """The day by which the record should have left its state, or None."""
        field = self.state_now.due
        return getattr(self, field) if field else None

    @property
    def is_overdue(self) -> bool:
        return self.due_day is not None and self.due_day < clock.today()

    def __str__(self) -> str:
        return self.number
