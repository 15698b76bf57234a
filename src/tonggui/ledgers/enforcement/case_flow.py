"""The procedure of an enforcement case: that of any penalty case, in the hands of every trade's officers."""

from tonggui.ledgers.enforcement.hands import OFFICERS
from tonggui.ledgers.penalty.flow import PenaltyFlow


class CaseFlow(PenaltyFlow, officers=OFFICERS):
    pass
