"""The words in which a ledger is declared. A ledger file imports from here and from nowhere else in the register."""

from tonggui.register.clocks import Every, Purge, Watch
from tonggui.register.coding import Coded
from tonggui.register.follow import FollowUp
from tonggui.register.handheld import Handheld
from tonggui.register.kinds import (
    Amount,
    Area,
    Choice,
    Choices,
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
    Noted,
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
from tonggui.register.papers import Paper
from tonggui.register.pictures import Bars, Board, Calendar, Matrix, Tree
from tonggui.register.record import Record
from tonggui.register.scope import anyone, own, within, within_unit
from tonggui.register.sequence import out_of_order
from tonggui.register.workflow import Confirming, Duty, Move, Standing, State, Workflow

__all__ = [
    "Amount",
    "Area",
    "Bars",
    "Board",
    "Calendar",
    "Choice",
    "Choices",
    "Coded",
    "Confirming",
    "Count",
    "CreditCode",
    "Day",
    "Duty",
    "Every",
    "Evidence",
    "Files",
    "Flag",
    "FollowUp",
    "Handheld",
    "Integer",
    "Ledger",
    "Link",
    "LongText",
    "Matrix",
    "Moment",
    "Money",
    "Month",
    "Move",
    "Noted",
    "Number",
    "Paper",
    "Phone",
    "Photos",
    "Place",
    "Plate",
    "Purge",
    "Record",
    "Section",
    "Sheet",
    "Standing",
    "State",
    "Sum",
    "Text",
    "Tree",
    "Watch",
    "Workflow",
    "Year",
    "anyone",
    "column",
    "derive",
    "out_of_order",
    "own",
    "within",
    "within_unit",
]
