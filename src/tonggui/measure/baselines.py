"""Baselines: figures of old summaries that a person has looked at, for comparison with what the ledgers count now.

A baseline is proposed by the reader of old texts, corrected and then confirmed or rejected by a person. Only a
confirmed one of an indicator, stated to follow the same rule (同口径), is a base of 同比. The text it stands in is
kept, so that each baseline leads back to its line.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db import models

from tonggui.base import clock, units
from tonggui.measure.figures import COUNTY, Scope
from tonggui.measure.indicators import indicator
from tonggui.measure.periods import Period


class OldText(models.Model):
    """往年总结: an official text of an earlier period, read for its figures. One file is kept once, by its digest."""

    name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    period_code = models.CharField("期间", max_length=32, default="")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "往年总结"
        ordering = ("-at",)

    @property
    def url(self) -> str:
        return f"/documents/old/{self.pk}/"

    @property
    def period(self) -> Period | None:
        return Period.parse(self.period_code) if self.period_code else None

    def __str__(self) -> str:
        return self.name


class Baseline(models.Model):
    """基准数: one figure of an old text, at `place` to `place_end` of its line. `faults` says what does not add up.

    `batch` names the decision it was taken in, so that a decision over many can be taken back at once.
    """

    PROPOSED, CONFIRMED, REJECTED = "proposed", "confirmed", "rejected"
    STATES = {PROPOSED: "待定", CONFIRMED: "已采用", REJECTED: "不采用"}

    source = models.ForeignKey(OldText, models.CASCADE, related_name="baselines")
    line = models.PositiveIntegerField()
    place = models.PositiveIntegerField()
    place_end = models.PositiveIntegerField()
    heading = models.CharField(max_length=200, default="")
    item = models.CharField(max_length=80)
    value = models.DecimalField(max_digits=20, decimal_places=6)
    unit_word = models.CharField(max_length=16)
    qualifier = models.CharField(max_length=8, default="")
    period_code = models.CharField("期间", max_length=32, default="")
    scope_code = models.CharField(max_length=64, default="")
    code = models.CharField(max_length=16, default="")
    same_rule = models.BooleanField(default=True)
    planned = models.BooleanField(default=False)
    faults = models.TextField(default="")
    state = models.CharField("状态", max_length=16, default=PROPOSED)
    batch = models.CharField(max_length=36, default="")
    decided_by = models.CharField(max_length=64, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "基准数"
        ordering = ("line", "place", "pk")
        indexes = [models.Index(fields=("code", "period_code", "state"), name="baselines_of_indicator")]

    @property
    def is_certain(self) -> bool:
        """Whether it can be taken without a second look: exact, of a known indicator and period, not at odds."""
        return bool(self.code and self.period_code and not (self.faults or self.qualifier or self.planned))

    @property
    def state_title(self) -> str:
        return self.STATES[self.state]

    @property
    def printed(self) -> str:
        """Value and unit as in the text: 404余万元 is shown as 404万元（余）."""
        value = f"{self.value.normalize():f}"
        return f"{value}{self.unit_word}" + (f"（{self.qualifier}）" if self.qualifier else "")

    def __str__(self) -> str:
        return f"{self.item} {self.printed}"


@dataclass(frozen=True, slots=True)
class Base:
    """What a confirmed baseline says: the value in the indicator's own unit, and where it stands."""

    value: Decimal
    source: str
    line: int


def base_of(code: str, period: Period, scope: Scope = COUNTY) -> Base | None:
    """The confirmed baseline of an indicator for a period; None where there is none or two disagree."""
    return bases_of([code], period, scope).get(code)


def bases_of(codes: Iterable[str], period: Period, scope: Scope = COUNTY) -> dict[str, Base]:
    """The confirmed baselines of many indicators for one period, in one query."""
    rows = Baseline.objects.filter(
        code__in=list(codes), period_code=period.code, scope_code=scope.code, state=Baseline.CONFIRMED, same_rule=True
    ).select_related("source")
    found: dict[str, Base | None] = {}
    for row in rows:
        value = value_in_unit(row.value, row.unit_word, indicator(row.code).unit)
        base = Base(value, row.source.name, row.line) if value is not None else None
        known = found.get(row.code, base)
        found[row.code] = base if known and base and known.value == base.value else None
    return {code: base for code, base in found.items() if base is not None}


def value_in_unit(value: Decimal, unit: str, wanted: str) -> Decimal | None:
    """The value as the indicator counts it: money in yuan, 万 and 亿 written out; None where units differ in kind."""
    if units.factor(wanted, "元") is not None:
        size = units.factor(unit, "元")
        return None if size is None else value * size
    if (size := units.factor(unit, wanted)) is not None:
        return value * size
    magnitude = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}.get(unit[:1])
    if magnitude and len(unit) > 1:
        value, unit = value * magnitude, unit[1:]
    counted = unit not in ("%", "个百分点") and wanted not in ("%", "个百分点")
    return value if counted else None
