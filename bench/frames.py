"""Position reports of a large fleet as raw bytes, made in bulk: 0x0200 with 2013 heads, escaped and checked."""

import numpy as np

from tonggui.base.clock import SECOND
from tonggui.protocols.jt808 import JT808, LOCATION_REPORT
from tonggui.stream.rows import CHINA_OFFSET, DAY

FIRST_PHONE = 13_900_000_000
HEAD, PHONE_AT, SERIAL_AT = 12, 4, 10
LATITUDE_AT, LONGITUDE_AT, SPEED_AT, TIME_AT = HEAD + 8, HEAD + 12, HEAD + 18, HEAD + 22
EXTRAS = {0x01: {"mileage_km": 21358.1}, 0x30: {"signal_strength": 27}, 0x31: {"satellites": 14}}


class Reports:
    """Reports of `vehicles` terminals, one after another round and round."""

    def __init__(self, vehicles: int, seed: int = 1) -> None:
        self.vehicles = vehicles
        self._random = np.random.default_rng(seed)
        values = {"status": 3, "latitude": 31.2, "longitude": 121.4, "speed_kmh": 60, "time": 0}
        raw = JT808.encode(LOCATION_REPORT, {**values, "extras": EXTRAS}, {"phone": "1", "serial": 0})
        self._template = np.frombuffer(JT808.framing.unframe(raw), np.uint8)

    def make(self, first: int, count: int, time: np.ndarray) -> tuple[bytes, np.ndarray]:
        """Reports number `first` on, with times in micros; all bytes in a row and the length of each frame (u4)."""
        number = np.arange(first, first + count)
        vehicle = number % self.vehicles
        clean = np.tile(self._template, (count, 1))
        clean[:, PHONE_AT : PHONE_AT + 6] = bcd(FIRST_PHONE + vehicle, 6)
        _big_endian(clean, SERIAL_AT, number // self.vehicles % 65536, 2)
        _big_endian(clean, LATITUDE_AT, 31_000_000 + vehicle * 7 + number // self.vehicles % 10_000, 4)
        _big_endian(clean, LONGITUDE_AT, 121_000_000 + vehicle * 5, 4)
        _big_endian(clean, SPEED_AT, self._random.integers(0, 900, count), 2)
        clean[:, TIME_AT : TIME_AT + 6] = bcd_time(time)
        check = np.bitwise_xor.reduce(clean, axis=1, keepdims=True)
        return escaped(np.hstack((clean, check)))


def escaped(clean: np.ndarray) -> tuple[bytes, np.ndarray]:
    """Rows of unescaped bytes as frames between flags."""
    special = (clean == 0x7E) | (clean == 0x7D)
    size = clean.shape[1] + special.sum(axis=1) + 2
    flat, pair = clean.ravel(), special.ravel()
    width = 1 + pair.astype(np.int64)
    row = np.repeat(np.arange(len(clean)), clean.shape[1])
    start = np.cumsum(width) - width + 2 * row + 1
    out = np.full(int(size.sum()), 0x7E, np.uint8)
    out[start] = np.where(pair, 0x7D, flat)
    out[start[pair] + 1] = np.where(flat[pair] == 0x7E, 2, 1)
    return out.tobytes(), size.astype("<u4")


def bcd(number: np.ndarray, size: int) -> np.ndarray:
    """Decimal digits, two a byte."""
    pairs = [number // 100**place % 100 for place in reversed(range(size))]
    return np.stack([pair // 10 << 4 | pair % 10 for pair in pairs], axis=1).astype(np.uint8)


def bcd_time(micros: np.ndarray) -> np.ndarray:
    """Year to second in China, as YYMMDDhhmmss."""
    local = micros + CHINA_OFFSET
    day = (local // DAY).astype("datetime64[D]")
    month, year = day.astype("datetime64[M]"), day.astype("datetime64[Y]")
    second = local // SECOND % 86_400
    fields = [
        (year.astype(int) + 1970) % 100,
        (month - year).astype(int) + 1,
        (day - month).astype(int) + 1,
        second // 3600,
        second // 60 % 60,
        second % 60,
    ]
    return np.stack([field // 10 << 4 | field % 10 for field in fields], axis=1).astype(np.uint8)


def _big_endian(clean: np.ndarray, at: int, number: np.ndarray, size: int) -> None:
    for place in range(size):
        clean[:, at + place] = number >> 8 * (size - 1 - place) & 0xFF
