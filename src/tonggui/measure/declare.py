"""The words in which indicators and reports are declared; their files import nothing else of measure."""

from tonggui.measure.crossfoot import AtMost, Balance, CountedOnce, Dated, InOrder, NotFalling, RateOf, SumOf
from tonggui.measure.daily import DaysKept
from tonggui.measure.indicators import Indicator, Waiting
from tonggui.measure.joined import Joint, Together
from tonggui.measure.lasting import Elapsed, Lead
from tonggui.measure.occurrences import Occurrence
from tonggui.measure.periods import Kind, Period
from tonggui.measure.reports import Report, Skin, Split
from tonggui.measure.shares import Fed, Ratio, Share
from tonggui.measure.so_far import year_so_far
from tonggui.measure.sources import SELF, During
from tonggui.measure.spread import Quantile, TimeTaken
from tonggui.measure.tallies import Step, Tally, TallyShare
from tonggui.measure.told import Told
from tonggui.measure.totals import Total
from tonggui.measure.wording.named import named_in, named_of

DAY, WEEK, MONTH = Kind.DAY, Kind.WEEK, Kind.MONTH
QUARTER, HALF, YEAR = Kind.QUARTER, Kind.HALF, Kind.YEAR
CUSTOM = Kind.CUSTOM
RED_HEAD, PLAIN, FORM = Skin.RED_HEAD, Skin.PLAIN, Skin.FORM
AT_END, LAST_MONTH, UNTIL_END = During.AT_END, During.LAST_MONTH, During.UNTIL_END
FOLLOWING = During.FOLLOWING

__all__ = [
    "AT_END",
    "CUSTOM",
    "DAY",
    "FOLLOWING",
    "FORM",
    "HALF",
    "LAST_MONTH",
    "MONTH",
    "PLAIN",
    "QUARTER",
    "RED_HEAD",
    "SELF",
    "UNTIL_END",
    "WEEK",
    "YEAR",
    "AtMost",
    "Balance",
    "CountedOnce",
    "Dated",
    "DaysKept",
    "Elapsed",
    "Fed",
    "InOrder",
    "Indicator",
    "Joint",
    "Lead",
    "NotFalling",
    "Occurrence",
    "Period",
    "Quantile",
    "RateOf",
    "Ratio",
    "Report",
    "Share",
    "Split",
    "Step",
    "SumOf",
    "Tally",
    "TallyShare",
    "TimeTaken",
    "Together",
    "Told",
    "Total",
    "Waiting",
    "named_in",
    "named_of",
    "year_so_far",
]  # fmt: skip
