"""Which records stand behind a figure: their ids in order, packed, so that a million of them are still one small text.

Ids name records for good (records are never deleted and no id is given twice), are the same in a ledger and in its
history, and pack to a fraction of their numbers: the differences between neighbours, as small whole numbers, deflated.
"""

import base64
import hashlib
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db.models import Aggregate, TextField

from tonggui.register.actor import Actor

READER = Actor.system("指标的记录")
# Numbers are looked up so many at a time: databases bound how many values one question may hold.
AT_ONCE = 900
# From so many on all numbers between the first and the last are read in one question.
_MANY = 5_000


class Ids(Aggregate):
    """The ids of the rows as one text, gathered by the database in the scan that counts them."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        own = self.copy()
        # Set and not handed on: a filter is written around the template that the aggregate has.
        own.template = "STRING_AGG((%(expressions)s)::text, ',')"
        return own.as_sql(compiler, connection, **context)


@dataclass(frozen=True, slots=True)
class RecordSet:
    """So many records, by their packed ids."""

    count: int
    packed: str

    @classmethod
    def of(cls, ids: Iterable[int] | str | None) -> "RecordSet":
        """From ids in any order, or from the text that `Ids` gathers."""
        if isinstance(ids, str):
            found = np.fromstring(ids, dtype=np.int64, sep=",")
        else:
            found = np.fromiter(ids or (), dtype=np.int64)
        # Sorted first: the rows come in the order of an index, and hashing them is far slower than sorting.
        found.sort()
        if len(found) > 1:
            found = found[np.concatenate(([True], np.diff(found) > 0))]
        if not len(found):
            return cls(0, "")
        steps = np.diff(found)
        width = 1 if steps.max(initial=0) < 256 else 8
        plain = bytes([width]) + int(found[0]).to_bytes(8, "little") + steps.astype(f"<u{width}").tobytes()
        return cls(len(found), base64.b64encode(zlib.compress(plain, 1)).decode())

    @classmethod
    def counted(cls, count: int) -> "RecordSet":
        """So many records that nobody will ask for."""
        return cls(count, "")

    @property
    def ids(self) -> np.ndarray:
        """The ids, lowest first; none where they were only counted."""
        if not self.packed:
            return np.empty(0, np.int64)
        plain = zlib.decompress(base64.b64decode(self.packed))
        steps = np.frombuffer(plain, f"<u{plain[0]}", offset=9).astype(np.int64)
        return np.cumsum(np.concatenate(([int.from_bytes(plain[1:9], "little")], steps)))

    def __contains__(self, record: int) -> bool:
        ids = self.ids
        place = int(np.searchsorted(ids, record))
        return place < len(ids) and int(ids[place]) == record

    def without(self, other: "RecordSet") -> list[int]:
        """Ids that are here and not there."""
        return np.setdiff1d(self.ids, other.ids, assume_unique=True).tolist()

    def with_(self, other: "RecordSet") -> "RecordSet":
        """The records of both, each once; where they were only counted, at least as many as the larger."""
        if not (self.is_gathered and other.is_gathered):
            return max(self, other, key=lambda each: each.count)
        return RecordSet.of(np.union1d(self.ids, other.ids).tolist())

    @property
    def is_gathered(self) -> bool:
        """Whether it says which records they are; not where they were only counted, or are none."""
        return bool(self.packed)

    def numbers(self, bound: Any, part: slice = slice(None)) -> list[str]:
        """The numbers of the records in their ledger, or those of a part of them."""
        return numbers_of(bound, self.ids[part])

    def digest(self) -> str:
        """16 hex digits of SHA-256 over the ids as 64-bit little-endian numbers."""
        return hashlib.sha256(self.ids.astype("<i8").tobytes()).hexdigest()[:16]


NONE = RecordSet.of(())


def digest_of(behind: Mapping[str, RecordSet]) -> str:
    """One digest over the sets of a figure, by role and ledger."""
    named = ";".join(f"{place}={behind[place].digest()}" for place in sorted(behind))
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def numbers_of(ledger: Any, ids: Iterable[int]) -> list[str]:
    """The numbers of records, in the order of their numbers."""
    asked = [int(each) for each in ids]
    found: list[str] = []
    if len(asked) > _MANY:
        wanted = set(asked)
        rows = ledger.query(READER).filter(pk__gte=min(asked), pk__lte=max(asked)).order_by()
        return sorted(number for pk, number in rows.values_list("pk", "number") if pk in wanted)
    for n in range(0, len(asked), AT_ONCE):
        rows = ledger.query(READER).filter(pk__in=asked[n : n + AT_ONCE]).order_by()
        found += rows.values_list("number", flat=True)
    return sorted(found)
