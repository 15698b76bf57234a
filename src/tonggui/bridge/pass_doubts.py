"""Everything the machine doubts about passes over the limit, as the review desk shows it.

A pass brings the doubts it shows by itself from the store (`protocols.weighing.doubts`); what the register says of its
vehicle is added by `pass_register`, what other passes say by `pass_history`. A batch costs a fixed number of questions.
A doubt is words with figures and a lasting code; it changes neither limit nor state.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from clickhouse_connect.driver.client import Client

from tonggui.bridge.pass_history import history_doubts
from tonggui.bridge.pass_register import Registered, register_doubts
from tonggui.bridge.pass_told import Told, told_of


def told_of_batch(client: Client, rows: Sequence[Mapping[str, Any]], registered: Registered) -> list[list[Told]]:
    """All doubts of each pass, what to look at first in front."""
    if not rows:
        return []
    of_register, of_history = register_doubts(rows, registered), history_doubts(client, rows, registered.points)
    together = zip(map(told_of, rows), of_register, of_history, strict=True)
    return [sorted([one for part in parts for one in part], key=lambda one: one.look) for parts in together]
