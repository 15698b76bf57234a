"""Terminals: each terminal heard has a number for good; what is known of it stands in columns by that number.

Numbers index every array of state (detectors, repeats, latest positions), so nothing on the way looks up a text twice.
"""

import numpy as np
import pyarrow as pa

from tonggui.stream.fleet import OTHER, STRANGER, Fleet


class Terminals:
    """Phones by number, with the columns that the fleet gives them: plate, whether it is ours, group, limit (km/h)."""

    vehicle: np.ndarray
    in_fleet: np.ndarray
    group: np.ndarray
    limit_kmh: np.ndarray

    def __init__(self) -> None:
        self.phones: list[str] = []
        self._numbers: dict[bytes, int] = {}
        self._phone_texts = self._plate_texts = pa.array([], pa.string())
        self._clear()

    def __len__(self) -> int:
        return len(self.phones)

    def numbers(self, identities: np.ndarray) -> np.ndarray:
        """The number (i4) of each identity (S<n>, ASCII digits without leading zeros); new ones get the next."""
        if not len(identities):
            return np.zeros(0, np.int32)
        different, row = distinct(identities)
        known = np.empty(len(different), np.int32)
        for place, identity in enumerate(different.tolist()):
            number = self._numbers.get(identity)
            if number is None:
                number = self._numbers[identity] = len(self.phones)
                self.phones.append(identity.decode("ascii", "replace"))
            known[place] = number
        return known[row]

    def join(self, fleet: Fleet, *, anew: bool = False) -> None:
        """Bring the fleet's columns up to the terminals heard; `anew` where the fleet itself has changed."""
        if anew:
            self._clear()
        new = self.phones[len(self.in_fleet) :]
        if not new:
            return
        vehicles = [fleet.vehicles.get(phone, STRANGER) for phone in new]
        self.vehicle = np.append(self.vehicle, np.array([v.plate for v in vehicles], object))
        self.in_fleet = np.append(self.in_fleet, [v is not STRANGER for v in vehicles])
        self.group = np.append(self.group, np.array([v.group for v in vehicles], np.int8))
        self.limit_kmh = np.append(self.limit_kmh, [v.limit_kmh for v in vehicles])

    @property
    def phone_texts(self) -> pa.StringArray:
        """Phones by number, for taking many at once; made anew when terminals have come."""
        if len(self._phone_texts) != len(self.phones):
            self._phone_texts = pa.array(self.phones, pa.string())
        return self._phone_texts

    @property
    def plate_texts(self) -> pa.StringArray:
        """Plates by number, empty where the fleet knows none."""
        if len(self._plate_texts) != len(self.vehicle):
            self._plate_texts = pa.array(self.vehicle.tolist(), pa.string())
        return self._plate_texts

    def _clear(self) -> None:
        self._plate_texts = pa.array([], pa.string())
        self.vehicle = np.zeros(0, object)
        self.in_fleet = np.zeros(0, bool)
        self.group = np.full(0, OTHER, np.int8)
        self.limit_kmh = np.zeros(0)

    def load(self, phones: list[str]) -> None:
        """Go on with the numbers of a snapshot."""
        self.phones = list(phones)
        self._numbers = {phone.encode(): number for number, phone in enumerate(phones)}
        self._clear()


def distinct(identities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The different identities and, for each row, its place among them.

    Sorted as whole numbers where they are short enough: several times as fast as sorting texts.
    """
    width = -(-identities.dtype.itemsize // 8)
    padded = np.ascontiguousarray(identities.astype(f"S{8 * width}"))
    words = padded.view(">u8").reshape(len(padded), width).astype(np.uint64)
    used = [words[:, at] for at in range(words.shape[1]) if words[:, at].any()]
    order = np.lexsort(used[::-1]) if used else np.arange(len(padded))
    new = np.zeros(len(order), bool)
    new[:1] = True
    for word in used:
        new[1:] |= word[order][1:] != word[order][:-1]
    row = np.empty(len(order), np.int64)
    row[order] = np.cumsum(new) - 1
    return identities[order[new]], row
