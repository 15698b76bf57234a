"""Cross-foot rules: what must hold between the figures of one document, and its text, before it is printed.

Numbers of the rules (R1 to R20) are those of the rules for printing in the reference on official documents. A rule that
does not hold is a fault: a sentence for the writer with the figures it is about.

| rules | where |
| --- | --- |
| R1 R2 sums, R3 rates, R4 R19 at most, R5 balance, R9 cumulative, R14 joint work once | `declared.py` |
| R16 dates in or after the period, R17 order of stages | `dates.py` |
| R1 overfull splits, R3, R7 one number, R8 100%, R9 negative, R16 period over: of every document | `general.py` |
| R6 names, R10 bases, R11 全覆盖, R12 无事故, R13 sources, R15 units, R18 money, R20 years | `wording.py` |
"""

from tonggui.measure.crossfoot.dates import Dated, InOrder
from tonggui.measure.crossfoot.declared import AtMost, Balance, CountedOnce, NotFalling, RateOf, SumOf
from tonggui.measure.crossfoot.fault import Check, Fault
from tonggui.measure.crossfoot.general import figure_faults
from tonggui.measure.crossfoot.wording import text_faults

__all__ = [
    "AtMost", "Balance", "Check", "CountedOnce", "Dated", "Fault", "InOrder", "NotFalling", "RateOf", "SumOf",
    "figure_faults", "text_faults",
]  # fmt: skip
