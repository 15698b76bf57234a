"""罚款离散度: how fines for the same act and degree spread: count, lowest, quartiles, highest, outside the band.

Basis: 行政处罚法 (2021) 第三十四条 (published discretion bases) and 第七十四条 (no fines as a target): the same act is
to be punished alike. By act and degree of the published table alone: never by officer, team or unit.
"""

from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from tonggui.ledgers.enforcement.case import Case as EnforcementCase
from tonggui.ledgers.overload.case import Case as OverloadCase
from tonggui.measure.declare import Quantile, Share, Total

BASIS = "行政处罚法第三十四条"
BY = {"discretion": "discretion"}
BANDED = Q(fine__gt=0, discretion__isnull=False)
OUTSIDE = Q(fine__lt=F("discretion__lowest")) | Q(fine__gt=F("discretion__highest"))

QUANTILES = (
    ("Q0", "最低", Decimal(0)),
    ("Q1", "下四分位", Decimal("0.25")),
    ("Q2", "中位数", Decimal("0.5")),
    ("Q3", "上四分位", Decimal("0.75")),
    ("Q4", "最高", Decimal(1)),
)


class Spread:
    """The figures of one ledger of cases: all its fines, those with a line of the table, and how these spread."""

    def __init__(self, code: str, name: str, measures: Any) -> None:
        self.fined = Total(f"{code}N", f"{name}罚款决定", "件", of=measures.fined, basis=BASIS)
        self.banded = Total(f"{code}B", f"{name}有裁量条目的罚款", "件", of=measures.banded, by=BY, basis=BASIS)
        self.outside = Share(
            f"{code}O",
            f"{name}裁量幅度外占比",
            whole=measures.banded,
            part=OUTSIDE,
            part_title="罚款在裁量幅度以外的",
            by=BY,
            basis=BASIS,
        )
        self.quantiles = [
            Quantile(
                f"{code}{n}",
                f"{name}罚款{word}",
                "元",
                of=measures.fines,
                q=q,
                named=word,
                where=BANDED,
                by=BY,
                basis=BASIS,
            )
            for n, word, q in QUANTILES
        ]

    @property
    def rows(self) -> list:
        """What stands in the row of one act and degree."""
        return [self.banded, *self.quantiles, self.outside]


overload = Spread("OVR-70", "超限案件", OverloadCase.Measures)
enforcement = Spread("ENF-20", "执法案件", EnforcementCase.Measures)
