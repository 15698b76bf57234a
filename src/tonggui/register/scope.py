"""Scope: which rows of a ledger an actor may see or write, and a queryset that will not run without one.

A rule answers twice, in SQL for lists (`q`) and in Python for one record in hand (`allows`); the contract suite
compares the two answers on every ledger.
"""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from tonggui.register.actor import Actor, current_act
from tonggui.register.errors import ScopeMissing

NOTHING = Q(pk__in=())


class Rule:
    """Which rows: `label` says it to people."""

    label = ""

    def q(self, actor: Actor, model: type[models.Model]) -> Q:
        raise NotImplementedError

    def allows(self, actor: Actor, record: Any) -> bool:
        raise NotImplementedError

    def names(self) -> tuple[str, ...]:
        """Fields of the ledger that the rule reads, checked when the declaration is loaded."""
        return ()


class Anyone(Rule):
    """Every row."""

    label = "全部"

    def q(self, actor: Actor, model: type[models.Model]) -> Q:
        return Q()

    def allows(self, actor: Actor, record: Any) -> bool:
        return True


@dataclass(frozen=True)
class Own(Rule):
    """Rows that belong to the actor's enterprise by the link `field`, or the enterprise itself with "self"."""

    field: str
    label = "本企业"

    def q(self, actor: Actor, model: type[models.Model]) -> Q:
        if actor.enterprise is None:
            return NOTHING
        # By number, not by id, so that the same condition runs over a ledger read from its history.
        return Q(number=actor.enterprise.number) if self.field == "self" else Q(**{self.field: actor.enterprise.pk})

    def allows(self, actor: Actor, record: Any) -> bool:
        if actor.enterprise is None:
            return False
        owner = record.pk if self.field == "self" else getattr(record, f"{self.field}_id")
        return owner == actor.enterprise.pk

    def names(self) -> tuple[str, ...]:
        return () if self.field == "self" else (self.field,)


@dataclass(frozen=True)
class WithinUnit(Rule):
    """Rows of the actor's unit and of every unit below it. `field` links to the unit; "self" is the unit ledger."""

    field: str = "unit"
    label = "本单位及下级单位"

    def q(self, actor: Actor, model: type[models.Model]) -> Q:
        if actor.unit is None:
            return NOTHING
        if self.field == "self":
            return Q(path__startswith=actor.unit.path)
        units = model._meta.get_field(self.field).related_model._base_manager
        return Q(**{f"{self.field}__in": units.filter(path__startswith=actor.unit.path).values("pk")})

    def allows(self, actor: Actor, record: Any) -> bool:
        if actor.unit is None:
            return False
        unit = record if self.field == "self" else getattr(record, self.field)
        return unit is not None and unit.path.startswith(actor.unit.path)

    def names(self) -> tuple[str, ...]:
        return () if self.field == "self" else (self.field,)


anyone = Anyone()
within_unit = WithinUnit()


def own(field: str) -> Own:
    """Rows whose link `field` is the actor's own enterprise."""
    return Own(field)


def within(field: str) -> WithinUnit:
    """Rows whose link `field` is the actor's unit or one below it."""
    return WithinUnit(field)


@dataclass(frozen=True)
class Permission:
    """Rules by role, as a ledger declares them in `read` and `write`."""

    by_role: dict[str, Rule]

    def rules(self, actor: Actor) -> list[Rule]:
        return [rule for role, rule in self.by_role.items() if role in actor.roles]

    def q(self, actor: Actor, model: type[models.Model]) -> Q:
        """One condition for all roles of the actor; a person with two roles sees what either sees."""
        if actor.is_system:
            return Q()
        found = NOTHING
        for rule in self.rules(actor):
            if isinstance(rule, Anyone):
                return Q()
            condition = rule.q(actor, model)
            found = condition if found is NOTHING else found | condition
        return found

    def allows(self, actor: Actor, record: Any) -> bool:
        return actor.is_system or any(rule.allows(actor, record) for rule in self.rules(actor))


class ScopedQuerySet(models.QuerySet):
    """Rows of a ledger. It runs only after `visible_to(actor)`, and never changes rows behind the history's back."""

    _scoped = False

    def visible_to(self, actor: Actor) -> "ScopedQuerySet":
        """Only the rows that the ledger's `read` rules give this actor."""
        rows = self.filter(self.model.ledger.read.q(actor, self.model))
        rows._scoped = True
        return rows

    def writable_by(self, actor: Actor) -> "ScopedQuerySet":
        """Only the rows that the ledger's `write` rules give this actor."""
        rows = self.filter(self.model.ledger.write.q(actor, self.model))
        rows._scoped = True
        return rows

    def _clone(self):
        clone = super()._clone()
        clone._scoped = self._scoped
        return clone

    def _require_scope(self) -> None:
        if not self._scoped:
            raise ScopeMissing(f"{self.model.__name__}: a query needs a scope; use .visible_to(actor)")

    def _fetch_all(self):
        self._require_scope()
        super()._fetch_all()

    def iterator(self, *args, **kwargs):
        self._require_scope()
        return super().iterator(*args, **kwargs)

    def count(self):
        self._require_scope()
        return super().count()

    def exists(self):
        self._require_scope()
        return super().exists()

    def aggregate(self, *args, **kwargs):
        self._require_scope()
        return super().aggregate(*args, **kwargs)

    def explain(self, *args, **kwargs):
        self._require_scope()
        return super().explain(*args, **kwargs)

    def update(self, **kwargs):
        raise ScopeMissing("rows of a ledger are changed one by one through their ledger, so that history is kept")

    def delete(self):
        raise ScopeMissing("rows of a ledger are never deleted; they are voided by a move of their workflow")

    def bulk_create(self, objs, **kwargs):
        """Write many new records with their numbers, derived values and history. Needs an `acting` block."""
        from tonggui.register.writing import create_many

        return create_many(self.model, list(objs), current_act(), **kwargs)

    def bulk_update(self, objs, fields, batch_size=None):
        raise ScopeMissing("rows of a ledger are changed one by one through their ledger, so that history is kept")


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):
    """The default manager of every ledger."""
