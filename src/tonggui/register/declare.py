"""The words in which a ledger is declared. A ledger file imports from here and from nowhere else in the register."""

from tonggui.register.kinds import (
    Amount,
    Area,
    Choice,
    CreditCode,
    Day,
    Evidence,
    Files,
    Flag,
    Integer,
    Link,
    LongText,
    Moment,
    Money,
    Month,
    Number,
    Phone,
    Photos,
    Place,
    Plate,
    Text,
    Year,
)
from tonggui.register.ledger import Ledger, Section, Sheet, column, derive
from tonggui.register.measures import Count, Sum
from tonggui.register.record import Record
from tonggui.register.scope import anyone, own, within, within_unit
from tonggui.register.workflow import Confirming, Duty, Move, Standing, State, Workflow

__all__ = [
    "Amount", "Area", "Choice", "Confirming", "Count", "CreditCode", "Day", "Duty", "Evidence", "Files", "Flag", "Integer",
    "Ledger", "Link", "LongText", "Moment", "Money", "Month", "Move", "Number", "Phone", "Photos", "Place", "Plate", "Record",
    "Section", "Sheet", "Standing", "State", "Sum", "Text", "Workflow", "Year", "anyone", "column", "derive", "own",
    "within", "within_unit",
]  # fmt: skip
