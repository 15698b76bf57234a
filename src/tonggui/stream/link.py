"""Link: one connection of the gateway. It collects bytes and takes answers; the rest happens a turn at a time."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from tonggui.stream.gateway import Gateway

log = logging.getLogger(__name__)

WRITE_BUFFER_BYTES = 64 << 10


class Link(asyncio.BaseProtocol):
    """One connection. `number` is its name in the frame log, `slot` its place in the gateway, used again afterwards.

    A terminal that does not take its answers is not read from either, until it does: what it may keep us waiting with
    is bounded by the write buffer.
    """

    __slots__ = (
        "connected",
        "data_received",
        "gateway",
        "identity",
        "number",
        "opened_at",
        "slot",
        "slow_since",
        "transport",
    )

    def __init__(self, gateway: Gateway, slot: int, number: int):
        self.gateway, self.slot, self.number = gateway, slot, number
        self.identity: str | None = None
        self.connected = False
        self.data_received: Callable[[bytes], object] = gateway.intake.receiver(slot, gateway.wake)
        self.opened_at = monotonic()
        self.slow_since: float | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.set_write_buffer_limits(WRITE_BUFFER_BYTES)
        self.connected = True

    def connection_lost(self, error: Exception | None) -> None:
        self.gateway.lost(self)

    def pause_writing(self) -> None:
        self.slow_since = monotonic()
        self.gateway.events["slow_readers"] += 1
        self.transport.pause_reading()

    def resume_writing(self) -> None:
        self.slow_since = None
        self.transport.resume_reading()

    def end(self, reason: str) -> None:
        """Close the connection; the reason is counted and logged."""
        self.gateway.events[reason] += 1
        log.info("连接 %d（%s）关闭：%s", self.number, self.identity or "未登录", reason)
        self.transport.close()

    @property
    def heard_at(self) -> float:
        """When the other end last sent anything, or the connection began: monotonic seconds."""
        return self.gateway.intake.heard_at(self.slot)

    @property
    def peer(self) -> str:
        """Address of the other end."""
        name = self.transport.get_extra_info("peername")
        return f"{name[0]}:{name[1]}" if name else ""
