"""条形图: counts, or sums of a field, by a choice, a link, a month or a computed word, each bar perhaps in parts."""

from collections import Counter, defaultdict
from typing import Any

from django.db.models import Count, F, Sum
from django.db.models.functions import TruncMonth

from tonggui.base.clock import CHINA
from tonggui.register.kinds import Kind, Moment
from tonggui.register.pictures import Bars
from tonggui.register.query import ListQuery
from tonggui.register.views.address import Address
from tonggui.register.views.picturing.common import TIME, day_of, rows, scanned, value_in, words

#: Bars of one picture, and parts of a bar that have a colour of their own.
BARS, COLOURS = 40, 6


def draw_bars(picture: Bars, asked: ListQuery, address: Address) -> dict[str, Any]:
    kinds = asked.ledger.kinds
    by, of, stack = asked.ledger.column(picture.by), kinds.get(picture.of), kinds.get(picture.stack)
    parts, cut = _parts(asked, by, of, stack)
    values: Counter = Counter()
    weights: Counter = Counter()
    for (value, part), amount in parts.items():
        values[value] += amount
        weights[part] += amount
    most = max(values.values(), default=0)
    series = [one for one in words(stack, weights) if weights[one.value]] if stack is not None else []
    show = of.show if of is not None else "{:,}".format
    bars = []
    for one in words(by, values)[:BARS]:
        pieces = (
            [("", parts.get((one.value, ""), 0), {})]
            if stack is None
            else [
                (part.word, parts.get((one.value, part.value), 0), {stack.name: part.entry or None}) for part in series
            ]
        )
        bars.append(
            {
                "word": one.word,
                "text": show(values[one.value]),
                "url": rows(address, by, one),
                "pieces": [
                    {
                        "word": word,
                        "text": show(amount),
                        "colour": n % COLOURS,
                        "share": f"{float(amount / most) * 100:.2f}",
                        "url": rows(address, by, one, **further),
                    }
                    for n, (word, amount, further) in enumerate(pieces)
                    if amount
                ],
            }
        )
    return {
        "bars": bars,
        "by": by.label,
        "what": of.label if of is not None else "条数",
        "unit": of.unit if of is not None else "条",
        "total": show(sum(values.values())) if values else "0",
        "legend": [{"word": one.word, "colour": n % COLOURS} for n, one in enumerate(series)],
        "cut": cut or (f"共 {len(values)} 项，只画出前 {BARS} 项。" if len(values) > BARS else ""),
    }


def _parts(asked: ListQuery, by: Any, of: Kind | None, stack: Kind | None) -> tuple[dict[tuple, Any], str]:
    """Value by bar and part: grouped by the database, or over the first rows for what only Python computes."""
    found: dict[tuple, Any] = defaultdict(int)
    if not isinstance(by, Kind):
        records, cut = scanned(asked)
        for record in records:
            part = value_in(stack, record) if stack is not None else ""
            found[value_in(by, record), part] += 1 if of is None else of.value_of(record) or 0
        return found, cut
    zone = {"tzinfo": CHINA} if isinstance(by, Moment) else {}
    bar = TruncMonth(by.name, **zone) if isinstance(by, TIME) else F(by.name)
    part = [F(stack.name)] if stack is not None else []
    grouped = asked.narrowed.annotate(bar=bar).values_list("bar", *part)
    for row in grouped.annotate(amount=Count("pk") if of is None else Sum(of.name)).order_by():
        found[day_of(row[0]), row[1] if stack is not None else ""] += row[-1] or 0
    return found, ""
