"""Weighing passes (称重过车数据): the record, its vendors' forms, its files, its doubts, its rows in the store.

`Weighing` is the protocol; `run` makes one with the law of mass limits.
"""

from tonggui.protocols.weighing.protocol import Weighing
from tonggui.protocols.weighing.table import PASSES

__all__ = ["PASSES", "Weighing"]
