"""Values for any kind of field, and any number of different records of any ledger, for the shared suite."""

from datetime import date, timedelta
from typing import Any

from tonggui.base.codes import credit_check_sign
from tonggui.register.actor import Actor
from tonggui.register.coding import Coded
from tonggui.register.kinds import (
    Amount,
    Area,
    Choice,
    Choices,
    CreditCode,
    Day,
    Files,
    Flag,
    Integer,
    Kind,
    Link,
    LongText,
    Moment,
    Month,
    Noted,
    Number,
    Phone,
    Place,
    Plate,
    Text,
    Year,
)

MACHINE = Actor.system("契约测试")
SQUARE = [[121.0, 31.0], [121.1, 31.0], [121.1, 31.1], [121.0, 31.0]]


def sample(kind: Kind, n: int = 1) -> Any:
    """A raw value of the kind as a form may give it, another for another n; None for what people never fill."""
    match kind:
        case Number() | Noted() | Files() | Coded():
            return None
        case Plate():
            return f"示F{n:05}"
        case CreditCode():
            first = f"91310000{n:09}"
            return first + credit_check_sign(first)
        case Phone():
            return f"138{n:08}"
        case Text():
            return f"示例{n}"[: kind.max_length]
        case LongText():
            return f"示例内容{n}"
        case Year():
            return str(2000 + n % 50)
        case Integer() | Amount():
            least = int(kind.least or 1)
            return str(min(least + n, int(kind.most) if kind.most is not None else least + n))
        case Month():
            return f"{2000 + n // 12}-{n % 12 + 1:02}"
        case Day():
            return (date(2026, 1, 1) + timedelta(days=n)).isoformat()
        case Moment():
            return f"2026-03-{n % 28 + 1:02} 09:{n % 60:02}"
        case Flag():
            return "是"
        case Choice():
            options = kind.options()
            return options[n % len(options)][1]
        case Choices():
            options = kind.options()
            return [options[n % len(options)][1]]
        case Link():
            return kind.related_model.ledger
        case Place():
            return f"121.{n % 1000:03}, 31.2"
        case Area():
            return {"type": "Polygon", "coordinates": [SQUARE]}
    raise AssertionError(f"no sample for {kind}")


def unlike(bound: Any, n: int) -> dict[str, Any]:
    """Values that make the n-th example differ from every other wherever the ledger wants that."""
    names = {name for name, kind in bound.kinds.items() if kind.unique and name != "number"}
    for constraint in bound.model._meta.constraints:
        names |= set(constraint.fields)
    for together in bound.model._meta.unique_together:
        names |= set(together)
    if bound.sheet:
        names |= set(bound.sheet.keys) - {"number"}
    plain = {name for name in names if not isinstance(bound.kinds[name], Link | Choice)}
    return {name: sample(bound.kinds[name], n) for name in plain}


def example(bound: Any, n: int = 0, **values: Any) -> Any:
    """The ledger's example, or for n > 0 one more that may stand beside it."""
    return bound.example(**{**(unlike(bound, n) if n else {}), **values})
