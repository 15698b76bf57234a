"""Deciding over baselines: one or all certain ones are taken or refused, corrected before that, and taken back."""

from decimal import Decimal, InvalidOperation
from uuid import uuid4

from django.db.models import QuerySet
from django.http import QueryDict

from tonggui.base import clock
from tonggui.base.errors import Problem
from tonggui.measure.baselines import Baseline, OldText, value_in_unit
from tonggui.measure.indicators import all_indicators
from tonggui.measure.periods import Period, PeriodError
from tonggui.register.actor import Actor

# What a text says of one project is no base of the county's figure.
OF_ONE_PROJECT = frozenset(f"PRJ-{n:02}" for n in (2, 6, 7, 8, 10, 12, 14, 15))


def decide(rows: QuerySet[Baseline], state: str, actor: Actor) -> tuple[int, str]:
    """Set the state of rows; how many, and the name of the decision for taking it back."""
    batch = str(uuid4())
    back = state == Baseline.PROPOSED
    count = rows.update(
        state=state,
        batch="" if back else batch,
        decided_by="" if back else actor.name,
        decided_at=None if back else clock.now(),
    )
    return count, batch


def certain(text: OldText) -> QuerySet[Baseline]:
    """The proposed figures that can be taken without a second look; of two for one indicator and period, neither."""
    rows = [
        row
        for row in text.baselines.filter(state=Baseline.PROPOSED)
        if row.is_certain and row.code not in OF_ONE_PROJECT
    ]
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        key = row.code, row.period_code
        seen[key] = seen.get(key, 0) + 1
    return text.baselines.filter(pk__in=[row.pk for row in rows if seen[row.code, row.period_code] == 1])


def correct(row: Baseline, given: QueryDict) -> None:
    """Take over what a person has corrected. Raises Problem for what is no value, period or indicator."""
    item, unit = given.get("item", "").strip(), given.get("unit", "").strip()
    if not item or not unit:
        raise Problem("事项和单位不能为空")
    try:
        value = Decimal(given.get("value", "").replace(",", "").strip())
    except InvalidOperation:
        raise Problem(f"“{given.get('value', '')}”不是数值", do="请写成 12.5 这样的形式") from None
    try:
        period = Period.parse(given.get("period", "")).code
    except PeriodError as fault:
        raise Problem(str(fault)) from None
    code = given.get("code", "").split(" ")[0].strip()
    declared = {each.code: each for each in all_indicators()}
    if code and code not in declared:
        raise Problem(f"没有编号为 {code} 的指标", do="请从列表中选择，或留空")
    if code and value_in_unit(value, unit, declared[code].unit) is None:
        raise Problem(
            f"单位“{unit}”与指标{declared[code].title}的单位“{declared[code].unit}”不能换算", do="请改单位或指标"
        )
    row.item, row.value, row.unit_word, row.period_code, row.code = item[:80], value, unit[:16], period, code
    row.same_rule = "same_rule" in given
    row.save(update_fields=["item", "value", "unit_word", "period_code", "code", "same_rule"])
